"""Imports that do not end: the module waits for something, or for a thread that waits for the module."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from ...finding import Evidence
from .. import chains, locations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ...spans import ImportSpan
    from ..case import Case
    from ..chains import Step

_WAITS = re.compile(
    r"\bwhile\s+(?:True|1)\b|\bsleep\(|\binput\(|\.(?:serve_forever|run_forever|mainloop|accept|recv|recvfrom|"
    r"wait|acquire|read|readline|get|select|poll|connect|communicate|urlopen|start_server)\(|\basyncio\.run\("
    r"|\burlopen\(|\bsubprocess\.(?:run|call|check_call|check_output)\("
)
_JOINS = re.compile(r"\.(?:join|result|shutdown)\(\s*(?:timeout\s*=.*)?\)|\bas_completed\(|\.map\(|\bwait\(")
_THREADS = re.compile(r"\b(?:Thread|ThreadPoolExecutor|ThreadPool|Timer|start_new_thread)\(")


@attrs.frozen
class _Line:
    number: int
    text: str
    within: str  # the function at whose call it runs; empty for the top


def import_waits(case: Case) -> Iterator[Finding]:
    """Say which module an endless import is stuck in, and where."""
    open_ones = _open(case)
    if not open_ones:
        yield from _interrupted(case)
        return
    # What a process records leaves it when code begins to run: the last few of these may have ended.
    own = [(span, case.origin(span.name) or "") for span in open_ones]
    own = [(span, file) for span, file in own if file.endswith(".py") and not case.is_stdlib(file)]
    names = [span.name for span, _ in own]
    for span, file in reversed(own):
        joined = _joined(case, file, names)
        if joined is not None:
            yield _deadlock(case, open_ones[: open_ones.index(span) + 1], file, *joined)
            return
        lines = _waits_at(case, file)
        if lines:
            yield _blocked(case, open_ones[: open_ones.index(span) + 1], file, lines)
            return
    for span, file in own[-1:]:
        yield _blocked(case, open_ones[: open_ones.index(span) + 1], file, [])


def _open(case: Case) -> list[ImportSpan]:
    """Give the imports that have not ended, the outermost first, of a program that hung or was killed."""
    killed = case.ended is None and (case.start.get("status") or 0) < 0
    if not case.start.get("running") and not killed:
        return []
    thread = case.imports[0].began.thread if case.imports else 0
    return [span for span in case.imports if span.ended is None and span.began.thread == thread]


def _interrupted(case: Case) -> Iterator[Finding]:
    """Say where an import was when the user lost patience."""
    for failure in case.failures:
        if failure.error is None or failure.error.error != "KeyboardInterrupt":
            continue
        own = [one for one in chains.steps_of(failure.frames) if not case.is_stdlib(one.file)]
        if len(own) < 2 or own[-1].module == "__main__" or not any(one.at_top for one in own[1:]):
            return
        step = own[-1]
        yield _at(case, step.module, step.file, _Line(step.line, case.line(step.file, step.line), ""), own)
        return


# -- where ----------------------------------------------------------------------------------------


def _lines(case: Case, file: str) -> list[_Line]:
    """Give the lines of a file, each with the function of the top that it is in."""
    found, within = [], ""
    for number, text in enumerate((case.text(file) or "").splitlines(), 1):
        if text[:1] not in ("", " ", "\t", "#", ")", "]", "}"):
            match = re.match(r"(?:async\s+)?def\s+(\w+)", text)
            within = match[1] if match is not None else ""
            if text.startswith("class "):
                within = text.split("(")[0].split(":")[0].removeprefix("class ").strip()
            if text.startswith("if ") and "__main__" in text:
                within = "__main__"
        found.append(_Line(number, text.strip(), within))
    return found


def _waits_at(case: Case, file: str) -> list[_Line]:
    """Give the line at the top that seems to wait, and the line of the function that it calls."""
    lines = _lines(case, file)
    waiting = {one.within: one for one in reversed(lines) if _WAITS.search(one.text) and one.within}
    for one in lines:
        if one.within or one.text.startswith(("def ", "class ", "async ", "import ", "from ", "#", "@")):
            continue
        if _WAITS.search(one.text):
            return [one]
        for called in re.findall(r"\b(\w+)\(", one.text):
            if called in waiting:
                return [one, waiting[called]]
    return []


def _joined(case: Case, file: str, names: list[str]) -> tuple[_Line, str, int, str] | None:
    """Tell where a module waits for a thread, and where that thread imports a module that is not ready."""
    text = case.text(file) or ""
    if not _THREADS.search(text):
        return None
    calls = [one for one in _lines(case, file) if _JOINS.search(one.text) and one.within != "__main__"]
    joins = [one for one in calls if not one.within] or [one for one in calls if f"\n{one.within}(" in text]
    joins = joins or [
        one for one in _lines(case, file) if "Executor(" in one.text and one.text.startswith("with")
    ]
    if not joins:
        return None
    for source in (file, *_others(case, file)):
        for one in (case.outline(source) or {}).get("imports", ()):
            asked = _asked(one, source, case)
            if (one["where"] != "top" or source != file) and (
                hit := [name for name in names if name in asked]
            ):
                return joins[0], source, one["line"], hit[-1]
    return None


def _others(case: Case, file: str) -> list[str]:
    """Give the source files that a module imports, and those not begun that its functions do."""
    found = []
    for one in (case.outline(file) or {}).get("imports", ()):
        if one["module"] and not one["level"]:
            top, _, rest = one["module"].partition(".")
            for place in locations.on_path(case, top)[:1]:
                inner = locations.below(case, place, rest)
                if inner is not None and inner.file.endswith(".py") and not case.is_stdlib(inner.file):
                    found.append(inner.file)
    return found


def _asked(one: dict[str, object], file: str, case: Case) -> set[str]:
    module = str(one["module"] or "")
    if one["level"]:
        package = locations.dotted(case, file)[0].split(".")
        base = package[: len(package) - int(str(one["level"]))]
        module = ".".join([*base, *([module] if module else [])])
    names = one["names"] if isinstance(one["names"], list) else []
    return {module, *(f"{module}.{name}" for name, _ in names)}


# -- telling --------------------------------------------------------------------------------------


def _chain(case: Case, spans: list[ImportSpan]) -> list[Evidence]:
    return [
        Evidence(
            f"{one.importer or 'the program'} imports {one.name}, which has not ended", one.file, one.line
        )
        for one in spans
    ]


def _deadlock(
    case: Case, spans: list[ImportSpan], file: str, join: _Line, source: str, line: int, name: str
) -> Finding:
    return case.finding(
        "import-deadlock-thread-join",
        f"deadlock: {file} waits in line {join.number} for a thread that imports {name!r}, and that import "
        f"waits for {file} to finish",
        *_chain(case, spans),
        Evidence(f"waits for the thread: {join.text}", file, join.number),
        Evidence(f"the thread needs the import lock of {name!r}: {case.line(source, line)}", source, line),
        fix=f"do not start a thread and wait for it while {file} is imported: put line {join.number} into a "
        f"function that is called afterwards",
        about=name,
        certainty="inferred",
        weight=92,
    )


def _blocked(case: Case, spans: list[ImportSpan], file: str, lines: list[_Line]) -> Finding:
    where = [Evidence(f"it seems to wait there: {one.text}", file, one.number) for one in lines]
    at = f", which waits in line {lines[0].number} ({lines[0].text})" if lines else ""
    return case.finding(
        "import-blocks",
        f"the import of {spans[-1].name!r} does not end: the program is still in {file}{at}",
        *_chain(case, spans),
        *where,
        fix=f"put what {file} does beside defining into a function, under if __name__ == '__main__':",
        about=spans[-1].name,
        certainty="inferred",
        weight=85,
    )


def _at(case: Case, name: str, file: str, line: _Line, steps: list[Step]) -> Finding:
    return case.finding(
        "import-blocks",
        f"the import of {name!r} was interrupted: {file} was still at work in line {line.number}",
        *chains.told(case, tuple(steps)),
        fix=f"put what {file} does beside defining into a function, under if __name__ == '__main__':",
        about=name,
        weight=80,
    )


RULES = (import_waits,)
