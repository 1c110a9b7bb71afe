"""What of a long record is kept to be explained: its beginning, its end, and of both only what is whole.

Decides which events an explanation does without. What is left out between is left out by whole imports, so
that nothing seems to have begun and never ended; what is kept keeps its number in the whole record. Judges
nothing. ``trace.py`` shows what is kept.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

import attrs

from ._engine.kinds import SPANS
from .spans import ends
from .trace import Trace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .stories import Row
    from .surroundings import Surroundings

    Numbered = tuple[int, Row]

# Enough for the start of any program that was seen: some thousands of modules.
MOST_AT_BEGINNING = 200_000
MOST_AT_END = 50_000
# What decides for as long as the program runs, and how it ended: much may be imported after that.
_ALWAYS = ("path.changed", "program.ended", "module.held")


@attrs.define
class _Open:
    """A span that has begun: the row that began it, and what is kept of it so far."""

    began: Row
    kept: list[Numbered]


class Excerpt:
    """Keeps what an explanation needs of the events of one process, however many there are.

    Args:
        most_at_beginning: how many events are kept from the beginning.
        most_at_end: how many of those behind them are kept, the latest.

    Attributes:
        left_out: how many events were not kept.

    Example:
        >>> excerpt = Excerpt(most_at_beginning=1, most_at_end=1)
        >>> rows = [("find.ended", at, 0, f"m{at}", "not-found", None, None, None) for at in range(5)]
        >>> excerpt.take_in(rows)
        >>> [(event.name, event.order) for event in excerpt.trace().events], excerpt.left_out
        ([('m0', 0), ('m4', 4)], 3)
    """

    def __init__(self, *, most_at_beginning: int = MOST_AT_BEGINNING, most_at_end: int = MOST_AT_END) -> None:
        self.left_out = 0
        self._most_at_beginning = most_at_beginning
        self._most_at_end = most_at_end
        self._number = 0
        self._kept: list[Numbered] = []
        self._whole: deque[list[Numbered]] = deque()  # what may be left out again, in the order of its ends
        self._in_whole = 0
        self._open: dict[int, list[_Open]] = {}

    def add(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Take unfolded rows in, and give each on."""
        for row in rows:
            self._take(row)
            yield row

    def take_in(self, rows: Iterable[Row]) -> None:
        """Take all rows in."""
        for row in rows:
            self._take(row)

    def trace(self, surroundings: Surroundings | None = None) -> Trace:
        """Give what was kept as a trace.

        Args:
            surroundings: what lies around the record.
        """
        parts = [self._kept, *self._whole]
        parts += [one.kept for opened in self._open.values() for one in opened if one.kept is not self._kept]
        told = sorted((one for part in parts for one in part), key=lambda one: one[0])
        numbers = tuple(number for number, _ in told) if self.left_out else None
        return Trace([row for _, row in told], surroundings, numbers)

    # -- taking rows in ---------------------------------------------------------------------------

    def _take(self, row: Row) -> None:
        one = self._number, row
        self._number += 1
        at_beginning = one[0] < self._most_at_beginning
        span, _, ending = row[0].rpartition(".")
        if ending == "began" and span in SPANS:
            kept = self._kept if at_beginning else []
            kept.append(one)
            self._open.setdefault(row[2], []).append(_Open(row, kept))
        elif ending == "ended" and self._close(span, one):
            return
        elif at_beginning or _is_always_kept(row):
            self._kept.append(one)
        else:
            self._within(row[2], [one])

    def _close(self, span: str, one: Numbered) -> bool:
        """Put a span together that ends with a row; say whether there is one."""
        thread = one[1][2]
        opened = self._open.get(thread, [])
        at = next((at for at in range(len(opened) - 1, -1, -1) if ends(opened[at].began, one[1])), None)
        if at is None:
            return False
        kept, *inner = [left.kept for left in opened[at:]]
        del opened[at:]
        for further in inner:
            if further is not kept:
                kept += further
        kept.append(one)
        if kept is self._kept:
            return True
        around = opened[-1].began[0] if opened else ""
        if span == "import" or (span == "find" and around != "import.began"):
            self._add_whole(kept)
        else:
            self._within(thread, kept)
        return True

    def _within(self, thread: int, rows: list[Numbered]) -> None:
        """Keep rows with the span that they lie in; alone where there is none."""
        opened = self._open.get(thread)
        if opened:
            opened[-1].kept.extend(rows)
        else:
            self._add_whole(rows)

    def _add_whole(self, rows: list[Numbered]) -> None:
        self._whole.append(rows)
        self._in_whole += len(rows)
        while self._in_whole > self._most_at_end:
            oldest = len(self._whole.popleft())
            self._in_whole -= oldest
            self.left_out += oldest


def _is_always_kept(row: Row) -> bool:
    return row[0] in _ALWAYS or (row[0] == "error.raised" and row[3] != "passing")
