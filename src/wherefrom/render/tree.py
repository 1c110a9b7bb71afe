"""A whole trace as an indented tree: every span with what happened in it, in order.

This file decides how a trace is drawn when somebody prints it. It leaves nothing out and concludes
nothing; the shorter telling of one resolution is ``text.py``.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from ..events import Event
from ..spans import Span
from .lines import Line, layout, shown_entry
from .points import line_of, lines_of_points

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..trace import Trace

_NS_PER_MS = 1_000_000


def trace_tree(trace: Trace, *, colour: bool = False) -> str:
    """Draw a trace as a tree.

    Args:
        trace: the trace.
        colour: whether to use terminal codes.

    Returns:
        The text, without a line break at its end; spans at the top say how long they took, in
        milliseconds.
    """
    return layout(lines_of(trace.contents), colour=colour) if trace else "(nothing was recorded)"


def lines_of(contents: Iterable[Event | Span]) -> Iterator[Line]:
    """Give the lines for what happened in a span, or at the top."""
    for is_span, parts in groupby(contents, key=lambda part: isinstance(part, Span)):
        if is_span:
            yield from (line_of_span(part) for part in parts if isinstance(part, Span))
        else:
            yield from lines_of_points(part for part in parts if isinstance(part, Event))


def line_of_span(span: Span) -> Line:
    """Give the line of a span with all that is below it."""
    outcome = span.outcome
    text = line_of(span.ended).text if span.ended else f"{shown_entry(_subject(span))}: unfinished"
    if span.parent is None and span.elapsed_ns is not None:
        text += f" [{span.elapsed_ns / _NS_PER_MS:.2f} ms]"
    return Line(
        f"{span.kind} {text}",
        tuple(lines_of(span.contents)),
        winner=span.kind == "search" and outcome == "found",
        dim=outcome in ("declined", "missed", "skipped"),
    )


def _subject(span: Span) -> str:
    fields = span.began.fields()
    return str(fields.get("entry", fields.get("finder", span.name)))
