"""What a search passed by: losers, near misses, and what to watch.

Each is worked out from a finished search when somebody asks. Losers come from continuing the search
(``_engine/find/losers.py``); near misses from listing the directories that were searched; the watch
list from the trace alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from . import events
from ._engine.find.archive_index import ArchiveError, archive_index
from ._engine.find.losers import losers as continue_search
from ._engine.names import split
from ._engine.paths import SEPARATOR, absolute, join
from ._engine.paths import split as split_path
from ._engine.record import Record
from ._engine.steps import NoLocationsError, locations_of
from ._engine.system import System

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ._engine.find.answer import Answer
    from .trace import Trace


@attrs.frozen
class Loser:
    """Something of the same name that would be found if the winner were not there.

    Attributes:
        kind: the kind of module that it is.
        origin: its file; the directory of a namespace portion; None if it has no place.
        entry: the path entry that holds it, if it is held by one.
        finder: who would have answered.
        reason: the rule by which it loses: ``later-finder``, ``later-entry``,
            ``package-before-module``, ``earlier-suffix`` or ``module-before-portion``.
    """

    kind: str
    origin: str | None
    entry: str | None
    finder: str
    reason: str


@attrs.frozen
class NearMiss:
    """Something that lies where the module was looked for, and almost fits.

    Attributes:
        path: the file, directory or path entry.
        reason: what is wrong with it, one of `NEAR_MISS_REASONS`.
    """

    path: str
    reason: str


NEAR_MISS_REASONS = (
    "wrong-case",
    "wrong-abi",
    "no-init",
    "other-unicode-form",
    "directory-named-like-a-file",
    "dangling-link",
    "unseen-by-stale-listing",
    "entry-appeared-later",
)

_EXTENSION_ENDINGS = (".so", ".pyd", ".dylib", ".dll")


def _again(system: System) -> System:
    """Give a system on the same state whose steps are recorded apart."""
    again = System(system.state, Record())
    again.disk, again.interpreter = system.disk, system.interpreter
    again.places, again.found = system.places, dict(system.found)
    return again


def losers_of(system: System, name: str, winner: Answer | None) -> tuple[Loser, ...]:
    """Continue a search behind its winner; nothing loses where nothing won."""
    if winner is None or winner.finder == "sys.modules":
        return ()
    again = _again(system)
    parent, tail = split(name)
    path: Any = None
    if parent:
        try:
            path = locations_of(again, parent)
        except NoLocationsError:
            return ()
    offers = continue_search(again, name, tail, path, winner)
    return tuple(Loser(*offer) for offer in dict.fromkeys(offers))


# -- near misses ----------------------------------------------------------------------------------


def near_misses_of(system: System, name: str, trace: Trace) -> tuple[NearMiss, ...]:
    """Look around in the places where a name was looked for.

    Args:
        system: the system that searched.
        name: the absolute name.
        trace: its trail.

    Returns:
        The near misses, in the order of the search.
    """
    tail = split(name)[1]
    looked: dict[str, list[events.CandidateSeen]] = {}
    for event in trace.select(events.CandidateSeen, name=name):
        looked.setdefault(split_path(event.path)[0], []).append(event)
    archives = [event.archive for event in trace.select(events.ArchiveRead) if event.outcome != "failed"]
    misses: list[NearMiss] = []
    for directory, seen in looked.items():
        # The candidates of a package directory are its __init__ files: nothing is near to those.
        if any(split_path(event.path)[1].startswith(tail) for event in seen):
            # By name: how the directory was searched decides what is noticed first, and is no news.
            found = _in_directory(system, directory, tail, seen, archives)
            misses += sorted(found, key=lambda miss: miss.path)
    misses += _at_entries(system, name, trace)
    return tuple(dict.fromkeys(misses))


def _in_directory(
    system: System,
    directory: str,
    tail: str,
    seen: list[events.CandidateSeen],
    archives: list[str],
) -> Iterator[NearMiss]:
    for event in seen:
        if event.outcome == "no-init":
            yield NearMiss(event.path, "no-init")
        elif event.outcome == "not-a-file":
            is_directory = system.disk.is_directory(event.path)
            yield NearMiss(event.path, "directory-named-like-a-file" if is_directory else "dangling-link")
        elif event.outcome == "not-a-directory" and not system.disk.exists(event.path):
            yield NearMiss(event.path, "dangling-link")
    try:
        names = system.disk.listdir(directory)
    except (OSError, ValueError):
        names = _in_archive(system, directory, archives)
    wanted = {split_path(event.path)[1] for event in seen}
    chosen = any(event.outcome == "chosen" for event in seen)
    for entry in sorted(names):
        reason = _nearness(entry, tail, wanted)
        if reason is None and entry in wanted and not chosen:
            absent = any(e.outcome == "absent" and split_path(e.path)[1] == entry for e in seen)
            if absent:
                # A link to nowhere is passed by as absent where no listing was needed to know it.
                there = system.disk.exists(join(directory, entry))
                reason = "unseen-by-stale-listing" if there else "dangling-link"
        if reason is not None:
            yield NearMiss(join(directory, entry), reason)


def _in_archive(system: System, directory: str, archives: list[str]) -> list[str]:
    """List what lies directly in a directory inside one of the archives that were read."""
    for archive in archives:
        if directory == archive or directory.startswith(archive + SEPARATOR):
            prefix = (directory + SEPARATOR)[len(archive) + 1 :]
            try:
                index = archive_index(system, archive)
            except (ArchiveError, OSError, EOFError, UnicodeDecodeError):
                return []  # it was good when it was searched
            inner = [name[len(prefix) :] for name in index if name.startswith(prefix)]
            return [name for name in inner if name and SEPARATOR not in name]
    return []


def _nearness(entry: str, tail: str, wanted: Iterable[str]) -> str | None:
    """Say how a directory's entry comes near to one of the wanted file names, if it does."""
    if entry in wanted:
        return None
    if entry.startswith(f"{tail}.") and entry.endswith(_EXTENSION_ENDINGS):
        return "wrong-abi"
    if entry.casefold() in {name.casefold() for name in wanted}:
        return "wrong-case"
    if not entry.isascii() or not tail.isascii():
        from unicodedata import normalize

        form = normalize("NFKC", entry)
        if form in {normalize("NFKC", name) for name in wanted}:
            return "other-unicode-form"
    return None


def _at_entries(system: System, name: str, trace: Trace) -> Iterator[NearMiss]:
    for event in trace.select(events.SearchEnded, name=name, reason="remembered-as-none"):
        if system.disk.exists(event.entry):
            yield NearMiss(event.entry, "entry-appeared-later")


# -- what to watch --------------------------------------------------------------------------------


def watch_list(system: System, trace: Trace) -> tuple[str, ...]:
    """Name every place on the disk that the answer depends on."""
    paths: set[str] = set()
    for event in trace.events:
        if isinstance(event, events.CandidateSeen):
            paths.update((event.path, split_path(event.path)[0]))
            if event.outcome == "no-init":
                paths.update(
                    join(event.path, "__init__" + suffix) for suffix, _ in system.interpreter.loaders
                )
        elif isinstance(event, events.SearchEnded) and event.reason not in ("not-a-string", None):
            paths.add(event.entry)
        elif isinstance(event, events.DirectoryListed):
            paths.add(event.directory)
        elif isinstance(event, events.ArchiveRead):
            paths.add(event.archive)
        elif isinstance(event, (events.PortionKept, events.PortionDropped)):
            paths.add(event.location)
    getcwd = system.disk.getcwd
    try:
        return tuple(sorted({absolute(path, getcwd) for path in paths}))
    except OSError:  # the current directory is gone: what is relative to it cannot be watched
        return tuple(sorted(path for path in paths if path.startswith("/")))
