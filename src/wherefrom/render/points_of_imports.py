"""Events of loading and binding as lines: what one step of an import says in words.

This file decides how these steps read, as ``points.py`` does for those of finding, which takes them
in. It draws no conclusions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import events as e
from . import sentences as s
from .lines import shown, with_error

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["TELL_IMPORTS"]


def _said(phrases: dict[str, str]) -> Callable[[Any], str]:
    """Make the telling of events that say a name and an outcome, and perhaps an error."""

    def tell(event: Any) -> str:
        said = f"{shown(event.name)}: {s.phrase(phrases, event.outcome)}"
        return with_error(said, getattr(event, "error", None))

    return tell


def _served(event: e.ImportServed) -> str:
    return f"{shown(event.name)}: there, taken as it is"


def _replaced(event: e.ModuleReplaced) -> str:
    return f"{shown(event.name)}: replaced itself in sys.modules by an object of type {shown(event.type)}"


def _judged(event: e.BytecodeJudged) -> str:
    said = f"bytecode {shown(event.path or '')}".rstrip()
    said += f": {s.phrase(s.BYTECODE_OUTCOMES, event.outcome)}"
    numbers = [
        f"{what} {ours if ours is not None else '?'}, in the bytecode {its}"
        for what, ours, its in (
            ("time", event.source_mtime, event.cached_mtime),
            ("size", event.source_size, event.cached_size),
            ("hash", event.source_hash, event.cached_hash),
        )
        if its is not None
    ]
    if event.outcome == "other-magic" and event.magic:
        numbers.append(f"magic {event.magic}")
    said += f" ({'; '.join(map(shown, numbers))})" if numbers else ""
    return f"{said}, doubtful: {s.phrase(s.DOUBTS, event.doubt)}" if event.doubt else said


def _compiled(event: e.SourceCompiled) -> str:
    return with_error(
        f"source {shown(event.path)}: {s.phrase(s.COMPILE_OUTCOMES, event.outcome)}", event.error
    )


def _written(event: e.BytecodeWritten) -> str:
    said = f"bytecode {shown(event.path or '')}: {s.phrase(s.WRITING_OUTCOMES, event.outcome)}"
    return with_error(said, event.error)


def _changed(event: e.StateChanged) -> str:
    piece, how = s.phrase(s.PIECES, event.piece), s.phrase(s.CHANGES, event.outcome)
    return f"{shown(event.name)}: {piece} {how}"


def _attribute(event: e.AttributeBound) -> str:
    said = f"{shown(event.name)}: {s.phrase(s.ATTRIBUTE_OUTCOMES, event.outcome)}"
    return f"{said}: {shown(event.was)}" if event.was else said


def _item(event: e.ItemResolved) -> str:
    return f"item {shown(event.item)} of {shown(event.name)}: {s.phrase(s.ITEM_OUTCOMES, event.outcome)}"


def _name(event: e.NameBound) -> str:
    said = f"{shown(event.name)} = {shown(event.value)}: {s.phrase(s.NAME_OUTCOMES, event.outcome)}"
    return f"{said}: {shown(event.was)}" if event.was else said


TELL_IMPORTS: dict[type[e.Event], Callable[[Any], str]] = {
    e.ImportEnded: _said(s.IMPORT_OUTCOMES),
    e.ImportServed: _served,
    e.ImportEscaped: _said(s.ESCAPE_OUTCOMES),
    e.LockWaited: _said(s.WAIT_OUTCOMES),
    e.ModuleShared: _said(s.SHARE_OUTCOMES),
    e.LoadEnded: _said(s.LOAD_OUTCOMES),
    e.ModuleCreated: _said(s.CREATION_OUTCOMES),
    e.ModuleRegistered: _said(s.REGISTRATION_OUTCOMES),
    e.ModuleRemoved: _said(s.REMOVAL_OUTCOMES),
    e.ModuleReplaced: _replaced,
    e.BytecodeJudged: _judged,
    e.SourceCompiled: _compiled,
    e.BytecodeWritten: _written,
    e.RunEnded: _said(s.RUN_OUTCOMES),
    e.StateChanged: _changed,
    e.AttributeBound: _attribute,
    e.BindEnded: _said(s.BIND_OUTCOMES),
    e.ItemResolved: _item,
    e.NameBound: _name,
}
