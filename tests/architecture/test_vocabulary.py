"""One table of kinds: the record's methods, the classes, the phrases, the docs and the schema follow it."""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # has no types

from tests.tools import reference
from tests.trace.rows import RECORDS
from wherefrom import Trace, events
from wherefrom._engine.kinds import FOLDED, KINDS, SPANS
from wherefrom._engine.record import Record
from wherefrom.documents import TEXT_OR_NULL, field_types
from wherefrom.events import CLASSES, Event, field_names
from wherefrom.offers import NEAR_MISS_REASONS
from wherefrom.render import sentences
from wherefrom.unfold import whole

# Methods that write a kind by another name than their own: the folded form is the only form.
WRITES = {"entries_unsearched": "entries.rest"}
METHODS = {name: method for name, method in inspect.getmembers(Record, inspect.isfunction) if name[0] != "_"}


def _written_by(name: str) -> tuple[Any, ...]:
    """Call a method of the record with its parameters' names for values; give the row."""
    record = Record()
    names = list(inspect.signature(METHODS[name]).parameters)[1:]
    METHODS[name](record, *names)
    (row,) = whole(record.rows)
    return row


@pytest.mark.parametrize("name", METHODS)
def test_each_method_of_the_record_writes_the_fields_of_its_kind_in_their_order(name: str) -> None:
    kind, at_ns, thread, *fields = _written_by(name)

    assert WRITES.get(name, name.replace("_", ".", 1)) == kind
    assert tuple(fields) == (KINDS[kind][1] if kind in KINDS else FOLDED[kind])
    assert (type(at_ns), type(thread)) == (int, int)


def test_each_kind_is_written_by_a_method_of_the_record() -> None:
    written = {_written_by(name)[0] for name in METHODS}

    # Its method writes the folded form.
    assert {*KINDS, *FOLDED} - {"entries.unsearched"} == written


def test_each_kind_has_one_class_with_its_name_and_fields() -> None:
    assert set(KINDS) == set(CLASSES)
    for kind, (_, fields, words) in KINDS.items():
        event_class = CLASSES[kind]

        assert kind.title().replace(".", "").replace("-", "") == event_class.__name__
        assert kind == event_class.kind
        assert fields == field_names(event_class)
        assert set(words) <= set(fields)


def test_each_class_of_events_is_in_the_table_or_is_the_generic_one() -> None:
    classes = {
        value for value in vars(events).values() if isinstance(value, type) and issubclass(value, Event)
    }

    assert {*CLASSES.values(), Event, events.UnknownEvent} == classes


@pytest.mark.parametrize("event_class", [Event, events.UnknownEvent, *CLASSES.values()])
def test_each_class_is_described_and_so_is_each_of_its_fields(event_class: type[Event]) -> None:
    text = inspect.getdoc(event_class) or ""
    described = re.findall(r"^    (\w+): ", text.partition("Attributes:\n")[2], re.MULTILINE)
    own = field_names(event_class) or tuple(field.name for field in attrs.fields(Event))

    assert re.match(r"[A-Z][^\n]+\.\n\n", text)
    assert list(own) == described


def test_spans_have_both_ends_and_something_to_tell_them_apart_by() -> None:
    for span in SPANS:
        began, ended = KINDS[f"{span}.began"][1], KINDS[f"{span}.ended"][1]

        assert "name" in began
        assert "name" in ended
        assert "outcome" in ended


def test_no_field_bears_the_name_of_what_every_event_has() -> None:
    taken = {"kind", *(field.name for field in attrs.fields(Event)), "depth", "fields"}

    for _, fields, _ in KINDS.values():
        assert taken.isdisjoint(fields)


def test_each_word_has_a_phrase_and_each_phrase_a_word() -> None:
    table = {(kind, field): set(words) for kind, row in KINDS.items() for field, words in row[2].items()}

    assert table == {key: set(phrases) for key, phrases in sentences.BY_FIELD.items()}
    assert set(NEAR_MISS_REASONS) == set(sentences.NEAR_MISS_REASONS)


def test_phrases_are_short_and_closed_by_no_full_stop() -> None:
    phrases = [
        *(text for phrases in sentences.BY_FIELD.values() for text in phrases.values()),
        *sentences.SHADOW_REASONS.values(),
        *sentences.NEAR_MISS_REASONS.values(),
    ]

    for text in phrases:
        assert 0 < len(text) <= 90
        assert text == text.strip(" .")


@pytest.mark.parametrize("path", reference.pages(), ids=lambda path: path.name)
def test_the_reference_is_what_its_generator_writes(path: Path) -> None:
    written = path.read_text(encoding="utf-8")

    assert reference.pages()[path] == written, "run python -m tests.tools.reference"


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(reference.schema())


VALIDATOR = Draft202012Validator(reference.schema())


@given(RECORDS)
def test_each_trace_validates_except_for_words_out_of_the_closed_sets(record: list[Any]) -> None:
    document = json.loads(Trace(record).to_json())
    for event in document["events"]:
        for field, words in KINDS[event["kind"]][2].items():
            if event[field] not in words and event[field] is not None:
                event[field] = words[0]
            elif event[field] is None:
                assert field_types(event["kind"])[field] == TEXT_OR_NULL

    VALIDATOR.validate(document)


@pytest.mark.parametrize(
    "event",
    [
        {"kind": "path.recomputed", "name": "a", "outcome": "no-such-word"},
        {"kind": "path.recomputed", "name": "a"},
        {"kind": "path.recomputed", "name": "a", "outcome": "same", "more": 1},
        {"kind": "path.recomputed", "name": None, "outcome": "same"},
        {"name": "a"},
    ],
)
def test_the_schema_refuses_what_is_out_of_the_table(event: dict[str, Any]) -> None:
    document = {"schema": "wherefrom/1", "events": [{"at_ns": 1, "thread": 2} | event]}

    assert not VALIDATOR.is_valid(document)
