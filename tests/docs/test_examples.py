"""Every example of the README and of the docs does what the page shows."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # has no types

from tests.docs.pages import Block, blocks, name_of, pages
from tests.docs.session import Session
from tests.support.children import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.installation import Installation

EXECUTED = ("python", "console")
PAGES = pages()
SCHEMA = ROOT / "docs" / "reference" / "wherefrom-1.schema.json"


def runs(block: Block) -> bool:
    return block.language in EXECUTED and not block.unrun


@pytest.mark.parametrize("page", [page for page in PAGES if any(map(runs, blocks(page)))], ids=name_of)
def test_examples_do_what_the_page_shows(page: Path, installed: Installation, tmp_path: Path) -> None:
    problems = []
    with closing(Session(installed, tmp_path)) as session:
        for block in blocks(page):
            if block.file or runs(block):
                problems += session.run(block)

    assert not problems, "\n\n".join(problems)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_what_is_not_executed_says_why(page: Path) -> None:
    silent = [
        block.line
        for block in blocks(page)
        if not (block.unrun or block.file or block.language in (*EXECUTED, "json"))
    ]

    assert silent == [], "blocks at these lines are neither executed nor marked <!-- not run: REASON -->"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_documents_in_json_fit_the_schema(page: Path) -> None:
    validator = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    for block in blocks(page):
        if block.language == "json" and not block.unrun:
            validator.validate(json.loads(block.text))
