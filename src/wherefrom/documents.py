"""Rows as JSON objects and back: the form that traces have in files.

This file decides what a trace document looks like and what is wrong with a text that is none. It
makes no events and nests nothing. Read ``trace.py`` next; the published description of the format is
generated from ``_engine/kinds.py`` and the classes of ``events.py``, which are asked here for the
types of fields too.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import attrs

from ._engine.kinds import FOLDED
from .errors import TraceFormatError
from .events import CLASSES, field_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .stories import Row

SCHEMA = "wherefrom/1"

_EVERY_EVENT = ("kind", "at_ns", "thread")

# Annotations of the classes, as text: what is allowed in a field, and how it is called in an error.
TEXT, TEXT_OR_NULL, TEXTS, NUMBER_OR_NULL = "str", "str | None", "tuple[str, ...]", "int | None"
_WANTED = {
    TEXT: "text",
    TEXT_OR_NULL: "text or null",
    TEXTS: "a list of texts",
    NUMBER_OR_NULL: "a whole number or null",
}


def field_types(kind: str) -> dict[str, str]:
    """Give the fields of a kind of event with their types.

    Returns:
        Field names and annotations: ``str``, ``str | None``, ``int | None`` or ``tuple[str, ...]``.

    >>> field_types("path.recomputed")
    {'name': 'str', 'outcome': 'str'}
    """
    event_class = CLASSES[kind]
    fields = attrs.fields_dict(event_class)
    return {name: str(fields[name].type) for name in field_names(event_class)}


_TYPES = {kind: field_types(kind) for kind in CLASSES}


# -- writing --------------------------------------------------------------------------------------


def events_document(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Give unfolded rows as objects, one each."""
    return [_object(row) for row in rows]


def _object(row: Row) -> dict[str, Any]:
    kind, at, thread, *fields = row
    head = {"kind": kind, "at_ns": at, "thread": thread}
    if kind not in _TYPES:
        return head | dict(fields[0])
    for name, value in zip(_TYPES[kind], fields, strict=True):
        head[name] = list(value) if isinstance(value, tuple) else value
    return head


# -- reading --------------------------------------------------------------------------------------


def read_document(text: str | bytes) -> dict[str, Any]:
    """Read a document, and see that it is one of ours.

    Raises:
        TraceFormatError: the text is no such document; the error says what is wrong, and where.
    """
    try:
        document = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:  # a wrong encoding is a ValueError too
        raise TraceFormatError(f"not a JSON document: {error}") from None
    if not isinstance(document, dict):
        raise TraceFormatError(f"a trace is a JSON object, this is {_named(document)}")
    _check_schema(document)
    return document


def rows_of_document(document: dict[str, Any]) -> tuple[Row, ...]:
    """Read the rows of a trace document.

    Raises:
        TraceFormatError: it holds no trace; the error says what is wrong, and where.
    """
    events = document.get("events")
    if events is None and "resolutions" in document:
        raise TraceFormatError('this is a document of resolutions; each of them has its own "events"')
    if not isinstance(events, list):
        raise TraceFormatError(f'"events" should be a list, it is {_named(events)}')
    return tuple(_row(at, event) for at, event in enumerate(events))


def _no_number(text: str) -> None:
    raise ValueError(f"{text} is no JSON number")


def _check_schema(document: dict[str, Any]) -> None:
    if "schema" not in document:
        raise TraceFormatError(f'no "schema" at the top; a trace has {SCHEMA!r} there')
    schema = document["schema"]
    if schema != SCHEMA:
        raise TraceFormatError(f"the schema is {schema!r}; this version reads {SCHEMA!r}")


def _row(at: int, event: object) -> Row:
    where = f"event {at}"
    if not isinstance(event, dict):
        raise TraceFormatError(f"{where} should be an object, it is {_named(event)}")
    kind = _get(where, event, "kind")
    if not isinstance(kind, str):
        raise TraceFormatError(f'{where}: "kind" should be text, it is {_named(kind)}')
    where = f"{where} ({kind})"
    if kind in FOLDED:
        raise TraceFormatError(f"{where}: this kind is a shorthand of running programs, no file holds it")
    at_ns, thread = (_integer(where, event, field) for field in ("at_ns", "thread"))
    types = _TYPES.get(kind)
    if types is None:
        return kind, at_ns, thread, tuple((k, v) for k, v in event.items() if k not in _EVERY_EVENT)
    return kind, at_ns, thread, *[_value(where, event, name, wanted) for name, wanted in types.items()]


def _get(where: str, event: dict[str, Any], field: str) -> Any:
    if field not in event:
        raise TraceFormatError(f"{where} has no {json.dumps(field)}")
    return event[field]


def _integer(where: str, event: dict[str, Any], field: str) -> int:
    value = _get(where, event, field)
    if type(value) is not int:  # a bool is an int too
        raise TraceFormatError(f'{where}: "{field}" should be a whole number, it is {_named(value)}')
    return value


def _value(where: str, event: dict[str, Any], field: str, wanted: str) -> str | int | tuple[str, ...] | None:
    value = _get(where, event, field)
    if wanted == NUMBER_OR_NULL:
        if value is None or type(value) is int:  # a bool is an int too
            return value
    elif wanted == TEXTS:
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
    elif isinstance(value, str) or (value is None and wanted == TEXT_OR_NULL):
        return value
    raise TraceFormatError(f'{where}: "{field}" should be {_WANTED[wanted]}, it is {_named(value)}')


def _named(value: object) -> str:
    """Name a JSON value for an error message, without repeating a large one."""
    if value is None:
        return "null or missing"
    if isinstance(value, (bool, int, float)):
        return json.dumps(value)
    names: dict[type, str] = {dict: "an object", list: "a list", str: "text"}
    return names[type(value)]
