"""Tests that are run on each supported version of Python that this machine has."""

from __future__ import annotations

import pytest

from tests.support import interpreters

each_version = pytest.mark.parametrize(
    "version", interpreters.SUPPORTED, ids=lambda version: "{}.{}".format(*version)
)


def python_of(version: tuple[int, int]) -> str:
    """Give an interpreter of a version, or skip."""
    executable = interpreters.available().get(version)
    if executable is None:
        pytest.skip(f"no Python {version[0]}.{version[1]} here; WHEREFROM_PYTHONS names more")
    return executable
