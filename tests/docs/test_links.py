"""Links lead somewhere, and every page can be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.docs.pages import anchors, links, name_of, pages
from tests.support.children import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PAGES = pages()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    broken = []
    for link in links(page):
        if "://" in link or link.startswith("mailto:"):
            continue
        target, _, anchor = link.partition("#")
        file = (page.parent / target).resolve() if target else page
        if not file.exists() or (anchor and file.suffix == ".md" and anchor not in anchors(file)):
            broken.append(link)

    assert broken == []


def test_every_page_is_reached_from_the_readme() -> None:
    reached, todo = set(), [ROOT / "README.md"]
    while todo:
        page = todo.pop()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        todo += [
            (page.parent / link.partition("#")[0]).resolve() for link in links(page) if "://" not in link
        ]

    assert set(PAGES) <= reached
