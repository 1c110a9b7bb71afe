"""Child processes for tests: a clean environment, the sources on the path, output as text."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "src"


def environment(*path: str | Path, **more: str) -> dict[str, str]:
    """Give an environment without the PYTHON* variables of ours, with entries for ``PYTHONPATH``."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    # A child that writes bytecode beside the sources would race with its siblings.
    kept["PYTHONDONTWRITEBYTECODE"] = "1"
    if path:
        kept["PYTHONPATH"] = os.pathsep.join(map(str, path))
    return {**kept, **more}


def run(
    executable: str,
    *arguments: str | Path,
    env: Mapping[str, str] | None = None,
    cwd: str | Path | None = None,
    timeout: float = 600,
    accepted: Sequence[int] = (0,),
) -> str:
    """Run an interpreter and give its standard output.

    Raises:
        AssertionError: it ended with another status; the message holds what it wrote.
    """
    done = subprocess.run(
        [executable, *map(str, arguments)],
        capture_output=True,
        text=True,
        errors="backslashreplace",
        env=dict(environment(SOURCES, ROOT) if env is None else env),
        cwd=cwd,
        timeout=timeout,
        check=False,
    )
    if done.returncode not in accepted:
        raise AssertionError(
            f"status {done.returncode} of {executable}\n{done.stdout[-2000:]}\n{done.stderr[-6000:]}"
        )
    return done.stdout
