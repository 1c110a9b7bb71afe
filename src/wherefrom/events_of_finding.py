"""The vocabulary of finding as classes: questions to finders, searches of entries, candidates, portions.

This file decides what these events look like to a reader; readers find all of them in ``events.py``.
It never decides what happened. The kinds, their fields and their words come from one table,
``_engine/kinds.py``.
"""

from __future__ import annotations

import attrs

from .event import Event
from .event import many as _many

# -- one find -------------------------------------------------------------------------------------


@attrs.frozen
class FindBegan(Event):
    """The finding of one module began.

    Attributes:
        name: the absolute name that is sought.
        parent: the package that it would be a submodule of; empty for a top-level name.
    """

    kind = "find.began"
    name: str
    parent: str


@attrs.frozen
class FindEnded(Event):
    """The finding of one module ended.

    Attributes:
        name: the absolute name that was sought.
        outcome: whether it was found; ``failed`` where an import would end with a finder's error.
        reason: why it was not found, None if it was.
        module_kind: what kind of module it is, None if it was not found.
        origin: where it comes from, as its spec says.
    """

    kind = "find.ended"
    name: str
    outcome: str
    reason: str | None
    module_kind: str | None
    origin: str | None


@attrs.frozen
class ModuleCached(Event):
    """A parent was already in ``sys.modules`` and was used as it is.

    Attributes:
        name: the parent's name.
        outcome: whether it is a package, a plain module, or the None that blocks an import.
        origin: its file, None if it has none.
    """

    kind = "module.cached"
    name: str
    outcome: str
    origin: str | None


# -- the finders of sys.meta_path -----------------------------------------------------------------


@attrs.frozen
class AskBegan(Event):
    """A finder of ``sys.meta_path`` was asked for a module.

    Attributes:
        name: the absolute name that it was asked for.
        finder: the finder.
    """

    kind = "ask.began"
    name: str
    finder: str


@attrs.frozen
class AskEnded(Event):
    """A finder of ``sys.meta_path`` gave its answer, or could give none.

    Attributes:
        name: the absolute name that it was asked for.
        finder: the finder.
        outcome: what it answered.
        error: the error in one line, None if there was none.
    """

    kind = "ask.ended"
    name: str
    finder: str
    outcome: str
    error: str | None


@attrs.frozen
class FindersUnasked(Event):
    """Finders of ``sys.meta_path`` were left unasked, because one before them had answered.

    Attributes:
        name: the absolute name that was sought.
        finders: the finders, in their order.
    """

    kind = "finders.unasked"
    name: str
    finders: tuple[str, ...] = _many()


# -- the entries of a search path -----------------------------------------------------------------


@attrs.frozen
class SearchBegan(Event):
    """The search of one entry of a search path began.

    Attributes:
        name: the absolute name that is sought.
        entry: the entry as it stands on the path; the ``repr`` of one that is no string.
    """

    kind = "search.began"
    name: str
    entry: str


@attrs.frozen
class SearchEnded(Event):
    """The search of one entry of a search path ended.

    Attributes:
        name: the absolute name that was sought.
        entry: the entry as it stands on the path; the ``repr`` of one that is no string.
        outcome: whether the entry offered the module, a portion, or nothing.
        reason: why it did not serve, None if it did.
        error: the error in one line, None if there was none.
    """

    kind = "search.ended"
    name: str
    entry: str
    outcome: str
    reason: str | None
    error: str | None


@attrs.frozen
class FinderRecalled(Event):
    """The finder of a path entry was remembered, so that no hook was tried.

    Attributes:
        entry: the path entry.
        finder: the remembered finder, None if what is remembered is that there is none.
        outcome: which of the two it was.
    """

    kind = "finder.recalled"
    entry: str
    finder: str | None
    outcome: str


@attrs.frozen
class HookTried(Event):
    """A hook of ``sys.path_hooks`` was tried on a path entry that had no finder yet.

    Attributes:
        entry: the path entry.
        hook: the hook.
        outcome: whether it took the entry.
        error: what it said in declining, or its error; None if it took the entry.
    """

    kind = "hook.tried"
    entry: str
    hook: str
    outcome: str
    error: str | None


@attrs.frozen
class EntriesUnsearched(Event):
    """Entries of a search path were left unsearched, because one before them offered the module.

    Attributes:
        name: the absolute name that was sought.
        entries: the entries, in their order; the ``repr`` of those that are no strings.
    """

    kind = "entries.unsearched"
    name: str
    entries: tuple[str, ...] = _many()


# -- one directory, one archive -------------------------------------------------------------------


@attrs.frozen
class DirectoryListed(Event):
    """It was settled what a directory holds.

    Attributes:
        directory: the directory.
        outcome: whether it was listed, remembered, or its candidates were looked at one by one.
        error: why it could not be listed, None if it could.
    """

    kind = "directory.listed"
    directory: str
    outcome: str
    error: str | None


@attrs.frozen
class ArchiveRead(Event):
    """It was settled what an archive holds.

    Attributes:
        archive: the archive's file.
        outcome: whether its index was read or remembered.
        error: why it could not be read, None if it could.
    """

    kind = "archive.read"
    archive: str
    outcome: str
    error: str | None


@attrs.frozen
class CandidateSeen(Event):
    """A file or directory that could have been the module was looked for.

    Attributes:
        name: the absolute name that is sought.
        path: the file or directory.
        outcome: what became of it.
    """

    kind = "candidate.seen"
    name: str
    path: str
    outcome: str


# -- packages of several portions -----------------------------------------------------------------


@attrs.frozen
class PortionKept(Event):
    """A directory without ``__init__`` was kept as a portion of a namespace package.

    Attributes:
        name: the absolute name that is sought.
        location: the directory.
    """

    kind = "portion.kept"
    name: str
    location: str


@attrs.frozen
class PortionDropped(Event):
    """A portion was dropped, because a later entry of the path offered a module or package.

    Attributes:
        name: the absolute name that is sought.
        location: the portion's directory.
        winner: the origin of what was found instead.
    """

    kind = "portion.dropped"
    name: str
    location: str
    winner: str | None


@attrs.frozen
class PathRecomputed(Event):
    """The path of a namespace package was compared with that of its parent.

    Attributes:
        name: the namespace package.
        outcome: whether its path changed.
    """

    kind = "path.recomputed"
    name: str
    outcome: str


@attrs.frozen
class PathExtended(Event):
    """The path of a package was extended as its ``__init__`` would do it, without running that.

    Attributes:
        name: the package.
        style: which of the two ways its ``__init__`` uses.
        locations: where its submodules are searched then.
    """

    kind = "path.extended"
    name: str
    style: str
    locations: tuple[str, ...] = _many()
