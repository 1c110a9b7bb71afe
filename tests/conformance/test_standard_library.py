"""The twin test of the default run: the standard library and a sample of what is installed here.

``real_environments.py`` does the same for every name of whole environments, on every version.
"""

from __future__ import annotations

import json
import os
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest

from tests.support import children

CHILD = Path(__file__).with_name("twin_child.py")
# CPython's own tests are half of all names, and take most of the time to import.
NOT_BY_DEFAULT = {"test"}
SAMPLE = 12

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="each top-level name is judged in a forked process"
)


def installed() -> list[str]:
    """Name what is installed, every n-th of it."""
    site = Path(sysconfig.get_path("purelib"))
    tops = sorted(
        path.name.partition(".")[0]
        for path in site.iterdir()
        if path.name.partition(".")[0].isidentifier()
        and (path.suffix == ".py" or (path / "__init__.py").exists())
    )
    return tops[:: max(1, len(tops) // SAMPLE)]


def judge(folder: Path, tops: list[str]) -> dict[str, Any]:
    target = folder / "report.json"
    children.run(sys.executable, "-P", CHILD, target, *tops, cwd=folder)
    report: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
    return report


def test_every_name_of_the_standard_library_has_the_interpreters_spec(tmp_path: Path) -> None:
    tops = sorted((set(sys.stdlib_module_names) | {"no_such_module", "__phello__"}) - NOT_BY_DEFAULT)

    report = judge(tmp_path, tops)

    assert report["differences"] == []
    assert report["found"] > 500


def test_every_name_of_some_installed_packages_has_the_interpreters_spec(tmp_path: Path) -> None:
    report = judge(tmp_path, installed())

    assert report["differences"] == []
    assert report["compared"] > 0
