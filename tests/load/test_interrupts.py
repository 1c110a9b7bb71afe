"""``KeyboardInterrupt`` at any point of an import leaves the world and the interpreter in order."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.support import children

# Every seventh point in the default run; all of them by ``python -m tests.load.interrupts_child REPORT``
# and ``python -m tests.load.interrupt_ends_child REPORT``.
STEP = 7


def test_an_interrupt_at_any_point_leaves_everything_in_order(tmp_path: Path) -> None:
    target = tmp_path / "report.json"

    children.run(sys.executable, "-m", "tests.load.interrupts_child", target, str(STEP))

    told = json.loads(target.read_text(encoding="utf-8"))
    assert {} == told["problems"]
    assert told["places"] > 100


def test_an_interrupted_import_ends_as_one_of_the_interpreters_can(tmp_path: Path) -> None:
    target = tmp_path / "report.json"

    children.run(sys.executable, "-m", "tests.load.interrupt_ends_child", target, str(STEP))

    for name, (theirs, ours) in json.loads(target.read_text(encoding="utf-8")).items():
        assert {} == {end: at for end, at in ours["ends"].items() if end not in theirs["ends"]}, name
        assert len(ours["ends"]) > 4, name  # it was interrupted, and not in one way alone
        assert theirs["points"] > 500, name
