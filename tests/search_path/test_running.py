"""The running process explained, and the callable that is also a package."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import wherefrom
from wherefrom.search_path import labels, tables
from wherefrom.search_path.draft import Draft
from wherefrom.search_path.result import Finding, LeftOut, PathEntry, SearchPath

from .conftest import World


@pytest.fixture
def own_path() -> Iterator[None]:
    before = list(sys.path)
    yield
    sys.path[:] = before


@pytest.mark.usefixtures("own_path")
def test_what_code_added_is_marked_with_its_file_and_line() -> None:
    sys.path.insert(0, "/added/traced")
    sys.path.append("/added/untraced")

    answer = wherefrom.search_path.current({"/added/traced": ("app.py", 7)})
    found = {entry.path: (entry.source, str(entry.detail), entry.label) for entry in answer}

    assert list(answer.paths) == sys.path
    assert ("run-time", "app.py:7", "added at run time by app.py:7") == found["/added/traced"]
    assert ("run-time", "None", "added at run time") == found["/added/untraced"]


@pytest.mark.usefixtures("own_path")
def test_what_code_took_out_is_listed() -> None:
    gone = next(entry for entry in wherefrom.search_path.current() if entry.source == "lib-dynload")
    sys.path.remove(gone.path)

    answer = wherefrom.search_path.current()
    left = {(missing.path, missing.reason) for missing in answer.left_out}

    assert (gone.path, "removed-at-run-time") in left


@pytest.mark.usefixtures("own_path")
def test_an_entry_that_is_no_text_is_noted() -> None:
    sys.path.append(Path("/x"))  # type: ignore[arg-type]

    assert any("no text" in note for note in wherefrom.search_path.current().notes)


_IN_CHILD = (
    "import os, sys; os.chdir('/'); import wherefrom; "
    "print(*(f'{e.source}={e.path}' for e in wherefrom.search_path.current()), sep='\\n')"
)


def test_a_process_that_moved_is_explained_from_where_it_was_started(world: World) -> None:
    world.write("work/app.py", _IN_CHILD)
    world.folder("work/lib")
    own = [os.path.abspath(path) for path in sys.path if path]

    done = subprocess.run(
        [sys.executable, "-m", "app"],
        cwd=world.root / "work",
        env={**os.environ, "PWD": str(world.root / "work"), "PYTHONPATH": os.pathsep.join(["lib", *own])},
        capture_output=True,
        text=True,
        check=True,
    )
    lines = done.stdout.splitlines()

    assert lines[:2] == [f"cwd={world.root}/work", f"pythonpath={world.root}/work/lib"]
    assert not [line for line in lines if line.startswith("run-time")]


_FRONT_DOOR = """
import sys
import wherefrom
before = {name for name in sys.modules if name.startswith("wherefrom")}
assert before == {"wherefrom"}, before
room = wherefrom.search_path
after = {name for name in sys.modules if name.startswith("wherefrom")} - before
assert after == {"wherefrom.search_path"}, after
from wherefrom import search_path
import wherefrom.search_path as module
from wherefrom.search_path import search_path as inner
assert room is search_path is module is inner is sys.modules["wherefrom.search_path"]
assert callable(room) and callable(room.current)
assert room(args=["-c", "pass"]).entries
import wherefrom.search_path.model
assert wherefrom.search_path is room and callable(wherefrom.search_path)
"""


def test_the_room_is_the_function_under_each_of_its_names_and_is_loaded_late() -> None:
    own = os.pathsep.join(os.path.abspath(path) for path in sys.path if path)
    done = subprocess.run(
        [sys.executable, "-c", _FRONT_DOOR],
        env={**os.environ, "PYTHONPATH": own},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (0, "") == (done.returncode, done.stderr)


def test_an_answer_is_a_sequence_and_says_itself_in_one_line() -> None:
    entries = (PathEntry("/a", "pythonpath", 1, True, "PYTHONPATH[1]"), PathEntry("/b", "stdlib"))
    answer = SearchPath("python", ("-c", "x"), entries)

    assert (2, "/b", ("/a", "/b")) == (len(answer), answer[1].path, answer.paths)
    assert repr(answer) == "<SearchPath of 'python -c x': 2 entries>"
    assert (answer.label("/a"), answer.label("/c")) == ("PYTHONPATH[1]", None)


def test_a_search_gets_its_labels_and_the_directory_stands_for_the_empty_entry() -> None:
    entries = (PathEntry("", "cwd", label="current directory"), PathEntry("/a", "stdlib", label="library"))
    answer = SearchPath("python", (), entries)

    assert answer.labels(["/here", "/a", "/b"], cwd="/here") == {
        "/here": "current directory",
        "/a": "library",
    }
    assert answer.labels(["/here"]) == {}


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/lib/x/.venv/lib/python3.12/site-packages", "site-packages of .venv"),
        ("/x/env/lib64/python3.13t/site-packages", "site-packages of env"),
        ("/x/env/local/lib/python3.11/dist-packages", "site-packages of env"),
    ],
)
def test_a_virtual_environment_is_called_by_its_directory(path: str, label: str) -> None:
    assert labels.Labels().of(Draft(path, "site-packages", "venv")) == label


def test_words_outside_the_tables_are_refused() -> None:
    with pytest.raises(KeyError):
        PathEntry("/a", "somewhere")
    with pytest.raises(KeyError):
        LeftOut(None, "pth", "because-i-say-so", "")
    with pytest.raises(KeyError):
        Finding("no-such-code", "note", "")


def test_every_word_of_the_tables_is_used_by_the_code() -> None:
    room = Path(tables.__file__).parent
    code = "".join(path.read_text() for path in room.glob("*.py") if path.name not in ("tables.py",))

    for name in (*tables.REASONS, *tables.FINDINGS, *(row.name for row in tables.SOURCES)):
        assert f'"{name}"' in code, name
