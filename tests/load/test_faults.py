"""A disk that fails, at each call in turn: a world ends as the interpreter does with the same fault."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import pytest

from tests.load.faults_child import SCENARIOS
from tests.support import children

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="each side runs in a forked process")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    target = tmp_path_factory.mktemp("faults") / "report.json"
    children.run(sys.executable, "-m", "tests.load.faults_child", target)
    told: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
    return told


def ends(told: dict[str, Any]) -> dict[str, Any]:
    """Leave away how the end was come to."""
    return {key: value for key, value in told.items() if key != "calls"}


def faults(report: dict[str, Any], scenario: str) -> list[Any]:
    made: list[Any] = report[scenario]["faults"]
    return [(*fault[:4], ends(fault[4]), ends(fault[5])) for fault in made]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_without_a_fault_both_end_the_same(report: dict[str, Any], scenario: str) -> None:
    theirs, ours = report[scenario]["unharmed"]

    assert ends(theirs) == ends(ours)
    assert ["imported", 1] == ours["first"]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_what_always_fails_ends_the_same(report: dict[str, Any], scenario: str) -> None:
    always = [fault for fault in faults(report, scenario) if fault[2] == 0]

    assert [] == [fault for fault in always if fault[4] != fault[5]]
    assert len(always) >= 4


def is_in_step(operation: str, file: str) -> bool:
    """Say whether the two make the n-th of these calls at the same point.

    They ask for the state of a file at different points, and a world that does not find the usual
    bytecode begins anew and reads it a second time.
    """
    return operation != "stat" and not (file.endswith(".pyc") and operation in ("open", "read"))


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_nth_call_fails_and_both_end_the_same(report: dict[str, Any], scenario: str) -> None:
    unharmed, made = ends(report[scenario]["unharmed"][0]), faults(report, scenario)
    different = []
    for operation, file, call, error, theirs, ours in made:
        possible = [theirs]
        if not is_in_step(operation, file):
            # Then it is an end that the interpreter has when one of these calls fails, or no harm.
            possible = [unharmed, *[one[4] for one in made if one[:2] == (operation, file)]]
        if ours not in possible:
            different.append((operation, file, call, error, theirs, ours))

    assert [] == different
    assert any(ours != unharmed for *_, ours in made)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_no_fault_leaves_half_of_anything(report: dict[str, Any], scenario: str) -> None:
    for *_, ours in faults(report, scenario):
        assert (ours["first"][0] == "imported") == ours["registered"]
        assert ["imported", 1] == ours["again"]
        assert "whole: False" not in str(ours["left"])
        assert not [file for file in ours["left"] if file.rpartition(".")[2].isdigit()]
