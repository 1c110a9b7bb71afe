"""Writes ``tests/cases/import/generated.json``: cases drawn from generated programs, with what came of them.

A script: ``python -m tests.conformance.make_import_cases``. A case is kept if something happened in it.
What is expected is what the interpreter did; a case in which versions differ is judged by the running
one alone, so the file holds only what they agree on.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from tests.support import twins
from tests.support.programs import program

TARGET = Path(__file__).parents[1] / "cases" / "import" / "generated.json"
MANY = 250


def expected(told: Any) -> dict[str, Any]:
    """Take from a portrait what a reader checks: how each statement ended, names, order of modules."""
    return {
        "outcomes": [outcome if isinstance(outcome, str) else outcome[0] for outcome in told["outcomes"]],
        "names": [name for name, _ in told["namespace"]],
        "order": told["order"],
    }


def main() -> None:
    """Draw, run, write."""
    cases: list[dict[str, Any]] = []
    seed = 0
    while len(cases) < MANY:
        seed += 1
        drawn = program(seed)
        with tempfile.TemporaryDirectory() as folder:
            own = twins.lay(folder, drawn.tree)
            told = twins.forked(
                twins.by_interpreter, os.path.realpath(folder), drawn.statements, dict(drawn.namespace), own
            )
        if told == "killed" or len(told["order"]) < 4:
            continue
        case = {"name": f"program-{seed}", **drawn._asdict(), "expected": expected(told)}
        cases.append(case)
    TARGET.write_text(json.dumps(cases, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
