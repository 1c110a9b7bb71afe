"""CPython's tests of processes that are spawned, for installations that came without the modules of them.

Cut into four as CPython's own package ``test.test_multiprocessing_spawn``. ``suite_child.py`` imports them,
and so do the spawned processes, by the same names. The tests themselves are the interpreter's own.
"""

from __future__ import annotations

import importlib
from typing import Any


def install(namespace: dict[str, Any], **which: Any) -> None:
    """Put the interpreter's tests into a module's namespace; which of them is said in its own words."""
    tests: Any = importlib.import_module("test._test_multiprocessing")
    tests.install_tests_in_module_dict(namespace, "spawn", **which)
