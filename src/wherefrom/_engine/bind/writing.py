"""Writing a name into a namespace, and telling what it was before.

Decides nothing. ``names.py`` and ``lazy.py`` come by the values.
"""

from .parent import said

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import Any

    from ..system import System

    Written = list[tuple[str, Any, Any]]  # name, value, what it was or MISSING

MISSING: "Any" = object()


def write(
    system: "System",
    namespace: "MutableMapping[str, Any]",
    name: str,
    value: "Any",
    written: "Written",
) -> None:
    """Write a name, and record what it was.

    Args:
        system: the import system that imports.
        namespace: where the name is written, a dict or another mapping.
        name: the name.
        value: its new value.
        written: what was written so far; this name is added.

    Raises:
        Exception: what the mapping raises when it is written to.
    """
    try:
        was = namespace[name]
    except Exception:  # a mapping of somebody else's; what it was is only told, not needed
        was = MISSING
    namespace[name] = value
    written.append((name, value, was))
    if was is MISSING:
        system.record.name_bound(name, said(value), "new")
    elif was is value:
        system.record.name_bound(name, said(value), "same")
    else:
        system.record.name_bound(name, said(value), "overwrote", said(was))
