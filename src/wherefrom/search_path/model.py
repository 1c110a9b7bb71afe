"""Conducts an answer: read the command line, ask the interpreter, follow `site`, put the first entry.

The stages run in the interpreter's own order (`tables.STAGES`); each lives in a file of its own.
This file joins them and turns every failure into an answer with an `error`. It never runs code of
the program, nor of anything that is installed.
"""

from __future__ import annotations

import os

import attrs

from wherefrom.search_path import findings, first_entry, labels, program, tables
from wherefrom.search_path import invocation as command_line
from wherefrom.search_path.asking import AskingError
from wherefrom.search_path.disk import Disk
from wherefrom.search_path.draft import Draft, Drafts, FatalError, Unnamed
from wherefrom.search_path.interpreter import Interpreter, ask_in, facts_of
from wherefrom.search_path.result import SearchPath
from wherefrom.search_path.site_stage import SiteStage
from wherefrom.search_path.start import NOWHERE, Start, around
from wherefrom.search_path.start import start as ask_start

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wherefrom.search_path.invocation import Invocation


@attrs.frozen
class Case:
    """One invocation with everything known about it, as the later steps need it."""

    python: str
    invocation: Invocation
    env: Mapping[str, str]
    start: Start
    facts: Interpreter
    disk: Disk

    def off(self, effect: str) -> list[str]:
        """Name what switches off a part of the path."""
        has_pth = self.start.pth is not None
        return command_line.switched_off(effect, self.invocation, self.env, has_pth=has_pth)


def search_path(
    python: str | None = None,
    args: Sequence[str] = (),
    *,
    env: Mapping[str, str] | None = None,
    cwd: str | os.PathLike[str] | None = None,
    timeout: float = 10.0,
) -> SearchPath:
    """Return the search path that `python args…` would start with, every entry with its source.

    The program is not run, and nothing that is installed either: the interpreter is asked for its
    initial list, and what `site` does to that list is followed on paper.

    Args:
        python: The interpreter; a bare name is looked up on `PATH`. The running one if left out.
        args: What stands after it on the command line: flags, `-c CODE`, `-m MOD`, a script …
        env: The environment of the invocation, `os.environ` if left out.
        cwd: Its working directory, ours if left out.
        timeout: Seconds to wait for the interpreter.

    Returns:
        The answer. It never raises for an invocation that fails: the answer's `error` says why
        Python would not reach the program.

    Raises:
        TypeError: `args` is a single text instead of a sequence of arguments.

    Example:
        >>> answer = search_path(args=["-I", "-c", "pass"])
        >>> answer.entries[0].source
        'stdlib-zip'
        >>> answer.first.because
        'nothing is put first, because of -I'

    References: the documentation of `sys.path`, "The initialization of the sys.path module search
    path", of `site`; PEP 370, PEP 405, PEP 829.
    """
    import sys

    if isinstance(args, str):
        raise TypeError("args is a sequence of arguments, as in sys.argv, not one text")
    exe = os.fspath(python) if python is not None else sys.executable
    environment = dict(os.environ if env is None else env)
    read = command_line.read(args)
    answer = SearchPath(python=exe, argv=tuple(args), error=read.error)
    try:
        case = _ask(exe, read, environment, None if cwd is None else os.fspath(cwd), timeout)
    except AskingError as failure:
        return attrs.evolve(answer, error=str(failure))
    if read.error is not None:
        return attrs.evolve(answer, version=case.facts.release)
    return _follow(case, answer)


def _ask(python: str, read: Invocation, env: dict[str, str], cwd: str | None, timeout: float) -> Case:
    begun = ask_start(
        python, read if read.error is None else _nothing(read), env=env, cwd=cwd, timeout=timeout
    )
    if begun.pth is not None and begun.pth.import_site:
        facts = ask_in(python, around(begun.pth, read, env), timeout=timeout, program_name=NOWHERE, cwd=cwd)
    else:
        facts = facts_of(_located(python, cwd), env=env, timeout=timeout)
    disk = Disk(begun.cwd, begun.encoding, begun.cuts_at_null)
    read = attrs.evolve(read, operand=disk.theirs(read.operand))
    env = {name: disk.theirs(value) for name, value in env.items()}
    return Case(python, read, env, begun, facts, disk)


def _nothing(read: Invocation) -> Invocation:
    """Strip a rejected command line, so that the interpreter can at least be told from no interpreter."""
    return attrs.evolve(read, mode="interactive", operand="", x_options=())


def _located(python: str, cwd: str | None) -> str:
    """Spell a relative executable so that it is found from our own directory."""
    return os.path.join(cwd, python) if cwd is not None and os.sep in python else python


def _follow(case: Case, answer: SearchPath) -> SearchPath:
    drafts = Drafts([Draft(entry.path, entry.source, entry.detail) for entry in case.start.entries])
    error = None
    served: set[str] = set()
    try:
        served = _site(case, drafts)
    except FatalError as fatal:
        error = str(fatal)
    first = None if error else _put_first(case, drafts)
    error = error or program.reachable(case.invocation, case.start, drafts, case.facts, case.disk, served)
    made = labels.Labels(case.start.cwd)
    removed_by = case.off("first") if first is None else []
    return attrs.evolve(
        answer,
        entries=tuple(made.entry(draft, case.disk) for draft in drafts.entries),
        left_out=tuple(labels.left_out(drafts, made)),
        startup=tuple(drafts.startup),
        first=first_entry.safety(first, case.invocation, removed_by, case.facts, case.disk),
        error=error,
        findings=tuple(findings.of(case, drafts, first)),
        notes=tuple(findings.notes(case, drafts)),
        version=case.facts.release,
    )


def _site(case: Case, drafts: Drafts) -> set[str]:
    """Run the second stage, or say what is missing because it does not run.

    Returns:
        The top-level names that finders serve which start-up code has put in place.
    """
    _note_ignored_environment(case, drafts)
    off = case.off("site")
    if off and not (case.start.pth is not None and case.start.pth.import_site):
        drafts.leave_out(Unnamed("site-packages"), "site-disabled", off[0])
        return set()
    user_site_off = case.off("user-site")
    if case.start.no_user_site and not user_site_off:
        user_site_off = ["PYTHONNOUSERSITE"]
    stage = SiteStage(case.start, case.facts, case.disk, dict(case.env), user_site_off, drafts)
    stage.run()
    return stage.world.served


def _note_ignored_environment(case: Case, drafts: Drafts) -> None:
    value = case.env.get("PYTHONPATH")
    off = case.off("environment")
    if value and off:
        for number, item in enumerate(value.split(os.pathsep), 1):
            drafts.leave_out(Draft(item, "pythonpath", number), "environment-ignored", off[0])
    elif value == "":
        drafts.leave_out(Unnamed("pythonpath"), "variable-empty", "PYTHONPATH")


def _put_first(case: Case, drafts: Drafts) -> Draft | None:
    """Run the third stage; return what was put first."""
    found = first_entry.candidate(case.invocation, case.start, case.disk)
    if found is None:
        drafts.leave_out(Unnamed("cwd"), "cwd-gone")
        return None
    rule = tables.FIRST_ENTRIES[first_entry.mode(case.invocation, case.start)]
    off = case.off("first")
    if off and rule.safe_path_removes:
        drafts.leave_out(found, "safe-path", off[0])
        return None
    drafts.entries.insert(0, found)
    return found
