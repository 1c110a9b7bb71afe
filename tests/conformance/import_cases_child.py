"""Runs every case of ``tests/cases/import`` both ways, in a small process that forks cheaply.

A script for a child process: ``python -m tests.conformance.import_cases_child REPORT``. It writes for
each case the portraits of the interpreter and of a world.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any

import wherefrom.systems  # noqa: F401  # loaded before the forks
from tests.support import twins

CASES = Path(__file__).parents[1] / "cases" / "import"


def all_cases() -> list[dict[str, Any]]:
    """Read the cases."""
    return [
        case for file in sorted(CASES.glob("*.json")) for case in json.loads(file.read_text(encoding="utf-8"))
    ]


def both(case: dict[str, Any]) -> list[Any]:
    """Run a case by the interpreter and by a world."""
    namespace = case.get("namespace", {"__name__": "__main__"})
    with tempfile.TemporaryDirectory() as folder:
        root = os.path.realpath(folder)
        own = twins.lay(root, case["tree"])
        return [
            twins.forked(side, root, case["statements"], dict(namespace), own)
            for side in (twins.by_interpreter, twins.by_world)
        ]


def main() -> None:
    """Run all, and write the report."""
    warnings.simplefilter("ignore")  # what is warned about has tests of its own
    report = {case["name"]: both(case) for case in all_cases()}
    Path(sys.argv[1]).write_text(json.dumps(report), encoding="utf-8")


if __name__ == "__main__":
    main()
