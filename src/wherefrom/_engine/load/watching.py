"""What a module's code did to the import system while it ran: its paths, its finders, its hooks.

Decides which changes are worth a row: another list in the place of one of the three, or another
content. Changes nothing. ``execute.py`` asks before and after.
"""

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

    from ..system import System

_PIECES = ("path", "meta_path", "path_hooks")


def pieces_of(system: "System") -> "tuple[Any, ...]":
    """Remember the three lists, and what is in them; what is no list, by itself."""
    state = system.state
    path, meta_path, hooks = state.path, state.meta_path, state.path_hooks
    return (
        path,
        meta_path,
        hooks,
        path[:] if path.__class__ is list else path,
        meta_path[:] if meta_path.__class__ is list else meta_path,
        hooks[:] if hooks.__class__ is list else hooks,
    )


def changes_since(system: "System", name: str, before: "tuple[Any, ...]") -> bool:
    """Record how a module's code has changed the three lists since they were remembered.

    Returns:
        Whether it has.
    """
    state = system.state
    now = state.path, state.meta_path, state.path_hooks
    # Comparing lists compares their items by identity first: usually no finder is asked.
    if now[0] is before[0] and now[1] is before[1] and now[2] is before[2] and now == before[3:]:
        return False
    changed = False
    for at, piece in enumerate(now):
        was = before[at + 3]
        if piece is not before[at] or (piece is not was and piece != was):
            system.record.state_changed(name, _PIECES[at], _how(piece, before[at], was))
            changed = True
    return changed


def _how(piece: "Any", list_before: "Any", was: "list[Any]") -> str:
    if piece is not list_before:
        return "rebound"
    if len(piece) > len(was):
        return "extended"
    return "shortened" if len(piece) < len(was) else "altered"
