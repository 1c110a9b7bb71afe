"""Each case of ``tests/cases/import``: run by the interpreter and by a world, the same comes of it."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import pytest

from tests.conformance.import_cases_child import all_cases
from tests.conformance.make_import_cases import expected
from tests.support import children, twins

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="each side runs in a forked process")


@pytest.fixture(scope="module")
def portraits(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    target = tmp_path_factory.mktemp("cases") / "report.json"
    children.run(sys.executable, "-m", "tests.conformance.import_cases_child", target)
    report: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
    return report


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in all_cases()])
def test_a_world_does_what_the_interpreter_does(case: dict[str, Any], portraits: dict[str, Any]) -> None:
    theirs, ours = portraits[case["name"]]

    assert twins.difference(theirs, ours) is None
    assert "outcomes" in ours, "the case did not come to its end"
    if "expected" in case:
        assert case["expected"] == expected(ours)


def test_there_are_hundreds_of_cases() -> None:
    assert len(all_cases()) >= 250
