"""What a program looked for and did not get, and the directories where it would have to lie.

Decides which errors of a program are worth judging: those that ended it; for a run of tests, which
catches what it runs into, those that its imports failed with. It makes no finding.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

import attrs

from .. import events as e
from .case import Failure, Frame
from .locations import absolute, entries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .case import Case

_TEST_RUNNERS = ("pytest", "unittest", "py.test", "nose2")
_SUFFIX = re.compile(r"\.py[cw]?$")


@attrs.frozen
class Sought:
    """A module that was asked for in vain.

    Attributes:
        name: its absolute name.
        tail: the last part of it.
        homes: the directories in which it was looked for, absolute.
        failure: the failure that tells of it.
    """

    name: str
    tail: str
    homes: tuple[str, ...]
    failure: Failure


def test_runner(case: Case) -> str:
    """Name the test runner that the program is; empty if it is none."""
    target = _SUFFIX.sub("", posixpath.basename(str(case.start.get("target") or "")))
    if case.start.get("program") in ("module", "script") and target in _TEST_RUNNERS:
        return "pytest" if target == "py.test" else target
    return ""


def ended_badly(case: Case) -> bool:
    """Say whether the program failed, or what was asked for was not found."""
    return bool(case.start.get("status"))


def failures(case: Case) -> tuple[Failure, ...]:
    """Give the failures that are worth judging; see above."""
    told = tuple(one for one in case.failures if one.error is None or one.error.error != "SystemExit")
    if told or not ended_badly(case):
        return told
    passing = [one for one in case.passing if any(_is_own(case, frame) for frame in one.frames)]
    return (*passing, *_vain(case)) if test_runner(case) else tuple(passing)


def _vain(case: Case) -> Iterator[Failure]:
    """Give the imports of a run of tests that found nothing, where their statement does not expect it."""
    for span in case.failed:
        if span.outcome != "not-found" or not span.file or span.line is None:
            continue
        frame = Frame(span.file, span.line, span.importer or "", "")
        if _is_own(case, frame) and not _is_guarded(case, frame):
            yield Failure("not-found", span.name, frames=(frame,))


def _is_guarded(case: Case, frame: Frame) -> bool:
    """Say whether an import statement stands in a ``try`` that may expect its failure."""
    told = (case.outline(absolute(case, frame.file)) or {}).get("imports", ())
    return any(
        one["line"] <= frame.line <= one["end"] and any(guard.startswith("try") for guard in one["guards"])
        for one in told
    )


def _is_own(case: Case, frame: Frame) -> bool:
    """Say whether a frame belongs to the program, not to the library or an installed distribution."""
    if frame.file.startswith("<") or not frame.file:
        return False
    return not (case.is_stdlib(frame.file) or "site-packages" in frame.file or "dist-packages" in frame.file)


def own_frame(case: Case, failure: Failure) -> Frame | None:
    """Give the innermost frame of a failure that belongs to the program."""
    return next((frame for frame in reversed(failure.frames) if _is_own(case, frame)), None)


def locations(case: Case, package: str) -> tuple[str, ...]:
    """Give the directories in which the submodules of a package are looked for."""
    origin = case.origin(package)
    if origin and posixpath.basename(origin).startswith("__init__."):
        return (posixpath.dirname(absolute(case, origin)),)
    if origin:
        return ()
    above, _, tail = package.rpartition(".")
    homes = locations(case, above) if above else entries(case)
    return tuple(f"{home}/{tail}" for home in homes if is_directory(case, f"{home}/{tail}"))


def is_directory(case: Case, path: str) -> bool:
    """Say whether a directory lies at a path."""
    found = case.stat(path)
    return found is not None and found["kind"] == "directory"


def is_file(case: Case, path: str) -> bool:
    """Say whether a file lies at a path."""
    found = case.stat(path)
    return found is not None and found["kind"] == "file"


def sought(case: Case) -> Iterator[Sought]:
    """Give each module that was asked for in vain, with where it would have to lie."""
    seen = set()
    for failure in failures(case):
        name = failure.module if failure.kind == "not-found" else ""
        if failure.kind == "name" and failure.item:
            name = f"{failure.module}.{failure.item}"  # from a package: it may be meant as a submodule
        if not name or name in seen:
            continue
        seen.add(name)
        above, _, tail = name.rpartition(".")
        yield Sought(name, tail, locations(case, above) if above else entries(case), failure)


def is_retold(case: Case) -> bool:
    """Say whether the record has the steps of the searches, not only their outcomes."""
    return bool(case.trace.select(e.SearchEnded))


def place(failure: Failure, case: Case) -> tuple[str, int] | None:
    """Give file and line of the program's own statement behind a failure."""
    frame = own_frame(case, failure) or failure.where
    return (frame.file, frame.line) if frame is not None else None


def event_of(failure: Failure) -> int | None:
    """Give the position in the trace of the event that tells of a failure."""
    return None if failure.error is None else failure.error.order
