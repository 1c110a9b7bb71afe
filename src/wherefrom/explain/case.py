"""`Case`: a trace and its surroundings, as the rules look at them.

Decides nothing: it reads the trail once and gives what most rules ask for under short names. Read
``rules/`` next.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs

from .. import events as e
from ..finding import Evidence, Finding
from .codes import CODES

if TYPE_CHECKING:
    from ..spans import ImportSpan
    from ..surroundings import Surroundings
    from ..trace import Trace

_NO_MODULE = re.compile(r"^No module named '?([^';]+)'?")
_NO_NAME = re.compile(r"^cannot import name '([^']+)' from (?:partially initialized module )?'([^']+)'")
_NO_ATTRIBUTE = re.compile(
    r"^(?:partially initialized |cannot access submodule '(?P<sub>[^']+)' of )?module '(?P<module>[^']+)'"
    r"(?: has no attribute '(?P<item>[^']+)')?"
)


@attrs.frozen
class Frame:
    """A frame of a traceback: file, line number, the ``__name__`` of its module, function."""

    file: str
    line: int
    module: str
    function: str


@attrs.frozen
class Failure:
    """What failed, read from an error or from a question that was not answered.

    Attributes:
        kind: ``not-found`` (no such module), ``name`` (a module has no name that was to be imported),
            ``attribute`` (a module has no attribute), ``other``.
        module: the module that was not found, or that lacks the name; empty for ``other``.
        item: the name or attribute that is lacking; empty for ``not-found``.
        error: the event that shows it; None for a question.
        frames: the traceback, the outermost first.
    """

    kind: str
    module: str
    item: str = ""
    error: e.ErrorRaised | None = None
    frames: tuple[Frame, ...] = ()

    @property
    def where(self) -> Frame | None:
        """The innermost frame."""
        return self.frames[-1] if self.frames else None

    @property
    def message(self) -> str:
        """The message of the error; empty for a question."""
        return "" if self.error is None else self.error.message


class Case:
    """A trace and its surroundings.

    Args:
        trace: the trail.
        around: its surroundings.
    """

    def __init__(self, trace: Trace, around: Surroundings) -> None:
        self.trace = trace
        self.around = around

    # -- what happened ----------------------------------------------------------------------------

    @cached_property
    def errors(self) -> tuple[e.ErrorRaised, ...]:
        """The error that ended the program, then those behind it."""
        found = self.trace.select(e.ErrorRaised)
        final = [at for at, one in enumerate(found) if one.relation == "final"]
        told = found[final[-1] :] if final else ()
        return tuple(one for one in told if one.relation != "passing")

    @cached_property
    def passing(self) -> tuple[Failure, ...]:
        """What imports failed with, each error once, caught by the program or not, in order."""
        return tuple(_failure(one) for one in self.trace.select(e.ErrorRaised, relation="passing"))

    @cached_property
    def ended(self) -> e.ProgramEnded | None:
        """How the program ended; None if the record does not say."""
        found = self.trace.select(e.ProgramEnded)
        return found[-1] if found else None

    @cached_property
    def failures(self) -> tuple[Failure, ...]:
        """What failed, the error that ended the program first, then those behind it."""
        if self.errors:
            return tuple(map(_failure, self.errors))
        if self.question is not None:
            missing = self.trace.select(e.FindEnded, outcome="not-found")
            return tuple(Failure("not-found", one.name) for one in reversed(missing[-1:]))
        return ()

    @property
    def failure(self) -> Failure | None:
        """What ended the program, or was not found."""
        return self.failures[0] if self.failures else None

    @cached_property
    def refusal(self) -> Failure | None:
        """The exit by which runpy refuses what ``-m`` names; None where there is none, or an error tells."""
        failure = self.failure
        if failure is None or failure.error is None or self.start.get("program") != "module":
            return None
        if failure.error.error != "SystemExit" or any(one.kind == "not-found" for one in self.failures):
            return None
        return failure

    @cached_property
    def question(self) -> str | None:
        """The name that was asked about, if this is the trace of a question."""
        if self.start.get("program") == "question":
            return self.start.get("target") or None
        return None

    @cached_property
    def imports(self) -> tuple[ImportSpan, ...]:
        """Every import, in the order of their beginnings."""
        from ..spans import ImportSpan

        return tuple(span for span in self.trace.spans if isinstance(span, ImportSpan))

    @cached_property
    def imported(self) -> dict[str, ImportSpan]:
        """The first import of each module that was loaded, by name."""
        found: dict[str, ImportSpan] = {}
        for span in self.imports:
            if span.outcome not in ("not-found", "failed", "halted"):
                found.setdefault(span.name, span)
        return found

    @cached_property
    def failed(self) -> tuple[ImportSpan, ...]:
        """The imports that failed, whether the program caught the error or not."""
        return tuple(span for span in self.imports if span.outcome in ("not-found", "failed", "halted"))

    @cached_property
    def found(self) -> dict[str, e.FindEnded]:
        """How the last search for each name ended, by name."""
        return {one.name: one for one in self.trace.select(e.FindEnded)}

    def held(self, name: str) -> e.ModuleHeld | None:
        """Tell what ``sys.modules`` held for a name when the program died; None if it was not recorded."""
        found = self.trace.select(e.ModuleHeld, name=name)
        return found[-1] if found else None

    def searches(self, name: str) -> tuple[e.SearchEnded, ...]:
        """Give the entries that a name was searched in; empty where tracing only observed."""
        return self.trace.select(e.SearchEnded, name=name)

    def origin(self, name: str) -> str | None:
        """Tell the file of a module that was imported or held."""
        held, found = self.held(name), self.found.get(name)
        for failure in self.failures:
            if failure.error is not None and failure.error.holder == name and failure.error.origin:
                return failure.error.origin
        if held is not None and held.origin:
            return held.origin
        return found.origin if found is not None else None

    # -- the program and its interpreter ----------------------------------------------------------

    @cached_property
    def start(self) -> dict[str, Any]:
        """How the program was started: see ``looking.Start``."""
        return self.around.ask("start") or {}

    @cached_property
    def facts(self) -> dict[str, Any]:
        """The facts about the interpreter: see ``search_path.interpreter.Interpreter``."""
        return self.around.ask("facts") or {}

    @cached_property
    def environment(self) -> dict[str, str]:
        """The environment variables that imports depend on."""
        return self.around.ask("environment") or {}

    @cached_property
    def start_path(self) -> dict[str, Any]:
        """The search path at the start, with sources, as ``wherefrom path --json`` gives it."""
        return self.around.ask("search_path") or {}

    @cached_property
    def path(self) -> tuple[str, ...]:
        """The search path: at the end of the program if that is known, else as given or at the start."""
        if self.ended is not None and self.ended.path:
            return self.ended.path
        if self.start.get("path") is not None:
            return tuple(self.start["path"])
        return tuple(entry["path"] for entry in self.start_path.get("entries", ()))

    @property
    def cwd(self) -> str:
        """The working directory at the start."""
        return self.start.get("cwd") or ""

    @cached_property
    def python(self) -> tuple[int, int]:
        """The version of the interpreter, major and minor."""
        version = self.facts.get("version_info") or (0, 0)
        return version[0], version[1]

    @cached_property
    def stdlib_names(self) -> frozenset[str]:
        """The top-level names of the standard library of that interpreter."""
        return frozenset(self.facts.get("stdlib_module_names") or ())

    def is_stdlib(self, path: str) -> bool:
        """Say whether a file belongs to the standard library."""
        home = self.facts.get("stdlib_dir")
        return bool(home) and path.startswith(f"{home}/") and "/site-packages/" not in path

    def source(self, entry: str) -> str:
        """Tell why an entry is on the path, in words; empty where that is not known."""
        for known in self.start_path.get("entries", ()):
            if known["path"] == entry or (not known["path"] and entry == self.cwd):
                return str(known["label"])
        return ""

    def entry_of(self, file: str) -> str | None:
        """Give the entry of the path that a file lies under: the longest one."""
        under = [entry for entry in self.path if entry and file.startswith(entry.rstrip("/") + "/")]
        return max(under, key=len) if under else None

    # -- looking around ---------------------------------------------------------------------------

    @cached_property
    def distributions(self) -> list[dict[str, Any]]:
        """The distributions that are installed on the search path: see ``looking.distributions``."""
        entries = tuple(entry for entry in self.path if entry and not entry.startswith("<"))
        return self.around.ask("distributions", entries) or []

    def distributions_of(self, file: str) -> list[dict[str, Any]]:
        """Give the distributions that list a file; several own the same one after a careless installation."""
        found = []
        for one in self.distributions:
            home = one["entry"].rstrip("/") + "/"
            if file.startswith(home) and file[len(home) :] in one["files"]:
                found.append(one)
        return found

    def distribution_of(self, file: str) -> dict[str, Any] | None:
        """Give the distribution that owns a file, the first on the path of several."""
        return next(iter(self.distributions_of(file)), None)

    def archive_names(self, path: str) -> list[str]:
        """Name what is in an archive; empty for what cannot be read as one."""
        return (self.around.ask("archive", path) or {}).get("names") or []

    def stat(self, path: str) -> dict[str, Any] | None:
        """Tell what lies at a path: see ``looking.files.stat``."""
        found: dict[str, Any] | None = self.around.ask("stat", path)
        return found

    def exists(self, path: str) -> bool:
        """Say whether something lies at a path."""
        return self.stat(path) is not None

    def listing(self, directory: str) -> list[str]:
        """Name what lies in a directory, directories with a slash; empty if that is not known."""
        return self.around.ask("listing", directory) or []

    def outline(self, file: str) -> dict[str, Any] | None:
        """Tell what a source file imports, binds and guards: see ``looking.outlines.outline``."""
        found: dict[str, Any] | None = self.around.ask("outline", file)
        return found

    def text(self, file: str) -> str | None:
        """Give the text of a file."""
        found: str | None = self.around.ask("text", file)
        return found

    def line(self, file: str, number: int) -> str:
        """Give one line of a file, stripped; empty if that is not known."""
        found = self.around.ask("lines", file, number, number)
        return found[0].strip() if found else ""

    # -- findings ---------------------------------------------------------------------------------

    def finding(
        self,
        code: str,
        summary: str,
        *evidence: Evidence,
        fix: str,
        about: str = "",
        severity: str | None = None,
        certainty: str = "observed",
        weight: int = 50,
    ) -> Finding:
        """Make a finding of a code of the table.

        Raises:
            KeyError: there is no such code.
        """
        return Finding(
            code, severity or CODES[code].severity, summary, evidence, fix, certainty, about, weight
        )


def _failure(error: e.ErrorRaised) -> Failure:
    frames = tuple(
        Frame(file, int(line) if line.isdecimal() else 0, module, function)
        for file, line, module, function in zip(
            error.files, error.lines, error.modules, error.functions, strict=False
        )
    )
    kind, module, item = _read(error)
    return Failure(kind, module, item, error, frames)


def _read(error: e.ErrorRaised) -> tuple[str, str, str]:
    """Read from an error what kind of failure it tells of."""
    if error.error == "ModuleNotFoundError" and (match := _NO_MODULE.match(error.message)):
        return "not-found", error.name or match[1], ""
    if error.error == "ImportError" and (match := _NO_NAME.match(error.message)):
        return "name", match[2], match[1]
    if error.error == "AttributeError" and (match := _NO_ATTRIBUTE.match(error.message)):
        item = match["sub"] or match["item"] or error.name or ""
        return "attribute", error.holder or match["module"], item
    return "other", "", ""
