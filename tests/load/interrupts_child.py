"""Interrupts an import wherever the interpreter takes signals in our engine, and looks at what is left.

A script for a child process: ``python -m tests.load.interrupts_child REPORT [STEP]``. It runs the same
import in world after world; each time ``KeyboardInterrupt`` is raised at another point of the engine:
where a function begins, or where a call of a C function has come back. These are the points at which
the interpreter runs signal handlers, but for jumps backwards. STEP passes over points. The report has
what was not in order. ``test_interrupts.py`` judges.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from _imp import lock_held, release_lock
from pathlib import Path
from types import FrameType
from typing import Any

import wherefrom
from tests.support import twins

ENGINE = str(Path(wherefrom.__file__).with_name("_engine"))
TREE = {
    "pkg/__init__.py": "from . import a\n",
    "pkg/a.py": "import pkg.b, json\nfrom .b import x\n",
    "pkg/b.py": "x = 1\nimport pkg.a\n",
    "space/leaf.py": "",
    "user.py": (
        "import pkg.b as b, space.leaf\n"
        "try: import nowhere\nexcept ImportError: pass\n"
        "try: import failing\nexcept ValueError: pass\n"
        "from pkg.b import x\n"
    ),
    "failing.py": "import pkg\nraise ValueError\n",
}
OWN = {"pkg", "space", "user", "failing"}


class Interrupter:
    """Raises at the n-th point of the engine.

    Args:
        points: how many points are left until then.
        code: what the names of the files begin with whose points count.

    Attributes:
        place: where it was.
    """

    def __init__(self, points: int, code: str) -> None:
        self.left = points
        self.place = ""
        self.code = code

    def __call__(self, frame: FrameType, event: str, argument: Any) -> None:
        if event not in ("call", "c_return") or self.place:
            return
        if frame.f_code.co_filename.startswith(self.code):
            self.left -= 1
            if not self.left:
                file = os.path.basename(frame.f_code.co_filename)
                self.place = f"{file}:{frame.f_lineno} {event} {getattr(argument, '__name__', '')}"
                raise KeyboardInterrupt


def interrupted(point: int, work: Any, code: str = ENGINE) -> tuple[str, str]:
    """Do something with an interrupt at a point; tell where that was, and how it ended."""
    interrupter = Interrupter(point, code)
    sys.setprofile(interrupter)
    try:
        work()
    except BaseException as error:
        sys.setprofile(None)
        return interrupter.place, type(error).__name__
    finally:
        sys.setprofile(None)
    return interrupter.place, "done"


def in_a_world(tree: str, point: int) -> tuple[str, list[str]]:
    """Interrupt an import of a world; name what is not in order after it."""
    before = [(id(piece), len(piece)) for piece in pieces()]
    world = wherefrom.ImportSystem(path=[tree])
    place, ended = interrupted(point, lambda: world.import_module("user"))
    wrong = [] if ended in ("KeyboardInterrupt", "done") else [f"ended with {ended}"]
    locks = world._system.locks
    wrong += [f"{name} is locked" for name, kept in locks.table.items() if (lock := kept()) and lock.locked()]
    if lock_held():
        wrong.append("the import lock is held")
        release_lock()
    if locks.waiting:
        wrong.append("a thread waits")
    wrong += half_made(world.modules)
    if [(id(piece), len(piece)) for piece in pieces()] != before:
        wrong.append("the interpreter's pieces have changed")
    try:
        str(world.trace)
        wherefrom.Trace.from_json(world.trace.to_json())
    except Exception as error:
        wrong.append(f"the trace cannot be read: {error!r}")
    wrong += again(lambda: world.import_module("user").b.x)
    return place, wrong


def pieces() -> list[Any]:
    """Give the five pieces of the interpreter."""
    return [sys.modules, sys.path, sys.meta_path, sys.path_hooks, sys.path_importer_cache]


def half_made(modules: Any) -> list[str]:
    """Name the modules that are left as being made."""
    return [
        f"{name} is left half-made"
        for name, module in modules.items()
        if name.partition(".")[0] in OWN
        and getattr(getattr(module, "__spec__", None), "_initializing", False)
    ]


def again(work: Any) -> list[str]:
    """Import once more, in peace."""
    try:
        found = work()
    except BaseException as error:
        return [f"not importable again: {error!r}"]
    return [] if found == 1 else [f"another answer: {found!r}"]


def main() -> None:
    """Interrupt at every point, and write the report."""
    target, step = [*sys.argv[1:], "1"][:2]
    sys.dont_write_bytecode = True
    # One in the callback of a weak reference is told on standard error, which loads modules.
    sys.unraisablehook = lambda _: None
    problems: dict[str, list[str]] = {}
    places: set[str] = set()
    point = 1
    with tempfile.TemporaryDirectory() as folder:
        twins.lay(folder, TREE)
        in_a_world(folder, 0)  # what is imported on first touch
        while True:
            place, wrong = in_a_world(folder, point)
            if not place:
                break
            places.add(place)
            if wrong:
                problems.setdefault(place, []).extend(wrong)
            point += int(step)
    told = {"points": point, "places": len(places), "problems": problems}
    Path(target).write_text(json.dumps(told, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
