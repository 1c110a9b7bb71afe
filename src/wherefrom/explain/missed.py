"""Which modules were not found, and who asked for them: what most rules about the start begin with.

Decides which of the errors that a program met are the ones that its user sees: those that ended it,
or, of a program that left with a bad status, those that it reported itself, as runners of tests do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from . import chains, locations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..finding import Evidence
    from .case import Case, Failure

_RUNPY = re.compile(r"No module named '?([^\s';)]+)")


@attrs.frozen
class Missed:
    """A module that was not found.

    Attributes:
        name: its name.
        file: the file that asked for it; None if nothing in a file did, or that is not known.
        line: the line of that file.
        asker: the ``__name__`` of that module.
        failure: what shows it.
    """

    name: str
    file: str | None
    line: int | None
    asker: str
    failure: Failure

    @property
    def top(self) -> str:
        """The first part of the name."""
        return self.name.partition(".")[0]

    def evidence(self, case: Case) -> list[Evidence]:
        """Tell who asks for it, and in which words."""
        from ..finding import Evidence

        if self.file is None or self.line is None:
            return []
        error = self.failure.error
        text = case.line(self.file, self.line) or f"asks for {self.name}"
        return [
            Evidence(f"{self.asker}: {text}", self.file, self.line, None if error is None else error.order)
        ]


def failed_imports(case: Case) -> tuple[Failure, ...]:
    """Give the failures that the user of the program sees.

    Those that ended it; where it left with a bad status, those that arose in code of its own.
    """
    if any(one.kind != "other" for one in case.failures):
        return tuple(one for one in case.failures if one.kind != "other")
    if case.ended is None or case.ended.outcome != "exited" or not case.start.get("status"):
        return ()
    return tuple(one for one in case.passing if one.kind != "other" and _is_own(case, one))


def _is_own(case: Case, failure: Failure) -> bool:
    steps = chains.steps_of(failure.frames)
    return bool(steps) and not locations.is_site(steps[-1].file) and not case.is_stdlib(steps[-1].file)


def missed(case: Case) -> Iterator[Missed]:
    """Give the modules that were not found, the one that ended the program first."""
    for failure in failed_imports(case):
        if failure.kind == "not-found":
            steps = chains.steps_of(failure.frames)
            last = steps[-1] if steps else None
            if last is None:
                yield Missed(failure.module, None, None, "", failure)
            else:
                yield Missed(failure.module, last.file, last.line, last.module, failure)
    yield from _by_option(case)


def _by_option(case: Case) -> Iterator[Missed]:
    """Give what ``-m`` did not find: that error is told by an exit only."""
    match = _RUNPY.search(case.refusal.message) if case.refusal is not None else None
    if match is not None and case.refusal is not None:
        yield Missed(match[1], None, None, "-m", case.refusal)
