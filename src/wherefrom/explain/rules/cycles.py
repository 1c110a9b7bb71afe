"""Circular imports: a module is used while it is still running.

The traceback shows the circle: the unfinished module is among its frames. The outlines of the files
show where the name that was missed would have been bound.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from ...finding import Evidence
from .. import chains, locations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case, Failure
    from ..chains import Step


_WAITED = re.compile(r"_ModuleLock\('([^']+)'")


@attrs.frozen
class _Circle:
    """A circle: what was missed, in which unfinished module, and the way there."""

    failure: Failure
    file: str
    before: tuple[Step, ...]
    around: tuple[Step, ...]
    bound: int | None

    @property
    def module(self) -> str:
        return self.failure.module

    @property
    def item(self) -> str:
        return self.failure.item

    @property
    def names(self) -> str:
        return chains.arrows(self.around, self.module)


def circular_import(case: Case) -> Iterator[Finding]:
    """Say that a name was asked of a module that had not got that far, since it waits for the asker."""
    for failure in case.failures:
        circle = _circle(case, failure)
        if circle is not None:
            yield _told(case, circle)
            return


def _circle(case: Case, failure: Failure) -> _Circle | None:
    if failure.kind not in ("name", "attribute"):
        return None
    steps, module = chains.steps_of(failure.frames), failure.module
    submodule = chains.circle(steps, f"{module}.{failure.item}") if failure.kind == "attribute" else ()
    around = submodule or chains.circle(steps, module)
    if not around:
        return None
    file = around[0].file if around[0].module == module else chains.file_of(case, module, failure)
    if file is None or (around is not submodule and _never_binds(case, file, failure.item)):
        return None
    return _Circle(
        failure,
        file,
        steps[: len(steps) - len(around)],
        around,
        chains.binding(case, file, failure.item),
    )


def _never_binds(case: Case, file: str, item: str) -> bool:
    """Say whether a module lacks a name for good: then a circle is not what keeps it away."""
    kind = "package" if file.endswith("/__init__.py") else "source"
    return locations.provides(case, locations.Place("", "", file, kind), item) is False


def _code(case: Case, circle: _Circle) -> tuple[str, int]:
    """Choose the code and the weight of a circle."""
    known = circle.bound is not None or not circle.file.endswith(".py")
    main = locations.script(case)
    running = [step for step in (*circle.before, *circle.around) if step.module != "__main__"]
    if circle.module == "__main__" or (main is not None and any(step.file == main for step in running)):
        return "circular-through-main", 86
    if circle.around[0].module == f"{circle.module}.{circle.item}":
        return "circular-import-submodule", 85
    if _works_the_other_way(case, circle):
        return "circular-import-order-dependent", 86
    if circle.failure.kind == "attribute":
        return "circular-import-attribute", 82 if known else 35
    inner = circle.around[-1].module
    if circle.file.endswith("/__init__.py") and inner.startswith(f"{circle.module}."):
        return "circular-through-package-init", 84 if known else 35
    return "circular-import-name", 82 if known else 35


def _told(case: Case, circle: _Circle) -> Finding:
    code, weight = _code(case, circle)
    asker = circle.around[-1]
    first = circle.around[0]
    what = f"{circle.module}.{circle.item}" if circle.failure.kind == "attribute" else repr(circle.item)
    summary = (
        f"circular import {circle.names}: {asker.file} asks {circle.file} for {what} "
        f"while that is still waiting at line {first.line}"
    )
    if code == "circular-through-main":
        again = _second(case, circle)
        second = f" and is imported a second time as {again!r}" if again else ""
        summary = (
            f"circular import through the script: {locations.script(case) or circle.file} runs as __main__"
            f"{second}, so that {asker.file} asks for {what} too early"
        )
    return case.finding(
        code,
        summary,
        *_evidence(case, circle),
        fix=_fix(case, circle, code),
        about=circle.module,
        weight=weight,
        certainty="observed" if weight > 80 else "inferred",
    )


def _second(case: Case, circle: _Circle) -> str:
    main = locations.script(case)
    steps = (*circle.before, *circle.around)
    return next((step.module for step in steps if step.file == main and step.module != "__main__"), "")


def _evidence(case: Case, circle: _Circle) -> Iterator[Evidence]:
    yield from chains.said(circle.failure)
    if circle.before:
        start = circle.before[-1]
        yield Evidence(f"{start.module} starts the circle", start.file, start.line)
    yield from chains.told(case, circle.around)
    held = chains.held_then(case, circle.failure)
    if held is not None:
        names = ", ".join(held[:20]) or "nothing"
        yield Evidence(f"{circle.module} had by then: {names}", circle.file, circle.around[0].line)
    if circle.bound is not None:
        yield Evidence(f"{circle.item!r} is bound only in line {circle.bound}", circle.file, circle.bound)
    elif circle.around[0].module == f"{circle.module}.{circle.item}":
        yield Evidence(
            f"{circle.item!r} becomes an attribute of {circle.module} only when its import is over",
            circle.around[0].file,
            circle.around[0].line,
        )
    else:
        yield Evidence(f"{circle.file} does not bind {circle.item!r} at its top, so far as can be read")
    if _other_way(case, circle):
        yield Evidence(
            f"both orders: {circle.names} fails; it works with {circle.around[-1].module} imported first"
        )


def _fix(case: Case, circle: _Circle, code: str) -> str:
    first, asker = circle.around[0], circle.around[-1]
    statement = _import_of(case, asker, circle)
    if code == "circular-import-submodule":
        name, top = circle.item, circle.module
        return (
            f"in {asker.file} write 'from {top} import {name}' and use its names only in functions, or move "
            f"the import in {first.place} below what {asker.module} needs"
        )
    below = f"move {first.place} ({case.line(first.file, first.line)}) below line {circle.bound}, or " * (
        circle.bound is not None and circle.bound > first.line
    )
    if code == "circular-through-main":
        return (
            f"move what the script and {asker.file} need of each other ({circle.item!r}) into a module of "
            "its own that both import, so that nothing imports the script"
        )
    if code == "circular-through-package-init":
        below += f"put {circle.item!r} into a module of its own that both import, or "
    if code == "circular-import-order-dependent":
        below = f"import {asker.module} before {circle.module} in {circle.before[-1].file}; better, " + below
    return (
        f"{below}move the import in {statement} into the function that uses it, or move {circle.item!r} "
        f"into a third module that both import"
    )


def _import_of(case: Case, asker: Step, circle: _Circle) -> str:
    """Tell where the asking module imports the unfinished one."""
    outline = case.outline(asker.file) or {}
    for one in outline.get("imports", ()):
        asked = one["module"] or ""
        names = [name for name, _ in one["names"] or ()]
        tail = circle.module.rpartition(".")[2]
        if asked == circle.module or tail in names or asked.split(".")[-1:] == [tail]:
            return f"{asker.file}:{one['line']}"
    return asker.place


# -- the other way round --------------------------------------------------------------------------


def _other_way(case: Case, circle: _Circle) -> bool:
    """Say whether the circle would work if it were entered at its last module.

    That is so if the unfinished module asks its successor for no name while it runs.
    """
    first, asker = circle.around[0], circle.around[-1]
    if len({step.module for step in circle.around}) != 2 or first.module != circle.module:
        return False
    outline = case.outline(first.file) or {}
    here = [one for one in outline.get("imports", ()) if one["line"] <= first.line <= one["end"]]
    if len(here) != 1 or here[0]["names"] is not None:
        return False
    used = here[0].get("alias") or asker.module
    return not any(dotted.startswith(f"{used}.") for _, dotted in outline.get("attributes", ()))


def _works_the_other_way(case: Case, circle: _Circle) -> bool:
    """Say whether the one who starts the circle also imports the module that should come first."""
    if not circle.before or not _other_way(case, circle):
        return False
    starter = circle.before[-1]
    outline = case.outline(starter.file) or {}
    wanted = circle.around[-1].module
    return any(
        one["line"] > starter.line and (one["module"] == wanted or _names(one, wanted))
        for one in outline.get("imports", ())
    )


def _names(statement: dict[str, object], wanted: str) -> bool:
    top, _, tail = wanted.rpartition(".")
    names = statement["names"]
    return statement["module"] == top and isinstance(names, list) and any(one[0] == tail for one in names)


# -- threads --------------------------------------------------------------------------------------


def circular_across_threads(case: Case) -> Iterator[Finding]:
    """Say that two threads import a circle from both of its ends."""
    half = [one for one in (*case.failures, *case.passing) if _is_half_made_elsewhere(case, one)]
    if not half:
        return
    failure = half[0]
    name = failure.module or "".join(_WAITED.findall(failure.message)[:1])
    threads = {failure.error.thread} if failure.error is not None else set()
    threads |= {span.began.thread for span in case.imports if span.name == name}
    chain = [span for span in case.failed if span.began.thread in threads]
    file = chains.file_of(case, name, failure) or name
    yield case.finding(
        "circular-across-threads",
        f"two threads import a circle through {file} from both of its ends: one sees {name!r} half-made",
        *chains.said(failure),
        *[
            Evidence(
                f"thread {span.began.thread}: {span.importer or 'the program'} imports {span.name}",
                span.file,
                span.line,
                span.began.order,
            )
            for span in chain[:12]
        ],
        *chains.told(case, chains.steps_of(failure.frames)),
        fix=f"break the circle, and import {name} in the main thread before the threads start",
        about=name,
        weight=87,
        severity="error" if failure in case.failures else "warning",
    )


def _is_half_made_elsewhere(case: Case, failure: Failure) -> bool:
    """Say whether what a failure misses is in a module that another thread is still making."""
    if failure.message.startswith("deadlock detected by"):
        return True
    if failure.kind not in ("name", "attribute") or failure.error is None:
        return False
    if "partially initialized" not in failure.message:
        return False
    makers = {span.began.thread for span in case.imports if span.name == failure.module}
    return bool(makers) and failure.error.thread not in makers


RULES = (circular_import, circular_across_threads)
