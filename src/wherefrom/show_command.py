"""``wherefrom show``: a saved trace in a form for reading.

Decides how a file becomes a text; tells nothing itself. Called by ``cli.py``; the forms are in
``render/``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import TraceFormatError
from .trace import Trace

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

USAGE = 2


# What a form needs is loaded when it is asked for: the other commands start without it.


def _tree(trace: Trace) -> str:
    return str(trace)


def _summary(trace: Trace) -> str:
    from .imports import Imports
    from .render.summary import summary_text

    return summary_text(Imports().take_in(trace.rows()))


def _html(trace: Trace) -> str:
    from .events import PathChanged
    from .imports import Imports
    from .render.html import Told, page
    from .search_path.telling import lines_of_changes

    imports = Imports().take_in(trace.rows())
    changes = lines_of_changes(Trace(imports.path_rows).select(PathChanged))
    return page([Told(imports, findings=trace.findings, path=changes)])


def _json(trace: Trace) -> str:
    return trace.to_json()


FORMATS: dict[str, Callable[[Trace], str]] = {
    "tree": _tree,
    "summary": _summary,
    "json": _json,
    "html": _html,
}


def add_to(commands: Any) -> None:
    """Add the command and its arguments."""
    command = commands.add_parser(
        "show",
        help="show a saved trace",
        description="Shows a trace that 'wherefrom run --json' or Trace.to_json() has saved.",
        epilog="Exit status: 0, or 2 for a file that is no trace.",
        allow_abbrev=False,
    )
    command.add_argument("file", metavar="FILE", help="the saved trace")
    command.add_argument(
        "--format", choices=tuple(FORMATS), default="tree", help="the form; tree if not given"
    )
    command.set_defaults(run=_show)


def _show(options: argparse.Namespace, parser: argparse.ArgumentParser) -> tuple[str, int]:
    try:
        trace = Trace.from_json(Path(options.file).read_bytes())
    except OSError as error:
        parser.exit(USAGE, f"wherefrom: cannot read {options.file}: {error.strerror}\n")
    except TraceFormatError as error:
        parser.exit(USAGE, f"wherefrom: {options.file} is no trace: {error}\n")
    return FORMATS[options.format](trace), 0
