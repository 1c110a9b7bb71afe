"""`Explanation`: an exception explained, long after it was raised and without a trace of it.

Decides what is searched afresh for an exception. The rules of ``explain/`` judge; ``render/`` tells.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from ._engine.ending import tell_end
from ._engine.record import Record
from ._engine.steps import find
from ._engine.system import System
from .live import surroundings_here
from .trace import Trace

if TYPE_CHECKING:
    from .finding import Finding

__all__ = ["Explanation", "explained"]


class Explanation:
    """Why an import failed: true if something was found; ``print()`` tells it on at most a screen.

    Attributes:
        error: the exception in one line.
        trace: the search that was made for it, and what the exception says.
    """

    def __init__(self, error: str, trace: Trace) -> None:
        self.error = error
        self.trace = trace

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong, the cause first."""
        return self.trace.findings

    def __bool__(self) -> bool:
        return bool(self.findings)

    def __repr__(self) -> str:
        codes = ", ".join(finding.code for finding in self.findings) or "nothing found"
        return f"<Explanation of {self.error.partition(':')[0]}: {codes}>"

    def __str__(self) -> str:
        from .render.explained import explanation_text  # a view, needed only when somebody prints

        return explanation_text(self.findings, error=self.error)


def explained(error: BaseException) -> Explanation:
    """Explain an exception; see `wherefrom.explain`."""
    given: object = error
    if not isinstance(given, BaseException):
        raise TypeError(f"an exception was expected, not {type(error).__name__}: {error!r}")
    record = Record()
    for name in _names(error):
        with suppress(ImportError, ValueError):  # a name that no import takes
            find(System(sys, record), name)
    tell_end(record, error)
    line = f"{type(error).__name__}: {error}".rstrip(": ").splitlines()[0]
    return Explanation(line, Trace(tuple(record.rows), surroundings_here()))


def _names(error: BaseException) -> list[str]:
    """Name the modules that the errors of a chain speak of."""
    names: dict[str, None] = {}
    one: BaseException | None = error
    seen: set[int] = set()
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        name = one.name if isinstance(one, ImportError) else None
        if isinstance(name, str) and name and not name.startswith("."):
            names[name] = None
        one = one.__cause__ or one.__context__
    return list(names)
