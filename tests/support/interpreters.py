"""Which interpreters this machine has, so that a law can be tried on each of them.

Looked for in ``WHEREFROM_PYTHONS`` (executables, separated as in ``PATH``), beside the versions
that pyenv keeps, and on ``PATH``. The running one always counts. Versions that are supported and
absent are named, so that a test can skip with a reason.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path

SUPPORTED = ((3, 11), (3, 12), (3, 13), (3, 14), (3, 15))

_TELL = "import sys; print(sys.implementation.name, *sys.version_info[:2])"


@functools.cache
def _version_of(executable: str) -> tuple[int, int] | None:
    """Ask an executable for its version; None if it is no CPython that starts."""
    command = [executable, "-I", "-S", "-c", _TELL]
    try:
        told = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout.split()
    except (OSError, subprocess.SubprocessError):
        return None
    if len(told) != 3 or told[0] != "cpython":
        return None
    return int(told[1]), int(told[2])


def _offered() -> list[str]:
    offered = [path for path in os.environ.get("WHEREFROM_PYTHONS", "").split(os.pathsep) if path]
    offered.append(sys.executable)
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions")
    for version in SUPPORTED:
        name = f"python{version[0]}.{version[1]}"
        offered += map(str, sorted(pyenv.glob(f"{version[0]}.{version[1]}*/bin/{name}"), reverse=True))
        on_path = shutil.which(name)
        if on_path:
            offered.append(on_path)
    return offered


@functools.cache
def available() -> dict[tuple[int, int], str]:
    """Give one executable for each supported version that this machine has."""
    found: dict[tuple[int, int], str] = {sys.version_info[:2]: sys.executable}
    for executable in _offered():
        version = _version_of(executable)
        if version in SUPPORTED:
            found.setdefault(version, executable)
    return dict(sorted(found.items()))
