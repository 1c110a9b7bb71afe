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
from typing import TYPE_CHECKING, TypeVar

import attrs

from .documents import SCHEMA, events_document
from .events import PathChanged
from .excerpt import Excerpt
from .imports import Import, Imports
from .looking import look_around
from .render.explained import explanation_text
from .render.html import Told, page
from .render.processes import processes_text
from .render.summary import summary_text
from .search_path.telling import changes_document, lines_of_changes
from .trace import Trace
from .unfold import unfold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TextIO

    from ._engine.stream_file import StreamFile
    from .child import Ended
    from .finding import Finding
    from .looking import Start
    from .run_command import Options
    from .stories import Row
    from .surroundings import Surroundings

T = TypeVar("T")

_encode = json.JSONEncoder(separators=(",", ":")).encode  # json.dumps would make one for each event


# What an event adds to the number of the imports that go on.
_STEPS = {"import.began": 1, "import.ended": -1, "import.loaded": -1, "import.bound": -1}


@attrs.frozen
class _Read:
    """What was read of one process: its file, its imports, and what looks wrong in it."""

    file: StreamFile
    imports: Imports
    findings: tuple[Finding, ...]


def interim(options: Options, start: Start) -> Callable[[Ended], None]:
    """Make what writes the document while a program hangs in an import: it may be killed with us."""
    place = Path(str(options.json))

    def write(so_far: Ended) -> None:
        if (place.exists() and not place.is_file()) or not _is_importing(so_far.files[0]):
            return
        aside = place.with_name(f"{place.name}.part")
        with contextlib.suppress(OSError):  # the end will tell, if there is one
            _written(so_far, _around(so_far, attrs.evolve(start, running=True)), str(aside))
            aside.replace(place)

    return write


def _is_importing(file: StreamFile) -> bool:
    """Say whether an import has begun and not ended."""
    return sum(_STEPS.get(str(row[0]), 0) for row in file.rows()) > 0


def tell(ended: Ended, options: Options, start: Start) -> None:
    """Write the trace and the summary; the program's end is not changed by what goes wrong here."""
    try:
        around = _around(ended, start)
        told = _written(ended, around, options.json) if options.json else _read(ended, around)
        if options.html:
            _write_page(ended, told, options.html)
    except OSError as error:
        sys.stderr.write(f"wherefrom run: cannot write the trace: {error.strerror}\n")
        return
    if options.quiet or sys.stderr is None:
        return
    colour = sys.stderr.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    blocks = [_summary(one, colour=colour) for one in told[:1]]
    blocks = blocks or ["wherefrom: nothing was recorded; the program did not begin"]
    if len(told) > 1:
        processes = [(one.file.process, one.imports) for one in told]
        blocks.append(processes_text(processes, colour=colour))
    for findings in [one.findings for one in told] or [Trace((), around).findings]:
        grave = [finding for finding in findings if finding.severity != "note"]
        blocks += [explanation_text(grave, colour=colour)] if grave else []
    try:
        sys.stderr.write("\n".join(blocks) + "\n")
        sys.stderr.flush()
    except OSError:
        pass


def _write_page(ended: Ended, read: list[_Read], path: str) -> None:
    """Write the page.

    Raises:
        OSError: the file cannot be written.
    """
    told = [
        Told(
            one.imports,
            one.file.process,
            one.findings,
            lines_of_changes(_path_changes(one.imports)),
            _notes(one.file),
        )
        for one in read
    ]
    Path(path).write_text(page(told, status=ended.status), encoding="utf-8")


def _notes(file: StreamFile) -> list[str]:
    return ["what was recorded could not all be written"] if file.failed else []


def _summary(one: _Read, *, colour: bool) -> str:
    return summary_text(
        one.imports,
        notes=_notes(one.file),
        path=lines_of_changes(_path_changes(one.imports)),
        stdlib=one.file.process.get("stdlib"),
        colour=colour,
    )


def _path_changes(imports: Imports) -> tuple[PathChanged, ...]:
    return Trace(imports.path_rows).select(PathChanged)


def _around(ended: Ended, start: Start) -> Surroundings:
    return look_around(attrs.evolve(start, status=ended.status))


# -- reading, in one pass that holds little -------------------------------------------------------


def _read(ended: Ended, around: Surroundings) -> list[_Read]:
    read = []
    for file in ended.files:
        imports, excerpt = Imports(), Excerpt()
        excerpt.take_in(unfold(imports.add(file.rows())))
        read.append(_Read(file, imports, excerpt.trace(around).findings))
    return read


def _written(ended: Ended, around: Surroundings, path: str) -> list[_Read]:
    """Write the trace as one document, event by event, and give what was read for it.

    Raises:
        OSError: the file cannot be written.
    """
    with Path(path).open("w", encoding="ascii") as out:
        head = {"schema": SCHEMA, "argv": list(ended.argv), "exit_status": ended.status}
        out.write(json.dumps(head)[:-1])
        read = []
        for at, file in enumerate(ended.files):
            out.write(["", ', "processes": ['][at] if at < 2 else ", ")
            read.append(_process(out, file, around, nested=at > 0))
        if len(ended.files) > 1:
            out.write("]")
        elif not ended.files:
            out.write(', "imports": [], "events": [], "path_changes": []')
            out.write(_explained(Trace((), around).findings, around))
        out.write("}\n")
    return read


def _explained(findings: tuple[Finding, ...], around: Surroundings) -> str:
    """Give the findings, and what they were found by, as members of the document."""
    told = [finding.to_document() for finding in findings]
    return f', "findings": {json.dumps(told)}, "surroundings": {json.dumps(around.to_document())}'


def _process(out: TextIO, file: StreamFile, around: Surroundings, *, nested: bool) -> _Read:
    described = json.dumps(file.process)
    out.write(f'{{"process": {described}' if nested else f', "process": {described}')
    imports, excerpt = Imports(), Excerpt()
    out.write(', "events": [')
    _write_each(out, excerpt.add(unfold(imports.add(file.rows()))), _event)
    out.write('], "imports": [')
    _write_each(out, imports.all, _import)
    findings = excerpt.trace(around).findings
    out.write(f"]{_explained(findings, around)}")
    out.write(f', "path_changes": {json.dumps(changes_document(_path_changes(imports)))}')
    if nested:
        out.write("}")
    return _Read(file, imports, findings)


def _write_each(out: TextIO, things: Iterable[T], text_of: Callable[[T], str]) -> None:
    for at, one in enumerate(things):
        out.write((",\n" if at else "\n") + text_of(one))


def _event(row: Row) -> str:
    (event,) = events_document([row])
    return _encode(event)


def _import(one: Import) -> str:
    return json.dumps(one.to_document())
