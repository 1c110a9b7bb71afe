"""Lazy imports (PEP 810): a name is bound to a promise, and what it stands for is imported on first use.

Only the interpreter makes such promises, and only for a statement at the top of a module. So here it
executes the statement itself, in a namespace whose ``__import__`` is the world's: that one is kept in
the promise and called when the name is first used, which is recorded as any import is. Decides which
statements are lazy without saying so. ``names.py`` executes all others.

Mirrors the lazy form of ``IMPORT_NAME`` (``Python/ceval.c``, 3.15).
"""

import sys

from ..find.static import NOT_THERE
from .parent import KNOWS_LAZY
from .writing import write

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import Any

    from ..system import System
    from .writing import Written

_mode: "Any" = getattr(sys, "get_lazy_imports", None)
_Module: "Any" = type(sys)
# What of a namespace has a say in an import.
_SAYING = ("__name__", "__package__", "__spec__", "__path__", "__lazy_modules__")


def may_be_lazy(namespace: "MutableMapping[str, Any]", items: "tuple[tuple[str, str | None], ...]") -> bool:
    """Say whether a statement without ``lazy`` may be lazy all the same: by a list, or by a setting."""
    if not KNOWS_LAZY or items[0][0] == "*":
        return False
    return "__lazy_modules__" in namespace or _mode() == "all"


def bind_lazily(
    system: "System",
    names: "list[str]",
    text: str,
    namespace: "MutableMapping[str, Any]",
    file: str,
    line: int,
    written: "Written",
) -> None:
    """Execute a statement that is or may be lazy, and write what it bound.

    Args:
        system: the import system that imports.
        names: the names that it binds.
        text: the statement.
        namespace: where the names are written; relative names are resolved by it too.
        file: what the statement was read from: errors of the first use point there.
        line: its line there.
        written: what was written so far; the names are added.

    Raises:
        BaseException: what the statement raises, if the interpreter takes it at once after all.
    """
    space: dict[str, Any] = {key: namespace[key] for key in _SAYING if key in namespace}
    if system.builtins is not None:
        space["__builtins__"] = system.builtins
    # At its line, since the place of the statement is part of later errors.
    exec(compile("\n" * (line - 1) + text, file, "exec", dont_inherit=True), space)
    for name in names:
        write(system, namespace, name, space[name], written)


def attribute_of(module: "Any", item: str) -> "Any":
    """Read an attribute of a module of a world, its own ``__getattr__`` asked.

    Since 3.15 a module that misses an attribute looks whether a lazy import of it is pending under its
    name, and has the interpreter import it. These are the interpreter's, not the world's.

    Returns:
        The value, or `NOT_THERE`.

    Raises:
        BaseException: what ``__getattr__`` raises, but for AttributeError.
    """
    ask: Any = getattr
    asked: tuple[Any, ...] = (module, item)
    is_plain = KNOWS_LAZY and module.__class__ is _Module
    if is_plain and item not in module.__dict__ and not hasattr(_Module, item):
        ask, asked = module.__dict__.get("__getattr__"), (item,)
        if ask is None:
            return NOT_THERE
    try:
        return ask(*asked)
    except AttributeError:
        return NOT_THERE


def has_attribute(module: "Any", item: str) -> bool:
    """Say whether a module of a world has an attribute, as `attribute_of` reads it."""
    return attribute_of(module, item) is not NOT_THERE
