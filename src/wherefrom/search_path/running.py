"""Explains the running process: its `sys.path` now, against the one that it started with.

The path at start-up is told as for any other invocation, from the original command line; what is
not in it was added by code, what is missing was taken out. It only reads `sys`, changes nothing.
"""

from __future__ import annotations

import os
import sys

import attrs

from wherefrom.search_path import labels, model
from wherefrom.search_path.invocation import environment_at_start
from wherefrom.search_path.result import Added, LeftOut, PathEntry, SearchPath

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


def current(
    added: Mapping[str, tuple[str, int | None]] | None = None, *, timeout: float = 10.0
) -> SearchPath:
    """Explain the entries of the running process's `sys.path`.

    What the process did not start with is marked as added at run time, what it started with and no
    longer has is among `left_out`. Where imports of the process were being recorded, an entry that
    was added says by whose code, and, where exactly one statement can have done it, in which line:
    the label says whether that was observed or is inferred.

    Args:
        added: For entries that code added, the file and line of the code, where you know better. If
            left out, what live tracing has seen is taken: `wherefrom.install` or `wherefrom.tracing`
            in this process.
        timeout: Seconds to wait for the interpreter, which is asked how it starts.

    Returns:
        The answer; its entries are those of `sys.path` at this moment.

    Example:
        >>> import sys
        >>> answer = current()
        >>> [entry.path for entry in answer] == [path for path in sys.path if isinstance(path, str)]
        True
    """
    begun = _at_start(timeout)
    places = _given(added) if added is not None else _traced()
    now = [path for path in _entries() if isinstance(path, str)]
    left = list(begun.entries)
    entries = []
    for path in now:
        known = next((entry for entry in left if entry.path == path), None)
        if known is not None:
            left.remove(known)
        entries.append(known or _added(path, places.get(path)))
    return attrs.evolve(
        begun,
        entries=tuple(entries),
        left_out=(*begun.left_out, *map(_removed, left)),
        error=None,
        notes=(*begun.notes, *_notes(begun)),
    )


def _entries() -> list[object]:
    """Return `sys.path` as it may be, not as it should be: code puts all sorts of things there."""
    return list(sys.path)


def _at_start(timeout: float) -> SearchPath:
    """Tell the path at start-up; where the process has moved since, the shell's directory may fit better."""
    env = environment_at_start()
    best = _from(os.getcwd() if _has_cwd() else "/", env, timeout)
    before = env.get("PWD", "")
    if (
        _unmatched(best)
        and os.path.isdir(before)
        and _has_cwd()
        and not os.path.samefile(before, os.getcwd())
    ):
        other = _from(before, env, timeout)
        if _unmatched(other) < _unmatched(best):
            return other
    return best


def _from(cwd: str, env: dict[str, str], timeout: float) -> SearchPath:
    command = getattr(sys, "orig_argv", None) or [sys.executable]
    python = sys.executable or command[0]
    return model.search_path(python, command[1:], env=env, cwd=cwd, timeout=timeout)


def _has_cwd() -> bool:
    try:
        return bool(os.getcwd())
    except OSError:
        return False


def _unmatched(begun: SearchPath) -> int:
    return len(set(begun.paths) - set(map(str, _entries())))


def _given(added: Mapping[str, tuple[str, int | None]]) -> dict[str, Added]:
    return {path: Added(path, file=file, after=line, before=line) for path, (file, line) in added.items()}


def _traced() -> dict[str, Added]:
    """Ask whoever traces this process what was added, and by whom; nothing is traced without it."""
    if "wherefrom.live" not in sys.modules:
        return {}
    from wherefrom.live import path_changes
    from wherefrom.search_path.statements import added_by

    return {one.path: one for one in added_by(path_changes())}


def _added(path: str, added: Added | None) -> PathEntry:
    place = None if added is None else added.place
    label = "added at run time" if added is None else labels.of_added(added)
    return PathEntry(path, "run-time", place, os.path.exists(path or "."), label, added)


def _removed(entry: PathEntry) -> LeftOut:
    because = f"{entry.label} was there at start-up; code took it out"
    return LeftOut(entry.path, entry.source, "removed-at-run-time", because, entry.detail)


def _notes(begun: SearchPath) -> list[str]:
    notes = []
    if begun.error is not None:
        notes.append(f"how this process started could not be told in full: {begun.error}")
    odd = [entry for entry in _entries() if not isinstance(entry, str)]
    if odd:
        notes.append(f"entries that are no text are skipped by the import system: {odd!r}")
    return notes
