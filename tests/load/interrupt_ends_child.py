"""Interrupts imports at every point, by the interpreter and in a world, and tells how they can end.

A script for a child process: ``python -m tests.load.interrupt_ends_child REPORT [STEP]``. For each
program, ``KeyboardInterrupt`` is raised once at each point of the import system at work: where a function
of it begins, or where a call of a C function has come back. These are the points at which signal
handlers run, but for jumps backwards; the interpreter's own import system is Python code, frozen, and has
them as well as ours. Points do not correspond one to one. So what is compared is the set of ends that are
to be had; ``test_interrupts.py`` compares. STEP passes over points of a world's.
"""

from __future__ import annotations

import json
import sys
import tempfile
from _imp import lock_held, release_lock
from pathlib import Path
from typing import Any, NamedTuple
from weakref import ref

import wherefrom
from tests.load.interrupts_child import ENGINE, interrupted
from tests.support import twins

FROZEN = "<frozen importlib."
bootstrap: Any = sys.modules["_frozen_importlib"]

# Each begins with "start"; each module is of the program's own.
PROGRAMS = {
    "package": {
        "start.py": "import pack.one.two\nfrom pack import three\n",
        "pack/__init__.py": "zero = 0\n",
        "pack/one/__init__.py": "",
        "pack/one/two.py": "",
        "pack/three.py": "",
    },
    "circle": {
        "start.py": "import left\n",
        "left/__init__.py": "from . import up\n",
        "left/up.py": "import right\nx = 1\n",
        "right.py": "import left.up\nfrom left import down\n",
        "left/down.py": "",
    },
    "failing": {
        "start.py": "import helper\ntry: import fails.deep\nexcept ValueError: pass\nimport helper\n",
        "helper.py": "",
        "fails/__init__.py": "import helper\n",
        "fails/deep.py": "import fails.other\nraise ValueError\n",
        "fails/other.py": "",
    },
    "missing": {
        "start.py": "try: import pack.nowhere\nexcept ImportError: pass\nimport space.leaf\n",
        "pack/__init__.py": "",
        "space/leaf.py": "",
    },
    "replaced": {
        "start.py": "import pack.stand_in\nfrom pack import gone\n",
        "pack/__init__.py": "",
        "pack/stand_in.py": "import sys\nsys.modules[__name__] = type(sys)('other')\n",
        "pack/gone.py": "import sys\ntry: import pack.blocked\nexcept ImportError: pass\n",
        "pack/blocked.py": "import sys\nsys.modules['pack'].left = 1\nsys.modules[__name__] = None\n",
    },
}
OWN = {name.partition("/")[0].partition(".")[0] for tree in PROGRAMS.values() for name in tree}


class Side(NamedTuple):
    """An import system: how it imports, what is in it, and where its code is."""

    load: Any
    modules: Any
    locks: Any
    waiting: Any
    code: str


def the_interpreter(tree: str) -> Side:
    """Give the interpreter's own, as if nothing of the tree had been imported."""
    sys.path[0] = tree  # in the place of this program's own folder
    for name in [name for name in sys.modules if is_own(name)]:
        del sys.modules[name]
    bootstrap._module_locks.clear()
    bootstrap._blocking_on.clear()
    sys.path_importer_cache.pop(tree, None)
    return Side(__import__, sys.modules, bootstrap._module_locks, bootstrap._blocking_on, FROZEN)


def a_world(tree: str) -> Side:
    """Give a world, a new one."""
    world = wherefrom.ImportSystem(path=[tree])
    locks = world._system.locks
    return Side(world.import_module, world.modules, locks.table, locks.waiting, ENGINE)


def is_own(name: str) -> bool:
    """Say whether a name is of a program."""
    return name.partition(".")[0] in OWN


def end(side: Side, point: int) -> tuple[str, Any]:
    """Interrupt an import at a point; tell where that was and what is then, and after another import."""
    place, ended = interrupted(point, lambda: side.load("start"), side.code)
    first = [ended, left_by(side)]
    if lock_held():
        release_lock()
    try:
        side.load("start")
        ended = "done"
    except BaseException as error:
        ended = f"{type(error).__name__}: {error}"
    return place, [*first, ended, left_by(side)]


def left_by(side: Side) -> Any:
    """Tell what there is: modules in order, half-made or not, with what they hold; and locks."""
    modules = [[name, picture(side.modules[name])] for name in side.modules if is_own(name)]
    held = sorted(name for name, kept in list(side.locks.items()) if is_held(kept()))
    return {"modules": modules, "held": held, "lock": lock_held(), "waiting": waits(side.waiting)}


def waits(waiting: Any) -> int:
    """Count the locks that threads wait for; the tables of these differ from version to version."""
    kept = getattr(waiting, "data", waiting).values()
    locks = [each() if isinstance(each, ref) else each for each in kept]
    return sum(len(each) if isinstance(each, list) else each is not None for each in locks)


def picture(module: Any) -> Any:
    """Tell of a module what is in it, and whether it counts as being made."""
    if module is None:
        return None
    spec = getattr(module, "__spec__", None)
    names = sorted(name for name in vars(module) if not name.startswith("__"))
    half = [getattr(spec, mark, None) for mark in ("_initializing", "_uninitialized_submodules")]
    return [module.__name__, names, *half]


def is_held(lock: Any) -> bool:
    """Say whether a lock of a module is held."""
    return lock is not None and (lock.owner is not None)


def ends(make: Any, tree: str, step: int) -> Any:
    """Interrupt at every point; give the different ends, each with a place where it was come to."""
    found: dict[str, str] = {}
    end(make(tree), 0)  # what is imported on first touch
    point = 1
    while True:
        place, told = end(make(tree), point)
        found.setdefault(json.dumps(told), place)
        if not place:
            return {"points": point, "ends": found}
        point += step


def main() -> None:
    """Run all programs on both sides, and write the report."""
    target, step = [*sys.argv[1:], "1"][:2]
    sys.dont_write_bytecode = True
    # One in the callback of a weak reference is told on standard error, which loads modules.
    sys.unraisablehook = lambda _: None
    report = {}
    for name, tree in PROGRAMS.items():
        with tempfile.TemporaryDirectory() as folder:
            twins.lay(folder, tree)
            report[name] = [ends(the_interpreter, folder, 1), ends(a_world, folder, int(step))]
    Path(target).write_text(json.dumps(report, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
