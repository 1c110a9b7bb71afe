"""The pages about the search path: examples run, tables, picture and schema drawn again and compared."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from html import escape
from pathlib import Path

import pytest

import wherefrom.search_path as room
from tests.tools import search_path_pages as pages
from wherefrom.search_path import tables

ROOT = Path(__file__).parents[2]
MODULES = sorted(found.name for found in pkgutil.iter_modules(room.__path__))


@pytest.mark.parametrize("path", ["docs/how-to/search-path.md", "docs/reference/search-path.md"])
def test_the_examples_of_a_page_run(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    test = doctest.DocTestParser().get_doctest(text.replace("```", ""), {}, path, path, 0)
    result = doctest.DocTestRunner().run(test)

    assert result.failed == 0
    assert ("how-to" in path) is (result.attempted > 0)


@pytest.mark.parametrize("name", ["", *MODULES])
def test_the_examples_of_docstrings_run(name: str) -> None:
    module = importlib.import_module(f"wherefrom.search_path{'.' if name else ''}{name}")

    assert doctest.testmod(module).failed == 0


def test_the_tables_of_the_reference_are_the_codes() -> None:
    text = pages.PAGE.read_text(encoding="utf-8")

    assert pages.page(text) == text


def test_the_picture_is_drawn_from_the_codes_tables() -> None:
    assert pages.picture() == pages.PICTURE.read_text(encoding="utf-8")


def test_the_picture_shows_every_stage_source_and_first_entry() -> None:
    picture = pages.picture()

    for stage in tables.STAGES:
        assert f". {stage.name}: " in picture
    for source in tables.SOURCES:
        assert source.stage == "main" or f">{source.name}</text>" in picture, source.name
    for rule in tables.FIRST_ENTRIES.values():
        assert f">{escape(rule.shown)}</text>" in picture


def test_the_schema_is_drawn_from_the_codes_tables() -> None:
    assert pages.schema() == pages.SCHEMA.read_text(encoding="utf-8")
