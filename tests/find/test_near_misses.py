"""What lies where a module was looked for and almost fits is told, and nothing else."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest

import wherefrom


def near(path: Path, name: str) -> dict[str, str]:
    resolution = wherefrom.resolve(name, path=[str(path)])
    return {miss.path.removeprefix(f"{path}/"): miss.reason for miss in resolution.near_misses}


@pytest.mark.parametrize(
    ("file", "name", "reason"),
    [
        ("Foo.py", "foo", "wrong-case"),
        ("FOO", "foo", "wrong-case"),
        ("foo.cpython-36m-x86_64-linux-gnu.so", "foo", "wrong-abi"),
        ("foo.pyd", "foo", "wrong-abi"),
        ("ｆoo.py", "foo", "other-unicode-form"),
    ],
)
def test_a_file_of_nearly_the_right_name_is_a_near_miss(
    tmp_path: Path, file: str, name: str, reason: str
) -> None:
    (tmp_path / file).touch()

    assert near(tmp_path, name) == {file: reason}


@pytest.mark.parametrize("file", ["foo.py.txt", "foo.txt", "foobar.py", "xfoo.py", "foo.py~", "foo_so"])
def test_a_file_that_only_contains_the_name_is_none(tmp_path: Path, file: str) -> None:
    (tmp_path / file).touch()

    assert near(tmp_path, "foo") == {}


def test_a_name_inside_an_archive_can_nearly_fit(tmp_path: Path) -> None:
    archive = tmp_path / "lib.zip"
    with zipfile.ZipFile(archive, "w") as writer:
        writer.writestr("Foo.py", "")
        writer.writestr("inner/foo.py", "")
        writer.writestr("foo.py.txt", "")

    assert near(archive, "foo") == {"Foo.py": "wrong-case"}


def test_an_entry_that_appeared_after_its_first_use_is_a_near_miss(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = tmp_path / "late"
    late.mkdir()
    (late / "foo.py").touch()
    monkeypatch.setitem(sys.path_importer_cache, str(late), None)

    assert near(late, "foo") == {str(late): "entry-appeared-later"}
