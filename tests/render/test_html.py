"""The page for a browser: well formed, without network or script, and foreign text stays text."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from tests.trace.rows import MS, at_steady_pace
from wherefrom.imports import Imports
from wherefrom.render.html import Told, page
from wherefrom.render.processes import processes_text

if TYPE_CHECKING:
    from collections.abc import Sequence

EMPTY = ("meta", "br")
ROWS = at_steady_pace(
    ("tracing.installed", "retold", ("sys", "os")),
    ("import.began", "pkg", "__main__", "/srv/<b>app.py", 3),
    ("find.ended", "pkg", "found", None, "source", "/srv/pkg/__init__.py"),
    ("import.began", "pkg.<script>", "pkg", "/srv/pkg/__init__.py", 1),
    ("import.ended", "pkg.<script>", "loaded", None),
    ("import.ended", "pkg", "loaded", None),
    ("import.began", "a.b.c", "__main__", "/srv/app.py", 4),
    ("import.began", "a.b", "__main__", "/srv/app.py", 4),
    ("import.began", "a", "__main__", "/srv/app.py", 4),
    ("import.ended", "a", "not-found", "ModuleNotFoundError: No module named 'a'"),
    ("import.ended", "a.b", "failed", "ModuleNotFoundError: No module named 'a'"),
    ("import.ended", "a.b.c", "failed", "ModuleNotFoundError: No module named 'a'"),
    ("import.began", "ends", "__main__", None, None),
)


class Page(HTMLParser):
    """Reads a page, and refuses one whose elements are not closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)


def told(rows: Sequence[Any] = ROWS, **process: object) -> Told:
    return Told(Imports().take_in(rows), process)


def test_a_page_is_well_formed_and_foreign_text_stays_text() -> None:
    read = Page(page([told(arguments=["-c", "<i>\udce9\n"], python="3.13.0")], status=-9))

    assert "pkg.<script>" in read.text
    assert "/srv/<b>app.py:3" in read.text
    assert "python -c <i>\\udce9\\n" in read.text
    assert "died of signal 9" in read.text
    assert "script" not in [tag for tag, _ in read.seen]
    assert [attrs for _, attrs in read.seen if attrs.get("src") or "http" in (attrs.get("href") or "")] == []


def test_a_page_tells_what_failed_once_and_where_the_record_ends() -> None:
    text = Page(page([told()])).text

    _, _, failed = text.partition("Failed")
    failed, _, rest = failed.partition("Slowest")
    assert "a.b.c failed: ModuleNotFoundError: No module named 'a' /srv/app.py:4" in failed
    assert failed.count("No module named") == 1
    assert "It ends within the import of ends." in text
    assert "a.b.c" in rest  # in the tree, every import stands


def test_a_tree_has_each_import_below_the_one_that_caused_it() -> None:
    read = page([told()])
    first = read.index("<summary>")

    assert read.index("pkg</code>", first) < read.index("pkg.&lt;script&gt;</code>", first)
    assert read.count("<details open>") == read.count("</details>") == 3


def test_nothing_recorded_is_a_page_too() -> None:
    assert "Nothing was recorded." in Page(page([])).text
    assert "0 modules" in Page(page([Told(Imports())])).text


def test_processes_stand_below_those_that_started_them_on_the_page_and_in_the_text() -> None:
    heads: list[dict[str, Any]] = [
        {"pid": 5, "parent": 1, "how": "started", "arguments": ["app.py"]},
        {"pid": 6, "parent": 5, "how": "spawned", "arguments": ["kid.py"]},
        {"pid": 7, "parent": 6, "how": "forked", "arguments": ["kid.py"]},
        {"pid": 8, "parent": 99, "how": "spawned", "arguments": ["-c", "x" * 100]},
        {"pid": 5, "parent": 8, "how": "forked", "arguments": []},
    ]
    processes = [(head, Imports()) for head in heads]

    assert processes_text(processes).splitlines() == [
        "processes:",
        "   5 python app.py: 0 modules",
        "      6 spawned: python kid.py: 0 modules",
        "         7 forked: python kid.py: 0 modules",
        f"   8 spawned: python -c {'x' * 50}…: 0 modules",
        "      5 forked: python: 0 modules",
    ]
    read = Page(page([Told(imports, head) for head, imports in processes]))
    anchors = [attrs["href"] for tag, attrs in read.seen if tag == "a"]
    assert ["#p0", "#p1", "#p2", "#p3", "#p4"] == anchors
    assert {"p0", "p4"} <= {attrs.get("id") for tag, attrs in read.seen if tag == "h1"}


def test_time_is_drawn_in_proportion() -> None:
    rows = [
        ("import.began", 0, 1, "slow", "", None, None),
        ("import.ended", 8 * MS, 1, "slow", "loaded", None),
        ("import.began", 8 * MS, 1, "fast", "", None, None),
        ("import.ended", 10 * MS, 1, "fast", "loaded", None),
    ]
    widths = [attrs["style"] for tag, attrs in Page(page([told(rows)])).seen if tag == "i"]

    assert ["width:100.0%", "width:25.0%"] * 2 == widths
