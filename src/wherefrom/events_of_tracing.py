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
class PathChanged(Event):
    """The search path, ``sys.path``, was not what it had been when it was last looked at.

    It is looked at where imports begin and end. That it differs, and whose code ran since the last
    look, is observed; which statement changed it is not.

    Attributes:
        name: the module that an import was asked for or loaded when it was seen; empty for none.
        seen: at which look.
        outcome: whether it is another list, or the same one with other entries.
        importer: the module whose code ran in between; empty where that is not known.
        file: the file of that code, None where it is not known.
        after: the line that this code was at when the path was last seen unchanged; None for its
            beginning, or where it is not known.
        before: the line that it was at when the change was seen; None for its end.
        doubt: why it may have been somebody else.
        added: the entries that were not there, in their order; one that is no text by its type.
        removed: the entries that are no longer there.
        entries: all of its entries now.
        frames: the functions that the line ``before`` was in the middle of calling, as ``file:line``,
            the innermost first.
    """

    kind = "path.changed"
    name: str
    seen: str
    outcome: str
    importer: str
    file: str | None
    after: int | None
    before: int | None
    doubt: str | None
    added: tuple[str, ...] = _many()
    removed: tuple[str, ...] = _many()
    entries: tuple[str, ...] = _many()
    frames: tuple[str, ...] = _many()


@attrs.frozen
class BreakFailed(Event):
    """A debugger was to stop before the first import of a module, and failed; the program went on.

    Attributes:
        name: the absolute name of the module.
        error: the debugger's error, in one line.
    """

    kind = "break.failed"
    name: str
    error: str


@attrs.frozen
class RecordGap(Event):
    """Something that happened here is not in the trace; recording went on.

    Attributes:
        reason: why, in words.
    """

    kind = "record.gap"
    reason: str
