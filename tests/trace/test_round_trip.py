"""A trace that travels as JSON or as a pickle arrives as it was; what is no trace is refused."""

from __future__ import annotations

import json
import pickle
import re
from typing import Any

import pytest
from hypothesis import given

from tests.trace.rows import RECORDS, at_steady_pace
from wherefrom import Trace, TraceFormatError, WherefromError, events


@given(RECORDS)
def test_record_to_json_to_trace_gives_an_equal_trace(record: list[Any]) -> None:
    trace = Trace(record)
    again = Trace.from_json(trace.to_json())

    assert again == trace
    assert again.events == trace.events
    assert again.to_json() == trace.to_json()


@given(RECORDS)
def test_a_pickled_trace_is_equal_and_so_are_its_events(record: list[Any]) -> None:
    trace = Trace(record)

    assert pickle.loads(pickle.dumps(trace)) == trace
    assert pickle.loads(pickle.dumps(trace.events)) == trace.events


def test_lone_surrogates_of_undecodable_paths_survive_in_plain_ascii() -> None:
    trace = Trace(at_steady_pace(("candidate.seen", "caf\udce9", "/srv/caf\udce9.py", "chosen")))

    text = trace.to_json()

    assert text.isascii()
    assert Trace.from_json(text.encode()) == trace


def test_unknown_kinds_of_newer_versions_survive() -> None:
    text = json.dumps(
        {
            "schema": "wherefrom/1",
            "events": [
                {"kind": "moon.phased", "at_ns": 1, "thread": 2, "phase": "new", "nested": {"a": [1, None]}},
                {"kind": "tide.began", "at_ns": 3, "thread": 2},
            ],
        }
    )

    trace = Trace.from_json(text)
    moon, tide = trace.events

    assert isinstance(moon, events.UnknownEvent)
    assert (moon.kind, moon.at_ns, moon.thread) == ("moon.phased", 1, 2)
    assert moon.fields() == {"phase": "new", "nested": {"a": [1, None]}}
    assert tide.fields() == {}
    assert json.loads(trace.to_json()) == json.loads(text)
    assert "moon.phased" in str(trace)


def test_further_fields_of_known_kinds_are_passed_over() -> None:
    text = (
        '{"schema": "wherefrom/1", "argv": ["x"], "events": [{"kind": "record.stopped", "at_ns": 1,'
        ' "thread": 2, "reason": "full", "since_newer": true}]}'
    )

    assert Trace.from_json(text).events == (events.RecordStopped(1, 2, "full"),)


def test_values_that_are_no_text_are_recorded_by_their_repr() -> None:
    class Broken:
        def __repr__(self) -> str:
            raise RuntimeError

    record = at_steady_pace(
        ("find.ended", "a", "found", None, "other", 7),
        ("entries.rest", "a", ("/x", 3, None, Broken()), 1),
    )

    found, rest = Trace(record).events

    assert found.fields()["origin"] == "7"
    assert rest.fields()["entries"] == ("3", "None", "<Broken>")
    assert Trace.from_json(Trace(record).to_json()) == Trace(record)


def _document(*events: object) -> str:
    return json.dumps({"schema": "wherefrom/1", "events": events})


STOPPED = {"kind": "record.stopped", "at_ns": 1, "thread": 2, "reason": "full"}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "not a JSON document"),
        ("{", "not a JSON document"),
        (b"\xff\xfe\xfa", "not a JSON document"),
        ("[" * 100_000, "not a JSON document"),
        ('{"schema": NaN}', "NaN is no JSON number"),
        ("[]", "a trace is a JSON object, this is a list"),
        ("{}", 'no "schema" at the top'),
        ('{"schema": "wherefrom/2", "events": []}', "the schema is 'wherefrom/2'"),
        ('{"schema": "wherefrom/1"}', '"events" should be a list, it is null or missing'),
        ('{"schema": "wherefrom/1", "events": {}}', '"events" should be a list, it is an object'),
        ('{"schema": "wherefrom/1", "resolutions": []}', "document of resolutions"),
        (_document(3), "event 0 should be an object, it is 3"),
        (_document(STOPPED, {}), 'event 1 has no "kind"'),
        (_document({"kind": ["x"]}), 'event 0: "kind" should be text, it is a list'),
        (_document(STOPPED | {"at_ns": True}), '"at_ns" should be a whole number, it is true'),
        (_document(STOPPED | {"thread": "x"}), '"thread" should be a whole number, it is text'),
        (
            _document({"kind": "record.stopped", "at_ns": 1, "thread": 2}),
            'event 0 (record.stopped) has no "reason"',
        ),
        (_document(STOPPED | {"reason": None}), '"reason" should be text, it is null'),
        (
            _document({"kind": "finders.unasked", "at_ns": 1, "thread": 2, "name": "a", "finders": [1]}),
            '"finders" should be a list of texts, it is a list',
        ),
        (_document({"kind": "search.missed", "at_ns": 1, "thread": 2}), "no file holds it"),
    ],
)
def test_what_is_no_trace_is_refused_and_the_error_names_what_is_wrong(
    text: str | bytes, complaint: str
) -> None:
    with pytest.raises(TraceFormatError, match=re.escape(complaint)) as caught:
        Trace.from_json(text)

    assert isinstance(caught.value, ValueError)
    assert isinstance(caught.value, WherefromError)
