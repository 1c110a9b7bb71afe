"""What was passed by: near misses, losers, and what is neither."""

from __future__ import annotations

import os
from importlib import machinery
from typing import TYPE_CHECKING

import pytest

import wherefrom
from tests.support.worlds import interpreter, world

if TYPE_CHECKING:
    from pathlib import Path

OWN_SUFFIX = machinery.EXTENSION_SUFFIXES[0]


def misses(directory: Path, name: str = "x") -> set[tuple[str, str]]:
    found = wherefrom.resolve(name, path=[str(directory)])
    return {(os.path.relpath(miss.path, directory), miss.reason) for miss in found.near_misses}


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        ("X.py", "wrong-case"),
        ("x.PY", "wrong-case"),
        ("X/", "wrong-case"),
        ("x.cpython-39-x86_64-linux-gnu.so", "wrong-abi"),
        ("x.cp39-win_amd64.pyd", "wrong-abi"),
        ("x/", "no-init"),
        ("x.py/", "directory-named-like-a-file"),
    ],
)
def test_what_almost_fits_is_a_near_miss(tmp_path: Path, file: str, reason: str) -> None:
    path = tmp_path / file
    path.mkdir() if file.endswith("/") else path.touch()

    assert misses(tmp_path) == {(file.rstrip("/"), reason)}


@pytest.mark.parametrize(
    "file", ["x.py.txt", "x.txt", "xx.py", "x.pyi", "y.py", "x.py~", ".x.py", "x.pyc.bak"]
)
def test_what_does_not_fit_at_all_is_no_near_miss(tmp_path: Path, file: str) -> None:
    (tmp_path / file).touch()

    assert misses(tmp_path) == set()


@pytest.mark.parametrize(("link", "target"), [("x.py", "nowhere"), ("x", "nowhere"), ("x", "x")])
def test_a_link_to_nowhere_is_a_near_miss_however_it_was_come_by(
    tmp_path: Path, link: str, target: str
) -> None:
    (tmp_path / link).symlink_to(target)
    with world([str(tmp_path)]):
        assert misses(tmp_path) == {(link, "dangling-link")}
        assert interpreter("x") is None  # now there is a listing
        assert misses(tmp_path) == {(link, "dangling-link")}


def test_another_form_of_the_same_text_is_a_near_miss(tmp_path: Path) -> None:
    (tmp_path / "e\u0301.py").touch()

    assert misses(tmp_path, "\u00e9") == {("e\u0301.py", "other-unicode-form")}


def test_a_file_that_a_stale_listing_hides_is_a_near_miss(tmp_path: Path) -> None:
    long_ago = 1_000_000_000
    with world([str(tmp_path)]):
        os.utime(tmp_path, (long_ago, long_ago))
        assert interpreter("x") is None
        (tmp_path / "x.py").touch()
        os.utime(tmp_path, (long_ago, long_ago))
        found = wherefrom.resolve("x")

        assert not found
        assert [(miss.path, miss.reason) for miss in found.near_misses] == [
            (str(tmp_path / "x.py"), "unseen-by-stale-listing")
        ]


def test_each_loser_has_the_rule_by_which_it_loses(tmp_path: Path) -> None:
    for file in ("one/x/__init__.py", "one/x/__init__.pyc", "one/x.py", f"one/x{OWN_SUFFIX}", "two/x.py"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).touch()
    (tmp_path / "three" / "x").mkdir(parents=True)
    path = [str(tmp_path / entry) for entry in ("three", "one", "two", "missing")]

    found = wherefrom.resolve("x", path=path)

    assert found.origin == str(tmp_path / "one" / "x" / "__init__.py")
    assert [(os.path.relpath(str(loser.origin), tmp_path), loser.reason) for loser in found.shadowed] == [
        ("three/x", "module-before-portion"),
        ("one/x/__init__.pyc", "earlier-suffix"),
        (f"one/x{OWN_SUFFIX}", "package-before-module"),
        ("one/x.py", "package-before-module"),
        ("two/x.py", "later-entry"),
    ]


def test_a_file_behind_a_builtin_module_is_a_loser_of_a_later_finder(tmp_path: Path) -> None:
    (tmp_path / "sys.py").touch()

    found = wherefrom.resolve("sys", path=[str(tmp_path)])

    assert found.kind == "built-in"
    assert [(loser.origin, loser.reason) for loser in found.shadowed] == [
        (str(tmp_path / "sys.py"), "later-finder")
    ]


def test_nothing_loses_where_nothing_won(tmp_path: Path) -> None:
    (tmp_path / "X.py").touch()

    assert wherefrom.resolve("x", path=[str(tmp_path)]).shadowed == ()
