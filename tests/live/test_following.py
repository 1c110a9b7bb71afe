"""``wherefrom run --follow``: programs that start others, plain and followed; they and theirs cannot tell."""

# ruff: noqa: E501  # programs as data, a line each

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.live.programs import PORTRAIT
from tests.live.test_running import document, run, traced
from tests.support.versions import each_version, python_of

if TYPE_CHECKING:
    from pathlib import Path

KID = "import colorsys\n" + PORTRAIT
FILES = {
    "kid.py": KID,
    "sub/kid.py": KID,
    "place/__main__.py": KID,
    "grand.py": "import subprocess, sys\nprint(subprocess.run([sys.executable, 'kid.py'], stdout=-1, text=True).stdout)\n",
    "task.py": "def double(x):\n    import colorsys\n    return x * 2\n",
}
# What one process starts: an expression for the arguments of subprocess.run.
COMMANDS = {
    "a script": "[PYTHON, 'kid.py', 'a', '-b']",
    "a script elsewhere": "[PYTHON, 'sub/kid.py']",
    "a module": "[PYTHON, '-m', 'kid', 'a']",
    "a text": "[PYTHON, '-c', KID, 'a']",
    "a directory": "[PYTHON, 'place']",
    "isolated": "[PYTHON, '-I', 'kid.py']",
    "without site": "[PYTHON, '-S', '-E', '-m', 'kid']",
    "with options": "[PYTHON, '-Bu', '-Wdefault', '-X', 'dev', '-OO', 'kid.py']",
    "in another directory": "[PYTHON, 'kid.py'], cwd='sub'",
    "an empty environment": "[PYTHON, 'kid.py'], env={}",
    "bytes": "[PYTHON.encode(), b'kid.py', b'\\xff']",
    "a path": "[pathlib.Path(PYTHON), pathlib.Path('kid.py')]",
    # A relocated interpreter finds its library only by a path at which its name is found.
    "another name": "[os.path.basename(PYTHON), 'kid.py'], executable=PYTHON, env={'PATH': os.path.dirname(PYTHON)}",
    "found on the path": "[os.path.basename(PYTHON), 'kid.py'], env={'PATH': os.path.dirname(PYTHON)}",
    "a grandchild": "[PYTHON, 'grand.py']",
    "open files": "[PYTHON, 'kid.py'], close_fds=False",
}
# What is not followed, and does the same nevertheless.
OTHERS = {
    "a shell": "PYTHON + ' kid.py', shell=True",
    "the standard input": "[PYTHON, '-'], input=KID",
    "no program": "[PYTHON], input=KID",
    "a question": "[PYTHON, '-V']",
    "a file that is not there": "[PYTHON, 'nope.py']",
    "a wrong option": "[PYTHON, '--nope']",
    "another program": "['/bin/echo', '-c', 'kid.py']",
    "nothing to run": "['/no/such/python', 'kid.py']",
    "an odd argument": "[PYTHON, 3]",
    "a long text": "[PYTHON, '-c', KID + '#' * 120000]",
}
START = """
import os, pathlib, subprocess, sys
PYTHON, KID = sys.executable, open("kid.py").read()
def start(*arguments, **options):
    try:
        done = subprocess.run(*arguments, capture_output=True, text=True, errors="replace", **options)
    except Exception as error:
        return repr(error)
    return repr(done.args), done.returncode, done.stdout, done.stderr
print(*start({}))
"""


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("followed").resolve()
    for name, text in FILES.items():
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    return folder


def processes(found: dict[str, Any]) -> list[list[str]]:
    """Give the names that each further process imported."""
    return [[one["name"] for one in process["imports"]] for process in found.get("processes", [])]


@pytest.mark.parametrize("case", [*COMMANDS, *OTHERS])
def test_a_process_that_is_started_does_the_same_as_without_us(here: Path, case: str) -> None:
    (here / "starts.py").write_text(START.format({**COMMANDS, **OTHERS}[case]))
    plain = run(here, sys.executable, "starts.py")
    followed = traced(here, "--quiet", "--follow", "--json", "trace.json", "starts.py")

    assert plain == followed
    found = processes(json.loads((here / "trace.json").read_text()))
    assert ["colorsys" in names for names in found].count(True) == (case in COMMANDS)


@each_version
def test_every_version_follows(here: Path, version: tuple[int, int]) -> None:
    python = python_of(version)
    (here / "all.py").write_text(
        START.format(COMMANDS["a script"])
        + "print(*start([PYTHON, '-m', 'kid']))\nprint(*start([PYTHON, '-c', KID]))\n"
    )

    followed = traced(here, "--quiet", "--follow", "--json", "all.json", "--python", python, "all.py")

    assert run(here, python, "all.py") == followed
    found = processes(json.loads((here / "all.json").read_text()))
    assert [True] * 3 == ["colorsys" in names for names in found]


POOL = """
import concurrent.futures, multiprocessing, sys
from task import double
if __name__ == "__main__":
    how = multiprocessing.get_context(sys.argv[1])
    with how.Pool(1) as pool:
        print(pool.map(double, [1, 2]), sys.argv)
    with concurrent.futures.ProcessPoolExecutor(1, mp_context=how) as pool:
        print(list(pool.map(double, [3])))
"""


@each_version
@pytest.mark.parametrize("how", ["fork", "spawn", "forkserver"])
def test_the_workers_of_multiprocessing_are_followed(here: Path, how: str, version: tuple[int, int]) -> None:
    python = python_of(version)
    (here / "pool.py").write_text(POOL)

    plain = run(here, python, "pool.py", how)
    followed = traced(here, "--quiet", "--follow", "--json", "pool.json", "--python", python, "pool.py", how)

    assert plain == followed
    found = json.loads((here / "pool.json").read_text())
    workers = [names for names in processes(found) if "colorsys" in names]
    assert len(workers) == 2
    known = {found["process"]["pid"], *[one["process"]["pid"] for one in found["processes"]]}
    assert {one["process"]["parent"] for one in found["processes"]} <= known


def test_the_processes_are_told_as_a_tree(here: Path) -> None:
    (here / "starts.py").write_text(START.format(COMMANDS["a grandchild"]))

    _, _, told = traced(here, "--follow", "starts.py")

    _, _, tree = told.partition("processes:\n")
    lines = [line.partition(" python ") for line in tree.splitlines()[:3]]
    assert ["starts.py", "grand.py", "kid.py"] == [line[2].partition(":")[0] for line in lines]
    assert [3, 6, 9] == [len(line[0]) - len(line[0].lstrip()) for line in lines]


def test_without_the_option_nothing_is_followed(here: Path) -> None:
    (here / "starts.py").write_text(START.format(COMMANDS["a script"]))

    assert "processes" not in document(here, "starts.py")
