"""Puts sources and reasons into words: `PYTHONPATH[2]`, `line 3 of dev.pth`, why something is missing.

The words are made here and nowhere else, so that the command, the JSON and a resolution that shows
path entries say the same. It decides nothing about the path.
"""

from __future__ import annotations

import os
import re

import attrs

from wherefrom.search_path import tables
from wherefrom.search_path.result import Added, LeftOut, PathEntry, Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from wherefrom.search_path.disk import Disk
    from wherefrom.search_path.draft import Draft, Drafts, Omission


@attrs.frozen
class Labels:
    """Makes labels; environments below the working directory are named from there."""

    cwd: str | None = None

    def entry(self, draft: Draft, disk: Disk) -> PathEntry:
        """Make an entry of a draft, with its label."""
        path = draft.path
        exists = disk.exists(path or disk.cwd or "")
        return PathEntry(path, draft.source, draft.detail, exists, self.of(draft))

    def of(self, draft: Draft) -> str:
        """Return a draft's source in words."""
        detail = draft.detail
        if draft.source == "pythonpath":
            return f"PYTHONPATH[{detail}]" if detail is not None else "PYTHONPATH"
        if draft.source == "site-packages":
            return f"site-packages of {self._environment(draft)}"
        if isinstance(detail, Place):
            return _of_place(draft.source, detail)
        return _PLAIN.get(draft.source, draft.source)

    def _environment(self, draft: Draft) -> str:
        """Name a virtual environment by its directory, as people do: `.venv`."""
        if draft.detail != "venv":
            return "the base Python"
        match = _BELOW_PREFIX.match(draft.path)
        return os.path.basename(match[1]) if match is not None else "the virtual environment"


_BELOW_PREFIX = re.compile(r"(.*?/[^/]+)/(?:local/)?lib[^/]*/python[^/]*/(?:site|dist)-packages$")

_PLAIN = {
    "script-dir": "script directory",
    "cwd": "current directory",
    "main-path": "the program itself",
    "stdlib-zip": "standard library archive",
    "stdlib": "standard library",
    "lib-dynload": "standard library extensions",
    "user-site": "user site-packages",
    "unknown": "unknown",
    "run-time": "added at run time",
}


def _of_place(source: str, place: Place) -> str:
    name = os.path.basename(place.file)
    line = f"line {place.line} of {name}" if place.line is not None else name
    return {
        "pth-import": f"code in {line}",
        "start": f"entry point in {line}",
        "sitecustomize": f"sitecustomize ({place.file})",
        "usercustomize": f"usercustomize ({place.file})",
    }.get(source, line)


def of_added(added: Added) -> str:
    """Say who put an entry on the path, with no more certainty than there is.

    >>> of_added(Added("/lib", file="app.py", after=3, before=9))
    'added at run time by app.py, after line 3 and before line 9'
    >>> of_added(Added("/lib", file="app.py", after=3, before=9, line=5, line_file="app.py"))
    'added at run time, it seems by app.py:5'
    """
    place = added.place
    if place is None:
        return "added at run time"
    if added.line is not None:
        return f"added at run time, it seems by {place}"
    lines = [] if added.after is None else [f"after line {added.after}"]
    lines += [] if added.before is None else [f"before line {added.before}"]
    between = f", {' and '.join(lines)}" if lines and place.line is None else ""
    doubt = ", or by another thread" if added.doubt else ""
    on_the_way = f", on the way to {added.towards}" if added.towards else ""
    return f"added at run time by {place}{between}{on_the_way}{doubt}"


def left_out(drafts: Drafts, labels: Labels) -> Iterator[LeftOut]:
    """Turn the omissions into answers, each with its reason in words."""
    for omission in drafts.omissions:
        index = _index(omission, drafts)
        draft = omission.draft
        yield LeftOut(
            path=draft.path,
            source=draft.source,
            reason=omission.reason,
            because=_because(omission, index, drafts, labels),
            detail=draft.detail,
            entry=index,
        )


def _index(omission: Omission, drafts: Drafts) -> int | None:
    if omission.of is None:
        return None
    same = (number for number, draft in enumerate(drafts.entries) if draft.path == omission.of)
    return next(same, None)


def _because(omission: Omission, index: int | None, drafts: Drafts, labels: Labels) -> str:
    if omission.reason == "duplicate" and index is not None:
        return f"the same path is there already: entry {index}, {labels.of(drafts.entries[index])}"
    row = tables.REASONS[omission.reason]
    return f"{row.means} ({omission.evidence})" if omission.evidence else row.means
