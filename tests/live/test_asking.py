"""Finders of somebody else around the interpreter's three: they are told as they were asked."""

from __future__ import annotations

from pathlib import Path

import wherefrom
from tests.live.test_plain import lay, pytestmark
from tests.live.test_running import traced
from wherefrom import Trace

__all__ = ["pytestmark"]  # where the search is only observed, nothing of this is told

AHEAD = """
import sys
class Finder:
    def find_spec(self, name, path, target=None):
        if name == "package.inner":
            import colorsys
class Behind(Finder):
    pass
sys.meta_path.insert(0, Finder())
sys.meta_path.append(Behind())
import package.inner
"""


def test_finders_ahead_and_behind_are_told_as_they_were_asked(tmp_path: Path) -> None:
    folder = lay(tmp_path / "told")
    (folder / "main.py").write_text(AHEAD, encoding="utf-8")
    traced(folder, "--quiet", "--json", "trace.json", "-S", "main.py")
    trace = Trace.from_json((folder / "trace.json").read_text(encoding="utf-8"))
    at = trace.events.index(trace.select(wherefrom.events.FindBegan, name="package")[0])
    told = [event for event in trace.events[at:] if event.kind.startswith(("ask", "find"))]
    in_short = [(event.kind, event.fields().get("finder")) for event in told[:11]]

    assert in_short == [
        ("find.began", None), ("ask.began", "__main__.Finder"), ("ask.ended", "__main__.Finder"),
        ("ask.began", "BuiltinImporter"), ("ask.ended", "BuiltinImporter"),
        ("ask.began", "FrozenImporter"), ("ask.ended", "FrozenImporter"),
        ("ask.began", "PathFinder"), ("ask.ended", "PathFinder"),
        ("finders.unasked", None), ("find.ended", None),
    ]  # fmt: skip
    assert told[9].fields()["finders"] == ("__main__.Behind",)


def test_what_a_finder_ahead_imports_is_told_inside_its_question(tmp_path: Path) -> None:
    folder = lay(tmp_path / "told")
    (folder / "main.py").write_text(AHEAD, encoding="utf-8")
    traced(folder, "--quiet", "--json", "trace.json", "-S", "main.py")
    trace = Trace.from_json((folder / "trace.json").read_text(encoding="utf-8"))
    begun = [
        (event.kind, event.fields()["name"])
        for event in trace.events
        if event.kind in ("ask.began", "import.began")
        and event.fields().get("finder") in (None, "__main__.Finder")
    ]

    at = begun.index(("import.began", "colorsys"))
    assert begun[at - 1 : at + 2] == [
        ("ask.began", "package.inner"),
        ("import.began", "colorsys"),
        ("ask.began", "colorsys"),
    ]
