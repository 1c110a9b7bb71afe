"""Makes every fault of the disk on both sides, in a small process that forks cheaply.

A script for a child process: ``python -m tests.load.faults_child REPORT``. For each scenario it runs an
import without a fault to learn which calls are made, and then once for every call and error. The report
says for each fault how the interpreter and a world ended. ``test_faults.py`` judges.
"""

from __future__ import annotations

import errno
import importlib.util
import json
import marshal
import os
import py_compile
import sys
import tempfile
from pathlib import Path
from typing import Any

import wherefrom
import wherefrom.systems  # loaded before the forks
from tests.support import twins
from tests.support.faults import Fault, FaultyDisk, put_under_the_interpreter, put_under_wherefrom

OLD = 1_500_000_000
MODES = py_compile.PycInvalidationMode


def lay(tree: Path, scenario: str) -> None:
    """Lay out the module ``mod``, with bytecode in the state that the scenario has."""
    is_package = scenario == "package"
    source = tree / ("mod/__init__.py" if is_package else "mod.py")
    source.parent.mkdir(exist_ok=True)
    source.write_text("x = 1\n", encoding="utf-8")
    os.utime(source, (OLD, OLD))
    if scenario in ("valid", "stale"):
        py_compile.compile(str(source))
    elif scenario == "hashed":
        py_compile.compile(str(source), invalidation_mode=MODES.CHECKED_HASH)
    elif scenario == "sourceless":
        py_compile.compile(str(source), cfile=str(tree / "mod.pyc"))
        source.unlink()
    if scenario == "stale":
        os.utime(source, (OLD + 9, OLD + 9))


SCENARIOS = ("fresh", "valid", "stale", "hashed", "sourceless", "package")


def by_interpreter(tree: str, fault: Fault | None) -> Any:
    sys.path[:] = [tree, *[entry for entry in sys.path if twins._is_standard(entry)]]
    sys.path_importer_cache.clear()
    sys.dont_write_bytecode = False
    sys.pycache_prefix = None
    disk = FaultyDisk(tree, fault)
    put_under_the_interpreter(disk)
    return ending(tree, disk, lambda: __import__("mod"), sys.modules, importlib.invalidate_caches)


def by_world(tree: str, fault: Fault | None) -> Any:
    world = wherefrom.ImportSystem(path=[tree])
    world.sys.dont_write_bytecode = False
    world.sys.pycache_prefix = None
    disk = FaultyDisk(tree, fault)
    put_under_wherefrom(disk)
    return ending(tree, disk, lambda: world.import_module("mod"), world.modules, world.invalidate_caches)


def ending(tree: str, disk: FaultyDisk, work: Any, modules: Any, invalidate: Any) -> Any:
    """Import, with the fault and then without it; tell how both ended and what lies on the disk."""
    first = outcome(work)
    registered = "mod" in modules
    calls = [[*key, count] for key, count in disk.calls.items()]
    disk.fault = None  # what this test itself imports lazily is not to fail
    left = files(tree)
    modules.pop("mod", None)
    invalidate()
    return {"first": first, "registered": registered, "left": left, "again": outcome(work), "calls": calls}


def outcome(work: Any) -> Any:
    try:
        module = work()
        # A package whose __init__.py cannot be looked at is a namespace package.
        return ["imported", getattr(module, "x", None)]
    except BaseException as error:
        return [type(error).__name__, getattr(error, "errno", None), str(error)]


def files(tree: str) -> dict[str, str]:
    """Tell what lies in a tree, and of each file of bytecode whether it is whole."""
    told = {}
    for path in sorted(Path(tree).rglob("*")):
        said = "directory" if path.is_dir() else "file"
        if path.suffix == ".pyc":
            data = path.read_bytes()
            is_whole = data[:4] == importlib.util.MAGIC_NUMBER and marshal.loads(data[16:])
            said = f"bytecode, whole: {bool(is_whole)}, {data[4:16].hex()}"
        told[str(path.relative_to(tree))] = said
    return told


def both(scenario: str, fault: Fault | None) -> list[Any]:
    """Import on either side, each in a tree and a process of its own."""
    told = []
    for side in (by_interpreter, by_world):
        with tempfile.TemporaryDirectory() as folder:
            tree = Path(folder, "t")
            tree.mkdir()
            lay(tree, scenario)
            told.append(_without_place(twins.forked(side, str(tree), fault), str(tree)))
    return told


def _without_place(told: Any, tree: str) -> Any:
    if isinstance(told, dict):
        return {key: _without_place(value, tree) for key, value in told.items()}
    if isinstance(told, list):
        return [_without_place(value, tree) for value in told]
    return told.replace(tree, "TREE") if isinstance(told, str) else told


# What may fail in the way of a disk that breaks, is forbidden, or is full.
ERRORS = {
    "open": (errno.EIO, errno.EACCES),
    "list": (errno.EIO, errno.EACCES),
    "mkdir": (errno.EIO, errno.EACCES),
    "create": (errno.EIO, errno.EACCES, errno.ENOSPC),
    "write": (errno.EIO, errno.ENOSPC),
}


def every_fault(scenario: str) -> Any:
    """Make every fault that can be made while the module is imported."""
    unharmed = both(scenario, None)
    counts: dict[tuple[str, str], int] = {}
    for told in unharmed:
        for operation, file, count in told["calls"]:
            counts[operation, file] = max(count, counts.get((operation, file), 0))
    faults = [
        [operation, file, call, error, *both(scenario, Fault(operation, file, call, error))]
        for (operation, file), count in sorted(counts.items())
        for call in range(count + 1)
        for error in ERRORS.get(operation, (errno.EIO,))
    ]
    return {"unharmed": unharmed, "faults": faults}


def main() -> None:
    """Run all scenarios, and write the report."""
    report = {scenario: every_fault(scenario) for scenario in SCENARIOS}
    Path(sys.argv[1]).write_text(json.dumps(report), encoding="utf-8")


if __name__ == "__main__":
    main()
