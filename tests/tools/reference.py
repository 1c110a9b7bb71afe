"""Writes the pages of the reference that are made from the vocabulary table.

This file decides how the vocabulary page and the JSON schema look; what stands in them comes from
``_engine/kinds.py``, the classes of ``wherefrom.events`` and the phrases of ``render/sentences.py``.
Run it after a change of those: ``python -m tests.tools.reference``; a test compares the results with
the files in ``docs/reference``.
"""

from __future__ import annotations

import inspect
import json
from pathlib import Path
from typing import Any

from wherefrom._engine.kinds import KINDS
from wherefrom.documents import NUMBER_OR_NULL, SCHEMA, TEXT, TEXT_OR_NULL, TEXTS, field_types
from wherefrom.events import CLASSES, Event
from wherefrom.finding import CERTAINTIES, SEVERITIES
from wherefrom.offers import NEAR_MISS_REASONS
from wherefrom.render.sentences import BY_FIELD, SHADOW_REASONS

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
MODULE_KINDS = ("built-in", "frozen", "source", "bytecode", "extension", "namespace", "other")

# -- the JSON schema ------------------------------------------------------------------------------

_STRING = {"type": "string"}
_STRING_OR_NULL = {"type": ["string", "null"]}
_STRINGS = {"type": "array", "items": _STRING}
_TYPES: dict[str, dict[str, Any]] = {
    TEXT: _STRING,
    TEXT_OR_NULL: _STRING_OR_NULL,
    TEXTS: _STRINGS,
    NUMBER_OR_NULL: {"type": ["integer", "null"]},
}
_OF_EVERY_EVENT = {"at_ns": {"type": "integer"}, "thread": {"type": "integer"}}


def schema() -> dict[str, Any]:
    """Describe every document that has ``"schema": "wherefrom/1"`` at its top."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:wherefrom:1",
        "title": f"Documents of {SCHEMA}",
        "description": "Generated from the vocabulary table; see json.md.",
        "type": "object",
        "properties": {"schema": {"const": SCHEMA}},
        "required": ["schema"],
        "anyOf": [
            {
                "title": "a trace",
                "required": ["events"],
                "properties": {
                    "events": _list_of("event"),
                    "findings": _list_of("finding"),
                    "surroundings": {"$ref": "#/$defs/surroundings"},
                },
            },
            {
                "title": "what check gives",
                "required": ["path", "findings"],
                "properties": {"path": _STRING, "findings": _list_of("finding")},
            },
            {
                "title": "what resolve gives",
                "required": ["resolutions"],
                "properties": {"resolutions": _list_of("resolution")},
            },
        ],
        "$defs": {
            "event": {"anyOf": [{"$ref": f"#/$defs/{kind}"} for kind in (*KINDS, "unknown-event")]},
            **{kind: _event(kind) for kind in KINDS},
            "unknown-event": _unknown_event(),
            "resolution": _resolution(),
            "near-miss": _object(path=_STRING, reason={"enum": list(NEAR_MISS_REASONS)}),
            "loser": _object(
                kind={"enum": list(MODULE_KINDS)},
                origin=_STRING_OR_NULL,
                entry=_STRING_OR_NULL,
                finder=_STRING,
                reason={"enum": list(SHADOW_REASONS)},
            ),
            "finding": _object(
                code={"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
                severity={"enum": list(SEVERITIES)},
                summary=_STRING,
                evidence=_list_of("evidence"),
                fix=_STRING,
                certainty={"enum": list(CERTAINTIES)},
                about=_STRING,
            ),
            "evidence": _object(
                text=_STRING,
                file=_STRING_OR_NULL,
                line={"type": ["integer", "null"]},
                event={"type": ["integer", "null"]},
            ),
            "surroundings": {
                "description": "Answers about files and the interpreter, by question and arguments.",
                "type": "object",
                "additionalProperties": {"type": "object"},
            },
        },
    }


def _list_of(name: str) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}


def _object(**properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _event(kind: str) -> dict[str, Any]:
    words = KINDS[kind][2]
    fields = {name: _field(wanted, words.get(name)) for name, wanted in field_types(kind).items()}
    return {
        "description": _summary(CLASSES[kind]),
        **_object(kind={"const": kind}, **_OF_EVERY_EVENT, **fields),
    }


def _field(wanted: str, words: tuple[str, ...] | None) -> dict[str, Any]:
    if words is None:
        return _TYPES[wanted]
    return {"enum": [*words, None] if wanted == TEXT_OR_NULL else list(words)}


def _unknown_event() -> dict[str, Any]:
    return {
        "description": "An event of a kind that only a newer version knows.",
        "type": "object",
        "properties": {"kind": {"type": "string", "not": {"enum": list(KINDS)}}, **_OF_EVERY_EVENT},
        "required": ["kind", *_OF_EVERY_EVENT],
    }


def _resolution() -> dict[str, Any]:
    described = _object(
        name=_STRING,
        found={"type": "boolean"},
        kind={"enum": [*MODULE_KINDS, None]},
        origin=_STRING_OR_NULL,
        locations={"type": ["array", "null"], "items": _STRING},
        is_package={"type": "boolean"},
        loader=_STRING_OR_NULL,
        finder=_STRING_OR_NULL,
        reason={"enum": [*BY_FIELD["find.ended", "reason"], None]},
        near_misses=_list_of("near-miss"),
        watch=_STRINGS,
        findings=_list_of("finding"),
        events=_list_of("event"),
    )
    described["properties"]["shadowed"] = _list_of("loser")  # where it was asked for
    described["properties"]["surroundings"] = {"$ref": "#/$defs/surroundings"}  # where anything was asked
    return described


# -- the vocabulary page --------------------------------------------------------------------------

_INTRODUCTION = """\
# The vocabulary

<!-- Made by tests/tools/reference.py; change the table, the classes or the phrases instead. -->

A trace is a list of events. Each event has a kind, the time at which it happened (`at_ns`, in
nanoseconds of a clock that is good for differences only), the thread it happened in (`thread`), and
the fields of its kind. In Python each kind is a class of `wherefrom.events`; in JSON it is an object
with the kind's name under `kind` (see [json.md](json.md)).

A kind that ends in `.began` opens a span, its twin in `.ended` closes it. Between them stands what
happened in between, further spans included: a `find` holds an `ask` for each finder of
`sys.meta_path`, the `ask` of the path based finder holds a `search` for each entry of the path.

Where a field has a closed set of words, the words are listed with what they mean.
"""


def vocabulary() -> str:
    """Make the page with every kind of event, its fields and its words."""
    sections = [_INTRODUCTION]
    step = None
    for kind, (its_step, _, words) in KINDS.items():
        if its_step != step:
            step = its_step
            sections.append(f"## Step: {step}\n")
        sections.append(_section(kind, words))
    return "\n".join(sections)


def _section(kind: str, words: dict[str, tuple[str, ...]]) -> str:
    event_class = CLASSES[kind]
    meanings = _attributes(event_class)
    lines = [f"### `{kind}`", "", f"`{event_class.__name__}`: {_summary(event_class)}", ""]
    lines += ["| field | type | meaning |", "| --- | --- | --- |"]
    for name, wanted in field_types(kind).items():
        wanted = wanted.replace("|", "\\|")
        lines.append(f"| `{name}` | `{wanted}` | {meanings[name]} |")
    for field, allowed in words.items():
        lines += ["", f"Words of `{field}`:", ""]
        phrases = BY_FIELD[kind, field]
        lines += [f"- `{word}`: {phrases[word].format(parent='(parent)')}" for word in allowed]
    return "\n".join([*lines, ""])


def _summary(event_class: type[Event]) -> str:
    return _documentation(event_class).partition("\n")[0]


def _documentation(event_class: type[Event]) -> str:
    return (inspect.getdoc(event_class) or "").replace("``", "`")


def _attributes(event_class: type[Event]) -> dict[str, str]:
    """Read what a class's docstring says of its fields."""
    text = _documentation(event_class).partition("Attributes:\n")[2]
    meanings: dict[str, str] = {}
    name = ""
    for line in text.splitlines():
        if line.startswith("     "):
            meanings[name] += f" {line.strip()}"
        elif line.startswith("    "):
            name, _, meaning = line.strip().partition(": ")
            meanings[name] = meaning
    return meanings


def pages() -> dict[Path, str]:
    """Give the files of the reference that are made here, with their content."""
    return {
        REFERENCE / "vocabulary.md": vocabulary(),
        REFERENCE / "wherefrom-1.schema.json": json.dumps(schema(), indent=2) + "\n",
    }


def main() -> None:
    """Write the files."""
    for path, content in pages().items():
        path.write_text(content, encoding="utf-8")
        print(path)


if __name__ == "__main__":
    main()
