"""The question for where in a tree a name lies, however deep, whatever its suffix.

Decides how far one looks: a few levels, a few hundred directories, no environments and no caches.
"""

from __future__ import annotations

import os
from pathlib import Path

_MOST_DIRECTORIES = 400
_SKIPPED = ("__pycache__", "node_modules", "site-packages", "dist-packages")


def whereabouts(root: str, name: str, depth: int) -> list[str] | None:
    """Tell where below a directory something is called like a module.

    Args:
        root: the directory.
        name: the module's name, without dots.
        depth: how many levels to go down.

    Returns:
        Paths of directories called so and of files called so before their first dot, nearest first;
        None if the directory cannot be listed.
    """
    if not Path(root).is_dir():
        return None
    found: list[str] = []
    level, seen = [root], 0
    for _ in range(depth + 1):
        below: list[str] = []
        for directory in level:
            seen += 1
            if seen > _MOST_DIRECTORIES:
                return found
            found += _called(directory, name)
            below += _inner(directory)
        level = below
    return found


def _called(directory: str, name: str) -> list[str]:
    return [
        str(Path(directory, item))
        for item in _names(directory)
        if item == name or item.partition(".")[0] == name
    ]


def _inner(directory: str) -> list[str]:
    below = (str(Path(directory, item)) for item in _names(directory) if _is_walked(item))
    return [path for path in below if Path(path).is_dir() and not Path(path, "pyvenv.cfg").exists()]


def _names(directory: str) -> list[str]:
    try:
        return sorted(os.listdir(directory))  # noqa: PTH208  # names alone
    except OSError:
        return []


def _is_walked(name: str) -> bool:
    return (
        not name.startswith(".") and name not in _SKIPPED and not name.endswith((".dist-info", ".egg-info"))
    )
