"""The question for the files of a project: what lies below a directory and matters to imports."""

from __future__ import annotations

import os
from pathlib import Path

_PASSED_OVER = frozenset(
    {"__pycache__", "node_modules", "site-packages", "dist-packages", "venv", "env", "build"}
)
_MOST_FILES = 4_000
_DEEPEST = 8


def tree(directory: str) -> list[str] | None:
    """Name the files below a directory, sorted, without hidden directories, environments, bytecode.

    Returns:
        Paths below the directory; None if it cannot be listed.
    """
    found: list[str] = []
    place = Path(directory)
    if not place.is_dir():
        return None
    for home, inner, files in os.walk(directory):
        below = os.path.relpath(home, directory)
        inner[:] = sorted(name for name in inner if _is_of_project(home, name))
        if below.count(os.sep) >= _DEEPEST:
            inner.clear()
        found += [name if below == "." else f"{below}/{name}" for name in files]
        if len(found) > _MOST_FILES:
            break
    return sorted(found[:_MOST_FILES])


def _is_of_project(home: str, name: str) -> bool:
    if name.startswith(".") or name in _PASSED_OVER:
        return False
    return not Path(home, name, "pyvenv.cfg").exists()
