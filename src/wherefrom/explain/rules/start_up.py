"""What stands in PYTHONPATH, and what runs when the interpreter starts: sitecustomize."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...finding import Evidence
from .. import chains, locations, missed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case
    from ..missed import Missed

_PYTHON = re.compile(r"[/\\]python(\d)\.(\d+)[/\\](?:site|dist)-packages")
_EXTENSION = re.compile(r"\.(?:cpython-|cp)(\d)(\d+)")
_MODULES = ("sitecustomize", "usercustomize")


def another_pythons_packages(case: Case) -> Iterator[Finding]:
    """Say that PYTHONPATH leads into the packages of another Python."""
    given = (case.environment.get("PYTHONPATH") or "").split(":")
    for entry in given:
        match = _PYTHON.search(entry + "/")
        if match is None or (int(match[1]), int(match[2])) == case.python or case.failure is None:
            continue
        culprit = _from_entry(case, locations.absolute(case, entry))
        if culprit is None:
            continue
        name, file = culprit
        other, own = f"{match[1]}.{match[2]}", ".".join(map(str, case.python))
        yield case.finding(
            "pythonpath-points-at-another-python",
            f"PYTHONPATH leads into {entry}, the packages of Python {other}, and this is Python {own}: "
            f"{name} from there fails",
            Evidence(f"PYTHONPATH has {entry}", entry),
            *(
                [
                    Evidence(
                        f"{case.failure.error.error}: {case.failure.message}", event=case.failure.error.order
                    )
                ]
                if case.failure.error is not None
                else []
            ),
            Evidence(f"{name!r} comes from the packages of Python {other}", file),
            fix=f"unset PYTHONPATH, and install what is needed for {case.start.get('python', 'this Python')}",
            about=name,
            weight=92,
        )
        return


def _from_entry(case: Case, entry: str) -> tuple[str, str] | None:
    """Tell what from an entry failed: a module that was missed below it, or code that came from it."""
    inside = entry.rstrip("/") + "/"
    for failure in case.failures:
        top = failure.module.partition(".")[0]
        origin = case.origin(top)
        if failure.module and origin is not None and origin.startswith(inside):
            return failure.module, origin
        for step in reversed(chains.steps_of(failure.frames)):
            if step.file.startswith(inside):
                return failure.module or step.module, step.file
    return None


def empty_component(case: Case) -> Iterator[Finding]:
    """Say that an empty component of PYTHONPATH adds the working directory, where a wrong module lies."""
    value = case.environment.get("PYTHONPATH")
    if not value or "" not in value.split(":"):
        return
    for failure in missed.failed_imports(case):
        top = failure.module.partition(".")[0]
        origin = case.origin(top)
        if origin is None or case.start.get("program") in ("code", "module"):
            continue
        place = locations.in_directory(case, top, case.cwd)
        others = [one for one in locations.on_path(case, top) if place is not None and one.file != place.file]
        main = locations.script(case)
        first = None if main is None else locations.parent(main)
        if place is None or origin != place.file or first == case.cwd or not others:
            continue
        yield case.finding(
            "pythonpath-empty-component-adds-cwd",
            f"PYTHONPATH has an empty component, which adds the working directory: {place.home} is found "
            f"there instead of {others[0].home}",
            Evidence(f"PYTHONPATH={value}: an empty component is the current directory"),
            Evidence(f"{top!r} was imported from it", place.file),
            Evidence(f"{top!r} lies also there", others[0].file),
            fix="write ${PYTHONPATH:+:$PYTHONPATH} where it is extended, so that no ':' is left over",
            about=top,
            weight=93,
        )
        return


def sitecustomize_shadowed(case: Case) -> Iterator[Finding]:
    """Say that only the first sitecustomize runs, and the one that would have helped is another."""
    for one in missed.missed(case):
        for name in _MODULES:
            copies = [place for place in locations.on_path(case, name) if place.kind != "directory"]
            for hidden in copies[1:]:
                line = _adds(case, hidden.file, one)
                if line is None:
                    continue
                yield case.finding(
                    "sitecustomize-shadowed",
                    f"{hidden.file} did not run, since {copies[0].file} comes first on the path: only one "
                    f"{name} is imported, and {one.name!r} needs what that one adds",
                    *one.evidence(case),
                    Evidence(f"the first {name} on the path ran", copies[0].file),
                    Evidence(f"this one would have changed the path: {line[1]}", hidden.file, line[0]),
                    fix=f"merge both files into {copies[0].file}, or put the path into a .pth file",
                    about=one.name,
                    weight=88,
                )
                return


def _adds(case: Case, file: str, one: Missed) -> tuple[int, str] | None:
    """Tell the line of a file that adds an entry to the path which has a module."""
    for number, text in locations.path_changes(case, file):
        for quoted in re.findall(r"['\"]([^'\"]+)['\"]", text):
            for base in (case.cwd, locations.parent(file)):
                if locations.in_directory(case, one.top, locations.join(base or "/", quoted)) is not None:
                    return number, text
    return None


def sitecustomize_raises(case: Case) -> Iterator[Finding]:
    """Say that a sitecustomize fails, so that what it would do after that is not done."""
    for failure in case.passing:
        steps = chains.steps_of(failure.frames)
        if failure.error is not None and steps and steps[-1].module in _MODULES:
            yield _raises(case, steps[-1].module, steps[-1].file, f"{failure.error.error}: {failure.message}")
            return
    for one in missed.missed(case):
        for name in _MODULES:
            for place in locations.on_path(case, name)[:1]:
                line = None if place.kind == "directory" else _adds(case, place.file, one)
                if line is not None and not _was_added(case, line[1]):
                    yield _raises(case, name, place.file, "", one, line)
                    return


def _was_added(case: Case, text: str) -> bool:
    quoted = [locations.absolute(case, one) for one in re.findall(r"['\"]([^'\"]+)['\"]", text)]
    return any(one in locations.entries(case) for one in quoted)


def _raises(
    case: Case,
    name: str,
    file: str,
    error: str,
    one: Missed | None = None,
    line: tuple[int, str] | None = None,
) -> Finding:
    about = name if one is None else one.name
    return case.finding(
        "sitecustomize-raises",
        f"{file} failed when the interpreter started"
        + (f" ({error})" if error else "")
        + ("" if line is None else f": line {line[0]} was not reached, and {about!r} is not found"),
        *([] if one is None else one.evidence(case)),
        *([] if line is None else [Evidence(f"its entry is not on the path: {line[1]}", file, line[0])]),
        Evidence(f"{name} runs before the program, and its errors only show as a message", file),
        fix=f"repair {file}: run 'python -c \"import {name}\"' to see its error",
        about=about,
        certainty="observed" if error else "inferred",
        weight=80,
    )


RULES = (another_pythons_packages, empty_component, sitecustomize_shadowed, sitecustomize_raises)
