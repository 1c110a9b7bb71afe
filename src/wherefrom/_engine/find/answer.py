"""What a finder answered: enough to make the spec from, and nothing that had to be run for it.

An `Answer` is the inner form of a found module. The genuine ``ModuleSpec`` is made from it only
when somebody wants it (``specs.py``), since most questions are answered without one.
"""

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any


class Answer:
    """A module that was found.

    Attributes:
        name: the absolute name.
        kind: one of ``built-in frozen source bytecode extension namespace other``.
        finder: who answered, as text.
        entry: the path entry that it was found in, if a path was searched.
        origin: where it comes from, as the spec's ``origin`` will say.
        locations: where submodules are searched; None for what is no package.
        loader: a loader class to be called with name and file, or the loader itself.
        file: the file that the loader is given; None if there is none.
        has_location: whether an origin without a file is a place that ``__file__`` will show.
        state: the spec's ``loader_state``.
        spec: the spec, where the finder made one itself.
    """

    # Said by some finders only, which set them afterwards.
    has_location = False
    state: "tuple[str | None, str | None] | None" = None
    spec: "Any" = None

    def __init__(
        self,
        name: str,
        kind: str,
        finder: str,
        origin: "str | None",
        loader: "Any" = None,
        file: "str | None" = None,
        entry: "str | None" = None,
        locations: "Any" = None,
    ) -> None:
        self.name = name
        self.kind = kind
        self.finder = finder
        self.origin = origin
        self.loader = loader
        self.file = file
        self.entry = entry
        self.locations = locations


def label(actor: object) -> str:
    """Name a finder, hook or loader for the record: its class, with its module if it is a stranger.

    Never raises and never asks an instance: strangers may do anything in ``__repr__``.
    """
    cls = actor if isinstance(actor, type) else type(actor)
    if cls.__name__ in ("function", "method", "builtin_function_or_method"):
        # A hook: a function says more about itself than its type does.
        module = getattr(actor, "__module__", None)
        name = getattr(actor, "__qualname__", cls.__name__)
    else:
        module, name = cls.__module__, cls.__qualname__
    if module in _OWN_MODULES or not isinstance(module, str):
        return str(name)
    return f"{module}.{name}"


_OWN_MODULES = ("_frozen_importlib", "_frozen_importlib_external", "zipimport", "builtins")


def describe_error(error: BaseException) -> str:
    """Put an exception into one line of text, even one whose ``__str__`` raises."""
    try:
        text = str(error)
    except Exception:  # a stranger's exception may do anything; the class is still worth having
        text = "<unprintable>"
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
