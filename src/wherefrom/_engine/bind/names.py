"""Import statements, executed against a namespace: what is taken from where, and which names are written.

Decides the names that each form binds and the fallbacks on the way to their values. Statements come
as plain data (`Statement`); the text is parsed outside the inner house. ``imports.py`` comes by the
modules.

Mirrors what the compiler makes of import statements (``Python/codegen.c``) and what the interpreter
does for ``IMPORT_FROM``, ``IMPORT_STAR`` and ``STORE_NAME`` (``Python/ceval.c``, ``Python/intrinsics.c``).
"""

from ..find.answer import describe_error
from ..importing import import_name
from .imports import absolute_name, from_object
from .lazy import bind_lazily, may_be_lazy
from .missing import take_from_modules
from .writing import MISSING, write

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import Any

    from ..importing import Asker
    from ..system import System
    from .writing import Written

    # (module, level, ((item or dotted name, as-name or None), …), is a from-import, text, line, is lazy)
    Statement = tuple[str, int, tuple[tuple[str, str | None], ...], bool, str, int, bool]


def bind(
    system: "System", statements: "list[Statement]", namespace: "MutableMapping[str, Any]", file: str
) -> "Written":
    """Execute import statements against a namespace.

    Args:
        system: the import system that imports.
        statements: the statements, in order.
        namespace: where the names are written; relative names are resolved by it too.
        file: what the statements were read from, for the record.

    Returns:
        What was written: names with their values and what they were before, in order.

    Raises:
        BaseException: whatever a statement raises; what was written before it stays.
    """
    written: Written = []
    importer = namespace.get("__name__", "")
    for module, level, items, is_from, text, line, is_lazy in statements:
        record, name = system.record, "." * level + (module if is_from else items[0][0])
        record.bind_began(name, text)
        asker = (importer if isinstance(importer, str) else "", file, line)
        try:
            if is_lazy or may_be_lazy(namespace, items):
                bind_lazily(system, _names(items, is_from=is_from), text, namespace, file, line, written)
            elif is_from:
                _from(system, module, level, items, namespace, asker, written)
            else:
                _plain(system, items, namespace, asker, written)
        except BaseException as error:
            record.bind_ended(name, "failed", describe_error(error))
            raise
        record.bind_ended(name, "bound")
    return written


def _names(items: "tuple[tuple[str, str | None], ...]", *, is_from: bool) -> "list[str]":
    """Name what a statement without a star binds."""
    return [as_name or (item if is_from else item.partition(".")[0]) for item, as_name in items]


def _plain(
    system: "System",
    items: "tuple[tuple[str, str | None], ...]",
    namespace: "MutableMapping[str, Any]",
    asker: "Asker",
    written: "Written",
) -> None:
    """Execute ``import a.b.c`` and ``import a.b.c as d``, one or several."""
    for name, as_name in items:
        value = import_name(system, name, asker)
        first, *rest = name.split(".")
        if rest:
            value = import_name(system, first, asker)
        if as_name is None:
            write(system, namespace, first, value, written)
            continue
        for part in rest:
            value = take_item(system, value, part)
        write(system, namespace, as_name, value, written)


def _from(
    system: "System",
    module: str,
    level: int,
    items: "tuple[tuple[str, str | None], ...]",
    namespace: "MutableMapping[str, Any]",
    asker: "Asker",
    written: "Written",
) -> None:
    """Execute ``from a import b, c as d`` and ``from a import *``, relative forms too."""
    absolute = absolute_name(module, namespace, level, stacklevel=5)
    value = import_name(system, absolute, asker)
    from_object(system, value, tuple([item for item, _ in items]), asker[0])
    if items[0][0] == "*":
        _star(system, value, namespace, written)
        return
    for item, as_name in items:
        write(system, namespace, as_name or item, take_item(system, value, item), written)


def take_item(system: "System", module: "Any", item: str) -> "Any":
    """Take an item from a module, and record where it was.

    Raises:
        ImportError: it is nowhere.
        BaseException: whatever the module's ``__getattr__`` raises, but AttributeError.
    """
    own = getattr(module, "__name__", "")
    said_name = own if isinstance(own, str) else ""
    try:
        value = getattr(module, item)
    except AttributeError:
        pass
    else:
        system.record.item_resolved(said_name, item, "attribute")
        return value
    try:
        value = take_from_modules(system, module, item)
    except ImportError:
        system.record.item_resolved(said_name, item, "missing")
        raise
    system.record.item_resolved(said_name, item, "from-modules")
    return value


def _star(system: "System", module: "Any", namespace: "MutableMapping[str, Any]", written: "Written") -> None:
    """Write every public name of a module: those in ``__all__``, or all without an underscore.

    Raises:
        ImportError: the object has neither ``__all__`` nor ``__dict__``.
        TypeError: a name is no str.
        AttributeError: ``__all__`` names what is not there.
    """
    names = getattr(module, "__all__", MISSING)
    has_all = names is not MISSING
    if not has_all:
        own = getattr(module, "__dict__", MISSING)
        if own is MISSING:
            raise ImportError("from-import-* object has no __dict__ and no __all__")
        names = list(own)
    elif names.__class__ not in (list, tuple):
        _star_of_odd(system, module, names, namespace, written)
        return
    at = 0
    while True:  # by position, as the interpreter does: __all__ may be any sequence
        try:
            name = names[at]
        except IndexError:
            return
        at += 1
        if not isinstance(name, str):
            raise _wrong_name(module, name, has_all=has_all)
        if not has_all and name.startswith("_"):
            continue
        write(system, namespace, name, getattr(module, name), written)


# What follows from ``__all__`` being no list is the interpreter's to say: it asks C slots of the object.
_STAR = compile("from odd import *", __file__, "exec")


def _star_of_odd(
    system: "System", module: "Any", names: "Any", namespace: "MutableMapping[str, Any]", written: "Written"
) -> None:
    """Have the interpreter go through an ``__all__`` that is neither a list nor a tuple.

    Raises:
        BaseException: what the interpreter raises for it.
    """

    class Odd:
        def __getattribute__(self, item: str) -> "Any":
            return names if item == "__all__" else getattr(module, item)

    class Space:
        def __getitem__(self, name: str) -> "Any":  # asked of a namespace, and never called
            raise KeyError(name)

        def __setitem__(self, name: str, value: "Any") -> None:
            write(system, namespace, name, value, written)

    space: "Any" = Space()
    exec(_STAR, {"__builtins__": {"__import__": lambda *_: Odd()}}, space)


def _wrong_name(module: "Any", name: object, *, has_all: bool) -> TypeError:
    own = module.__name__
    if not isinstance(own, str):
        return TypeError(f"module __name__ must be a string, not {type(own).__name__}")
    what, where = ("Item", "__all__") if has_all else ("Key", "__dict__")
    return TypeError(f"{what} in {own}.{where} must be str, not {type(name).__name__}")
