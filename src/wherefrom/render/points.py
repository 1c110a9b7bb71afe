"""Single events as lines: what one step of the record says in words.

This file decides how a step reads that has no steps in it. It draws no conclusions; ``text.py`` and
``tree.py`` decide which steps are shown, and where.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import events as e
from . import sentences as s
from .lines import Line, shown, shown_entry, with_error
from .points_of_imports import TELL_IMPORTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


def lines_of_points(points: Iterable[e.Event]) -> Iterator[Line]:
    """Give a line for each event; what was not there is put into one line.

    Args:
        points: events that followed each other, without a span between them.
    """
    absent: list[str] = []
    for event in points:
        if isinstance(event, e.CandidateSeen) and event.outcome == "absent":
            absent.append(event.path)
            continue
        if absent:
            yield _absent(absent)
            absent = []
        yield line_of(event)
    if absent:
        yield _absent(absent)


def _absent(paths: list[str]) -> Line:
    """Name candidates that lie side by side by their last parts, which is how people know them."""
    heads = {path.rpartition("/")[0] for path in paths}
    if len(heads) == 1 and len(paths) > 1:
        paths = [path.rpartition("/")[2] for path in paths]
    return Line(f"not there: {', '.join(map(shown, paths))}", dim=True)


def line_of(event: e.Event) -> Line:
    """Say in one line what an event says."""
    tell = _TELL.get(type(event))
    if tell is None:
        said = " ".join(f"{name}={shown(str(value))}" for name, value in event.fields().items())
        return Line(f"{shown(event.kind)} {said}".rstrip(), dim=True)
    winner = isinstance(event, e.CandidateSeen) and event.outcome == "chosen"
    return Line(tell(event), winner=winner, dim=not winner)


def _cached(event: e.ModuleCached) -> str:
    said = f"{shown(event.name)}: {s.phrase(s.CACHED_OUTCOMES, event.outcome)}"
    if event.outcome == "none":
        return said
    return said + (f", {shown(event.origin)}" if event.origin else "") + " (already imported)"


def _recalled(event: e.FinderRecalled) -> str:
    said = s.phrase(s.RECALL_OUTCOMES, event.outcome)
    return f"{said}: {shown(event.finder)}" if event.finder else said


def _hook(event: e.HookTried) -> str:
    return with_error(f"hook {shown(event.hook)} {s.phrase(s.HOOK_OUTCOMES, event.outcome)}", event.error)


def _directory(event: e.DirectoryListed) -> str:
    said = f"directory {shown(event.directory)}: {s.phrase(s.DIRECTORY_OUTCOMES, event.outcome)}"
    return with_error(said, event.error)


def _archive(event: e.ArchiveRead) -> str:
    said = f"archive {shown(event.archive)}: {s.phrase(s.ARCHIVE_OUTCOMES, event.outcome)}"
    return with_error(said, event.error)


def _candidate(event: e.CandidateSeen) -> str:
    return f"{shown(event.path)}: {s.phrase(s.CANDIDATE_OUTCOMES, event.outcome)}"


def _kept(event: e.PortionKept) -> str:
    return f"portion kept: {shown(event.location)}"


def _dropped(event: e.PortionDropped) -> str:
    said = f"portion dropped: {shown(event.location)}"
    return f"{said}, for {shown(event.winner)}" if event.winner else said


def _recomputed(event: e.PathRecomputed) -> str:
    return f"{shown(event.name)}: {s.phrase(s.RECOMPUTED_OUTCOMES, event.outcome)}"


def _extended(event: e.PathExtended) -> str:
    where = s.count(len(event.locations), "location", "locations")
    return f"{shown(event.name)}: {s.phrase(s.EXTENSION_STYLES, event.style)}, {where}"


def _unsearched(event: e.EntriesUnsearched) -> str:
    return f"{s.count(len(event.entries), 'entry', 'entries')} behind it not searched"


def _unasked(event: e.FindersUnasked) -> str:
    return f"not asked: {', '.join(map(shown, event.finders))}"


def _stopped(event: e.RecordStopped) -> str:
    return f"recording stopped: {shown(event.reason)}"


def _ask_ended(event: e.AskEnded) -> str:
    return with_error(f"{shown(event.finder)}: {s.phrase(s.ASK_OUTCOMES, event.outcome)}", event.error)


def _search_ended(event: e.SearchEnded) -> str:
    said = s.phrase(s.SEARCH_REASONS, event.reason) or s.phrase(s.SEARCH_OUTCOMES, event.outcome)
    return with_error(f"{shown_entry(event.entry)}: {said}", event.error)


def _find_ended(event: e.FindEnded) -> str:
    if event.outcome == "found":
        # Kind and origin may be the same word: built-in, frozen.
        said = dict.fromkeys(filter(None, ("found", event.module_kind, event.origin)))
        return f"{shown(event.name)}: {', '.join(map(shown, said))}"
    why = s.phrase(s.FIND_REASONS, event.reason)
    why = why.replace("{parent}", shown(event.name.rpartition(".")[0]))
    return f"{shown(event.name)}: not found" + (f", {why}" if why else "")


def _not_stopped(event: e.BreakFailed) -> str:
    return f"no debugger stopped at {shown(event.name)}: {shown(event.error)}"


def _gap(event: e.RecordGap) -> str:
    return f"something is missing here: {shown(event.reason)}"


def _installed(event: e.TracingInstalled) -> str:
    loaded = s.count(len(event.modules), "module", "modules")
    return f"{s.phrase(s.TRACING_WAYS, event.how)}; {loaded} loaded before"


def _path_changed(event: e.PathChanged) -> str:
    parts = [f"sys.path: {s.phrase(s.CHANGES, event.outcome)}"]
    parts += [f"+ {shown_entry(entry)}" for entry in event.added]
    parts += [f"- {shown_entry(entry)}" for entry in event.removed]
    if event.file is not None:
        parts.append(shown(s.between(event.file, event.after, event.before)))
    parts.append(f"{s.phrase(s.PATH_LOOKS, event.seen)} {shown(event.name)}".rstrip())
    if event.doubt:
        parts.append(s.phrase(s.PATH_DOUBTS, event.doubt))
    return ", ".join(parts)


def _counted(event: e.ImportCounted) -> str:
    times = s.count(event.count or 0, "time", "times")
    return f"{shown(event.name)}: there, asked for {times} by {shown(event.importer) or 'nobody'}"


def _raised(event: e.ErrorRaised) -> str:
    said = f"{s.phrase(s.ERROR_RELATIONS, event.relation)} {shown(event.error)}: {shown(event.message)}"
    if event.files and event.lines:
        said += f" ({shown(event.files[-1])}, line {shown(event.lines[-1])})"
    return said


def _held(event: e.ModuleHeld) -> str:
    said = f"sys.modules holds {s.phrase(s.HELD_OUTCOMES, event.outcome)} for {shown(event.name)}"
    return f"{said} ({shown(event.origin)})" if event.origin else said


def _program_ended(event: e.ProgramEnded) -> str:
    return s.phrase(s.END_OUTCOMES, event.outcome)


_TELL_FINDS: dict[type[e.Event], Callable[[Any], str]] = {
    e.ModuleCached: _cached,
    e.FinderRecalled: _recalled,
    e.HookTried: _hook,
    e.DirectoryListed: _directory,
    e.ArchiveRead: _archive,
    e.CandidateSeen: _candidate,
    e.PortionKept: _kept,
    e.PortionDropped: _dropped,
    e.PathRecomputed: _recomputed,
    e.PathExtended: _extended,
    e.EntriesUnsearched: _unsearched,
    e.FindersUnasked: _unasked,
    e.RecordStopped: _stopped,
    e.BreakFailed: _not_stopped,
    e.RecordGap: _gap,
    e.TracingInstalled: _installed,
    e.ErrorRaised: _raised,
    e.ModuleHeld: _held,
    e.ProgramEnded: _program_ended,
    e.ImportCounted: _counted,
    e.PathChanged: _path_changed,
    e.AskEnded: _ask_ended,
    e.SearchEnded: _search_ended,
    e.FindEnded: _find_ended,
}
_TELL: dict[type[e.Event], Callable[[Any], str]] = {**_TELL_FINDS, **TELL_IMPORTS}
