"""Errors of imports that the program caught, and that are why it failed later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...finding import Evidence
from ..absent import asker_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case, Failure, Frame

_CATCHING = ("try ImportError", "try "
"ModuleNotFoundError", "try Exception", "try everything", "try BaseException",
             "try (ImportError", "try (ModuleNotFoundError")  # fmt: skip


def swallowed(case: Case) -> Iterator[Finding]:
    """Say that a fallback hid that a module is there and fails."""
    if case.failure is None:
        return
    for failure in _caught(case):
        frame = _fallback(case, failure)
        if frame is None or failure.error is None:
            continue
        module = _wanted(case, frame)
        file = case.origin(module) if module else None
        inner = asker_of(failure)
        what = failure.error.message
        yield case.finding(
            "import-error-swallowed-by-fallback",
            f"{frame.file}, line {frame.line}, catches an error that hides why "
            f"{module or 'a module'!r} fails: "
            f"{file or 'it'} is there, and {failure.error.error}: {what}",
            Evidence(f"the import: {case.line(frame.file, frame.line)}", frame.file, frame.line),
            Evidence(f"what was caught: {failure.error.error}: {what}", event=failure.error.order),
            *([Evidence(f"{module!r} was found", file)] if file else []),
            *(
                [Evidence(f"{inner.module}: {case.line(inner.file, inner.line)}", inner.file, inner.line)]
                if inner
                else []
            ),
            *([Evidence(f"it lacks {failure.item!r}", _lacking(case, failure))] if failure.item else []),
            fix=f"repair {file or module}, and catch ModuleNotFoundError of that name only in {frame.file}",
            about=module or "",
            certainty="observed" if case.failures[0].error is failure.error else "inferred",
            weight=83,
        )
        return


def _lacking(case: Case, failure: Failure) -> str | None:
    if failure.error is not None and failure.error.origin:
        return failure.error.origin
    return case.origin(failure.module)


def _caught(case: Case) -> Iterator[Failure]:
    """Give the errors that imports failed with and that did not end the program, nor stand for themselves."""
    final = case.failure
    told = final.error.message if final is not None and final.error is not None else ""
    kind = final.error.error if final is not None and final.error is not None else ""
    for failure in (*case.failures[1:], *case.passing):
        error = failure.error
        if error is None or (error.message == told and error.error == kind):
            continue
        yield failure


def _fallback(case: Case, failure: Failure) -> Frame | None:
    """Give the frame whose import statement stands in a try that catches it; none for what is just absent."""
    frames = [one for one in failure.frames if not one.file.startswith("<") and not case.is_stdlib(one.file)]
    for at, frame in enumerate(frames):
        if "-packages/" in frame.file:
            continue
        guards = _guards(case, frame)
        if not any(guard.startswith(_CATCHING) for guard in guards):
            continue
        if at == len(frames) - 1 and failure.kind == "not-found":
            return None
        if failure.kind == "not-found" and failure.module == _wanted(case, frame):
            return None
        return frame
    return _outside(case, failure)


def _outside(case: Case, failure: Failure) -> Frame | None:
    """Give the importer where the record of a passing error begins within the module that fails."""
    for span in case.failed:
        if span.file is None or span.line is None or case.is_stdlib(span.file) or "-packages/" in span.file:
            continue
        frame = next((one for one in failure.frames if one.module == span.name), None)
        mine = failure.error is not None and failure.error.message in (
            getattr(span.ended, "error", None) or ""
        )
        if (frame is None and failure.module != span.name) or not mine or span.outcome == "not-found":
            continue
        from ..case import Frame as Made

        made = Made(span.file, span.line, span.importer or "", "<module>")
        if any(guard.startswith(_CATCHING) for guard in _guards(case, made)):
            return made
    return None


def _guards(case: Case, frame: Frame) -> list[str]:
    for one in (case.outline(frame.file) or {}).get("imports", ()):
        if one["line"] <= frame.line <= (one.get("end") or one["line"]):
            return list(one["guards"])
    return []


def _wanted(case: Case, frame: Frame) -> str:
    """Give the module that the import statement at a frame names."""
    for one in (case.outline(frame.file) or {}).get("imports", ()):
        if one["line"] <= frame.line <= (one.get("end") or one["line"]) and one["module"]:
            if not one["level"]:
                return str(one["module"])
            own = frame.module.split(".")
            if frame.file.endswith("/__init__.py"):
                own.append("__init__")
            package = own[: -one["level"]]
            return ".".join([*package, one["module"]])
    return ""


def name_swallowed(case: Case) -> Iterator[Finding]:
    """Say that a fallback ran because a module that is there lacks one of the names that were wanted."""
    if case.failure is None or case.failure.kind == "not-found":
        return
    for span in case.imports:
        if span.file is None or span.line is None or "-packages/" in span.file or case.is_stdlib(span.file):
            continue
        wanted = _before_fallback(case, span.file, span.line)
        for statement in wanted:
            module = str(statement["module"])
            file = case.origin(module)
            lacking = _not_bound(case, file, statement["names"]) if module in case.imported else []
            if file is not None and lacking:
                yield _name_swallowed(case, span.file, span.line, statement, file, lacking)
                return


def _before_fallback(case: Case, file: str, line: int) -> list[dict[str, Any]]:
    """Give the from-imports of the try statement in whose handler an import statement stands."""
    imports = (case.outline(file) or {}).get("imports", ())
    handler = next((one for one in imports if one["line"] <= line <= (one.get("end") or one["line"])), None)
    caught = [guard for guard in handler["guards"] if guard.startswith("except ")] if handler else []
    if not caught or not f"try {caught[-1][7:]}".startswith(_CATCHING):
        return []
    tried = f"try {caught[-1][7:]}"
    found = [one for one in imports if one["line"] < line and tried in one["guards"] and one["names"]]
    return [one for one in found if not one["level"] and one["module"]]


def _not_bound(case: Case, file: str | None, names: list[list[str]]) -> list[str]:
    """Give the names that a source file certainly does not bind."""
    outline = case.outline(file) if file and file.endswith(".py") else None
    if outline is None or outline["error"]:
        return []
    bound = {one["name"] for one in outline["bindings"]}
    if bound & {"*", "__getattr__"} or any(name == "*" for name, _ in names):
        return []
    if any(call[1] in ("globals", "vars", "setattr", "exec") for call in outline["calls"]):
        return []
    beside = case.listing(file.rpartition("/")[0]) if file and file.endswith("/__init__.py") else []
    return [
        name
        for name, _ in names
        if name not in bound and not any(one.partition(".")[0].rstrip("/") == name for one in beside)
    ]


def _name_swallowed(
    case: Case, importer: str, line: int, statement: dict[str, Any], file: str, lacking: list[str]
) -> Finding:
    names = ", ".join(map(repr, lacking))
    return case.finding(
        "import-error-swallowed-by-fallback",
        f"{importer}, line {statement['line']}, catches the error that {file} has no {names}, and "
        "the fallback in "
        f"line {line} hides it",
        Evidence(case.line(importer, statement["line"]), importer, statement["line"]),
        Evidence(f"{statement['module']!r} was imported; nothing in it binds {names}", file),
        Evidence(f"the fallback ran: {case.line(importer, line)}", importer, line),
        fix=f"define {names} in {file}, or do not ask for it",
        about=str(statement["module"]),
        certainty="inferred",
        weight=64,
    )


RULES = (swallowed, name_swallowed)
