"""A resolution as a person would want to read it: the answer in one line, then the trail.

This file decides what is told and what is summed up: parents in a line each, finder by finder, entry
by entry, the winner marked, losers with their reasons, a long path in a few lines. It searches
nothing itself. The words are in ``sentences.py``; the folding of long paths is in ``folding.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from .. import events as e
from ..spans import Span
from . import sentences as s
from .explained import explanation_lines
from .folding import Told, folded
from .lines import Line, layout, shown, shown_entry, with_error
from .points import line_of
from .tree import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .resolved import Resolved

# What a resolution names as the finder of a loaded module that no finder knows, like os.path.
_IN_MODULES = "sys.modules"
# Finders that need no mention in the answer: they are every interpreter's own.
_OWN_FINDERS = ("BuiltinImporter", "FrozenImporter", "PathFinder", "FileFinder", "zipimporter")
_MOST_NEAR_MISSES = 10
# How the machinery came by its knowledge, and what the lines of the entries say already.
_DETAILS = (e.ArchiveRead, e.DirectoryListed, e.FinderRecalled, e.HookTried, e.PortionDropped)
# An error text of one of these is in what a hook said, not at the search's end.
_TOLD_BY_HOOKS = ("corrupt-archive",)


@attrs.frozen
class View:
    """What is shown: everything or the gist, and in which words path entries are placed."""

    all: bool = False
    sources: Mapping[str, str] = {}


def resolution_text(
    r: Resolved,
    *,
    all: bool = False,  # noqa: A002
    colour: bool = False,
    sources: Mapping[str, str] | None = None,
) -> str:
    """Tell a resolution.

    Args:
        r: the resolution.
        all: whether to tell everything: every step of every entry, and the losers, which are
            searched for it.
        colour: whether to use terminal codes.
        sources: for path entries, in words, why they are on the path: ``PYTHONPATH[2]``.

    Returns:
        The text, without a line break at its end; its first line is the answer.
    """
    view = View(all, sources or {})
    below = list(_trail(r, view))
    if not r.found:
        below += _near_misses(r, view)
    elif all:
        below += _shadowed(r)
    wrong = [finding for finding in r.findings if finding.severity != "note"]
    return layout([Line(headline(r), tuple(below)), *explanation_lines(wrong, evidence=all)], colour=colour)


# -- the answer -----------------------------------------------------------------------------------


def headline(r: Resolved) -> str:
    """Tell the answer in one line.

    Returns:
        Such as ``json: package, /usr/lib/python3.13/json/__init__.py``.
    """
    if not r.found:
        return _not_found(r)
    if r.finder == _IN_MODULES:
        return _loaded(r)
    what = s.module_phrase(r.kind, is_package=r.is_package)
    by = "" if r.finder in _OWN_FINDERS or not r.finder else f" (by {shown(r.finder)})"
    return f"{shown(r.name)}: {what}{_place(r)}{by}"


def _loaded(r: Resolved) -> str:
    cached = r.trace.select(e.ModuleCached, name=r.name)
    said = line_of(cached[-1]).text if cached else f"{shown(r.name)}: module (already imported)"
    return f"{said}, known to no finder"


def _place(r: Resolved) -> str:
    if r.kind == "built-in":
        return ""
    if r.kind == "frozen":
        return ", in the interpreter itself"
    if r.origin is not None:
        return f", {shown(str(r.origin))}"
    places = [shown(str(location)) for location in r.locations or ()]
    if len(places) > 2:
        places[1:] = [f"and {len(places) - 1} more portions"]
    return "".join(f", {place}" for place in places)


def _not_found(r: Resolved) -> str:
    finds = [span for span in r.trace.roots if span.kind == "find" and span.name == r.name]
    if not finds or finds[-1].ended is None:
        return f"{shown(r.name)}: not found"
    return line_of(finds[-1].ended).text


# -- the trail ------------------------------------------------------------------------------------


def _trail(r: Resolved, view: View) -> Iterator[Line]:
    """Give the lines of the trail: what came before the find of the name itself, then that."""
    for part in r.trace.contents:
        if isinstance(part, e.ModuleCached):
            line = line_of(part)
            yield Line(line.text, winner=part.name == r.name, dim=part.name != r.name)
        elif not isinstance(part, Span):
            if view.all or not _is_detail(part):
                yield line_of(part)
        elif part.kind != "find":
            # An entry searched for the portions of a parent: the event behind it says what came of it.
            if view.all:
                yield from lines_of((part,))
        elif part.name == r.name or part.outcome != "found":
            # Where no finder knew the name and it was found all the same, why not is worth a line.
            told = part.name == r.name and r.finder != _IN_MODULES
            lines = tuple(_asks(part, view))
            yield from lines if told else (Line(_ended(part), lines),)
        else:
            yield _parent(part, r.name, view)


def _is_detail(event: e.Event) -> bool:
    """Say whether an event is told only when view.all is."""
    if isinstance(event, e.PathRecomputed):
        return event.outcome == "same"
    return isinstance(event, _DETAILS)


def _parent(span: Span, name: str, view: View) -> Line:
    """Tell the find of a parent, which succeeded, in one line."""
    ended = span.ended
    origin = kind = None
    if isinstance(ended, e.FindEnded):
        origin, kind = ended.origin, ended.module_kind
    is_package = name.startswith(f"{span.name}.")
    what = s.module_phrase(kind, is_package=is_package)
    place = f", {shown(origin)}" if origin not in (None, kind) else ""
    if kind == "namespace":
        kept = sum(isinstance(event, e.PortionKept) for event in span.events)
        place = f", {s.count(kept, 'portion', 'portions')}" if kept else ""
    below = tuple(_asks(span, view)) if view.all else ()
    return Line(f"{shown(span.name)}: {what}{place}", below, dim=True)


def _ended(span: Span) -> str:
    return line_of(span.ended).text if span.ended else f"{shown(span.name)}: unfinished"


def _asks(span: Span, view: View) -> Iterator[Line]:
    """Tell finder by finder who was asked."""
    for part in span.contents:
        if isinstance(part, Span) and part.kind == "ask":
            yield _ask(part, span, view)
        elif isinstance(part, Span):
            yield from lines_of((part,))
        else:
            yield line_of(part)


def _ask(span: Span, find: Span, view: View) -> Line:
    finder = str(span.began.fields().get("finder", ""))
    searches = [part for part in span.children if part.kind == "search"]
    if searches:
        below = _entries(span, find, view)
        return Line(f"{shown(finder)}, {_along(find)}:", tuple(below))
    ended = span.ended
    if not isinstance(ended, e.AskEnded):
        return Line(f"{shown(finder)}: unfinished", tuple(lines_of(span.contents)))
    said = s.DECLINED_BY.get(finder) if ended.outcome == "declined" else None
    text = f"{shown(finder)}: {said or s.phrase(s.ASK_OUTCOMES, ended.outcome)}"
    below = lines_of(span.contents) if view.all else iter(())
    winner = ended.outcome == "found"
    return Line(with_error(text, ended.error), tuple(below), winner=winner, dim=ended.outcome == "declined")


def _along(find: Span) -> str:
    parent = str(find.began.fields().get("parent", ""))
    return f"in the locations of {shown(parent)}" if parent else "along the path"


# -- entry by entry -------------------------------------------------------------------------------


def _entries(ask: Span, find: Span, view: View) -> Iterator[Line]:
    dropped = any(isinstance(part, e.PortionDropped) for part in ask.contents)
    told = [_entry(part, dropped, view) for part in ask.children]
    yield from (one.line for one in (told if view.all else folded(told)))
    for part in ask.contents:
        if isinstance(part, e.EntriesUnsearched):
            below = tuple(Line(shown_entry(entry), dim=True) for entry in part.entries)
            yield Line(line_of(part).text, below if view.all else (), dim=True)
        elif isinstance(part, e.Event) and (view.all or not _is_detail(part)):
            yield line_of(part)


def _entry(span: Span, dropped: bool, view: View) -> Told:
    """Tell one entry of a path."""
    entry = str(span.began.fields().get("entry", ""))
    reason = _reason(span, dropped)
    winner = span.outcome == "found" or (span.outcome == "portion" and not dropped)
    below = tuple(lines_of(span.contents) if view.all else _notes(span))
    said = _chosen(span) if span.outcome == "found" else reason
    source = view.sources.get(entry)
    place = f"{shown_entry(entry)} ({shown(source)})" if source else shown_entry(entry)
    line = Line(f"{place}: {said}", below, winner=winner, dim=not winner)
    return Told(line, shown_entry(entry), reason, keep=span.outcome == "found")


def _reason(span: Span, dropped: bool) -> str:
    ended = span.ended
    if not isinstance(ended, e.SearchEnded):
        return "unfinished"
    if ended.outcome == "portion" and dropped:
        return "a directory without __init__, which a module on a later entry beats"
    said = s.phrase(s.SEARCH_REASONS, ended.reason) or s.phrase(s.SEARCH_OUTCOMES, ended.outcome)
    return with_error(said, ended.error or _error_in(span, ended.reason))


def _error_in(span: Span, reason: str | None) -> str | None:
    """Find the error that explains a reason among the steps of a search."""
    for event in span.contents:
        if isinstance(event, e.DirectoryListed) and event.outcome == "failed":
            return event.error
        if isinstance(event, e.HookTried) and event.error and reason in _TOLD_BY_HOOKS:
            return event.error
    return None


def _chosen(span: Span) -> str:
    """Name the file that was chosen, as it lies below its entry."""
    bases = [str(span.began.fields().get("entry", ""))]
    path = None
    for event in span.contents:
        if isinstance(event, e.DirectoryListed):
            bases.append(event.directory)
        elif isinstance(event, e.CandidateSeen) and event.outcome == "chosen":
            path = event.path
    if path is None:
        return s.SEARCH_OUTCOMES["found"]
    # A relative entry is no beginning of the path, but the directory that it stood for is.
    base = max((base for base in bases if path.startswith(base)), key=len, default="")
    return shown(path.removeprefix(base).lstrip("/\\"))


def _notes(span: Span) -> Iterator[Line]:
    """Tell what lay in an entry under a fitting name and could not be used."""
    usual = ("absent", "chosen", "no-init")
    for event in span.contents:
        if isinstance(event, e.CandidateSeen) and event.outcome not in usual:
            yield line_of(event)


# -- what else there is ---------------------------------------------------------------------------


def _near_misses(r: Resolved, view: View) -> Iterator[Line]:
    misses = list(r.near_misses)
    if not misses:
        return
    most = len(misses) if view.all else _MOST_NEAR_MISSES
    lines = [
        Line(f"{shown(miss.path)}: {s.phrase(s.NEAR_MISS_REASONS, miss.reason)}") for miss in misses[:most]
    ]
    if len(misses) > most:
        lines.append(Line(f"and {len(misses) - most} more", dim=True))
    yield Line("near misses:", tuple(lines))


def _shadowed(r: Resolved) -> Iterator[Line]:
    losers = list(r.shadowed)
    if not losers:
        yield Line("nothing else has this name", dim=True)
        return
    lines = []
    for loser in losers:
        place = loser.origin if loser.origin is not None else loser.entry
        what = s.module_phrase(loser.kind, is_package=False)
        where = f"{shown(str(place))}: {what}" if place is not None else what
        why = s.phrase(s.SHADOW_REASONS, loser.reason)
        lines.append(Line(f"{where}, by {shown(loser.finder)}: {why}", dim=True))
    yield Line("losers:", tuple(lines))
