"""Import lines of ``.pth`` files that do something else, or nothing, since 3.15 (PEP 829)."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from ...finding import Evidence
from ..absent import absents, join

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case

_SINCE = (3, 15)
# What import lines still find in the frame that runs them; the other names of old are gone.
_KEPT = ("sitedir", "fullname", "name")
_OF_FRAME = re.compile(r"f_locals\s*(?:\[|\.get\()\s*['\"](\w+)['\"]")
PROVED, LIKELY = 87, 60


def changed(case: Case) -> Iterator[Finding]:
    """Say that an import line which speaks of the missing module no longer does what it was written for."""
    absent = next(absents(case), None)
    if absent is None or case.python < _SINCE:
        return
    for file in _files(case):
        for number, text in enumerate((case.text(file) or "").splitlines(), 1):
            if not text.strip().startswith(("import ", "import\t")) or not _speaks(text, absent.top):
                continue
            why = _why(case, file, text)
            if why is None:
                continue
            what, weight = why
            yield case.finding(
                "pth-import-lines-changed-in-3.15",
                f"line {number} of {file} has no effect on Python {case.python[0]}.{case.python[1]}: {what}",
                Evidence(f"the line: {text.strip()[:200]}", file, number),
                Evidence("since 3.15 the import lines of .pth files run after all paths are added (PEP 829)"),
                *absent.asked(case),
                fix=f"install what wrote {file} in a newer version, or name its function in "
                f"{_start(file)}; a namespace package needs no such line (PEP 420)",
                about=absent.name,
                certainty="observed" if weight == PROVED else "inferred",
                weight=weight,
            )


def _speaks(line: str, name: str) -> bool:
    """Say whether a line names a module, also within the name of a finder that was made for it."""
    return re.search(rf"(?<![a-zA-Z0-9]){re.escape(name)}(?![a-zA-Z0-9])", line) is not None


def _why(case: Case, file: str, line: str) -> tuple[str, int] | None:
    beside = posixpath.basename(_start(file))
    if beside in case.listing(posixpath.dirname(file)):
        return f"{_start(file)} lies beside it and takes the place of its import lines", PROVED
    gone = [name for name in _OF_FRAME.findall(line) if name not in _KEPT]
    if gone:
        return f"it reads {gone[0]!r} from the frame of site, which is no longer there", PROVED
    if "sys.__plen" in line or "sys.__egginsert" in line:
        return "it moves the paths that were added just before it, and now there are none", LIKELY
    return None


def _start(file: str) -> str:
    return file.removesuffix(".pth") + ".start"


def _files(case: Case) -> Iterator[str]:
    for entry in case.start_path.get("entries", ()):
        if entry["source"] in ("site-packages", "user-site"):
            for name in case.listing(entry["path"]):
                if name.endswith(".pth") and not name.startswith("."):
                    yield join(entry["path"], name)


RULES = (changed,)
