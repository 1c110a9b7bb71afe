"""Dotted and relative names: parents that are absent, loaded, lazy, odd, or no packages."""

from __future__ import annotations

import importlib.util
import sys
from typing import TYPE_CHECKING, Any

import pytest

import wherefrom
from tests.support.worlds import disagreements, interpreter, parents_stand_in, wherefrom_says, world
from wherefrom import events

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BOOM = "raise SystemExit('module code was run')\n"


@pytest.fixture
def tree(tmp_path: Path) -> Iterator[Path]:
    """A package whose files end the program if they are run."""
    (tmp_path / "outer" / "inner").mkdir(parents=True)
    for file in ("outer/__init__.py", "outer/inner/__init__.py", "outer/inner/leaf.py", "outer/module.py"):
        (tmp_path / file).write_text(BOOM, encoding="utf-8")
    with world([str(tmp_path)]):
        yield tmp_path


def test_no_module_code_runs(tree: Path) -> None:
    before = list(sys.modules)

    found = wherefrom.resolve("outer.inner.leaf")

    assert found.origin == str(tree / "outer" / "inner" / "leaf.py")
    assert list(sys.modules) == before


def test_every_parent_is_in_the_trail_before_its_child(tree: Path) -> None:
    began = wherefrom.resolve("outer.inner.leaf").trace.select(events.FindBegan)

    assert [event.name for event in began] == ["outer", "outer.inner", "outer.inner.leaf"]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("absent.child", "parent-not-found"),
        ("outer.absent.child", "parent-not-found"),
        ("outer.module.child", "parent-not-a-package"),
        ("outer.module.child.grandchild", "parent-not-found"),
        ("outer.absent", "no-finder-knows-it"),
        ("sys.child", "parent-not-a-package"),
        ("outer..inner", "parent-not-found"),
        ("outer.", "no-finder-knows-it"),
    ],
)
def test_the_trail_says_which_parent_failed_and_how(tree: Path, name: str, why: str) -> None:
    found = wherefrom.resolve(name)

    assert not found
    assert found.why == why


class Lazy(type(sys)):  # type: ignore[misc]  # the class of modules
    """A module that would run code at any attribute, as importlib.util.LazyLoader's do."""

    def __getattribute__(self, name: str) -> Any:
        raise SystemExit(f"{name} was asked of a lazy module")


class Dynamic(type(sys)):  # type: ignore[misc]
    """A module that makes up attributes."""

    def __getattr__(self, name: str) -> Any:
        raise SystemExit(f"{name} was asked for")


def test_a_lazy_parent_is_used_and_not_loaded(tree: Path) -> None:
    parent = Lazy("outer")
    object.__getattribute__(parent, "__dict__")["__path__"] = [str(tree / "outer" / "inner")]
    sys.modules["outer"] = parent

    assert wherefrom.resolve("outer.leaf").origin == str(tree / "outer" / "inner" / "leaf.py")


def test_a_parent_of_lazy_loader_stays_unloaded(tree: Path) -> None:
    spec = importlib.util.find_spec("outer")
    assert spec is not None
    assert spec.loader is not None
    spec.loader = importlib.util.LazyLoader(spec.loader)
    module = importlib.util.module_from_spec(spec)
    sys.modules["outer"] = module
    spec.loader.exec_module(module)

    found = wherefrom.resolve("outer.inner")

    assert found.origin == str(tree / "outer" / "inner" / "__init__.py")
    assert type(module).__name__ == "_LazyModule"


def test_a_module_that_makes_up_attributes_is_no_package(tree: Path) -> None:
    sys.modules["outer"] = Dynamic("outer")

    assert wherefrom.resolve("outer.inner").why == "parent-not-a-package"


def test_a_parent_that_is_none_is_blocked(tree: Path) -> None:
    sys.modules["outer"] = None  # type: ignore[assignment]  # how an import is blocked

    found = wherefrom.resolve("outer.inner")

    assert found.why == "parent-is-none"
    with pytest.raises(ModuleNotFoundError):
        importlib.util.find_spec("outer.inner")


class Slotted:
    """No module at all, with its path in a slot, as CPython's own tests have one."""

    __slots__ = ("__path__",)


class WithAttribute:
    """No module at all, with a path of its class."""

    __path__: Any = ()


class WithProperty:
    """Its path cannot be known without running code."""

    @property
    def __path__(self) -> Any:
        raise SystemExit("a property was run")


@pytest.mark.parametrize("kind", [Slotted, WithAttribute], ids=lambda kind: kind.__name__)
def test_an_object_that_stands_for_a_parent_is_used_as_it_is(tree: Path, kind: Any) -> None:
    parent = kind()
    parent.__path__ = [str(tree / "outer")]
    sys.modules["standing_in"] = parent

    assert wherefrom_says("standing_in.module") == interpreter("standing_in.module")
    assert wherefrom.resolve("standing_in.module").found


def test_a_property_is_not_run(tree: Path) -> None:
    sys.modules["standing_in"] = WithProperty()  # type: ignore[assignment]

    assert wherefrom.resolve("standing_in.module").why == "parent-not-a-package"


@pytest.mark.parametrize(
    "path", [(), [], ["/nowhere"], "text", iter(()), None, 42], ids=lambda path: repr(path)[:12]
)
def test_any_path_of_a_parent_is_searched_as_the_interpreter_searches_it(tree: Path, path: Any) -> None:
    parent: Any = type(sys)("standing_in")
    parent.__path__ = path
    sys.modules["standing_in"] = parent

    # The interpreter takes a path of None for no path, and then searches sys.path: so must we.
    assert wherefrom_says("standing_in.outer") == interpreter("standing_in.outer")


@pytest.mark.parametrize(
    ("name", "package"),
    [
        (".inner", "outer"),
        ("..inner", "outer.inner"),
        (".", "outer"),
        ("..", "outer.inner"),
        (".inner.leaf", "outer"),
        ("...inner", "outer"),
        (".inner", None),
        (".inner", ""),
        ("..", "outer"),
        ("", None),
        ("", "outer"),
        ("outer.inner", "whatever"),
    ],
)
def test_relative_names_are_resolved_or_rejected_as_by_the_interpreter(
    tree: Path, name: str, package: str | None
) -> None:
    try:
        expected: Any = importlib.util.resolve_name(name, package)
        if not expected:
            expected = ValueError
    except ImportError as error:
        expected = type(error)
    if isinstance(expected, str):
        assert wherefrom.resolve(name, package).name == expected
    else:
        with pytest.raises(expected):
            wherefrom.resolve(name, package)


def test_a_namespace_package_that_is_loaded_follows_its_parents_path(tmp_path: Path) -> None:
    for place in ("one", "two"):
        (tmp_path / place / "space" / "deep").mkdir(parents=True)
        (tmp_path / place / "space" / "deep" / f"in_{place}.py").touch()
    with world([str(tmp_path / "one")]):
        assert disagreements(["space.deep.in_one", "space.deep.in_two"]) == []
        parents_stand_in("space.deep.x")
        sys.path.append(str(tmp_path / "two"))

        # Ours first: the interpreter's path object changes when it is read.
        assert wherefrom.resolve("space.deep.in_two").found
        assert wherefrom_says("space.deep.in_two") == interpreter("space.deep.in_two")
