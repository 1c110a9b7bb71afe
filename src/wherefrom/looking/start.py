"""`Start`: how a program was started, or a question was asked."""

from __future__ import annotations

import os
import sys

import attrs


@attrs.define
class Start:
    """How a program was started, or a question was asked.

    Attributes:
        python: the interpreter's executable.
        arguments: what stood behind it on the command line: flags, program, the program's arguments.
        program: ``script``, ``module``, ``code``, ``place``, ``stdin``; ``question`` for a resolution.
        target: the script, module, code or place; the name for a resolution.
        cwd: the working directory at the start.
        path: the entries to search, where a question gave them.
        status: how the program ended: the exit status, or minus a signal's number.
        running: whether it still ran when this was told, and had recorded nothing for a while.
    """

    python: str = sys.executable
    arguments: tuple[str, ...] = ()
    program: str = "question"
    target: str = ""
    cwd: str | None = None
    path: tuple[str, ...] | None = None
    status: int | None = None
    running: bool = False


def working_directory() -> str | None:
    """Give the working directory, which relative entries are relative to; None if it is gone."""
    try:
        return os.getcwd()  # noqa: PTH109  # text, as the interpreter has it
    except OSError:
        return None
