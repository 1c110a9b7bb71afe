"""The command `wherefrom path`: every entry of the path that an invocation would have, and why.

It reads its arguments, asks `model.py`, prints. Standard output is for the answer alone; the exit
status is 0, 1 where Python would not reach the program, 2 for a wrong use of the command.
"""

from __future__ import annotations

import argparse
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]

_HELP = "tell every entry of the sys.path that an invocation of Python would have, and why it is there"

_EPILOG = """\
examples:
  wherefrom path                            the prompt of the running interpreter
  wherefrom path -- -m http.server          what `python -m http.server` would search
  wherefrom path --python .venv/bin/python -- app/main.py --verbose
"""


def add_parser(subparsers: Subparsers) -> argparse.ArgumentParser:
    """Add the command to a parser's subcommands.

    Args:
        subparsers: What `ArgumentParser.add_subparsers` returned.

    Returns:
        The command's parser; its default `run` is this file's `run`.
    """
    parser = subparsers.add_parser(
        "path",
        help=_HELP,
        description=_HELP[0].upper() + _HELP[1:] + ".",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _fill(parser)
    return parser


def _fill(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON document instead of text")
    parser.add_argument("--python", metavar="EXE", help="the interpreter (the running one if left out)")
    parser.add_argument(
        "--timeout", type=float, default=10.0, metavar="SECONDS", help="how long to wait for it (10)"
    )
    parser.add_argument(
        "python_args", nargs="*", metavar="PYTHON ARGS", help="after --: what stands behind `python`"
    )
    parser.set_defaults(run=run)


def answer(args: argparse.Namespace) -> tuple[str, int]:
    """Answer the question that the arguments put.

    Args:
        args: The parsed arguments, see `add_parser`.

    Returns:
        The text for standard output, and the exit status: 0, or 1 if Python would not reach the program.
    """
    from wherefrom.search_path.model import search_path

    found = search_path(args.python, args.python_args, timeout=args.timeout)
    return found.to_json() if args.json else str(found), 0 if found.error is None else 1


def run(args: argparse.Namespace) -> int:
    """Answer, print, and return the exit status."""
    text, status = answer(args)
    sys.stdout.write(text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n")
    return status


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command on its own.

    Args:
        argv: The arguments after the command's name, `sys.argv[1:]` if left out.
    """
    parser = argparse.ArgumentParser(
        prog="wherefrom path",
        description=_HELP,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _fill(parser)
    return run(parser.parse_args(argv))


if __name__ == "__main__":
    sys.exit(main())
