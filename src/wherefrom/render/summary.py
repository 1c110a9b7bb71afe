"""The imports of a program in a few lines: how many, how long, the slowest, the failed, the odd.

Decides what of a whole run is worth a line at its end. Reads the sums of ``imports.py`` and searches
nothing; the whole story of one import is for ``tree.py``.
"""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

from . import sentences as s
from .lines import Line, layout, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..imports import Import, Imports

_NS_PER_MS = 1_000_000
_SLOWEST = 10
_MOST = 10


def summary_text(
    imports: Imports,
    *,
    notes: Sequence[str] = (),
    path: Sequence[str] = (),
    stdlib: str | None = None,
    colour: bool = False,
) -> str:
    """Tell what a program imported.

    Args:
        imports: its imports.
        path: how the program changed its search path, in words.
        notes: what else went wrong with the record, in words.
        stdlib: the directory of its standard library, by which modules are known that take the place
            of one of that.
        colour: whether to use terminal codes.

    Returns:
        The text, without a line break at its end.
    """
    return layout(_lines(imports, notes, path, stdlib), colour=colour)


def _lines(imports: Imports, notes: Sequence[str], path: Sequence[str], stdlib: str | None) -> Iterator[Line]:
    yield Line(_headline(imports))
    slowest = sorted(imports.loaded, key=lambda one: -(one.self_ns or 0))[:_SLOWEST]
    if slowest:
        yield Line("slowest, without what they import:", tuple(map(_slow, slowest)))
    if imports.counted:
        yield Line("most asked for when it was there:", tuple(_counted(imports)))
    failed = imports.failures
    if failed:
        yield Line("failed, caught by the program or not:", _some([_failed(one) for one in failed]))
    if path:
        yield Line("changed sys.path:", _some([Line(shown(text)) for text in path]))
    odd = [*_unfinished(imports), *shadowing(imports, stdlib), *map(shown, [*imports.lost, *notes])]
    if odd:
        yield Line("looks wrong:", tuple(Line(text) for text in odd))
    if imports.how == "observed":
        yield Line("observed: each import with its question and answer, not every place on the way", dim=True)


def _some(lines: list[Line]) -> tuple[Line, ...]:
    """Give the first lines, and how many more there would be."""
    more = [Line(f"and {len(lines) - _MOST} more", dim=True)] if len(lines) > _MOST else []
    return (*lines[:_MOST], *more)


def _headline(imports: Imports) -> str:
    loaded = imports.loaded
    kinds = Counter(one.kind or "other" for one in loaded)
    what = ", ".join(f"{number} {kind}" for kind, number in kinds.most_common())
    total = f"wherefrom: {s.count(len(loaded), 'module', 'modules')} imported"
    if loaded:
        total += f" in {_ms(imports.total_ns)} ({what})"
    return f"{total}; {len(imports.before)} were loaded before"


def _ms(nanoseconds: int | None) -> str:
    return f"{(nanoseconds or 0) / _NS_PER_MS:.1f} ms"


def _slow(one: Import) -> Line:
    return Line(f"{_ms(one.self_ns):>10}  {shown(one.name)}{_asked(one)}")


def _asked(one: Import) -> str:
    """Tell who asked, such as ``, asked for by pkg (/srv/pkg/__init__.py, line 3)``."""
    if not one.importer and one.file is None:
        return ""
    where = f" ({shown(one.file)}, line {one.line})" if one.file is not None and one.line is not None else ""
    return f", asked for by {shown(one.importer) or 'code without a module'}{where}"


def _failed(one: Import) -> Line:
    why = s.phrase(s.IMPORT_OUTCOMES, one.outcome)
    if one.outcome == "failed" and one.error:
        why = f"{why}: {shown(one.error)}"
    return Line(f"{shown(one.name)}: {why}{_asked(one)}")


def _counted(imports: Imports) -> Iterator[Line]:
    sums: Counter[str] = Counter()
    for (name, _), times in imports.counted.items():
        sums[name] += times
    for name, times in sums.most_common(_SLOWEST):
        who = imports.importers(name)
        first = next(iter(who), "")
        by = f", by {s.count(len(who), 'module', 'modules')}, {shown(first)} first" if first else ""
        yield Line(f"{shown(name)}: {s.count(times, 'time', 'times')}{by}")


def _unfinished(imports: Imports) -> Iterator[str]:
    names = [shown(one.name) for one in imports.unfinished]
    if names:
        yield f"the record ends within the import of {' > '.join(names)}"


def shadowing(imports: Imports, stdlib: str | None) -> Iterator[str]:
    """Tell the modules that were imported in the place of one of the standard library.

    Args:
        imports: what was imported.
        stdlib: the directory of the standard library; None if that is not known.
    """
    if not stdlib:
        return
    for one in imports.all:
        if one.name in sys.stdlib_module_names and one.kind in ("source", "bytecode", "extension"):
            origin = one.origin or ""
            if origin and not origin.startswith(stdlib) and "lib-dynload" not in origin:
                yield f"{shown(one.name)} comes from {shown(origin)}, not from the standard library"
