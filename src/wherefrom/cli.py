"""The command line: arguments in, an answer on standard output, an exit status.

Decides which question is asked and in which form the answer is printed; finds and tells nothing
itself. Started by ``__main__.py``, which has made our own imports safe. Each subcommand is a small
function; read ``resolution.py`` for what the answers are made of.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import TYPE_CHECKING, Any

from . import check_command, run_command, show_command
from ._engine.names import absolute
from ._engine.state import State
from ._version import __version__
from .errors import InterpreterError
from .foreign import ask_other, own_sources
from .render.json import resolution_document
from .render.text import resolution_text
from .resolution import resolve_in
from .search_path.command import add_parser as add_path
from .search_path.command import answer as answer_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ._engine.interpreter import Interpreter

FOUND, NOT_FOUND, USAGE = 0, 1, 2

# Modules of the standard library that every interpreter has loaded before a program's first import.
# Others that are loaded here were loaded by or for this command, and a program would not find them.
_ALWAYS_LOADED = frozenset(
    """
    _abc _codecs _collections_abc _frozen_importlib _frozen_importlib_external _imp _io _signal
    _sitebuiltins _stat _thread _warnings _weakref abc builtins codecs encodings genericpath io
    marshal nt ntpath os posix posixpath site stat sys time winreg zipimport
    """.split()  # noqa: SIM905  # a list of words reads better as words
)


def run(arguments: Sequence[str], *, path: list[str], modules: dict[str, Any]) -> int:
    """Run one command.

    Args:
        arguments: the command line without the program's name.
        path: the ``sys.path`` that answers are for.
        modules: what was in ``sys.modules`` before this command imported anything.

    Returns:
        The exit status.
    """
    if sys.stdout is None:  # started with its standard output closed
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  # lives as long as we
    parser = _parser()
    options = parser.parse_args(arguments)
    options.sys_path = path
    options.modules = _as_at_start(modules)
    told: tuple[str, int] = options.run(options, parser)
    answer, status = told
    try:
        _print(answer)
    except OSError as error:
        # Python would complain when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):  # whoever read our output has seen enough
            return FOUND
        sys.stderr.write(f"wherefrom: cannot write the answer: {error.strerror}\n")
        return USAGE
    return status


def _as_at_start(modules: dict[str, Any]) -> dict[str, Any]:
    """Keep the modules that a program of this interpreter would find loaded at its first import."""
    kept = {}
    for name, module in modules.items():
        top = name.partition(".")[0]
        if top == "wherefrom" or name == "__main__":
            continue
        if top in _ALWAYS_LOADED or top not in sys.stdlib_module_names:
            kept[name] = module
    return kept


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="wherefrom",
        description="Tells where an import comes from, and why. No code of the modules is run.",
        epilog="Exit status of resolve: 0 all names found, 1 some not, 2 wrong usage.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"wherefrom {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _add_resolve(commands)
    add_path(commands).set_defaults(run=lambda options, _: answer_path(options))
    run_command.add_to(commands)
    show_command.add_to(commands)
    check_command.add_to(commands)
    return parser


def _add_resolve(commands: Any) -> None:
    command = commands.add_parser(
        "resolve",
        help="tell where names would come from",
        description=(
            "Tells where each NAME would come from, with the whole trail: who was asked, where it was "
            "looked for, and why each place did not serve."
        ),
        epilog=(
            "The search path is this interpreter's. As with any installed command, the current directory "
            "is not on it; 'python -m wherefrom' puts it first, as 'python -m' does for a program."
        ),
        allow_abbrev=False,
    )
    command.add_argument("names", metavar="NAME", nargs="+", help="a module's name, dotted or relative")
    command.add_argument(
        "--path",
        metavar="ENTRY",
        action="append",
        help="search these entries instead of sys.path; give the option once for each entry",
    )
    command.add_argument(
        "--python", metavar="EXE", help="answer for another interpreter or virtual environment"
    )
    command.add_argument("--package", metavar="PKG", help="the package that relative names start from")
    command.add_argument(
        "--all", action="store_true", help="tell every step, and what the winner keeps from being found"
    )
    command.add_argument("--json", action="store_true", help="print one JSON document")
    command.set_defaults(run=_resolve)


def _resolve(options: argparse.Namespace, parser: argparse.ArgumentParser) -> tuple[str, int]:
    """Answer for names: what to print, and the exit status."""
    names = [_checked(name, options.package, parser) for name in options.names]
    path = options.sys_path if options.path is None else options.path
    interpreter: Interpreter | None = None
    if options.python is None:
        state = State(sys, modules=options.modules, path=path, path_importer_cache={})
        sources = own_sources(path) if options.path is None else {}
    else:
        try:
            state, interpreter, sources = ask_other(options.python, options.path)
        except InterpreterError as error:
            parser.exit(USAGE, f"wherefrom: {error}\n")
    # Finders of other people look at sys.path itself. What tells and explains the answers must not be
    # imported from there: it could be another version's, or a file that is only asked about.
    ours, sys.path[:] = list(sys.path), path
    try:
        resolutions = [resolve_in(state, interpreter, name=name, python=options.python) for name in names]
    finally:
        sys.path[:] = ours
    if options.json:
        document = resolution_document(resolutions, all=options.all, sources=sources)
        answer = json.dumps(document, indent=2)
    else:
        colour = _wants_colour()
        answer = "\n\n".join(
            resolution_text(resolution, all=options.all, colour=colour, sources=sources)
            for resolution in resolutions
        )
    return answer, FOUND if all(resolutions) else NOT_FOUND


def _checked(name: str, package: str | None, parser: argparse.ArgumentParser) -> str:
    """Make a name absolute, or end with a usage error that names it."""
    try:
        return absolute(name, package)
    except (ValueError, ImportError) as error:
        hint = "; say which package with --package" if name.startswith(".") and not package else ""
        parser.exit(USAGE, f"wherefrom: cannot resolve {name!r}: {error}{hint}\n")


def _wants_colour() -> bool:
    """Say whether to colour: only on a terminal that can, and not against ``NO_COLOR``."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout.isatty()


def _print(text: str) -> None:
    # A path may hold bytes that are no text; they are shown escaped rather than not at all.
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
