"""Modules that work only if another was imported before them, which registers or changes something."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...finding import Evidence
from .. import chains, locations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case, Failure
    from ..chains import Step

_WORDS = re.compile(r"[A-Za-z_][\w.-]*")
_DULL = {
    "module",
    "has",
    "no",
    "attribute",
    "object",
    "not",
    "name",
    "is",
    "defined",
    "found",
    "the",
    "of",
    "type",
}


def import_order(case: Case) -> Iterator[Finding]:
    """Say that what a module missed would have been put there by one that is imported only later."""
    for failure in case.failures:
        if failure.error is None or failure.kind in ("not-found", "name"):
            continue
        if failure.error.error in ("SyntaxError", "SystemExit", "KeyboardInterrupt", "RecursionError"):
            continue
        steps = [step for step in chains.steps_of(failure.frames) if not case.is_stdlib(step.file)]
        top = [step for step in steps if step.at_top]
        for starter in reversed(top[:-1]):
            finding = _later(case, failure, starter, top[-1])
            if finding is not None:
                yield finding
                return


def _later(case: Case, failure: Failure, starter: Step, needy: Step) -> Finding | None:
    """Look among the later imports of a module for one that touches what was missed."""
    needed = _imported(case, needy.file)
    for one in (case.outline(starter.file) or {}).get("imports", ()):
        if one["line"] <= starter.line or not one["module"] or one["where"] != "top" or one["level"]:
            continue
        for place in locations.on_path(case, one["module"].partition(".")[0]):
            provider = locations.below(case, place, one["module"].partition(".")[2])
            if provider is None or not provider.file.endswith(".py") or case.is_stdlib(provider.file):
                continue
            shared = needed & _imported(case, provider.file)
            line = _supplies(case, provider.file, shared, failure)
            if shared and line is not None:
                return _finding(case, failure, starter, needy, (one, provider.file, line, sorted(shared)))
    return None


def _imported(case: Case, file: str) -> set[str]:
    return {one["module"] for one in (case.outline(file) or {}).get("imports", ()) if one["module"]}


def _supplies(case: Case, file: str, shared: set[str], failure: Failure) -> int | None:
    """Tell the line of a file that puts what was missed into a module that both use."""
    error = failure.error
    missed = (
        {failure.item} if failure.item else set(_WORDS.findall(error.message if error is not None else ""))
    )
    wanted = missed - _DULL - shared
    tails = {name.rpartition(".")[2] for name in shared}
    for number, line in enumerate((case.text(file) or "").splitlines(), 1):
        if line.lstrip().startswith(("import ", "from ", "#")):
            continue
        words = set(_WORDS.findall(line))
        parts = {part for word in words for part in word.split(".")}
        if wanted & (words | parts) and (tails & parts or "=" in line or "(" in line):
            return number
    return None


def _finding(
    case: Case,
    failure: Failure,
    starter: Step,
    needy: Step,
    provider: tuple[dict[str, object], str, int, list[str]],
) -> Finding:
    statement, file, line, shared = provider
    name = statement["module"]
    error = failure.error
    return case.finding(
        "import-order-side-effect",
        f"{needy.file} works only after {name} was imported, and {starter.file} imports that later, in line "
        f"{statement['line']}",
        *([Evidence(f"{error.error}: {error.message}", event=error.order)] if error is not None else []),
        *chains.told(case, (starter, needy)),
        Evidence(
            f"{name} is imported only after it: {case.line(starter.file, int(str(statement['line'])))}",
            starter.file,
            int(str(statement["line"])),
        ),
        Evidence(f"it puts into {', '.join(shared)} what was missed: {case.line(file, line)}", file, line),
        fix=f"import {name} in {needy.file} itself, before line {needy.line}, where it needs it; or, in "
        f"{starter.file}, import {name} first",
        about=needy.module,
        certainty="inferred",
        weight=79,
    )


RULES = (import_order,)
