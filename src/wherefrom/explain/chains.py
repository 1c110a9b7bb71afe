"""The chain of imports that an error came up through, as steps with file and line.

Decides which frames of a traceback are steps from one module to the next, and where in them a circle
closes. It makes no finding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ..finding import Evidence

if TYPE_CHECKING:
    from .case import Case, Failure, Frame

_MACHINERY = ("importlib", "_frozen_importlib", "_frozen_importlib_external", "runpy", "zipimport")


@attrs.frozen
class Step:
    """A module at work, and the place in it that led on."""

    module: str
    file: str
    line: int
    at_top: bool

    @property
    def place(self) -> str:
        """The file with the line."""
        return f"{self.file}:{self.line}"


def steps_of(frames: tuple[Frame, ...]) -> tuple[Step, ...]:
    """Give the modules that a traceback goes through, each with the last line before the next one.

    Args:
        frames: the frames, the outermost first.

    Returns:
        The steps, the outermost first. Frames of the import machinery are left out.
    """
    steps: list[Step] = []
    for frame in frames:
        if frame.module.partition(".")[0] in _MACHINERY:
            continue
        here = Step(frame.module, frame.file, frame.line, frame.function == "<module>")
        if steps and (steps[-1].module, steps[-1].file) == (here.module, here.file) and not here.at_top:
            here = attrs.evolve(here, at_top=steps[-1].at_top)
            steps.pop()
        steps.append(here)
    return tuple(steps)


def circle(steps: tuple[Step, ...], module: str) -> tuple[Step, ...]:
    """Give the steps from the unfinished run of a module to the end; empty if there is no circle."""
    for at, step in enumerate(steps):
        if step.module == module and step.at_top and step.file != "<string>":
            around = steps[at:]
            return around if len({one.module for one in around}) > 1 else ()
    return ()


def said(failure: Failure | None) -> list[Evidence]:
    """Give an error as evidence: its type and message, without what CPython advises in it."""
    if failure is None or failure.error is None:
        return []
    message, _, _ = failure.error.message.partition(" (consider renaming")
    return [Evidence(f"{failure.error.error}: {message}", event=failure.error.order)]


def told(case: Case, steps: tuple[Step, ...]) -> list[Evidence]:
    """Give each step as evidence: the statement with its place."""
    return [
        Evidence(f"{step.module}: {case.line(step.file, step.line) or 'goes on'}", step.file, step.line)
        for step in steps
        if not step.file.startswith("<")
    ]


def arrows(steps: tuple[Step, ...], end: str = "") -> str:
    """Draw steps as names with arrows."""
    names: list[str] = []
    for step in steps:
        if not names or names[-1] != step.module:
            names.append(step.module)
    return " -> ".join([*names, end] if end and names[-1:] != [end] else names)


def held_then(case: Case, failure: Failure) -> list[str] | None:
    """Name what a module had when something was missed in it, without dunders; None if not recorded."""
    for one in (failure, *reversed(case.passing)):
        error = one.error
        if error is not None and error.message == failure.message and error.holder:
            return [name for name in error.held if not name.startswith("__")]
    return None


def file_of(case: Case, module: str, failure: Failure) -> str | None:
    """Tell the file of a module that an error speaks of."""
    for one in (failure, *reversed(case.passing)):
        error = one.error
        if error is not None and error.message == failure.message and error.holder == module and error.origin:
            return error.origin
    return case.origin(module)


def binding(case: Case, file: str, name: str) -> int | None:
    """Tell the line of a source file at whose top a name is bound first; None if it is not known to be."""
    outline = case.outline(file) if file.endswith(".py") else None
    lines = [one["line"] for one in (outline or {}).get("bindings", ()) if one["name"] == name]
    return min(lines) if lines else None
