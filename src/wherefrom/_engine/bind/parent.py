"""The binding that nobody wrote: a submodule becomes an attribute of its package.

Decides nothing beyond what is overwritten by it. It happens once, when the submodule was loaded, and
not when it is merely found in ``modules`` later: that difference is behind many a surprise. Mirrors
the end of ``_find_and_load_unlocked`` (``importlib/_bootstrap.py``).
"""

import sys
from _warnings import warn

from ..find.static import NOT_THERE, static

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

    from ..system import System


def bind_to_parent(system: "System", parent: str, child: str, module: "Any") -> None:
    """Set a loaded submodule as an attribute of its package.

    Args:
        system: the import system that imports.
        parent: the package's name.
        child: the last part of the submodule's name.
        module: the submodule.

    Raises:
        KeyError: the package is no more in ``modules``.
        BaseException: whatever a package of an odd type raises, except for AttributeError.
    """
    package = system.state.modules[parent]
    name = f"{parent}.{child}"
    before = static(package, child)
    try:
        setattr(package, child, module)
    except AttributeError:
        system.record.attribute_bound(name, parent, "refused")
        message = f"Cannot set an attribute on {parent!r} for child module {child!r}"
        warn(message, ImportWarning, stacklevel=2)
        return
    if before is NOT_THERE:
        system.record.attribute_bound(name, parent, "new")
    elif before is module:
        system.record.attribute_bound(name, parent, "same")
    else:
        system.record.attribute_bound(name, parent, "overwrote", said(before))


def _type_of_promises() -> "Any":
    space: dict[str, Any] = {}
    exec("lazy import sys", space)  # which is not used, so nothing is imported
    return type(space["sys"])


# What stands for a module or an item that was imported lazily (PEP 810) is of this type.
KNOWS_LAZY = hasattr(sys, "get_lazy_imports")
PROMISE: "Any" = _type_of_promises() if KNOWS_LAZY else None


def said(value: object) -> str:
    """Put a value into a few words, without asking it: what it is, and whose."""
    cls = type(value)
    if cls is str or cls is int or cls is float or cls is bool or value is None:
        text = repr(value)
        return text if len(text) <= 80 else f"{text[:77]}..."
    if cls is PROMISE:
        return repr(value).strip("<>")  # asking it for anything else would import
    name = static(value, "__name__")
    if isinstance(name, str) and name.__class__ is str:
        return f"{cls.__name__} {name}"
    return cls.__name__
