"""Path entries: the hooks in order, ``ImportError`` as "not mine", what the importer cache holds."""

from __future__ import annotations

import sys
from importlib import machinery
from typing import TYPE_CHECKING, Any

import pytest

import wherefrom
from tests.support.worlds import GENUINE_HOOKS, disagreements, forget, interpreter, wherefrom_says, world
from wherefrom import events

if TYPE_CHECKING:
    from pathlib import Path


class Stranger:
    """A path entry finder that knows one name."""

    def __init__(self, entry: str = "") -> None:
        self.entry = entry

    def find_spec(self, name: str, target: Any = None) -> machinery.ModuleSpec | None:
        if name != "x":
            return None
        return machinery.ModuleSpec(name, machinery.SourceFileLoader(name, "elsewhere"), origin="elsewhere")


class PortionGiver(Stranger):
    """A path entry finder that offers portions only."""

    def find_spec(self, name: str, target: Any = None) -> machinery.ModuleSpec | None:
        spec = machinery.ModuleSpec(name, None, is_package=True)
        assert spec.submodule_search_locations is not None
        spec.submodule_search_locations += [f"{self.entry}/portion"]
        return spec


class NothingGiver(Stranger):
    """A path entry finder whose spec has neither a loader nor locations: the interpreter rejects it."""

    def find_spec(self, name: str, target: Any = None) -> machinery.ModuleSpec | None:
        return machinery.ModuleSpec(name, None)


class Rubbish(Stranger):
    """A path entry finder that answers with text."""

    def find_spec(self, name: str, target: Any = None) -> Any:
        return "text"


class Raising(Stranger):
    """A path entry finder that raises."""

    def find_spec(self, name: str, target: Any = None) -> Any:
        raise ZeroDivisionError(name)


def import_error(entry: str) -> Any:
    raise ImportError("not mine")


def other_error(entry: str) -> Any:
    raise ZeroDivisionError(entry)


HOOKS: dict[str, Any] = {
    "takes": Stranger,
    "takes and gives portions": PortionGiver,
    "takes and gives nothing": NothingGiver,
    "takes and answers rubbish": Rubbish,
    "takes and raises": Raising,
    "says not mine": import_error,
    "raises": other_error,
    "gives None": lambda entry: None,
    "gives a finder without find_spec": lambda entry: object(),
    "takes odd names": lambda entry: Stranger() if entry == "odd:name" else import_error(entry),
}


@pytest.mark.parametrize("at", [0, 1, 2], ids=["first", "between", "last"])
@pytest.mark.parametrize("hook", HOOKS)
def test_a_hook_has_the_effect_that_it_has_on_an_import(tmp_path: Path, hook: str, at: int) -> None:
    (tmp_path / "y.py").touch()
    hooks = [*GENUINE_HOOKS]
    hooks.insert(at, HOOKS[hook])
    with world([str(tmp_path), "odd:name"], path_hooks=hooks):
        found = []
        for name in ("x", "y"):
            found += disagreements([name])

    assert found == []


@pytest.mark.parametrize("hooks", [[], [import_error]], ids=["no hooks", "no hook takes anything"])
def test_without_a_hook_nothing_is_served(tmp_path: Path, hooks: list[Any]) -> None:
    (tmp_path / "y.py").touch()
    with world([str(tmp_path)], path_hooks=hooks):
        told = wherefrom.resolve("y")
        ended = told.trace.select(events.SearchEnded)

    assert not told
    assert [event.reason for event in ended] == ["no-hook-took-it"]


def test_a_file_finder_with_suffixes_of_its_own_is_searched_with_them(tmp_path: Path) -> None:
    (tmp_path / "y.text").touch()
    (tmp_path / "z.py").touch()
    hook = machinery.FileFinder.path_hook((machinery.SourceFileLoader, [".text"]))
    with world([str(tmp_path)], path_hooks=[hook]):
        found = disagreements(["y", "z"])
        answer = wherefrom.resolve("y").origin

    assert found == []
    assert answer == str(tmp_path / "y.text")


def test_a_loader_class_of_somebody_else_is_called_as_the_interpreter_calls_it(tmp_path: Path) -> None:
    (tmp_path / "y.py").touch()

    class Loader(machinery.SourceFileLoader):
        """Not the interpreter's own."""

    hook = machinery.FileFinder.path_hook((Loader, [".py"]))
    with world([str(tmp_path)], path_hooks=[hook]):
        found = disagreements(["y"])
        spec = wherefrom.resolve("y").spec

    assert found == []
    assert spec is not None
    assert type(spec.loader) is Loader


@pytest.mark.parametrize(
    "held", [None, Stranger(), Raising(), NothingGiver()], ids=lambda held: type(held).__name__
)
def test_what_the_importer_cache_holds_serves_the_entry(tmp_path: Path, held: Any) -> None:
    (tmp_path / "y.py").touch()
    with world([str(tmp_path)]):
        for name in ("x", "y"):
            sys.path_importer_cache[str(tmp_path)] = held

            assert wherefrom_says(name) == interpreter(name)


def test_an_entry_that_was_missing_at_first_use_stays_dead_until_caches_are_invalidated(
    tmp_path: Path,
) -> None:
    late = tmp_path / "late"
    with world([str(late)]):
        assert interpreter("y") is None
        late.mkdir()
        (late / "y.py").touch()

        assert disagreements(["y"]) == []
        assert not wherefrom.resolve("y")
        assert [str(late)] == [miss.path for miss in wherefrom.resolve("y").near_misses]

        forget()

        assert disagreements(["y"]) == []
        assert wherefrom.resolve("y")


def test_the_empty_entry_is_the_current_directory_at_the_time_of_the_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("one", "two"):
        (tmp_path / place).mkdir()
        (tmp_path / place / f"in_{place}.py").touch()
    with world([""]):
        for place in ("one", "two", "one"):
            monkeypatch.chdir(tmp_path / place)

            assert disagreements(["in_one", "in_two"]) == []
            assert wherefrom.resolve(f"in_{place}").origin == str(tmp_path / place / f"in_{place}.py")
    monkeypatch.undo()


def test_a_relative_entry_stays_where_it_was_first_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("one", "two"):
        (tmp_path / place / "lib").mkdir(parents=True)
        (tmp_path / place / "lib" / f"in_{place}.py").touch()
    with world(["lib"]):
        monkeypatch.chdir(tmp_path / "one")
        assert disagreements(["in_one", "in_two"]) == []
        monkeypatch.chdir(tmp_path / "two")

        assert disagreements(["in_one", "in_two"]) == []
        assert wherefrom.resolve("in_one")
    monkeypatch.undo()


def test_a_current_directory_that_is_gone_serves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with world(["", "lib", "."]):
        found = [*disagreements(["x"]), *disagreements(["sys"])]
    monkeypatch.undo()

    assert found == []


@pytest.mark.parametrize(
    "entry", [None, 1, b"bytes", ("a",), object()], ids=lambda entry: type(entry).__name__
)
def test_an_entry_that_is_no_str_is_passed_by_and_told(tmp_path: Path, entry: Any) -> None:
    (tmp_path / "y.py").touch()
    with world([entry, str(tmp_path)]):
        found = disagreements(["y"])
        ended = wherefrom.resolve("y").trace.select(events.SearchEnded)

    assert found == []
    assert [event.reason for event in ended] == ["not-a-string", None]


def test_a_path_object_is_no_str(tmp_path: Path) -> None:
    (tmp_path / "y.py").touch()
    with world([tmp_path]):
        found = disagreements(["y"])

    assert found == []


def test_a_subclass_of_str_is_a_str(tmp_path: Path) -> None:
    class Text(str):
        __slots__ = ()

    (tmp_path / "y.py").touch()
    with world([Text(tmp_path)]):
        found = disagreements(["y"])
        there = wherefrom.resolve("y").found

    assert found == []
    assert there
