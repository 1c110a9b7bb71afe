"""What is kept of a long record: few events, each with its number in the whole, none cut off."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.trace.rows import RECORDS, RECORDS_OF_SPANS, at_steady_pace
from wherefrom import Trace, events
from wherefrom.excerpt import Excerpt
from wherefrom.spans import Span
from wherefrom.stories import Row
from wherefrom.unfold import unfold

LIMITS = st.integers(0, 12)
ERROR = ("KeyError", "k", None, None, None, None, None, None, (), (), (), (), ())


def excerpt_of(rows: list[Row], beginning: int, end: int) -> tuple[Trace, int]:
    excerpt = Excerpt(most_at_beginning=beginning, most_at_end=end)
    excerpt.take_in(unfold(rows))
    return excerpt.trace(), excerpt.left_out


def an_import(name: str, *inner: tuple[object, ...]) -> list[tuple[object, ...]]:
    began = ("import.began", name, "__main__", "main.py", 1)
    return [began, *inner, ("import.ended", name, "loaded", None)]


@given(RECORDS)
def test_a_record_that_is_not_long_is_kept_as_it_is(rows: list[Row]) -> None:
    whole = Trace(rows)
    kept, left_out = excerpt_of(rows, 1000, 0)

    assert left_out == 0
    assert whole == kept
    assert [event.order for event in whole.events] == [event.order for event in kept.events]


@given(RECORDS | RECORDS_OF_SPANS, LIMITS, LIMITS)
def test_each_event_that_is_kept_is_that_of_its_number(rows: list[Row], beginning: int, end: int) -> None:
    whole = Trace(rows).events
    kept, left_out = excerpt_of(rows, beginning, end)

    assert [whole[event.order] for event in kept.events] == list(kept.events)
    assert len(whole) == len(kept) + left_out
    assert whole[:beginning] == kept.events[:beginning]


@given(RECORDS | RECORDS_OF_SPANS, LIMITS, LIMITS)
def test_nothing_seems_unfinished_that_has_ended(rows: list[Row], beginning: int, end: int) -> None:
    whole = {span.began.order: span for span in Trace(rows).spans}
    kept, _ = excerpt_of(rows, beginning, end)

    def ended(span: Span) -> int | None:
        return None if span.ended is None else span.ended.order

    assert [ended(whole[span.began.order]) for span in kept.spans] == [ended(span) for span in kept.spans]


def test_between_the_beginning_and_the_end_whole_imports_are_left_out() -> None:
    inner = [("run.began", "app"), *an_import("first"), *an_import("second"), *an_import("third")]
    rows = at_steady_pace(*an_import("app", *inner, ("run.ended", "app", "ran", None)), *an_import("last"))
    kept, left_out = excerpt_of(rows, 2, 4)

    assert ["app", "third", "last"] == list(kept.imports)
    assert left_out == 4
    assert kept.imports["third"].parent is kept.imports["app"]


def test_what_changed_the_path_and_how_the_program_ended_is_always_kept() -> None:
    change = ("path.changed", "m", "looked", "extended", "", None, None, None, None, ("/e",), (), ("/e",), ())
    ended = ("program.ended", "raised", ("/e",), (), ())
    many = [row for at in range(50) for row in an_import(f"module{at}")]
    raised = [("error.raised", relation, *ERROR) for relation in ("final", "passing", "context")]
    rows = at_steady_pace(*many, change, *raised, ended, *many)
    kept, _ = excerpt_of(rows, 2, 2)

    told = [event for event in kept.events if not event.kind.startswith("import.")]
    assert ["path.changed", "error.raised", "error.raised", "program.ended"] == [one.kind for one in told]
    assert ["final", "context"] == [one.relation for one in kept.select(events.ErrorRaised)]
    assert len(kept) == 8
