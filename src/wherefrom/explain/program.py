"""The program's own texts: the files that ran, the statements at a line, what a name is bound to.

Reads outlines of sources through the case; decides no finding. A program given with ``-c`` has its text
in how it was started, so that it can be read as well.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import attrs

from ..finding import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .case import Case, Failure, Frame

_MOST_FILES = 150
_NOT_DEFINED = re.compile(r"^name '([^']+)' is not defined")
_MACHINERY = ("<frozen importlib", "<frozen zipimport", "<frozen runpy")


@attrs.frozen
class Place:
    """A line of a source file that ran, with its text."""

    file: str
    line: int
    text: str


def outline(case: Case, file: str) -> dict[str, Any] | None:
    """Tell what a source file does at its surface, the text given with ``-c`` included."""
    if file == "<string>" and case.start.get("program") == "code":
        found: dict[str, Any] | None = case.around.ask("outline_of", case.start["target"])
        return found
    return case.outline(file) if _is_source(file) else None


def text(case: Case, file: str) -> str:
    """Give the text of a source file, that given with ``-c`` included; empty if it cannot be had."""
    if file == "<string>" and case.start.get("program") == "code":
        return str(case.start["target"])
    return (case.text(file) or "") if _is_source(file) else ""


def line(case: Case, file: str, number: int) -> str:
    """Give one line of a source file, stripped; empty if there is none."""
    found = text(case, file).splitlines()
    return found[number - 1].strip() if 0 < number <= len(found) else ""


def own_frames(failure: Failure) -> tuple[Frame, ...]:
    """Give the frames of a traceback without those of the import machinery, the outermost first."""
    return tuple(frame for frame in failure.frames if not frame.file.startswith(_MACHINERY))


def program_frames(case: Case, failure: Failure) -> tuple[Frame, ...]:
    """Give the frames of a traceback that lie in the program, the innermost first."""
    return tuple(
        frame
        for frame in reversed(own_frames(failure))
        if not frame.file.startswith("<frozen") and not case.is_stdlib(frame.file)
    )


def sources(case: Case) -> tuple[str, ...]:
    """Name the program's source files that ran, the standard library's left out.

    Those that the tracebacks go through come first, then those that were imported, in their order.
    """
    found = [frame.file for failure in case.failures for frame in reversed(failure.frames)]
    if case.start.get("program") == "script":
        found.append(str(case.start["target"]))
    if case.start.get("program") == "code":
        found.append("<string>")
    found += [one.origin for one in case.found.values() if one.outcome == "found" and one.origin]
    ran = [file for file in dict.fromkeys(found) if file == "<string>" or _is_source(file)]
    return tuple(file for file in ran if not case.is_stdlib(file))[:_MOST_FILES]


def lines_like(case: Case, pattern: str, files: tuple[str, ...] | None = None) -> tuple[Place, ...]:
    """Find lines of the program's files that match a regular expression; comments do not count."""
    wanted = re.compile(pattern)
    found = []
    for file in sources(case) if files is None else files:
        for number, content in enumerate(text(case, file).splitlines(), 1):
            code = content.partition("#")[0]
            if wanted.search(code):
                found.append(Place(file, number, content.strip()))
    return tuple(found)


def statements(told: dict[str, Any], number: int) -> Iterator[dict[str, Any]]:
    """Give the import statements of an outline that stand at a line."""
    for one in told["imports"]:
        if one["line"] <= number <= (one.get("end") or one["line"]):
            yield one


def absolute(case: Case, frame: Frame, statement: dict[str, Any]) -> str:
    """Give the absolute name of the module that an import statement asks for first."""
    module = statement["module"] or ""
    if not statement["level"]:
        return str(module)
    package = frame.module
    if not frame.file.rpartition("/")[2].startswith("__init__."):
        package = package.rpartition(".")[0]
    for _ in range(statement["level"] - 1):
        package = package.rpartition(".")[0]
    return f"{package}.{module}".strip(".")


def sources_of(case: Case, frame: Frame, name: str) -> Iterator[tuple[str, str, int]]:
    """Tell which imports bind a name in a frame's file.

    Returns:
        For each: the module, the item taken from it (empty for ``import``), and the line.
    """
    told = outline(case, frame.file)
    for one in told["imports"] if told else ():
        module = absolute(case, frame, one)
        if one["names"] is None:
            if (one.get("alias") or module.partition(".")[0]) == name:
                top = module if one.get("alias") else module.partition(".")[0]
                yield top, "", one["line"]
            continue
        for item, alias in one["names"]:
            if (alias or item) == name:
                yield module, item, one["line"]


def stars(case: Case, frame: Frame) -> Iterator[tuple[str, int]]:
    """Name the modules that a frame's file imports everything from, each with the line."""
    told = outline(case, frame.file)
    for one in told["imports"] if told else ():
        if one["names"] and one["names"][0][0] == "*":
            yield absolute(case, frame, one), one["line"]


def bindings(told: dict[str, Any] | None, name: str) -> list[dict[str, Any]]:
    """Give the places at the top of a file where a name is bound."""
    return [one for one in told["bindings"] if one["name"] == name] if told else []


def used(told: dict[str, Any] | None, number: int) -> list[str]:
    """Give the dotted names that are used at a line, the longest first."""
    found = [name for at, name in told["attributes"] if at == number] if told else []
    return sorted(found, key=len, reverse=True)


def called(told: dict[str, Any] | None, number: int) -> list[str]:
    """Give the dotted names that are called at a line."""
    return [name for at, name, _ in told["calls"] if at == number] if told else []


def _is_source(file: str) -> bool:
    return file.endswith((".py", ".pyw")) or ("/" in file and "." not in file.rpartition("/")[2])


def asks(case: Case, failure: Failure) -> list[Evidence]:
    """Give the line of the program that failed, as evidence; nothing for a question."""
    frames = program_frames(case, failure) or own_frames(failure)[-1:]
    if not frames:
        return []
    frame = frames[0]
    said = line(case, frame.file, frame.line)
    event = failure.error.order if failure.error is not None else None
    return [Evidence(f"fails at: {said}" if said else "fails here", frame.file, frame.line, event)]


def ranked(case: Case) -> Iterator[tuple[Failure, int]]:
    """Give each failure with how much less it weighs: what ended the program weighs most."""
    for number, failure in enumerate(case.failures):
        # The machinery's own question whether a module is a package; what it then raises tells that.
        if number and failure.kind == "attribute" and failure.item == "__path__":
            continue
        yield failure, 3 * number


def asked(failure: Failure) -> tuple[str, str] | None:
    """Give the package and the name in it that could not be had, be it a submodule or not."""
    if failure.kind == "not-found":
        package, _, tail = failure.module.rpartition(".")
        return (package, tail) if package else None
    return (failure.module, failure.item) if failure.module and failure.item else None


def name_asked(case: Case, before: tuple[Frame, ...]) -> str:
    """Give the name whose import failed, asked for by the innermost of some frames."""
    for frame in reversed([one for one in before if not one.file.startswith("<frozen")]):
        for span in reversed(case.failed):
            if span.file == frame.file and span.line == frame.line:
                return span.name
    return case.failed[-1].name if case.failed else ""


def asking(case: Case, before: tuple[Frame, ...]) -> list[Evidence]:
    """Give the import that the innermost of some frames asked for, as evidence."""
    frames = [one for one in before if not one.file.startswith("<frozen")]
    return [
        Evidence(f"import that failed: {line(case, one.file, one.line)}", one.file, one.line)
        for one in frames[-1:]
    ]


def missing_names(case: Case) -> Iterator[tuple[Failure, Frame, str, int]]:
    """Give the names that were not defined, each with the failure, its frame, and what it weighs less."""
    for failure, minus in ranked(case):
        match = _NOT_DEFINED.match(failure.message)
        if failure.error is not None and failure.error.error == "NameError" and match:
            for frame in program_frames(case, failure)[:1]:
                yield failure, frame, match[1], minus
