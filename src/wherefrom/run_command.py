"""``wherefrom run``: a program with its imports traced, and a summary at its end.

Decides which arguments are ours and which are the program's. ``child.py`` runs the program;
``run_telling.py`` tells what became of it. Called by ``__main__.py``; ``cli.py`` lists it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import attrs

from ._engine.command_line import CommandLine, CommandLineError, parse
from .child import Ended, can_be_traced, end_like, run_plain, run_traced
from .looking import Start, working_directory

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

USAGE = 2
HELP = """\
usage: wherefrom run [OPTIONS] [PYTHON FLAGS] PROGRAM [ARGUMENTS]

PROGRAM is one of: SCRIPT, -m MODULE, -c CODE, DIRECTORY, ARCHIVE, - (the standard input)

Runs a program as python would run it, and traces all its imports. The program cannot tell. At its
end a summary is written on the standard error.

options, before those of python:
  --json FILE      write the whole trace to a file, for 'wherefrom show'
  --html FILE      write a page for a browser to a file
  --quiet          no summary
  --cached         count, for each module, how often it was asked for when it was there already
  --follow         trace the Python processes too that the program starts
  --break-on NAME  stop in a debugger at the import statement that first asks for NAME
  --python EXE     run the program by another interpreter, which needs no wherefrom of its own
  -h, --help       show this text

exit status: the program's own; 2 for wrong usage
"""


@attrs.define
class Options:
    """What was asked of ``wherefrom run``, beside the program."""

    json: str | None = None
    html: str | None = None
    python: str = sys.executable
    quiet: bool = False
    cached: bool = False
    follow: bool = False
    break_on: tuple[str, ...] = ()


def run(arguments: Sequence[str]) -> int:
    """Run the command.

    Args:
        arguments: what stands behind ``wherefrom run``.

    Returns:
        The program's exit status; this process dies of the signal that the program died of.
    """
    options, rest = _options(list(arguments))
    try:
        line = parse(rest)
    except CommandLineError as error:
        _usage(str(error))
    try:
        start = _start_of(line, options.python)
        if not can_be_traced(line):
            status = run_plain(line, executable=options.python)
            if not line.answers and status:
                _told(Ended((line.target, *line.arguments), status, ()), options, start)
            return end_like(status)
        with run_traced(
            line,
            executable=options.python,
            follow=options.follow,
            cached=options.cached,
            break_on=options.break_on,
            stuck=_interim(options, start) if options.json else None,
        ) as ended:
            _told(ended, options, start)
    except OSError as error:
        _usage(f"cannot run {options.python}: {error.strerror}")
    return 0 if ended.status is None else end_like(ended.status)


def _told(ended: Ended, options: Options, start: Start) -> None:
    """Tell what was asked for; most of what tells is loaded only now, when nobody waits for the program."""
    if options.quiet and not options.json and not options.html:
        return
    from .run_telling import tell

    tell(ended, options, start)


def _interim(options: Options, start: Start) -> Callable[[Ended], None]:
    """Make what tells of a program that records nothing for a while."""

    def told(so_far: Ended) -> None:
        from .run_telling import interim

        interim(options, start)(so_far)

    return told


def _start_of(line: CommandLine, python: str) -> Start:
    """Describe how the program is started, for the explanation of what becomes of it."""
    program = "script" if line.kind == "file" else line.kind
    if line.kind == "file" and Path(line.target).is_dir():
        program = "place"
    return Start(python, tuple(line.spelled()), program, line.target, working_directory())


# -- our own options ------------------------------------------------------------------------------

_SWITCHES = ("quiet", "cached", "follow")
_WITH_VALUE = ("json", "html", "python", "break-on")


def _options(rest: list[str]) -> tuple[Options, list[str]]:
    options = Options()
    while rest and rest[0].startswith("--") and len(rest[0]) > 2:
        name, has_value, value = rest[0][2:].partition("=")
        if name == "help":
            _print_help()
        if name in _SWITCHES and not has_value:
            setattr(options, name, True)
        elif name in _WITH_VALUE:
            if not has_value:
                if len(rest) < 2:
                    _usage(f"--{name} needs a value")
                value = rest.pop(1)
            if name == "break-on":
                options.break_on += (value,)
            else:
                setattr(options, name, value)
        else:
            break
        del rest[0]
    if rest and rest[0] == "-h":
        _print_help()
    return options, rest


def _print_help() -> NoReturn:
    if sys.stdout is not None:  # None if it was started with its standard output closed
        sys.stdout.write(HELP)
    sys.exit(0)


def _usage(message: str) -> NoReturn:
    sys.stderr.write(f"wherefrom run: {message}\n")
    sys.exit(USAGE)


def add_to(commands: Any) -> None:
    """List the command among the others; its arguments are read here, since most are the program's."""
    commands.add_parser("run", help="run a program with its imports traced", add_help=False)
