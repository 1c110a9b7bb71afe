"""``wherefrom run``: a program with its imports traced, and a summary at its end.

Decides which arguments are ours and which are the program's, and where the trace goes. ``child.py``
runs the program; ``render/summary.py`` tells it. Called by ``cli.py``.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import attrs

from ._engine.command_line import CommandLine, CommandLineError, parse
from .child import Ended, can_be_traced, end_like, run_plain, run_traced
from .documents import SCHEMA, events_document
from .events import PathChanged
from .imports import Imports
from .looking import Start, look_around
from .render.explained import explanation_text
from .render.html import Told, page
from .render.processes import processes_text
from .render.summary import summary_text
from .search_path.telling import changes_document, lines_of_changes
from .trace import Trace
from .unfold import unfold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TextIO

    from ._engine.stream_file import StreamFile

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
                _tell(Ended((line.target, *line.arguments), status, ()), options, start)
            return end_like(status)
        with run_traced(
            line,
            executable=options.python,
            follow=options.follow,
            cached=options.cached,
            break_on=options.break_on,
            stuck=_interim(line, options, start) if options.json else None,
        ) as ended:
            _tell(ended, options, start)
    except OSError as error:
        _usage(f"cannot run {options.python}: {error.strerror}")
    return 0 if ended.status is None else end_like(ended.status)


def _start_of(line: CommandLine, python: str) -> Start:
    """Describe how the program is started, for the explanation of what becomes of it."""
    cwd = None
    with contextlib.suppress(OSError):
        cwd = os.getcwd()  # noqa: PTH109  # text, as the interpreter has it
    program = "script" if line.kind == "file" else line.kind
    if line.kind == "file" and Path(line.target).is_dir():
        program = "place"
    return Start(python, tuple(line.spelled()), program, line.target, cwd)


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
    sys.stdout.write(HELP)
    sys.exit(0)


def _usage(message: str) -> NoReturn:
    sys.stderr.write(f"wherefrom run: {message}\n")
    sys.exit(USAGE)


# -- telling --------------------------------------------------------------------------------------


def _interim(line: CommandLine, options: Options, start: Start) -> Callable[[StreamFile], None]:
    """Make what writes the document while a program hangs in an import: it may be killed with us."""
    place = Path(str(options.json))
    argv = ({"module": "-m", "code": "-c"}.get(line.kind, line.target), *line.arguments)

    def write(file: StreamFile) -> None:
        if (place.exists() and not place.is_file()) or not _is_importing(file):
            return
        aside = place.with_name(f"{place.name}.part")
        around = look_around(attrs.evolve(start, running=True))
        ended = Ended(argv, None, (file,))
        with contextlib.suppress(OSError):  # the end will tell, if there is one
            _written(ended, [Trace(tuple(file.rows()), around)], str(aside))
            aside.replace(place)

    return write


def _is_importing(file: StreamFile) -> bool:
    """Say whether an import has begun and not ended."""
    kinds = [row[0] for row in file.rows()]
    return kinds.count("import.began") > kinds.count("import.ended")


def _tell(ended: Ended, options: Options, start: Start) -> None:
    """Write the trace and the summary; the program's end is not changed by what goes wrong here."""
    try:
        traces = _traces(ended, start)
        imports = _written(ended, traces, options.json) if options.json else _read(ended)
        if options.html:
            _write_page(ended, traces, imports, options.html)
    except OSError as error:
        sys.stderr.write(f"wherefrom run: cannot write the trace: {error.strerror}\n")
        return
    if options.quiet or sys.stderr is None:
        return
    colour = sys.stderr.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    blocks = [_summary(file, one, colour=colour) for file, one in zip(ended.files[:1], imports, strict=False)]
    blocks = blocks or ["wherefrom: nothing was recorded; the program did not begin"]
    if len(ended.files) > 1:
        processes = [(file.process, one) for file, one in zip(ended.files, imports, strict=True)]
        blocks.append(processes_text(processes, colour=colour))
    for trace in traces:
        told = [finding for finding in trace.findings if finding.severity != "note"]
        blocks += [explanation_text(told, colour=colour)] if told else []
    try:
        sys.stderr.write("\n".join(blocks) + "\n")
        sys.stderr.flush()
    except OSError:
        pass


def _write_page(ended: Ended, traces: list[Trace], imports: list[Imports], path: str) -> None:
    """Write the page.

    Raises:
        OSError: the file cannot be written.
    """
    told = [
        Told(one, file.process, trace.findings, lines_of_changes(_path_changes(one)), _notes(file))
        for file, trace, one in zip(ended.files, traces, imports, strict=False)
    ]
    Path(path).write_text(page(told, status=ended.status), encoding="utf-8")


def _notes(file: StreamFile) -> list[str]:
    return ["what was recorded could not all be written"] if file.failed else []


def _summary(file: StreamFile, imports: Imports, *, colour: bool) -> str:
    return summary_text(
        imports,
        notes=_notes(file),
        path=lines_of_changes(_path_changes(imports)),
        stdlib=file.process.get("stdlib"),
        colour=colour,
    )


def _path_changes(imports: Imports) -> tuple[PathChanged, ...]:
    return Trace(imports.path_rows).select(PathChanged)


def _read(ended: Ended) -> list[Imports]:
    return [Imports().take_in(file.rows()) for file in ended.files]


def _traces(ended: Ended, start: Start) -> list[Trace]:
    """Give a trace for the explanation of each process; an empty one for a program that did not begin."""
    start.status = ended.status
    around = look_around(start)
    return [Trace(tuple(file.rows()), around) for file in ended.files] or [Trace((), around)]


def _written(ended: Ended, traces: list[Trace], path: str) -> list[Imports]:
    """Write the trace as one document, event by event, and give the sums of it.

    Raises:
        OSError: the file cannot be written.
    """
    with Path(path).open("w", encoding="ascii") as out:
        head = {"schema": SCHEMA, "argv": list(ended.argv), "exit_status": ended.status}
        out.write(json.dumps(head)[:-1])
        sums = []
        for at, file in enumerate(ended.files):
            out.write(["", ', "processes": ['][at] if at < 2 else ", ")
            sums.append(_process(out, file, traces[at], nested=at > 0))
        if len(ended.files) > 1:
            out.write("]")
        elif not ended.files:
            out.write(', "imports": [], "events": [], "path_changes": []')
            out.write(_explained(traces[0]))
        out.write("}\n")
    return sums


def _explained(trace: Trace) -> str:
    """Give the findings, and what they were found by, as members of the document."""
    findings = [finding.to_document() for finding in trace.findings]
    around = trace.surroundings.to_document()
    return f', "findings": {json.dumps(findings)}, "surroundings": {json.dumps(around)}'


def _process(out: TextIO, file: StreamFile, trace: Trace, *, nested: bool) -> Imports:
    described = json.dumps(file.process)
    out.write(f'{{"process": {described}' if nested else f', "process": {described}')
    imports = Imports()
    out.write(', "events": [')
    for at, event in enumerate(_events(file, imports)):
        out.write((",\n" if at else "\n") + event)
    listed = [one.to_document() for one in imports.all]
    out.write(f'], "imports": {json.dumps(listed)}{_explained(trace)}')
    out.write(f', "path_changes": {json.dumps(changes_document(_path_changes(imports)))}')
    if nested:
        out.write("}")
    return imports


def _events(file: StreamFile, imports: Imports) -> Iterator[str]:
    for row in unfold(imports.add(file.rows())):
        (event,) = events_document([row])
        yield json.dumps(event, separators=(",", ":"))


def add_to(commands: Any) -> None:
    """List the command among the others; its arguments are read here, since most are the program's."""
    commands.add_parser("run", help="run a program with its imports traced", add_help=False)
