"""Resolution for another interpreter says what that interpreter itself would say."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

import wherefrom
from tests.support.interpreters import available

# Run by the other interpreter: what its own search answers, with the path that it is given.
ASK = """
import importlib, json, sys
search, sys.path[:] = importlib._bootstrap._find_spec, json.loads(sys.argv[1]) or sys.path
def fields(name):
    parent = name.rpartition(".")[0]
    spec = search(name, __import__(parent, fromlist=["x"]).__path__ if parent else None)
    if spec is None:
        return None
    places, loader = spec.submodule_search_locations, spec.loader
    return [spec.name, getattr(loader, "__name__", type(loader).__name__), spec.origin, spec.cached,
            None if places is None else list(places), spec.has_location, spec.parent]
print(json.dumps({name: fields(name) for name in json.loads(sys.argv[2])}))
"""
OTHERS = {version: python for version, python in available().items() if version != sys.version_info[:2]}
NAMES = [
    *sorted(sys.stdlib_module_names - {"distutils"}),
    "json.tool",
    "email.mime.text",
    "no_such",
    "json.no",
]


def theirs(python: str, path: list[str], names: list[str]) -> dict[str, Any]:
    command = [python, "-I", "-c", ASK, json.dumps(path), json.dumps(names)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    answers: dict[str, Any] = json.loads(done.stdout)
    return answers


def ours(python: str, path: list[str] | None, names: list[str]) -> dict[str, Any]:
    return {name: fields(wherefrom.resolve(name, path=path, python=python).spec) for name in names}


def fields(spec: Any) -> Any:
    if spec is None:
        return None
    loader = getattr(spec.loader, "__name__", type(spec.loader).__name__)
    places = spec.submodule_search_locations
    return [
        *(spec.name, loader, spec.origin, spec.cached),
        *(None if places is None else list(places), spec.has_location, spec.parent),
    ]


def differences(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    return {name: (one[name], other[name]) for name in one if one[name] != other[name]}


@pytest.mark.skipif(not OTHERS, reason="there is only one supported interpreter here")
@pytest.mark.parametrize("version", OTHERS, ids=lambda version: ".".join(map(str, version)))
def test_the_standard_library_is_found_as_by_the_other_interpreter(version: tuple[int, int]) -> None:
    python = OTHERS[version]

    assert differences(theirs(python, [], NAMES), ours(python, None, NAMES)) == {}


@pytest.mark.skipif(not OTHERS, reason="there is only one supported interpreter here")
@pytest.mark.parametrize("version", OTHERS, ids=lambda version: ".".join(map(str, version)))
def test_files_of_all_versions_are_told_apart_as_by_the_other_interpreter(
    tmp_path: Path, version: tuple[int, int]
) -> None:
    for major, minor in available():
        (tmp_path / f"ext.cpython-{major}{minor}-x86_64-linux-gnu.so").touch()
    (tmp_path / "ext.py").touch()
    (tmp_path / "plain.abi3.so").touch()
    with zipfile.ZipFile(tmp_path / "lib.zip", "w") as archive:
        archive.writestr("implied/inner.py", "")
        archive.writestr("module.py", "")
    names = ["ext", "plain", "implied", "module", "missing"]
    path = [str(tmp_path), str(tmp_path / "lib.zip")]

    assert differences(theirs(OTHERS[version], path, names), ours(OTHERS[version], path, names)) == {}


def test_an_interpreter_that_is_not_there_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(wherefrom.InterpreterError, match="no-python-here"):
        wherefrom.resolve("json", python=str(tmp_path / "no-python-here"))
