"""Names that an import bound, and that are something else, or not there, when they are used."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ...finding import Evidence
from ..program import (
    asks,
    bindings,
    called,
    line,
    missing_names,
    outline,
    program_frames,
    ranked,
    statements,
    used,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case, Failure, Frame

_LOCAL = re.compile(r"(?:local|free) variable '([^']+)'")
_BRANCHES = ("except", "if not", "try", "if ", "case ")


def rebound(case: Case) -> Iterator[Finding]:
    """Say that an imported name was bound to something else before it was used."""
    for failure, minus in ranked(case):
        if failure.error is None or failure.error.error not in ("AttributeError", "TypeError"):
            continue
        frame = next(iter(program_frames(case, failure)), None)
        told = outline(case, frame.file) if frame is not None else None
        if frame is None or told is None:
            continue
        for base in _bases(failure, told, frame):
            pair = _two_bindings(told, base, frame)
            if pair is None:
                continue
            first, last = pair
            yield case.finding(
                "name-rebound-after-import",
                f"{base!r} is no longer what was imported: it is overwritten in {frame.file}, line "
                f"{last['line']}",
                Evidence(
                    f"imported here: {line(case, frame.file, first['line'])}", frame.file, first["line"]
                ),
                Evidence(
                    f"rebound here ({last['kind']}): {line(case, frame.file, last['line'])}",
                    frame.file,
                    last["line"],
                ),
                *asks(case, failure),
                fix=f"use another name in line {last['line']}, so that {base!r} stays what was imported",
                about=base,
                weight=84 - minus,
            )
            return


def _bases(failure: Failure, told: dict[str, Any], frame: Frame) -> Iterator[str]:
    """Give the plain names that the failing line may have used for what it did not get."""
    item = failure.error.name if failure.error is not None else None
    for name in used(told, frame.line):
        base, _, rest = name.partition(".")
        if (item and item in rest.split(".")) or (rest and f".{rest}() takes" in failure.message):
            yield base
    if "is not callable" in failure.message:
        for name in called(told, frame.line):
            yield name.partition(".")[0]


def _two_bindings(
    told: dict[str, Any], name: str, frame: Frame
) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Give the import of a name and what was bound to it later, if that is in force at a frame."""
    top = [one for one in bindings(told, name) if not _is_alternative(one)]
    inner = [one for one in told["locals"] if one["name"] == name and one["where"].endswith(frame.function)]
    here = frame.function == "<module>"
    scope = [one for one in top if not here or one["line"] < frame.line]
    if inner and not here:
        scope = [one for one in inner if one["line"] < frame.line]
    imports = [one for one in scope if one["kind"] == "import"]
    later = [one for one in scope if imports and one["line"] > imports[0]["line"]]
    if not later or later[-1]["kind"] == "delete":
        return None
    if later[-1]["kind"] == "import" and _taken(told, imports[0], name) == _taken(told, later[-1], name):
        return None
    return imports[0], later[-1]


def _is_alternative(one: dict[str, Any]) -> bool:
    return any(guard.startswith(_BRANCHES) for guard in one["guards"])


def _taken(told: dict[str, Any], one: dict[str, Any], name: str) -> object:
    for found in statements(told, one["line"]):
        for item, alias in found["names"] or ():
            if (alias or item) == name:
                return found["module"], found["level"], item
        if found["names"] is None:
            return found["module"] if found.get("alias") else name
    return one["line"]


def made_local(case: Case) -> Iterator[Finding]:
    """Say that an import inside a function made a name local to all of it."""
    for failure, minus in ranked(case):
        match = _LOCAL.search(failure.message)
        if (
            failure.error is None
            or failure.error.error not in ("UnboundLocalError", "NameError")
            or not match
        ):
            continue
        for frame in program_frames(case, failure)[:1]:
            told = outline(case, frame.file)
            for one in told["locals"] if told else ():
                if one["name"] != match[1] or one["kind"] != "import":
                    continue
                if one["where"].rpartition(".")[2] != frame.function:
                    continue
                yield case.finding(
                    "function-level-import-makes-name-local",
                    f"the import in {frame.file}, line {one['line']}, makes {match[1]!r} a local name "
                    f"in all of "
                    f"{frame.function}(), and it is used before",
                    Evidence(f"inner import: {line(case, frame.file, one['line'])}", frame.file, one["line"]),
                    *[
                        Evidence(f"{match[1]!r} is also bound at the top", frame.file, other["line"])
                        for other in bindings(told, match[1])[:1]
                    ],
                    *asks(case, failure),
                    fix=f"remove the import in line {one['line']} or move it to the top of the function",
                    about=match[1],
                    weight=90 - minus,
                )
                return


# -- names that are not defined -------------------------------------------------------------------


def type_checking_only(case: Case) -> Iterator[Finding]:
    """Say that a name is only imported for type checkers."""
    for failure, frame, name, minus in missing_names(case):
        yield from _for_checkers(case, failure, frame.file, name, minus)
    for failure, minus in ranked(case):
        file = case.origin(failure.module) if failure.kind in ("name", "attribute") else None
        if file is not None:
            yield from _for_checkers(case, failure, file, failure.item, minus)


def _for_checkers(case: Case, failure: Failure, file: str, name: str, minus: int) -> Iterator[Finding]:
    found = bindings(outline(case, file), name)
    if not found or not all(_type_checking(one) for one in found):
        return
    said = line(case, file, found[0]["line"])
    yield case.finding(
        "type-checking-only-import",
        f"{file} binds {name!r} only under TYPE_CHECKING, which is false at run time",
        Evidence(f"under TYPE_CHECKING: {said}", file, found[0]["line"]),
        *asks(case, failure),
        fix=f"move the import out of the TYPE_CHECKING block: {said}",
        about=name,
        weight=90 - minus,
    )


def _type_checking(one: dict[str, Any]) -> bool:
    return any(
        "TYPE_CHECKING" in guard and not guard.startswith("if not") and "not " not in guard[:7]
        for guard in one["guards"]
    )


def dotted_binds_top(case: Case) -> Iterator[Finding]:
    """Say that ``import a.b`` binds ``a`` alone."""
    for failure, frame, name, minus in missing_names(case):
        told = outline(case, frame.file)
        for one in told["imports"] if told else ():
            if one["names"] is not None or one.get("alias") or not one["module"].endswith(f".{name}"):
                continue
            top, _, _ = one["module"].partition(".")
            package = one["module"].rpartition(".")[0]
            yield case.finding(
                "dotted-import-binds-top-name",
                f"'import {one['module']}' in {frame.file}, line {one['line']}, binds only the name {top!r}, "
                f"not {name!r}",
                Evidence(f"statement: {line(case, frame.file, one['line'])}", frame.file, one["line"]),
                *asks(case, failure),
                fix=f"from {package} import {name}; or use the whole name {one['module']}",
                about=name,
                weight=88 - minus,
            )
            return


def conditional(case: Case) -> Iterator[Finding]:
    """Say that a name is bound only under a condition that did not hold, or after an import that failed."""
    for failure, frame, name, minus in missing_names(case):
        yield from _conditional(case, failure, frame.file, name, minus)
    for failure, minus in ranked(case):
        if failure.kind not in ("name", "attribute") or "circular" in failure.message:
            continue
        held = case.held(failure.module)
        file = case.origin(failure.module)
        if file is not None and (held is None or held.outcome != "initializing"):
            yield from _conditional(case, failure, file, failure.item, minus)


def _conditional(case: Case, failure: Failure, file: str, name: str, minus: int) -> Iterator[Finding]:
    found = bindings(outline(case, file), name)
    if not found or not all(one["guards"] for one in found) or all(_type_checking(one) for one in found):
        return
    one = found[0]
    guards = ", ".join(one["guards"])
    yield case.finding(
        "name-defined-conditionally",
        f"{file} binds {name!r} in line {one['line']} only under a condition: {guards}",
        Evidence(
            f"bound in a branch that was not taken ({guards}): {line(case, file, one['line'])}",
            file,
            one["line"],
        ),
        *_failed_imports(case, file, one),
        *asks(case, failure),
        fix=f"bind {name!r} in the other case as well (a fallback), or ask before it is used",
        about=failure.module or name,
        weight=84 - minus,
    )


def _failed_imports(case: Case, file: str, one: dict[str, Any]) -> Iterator[Evidence]:
    if not any(guard.startswith("try") for guard in one["guards"]):
        return
    for failed in case.passing:
        if failed.error is not None and any(frame.file == file for frame in failed.frames):
            yield Evidence(
                f"the import failed: {failed.error.error}: {failed.message}", event=failed.error.order
            )
            return
    for span in case.failed:
        if span.file == file:
            yield Evidence(f"the import of {span.name!r} failed", file, span.line)
            return


RULES = (
    rebound,
    made_local,
    type_checking_only,
    dotted_binds_top,
    conditional,
)
