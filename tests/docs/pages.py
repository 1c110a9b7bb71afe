"""Pages of the documentation as data: their code blocks, their links and their anchors.

A fenced block may have a comment in the line before it:

- ``<!-- not run: REASON -->`` exempts it from execution;
- ``<!-- file: NAME -->`` has it written to a file in the directory that the page's examples run in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.support.children import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FENCE = re.compile(r"^(?P<indent> *)```(?P<language>\w*)[^\n`]*$")
_COMMENT = re.compile(r"^ *<!-- (?P<key>not run|file): (?P<value>.+?) -->$")
_LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)\)")
_HEADING = re.compile(r"^#+ (?P<title>.+)$")
_NO_ANCHOR = re.compile(r"[^\w\- ]")


@dataclass(frozen=True)
class Block:
    """A fenced block of a page.

    Attributes:
        line: the number of its first line, from 1.
        language: what stands behind the fence.
        text: what it holds.
        unrun: the reason why it is not executed, empty if it is.
        file: the file that it is, empty if it is none.
    """

    line: int
    language: str
    text: str
    unrun: str = ""
    file: str = ""


def pages() -> list[Path]:
    """Name every page: the README and all of ``docs``."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def name_of(page: Path) -> str:
    """Name a page as tests show it."""
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path) -> Iterator[Block]:
    """Give the fenced blocks of a page, in order."""
    lines = iter(enumerate(page.read_text(encoding="utf-8").splitlines(), 1))
    before = ""
    for number, line in lines:
        fence = _FENCE.match(line)
        if fence is None:
            before = line
            continue
        text = []
        for _, inner in lines:
            if inner.strip() == "```":
                break
            text.append(inner.removeprefix(fence["indent"]) + "\n")
        else:
            raise AssertionError(f"{name_of(page)}:{number}: the block does not end")
        said = _COMMENT.match(before)
        told = {said["key"]: said["value"]} if said else {}
        before = ""
        yield Block(
            number + 1, fence["language"], "".join(text), told.get("not run", ""), told.get("file", "")
        )


def prose(page: Path) -> str:
    """Give a page without its fenced blocks."""
    kept, inside = [], False
    for line in page.read_text(encoding="utf-8").splitlines():
        if _FENCE.match(line):
            inside = not inside
        elif not inside:
            kept.append(line)
    return "\n".join(kept)


def links(page: Path) -> list[str]:
    """Give the targets of a page's links."""
    return [match["target"] for match in _LINK.finditer(prose(page))]


def anchors(page: Path) -> set[str]:
    """Give the anchors that the headings of a page make."""
    titles = [match["title"] for line in prose(page).splitlines() if (match := _HEADING.match(line))]
    return {_NO_ANCHOR.sub("", title.lower()).replace(" ", "-") for title in titles}
