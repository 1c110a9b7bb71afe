"""Directories and files that this user may not read: judged in a child without root's rights."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.support import children

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(not hasattr(os, "setuid"), reason="rights are of another kind on this system")

SCRIPT = """
import json, os, sys
root, names = sys.argv[1], sys.argv[2:]
# Everything is imported while the files may still be read.
import wherefrom
from tests.support.worlds import disagreements, world
with world([]):
    disagreements(['nothing'])
entries = [os.path.join(root, name) for name in sorted(os.listdir(root))]
os.chdir('/')
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
differences, reasons = [], {}
for path in [*([entry] for entry in entries), entries, entries[::-1]]:
    with world(path):
        # Before the interpreter has asked: its finder remembers a forbidden directory as an empty one.
        for name in names:
            for row in wherefrom.resolve(name).trace.select(wherefrom.events.SearchEnded, name=name):
                reasons.setdefault(os.path.basename(row.entry), []).append(row.reason)
    with world(path):
        differences += disagreements(names)
print(json.dumps([differences, reasons]))
"""


@pytest.fixture
def forbidden(tmp_path: Path) -> Any:
    """Entries that may be listed or entered or neither, with the same module and package in each."""
    os.chmod(tmp_path, 0o755)
    for parent in tmp_path.parents[:2]:
        if parent.stat().st_uid == os.getuid():
            os.chmod(parent, parent.stat().st_mode | 0o055)
    root = tmp_path / "entries"
    modes = {"neither": 0o000, "entered": 0o111, "listed": 0o444, "both": 0o555}
    for name, mode in modes.items():
        (root / name / "p").mkdir(parents=True)
        for file in ("a.py", "p/__init__.py", "p/b.py"):
            (root / name / file).touch()
        os.chmod(root / name, mode)
    (root / "packages" / "p").mkdir(parents=True)
    (root / "packages" / "p" / "__init__.py").touch()
    os.chmod(root / "packages" / "p", 0o000)
    (root / "archive.zip").write_bytes(b"PK")
    os.chmod(root / "archive.zip", 0o000)
    yield root
    for path in (*root.iterdir(), root / "packages" / "p"):
        os.chmod(path, 0o755)


def judge(root: Path) -> tuple[list[str], dict[str, list[str]]]:
    script = (SCRIPT, str(root), "a", "p", "p.b", "nothing")
    path = [entry for entry in sys.path if "site-packages" in entry]
    env = children.environment(children.SOURCES, children.ROOT, *path)
    told = children.run(sys.executable, "-c", *script, env=env, cwd=root.parent)
    differences, reasons = json.loads(told)
    return differences, reasons


def test_what_may_not_be_read_is_answered_as_by_the_interpreter(forbidden: Path) -> None:
    assert judge(forbidden)[0] == []


def test_a_directory_that_may_not_be_listed_is_told_where_it_holds_the_name(forbidden: Path) -> None:
    # CPython finds nothing there, and says nothing.
    assert "unreadable" in judge(forbidden)[1]["entered"]


def test_a_directory_that_may_not_be_entered_is_told(forbidden: Path) -> None:
    assert set(judge(forbidden)[1]["neither"]) == {"unreadable"}
