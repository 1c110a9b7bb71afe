"""A run as one page for a browser: what looks wrong, what took long, what failed, and the tree of imports.

Decides what stands on the page and in which order; it needs no network and runs no script. Judges
nothing. The same in a few lines of text is ``summary.py``, in full ``tree.py``.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import attrs

from . import sentences as s
from .lines import shown
from .page_style import STYLE
from .processes import line_of_process, tree
from .summary import shadowing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..finding import Finding
    from ..imports import Import, Imports
    from .processes import Branch

_NS_PER_MS = 1_000_000
_SLOWEST = 15
# Below this many modules everything is open from the start.
_FEW = 60


@attrs.frozen
class Told:
    """What the page tells of one process.

    Attributes:
        imports: what it imported.
        process: what it said of itself; empty where that is not known.
        findings: what looks wrong, the cause first.
        path: how it changed its search path, in words.
        notes: what else went wrong with the record, in words.
    """

    imports: Imports
    process: dict[str, Any] = attrs.Factory(dict)
    findings: Sequence[Finding] = ()
    path: Sequence[str] = ()
    notes: Sequence[str] = ()


def page(told: Sequence[Told], *, status: int | None = None) -> str:
    """Make the page.

    Args:
        told: what is told of each process; the first is the one that was run.
        status: how that ended, None where it is not known.

    Returns:
        A whole HTML document.
    """
    command = _command(told[0].process) if told else ""
    title = f"imports of {command}" if command else "imports"
    parts = [part for at, one in enumerate(told) for part in _process(one, status if not at else None, at)]
    if len(told) > 1:
        parts.insert(2, _section("Processes", _processes(tree([(one.process, one.imports) for one in told]))))
    body = "\n".join(parts) or "<p>Nothing was recorded.</p>"
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>\n'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head>\n'
        f"<body>\n{body}\n</body></html>\n"
    )


def _process(one: Told, status: int | None, at: int) -> Iterator[str]:
    imports = one.imports
    command = _command(one.process)
    yield f"<h1 id=p{at}>Imports{f' of <code>{command}</code>' if command else ''}</h1>"
    yield _lead(one, status)
    shadowed = _listed(map(_text, shadowing(imports, one.process.get("stdlib"))))
    if one.findings or shadowed:
        yield _section("Looks wrong", "".join(map(_finding, one.findings)) + shadowed)
    odd = [*imports.lost, *one.notes, *_unfinished(imports)]
    if odd:
        yield _section("The record", _listed(map(_text, odd)))
    if imports.failures:
        about = "Caught by the program or not, in the order in which they happened."
        yield _section("Failed", _listed(map(_failed, imports.failures)), about)
    if one.path:
        yield _section("Changed <code>sys.path</code>", _listed(map(_text, one.path)))
    if imports.loaded:
        yield _section("Slowest", _slowest(imports), "Without what they import themselves.")
        opened = len(imports.all) <= _FEW and not at
        about = "Each module below the one whose code asked for it first; the time is with all below it."
        yield _section("All imports", _tree(imports, opened=opened), about)


def _lead(one: Told, status: int | None) -> str:
    imports = one.imports
    said = [f"<b>{s.count(len(imports.loaded), 'module', 'modules')}</b> in <b>{_ms(imports.total_ns)}</b>"]
    said.append(f"{len(imports.before)} were loaded before")
    if imports.failures:
        said.append(f"{len(imports.failures)} failed")
    if status is not None:
        said.append(f"exit status {status}" if status >= 0 else f"died of signal {-status}")
    process = one.process
    if process.get("how") in ("spawned", "forked"):
        said.append(f"process {process.get('pid')}, {process['how']} by {process.get('parent')}")
    if process.get("python"):
        said.append(f"Python {_text(str(process['python']))}")
    return f"<p>{' · '.join(said)}</p>"


def _command(process: dict[str, Any]) -> str:
    arguments = process.get("arguments")
    return _text(" ".join(["python", *map(str, arguments)])) if arguments is not None else ""


# -- the parts ------------------------------------------------------------------------------------


def _processes(branches: list[Branch]) -> str:
    return _listed(
        f"<a href='#p{at}'>{_text(line_of_process(process))}</a>{_processes(below)}"
        for at, process, below in branches
    )


def _section(title: str, content: str, about: str = "") -> str:
    return f"<section><h2>{title}</h2>{f'<p class=about>{about}</p>' if about else ''}{content}</section>"


def _listed(items: Iterable[str]) -> str:
    told = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul>{told}</ul>" if told else ""


def _finding(finding: Finding) -> str:
    likely = ", inferred" if finding.certainty == "inferred" else ""
    evidence = _listed(_text(str(item)) for item in finding.evidence)
    fix = f"<p><b>Fix:</b> {_text(finding.fix)}</p>" if finding.fix else ""
    head = f"<b>{_text(finding.severity)}:</b> {_text(finding.summary)}"
    code = f"<code>{_text(finding.code)}</code>{likely}"
    return f'<div class="finding {_text(finding.severity)}"><p>{head} {code}</p>{evidence}{fix}</div>'


def _failed(one: Import) -> str:
    why = s.phrase(s.IMPORT_OUTCOMES, one.outcome)
    if one.outcome == "failed" and one.error:
        why = f"{why}: {shown(one.error)}"
    return f"<code class=bad>{_text(one.name)}</code> {_text(why)}{_asked(one)}"


def _slowest(imports: Imports) -> str:
    slowest = sorted(imports.loaded, key=lambda one: -(one.self_ns or 0))[:_SLOWEST]
    most = max((one.self_ns or 0 for one in slowest), default=0)
    rows = (
        f"<tr><td class=time>{_ms(one.self_ns)}</td><td class=bar>{_bar(one.self_ns, most)}</td>"
        f"<td><code>{_text(one.name)}</code>{_asked(one)}</td></tr>"
        for one in slowest
    )
    return f"<table>{''.join(rows)}</table>"


def _tree(imports: Imports, *, opened: bool) -> str:
    below: dict[int, list[Import]] = {}
    for one in imports.all:
        below.setdefault(id(one.parent), []).append(one)
    most = max((one.elapsed_ns or 0 for one in imports.all), default=0)
    return f"<div class=tree>{_branch(below, below.get(id(None), []), most, opened=opened)}</div>"


def _branch(below: dict[int, list[Import]], level: list[Import], most: int, *, opened: bool) -> str:
    told = []
    for one in level:
        children = below.get(id(one), [])
        line = _line(one, most)
        if children:
            inner = _branch(below, children, most, opened=opened)
            told.append(f"<details{' open' if opened else ''}><summary>{line}</summary>{inner}</details>")
        else:
            told.append(f"<div class=leaf>{line}</div>")
    return "".join(told)


def _line(one: Import, most: int) -> str:
    good = one.outcome in ("loaded", "there", "half-made", "shared")
    name = f"<code{'' if good else ' class=bad'}>{_text(one.name)}</code>"
    outcome = "unfinished" if one.outcome is None else s.phrase(s.IMPORT_OUTCOMES, one.outcome)
    why = "" if one.outcome == "loaded" else f" {_text(outcome)}"
    origin = (
        f' <span class=origin title="{_text(one.origin)}">{_text(one.kind or "")}</span>'
        if one.origin
        else ""
    )
    time = f"<span class=time>{_ms(one.elapsed_ns)}</span><span class=bar>{_bar(one.elapsed_ns, most)}</span>"
    return f"{time}{name}{why}{origin}{_asked(one)}"


# -- words ----------------------------------------------------------------------------------------


def _asked(one: Import) -> str:
    if one.file is None:
        return ""
    where = shown(one.file) if one.line is None else f"{shown(one.file)}:{one.line}"
    return f" <span class=asked>{escape(where)}</span>"


def _unfinished(imports: Imports) -> list[str]:
    names = " > ".join(one.name for one in imports.unfinished)
    return [f"It ends within the import of {names}."] if names else []


def _bar(nanoseconds: int | None, most: int) -> str:
    width = 100 * (nanoseconds or 0) / most if most else 0
    return f'<i style="width:{width:.1f}%"></i>'


def _ms(nanoseconds: int | None) -> str:
    return "" if nanoseconds is None else f"{nanoseconds / _NS_PER_MS:.1f} ms"


def _text(value: str) -> str:
    return escape(shown(value))
