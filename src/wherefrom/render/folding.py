"""Long paths in a few lines: entries that did not serve for the same reason are told together.

This file decides when a path is long and what is told together. It knows nothing of spans: it gets
what would be told of each entry. Read ``text.py`` next, which tells it.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import attrs

from .lines import Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# A path of up to this many entries is told entry by entry.
FEW = 8
# Shorter runs are not worth a count.
_SHORTEST_RUN = 3
# If runs do not bring a path down to this many lines, equal reasons are told together anywhere.
MOST = 16


@attrs.frozen
class Told:
    """What is told of one entry of a path.

    Attributes:
        line: its line.
        entry: the entry, for reading.
        reason: why it did not serve, for reading; entries with equal reasons may be told together.
        keep: whether it is always told by itself: the winner.
    """

    line: Line
    entry: str
    reason: str
    keep: bool


def folded(told: Sequence[Told]) -> list[Told]:
    """Tell a path in a number of lines that does not grow with its length.

    Args:
        told: what would be told of each entry, in the path's order.

    Returns:
        The same for a short path; for a long one, runs with the same reason in one line each, and
        if there are still too many, one line per reason, and those that are kept.
    """
    if len(told) <= FEW:
        return list(told)
    runs = [tuple(run) for _, run in groupby(told, key=_alike)]
    lines: list[Told] = []
    for run in runs:
        lines += [_together(run)] if len(run) >= _SHORTEST_RUN else run
    return lines if len(lines) <= MOST else _by_reason(told)


def _alike(one: Told) -> tuple[object, ...]:
    # What lies below a line would be lost in a run.
    return one.reason, one.line.winner, one.keep, one.line.below


def _by_reason(told: Iterable[Told]) -> list[Told]:
    groups: dict[object, list[Told]] = {}
    for at, one in enumerate(told):
        groups.setdefault(at if one.keep else (one.reason, one.line.winner), []).append(one)
    return [_together(group) if len(group) > 1 else group[0] for group in groups.values()]


def _together(run: Sequence[Told]) -> Told:
    first = run[0]
    last = run[-1].entry
    which = f"such as {first.entry}" if first.entry == last else f"from {first.entry} to {last}"
    text = f"{len(run)} entries, {which}: {first.reason}"
    return attrs.evolve(first, line=Line(text, winner=first.line.winner, dim=first.line.dim))
