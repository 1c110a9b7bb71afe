"""Explains the running process: its `sys.path` now, against the one that it started with.

The path at start-up is told as for any other invocation, from the original command line; what is
not in it was added by code, what is missing was taken out. It only reads `sys`, changes nothing.
"""

from __future__ import annotations

import os
import sys

import attrs

from wherefrom.search_path import labels, model
from wherefrom.search_path.draft import Draft
from wherefrom.search_path.invocation import environment_at_start
from wherefrom.search_path.result import LeftOut, PathEntry, Place, SearchPath

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


def current(
    added: Mapping[str, tuple[str, int | None]] | None = None, *, timeout: float = 10.0
) -> SearchPath:
    """Explain the entries of the running process's `sys.path`.

    What the process did not start with is marked as added at run time, what it started with and no
    longer has is among `left_out`.

    Args:
        added: For entries that code added, the file and line of the code, if a trace recorded them.
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
    places = dict(added or {})
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


def _added(path: str, place: tuple[str, int | None] | None) -> PathEntry:
    draft = Draft(path, "run-time", None if place is None else Place(*place))
    return PathEntry(path, "run-time", draft.detail, os.path.exists(path or "."), labels.Labels().of(draft))


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
