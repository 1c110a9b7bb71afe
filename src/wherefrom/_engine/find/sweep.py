"""One look at a whole path, for many names at once.

A sweep lists every directory of a path once and turns the listings round: from the tail of a module
name to the entries that could answer for it. A name is then answered without walking the path; the
record says in one row which entries were searched in vain. Entries that are no plain directories are
still searched one by one. Same answers as ``entries.py``, from one moment.
"""

from .answer import Answer
from .directories import directory_of
from .directory import Question, answer_file, search_plain
from .entries import search_entry

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from typing import Any

    from ..system import System

# Reading a directory for the kinds of its entries costs about as much as a dozen looks at files.
_HITS_BEFORE_READING = 4
_NONE: "frozenset[str]" = frozenset()


class Sweep:
    """The entries of one path, listed once.

    Attributes:
        entries: the path's entries.
        places: for each entry ``(entry, directory)``, both empty for what is searched singly.
        names: for each entry what its directory holds; None for what is searched singly.
        holders: tail of a module name -> where candidates for it lie: ``(position of the entry, which
            candidate)``, in the order of the search.
        odd: the positions of the entries that are searched singly.
    """

    __slots__ = ("_hits", "_plain", "entries", "holders", "names", "odd", "places")

    def __init__(self, system: "System", entries: "tuple[Any, ...]") -> None:
        self.entries = entries
        listed = [_list_entry(system, entry) for entry in entries]
        self.places = tuple([("", "") if found is None else found[0] for found in listed])
        self.names = [None if found is None else found[1] for found in listed]
        self.odd = [at for at, names in enumerate(self.names) if names is None]
        self.holders = _holders(self.names, system.interpreter.suffixes)
        self._plain: dict[str, AbstractSet[str]] = {}
        self._hits: dict[str, int] = {}

    def plain_files(self, system: "System", directory: str) -> "AbstractSet[str]":
        """Give the plain files of a directory that is hit again and again, so none is looked at singly."""
        known = self._plain.get(directory)
        if known is not None:
            return known
        hits = self._hits[directory] = self._hits.get(directory, 0) + 1
        if hits <= _HITS_BEFORE_READING:
            return _NONE
        plain: AbstractSet[str] = _NONE
        try:
            with system.disk.scandir(directory) as found:
                plain = {item.name for item in found if item.is_file(follow_symlinks=False)}
        except OSError:
            pass
        self._plain[directory] = plain
        return plain

    def stops(self, tail: str) -> "list[int]":
        """Give the positions that have to be looked at for a name, in order."""
        return sorted({*self.odd, *[at for at, _ in self.holders.get(tail, ())]})


def _list_entry(system: "System", entry: "Any") -> "tuple[tuple[str, str], AbstractSet[str]] | None":
    if not isinstance(entry, str):
        return None
    listed = directory_of(system, entry)
    # A finder with loaders of its own has candidates of its own; it is searched singly.
    if listed is None or listed[1] != system.interpreter.loaders:
        return None
    return (entry, listed[0]), listed[2]


def _holders(
    listings: "list[AbstractSet[str] | None]", suffixes: tuple[str, ...]
) -> "dict[str, list[tuple[int, int]]]":
    """Turn listings round. The tail of a module's name has no dot, so a file's first dot ends it."""
    order = {suffix: at for at, suffix in enumerate(("", *suffixes))}
    holders: dict[str, list[tuple[int, int]]] = {}
    for at, names in enumerate(listings):
        for name in names or ():
            tail, dot, rest = name.partition(".")
            which = order.get(dot + rest)
            if which is not None:
                holders.setdefault(tail, []).append((at, which))
    return holders


def search_sweep(system: "System", name: str, tail: str, path: "Any") -> "Answer | None":
    """Search a path for one of many names; the same answer as `search_entries` gives.

    Raises:
        SearchFailedError: a hook or finder raised.
    """
    # Known by the path object itself: a sweep is of one moment, and so is the path it was made of.
    kept = system.sweeps.get(id(path))
    if kept is None or kept[0] is not path:
        kept = system.sweeps[id(path)] = path, Sweep(system, tuple(path))
    sweep: Sweep = kept[1]
    if not sweep.odd:
        held = sweep.holders.get(tail)
        # Only a file that has the name to itself is told at once; the rest is searched by the rules.
        if held is not None and held[0][1] and (len(held) == 1 or held[1][0] != held[0][0]):
            at, which = held[0]
            suffix = system.interpreter.suffixes[which - 1]
            directory = sweep.places[at][1]
            if tail + suffix in sweep.plain_files(system, directory):
                system.record.search_answered(
                    name, sweep.places, at, tail, system.interpreter.suffixes, which
                )
                full = f"{directory.rstrip('/')}/{tail}{suffix}"
                loader = system.interpreter.loaders[which - 1][1]
                return answer_file(system, name, sweep.places[at][0], full, loader, None)
    return _search_stops(system, sweep, Question(name, tail, system.interpreter))


def _search_stops(system: "System", sweep: Sweep, question: Question) -> "Answer | None":
    """Search the entries that could answer, and tell of the others that they were passed."""
    record, name, entries = system.record, question.name, sweep.entries
    candidates = question.candidates
    portions: list[str] = []
    done = 0
    for at in sweep.stops(question.tail):
        if at > done:
            record.search_swept(name, sweep.places, done, at, candidates)
        done = at + 1
        names = sweep.names[at]
        if names is None:
            answer = search_entry(system, question, entries[at])
        else:
            directory = sweep.places[at][1]
            plain = sweep.plain_files(system, directory)
            answer = search_plain(
                system, question, entries[at], directory, names, "recalled", None, plain=plain
            )
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
