"""``__import__``: from what a statement names to the object that its names are taken from.

Decides the absolute name of a relative one, imports, sees to it that the items of a from-import that
are submodules are imported too, and gives the object that the statement goes on with. Binds no name
itself: ``names.py`` does that for statements that are executed here, and the interpreter's bytecode
for those in modules.

Mirrors ``PyImport_ImportModuleLevelObject`` and ``resolve_name`` (``Python/import.c``) and
``_handle_fromlist`` (``importlib/_bootstrap.py``).
"""

import builtins
import sys
from _warnings import warn

from ..frames import without_our_frames
from ..genuine import ModuleSpec
from ..importing import NOBODY, import_name, import_on_the_way, is_initializing
from ..load.header import Module
from ..load.in_c import CALL, lend_to_c
from .lazy import has_attribute
from .missing import Items, is_attribute, is_calling, leads_astray
from .parent import KNOWS_LAZY, PROMISE

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ..importing import Asker
    from ..system import System


class _NotGiven:
    """Stands for globals that a caller of ``__import__`` does not give, which is not the same as None."""

    def __repr__(self) -> str:
        return "None"  # as the interpreter's signature has it


_NOT_GIVEN = _NotGiven()
# What relative names may be resolved in. frozendict is of 3.15 (PEP 814).
_NAMESPACES = tuple([getattr(builtins, each) for each in ("dict", "frozendict") if hasattr(builtins, each)])
_MISSING: "Any" = object()
# What a package name that contradicts the spec is warned about with; ImportWarning before 3.12.
_CONTRADICTION = DeprecationWarning if sys.version_info >= (3, 12) else ImportWarning


def make_import(system: "System") -> "Callable[..., Any]":
    """Make the ``__import__`` of an import system, for the ``__builtins__`` of its modules."""
    record, getframe, audit = system.record, sys._getframe, sys.audit
    state = system.state

    def __import__(  # noqa: A001, N807  # it is the interpreter's name
        name: "Any",
        globals: "Any" = _NOT_GIVEN,  # noqa: A002
        locals: "Any" = None,  # noqa: A002
        fromlist: "Any" = (),
        level: int = 0,
    ) -> "Any":
        try:
            if level == 0 and name.__class__ is str and name:
                absolute = name
            else:
                absolute = _usual_name(name, globals, level) or _asked_name(name, globals, level)
            module = state.modules.get(absolute)
            importer = globals.get("__name__", "") if globals.__class__ is dict else ""
            if module is None or is_initializing(module):
                if module is None:
                    audit("import", absolute, None, state.path, state.meta_path, state.path_hooks)
                frame = getframe(1)
                asker: Asker = importer, frame.f_code.co_filename, frame.f_lineno
                if frame.f_code is CALL:  # C code, which has neither file nor line
                    asker = importer, None, None
                module = import_name(system, absolute, asker)
            else:
                record.import_served(absolute, importer)
            if fromlist:
                if module.__class__ is Module and _has_all(module.__dict__, fromlist):
                    return module
                return from_object(system, module, fromlist, importer, getframe(1))
            if fromlist.__class__ is list and state is not sys:
                # PyImport_Import, which looks into the interpreter's modules next (Python/import.c).
                lend_to_c(system, absolute, fromlist)
            if "." not in name:
                return module
            return _without_items(system, name, absolute, level, getframe(1))
        except BaseException as error:
            without_our_frames(error)
            raise

    __import__.__qualname__ = "__import__"
    return __import__


def _usual_name(name: "Any", globals: "Any", level: "Any") -> "str | None":  # noqa: A002
    """Make absolute what most relative statements name: a sibling, in a module as imports make it."""
    if level.__class__ is not int or level != 1 or globals.__class__ is not dict or name.__class__ is not str:
        return None
    package: Any = globals.get("__package__")
    spec: Any = globals.get("__spec__")
    if spec.__class__ is not ModuleSpec or package.__class__ is not str or package != spec.parent:
        return None
    if not package:
        return None  # a top-level module has no siblings
    return f"{package}.{name}" if name else package


def _asked_name(name: "Any", globals: "Any", level: "Any") -> str:  # noqa: A002
    """Make the name in a call of ``__import__`` absolute, after the checks that C makes of arguments.

    Raises:
        TypeError: an argument is of a wrong type.
        OverflowError: the level is no C int.
        BaseException: what ``absolute_name`` raises.
    """
    level = range(level).stop  # refuses what is no integer, in the interpreter's words
    if not -(2**31) <= level < 2**31:
        raise OverflowError("Python int too large to convert to C int")
    if globals is _NOT_GIVEN:
        globals = None  # noqa: A001
    elif level > 0 and isinstance(name, str) and not isinstance(globals, _NAMESPACES):
        raise TypeError(f"globals must be a {' or a '.join([each.__name__ for each in _NAMESPACES])}")
    return absolute_name(name, globals, level, stacklevel=4)


def absolute_name(name: "Any", globals: "Any", level: int, *, stacklevel: int = 3) -> str:  # noqa: A002
    """Make the name in a statement absolute.

    Args:
        name: the name as it is written; empty in ``from . import x``.
        globals: the namespace that a relative name is resolved in.
        level: how many dots stand before it.
        stacklevel: where warnings are charged.

    Raises:
        TypeError: the name is no str, or what should name the package is none.
        ValueError: the name is empty or the level negative.
        KeyError: the namespace has no ``__name__`` to fall back to.
        ImportError: there is no package, or the name leads beyond the top level.
    """
    if not isinstance(name, str):
        raise TypeError("module name must be a string")
    if level < 0:
        raise ValueError("level must be >= 0")
    if level == 0:
        if not name:
            raise ValueError("Empty module name")
        return name
    package = package_of(globals, stacklevel=stacklevel + 1)
    if not package:
        raise ImportError("attempted relative import with no known parent package")
    parts = package.rsplit(".", level - 1)
    if len(parts) < level:
        raise ImportError("attempted relative import beyond top-level package")
    return f"{parts[0]}.{name}" if name else parts[0]


def package_of(globals: "Any", *, stacklevel: int = 3) -> str:  # noqa: A002
    """Tell the package that relative names are relative to: ``__package__``, ``__spec__``, ``__name__``.

    Raises:
        TypeError: what is there is no str, or the namespace is no dict.
        KeyError: nothing is there.
    """
    if globals is None:
        raise KeyError("'__name__' not in globals")
    get = globals.get
    package, spec = get("__package__"), get("__spec__")
    if package is not None:
        if not isinstance(package, str):
            raise TypeError("package must be a string")
        if spec is not None and package != spec.parent:
            warn("__package__ != __spec__.parent", _CONTRADICTION, stacklevel)
        return package
    if spec is not None:
        parent = spec.parent
        if not isinstance(parent, str):
            raise TypeError("__spec__.parent must be a string")
        return parent
    warn(
        "can't resolve package from __spec__ or __package__, falling back on __name__ and __path__",
        ImportWarning,
        stacklevel,
    )
    try:
        package = globals["__name__"]
    except KeyError:
        raise KeyError("'__name__' not in globals") from None
    if not isinstance(package, str):
        raise TypeError("__name__ must be a string")
    return package if "__path__" in globals else package.rpartition(".")[0]


# -- import a.b.c ---------------------------------------------------------------------------------


def _without_items(system: "System", name: str, absolute: str, level: int, frame: "Any") -> "Any":
    """Give what ``import a.b.c`` goes on with: ``a``, from ``modules``."""
    first = name.partition(".")[0]
    if level:
        cut = absolute[: len(absolute) - len(name) + len(first)]
        try:
            return system.state.modules[cut]
        except KeyError:
            raise KeyError(f"{cut!r} not in sys.modules as expected") from None
    module = import_name(system, first)
    if leads_astray(system, module, name, frame):
        return Items(system, module, tuple(name.split(".")[1:]))
    return module


# -- from a import b ------------------------------------------------------------------------------


def from_object(
    system: "System", module: "Any", items: "Any", importer: str = "", frame: "Any" = None
) -> "Any":
    """Give what ``from a import b, c`` takes its items from.

    Submodules among the items are imported if the module is a package. What comes back is the module
    itself, or where an item is to be found only in the system's ``modules``, an object that finds it.

    Raises:
        TypeError: an item is no str.
        BaseException: whatever importing a submodule raises.
    """
    if hasattr(module, "__path__"):
        file, line = (None, None) if frame is None else (frame.f_code.co_filename, frame.f_lineno)
        import_items(system, module, items, asker=(importer, file, line))
    elif module.__class__ is Module and _are_all_in(module.__dict__, items):
        return module
    own = getattr(module, "__name__", None)
    if frame is not None and isinstance(own, str) and system.state is not sys:
        modules = system.state.modules
        for item in items:
            # The interpreter falls back to modules and lazy imports of its own for what is no attribute.
            full = f"{own}.{item}"
            known = full in modules or full in sys.modules or full in getattr(sys, "lazy_modules", ())
            if known and not is_attribute(module, item):
                return module if is_calling(frame) else Items(system, module)
    return module


class Forwarding:
    """The ``__getattr__`` of a module that stands in another's place: it asks that one (PEP 562).

    Both are no packages, so neither need be asked for ``__path__``; this class is how that is known.

    Args:
        module: the module that is asked.
    """

    __slots__ = ("_module",)

    def __init__(self, module: "Any") -> None:
        self._module = module

    def __call__(self, name: str) -> "Any":
        """Give what the other module has under a name.

        Raises:
            AttributeError: it has nothing.
        """
        return getattr(self._module, name)


def _has_all(namespace: "dict[str, Any]", items: "Any") -> bool:
    """Say whether a plain module has all items, so that nobody has to be asked, as nearly always."""
    if "__path__" in namespace:
        return _are_all_in(namespace, items)
    if "__getattr__" in namespace and namespace["__getattr__"].__class__ is not Forwarding:
        return False  # its function is asked for ``__path__``
    # The statement with a star takes whatever is there.
    return _are_all_in(namespace, items) or (items.__class__ is tuple and items == ("*",))


def _are_all_in(namespace: "dict[str, Any]", items: "Any") -> bool:
    """Say whether all items stand in a namespace, and to look for them there does nothing."""
    if items.__class__ is not tuple:
        return False
    for item in items:
        if item.__class__ is not str or item not in namespace:
            return False
        if KNOWS_LAZY and type(namespace[item]) is PROMISE:
            return False  # to look for it is to use it
    return True


def import_items(
    system: "System", module: "Any", items: "Any", *, of_all: bool = False, asker: "Asker" = NOBODY
) -> None:
    """Import those items of a from-import that are submodules and not there yet.

    Args:
        system: the import system that imports.
        module: the package.
        items: the names.
        of_all: whether they are the package's ``__all__``.
        asker: who asks, for the record.

    Raises:
        TypeError: an item is no str.
        BaseException: whatever importing a submodule raises.
    """
    record = system.record
    has = hasattr if system.builtins is None else has_attribute
    for item in items:
        if not isinstance(item, str):
            where = module.__name__ + ".__all__" if of_all else "``from list''"
            raise TypeError(f"Item in {where} must be str, not {type(item).__name__}")
        if item == "*":
            if not of_all and hasattr(module, "__all__"):
                import_items(system, module, module.__all__, of_all=True, asker=asker)
        elif not has(module, item):
            name = f"{module.__name__}.{item}"
            try:
                import_on_the_way(system, name, asker)
            except ModuleNotFoundError as error:
                # It may be missing on purpose: the statement itself will say so.
                if error.name == name and system.state.modules.get(name, _MISSING) is not None:
                    record.item_resolved(module.__name__, item, "missing")
                    continue
                raise
            record.item_resolved(module.__name__, item, "imported")
