"""Packages that the tests need anyway, imported by the interpreter and in a world: the same comes of it.

``world_packages.py`` does so for a list of packages on every version.
"""

from __future__ import annotations

import importlib.util
import sys

import pytest

from tests.conformance.world_packages import ONCE_PER_PROCESS, Listed, judge

SAMPLE = (
    Listed("attrs", ["import attr, attrs"]),
    Listed("jsonschema", ["from jsonschema import Draft202012Validator"]),
    Listed("numpy", ["from numpy import array", "import numpy.random as r"]),
)


@pytest.mark.parametrize("one", [pytest.param(one, id=one.distribution) for one in SAMPLE])
def test_a_package_is_the_same_in_a_world(one: Listed) -> None:
    if importlib.util.find_spec(one.distribution) is None:
        pytest.skip(f"{one.distribution} is not installed")

    told, modules = judge(sys.executable, one)

    assert [] == told
    assert modules > 5


def test_every_exception_has_its_reason() -> None:
    assert ONCE_PER_PROCESS
    for known in ONCE_PER_PROCESS.values():
        assert known["share"]
        assert len(known["reason"]) > 20
