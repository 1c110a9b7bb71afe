"""Finds the interpreters that tests can use: a variable, the pyenv folder, `PATH`.

`WHEREFROM_PYTHONS` is a list of executables, separated like `PATH`; it comes first. An interpreter
counts once, however many names lead to it.
"""

from __future__ import annotations

import functools
import glob
import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
_MINORS = range(OLDEST[1], 20)
_ASK = "import sys; print(*sys.version_info[:3], sys.base_prefix == sys.prefix)"


@functools.cache
def find() -> dict[str, str]:
    """Return the usable base interpreters: a name such as `3.12.1` to the executable.

    Two of the same version (a distribution's and one's own) are told apart by a number.
    """
    found: dict[str, str] = {}
    seen = set()
    for candidate in _candidates():
        real = os.path.realpath(candidate)
        version = None if real in seen else _version(candidate)
        seen.add(real)
        if version is not None:
            name = version if version not in found else f"{version}-{len(found)}"
            found[name] = candidate
    return found


def _candidates() -> list[str]:
    given = [path for path in os.environ.get("WHEREFROM_PYTHONS", "").split(os.pathsep) if path]
    pyenv = os.environ.get("PYENV_ROOT") or os.path.expanduser("~/.pyenv")
    versions = sorted(glob.glob(os.path.join(glob.escape(pyenv), "versions", "3.*", "bin", "python3")))
    running = getattr(sys, "_base_executable", sys.executable)
    # A search by name may meet a wrapper, so the usual folders are looked at as well.
    folders = [*os.environ.get("PATH", "").split(os.pathsep), *os.defpath.split(os.pathsep), "/usr/bin"]
    named = [
        shutil.which(f"python3.{minor}", path=folder)
        for folder in dict.fromkeys(folders)
        for minor in _MINORS
    ]
    return [running, *given, *versions, *filter(None, named)]


def _version(executable: str) -> str | None:
    """Return the version if it is a base interpreter, at its own place, that is new enough."""
    with open(os.path.realpath(executable), "rb") as file:
        if file.read(2) == b"#!":
            return None
    try:
        done = subprocess.run(
            [executable, "-I", "-S", "-c", _ASK], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    words = done.stdout.split()
    if done.returncode != 0 or len(words) != 4 or words[3] != "True":
        return None
    version = tuple(map(int, words[:3]))
    return ".".join(words[:3]) if version[:2] >= OLDEST else None
