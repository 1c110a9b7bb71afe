"""What all events have in common: the class `Event`, and the fields of a class of events.

This file decides what every event has. It knows no kind: ``events.py`` lists the vocabulary, whose classes
stand in ``events_of_finding.py``, ``events_of_imports.py`` and their neighbours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import attrs

if TYPE_CHECKING:
    from .spans import Span

# Longer tuples are counted in a repr: a search path may have thousands of entries.
_SHOWN_IN_REPR = 4


def short_repr(value: tuple[str, ...]) -> str:
    """Represent a tuple of texts; a long one by its length and its first item."""
    if len(value) <= _SHOWN_IN_REPR:
        return repr(value)
    return f"<{len(value)} of them, {value[0]!r} first>"


def many() -> Any:
    """Make a field for a tuple that may be long."""
    return attrs.field(repr=short_repr)


@attrs.frozen
class Event:
    """Something that happened while a module was sought, loaded or bound: the base of every event.

    Attributes:
        at_ns: when, in nanoseconds of ``time.perf_counter_ns``: good for differences only.
        thread: the identifier of the thread that it happened in.
        order: its position in the trace, from 0; -1 for an event that is in no trace. Not compared.
        span: the span that it happened in, None at the top. A span's own beginning and end happened in
            the span around it. Not compared.
    """

    kind: ClassVar[str] = ""
    """The kind's name in the table and in JSON, such as ``candidate.seen``."""

    at_ns: int = attrs.field(repr=False)
    thread: int = attrs.field(repr=False)
    order: int = attrs.field(default=-1, eq=False, repr=False, kw_only=True)
    span: Span | None = attrs.field(default=None, eq=False, repr=False, kw_only=True)

    @property
    def depth(self) -> int:
        """How many spans are around this event; 0 at the top."""
        return 0 if self.span is None else self.span.depth + 1

    def fields(self) -> dict[str, Any]:
        """Give the fields of this kind, without time, thread and what is derived.

        Returns:
            Field names and values, in the table's order.

        >>> from wherefrom.events import FindBegan
        >>> FindBegan(1, 2, "pkg.sub", "pkg").fields()
        {'name': 'pkg.sub', 'parent': 'pkg'}
        """
        return {name: getattr(self, name) for name in field_names(type(self))}

    def __reduce__(self) -> tuple[Any, ...]:
        # What is derived is left out: an event that travels does not take its whole trace along.
        fields = [getattr(self, name) for name in field_names(type(self))]
        return type(self), (self.at_ns, self.thread, *fields)


_OF_EVERY_EVENT = frozenset(field.name for field in attrs.fields(Event))


def field_names(event_class: type[Event]) -> tuple[str, ...]:
    """Name the fields that events of a class have beyond those of every event.

    >>> from wherefrom.events import HookTried
    >>> field_names(HookTried)
    ('entry', 'hook', 'outcome', 'error')
    """
    names = (field.name for field in attrs.fields(event_class))
    return tuple(name for name in names if name not in _OF_EVERY_EVENT)
