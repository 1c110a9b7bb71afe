"""The imports of a record, added up in one pass: who asked for what, what came of it, how long it took.

Decides what belongs to which import; holds little of a record in memory, however long it is. Judges
nothing. ``render/summary.py`` tells it; ``trace.py`` shows the same imports as spans.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from .stories import kind_and_origin, without_times

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .stories import Path

Row = tuple[Any, ...]


@attrs.define
class Import:
    """One import of a module that was not there yet.

    Attributes:
        name: the absolute name.
        importer: the module that asked for it; empty where that is not known.
        file: the file of the statement, None where it is not known.
        line: its line, None where it is not known.
        parent: the import that caused it, None at the top.
        outcome: how it was come by, or that it was not; None if it did not end.
        error: the error in one line, None if there was none.
        kind: what kind of module it is, None if it was not found.
        origin: where it comes from, None if that is not known.
        began_ns: when it began, in nanoseconds; good for differences only.
        elapsed_ns: how long it took, in nanoseconds; None if it did not end.
        caused_ns: how much of that the imports took that it caused.
        causes: the names of these, in order.
    """

    name: str
    importer: str
    file: str | None
    line: int | None
    parent: Import | None = attrs.field(repr=False)
    began_ns: int
    outcome: str | None = None
    error: str | None = None
    kind: str | None = None
    origin: str | None = None
    elapsed_ns: int | None = None
    caused_ns: int = 0
    causes: list[str] = attrs.Factory(list)

    @property
    def self_ns(self) -> int | None:
        """How long it took without the imports that it caused, in nanoseconds; None if it did not end."""
        return None if self.elapsed_ns is None else self.elapsed_ns - self.caused_ns

    def to_document(self) -> dict[str, Any]:
        """Give it as plain data."""
        return {
            "name": self.name,
            "outcome": self.outcome,
            "error": self.error,
            "kind": self.kind,
            "origin": self.origin,
            "importer": self.importer,
            "file": self.file,
            "line": self.line,
            "parent": None if self.parent is None else self.parent.name,
            "children": self.causes,
            "elapsed_ns": self.elapsed_ns,
            "self_ns": self.self_ns,
        }


class Imports:
    """The imports of a record, and what the record says of itself.

    Attributes:
        all: every import, in the order of their beginnings.
        how: how the steps were told; None if the record does not say.
        before: the modules that were loaded before.
        counted: for modules that were there and asked for: name and importer, and how many times.
        path_rows: the rows that tell of changes of ``sys.path``.
        lost: why something is missing in the record, in words, each reason once.
    """

    def __init__(self) -> None:
        self.all: list[Import] = []
        self.how: str | None = None
        self.before: tuple[str, ...] = ()
        self.counted: dict[tuple[str, str], int] = {}
        self.path_rows: list[Row] = []
        self.lost: list[str] = []
        self._open: dict[int, list[Import]] = {}
        self._paths: dict[int, Path] = {}
        self._texts: dict[Any, Any] = {}

    def add(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Take rows in, and give each on."""
        for row in rows:
            take = _TAKE.get(row[0])
            if take is not None:
                take(self, row)
            yield row

    def take_in(self, rows: Iterable[Row]) -> Imports:
        """Take all rows in, and give itself."""
        for _ in self.add(rows):
            pass
        return self

    # -- what the imports add up to ---------------------------------------------------------------

    @property
    def loaded(self) -> list[Import]:
        """The imports that loaded a module."""
        return [one for one in self.all if one.outcome == "loaded"]

    @property
    def failed(self) -> list[Import]:
        """The imports that ended with an error, those that a program expects and catches included."""
        return [one for one in self.all if one.outcome in ("not-found", "failed", "halted")]

    @property
    def failures(self) -> list[Import]:
        """The same, without packages that were only asked for on the way to a submodule that failed."""
        return [one for one in self.failed if not _on_the_way(one)]

    @property
    def unfinished(self) -> list[Import]:
        """The imports that were going on when the record ended."""
        return [one for one in self.all if one.outcome is None]

    @property
    def total_ns(self) -> int:
        """How long the outermost imports took together, in nanoseconds."""
        return sum(one.elapsed_ns or 0 for one in self.all if one.parent is None)

    def importers(self, name: str) -> dict[str, int]:
        """Tell who asked for a module, the first one first, and how often as far as it was recorded."""
        who: dict[str, int] = {}
        for one in self.all:
            if one.name == name:
                who[one.importer] = who.get(one.importer, 0) + 1
        for (counted, importer), times in self.counted.items():
            if counted == name:
                who[importer] = who.get(importer, 0) + times
        return who

    # -- taking rows in ---------------------------------------------------------------------------

    def _text(self, text: Any) -> Any:
        """Give the first of equal texts."""
        return self._texts.setdefault(text, text)

    def _began(self, row: Row) -> None:
        _, at, thread, name, importer, file, line = row
        opened = self._open.setdefault(thread, [])
        parent = opened[-1] if opened else None
        # Each row comes with texts of its own, and few of them are new.
        name, importer = self._text(name), self._text(importer)
        one = Import(name, importer, self._text(file), line, parent, at)
        if parent is not None:
            parent.causes.append(name)
        self.all.append(one)
        opened.append(one)

    def _ended(self, row: Row) -> None:
        _, at, thread, name, outcome, error = row
        opened = self._open.get(thread, [])
        place = next((at for at in range(len(opened) - 1, -1, -1) if opened[at].name == name), None)
        if place is None:
            return
        one = opened[place]
        del opened[place:]
        one.outcome, one.error, one.elapsed_ns = self._text(outcome), self._text(error), at - one.began_ns
        if one.parent is not None:
            one.parent.caused_ns += one.elapsed_ns

    def _found(self, row: Row) -> None:
        _, _, thread, name, _, _, kind, origin = row
        opened = self._open.get(thread)
        if opened and opened[-1].name == name:
            opened[-1].kind, opened[-1].origin = self._text(kind), self._text(origin)

    def _loaded(self, row: Row) -> None:
        self._ended((*row[:4], "loaded", None))

    def _told(self, row: Row) -> None:
        self._paths[row[3]] = row[4:]

    def _found_plainly(self, row: Row) -> None:
        path = self._paths.get(row[4])
        if path is None or row[8] < 0:  # the row that told the path was cut off; nothing was found
            return
        opened = self._open.get(row[2])
        if opened and opened[-1].name == row[3]:
            kind, origin = kind_and_origin(row, path)
            opened[-1].kind, opened[-1].origin = self._text(kind), self._text(origin)

    def _found_after_others(self, row: Row) -> None:
        self._found_plainly(without_times(row))

    def _installed(self, row: Row) -> None:
        self.how, self.before = row[3], tuple(row[4])

    def _counted(self, row: Row) -> None:
        key = row[3], row[4]
        self.counted[key] = self.counted.get(key, 0) + (row[5] or 0)

    def _path_changed(self, row: Row) -> None:
        self.path_rows.append(row)

    def _not_stopped(self, row: Row) -> None:
        self.lost.append(f"no debugger stopped at {row[3]}: {row[4]}")

    def _lost(self, row: Row) -> None:
        if row[3] not in self.lost:
            self.lost.append(row[3])


def _on_the_way(one: Import) -> bool:
    parent = one.parent
    return parent is not None and parent.outcome == "failed" and parent.name.startswith(f"{one.name}.")


_TAKE: dict[str, Any] = {
    "import.began": Imports._began,
    "import.ended": Imports._ended,
    "import.loaded": Imports._loaded,
    "import.bound": Imports._loaded,
    "find.ended": Imports._found,
    "find.plain": Imports._found_plainly,
    "find.asked": Imports._found_after_others,
    "path.told": Imports._told,
    "tracing.installed": Imports._installed,
    "import.counted": Imports._counted,
    "path.changed": Imports._path_changed,
    "record.stopped": Imports._lost,
    "break.failed": Imports._not_stopped,
    "record.gap": Imports._lost,
}
