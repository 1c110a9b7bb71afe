"""A trace: the lazy view of a record, as events, spans, queries and JSON.

This file decides how a raw trail is read: what it says in the public vocabulary, and what its file
looks like. It runs no import, looks at no disk and judges nothing. ``unfold.py`` tells the rows in
full, ``spans.py`` nests them, ``render/`` draws them.
"""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from .documents import SCHEMA, events_document, read_document, rows_of_document
from .events import Event, field_names
from .spans import ImportSpan, Nesting, Span
from .surroundings import Surroundings
from .unfold import unfold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .finding import Finding
    from .stories import Row

__all__ = ["Span", "Trace"]

AnEvent = TypeVar("AnEvent", bound=Event)


class Trace:
    """What happened, step by step, with every alternative that did not serve.

    A trace is a view of a record: nothing is worked out before it is looked at, and a trace of
    something that still goes on shows at each look what has been recorded so far. True if anything
    was recorded; its length is the number of its events. Two traces are equal if they have the same
    events. ``print()`` shows it as a tree.

    Args:
        rows: the raw rows of a record.
        surroundings: what lies around the trail, for its explanation; nothing if left out.
        numbers: of a part of a longer record, the number of each event in the whole.

    Attributes:
        surroundings: what lies around the trail.

    Example:
        >>> import wherefrom
        >>> trace = wherefrom.resolve("email.mime.text").trace
        >>> [span.name for span in trace.roots if span.kind == "find"][-1]
        'email.mime.text'
        >>> wherefrom.Trace.from_json(trace.to_json()) == trace
        True
    """

    __slots__ = ("_findings", "_nesting", "_numbers", "_read", "_rows", "_unfolded", "surroundings")

    def __init__(
        self,
        rows: Sequence[Row] = (),
        surroundings: Surroundings | None = None,
        numbers: Sequence[int] | None = None,
    ) -> None:
        self._rows = rows
        self._numbers = numbers
        self.surroundings = Surroundings() if surroundings is None else surroundings
        self._findings: tuple[int, tuple[Finding, ...]] = (-1, ())
        self._read = -1  # how many of the rows are unfolded; a record may go on growing
        self._unfolded: tuple[Row, ...] = ()
        self._nesting: Nesting | None = None

    def _told(self) -> tuple[Row, ...]:
        """Give all rows in the public vocabulary."""
        recorded = len(self._rows)
        if self._read != recorded:
            self._unfolded = tuple(unfold(self._rows[:recorded]))
            self._nesting = None
            self._read = recorded
        return self._unfolded

    def _nested(self) -> Nesting:
        rows = self._told()
        if self._nesting is None:
            self._nesting = Nesting(rows, self._numbers)
        return self._nesting

    # -- looking ----------------------------------------------------------------------------------

    @property
    def events(self) -> tuple[Event, ...]:
        """Every event, in the order in which they were recorded."""
        return tuple(self._nested().events)

    @property
    def spans(self) -> tuple[Span, ...]:
        """Every span, in the order of their beginnings."""
        return tuple(self._nested().spans)

    @property
    def roots(self) -> tuple[Span, ...]:
        """The spans that no other span is around, in the order of their beginnings."""
        return tuple(part for part in self._nested().top if isinstance(part, Span))

    @property
    def contents(self) -> tuple[Event | Span, ...]:
        """What happened at the top, in order: the roots, and the events that are in no span."""
        return tuple(self._nested().top)

    @property
    def imports(self) -> Mapping[str, ImportSpan]:
        """The first import span of each module, by its name; empty where nothing was imported."""
        first: dict[str, ImportSpan] = {}
        for span in self._nested().spans:
            if isinstance(span, ImportSpan):
                first.setdefault(span.name, span)
        return MappingProxyType(first)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What looks wrong, with evidence and a fix, the cause of a failure first.

        It is judged when this is first read, by the trail and by what lies around it: files and
        distributions are looked at, no code is run. In a trace from a file, what was seen then is what
        is judged now.
        """
        if self._findings[0] != len(self._rows):
            from .explain.weighing import findings_of  # a view, needed only when somebody asks

            self._findings = len(self._rows), findings_of(self, self.surroundings)
        return self._findings[1]

    def select(self, event_class: type[AnEvent], **fields: object) -> tuple[AnEvent, ...]:
        """Give the events of a class whose fields have certain values.

        Args:
            event_class: a class of ``wherefrom.events``; `Event` for all of them.
            **fields: the values wanted, by field.

        Returns:
            The events, in order.

        Raises:
            TypeError: the class is no class of events, or has no such field.

        Example:
            >>> import wherefrom
            >>> trace = wherefrom.resolve("json").trace
            >>> [event.outcome for event in trace.select(wherefrom.events.FindEnded, name="json")]
            ['found']
        """
        given: object = event_class
        if not (isinstance(given, type) and issubclass(given, Event)):
            raise TypeError(f"a class of wherefrom.events was expected, not {event_class!r}")
        known = ("at_ns", "thread", *field_names(event_class))
        for field in fields:
            if field not in known:
                raise TypeError(f"{event_class.__name__} has no field {field!r}, only {', '.join(known)}")
        return tuple(
            event
            for event in self.events
            if isinstance(event, event_class)
            and all(getattr(event, field) == value for field, value in fields.items())
        )

    def __len__(self) -> int:
        return len(self._told())

    def __bool__(self) -> bool:
        return len(self._rows) > 0

    def __iter__(self) -> Iterator[Event]:
        return iter(self.events)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Trace):
            return NotImplemented
        return self._told() == other._told()

    __hash__ = None  # type: ignore[assignment]  # it may still be growing

    def rows(self) -> tuple[Row, ...]:
        """Give the events as rows ``(kind, at_ns, thread, *fields)``, for reading many of them fast."""
        return self._told()

    # -- travelling -------------------------------------------------------------------------------

    def to_document(self) -> dict[str, Any]:
        """Give the trace as plain lists, dictionaries, text and numbers.

        Returns:
            ``{"schema": "wherefrom/1", "events": […], "surroundings": {…}}``, each event with its
            ``kind``, ``at_ns`` and ``thread`` before its fields; the surroundings as far as `findings`
            has asked for them.
        """
        document = {"schema": SCHEMA, "events": events_document(self._told())}
        around = self.surroundings.to_document()
        return document | {"surroundings": around} if around else document

    def to_json(self) -> str:
        """Give the trace as one JSON document in plain ASCII, described by the published schema.

        Returns:
            The text; `from_json` makes an equal trace of it, with the same findings.
        """
        _ = self.findings  # what they ask of the surroundings goes with the trace
        return json.dumps(self.to_document(), separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str | bytes) -> Trace:
        """Read a trace from JSON: what `to_json` gives, or any document with ``events`` at its top.

        Events of kinds that this version does not know are kept as `events.UnknownEvent`; further
        fields of the kinds that it knows are passed over.

        Args:
            text: the document.

        Raises:
            TraceFormatError: the text is no JSON, or no such document; the error names what is
                wrong in it.

        Example:
            >>> from wherefrom import Trace
            >>> Trace.from_json('{"schema": "wherefrom/1", "events": []}')
            <Trace: empty>
        """
        document = read_document(text)
        return cls(rows_of_document(document), Surroundings.from_document(document.get("surroundings")))

    def __reduce__(self) -> tuple[type[Trace], tuple[tuple[Row, ...], Surroundings, Sequence[int] | None]]:
        # Unfolded rows hold plain values only; raw ones may hold whatever stood on the path.
        return Trace, (self._told(), Surroundings(self.surroundings.to_document()), self._numbers)

    # -- for people -------------------------------------------------------------------------------

    def __repr__(self) -> str:
        if not self:
            return "<Trace: empty>"
        nesting = self._nested()
        finds = [span for span in nesting.spans if span.kind == "find"]
        last = f", last {finds[-1].name!r} {finds[-1].outcome or 'unfinished'}" if finds else ""
        return f"<Trace: {len(nesting.events)} events, {len(finds)} finds{last}>"

    def __str__(self) -> str:
        from .render.tree import trace_tree  # a view, needed only when somebody prints

        return trace_tree(self)
