"""The pages of findings say what the table of codes and the cases say."""

from __future__ import annotations

import pytest

from tests.tools.findings_pages import REFERENCE, pages

PAGES = pages()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_what_the_codes_and_cases_say(name: str) -> None:
    shown = (REFERENCE / name).read_text(encoding="utf-8")

    assert shown == PAGES[name], "run python -m tests.tools.findings_pages"
