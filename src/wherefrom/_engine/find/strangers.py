"""Finders that are not the interpreter's own, asked exactly as CPython asks them.

What happens inside them is theirs; recorded are the question and the answer, from the caller's
side. Decides what counts as an answer. Mirrors ``_find_spec`` (``importlib/_bootstrap.py``) and
``PathFinder._get_spec`` (``importlib/_bootstrap_external.py``), and up to 3.11 their fallbacks to
the protocols of before.
"""

import sys

from ..genuine import ModuleSpec, NamespacePath, acquire_lock, release_lock, spec_from_loader
from .answer import Answer, label
from .specs import answer_from_spec

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

# Until 3.11 a finder without find_spec was asked for a loader instead.
ASKS_FOR_LOADERS = sys.version_info < (3, 12)


class RubbishAnswerError(Exception):
    """A finder answered with something that is no spec.

    Attributes:
        answer: what it answered.
    """

    def __init__(self, answer: object) -> None:
        super().__init__(f"{type(answer).__name__} object is no module spec")
        self.answer: Any = answer


class CannotBeAskedError(Exception):
    """A meta path finder has no ``find_spec``; since 3.12 the interpreter passes over it."""


def ask_meta_path_finder(name: str, path: "Any", finder: "Any") -> "Answer | None":
    """Ask a finder of ``sys.meta_path`` for a spec, holding the import lock as CPython does.

    Args:
        name: the absolute name.
        path: the parent's locations, the very object; None for a top-level name.
        finder: the finder.

    Raises:
        CannotBeAskedError: it has no ``find_spec``.
        RubbishAnswerError: its answer is no spec.
        Exception: whatever the finder raises.
    """
    acquire_lock()
    try:
        try:
            find_spec = finder.find_spec
        except AttributeError:
            spec = _ask_for_loader(name, path, finder)
        else:
            spec = _ask(find_spec, name, path)
    finally:
        release_lock()
    if spec is None:
        return None
    if not _is_spec(spec):
        raise RubbishAnswerError(spec)
    return answer_from_spec(name, spec, label(finder))


def _ask(find_spec: "Any", name: str, path: "Any") -> "Any":
    """Ask, with a stand-in for the parent's module where the finder cannot do without it.

    CPython asks for ``a.b`` only when ``a`` is in ``sys.modules``, and finders lean on it, be it by
    calling ``PathFinder``, whose path object of a nested namespace package reads the parent's
    ``__path__`` (pytest's and scikit-build-core's finders do). The parent is not imported here, so
    where that is what they fail on, a module that has the path and nothing else is there while they
    are asked once more; the import lock is held meanwhile.
    """
    parent = name.rpartition(".")[0]
    try:
        return find_spec(name, path, None)
    except (KeyError, ModuleNotFoundError) as error:  # the latter since 3.15
        absent = getattr(error, "name", None) or (error.args[0] if error.args else None)
        if not parent or absent != parent or parent in sys.modules:
            raise
    stand_in: Any = type(sys)(parent)
    stand_in.__path__ = path
    sys.modules[parent] = stand_in
    try:
        spec = find_spec(name, path, None)
        locations: Any = getattr(spec, "submodule_search_locations", None)
        if type(locations) is NamespacePath:  # of no use without the parent, see _fresh_locations
            spec.submodule_search_locations = list(locations)
        return spec
    finally:
        if sys.modules.get(parent) is stand_in:
            del sys.modules[parent]


def _ask_for_loader(name: str, path: "Any", finder: "Any") -> "Any":
    if not ASKS_FOR_LOADERS:
        raise CannotBeAskedError(f"{label(finder)} has no find_spec")
    # One that has not even find_module ends the import here with the AttributeError.
    loader = finder.find_module(name, path)
    return None if loader is None else spec_from_loader(name, loader)


def _is_spec(spec: "Any") -> bool:
    # What the interpreter goes on to read of it; a class of its own is no obstacle.
    return all(hasattr(spec, field) for field in ("name", "loader", "submodule_search_locations"))


def ask_path_entry_finder(name: str, entry: str, finder: "Any") -> "Answer | None":
    """Ask a stranger that serves a path entry.

    Returns:
        The answer; of kind ``namespace`` if it offers portions only; None if it offers nothing.

    Raises:
        RubbishAnswerError: its answer is no spec.
        ImportError: its spec has neither a loader nor portions.
        Exception: whatever the finder raises.
    """
    if hasattr(finder, "find_spec") or not ASKS_FOR_LOADERS:
        spec = finder.find_spec(name, None)
    else:
        spec = _ask_entry_for_loader(name, finder)
    if spec is None:
        return None
    if not _is_spec(spec):
        raise RubbishAnswerError(spec)
    if spec.loader is not None:
        return answer_from_spec(name, spec, label(finder), entry)
    portions = spec.submodule_search_locations
    if portions is None:
        raise ImportError("spec missing loader")
    portions = list(portions)
    if not portions:
        return None
    return Answer(name, "namespace", label(finder), origin=None, entry=entry, locations=portions)


def _ask_entry_for_loader(name: str, finder: "Any") -> "Any":
    if hasattr(finder, "find_loader"):
        loader, portions = finder.find_loader(name)
    else:
        loader, portions = finder.find_module(name), []
    if loader is not None:
        return spec_from_loader(name, loader)
    spec = ModuleSpec(name, None)
    spec.submodule_search_locations = portions
    return spec
