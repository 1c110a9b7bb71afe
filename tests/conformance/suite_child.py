"""Runs one of CPython's test modules and writes down what came of each test; a child's script.

Usage: ``suite_child.py MODULE RESULT``. Run plain and under ``wherefrom run`` by ``live_suites.py``.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import sys
import unittest
from typing import Any


class Results(unittest.TestResult):
    """What came of each test, by its id."""

    def __init__(self) -> None:
        super().__init__()
        self.outcomes: dict[str, str] = {}

    def startTest(self, test: Any) -> None:  # noqa: N802  # unittest's name
        print(f"-- {test.id()}", file=sys.stderr, flush=True)  # the last one names what came to no end

    def _note(self, test: Any, outcome: str) -> None:
        worst = {
            "ok": 0,
            "skipped": 1,
            "expected failure": 1,
            "unexpected success": 2,
            "failed": 3,
            "error": 3,
        }
        key = str(test.id())
        if worst[outcome] >= worst.get(self.outcomes.get(key, "ok"), 0):
            self.outcomes[key] = outcome

    def addSuccess(self, test: Any) -> None:  # noqa: N802  # unittest's name
        self._note(test, "ok")

    def addError(self, test: Any, err: Any) -> None:  # noqa: N802
        self._note(test, "error")
        self._tell(test, err)

    def addFailure(self, test: Any, err: Any) -> None:  # noqa: N802
        self._note(test, "failed")
        self._tell(test, err)

    def addSkip(self, test: Any, reason: str) -> None:  # noqa: N802
        self._note(test, "skipped")

    def addExpectedFailure(self, test: Any, err: Any) -> None:  # noqa: N802
        self._note(test, "expected failure")

    def addUnexpectedSuccess(self, test: Any) -> None:  # noqa: N802
        self._note(test, "unexpected success")

    def addSubTest(self, test: Any, subtest: Any, err: Any) -> None:  # noqa: N802
        if err is not None:
            self._note(test, "failed")
            self._tell(subtest, err)

    def _tell(self, test: Any, err: Any) -> None:
        print(f"== {test.id()}\n{self._exc_info_to_string(err, test)}", file=sys.stderr)  # type: ignore[attr-defined]


def module_of(name: str) -> str:
    """Give the module that holds the tests.

    Raises:
        ImportError: there is none, so that nothing is compared.
    """
    package, _, part = name.partition(".test_")
    if package == "test_multiprocessing_spawn" and importlib.util.find_spec(f"test.{package}") is None:
        name = f"spawning.of_{part}"  # beside this file, which is run by its path
    else:
        name = f"test.{name}"
    return importlib.import_module(name).__name__


# All that tests may ask for, but for "largefile": it writes more than four gigabytes, in minutes.
RESOURCES = "audio cpu curses decimal gui network subprocess tzdata urlfetch walltime xpickle"


def main() -> None:
    name, result = sys.argv[1:]
    # The interpreter's own test package, which has no types and may be missing where nobody runs this.
    os_helper: Any = importlib.import_module("test.support.os_helper")
    support: Any = importlib.import_module("test.support")
    support.use_resources = dict.fromkeys(RESOURCES.split())
    found = module_of(name)
    with os_helper.temp_cwd():
        suite = unittest.defaultTestLoader.loadTestsFromName(found)
        results = Results()
        suite.run(results)
    with open(result, "w", encoding="utf-8") as out:
        json.dump(results.outcomes, out)
    # Threads and processes that a failed test has left behind must not keep this one.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
