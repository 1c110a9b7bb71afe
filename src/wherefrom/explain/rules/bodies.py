"""Modules that were found and whose own code ended the import: by an error, an exit, or a warning."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ... import events as e
from ...finding import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case, Failure, Frame

_IMPORT_ERRORS = ("ModuleNotFoundError", "ImportError")
_WARNING = re.compile(r"Warning$")
_OPTIMISED = re.compile(r"^-\w*O+\w*$")


def _at_import(case: Case) -> tuple[Failure, Frame] | None:
    """Give what ended the program and the frame of the imported module's own code, if one was being run."""
    failure = case.failure
    if failure is None or failure.error is None or failure.error.error in _IMPORT_ERRORS:
        return None
    loading = {one.name for one in case.failed}
    for frame in reversed(failure.frames):
        if frame.function == "<module>" and frame.module in loading and not frame.file.startswith("<frozen"):
            return failure, frame
    return None


def _plain(message: str) -> str:
    """Give a message without what the interpreter guesses: other rules judge that by the facts."""
    return message.partition(" (consider renaming ")[0]


def raising(case: Case) -> Iterator[Finding]:
    """Say that a module was found and that its own code raised."""
    found = _at_import(case)
    if found is None:
        return
    failure, frame = found
    error = failure.error
    if error is None or error.error in ("SystemExit", "KeyboardInterrupt", "SyntaxError", "IndentationError"):
        return
    if case.is_stdlib(frame.file):
        return
    inner = failure.where or frame
    yield case.finding(
        "exception-inside-imported-module",
        f"{frame.module!r} was found; its own code raised {error.error} at {inner.file}:{inner.line}: "
        f"{_plain(error.message)}",
        Evidence(
            f"{frame.module!r} runs {case.line(frame.file, frame.line)}", frame.file, frame.line, error.order
        ),
        Evidence(f"raised at line {inner.line}: {case.line(inner.file, inner.line)}", inner.file, inner.line),
        *_importers(case, failure, frame),
        fix=_advice(case, failure, frame),
        about=frame.module,
        weight=24,
    )


def _importers(case: Case, failure: Failure, frame: Frame) -> Iterator[Evidence]:
    at = failure.frames.index(frame)
    for outer in reversed(failure.frames[:at]):
        if not outer.file.startswith("<"):
            yield Evidence(
                f"{outer.module} imports it: {case.line(outer.file, outer.line)}", outer.file, outer.line
            )
            return


def _advice(case: Case, failure: Failure, frame: Frame) -> str:
    error = failure.error
    path = error.path if error is not None else None
    if error is not None and error.error == "FileNotFoundError" and path and not path.startswith("/"):
        return (
            f"open it relative to the module, not to the working directory {case.cwd}: "
            f"pathlib.Path(__file__).with_name({path!r})"
        )
    return f"repair {frame.file}, line {frame.line}"


def exiting(case: Case) -> Iterator[Finding]:
    """Say that an imported module ended the program by ``sys.exit`` or ``os._exit``."""
    for failure in case.failures[:1]:
        if failure.error is None or failure.error.error != "SystemExit":
            continue
        loading = {one.name for one in case.failed}
        for frame in reversed(failure.frames):
            if frame.function == "<module>" and frame.module in loading and frame.module != "__main__":
                yield _exit(case, frame.module, frame, failure.error)
                return
    if case.failures or case.ended is None or case.ended.outcome != "exited":
        return
    passing = [one for one in case.passing if one.error is not None and one.error.error == "SystemExit"]
    for failure in passing[:1]:
        frames = [frame for frame in failure.frames if not frame.file.startswith("<")]
        modules = [frame for frame in frames if frame.function == "<module>" and frame.module != "__main__"]
        if modules:
            yield _exit(case, modules[-1].module, modules[-1], failure.error)


def _exit(case: Case, module: str, frame: Frame, error: e.ErrorRaised | None) -> Finding:
    line = case.line(frame.file, frame.line)
    return case.finding(
        "exit-during-import",
        f"importing {module!r} ended the program: {frame.file}, line {frame.line}, raises SystemExit "
        "(sys.exit) while it is imported",
        Evidence(f"{module}: {line}", frame.file, frame.line, error.order if error is not None else None),
        fix=f"guard it in {frame.file} with if __name__ == '__main__':",
        about=module,
        weight=80,
    )


def vanished(case: Case) -> Iterator[Finding]:
    """Say that the process ended in the middle of an import, as ``os._exit`` in a module makes it."""
    status = case.start.get("status")
    if case.ended is not None or status is None or status < 0 or not len(case.trace.events):
        return
    opened = [one for one in case.imports if one.ended is None]
    for span in reversed(opened):
        origin = case.origin(span.name)
        outline = case.outline(origin) if origin and origin.endswith(".py") else None
        lines = [call[0] for call in (outline or {}).get("calls", ()) if call[1] in ("os._exit", "_exit")]
        if origin and lines:
            yield case.finding(
                "exit-during-import",
                f"importing {span.name!r} ended the program: {origin}, line {lines[0]}, calls os._exit",
                Evidence(f"{span.name}: {case.line(origin, lines[0])}", origin, lines[0]),
                Evidence(f"the process ended with status {status} while {span.name!r} was being imported"),
                fix=f"guard it in {origin} with if __name__ == '__main__':",
                about=span.name,
                certainty="inferred",
                weight=78,
            )
            return


def _filters(case: Case) -> list[str]:
    """Give the flags and variables that turn warnings into errors."""
    arguments = [str(one) for one in case.start.get("arguments") or ()]
    found = []
    for at, one in enumerate(arguments):
        if one == "-W" and at + 1 < len(arguments) and "error" in arguments[at + 1]:
            found.append(f"-W {arguments[at + 1]}")
        elif one.startswith("-W") and one[2:].startswith("error"):
            found.append(f"-W {one[2:]}")
    if "error" in case.environment.get("PYTHONWARNINGS", ""):
        found.append(f"PYTHONWARNINGS={case.environment['PYTHONWARNINGS']}")
    return found


def warning_raised(case: Case) -> Iterator[Finding]:
    """Say that a warning of a module became an error by a filter."""
    for failure in case.failures:
        error = failure.error
        if error is None or not _WARNING.search(error.error):
            continue
        frames = [frame for frame in failure.frames if not frame.file.startswith("<")]
        if not frames:
            return
        mine = [frame for frame in frames if not case.is_stdlib(frame.file)] or frames
        frame, filters = mine[-1], _filters(case)
        how = ", ".join(filters) or "a warning filter of the program (simplefilter or filterwarnings 'error')"
        yield case.finding(
            "warning-turned-into-error",
            f"{frame.file}, line {frame.line}, gives the warning {error.error}: {error.message}, which "
            f"{how} turns into an error",
            Evidence(
                f"{frame.module}: {case.line(frame.file, frame.line)}", frame.file, frame.line, error.order
            ),
            Evidence(f"the filter: {how}"),
            fix=f"make the filter narrower, for example -W default::{error.error}:{frame.module}",
            about=frame.module,
            weight=62,
        )
        return


def _level(case: Case) -> tuple[int, str]:
    """Give the level of optimisation and what set it."""
    for one in case.start.get("arguments") or ():
        if not str(one).startswith("-") or one in ("-", "-c", "-m"):
            break
        if _OPTIMISED.match(str(one)):
            return str(one).count("O"), str(one)
    value = case.environment.get("PYTHONOPTIMIZE", "")
    if value and not any("E" in str(one) or "I" in str(one) for one in _flags(case)):
        return int(value) if value.isdecimal() else 1, f"PYTHONOPTIMIZE={value}"
    return 0, ""


def _flags(case: Case) -> list[str]:
    return [str(one) for one in case.start.get("arguments") or () if re.match(r"^-[a-zA-Z]+$", str(one))]


def optimised(case: Case) -> Iterator[Finding]:
    """Say that a module relies on docstrings or asserts, which ``-O`` and ``-OO`` take away."""
    level, how = _level(case)
    failure = case.failure
    if not level or failure is None or failure.error is None:
        return
    for frame in reversed(failure.frames):
        line = case.line(frame.file, frame.line)
        lost = "docstrings (__doc__ is None)" if "__doc__" in line and level > 1 else ""
        if not lost and level and _relies_on_assert(case, frame):
            lost = "assert statements"
        if lost:
            yield case.finding(
                "optimised-away-at-import",
                f"{frame.file}, line {frame.line}, relies on {lost}, which {how} takes away "
                "(optimised bytecode)",
                Evidence(f"{frame.module}: {line}", frame.file, frame.line, failure.error.order),
                Evidence(f"{failure.error.error}: {failure.error.message}; the program runs with {how}"),
                fix=f"do not use {how.split('=')[0]}, or do not rely on {lost} in {frame.file}",
                about=frame.module,
                certainty="observed" if "__doc__" in line else "inferred",
                weight=82 if "__doc__" in line else 44,
            )
            return


def _relies_on_assert(case: Case, frame: Frame) -> bool:
    """Say whether an assert before a line does something that the line needs: it binds a name or calls."""
    if frame.function != "<module>":
        return False
    before = case.around.ask("lines", frame.file, 1, max(frame.line - 1, 1)) or []
    return any(re.match(r"\s*assert\b.*(:=|\w\()", line) for line in before)


RULES = (raising, exiting, vanished, warning_raised, optimised)
