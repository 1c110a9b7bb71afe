"""Spans nest within their thread, and every event has its place."""

from __future__ import annotations

from typing import Any

from hypothesis import given

from tests.trace.rows import MS, RECORDS, RECORDS_OF_SPANS, at_steady_pace
from wherefrom import Trace
from wherefrom.trace import Span


def _outline(parts: Any) -> list[Any]:
    """Give the shape of spans without what depends on the rest of the trace."""
    return [
        (part.began, part.ended, _outline(part.contents)) if isinstance(part, Span) else part
        for part in parts
    ]


@given(RECORDS)
def test_every_event_stands_in_one_place_and_in_order(record: list[Any]) -> None:
    trace = Trace(record)
    placed = [
        event for part in trace.contents for event in (part.events if isinstance(part, Span) else (part,))
    ]

    assert list(range(len(trace))) == [event.order for event in trace.events]
    assert sorted(event.order for event in placed) == [event.order for event in trace.events]


@given(RECORDS_OF_SPANS)
def test_each_thread_nests_as_if_it_were_alone(record: list[Any]) -> None:
    for thread in {row[2] for row in record}:
        alone = Trace([row for row in record if row[2] == thread])
        in_company = [
            part
            for part in Trace(record).contents
            if (part.began if isinstance(part, Span) else part).thread == thread
        ]

        assert _outline(alone.contents) == _outline(in_company)


@given(RECORDS_OF_SPANS)
def test_beginnings_open_a_span_each_and_ends_are_about_the_same_thing(record: list[Any]) -> None:
    spans = Trace(record).spans

    assert [span.began.at_ns for span in spans] == [row[1] for row in record if row[0].endswith(".began")]
    for span in spans:
        assert span.began.kind == f"{span.kind}.began"
        if span.ended is not None:
            assert span.ended.kind == f"{span.kind}.ended"
            began, ended = span.began.fields(), span.ended.fields()
            assert {key: began[key] for key in began if key in ended} == {
                key: ended[key] for key in ended if key in began
            }


@given(RECORDS_OF_SPANS)
def test_parents_and_depths_agree_with_the_contents(record: list[Any]) -> None:
    for span in Trace(record).spans:
        for child in span.children:
            assert child.parent is span
            assert child.depth == span.depth + 1
            assert child.began.span is span
        for part in span.contents:
            if not isinstance(part, Span):
                assert part.span is span
                assert part.depth == span.depth + 1


FIND = at_steady_pace(
    ("find.began", "a.b", "a"),
    ("ask.began", "a.b", "PathFinder"),
    ("search.began", "a.b", "/x"),
    ("candidate.seen", "a.b", "/x/b.py", "chosen"),
    ("search.ended", "a.b", "/x", "found", None, None),
    ("ask.ended", "a.b", "PathFinder", "found", None),
    ("find.ended", "a.b", "found", None, "source", "/x/b.py"),
)


def test_a_span_tells_its_name_outcome_time_and_contents() -> None:
    trace = Trace(FIND)
    (find,) = trace.roots
    (ask,) = find.children
    (search,) = ask.children

    assert trace.spans == (find, ask, search)
    assert (find.kind, find.name, find.outcome) == ("find", "a.b", "found")
    assert (find.elapsed_ns, find.self_ns) == (6 * MS, 2 * MS)
    assert find.events == trace.events
    assert search.events == trace.events[2:5]
    assert search.contents == (trace.events[3],)
    assert [None, find, ask] == [find.parent, ask.parent, search.parent]
    assert repr(ask) == "<Span ask a.b PathFinder: found>"


def test_a_trace_that_stops_in_the_middle_is_still_readable() -> None:
    trace = Trace(FIND[:4])
    find, ask, search = trace.spans

    assert [find.outcome, ask.outcome, search.outcome] == [None, None, None]
    assert [find.elapsed_ns, find.self_ns] == [None, None]
    assert find.events == trace.events
    assert repr(find) == "<Span find a.b a: unfinished>"
    assert "unfinished" in str(trace)


def test_an_end_closes_what_was_left_open_in_its_span() -> None:
    trace = Trace([*FIND[:3], FIND[6]])
    find, ask, search = trace.spans

    assert [find.outcome, ask.outcome, search.outcome] == ["found", None, None]


def test_an_end_without_a_beginning_is_an_event_like_any_other() -> None:
    trace = Trace([FIND[0], FIND[4]])
    (find,) = trace.spans

    assert find.contents == (trace.events[1],)
    assert find.ended is None


def test_the_same_kind_within_itself_is_told_apart_by_name() -> None:
    rows = at_steady_pace(
        ("find.began", "outer", ""),
        ("find.began", "inner", ""),
        ("find.ended", "outer", "found", None, "source", "o"),
    )
    outer, inner = Trace(rows).spans

    assert [outer.outcome, inner.outcome] == ["found", None]
