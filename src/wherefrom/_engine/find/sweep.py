"""One look at a whole path, for many names at once.

A sweep lists every directory of a path once and turns the listings round: from a file name to the
entries that hold it. A name is then answered without walking the path; the record says of the
entries before the hit, in one row, that they were searched in vain. Entries that are no plain
directories are still searched one by one. Same answers as ``entries.py``, from one moment.
"""

from .answer import Answer
from .directories import directory_of
from .directory import Question, search_plain
from .entries import search_entry

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from typing import Any

    from ..system import System


class Sweep:
    """The entries of one path, listed once.

    Attributes:
        entries: the path's entries.
        places: for each entry ``(entry, directory)``; the directory is empty for what is none.
        listed: for each entry its directory, loaders and names; None for what is searched singly.
        holders: file name -> the positions of the entries that hold it.
        odd: the positions of the entries that are searched singly.
    """

    __slots__ = ("entries", "holders", "listed", "odd", "places")

    def __init__(self, system: "System", entries: "tuple[Any, ...]") -> None:
        self.entries = entries
        self.listed = [_list_entry(system, entry) for entry in entries]
        self.places = tuple(
            (str(entry), "" if listed is None else listed[0])
            for entry, listed in zip(entries, self.listed, strict=True)
        )
        self.odd = [at for at, listed in enumerate(self.listed) if listed is None]
        self.holders: dict[str, list[int]] = {}
        for at, listed in enumerate(self.listed):
            if listed is not None:
                for name in listed[2]:
                    self.holders.setdefault(name, []).append(at)

    def _stops(self, candidates: tuple[str, ...]) -> "list[int]":
        """Give the positions that have to be looked at for some candidates, in order."""
        stops = self.odd
        for candidate in candidates:
            held = self.holders.get(candidate)
            if held is not None:
                stops = stops + held  # += would change the list of odd entries
        return sorted(set(stops)) if len(stops) > 1 else stops


def _list_entry(
    system: "System", entry: "Any"
) -> "tuple[str, list[tuple[str, Any]], AbstractSet[str]] | None":
    if not isinstance(entry, str):
        return None
    listed = directory_of(system, entry)
    # A finder with loaders of its own has candidates of its own; it is searched singly.
    if listed is None or listed[1] != system.interpreter.loaders:
        return None
    return listed


def search_sweep(system: "System", name: str, tail: str, path: "Any") -> "Answer | None":
    """Search a path for one of many names; the same answer as `search_entries` gives.

    Raises:
        SearchFailedError: a hook or finder raised.
    """
    # Known by the path object itself: a sweep is of one moment, and so is the path it was made of.
    kept = system.sweeps.get(id(path))
    if kept is None or kept[0] is not path:
        kept = system.sweeps[id(path)] = path, Sweep(system, tuple(path))
    sweep = kept[1]
    entries = sweep.entries
    record = system.record
    question = Question(name, tail, system.interpreter)
    candidates = question.candidates
    portions: list[str] = []
    done = 0
    for at in sweep._stops(candidates):
        if at > done:
            record.search_swept(name, sweep.places, done, at, candidates)
        done = at + 1
        listed = sweep.listed[at]
        if listed is None:
            answer = search_entry(system, question, entries[at])
        else:
            directory, _, names = listed
            answer = search_plain(system, question, entries[at], directory, names, "recalled", None)
        if answer is None:
            continue
        if answer.kind == "namespace":
            portions += answer.locations
            continue
        for portion in portions:
            record.portion_dropped(name, portion, answer.origin)
        if done < len(entries):
            record.entries_unsearched(name, entries, done)
        return answer
    if done < len(entries):
        record.search_swept(name, sweep.places, done, len(entries), candidates)
    if not portions:
        return None
    return Answer(name, "namespace", "PathFinder", origin=None, locations=portions)
