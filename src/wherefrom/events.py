"""The event vocabulary as classes: one frozen class for each kind of event, all of them `Event`.

The classes stand in the files beside this one, by their step; readers find all of them here. This
file decides which there are, and what becomes of a kind that only a newer version knows. It never
decides what happened, and it knows no record: ``trace.py`` makes the events. Read ``spans.py`` next,
which puts what began and what ended together.

The kinds, their fields and their words come from one table, ``_engine/kinds.py``; tests hold the
classes to it. Where a field has a closed set of words, the reference page lists them.
"""

from __future__ import annotations

from typing import Any

import attrs

from .event import Event as Event
from .event import field_names as field_names
from .events_of_ending import ErrorRaised as ErrorRaised
from .events_of_ending import ModuleHeld as ModuleHeld
from .events_of_ending import ProgramEnded as ProgramEnded
from .events_of_finding import ArchiveRead as ArchiveRead
from .events_of_finding import AskBegan as AskBegan
from .events_of_finding import AskEnded as AskEnded
from .events_of_finding import CandidateSeen as CandidateSeen
from .events_of_finding import DirectoryListed as DirectoryListed
from .events_of_finding import EntriesUnsearched as EntriesUnsearched
from .events_of_finding import FindBegan as FindBegan
from .events_of_finding import FindEnded as FindEnded
from .events_of_finding import FinderRecalled as FinderRecalled
from .events_of_finding import FindersUnasked as FindersUnasked
from .events_of_finding import HookTried as HookTried
from .events_of_finding import ModuleCached as ModuleCached
from .events_of_finding import PathExtended as PathExtended
from .events_of_finding import PathRecomputed as PathRecomputed
from .events_of_finding import PortionDropped as PortionDropped
from .events_of_finding import PortionKept as PortionKept
from .events_of_finding import SearchBegan as SearchBegan
from .events_of_finding import SearchEnded as SearchEnded
from .events_of_imports import AttributeBound as AttributeBound
from .events_of_imports import BindBegan as BindBegan
from .events_of_imports import BindEnded as BindEnded
from .events_of_imports import BytecodeJudged as BytecodeJudged
from .events_of_imports import BytecodeWritten as BytecodeWritten
from .events_of_imports import ImportBegan as ImportBegan
from .events_of_imports import ImportEnded as ImportEnded
from .events_of_imports import ImportEscaped as ImportEscaped
from .events_of_imports import ImportServed as ImportServed
from .events_of_imports import ItemResolved as ItemResolved
from .events_of_imports import LoadBegan as LoadBegan
from .events_of_imports import LoadEnded as LoadEnded
from .events_of_imports import LockWaited as LockWaited
from .events_of_imports import ModuleCreated as ModuleCreated
from .events_of_imports import ModuleRegistered as ModuleRegistered
from .events_of_imports import ModuleRemoved as ModuleRemoved
from .events_of_imports import ModuleReplaced as ModuleReplaced
from .events_of_imports import ModuleShared as ModuleShared
from .events_of_imports import NameBound as NameBound
from .events_of_imports import RunBegan as RunBegan
from .events_of_imports import RunEnded as RunEnded
from .events_of_imports import SourceCompiled as SourceCompiled
from .events_of_imports import StateChanged as StateChanged
from .events_of_tracing import BreakFailed as BreakFailed
from .events_of_tracing import ImportCounted as ImportCounted
from .events_of_tracing import PathChanged as PathChanged
from .events_of_tracing import RecordGap as RecordGap
from .events_of_tracing import TracingInstalled as TracingInstalled

# -- the record itself, and what this version does not know ---------------------------------------


@attrs.frozen
class RecordStopped(Event):
    """Recording stopped: what happened afterwards is not in the trace.

    Attributes:
        reason: why, in words.
    """

    kind = "record.stopped"
    reason: str


@attrs.frozen
class UnknownEvent(Event):
    """An event of a kind that this version does not know, read from a file of a newer one.

    Attributes:
        kind: the kind's name in the file.
        details: its fields and values, as they stand there.
    """

    # The one class whose kind is not its own: mypy is right that this is unusual.
    kind: str  # type: ignore[misc]
    details: tuple[tuple[str, object], ...]

    def fields(self) -> dict[str, Any]:
        """Give the fields as they stand in the file, without kind, time and thread."""
        return dict(self.details)


CLASSES: dict[str, type[Event]] = {
    event_class.kind: event_class
    for event_class in (
        FindBegan,
        FindEnded,
        ModuleCached,
        AskBegan,
        AskEnded,
        SearchBegan,
        SearchEnded,
        FinderRecalled,
        HookTried,
        DirectoryListed,
        ArchiveRead,
        CandidateSeen,
        PortionKept,
        PortionDropped,
        PathRecomputed,
        PathExtended,
        EntriesUnsearched,
        FindersUnasked,
        ImportBegan,
        ImportEnded,
        ImportServed,
        ImportEscaped,
        LockWaited,
        ModuleShared,
        LoadBegan,
        LoadEnded,
        ModuleCreated,
        ModuleRegistered,
        ModuleRemoved,
        ModuleReplaced,
        BytecodeJudged,
        SourceCompiled,
        BytecodeWritten,
        RunBegan,
        RunEnded,
        StateChanged,
        AttributeBound,
        BindBegan,
        BindEnded,
        ItemResolved,
        NameBound,
        PathChanged,
        ImportCounted,
        TracingInstalled,
        ErrorRaised,
        ModuleHeld,
        ProgramEnded,
        BreakFailed,
        RecordGap,
        RecordStopped,
    )
}
"""The class of each kind."""
