"""The vocabulary of tracing itself as classes: what a record says about how it was made.

This file decides what these events look like to a reader, as ``events.py`` does for those of finding;
readers find all of them there. It never decides what happened. The kinds, their fields and their
words come from one table, ``_engine/kinds.py``.
"""

from __future__ import annotations

import attrs

from .event import Event
from .event import many as _many


@attrs.frozen
class TracingInstalled(Event):
    """Tracing of a running interpreter began.

    Attributes:
        how: whether the steps of finding are told one by one, or only their question and answer.
        modules: the modules that were loaded before, in the order of ``sys.modules``.
    """

    kind = "tracing.installed"
    how: str
    modules: tuple[str, ...] = _many()


@attrs.frozen
class ImportCounted(Event):
    """A module that was there was asked for, so many times, by one importer.

    Attributes:
        name: the absolute name.
        importer: the module that asked for it; empty where that is not known.
        count: how many times.
    """

    kind = "import.counted"
    name: str
    importer: str
    count: int | None


@attrs.frozen
class RecordGap(Event):
    """Something that happened here is not in the trace; recording went on.

    Attributes:
        reason: why, in words.
    """

    kind = "record.gap"
    reason: str
