"""Errors of imports that the program caught, and that are why it failed later."""

from __future__ import annotations

from typing import TYPE_CHECKING

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


RULES = (swallowed,)
