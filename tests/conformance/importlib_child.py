"""Runs CPython's own tests of importlib with wherefrom in the place of its source implementation.

A script for a child process: ``python importlib_child.py REPORT [PATTERN]``. It writes a JSON report:
how many tests ran, which of them had our implementation, and what became of those that did not pass.
"""

from __future__ import annotations

import importlib
import json
import sys
import unittest
from typing import Any

from tests.conformance.importlib_plug import SYSTEM, modules

# The interpreter's own test package, which has no types and may be missing where nobody runs this.
suite_util: Any = importlib.import_module("test.test_importlib.util")
import_helper: Any = importlib.import_module("test.support.import_helper")
PLUGGED = modules()


def import_importlib(name: str) -> dict[str, Any]:
    """Give a module of importlib twice: the interpreter's, and ours."""
    frozen = import_helper.import_fresh_module(name)
    return {"Frozen": frozen, "Source": PLUGGED[name]}


def plug_in() -> None:
    """Put ours in the place of the source implementation, before any test is loaded."""
    suite_util.import_importlib = import_importlib
    suite_util.source_importlib = PLUGGED["importlib"]
    suite_util.__import__["Source"] = staticmethod(PLUGGED["importlib"].__import__)


def flattened(suite: Any) -> list[Any]:
    if isinstance(suite, unittest.TestSuite):
        return [test for part in suite for test in flattened(part)]
    return [suite]


def is_ours(test: Any) -> bool:
    """Say whether a test runs our implementation: those that are made for it bear its name."""
    return "Source" in type(test).__name__ or getattr(type(test), "_KIND", "") == "Source"


class Result(unittest.TextTestResult):
    """Counts what passed."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.passed: list[str] = []

    def addSuccess(self, test: Any) -> None:  # noqa: N802  # unittest's name
        super().addSuccess(test)
        self.passed.append(test.id())


def main() -> None:
    """Run, and write the report."""
    target, *patterns = sys.argv[1:]
    plug_in()
    loader = unittest.TestLoader()
    if patterns:
        loader.testNamePatterns = [f"*{pattern}*" for pattern in patterns]
    suite = loader.loadTestsFromModule(importlib.import_module("test.test_importlib"))
    tests = flattened(suite)
    ours = {test.id() for test in tests if is_ours(test)}
    result: Any = unittest.TextTestRunner(sys.stderr, resultclass=Result, verbosity=1).run(suite)
    failed = {test.id(): text for test, text in [*result.failures, *result.errors]}
    report = {
        "version": sys.version.split()[0],
        "run": result.testsRun,
        "passed": len(result.passed),
        "ours": len(ours),
        "ours_passed": len(ours & set(result.passed)),
        "skipped": {test.id(): reason for test, reason in result.skipped},
        "failed": failed,
        # What our engine has written down meanwhile: proof that it was asked.
        "events": len(SYSTEM.record.rows),
    }
    with open(target, "w", encoding="utf-8") as file:
        json.dump(report, file, indent=1)


if __name__ == "__main__":
    main()
