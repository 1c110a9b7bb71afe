"""What began and what ended, put together: the spans of a trace and how they nest.

This file decides which end belongs to which beginning: in each thread, the innermost open span of
the same kind about the same thing. It never judges what happened. Read ``trace.py`` next, which
keeps the spans beside the events.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._engine.kinds import KINDS, SPANS
from .events import CLASSES, UnknownEvent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .events import Event

_BEGAN, _ENDED = ".began", ".ended"

# What a beginning and its end both say, by the position of the fields in the rows: (began, ended).
_IDENTITY = {
    span: tuple(
        (3 + at, 3 + KINDS[span + _ENDED][1].index(field))
        for at, field in enumerate(KINDS[span + _BEGAN][1])
        if field in KINDS[span + _ENDED][1]
    )
    for span in SPANS
}


class Span:
    """Something with a beginning, an end and an outcome: an import, a find, a run.

    Attributes:
        kind: ``import bind find ask search load run``.
        began: the event that opened it.
        ended: the event that closed it; None in a trace that stops before.
        parent: the span around it; None at the top.
        contents: what happened in it, in order: events, and the spans directly in it.
    """

    __slots__ = ("_contents", "began", "ended", "kind", "parent")

    def __init__(self, kind: str, began: Event, parent: Span | None) -> None:
        self.kind = kind
        self.began = began
        self.ended: Event | None = None
        self.parent = parent
        self._contents: list[Event | Span] = []

    @property
    def name(self) -> str:
        """The absolute name of the module that it is about."""
        return str(getattr(self.began, "name", ""))

    @property
    def outcome(self) -> str | None:
        """How it ended, a word from the table; None if it did not end."""
        return None if self.ended is None else getattr(self.ended, "outcome", None)

    @property
    def elapsed_ns(self) -> int | None:
        """How long it took, in nanoseconds; None if it did not end."""
        return None if self.ended is None else self.ended.at_ns - self.began.at_ns

    @property
    def self_ns(self) -> int | None:
        """How long it took without the spans in it, in nanoseconds; None if it did not end."""
        elapsed = self.elapsed_ns
        if elapsed is None:
            return None
        return elapsed - sum(part.elapsed_ns or 0 for part in self._contents if isinstance(part, Span))

    @property
    def depth(self) -> int:
        """How many spans are around it; 0 at the top."""
        depth, around = 0, self.parent
        while around is not None:
            depth, around = depth + 1, around.parent
        return depth

    @property
    def contents(self) -> tuple[Event | Span, ...]:
        """What happened in it, in order: events, and the spans directly in it."""
        return tuple(self._contents)

    @property
    def children(self) -> tuple[Span, ...]:
        """The spans directly in it, in order; of an import, the imports that it caused."""
        return tuple(part for part in self._contents if isinstance(part, Span) and part.parent is self)

    @property
    def events(self) -> tuple[Event, ...]:
        """Every event of it, in order: its beginning, all that happened in it, its end."""
        found: list[Event] = [self.began]
        for part in self._contents:
            if isinstance(part, Span):
                found += part.events
            else:
                found.append(part)
        if self.ended is not None:
            found.append(self.ended)
        return tuple(found)

    def __repr__(self) -> str:
        said = " ".join(str(value) for value in self.began.fields().values() if value)
        return f"<Span {self.kind} {said}: {self.outcome or 'unfinished'}>"


class ImportSpan(Span):
    """The import of a module: what was caused by what, beyond what happened in what.

    Its parent is the import that caused it, however deep in that one's finding and loading it began,
    and its children are the imports that it caused itself. `contents` holds what happened in it, step
    by step.
    """

    __slots__ = ("_caused",)

    def __init__(self, began: Event, parent: Span | None) -> None:
        super().__init__("import", began, parent)
        self._caused: list[Span] = []
        if isinstance(parent, ImportSpan):
            parent._caused.append(self)

    @property
    def importer(self) -> str:
        """The module that asked for it; empty where that is not known."""
        return str(getattr(self.began, "importer", ""))

    @property
    def file(self) -> str | None:
        """The file of the statement that asked for it, None where it is not known."""
        return getattr(self.began, "file", None)

    @property
    def line(self) -> int | None:
        """The line of the statement that asked for it, None where it is not known."""
        return getattr(self.began, "line", None)

    @property
    def children(self) -> tuple[Span, ...]:
        """The imports that it caused itself, in order."""
        return tuple(self._caused)

    @property
    def self_ns(self) -> int | None:
        """How long it took without the imports that it caused, in nanoseconds; None if it did not end."""
        elapsed = self.elapsed_ns
        return None if elapsed is None else elapsed - sum(child.elapsed_ns or 0 for child in self._caused)


class Nesting:
    """The events of a trace with the spans that they make, built in one pass over the rows.

    Attributes:
        events: every event, in order.
        spans: every span, in the order of their beginnings.
        top: the events and spans that no span is around.
    """

    __slots__ = ("_numbers", "_open", "events", "spans", "top")

    def __init__(self, rows: Iterable[tuple[Any, ...]], numbers: Sequence[int] | None = None) -> None:
        self.events: list[Event] = []
        self.spans: list[Span] = []
        self.top: list[Event | Span] = []
        self._numbers = numbers  # of the events in the whole record, where these are a part of it
        # thread -> its open spans, outermost first, each with the row that opened it
        self._open: dict[int, list[tuple[Span, tuple[Any, ...]]]] = {}
        for row in rows:
            self._add(row)

    def _add(self, row: tuple[Any, ...]) -> None:
        kind, opened = row[0], self._open.setdefault(row[2], [])
        span_kind, dot, ending = kind.rpartition(".")
        ending = dot + ending if span_kind in _IDENTITY else ""
        if ending == _ENDED:
            span = _close(opened, row)
            if span is not None:
                span.ended = self._event(row, span.parent)
                return
        around = opened[-1][0] if opened else None
        is_import = ending == _BEGAN and span_kind == "import"
        parent = (_causer(opened) or around) if is_import else around
        event = self._event(row, parent)
        part: Event | Span = event
        if ending == _BEGAN:
            part = ImportSpan(event, parent) if is_import else Span(span_kind, event, around)
            self.spans.append(part)
            opened.append((part, row))
        (self.top if around is None else around._contents).append(part)

    def _event(self, row: tuple[Any, ...], around: Span | None) -> Event:
        kind, at, thread, *fields = row
        place = len(self.events)
        order = place if self._numbers is None else self._numbers[place]
        event_class: Any = CLASSES.get(kind)
        if event_class is None:
            event: Event = UnknownEvent(at, thread, kind, *fields, order=order, span=around)
        else:
            event = event_class(at, thread, *fields, order=order, span=around)
        self.events.append(event)
        return event


def _causer(opened: list[tuple[Span, tuple[Any, ...]]]) -> Span | None:
    """Give the innermost import that is going on."""
    return next((span for span, _ in reversed(opened) if span.kind == "import"), None)


def _close(opened: list[tuple[Span, tuple[Any, ...]]], row: tuple[Any, ...]) -> Span | None:
    """Take the span that a row ends from the open ones, and with it those that were left open in it.

    Returns:
        The span; None for an end without a beginning, which is then an event like any other.
    """
    for at in range(len(opened) - 1, -1, -1):
        span, began = opened[at]
        if ends(began, row):
            del opened[at:]
            return span
    return None


def ends(began: tuple[Any, ...], row: tuple[Any, ...]) -> bool:
    """Say whether a row ends what another row of its thread began.

    >>> ends(("find.began", 1, 0, "m", ""), ("find.ended", 2, 0, "m", "not-found", None, None, None))
    True
    """
    kind = row[0].rpartition(".")[0]
    if began[0] != kind + _BEGAN:
        return False
    return all(began[ours] == row[its] for ours, its in _IDENTITY[kind])
