"""Imports that go too deep: chains of imports, imports that lead to themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...finding import Evidence
from .. import chains

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case, Failure
    from ..chains import Step

_MANY = 15
_OFTEN = 10


def import_depth(case: Case) -> Iterator[Finding]:
    """Say whether the limit of recursion was reached by a chain of imports or by one that repeats."""
    for failure in case.failures:
        if failure.error is None or failure.error.error != "RecursionError":
            continue
        again = _repeated(case, failure)
        if again is not None:
            yield _recursion(case, failure, *again)
        elif len(_chain(case)) >= _MANY:
            yield _too_deep(case, failure)
        return


def _chain(case: Case) -> list[str]:
    """Name the modules of the longest chain of imports that failed, the outermost first."""
    longest: list[str] = []
    for span in case.failed:
        names, around = [span.name], span.parent
        while around is not None:
            names.append(around.name)
            around = around.parent
        if len(names) > len(longest):
            longest = names
    return list(dict.fromkeys(reversed(longest)))


def _too_deep(case: Case, failure: Failure) -> Finding:
    names = _chain(case)
    limit = "the limit of recursion"
    ends = [name for name in dict.fromkeys((names[0], names[1], *names[-2:])) if case.origin(name)]
    steps = chains.steps_of(failure.frames)[:1]
    return case.finding(
        "import-chain-too-deep",
        f"a chain of {len(names)} nested imports, from {case.origin(names[0]) or names[0]} to "
        f"{case.origin(names[-1]) or names[-1]}, reaches {limit}",
        Evidence(f"RecursionError: {failure.message}", event=_order(failure)),
        *chains.told(case, steps),
        Evidence(f"the depth of the chain is {len(names)}: {' -> '.join(names[:3])} -> … -> {names[-1]}"),
        *[Evidence(f"{name} is part of the chain", case.origin(name)) for name in ends],
        fix="let one module import the others one after the other (flatten the chain), "
        "or raise the limit with sys.setrecursionlimit",
        about=names[0],
        weight=85,
    )


def _repeated(case: Case, failure: Failure) -> tuple[Step, int] | None:
    """Find the step that leads to itself by an import: in a traceback it comes again and again."""
    counts: dict[tuple[str, int, str], int] = {}
    for frame in failure.frames:
        key = frame.file, frame.line, frame.function
        counts[key] = counts.get(key, 0) + 1
    for (file, line, function), count in counts.items():
        text = case.line(file, line)
        imports = "import" in text or "getattr(" in text
        if count >= _OFTEN and not file.startswith("<") and (imports or function == "__getattr__"):
            module = next(one.module for one in failure.frames if one.file == file)
            if module.partition(".")[0] not in ("importlib", "_frozen_importlib"):
                return chains.Step(module, file, line, function == "<module>"), count
    return None


def _recursion(case: Case, failure: Failure, step: Step, count: int) -> Finding:
    function = next(one.function for one in failure.frames if (one.file, one.line) == (step.file, step.line))
    return case.finding(
        "import-recursion",
        f"{step.place}, in {function}, imports what leads to itself again, without end",
        Evidence(f"RecursionError: {failure.message}", event=_order(failure)),
        Evidence(f"this step comes {count} times: {case.line(step.file, step.line)}", step.file, step.line),
        fix=f"in {function} of {step.file} import the submodule by importlib.import_module, or look into "
        "sys.modules, and raise AttributeError for every other name"
        if function == "__getattr__"
        else f"break the repetition in {step.place}",
        about=step.module,
        weight=95,
    )


def _order(failure: Failure) -> int | None:
    return None if failure.error is None else failure.error.order


RULES = (import_depth,)
