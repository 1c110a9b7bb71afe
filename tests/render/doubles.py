"""Resolutions for the tests of the views: their answers written by hand, their traces from rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from tests.trace.rows import at_steady_pace
from wherefrom import Trace
from wherefrom.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

CANDIDATES = ("mod", "mod.so", "mod.py")
INITS = ("__init__.so", "__init__.py")
HOOKS = (("zipimporter", "declined", "not a Zip file"), ("FileFinder", "took", None))


@attrs.frozen
class Loser:
    kind: str
    origin: str | None
    entry: str | None
    finder: str
    reason: str


@attrs.frozen
class NearMiss:
    path: str
    reason: str


@attrs.frozen(kw_only=True)
class Told:
    """What a view sees of a resolution."""

    name: str = "mod"
    kind: str | None = None
    origin: str | None = None
    is_package: bool = False
    locations: tuple[str, ...] | None = None
    finder: str | None = None
    loader: str | None = None
    why: str = ""
    rows: Sequence[Any] = ()
    findings: tuple[Finding, ...] = ()
    shadowed: tuple[Loser, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
    watch: tuple[str, ...] = ()

    @property
    def found(self) -> bool:
        return self.finder is not None

    @property
    def trace(self) -> Trace:
        return Trace(self.rows)


def missed(entry: str) -> tuple[Any, ...]:
    return "search.missed", "mod", entry, entry, CANDIDATES, "recalled", None


def skipped(entry: str, reason: str) -> list[tuple[Any, ...]]:
    return [("search.began", "mod", entry), ("search.ended", "mod", entry, "skipped", reason, None)]


def hit(entry: str) -> tuple[Any, ...]:
    return "search.hit", "mod", entry, entry, None, CANDIDATES, 2, "listed", HOOKS


def found_on_path(*searches: Any, behind: tuple[str, ...] = ()) -> Told:
    """Give a module that the path based finder found, in the last of some searches."""
    rows = [
        ("find.began", "mod", ""),
        ("ask.declined", "mod", ("BuiltinImporter", "FrozenImporter")),
        ("ask.began", "mod", "PathFinder"),
        *searches,
        *([("entries.rest", "mod", behind, 0)] if behind else []),
        ("ask.ended", "mod", "PathFinder", "found", None),
        ("find.ended", "mod", "found", None, "source", "/lib/mod.py"),
    ]
    return Told(kind="source", origin="/lib/mod.py", finder="FileFinder", rows=at_steady_pace(*rows))


def not_found(*searches: Any, near_misses: tuple[NearMiss, ...] = ()) -> Told:
    """Give a module that no finder knows."""
    rows = [
        ("find.began", "mod", ""),
        ("ask.began", "mod", "PathFinder"),
        *searches,
        ("ask.ended", "mod", "PathFinder", "declined", None),
        ("find.ended", "mod", "not-found", "no-finder-knows-it", None, None),
    ]
    return Told(why="no-finder-knows-it", rows=at_steady_pace(*rows), near_misses=near_misses)
