"""Raw rows told in full: what stands for a whole little story becomes the rows of that story.

Decides which rows are such, and when each story began; ``stories.py`` tells them. It never looks at a disk
and knows no event classes. Read ``trace.py`` next, which makes the events.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._engine.kinds import FOLDED, KINDS
from .stories import STORIES, found_after_others, found_plainly, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .stories import Path, Row

_TEXT_OR_NOTHING = (str, type(None))
# Kinds that have numbers among their fields, which stay numbers.
_NUMBERED = ("import.began", "import.counted", "bytecode.judged", "error.raised", "path.changed")


def unfold(rows: Iterable[Row]) -> Iterator[Row]:
    """Tell raw rows in the public vocabulary.

    A folded row is written when its story is over. Its first row gets the time of what came before
    it in the same thread, the earliest moment at which it can have begun, so that durations add up;
    where a row tells several stories, the first takes all the time and the others none.

    Args:
        rows: raw rows, ``(kind, at_ns, thread, *fields)``.

    Yields:
        Rows of the kinds of `KINDS`, with plain values only; those of other kinds as
        ``(kind, at_ns, thread, ((field, value), …))``.
    """
    before: dict[int, int] = {}
    paths: dict[int, Path] = {}
    for row in whole(rows):
        at: int
        kind, at, thread = row[0], row[1], row[2]
        if kind in KINDS:
            yield _plain(row)
        elif kind == "path.told":
            paths[row[3]] = row[4:]
            continue
        elif kind in ("search.plain", "find.plain"):
            yield from found_plainly(before.get(thread, at), paths.get(row[4]), row)
        elif kind == "find.asked":
            yield from found_after_others(paths.get(row[5]), row)
        elif kind in FOLDED:
            yield from STORIES[kind](before.get(thread, at), *row[1:])
        else:
            yield _unknown(row)
        before[thread] = at


def whole(rows: Iterable[Row]) -> Iterator[Row]:
    """Give rows as tuples, those too that were recorded as loose items (`Record.import_served`)."""
    items = iter(rows)
    for row in items:
        if isinstance(row, str):
            importer, at, thread = next(items), next(items), next(items)
            yield "import.served", at, thread, row, importer
        else:
            yield row


def _plain(row: Row) -> Row:
    """Give a row with plain values: a stranger's spec may have any object for its origin."""
    if row[0] in _NUMBERED:
        return (*row[:3], *[value if value.__class__ is int else _plain_value(value) for value in row[3:]])
    for value in row[3:]:
        if value.__class__ not in _TEXT_OR_NOTHING:
            return (*row[:3], *map(_plain_value, row[3:]))
    return row


def _plain_value(value: object) -> object:
    if value is None:
        return None
    if isinstance(value, (tuple, list)):
        return tuple(map(text_of, value))
    return text_of(value)


def _unknown(row: Row) -> Row:
    if len(row) == 4 and isinstance(row[3], tuple):
        return row  # as it was read from a file
    return (*row[:3], tuple((f"field_{at}", value) for at, value in enumerate(row[3:], 1)))
