"""A small sample of the search path's differential test, for every interpreter that is found.

`search_path.py` beside this file is the whole of it.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conformance import interpreters

SCRIPT = Path(__file__).with_name("search_path.py")


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13", "3.14", "3.15"])
def test_a_sample_of_invocations_starts_with_the_path_that_we_tell(version: str) -> None:
    found = [python for name, python in interpreters.find().items() if name.startswith(f"{version}.")]
    if not found:
        pytest.skip(f"no Python {version} here; WHEREFROM_PYTHONS can name one")

    for python in found:
        done = subprocess.run(
            [sys.executable, str(SCRIPT), "--count", "15", "--seed", "11", "--python", python],
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

        assert done.returncode == 0, done.stdout + done.stderr
        assert "15 invocations" in done.stdout
