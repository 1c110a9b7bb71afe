"""``wherefrom check``: a project and its environment, looked over for trouble before it happens.

Decides the arguments, the exit status and the form of the answer; `explain.checks` decides what is
trouble. No code of the project is run. Called by ``cli.py``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse

FINE, TROUBLE, USAGE = 0, 1, 2


def add_to(commands: Any) -> None:
    """Add the command and its arguments."""
    command = commands.add_parser(
        "check",
        help="look a project and its environment over for trouble",
        description="Looks a project and its environment over for imports that will go wrong; runs no code.",
        epilog="Exit status: 0 nothing, 1 errors or warnings, 2 wrong usage.",
        allow_abbrev=False,
    )
    command.add_argument(
        "path", nargs="?", default=".", metavar="PATH", help="the project; the current directory if left out"
    )
    command.add_argument(
        "--python", default=sys.executable, metavar="EXE", help="the interpreter that the project runs on"
    )
    command.add_argument("--json", action="store_true", help="print one JSON document")
    command.set_defaults(run=_check)


def _check(options: argparse.Namespace, parser: argparse.ArgumentParser) -> tuple[str, int]:
    # Loaded only now: the other commands start without it.
    from .documents import SCHEMA
    from .explain.case import Case
    from .explain.checks import checked
    from .looking import Start, look_around
    from .trace import Trace

    place = Path(options.path)
    if not place.is_dir():
        parser.exit(USAGE, f"wherefrom: {options.path} is no directory\n")
    project = str(place.resolve())
    start = Start(options.python, ("-c", ""), "check", project, project)
    case = Case(Trace(), look_around(start))
    if "error" in case.facts:
        parser.exit(USAGE, f"wherefrom: {case.facts['error']}\n")
    findings = checked(case)
    loud = [one for one in findings if one.severity != "note"]
    if options.json:
        document = {"schema": SCHEMA, "path": project, "findings": [one.to_document() for one in findings]}
        return json.dumps(document, indent=2), TROUBLE if loud else FINE
    answer = "\n\n".join(map(str, findings)) or f"{project}: nothing found"
    return answer, TROUBLE if loud else FINE
