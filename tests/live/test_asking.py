"""Finders of somebody else around the interpreter's three: they are told as they were asked."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import wherefrom
from tests.live.test_plain import lay, pytestmark
from tests.live.test_running import run, traced
from wherefrom import Trace
from wherefrom._engine.asking import Ahead, Asked
from wherefrom._engine.live_record import LiveRecord

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


class _Search:
    """As much of a search as a question needs that tells what was asked."""

    def __init__(self) -> None:
        self.lost: list[Exception] = []
        self.lose = self.lost.append


@pytest.mark.parametrize("declined", [0, 1, 2])
def test_what_was_asked_can_be_told_at_any_moment(declined: int) -> None:
    search, record = _Search(), LiveRecord()
    ahead = Ahead(search, record)  # type: ignore[arg-type]  # the part of it that is used
    ahead.finders, ahead.labels = (1, 2), ("one", "two")
    meta_path = [1, 2, *sys.meta_path]
    asked = Asked(ahead, "mod", meta_path)
    for _ in range(declined):
        asked.declined(None)
    asked.tell()  # as when a handler of a signal imports something

    assert [] == search.lost
    began, ended = ("ask.began", "one"), ("ask.ended", "one")
    steps = [began, ended, ("ask.began", "two"), ("ask.ended", "two")]
    assert [("find.began", ""), *steps[: 2 * declined + 1]] == [(row[0], row[4]) for row in record.rows]


BEHIND = """
import sys
from importlib.machinery import ModuleSpec
class Maker:
    def __init__(self, name):
        self.name = name
    def create_module(self, spec):
        return None
    def exec_module(self, module):
        module.maker = self.name
class First:
    def find_spec(self, name, path, target=None):
        if name == "imported.meanwhile":
            import colorsys
        if name == "gone":
            sys.meta_path.remove(last)
        if name == "broken":
            raise ValueError(name)
class Last(First):
    def find_spec(self, name, path, target=None):
        return ModuleSpec(name, Maker("last")) if name in ("made", "gone") else None
    @classmethod
    def invalidate_caches(cls):
        pass
class Odd:
    def __getattr__(self, name):
        if name == "find_spec":
            return lambda *_: None
        raise AttributeError(name)
first, last = First(), Last()
sys.meta_path += [first, last]
def ask(name):
    try:
        print(name, __import__(name).maker)
    except Exception as error:
        print(name, repr(error), error.__traceback__.tb_next and error.__traceback__.tb_next.tb_lineno)
if "ahead" in sys.argv:
    sys.meta_path.insert(0, First())
for name in "missing", "made", "broken", "imported", "gone", "missing":
    ask(name)
sys.meta_path.append(Odd())
ask("missing")
print([finder for finder in sys.modules if finder in ("made", "gone", "colorsys")])
"""
BY_THREE = ["BuiltinImporter", "FrozenImporter", "PathFinder"]


def asked_about(name: str, trace: Trace) -> list[tuple[str, str]]:
    """Tell who was asked about a name first, and what came of it."""
    told = [event.fields() for event in trace.events if event.kind == "ask.ended"]
    return [(fields["finder"], fields["outcome"]) for fields in told if fields["name"] == name]


@pytest.mark.parametrize("ahead", [(), ("ahead",)], ids=["behind", "around"])
def test_finders_behind_are_asked_in_their_order_and_told(tmp_path: Path, ahead: tuple[str, ...]) -> None:
    folder = lay(tmp_path / "told")
    (folder / "main.py").write_text(BEHIND, encoding="utf-8")
    done = traced(folder, "--quiet", "--json", "trace.json", "-S", "main.py", *ahead)
    trace = Trace.from_json((folder / "trace.json").read_text(encoding="utf-8"))
    before = [("__main__.First", "declined")] if ahead else []
    three = [*before, *[(finder, "declined") for finder in BY_THREE]]

    assert run(folder, sys.executable, "-S", "main.py", *ahead) == done
    declined = [*three, ("__main__.First", "declined"), ("__main__.Last", "declined")]
    after = [*three, ("__main__.First", "declined"), ("__main__.Odd", "declined")]
    assert [*declined, *[*three, ("__main__.First", "declined")], *after] == asked_about("missing", trace)
    assert [*three, ("__main__.First", "declined"), ("__main__.Last", "found")] == asked_about("made", trace)
    raised = [("__main__.First", "raised")]
    assert (raised if ahead else [*three, *raised]) == asked_about("broken", trace)


def test_who_was_not_asked_behind_is_told(tmp_path: Path) -> None:
    folder = lay(tmp_path / "told")
    text = BEHIND.replace("[first, last]", "[last, first]")
    (folder / "main.py").write_text(text, encoding="utf-8")
    traced(folder, "--quiet", "--json", "trace.json", "-S", "main.py")
    trace = Trace.from_json((folder / "trace.json").read_text(encoding="utf-8"))

    (unasked,) = trace.select(wherefrom.events.FindersUnasked, name="made")
    assert ("__main__.First",) == unasked.finders
    (ended,) = trace.select(wherefrom.events.FindEnded, name="made")
    assert ("found", "other") == (ended.outcome, ended.module_kind)
