"""The chain of ``sys.meta_path``: order, strangers of every behaviour, and the old protocol."""

from __future__ import annotations

import sys
import warnings
from importlib import machinery
from typing import TYPE_CHECKING, Any

import pytest

import wherefrom
from tests.support.worlds import GENUINE_FINDERS, Failure, interpreter, wherefrom_says, world

if TYPE_CHECKING:
    from pathlib import Path


class Loader(machinery.SourceFileLoader):
    """A loader that is never asked to load."""

    def __init__(self) -> None:
        super().__init__("x", "elsewhere")


def finder(find: Any) -> Any:
    """Make a finder whose `find_spec` is the given function."""
    return type("Stranger", (), {"find_spec": staticmethod(find)})()


def found_by_stranger(name: str, path: Any = None, target: Any = None) -> machinery.ModuleSpec | None:
    return machinery.ModuleSpec(name, Loader(), origin="elsewhere") if name == "x" else None


def raising(name: str, path: Any = None, target: Any = None) -> Any:
    raise ZeroDivisionError("a finder of somebody else")


def import_error(name: str, path: Any = None, target: Any = None) -> Any:
    raise ImportError("not for you")


class WithoutFindSpec:
    """A finder that cannot be asked."""


STRANGERS = {
    "answers": finder(found_by_stranger),
    "declines": finder(lambda name, path=None, target=None: None),
    "raises": finder(raising),
    "raises ImportError": finder(import_error),
    "has no find_spec": WithoutFindSpec(),
    "is no object worth the name": 42,
    "is a class": type("AsClass", (), {"find_spec": staticmethod(found_by_stranger)}),
    "takes too few arguments": finder(lambda name: None),
    "is None": None,
}


@pytest.mark.parametrize("at", [0, 2, 3], ids=["first", "before the path", "last"])
@pytest.mark.parametrize("behaviour", STRANGERS)
def test_a_stranger_in_the_chain_has_the_effect_that_it_has_on_an_import(
    tmp_path: Path, behaviour: str, at: int
) -> None:
    (tmp_path / "y.py").touch()
    chain = [*GENUINE_FINDERS]
    chain.insert(at, STRANGERS[behaviour])
    with warnings.catch_warnings():
        # Until 3.11 a finder without find_spec costs the program an ImportWarning.
        warnings.simplefilter("ignore", ImportWarning)
        for name in ("x", "y", "sys", "nowhere"):
            with world([str(tmp_path)], meta_path=chain):
                # sys is loaded, and so found where the chain fails; what the finders say is compared.
                ours, theirs = wherefrom_says(name), interpreter(name)

            assert ours == theirs or (name == "sys" and isinstance(theirs, Failure))


@pytest.mark.parametrize("answer", ["a string", 42, object(), ()], ids=lambda answer: type(answer).__name__)
def test_an_answer_that_is_no_spec_ends_the_search_as_a_failure(answer: Any) -> None:
    with world([], meta_path=[finder(lambda *_: answer), *GENUINE_FINDERS]):
        found = wherefrom.resolve("nothing_of_this_name")

    assert not found
    assert found.why == "rubbish-answer"


def test_an_exception_of_a_finder_is_told_and_not_raised() -> None:
    with world([], meta_path=[STRANGERS["raises"]]):
        found = wherefrom.resolve("x")
        told = found.trace.select(wherefrom.events.AskEnded)

    assert not found
    assert found.why == "finder-raised"
    assert [event.error for event in told] == ["ZeroDivisionError: a finder of somebody else"]


def test_the_finders_behind_the_winner_are_not_asked() -> None:
    asked: list[str] = []
    later = finder(lambda name, path=None, target=None: asked.append(name))
    with world([], meta_path=[STRANGERS["answers"], later]):
        found = wherefrom.resolve("x")

    assert found.origin == "elsewhere"
    assert asked == []


def test_a_stranger_is_asked_with_the_parents_own_path(tmp_path: Path) -> None:
    asked: list[Any] = []
    asking = finder(lambda name, path=None, target=None: asked.append(path))
    package: Any = type(sys)("package_of_a_test")
    package.__path__ = [str(tmp_path)]
    with world([], meta_path=[asking]):
        sys.modules["package_of_a_test"] = package
        wherefrom.resolve("package_of_a_test.below")

    assert len(asked) == 1
    assert asked[0] is package.__path__


def test_the_very_spec_of_a_stranger_is_given() -> None:
    spec = machinery.ModuleSpec("x", Loader(), origin="elsewhere", is_package=True)
    with world([], meta_path=[finder(lambda *_: spec)]):
        found = wherefrom.resolve("x")

    assert found.spec is spec
    assert found.is_package
    assert found.origin == "elsewhere"


def test_a_finder_that_needs_the_parent_to_be_there_is_answered(tmp_path: Path) -> None:
    # CPython's path object of a nested namespace package reads its parent's module.
    (tmp_path / "outer" / "inner" / "deep").mkdir(parents=True)

    class Delegating:
        @staticmethod
        def find_spec(name: str, path: Any = None, target: Any = None) -> Any:
            return machinery.PathFinder.find_spec(name, path) if name.startswith("outer.") else None

    with world([str(tmp_path)], meta_path=[Delegating, *GENUINE_FINDERS]):
        before = dict(sys.modules)
        found = wherefrom.resolve("outer.inner")
        deeper = wherefrom.resolve("outer.inner.deep")

        assert found.locations == (str(tmp_path / "outer" / "inner"),)
        assert deeper.locations == (str(tmp_path / "outer" / "inner" / "deep"),)
        assert sys.modules == before


def test_a_replaced_method_makes_a_stranger(monkeypatch: pytest.MonkeyPatch) -> None:
    replaced = classmethod(lambda cls, name, path=None, target=None: found_by_stranger(name))
    monkeypatch.setattr(machinery.BuiltinImporter, "find_spec", replaced)
    with world([]):
        assert wherefrom_says("x") == interpreter("x")
        assert wherefrom.resolve("x").origin == "elsewhere"


@pytest.mark.parametrize("chain", [[], ()], ids=["an empty list", "an empty tuple"])
def test_an_empty_chain_finds_nothing(chain: Any) -> None:
    with world([], meta_path=chain), warnings.catch_warnings():
        warnings.simplefilter("ignore", ImportWarning)  # the interpreter says so

        assert wherefrom_says("x") is None
        assert interpreter("x") is None


def test_a_chain_that_is_none_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    with world([]):
        monkeypatch.setattr(sys, "meta_path", None)
        found, theirs = wherefrom.resolve("x"), interpreter("x")
        monkeypatch.undo()

    assert isinstance(theirs, Failure)
    assert found.why == "no-meta-path"


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="the protocol of find_module was removed in 3.12")
def test_a_finder_of_the_old_protocol_is_asked_for_a_loader() -> None:
    class Old:
        @staticmethod
        def find_module(name: str, path: Any = None) -> Any:
            return Loader() if name == "x" else None

    with world([], meta_path=[Old]), warnings.catch_warnings():
        warnings.simplefilter("ignore", ImportWarning)

        assert wherefrom_says("x") == interpreter("x")
        assert wherefrom.resolve("x").loader is not None
