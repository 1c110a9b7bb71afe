"""No code runs: an audit hook watches while every name that can be seen is resolved.

Run as ``python -P no_code_runs.py [TOP …]`` with the sources and the repository's root on
``PYTHONPATH``. Status 1, and a line for each, if code was compiled or executed, a module imported, a file
opened for writing, something on the disk changed or a process started. What wherefrom itself imports
when it is first used is loaded before.

Finders of others are asked as an import would ask them, and what they do then is theirs: setuptools'
finder for ``distutils`` imports setuptools, meson-python's may build the project. That is counted apart.
"""

from __future__ import annotations

import os
import sys
import traceback
from typing import Any

import wherefrom
from tests.conformance.twin_child import names_on_path

FORBIDDEN = (
    "compile",
    "exec",
    "import",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.symlink",
    "os.link",
    "os.truncate",
    "os.utime",
    "os.chdir",
    "os.system",
    "os.posix_spawn",
    "os.fork",
    "subprocess.Popen",
    "socket.connect",
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Witness:
    """An audit hook that can be listened to for a while."""

    def __init__(self) -> None:
        self.listening = False
        self.ours: list[str] = []
        self.of_others: list[str] = []

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.listening:
            return
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING
        if event in FORBIDDEN or writes:
            self.listening = False  # what is done for the report is no offence
            if _done_by_others():
                self.of_others.append(f"{event}: {str(arguments)[:80]}")
            else:
                where = "".join(traceback.format_stack(limit=6)[:-1])
                self.ours.append(f"{event}: {str(arguments)[:300]}\n{where}")
            self.listening = True


def _done_by_others() -> bool:
    """Say whether the innermost frame of ours only called a finder or a hook of somebody else."""
    frame = sys._getframe(2)
    while frame is not None:
        folder, file = os.path.split(frame.f_code.co_filename)
        if file != os.path.basename(__file__) and os.path.join("wherefrom", "_engine") in folder:
            return file in ("strangers.py", "places.py")
        frame = frame.f_back  # type: ignore[assignment]  # None ends the loop
    return False


def watch(tops: list[str]) -> tuple[int, Witness]:
    """Resolve every name under the eyes of a witness; give their number and the witness."""
    names = names_on_path(set(tops) or None, set())
    wherefrom.resolve_many(["no_such_module"])["no_such_module"].spec  # noqa: B018  # binds on first touch
    witness = Witness()
    sys.addaudithook(witness)
    before = set(sys.modules)
    for name in names:
        witness.listening = True
        found = wherefrom.resolve(name)
        _ = found.spec, found.kind, found.locations, found.origin
        witness.listening = False
    witness.listening = True
    wherefrom.resolve_many(names)
    witness.listening = False
    if not witness.of_others:
        witness.ours += [f"in sys.modules: {name}" for name in sorted(set(sys.modules) - before)]
    return len(names), witness


def main() -> int:
    """Watch, print, and give the exit status."""
    count, witness = watch(sys.argv[1:])
    for offence in dict.fromkeys(witness.ours):
        print(f"OFFENCE {offence}")
    for text in dict.fromkeys(witness.of_others[:5]):
        print(f"by a finder of others: {text}")
    theirs, ours = len(witness.of_others), len(witness.ours)
    print(f"{count} names resolved, {theirs} events by finders of others, {ours} offences")
    return 1 if witness.ours or not count else 0


if __name__ == "__main__":
    sys.exit(main())
