"""What a trace answers: its events, queries, sizes, and its face in a debugger."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

import wherefrom
from tests.trace.rows import at_steady_pace
from wherefrom import Trace, events

ROWS = at_steady_pace(
    ("find.began", "a", ""),
    ("ask.declined", "a", ("BuiltinImporter",)),
    ("finders.unasked", "a", ("X", "Y")),
    ("find.ended", "a", "not-found", "no-finder-knows-it", None, None),
    ("find.began", "b", ""),
)


def test_select_gives_the_events_of_a_class_with_certain_fields() -> None:
    trace = Trace(ROWS)

    assert trace.select(events.Event) == trace.events
    assert [event.name for event in trace.select(events.FindBegan)] == ["a", "b"]
    assert trace.select(events.FindBegan, name="b", thread=1) == (trace.events[-1],)
    assert trace.select(events.FindBegan, name="c") == ()


def test_select_refuses_fields_and_classes_that_do_not_exist() -> None:
    trace = Trace(ROWS)
    wrong: Any = "FindBegan"

    with pytest.raises(TypeError, match="FindBegan has no field 'nmae', only at_ns, thread, name, parent"):
        trace.select(events.FindBegan, nmae="a")
    with pytest.raises(TypeError, match=r"a class of wherefrom\.events was expected"):
        trace.select(wrong)


def test_length_and_truth_count_events() -> None:
    assert len(Trace(ROWS)) == 6
    assert list(Trace(ROWS)) == list(Trace(ROWS).events)
    assert Trace(ROWS)
    assert not Trace()
    assert len(Trace()) == 0


def test_traces_are_equal_by_their_events_and_cannot_be_hashed() -> None:
    assert Trace(ROWS) == Trace(tuple(ROWS))
    assert Trace(ROWS) != Trace(ROWS[:-1])
    assert Trace(ROWS) != ROWS
    with pytest.raises(TypeError, match="unhashable"):
        hash(Trace(ROWS))


def test_repr_is_one_line() -> None:
    assert repr(Trace(ROWS)) == "<Trace: 6 events, 2 finds, last 'b' unfinished>"
    assert repr(Trace()) == "<Trace: empty>"
    assert str(Trace()) == "(nothing was recorded)"


def test_events_show_their_fields_in_one_line_and_count_long_lists() -> None:
    entries = tuple(f"/srv/{at}" for at in range(300))

    assert repr(Trace(ROWS).events[0]) == "FindBegan(name='a', parent='')"
    assert (
        repr(events.FindersUnasked(1, 2, "a", ("X", "Y"))) == "FindersUnasked(name='a', finders=('X', 'Y'))"
    )
    assert (
        repr(events.EntriesUnsearched(1, 2, "a", entries))
        == "EntriesUnsearched(name='a', entries=<300 of them, '/srv/0' first>)"
    )


def test_events_are_values() -> None:
    one, same = events.FindBegan(1, 2, "a", ""), events.FindBegan(1, 2, "a", "", order=7)

    assert one == same
    assert {one} == {same}
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        one.name = "b"  # type: ignore[misc]  # the point of it


def test_a_trace_of_something_that_goes_on_shows_what_has_been_recorded_so_far() -> None:
    rows = ROWS[:1]
    trace = Trace(rows)

    assert len(trace.events) == 1
    assert trace.roots[0].outcome is None
    rows += ROWS[1:4]

    assert len(trace.events) == 5
    assert trace.roots[0].outcome == "not-found"


def test_nothing_is_unfolded_or_nested_before_it_is_looked_at() -> None:
    class Untouchable(list[Any]):
        def __iter__(self) -> Any:
            raise AssertionError("somebody looked")

        def __getitem__(self, at: Any) -> Any:
            raise AssertionError("somebody looked")

    trace = Trace(Untouchable(ROWS))

    assert trace
    with pytest.raises(AssertionError, match="somebody looked"):
        len(trace)


def test_a_trace_without_imports_has_none() -> None:
    assert dict(Trace(ROWS).imports) == {}
    assert Trace(ROWS).findings == ()


def test_the_events_are_reachable_from_the_front_door() -> None:
    assert wherefrom.events.FindBegan is events.FindBegan
    assert wherefrom.Trace is Trace
