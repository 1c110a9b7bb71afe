"""Disks as they are: read-only, forbidden, full, written to by others, left by a process that was killed."""

from __future__ import annotations

import importlib.util
import json
import marshal
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import wherefrom
from tests.support import children, twins
from wherefrom import events as e
from wherefrom._engine import disk as our_disk

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="each side runs in a forked process")

NOBODY = 65534
LONG = "x = 1\ntext = " + repr("long " * 20_000) + "\n"


@pytest.fixture
def tree() -> Iterator[Path]:
    """Give a folder that every user may enter, with a module in it; pytest's own are for one user."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    (folder / "mod.py").write_text(LONG, encoding="utf-8")
    yield folder
    shutil.rmtree(folder)


def cached(tree: Path) -> Path:
    return Path(importlib.util.cache_from_source(str(tree / "mod.py")))


def is_whole(file: Path) -> bool:
    data = file.read_bytes()
    return data[:4] == importlib.util.MAGIC_NUMBER and bool(marshal.loads(data[16:]))


def world_of(tree: Path) -> wherefrom.ImportSystem:
    world = wherefrom.ImportSystem(path=[str(tree)])
    world.sys.dont_write_bytecode = False
    return world


def in_a_world(tree: Path) -> Any:
    world = world_of(tree)
    ended = ending(lambda: world.import_module("mod").x)
    written = world.trace.select(e.BytecodeWritten)
    return [ended, ending(lambda: sorted(os.listdir(tree))), [event.outcome for event in written]]


def by_interpreter(tree: Path) -> Any:
    sys.path.insert(0, str(tree))
    sys.dont_write_bytecode = False
    return [ending(lambda: __import__("mod").x), ending(lambda: sorted(os.listdir(tree)))]


def ending(work: Callable[[], Any]) -> Any:
    try:
        return work()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def as_nobody(work: Callable[[Path], Any], tree: Path) -> Any:
    """Do something as a user to whom rights apply; for root they do not."""
    if os.getuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    return work(tree)


# -- rights ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("forbid", "outcome"),
    [
        ({".": 0o555}, ["no-directory"]),
        ({"__pycache__": 0o555}, ["failed"]),
        ({"mod.py": 0o000}, []),
        ({".": 0o111}, []),
        ({"__pycache__": 0o000}, ["failed"]),
        ({"mod.py": 0o444, "__pycache__": 0o777}, ["written"]),
    ],
)
def test_what_is_forbidden_ends_as_by_the_interpreter(
    tree: Path, forbid: dict[str, int], outcome: list[str]
) -> None:
    if "__pycache__" in forbid:
        (tree / "__pycache__").mkdir()
    for name, mode in forbid.items():
        (tree / name).chmod(mode)
    theirs = twins.forked(as_nobody, by_interpreter, tree)
    if cached(tree).parent.exists() and cached(tree).exists():
        cached(tree).unlink()
    ours = twins.forked(as_nobody, in_a_world, tree)
    tree.chmod(0o755)

    assert theirs == ours[:2]
    assert outcome == ours[2]


# -- mounts ---------------------------------------------------------------------------------------

_ON_MOUNT = """
import json, sys
from pathlib import Path
from tests.load import test_disk_states as states
work = {"world": states.in_a_world, "interpreter": states.by_interpreter}[sys.argv[1]]
told = work(Path(sys.argv[2]))
pyc = list(Path(sys.argv[2]).rglob("*.pyc*"))
print(json.dumps([*told[:2], [state.name for state in pyc], told[2:]]))
"""


def can_mount() -> bool:
    """Say whether this process may mount something that only its children see."""
    if sys.platform != "linux" or not shutil.which("unshare") or os.getuid() != 0:
        return False
    command = ["unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def on_a_mount(tree: Path, side: str, prepare: str) -> Any:
    """Import in a mount of its own, prepared by a shell in which TREE is the tree."""
    script = f'cp "$TREE/mod.py" /tmp/mod.py.$$; {prepare}; exec "$@"'
    command = ["unshare", "-m", "sh", "-c", script, "sh", sys.executable, "-c", _ON_MOUNT, side, str(tree)]
    env = {**children.environment(children.SOURCES, children.ROOT), "TREE": str(tree)}
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.skipif(not can_mount(), reason="only root may mount, and not everywhere")
@pytest.mark.parametrize(
    ("prepare", "outcome"),
    [
        # The source takes 100 KB of it, and its bytecode would take as much.
        ('mount -t tmpfs -o size=160k tmpfs "$TREE"; mv /tmp/mod.py.$$ "$TREE/mod.py"', "failed"),
        (
            'mount -t tmpfs tmpfs "$TREE"; mv /tmp/mod.py.$$ "$TREE/mod.py"; mount -o remount,ro "$TREE"',
            "no-directory",
        ),
    ],
    ids=["full", "read-only"],
)
def test_a_disk_that_takes_nothing_is_no_error(tree: Path, prepare: str, outcome: str) -> None:
    theirs = on_a_mount(tree, "interpreter", prepare)
    ours = on_a_mount(tree, "world", prepare)

    assert (1, []) == (ours[0], ours[2])
    assert (theirs[0], theirs[1]) == (ours[0], ours[1])
    assert [[outcome]] == ours[3]


# -- others at the same time ----------------------------------------------------------------------


def importing_again_and_again(tree: Path, rounds: int) -> Any:
    """Import anew, the bytecode taken away before; tell how often it was written and what was wrong."""
    outcomes = []
    for _ in range(rounds):
        cached(tree).unlink(missing_ok=True)
        world = world_of(tree)
        if world.import_module("mod").x != 1:
            return "another module"
        outcomes += [event.outcome for event in world.trace.select(e.BytecodeWritten)]
    return outcomes


def test_two_processes_write_the_same_bytecode_and_nobody_reads_half_of_it(tree: Path) -> None:
    reading, writing = os.pipe()
    started = []
    for _ in range(2):
        child = os.fork()
        if child == 0:  # pragma: no cover  # the child is measured by nobody
            os.close(reading)
            signal.alarm(60)
            text = json.dumps(ending(lambda: importing_again_and_again(tree, 60)))
            os.write(writing, (text + "\n").encode())
            os._exit(0)
        started.append(child)
    os.close(writing)
    seen = 0
    while started:
        child, _ = os.waitpid(-1, os.WNOHANG)
        if child:
            started.remove(child)
        try:
            assert is_whole(cached(tree))
            seen += 1
        except FileNotFoundError:
            continue
    with os.fdopen(reading) as pipe:
        outcomes = [json.loads(line) for line in pipe]

    assert 2 == len(outcomes)
    assert {"written"} <= {outcome for told in outcomes for outcome in told} <= {"written", "failed"}
    assert seen > 10
    assert {cached(tree).name} >= set(os.listdir(cached(tree).parent))


# -- killed half-way ------------------------------------------------------------------------------


def killed_at(operation: str, tree: Path) -> None:
    """Import in a world; the process kills itself where bytecode is written."""

    class Killing:
        def __getattr__(self, name: str) -> Any:
            if name != operation:
                return getattr(os, name)

            def half(descriptor: Any, data: Any) -> Any:
                if operation == "write":
                    os.write(descriptor, data[: len(data) // 2])
                os.kill(os.getpid(), signal.SIGKILL)

            return half

    vars(our_disk)["_os"] = Killing()
    world_of(tree).import_module("mod")


@pytest.mark.parametrize("operation", ["write", "replace"])
def test_a_process_that_is_killed_while_it_writes_leaves_no_bytecode_that_is_none(
    tree: Path, operation: str
) -> None:
    told = twins.forked(killed_at, operation, tree)

    assert "killed" == told
    assert not cached(tree).exists()
    ended, _, first = twins.forked(in_a_world, tree)
    for left in cached(tree).parent.glob("*.pyc.*"):  # what was begun, under a name that nobody reads
        left.unlink()
    _, _, again = twins.forked(in_a_world, tree)

    # The name aside is by an address, as CPython's, and a process may have the same one.
    assert (1, True) == (ended, first in (["written"], ["failed"]))
    assert again == ([] if first == ["written"] else ["written"])
    assert is_whole(cached(tree))
