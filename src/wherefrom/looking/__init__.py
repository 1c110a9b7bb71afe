"""Looking around: the answers to the questions of an explanation, read from the disk and the system.

Nothing here runs or imports code that it looks at. Each question is a function that gives plain data;
`QUESTIONS` lists them. An answer that cannot be had is None, never an error. ``explain/`` asks.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from ..surroundings import Surroundings
from .start import Start, working_directory

__all__ = ["QUESTIONS", "Start", "look_around", "working_directory"]

# question -> the file that answers it, loaded when it is first asked. Those about files have paths as
# their arguments; those in `systems` are answered from how the program was started.
QUESTIONS = {
    "stat": "files",
    "listing": "files",
    "head": "files",
    "text": "files",
    "lines": "files",
    "archive": "files",
    "access": "files",
    "binary": "binaries",
    "bytecode": "bytecode",
    "tree": "projects",
    "outline": "outlines",
    "outline_of": "outlines",
    "distributions": "distributions",
    "whereabouts": "searching",
    "elsewhere": "environments",
    "start": "systems",
    "facts": "systems",
    "search_path": "systems",
    "environment": "systems",
}

_ABOUT_THE_START = ("systems", "environments")


def look_around(start: Start) -> Surroundings:
    """Give surroundings that look when they are asked.

    Args:
        start: how the program, or the question, was started.
    """

    def look(question: str, arguments: tuple[Any, ...]) -> Any:
        try:
            home = import_module(f"{__name__}.{QUESTIONS[question]}")
            given = (start, *arguments) if QUESTIONS[question] in _ABOUT_THE_START else arguments
            return getattr(home, question)(*given)
        except (OSError, ValueError, RecursionError):
            return None

    return Surroundings(look=look)
