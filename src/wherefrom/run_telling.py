"""What ``wherefrom run`` tells: the document, the page for a browser, the summary.

Decides where each goes and what of a trace stands in it; ``render/`` makes the texts. Loaded when a
program has ended and something is to be told of it. Called by ``run_command.py``.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from .documents import SCHEMA, events_document
from .events import PathChanged
from .imports import Imports
from .looking import look_around
from .render.explained import explanation_text
from .render.html import Told, page
from .render.processes import processes_text
from .render.summary import summary_text
from .search_path.telling import changes_document, lines_of_changes
from .trace import Trace
from .unfold import unfold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TextIO

    from ._engine.stream_file import StreamFile
    from .child import Ended
    from .looking import Start
    from .run_command import Options


def interim(options: Options, start: Start) -> Callable[[Ended], None]:
    """Make what writes the document while a program hangs in an import: it may be killed with us."""
    place = Path(str(options.json))

    def write(so_far: Ended) -> None:
        if (place.exists() and not place.is_file()) or not _is_importing(so_far.files[0]):
            return
        aside = place.with_name(f"{place.name}.part")
        with contextlib.suppress(OSError):  # the end will tell, if there is one
            _written(so_far, _traces(so_far, attrs.evolve(start, running=True)), str(aside))
            aside.replace(place)

    return write


def _is_importing(file: StreamFile) -> bool:
    """Say whether an import has begun and not ended."""
    kinds = [row[0] for row in file.rows()]
    return kinds.count("import.began") > kinds.count("import.ended")


def tell(ended: Ended, options: Options, start: Start) -> None:
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
    around = look_around(attrs.evolve(start, status=ended.status))
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
