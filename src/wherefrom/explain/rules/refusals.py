"""What stands in the way of every import: a replaced ``__import__``, a missing one, an audit hook."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...finding import Evidence
from ..program import (
    asking,
    bindings,
    line,
    lines_like,
    name_asked,
    outline,
    own_frames,
    program_frames,
    ranked,
    sources_of,
    text,
    used,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case, Frame


def import_replaced(case: Case) -> Iterator[Finding]:
    """Say that a function of the program in the place of ``__import__`` refused or changed an import."""
    for failure, minus in ranked(case):
        frames = own_frames(failure)
        if failure.error is None or len(frames) < 2:
            continue
        for at, frame in enumerate(frames[1:], 1):
            code = text(case, frame.file)
            if not re.search(
                rf"__import__\s*=\s*(?:\w+\.)*{re.escape(frame.function)}\b"
                rf"|__import__['\"]\s*[:,\]]\s*(?:=\s*)?(?:\w+\.)*{re.escape(frame.function)}\b",
                code,
            ):
                continue
            if any(later.function == "<module>" for later in frames[at:]):
                continue
            yield case.finding(
                "builtins-import-replaced",
                f"builtins.__import__ was replaced by {frame.function}() in {frame.file}, and the "
                f"import fails "
                f"there: {failure.error.error}: {failure.message}",
                Evidence(f"fails: {line(case, frame.file, frame.line)}", frame.file, frame.line),
                *[
                    Evidence(f"replaced here: {one.text}", one.file, one.line)
                    for one in lines_like(case, r"__import__\b.*=[^=]", (frame.file,))[:1]
                ],
                *asking(case, frames[:at]),
                fix=f"put the original builtins.__import__ back, or repair {frame.function}(); a finder on "
                "sys.meta_path is the way to refuse a module",
                about=failure.module or name_asked(case, frames[:at]),
                weight=91 - minus,
            )
            return


def import_changed(case: Case) -> Iterator[Finding]:
    """Say that a replaced ``__import__`` gave something that is no module."""
    for failure, minus in ranked(case):
        if failure.error is None or failure.error.error != "AttributeError" or failure.kind == "attribute":
            continue
        replaced = lines_like(case, r"\bbuiltins\.__import__\s*=[^=]")
        for frame in program_frames(case, failure)[:1] if replaced else ():
            for name in used(outline(case, frame.file), frame.line):
                base, _, item = name.partition(".")
                bound = bindings(outline(case, frame.file), base)
                taken = [one for one in sources_of(case, frame, base) if not one[1]]
                if item != failure.error.name or not taken or len(bound) != 1:
                    continue
                yield case.finding(
                    "builtins-import-replaced",
                    f"builtins.__import__ was replaced in {replaced[0].file}, line {replaced[0].line}, "
                    f"and gave "
                    f"something else than the module {taken[0][0]!r}: {failure.message}",
                    Evidence(f"replaced here: {replaced[0].text}", replaced[0].file, replaced[0].line),
                    Evidence(
                        f"imported here: {line(case, frame.file, taken[0][2])}", frame.file, taken[0][2]
                    ),
                    fix="put the original builtins.__import__ back, or let the new one give what that gives",
                    about=taken[0][0],
                    certainty="inferred",
                    weight=75 - minus,
                )
                return


def import_missing(case: Case) -> Iterator[Finding]:
    """Say that code was run in globals whose ``__builtins__`` have no ``__import__``."""
    for failure, minus in ranked(case):
        if failure.error is None or failure.message != "__import__ not found":
            continue
        frames = [one for one in own_frames(failure) if not one.file.startswith("<")]
        place = frames[-1] if frames else None
        yield case.finding(
            "builtins-import-missing",
            f"the code that {place.file if place else 'the program'} runs has globals whose "
            f"__builtins__ hold no "
            "__import__, so it can import nothing",
            Evidence(
                f"runs it: {line(case, place.file, place.line)}" if place else "exec or eval",
                place.file if place else None,
                place.line if place else None,
                failure.error.order,
            ),
            fix="supply it: {'__builtins__': {'__import__': __import__, …}}, or do not set __builtins__",
            about="__import__",
            weight=93 - minus,
        )
        return


def audit_hook(case: Case) -> Iterator[Finding]:
    """Say that an audit hook refused an import."""
    for failure, minus in ranked(case):
        frames = own_frames(failure)
        if failure.error is None or not frames:
            continue
        last = frames[-1]
        for frame in reversed(frames):
            added = lines_like(
                case, rf"\baddaudithook\(\s*(?:\w+\.)*{re.escape(frame.function)}\b", (frame.file,)
            )
            if frame.function == "<module>" or not (added or _decorated(case, frame)):
                continue
            before = frames[: frames.index(frame)]
            name = name_asked(case, before)
            yield case.finding(
                "audit-hook-blocks-import",
                f"the audit hook {frame.function}() in {frame.file}, line {last.line}, refuses the import of "
                f"{name!r}: {failure.error.error}: {failure.message}",
                Evidence(f"raises: {line(case, last.file, last.line)}", last.file, last.line),
                *[Evidence(f"added here: {one.text}", one.file, one.line) for one in added[:1]],
                *asking(case, before),
                fix=f"let the hook in {frame.file} allow {name!r}; an audit hook cannot be removed",
                about=name,
                weight=91 - minus,
            )
            return


def _decorated(case: Case, frame: Frame) -> bool:
    for one in bindings(outline(case, frame.file), frame.function):
        if "addaudithook" in line(case, frame.file, one["line"] - 1):
            return True
    return False


RULES = (import_replaced, import_changed, import_missing, audit_hook)
