"""The picture of the architecture page names every file of the top level and of the engine."""

from __future__ import annotations

import re

from tests.support.children import ROOT, SOURCES

PAGE = ROOT / "docs" / "explanation" / "architecture.md"
HOME = SOURCES / "wherefrom"
DRAWN = ("", "_engine/", "_engine/find/", "_engine/load/", "_engine/bind/")


def picture() -> str:
    found = re.search(r"```text\n(src/wherefrom/.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    return found[1]


def test_every_file_is_in_the_picture() -> None:
    named = re.findall(r"[\w/]+\.py|\w+/", picture())
    files = [path.name for room in DRAWN for path in (HOME / room).glob("*.py")]
    rooms = [f"{path.parent.name}/" for path in HOME.glob("*/__init__.py")]

    assert {*files, *rooms} - {*named} - {"__init__.py"} == set()


def test_every_file_in_the_picture_is_there() -> None:
    named = set(re.findall(r"\w+\.py", picture()))

    assert named - {path.name for path in HOME.rglob("*.py")} == set()
