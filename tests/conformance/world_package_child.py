"""Imports one listed package, by the interpreter or in a world, and describes all that came of it.

A script for a child process: ``python world_package_child.py SIDE SHARED TARGET STATEMENTS``; SIDE is
``interpreter``, ``world``, or ``beside``, a world in a process where the interpreter has imported the
same before; SHARED the top-level names that the world shares besides the standard
library, separated by commas. It writes a JSON portrait: what each statement did, and the modules that
are not of the standard library, with their attributes. The interpreter's side never loads wherefrom.
"""

from __future__ import annotations

import json
import sys
import sysconfig
import warnings
from pathlib import Path
from typing import Any

from tests.support import twins

# What the judging brought along, on either side.
_OURS = {"tests", "wherefrom", "__main__", "__mp_main__", "statements"}
_KNOWN = set(sys.stdlib_module_names) | _OURS
# A module of the standard library whose name has the platform in it.
_KNOWN |= {name for name in [getattr(sysconfig, "_get_sysconfigdata_name", str)()] if name}
# What is another value in every run.
_VARYING = {
    ("numpy.f2py.rules", "generationtime"),
    ("numpy.f2py.rules", "module_rules"),  # with the time in words
    ("typing_inspection.typing_objects", "DEPRECATED_ALIASES_IDS"),  # addresses
}


def described(
    outcomes: list[Any], modules: dict[str, Any], before: dict[str, Any], shared: set[str]
) -> dict[str, Any]:
    """Describe the modules that came, by name; names of attributes in any order."""
    came = {
        name: module
        for name, module in list(modules.items())
        if name.partition(".")[0] not in _KNOWN and before.get(name) is not module
    }
    portraits = {name: _module(name, module, modules, shared) for name, module in sorted(came.items())}
    return {"outcomes": outcomes, "modules": portraits}


def _module(name: str, module: Any, modules: dict[str, Any], shared: set[str]) -> Any:
    """Describe a module: each attribute by its kind, plain ones by their value."""
    portrait = twins.module_portrait(module, modules)
    if not isinstance(module, type(sys)):
        return portrait
    kind, *attributes = portrait
    told = {key: _unasked(value, shared) for key, value in attributes if (name, key) not in _VARYING}
    return {"type": kind, **dict(sorted(told.items()))}


def _unasked(told: Any, shared: set[str]) -> Any:
    """Forget whether a shared module is registered: others may have come by it without the world."""
    if isinstance(told, str) and told.startswith("module ") and told.endswith(" (not registered)"):
        name = told.split(" ")[1]
        return f"module {name}" if name.partition(".")[0] in shared else told
    return told


def by_interpreter(statements: list[str]) -> Any:
    """Run statements by the interpreter."""
    before = dict(sys.modules)
    space: dict[str, Any] = {"__name__": "statements"}

    def run(statement: str) -> None:
        exec(compile(statement, "<statements>", "exec", dont_inherit=True), space)

    return described([_outcome(run, statement) for statement in statements], sys.modules, before, _KNOWN)


def by_world(statements: list[str], shared: list[str]) -> Any:
    """Run statements in a world that has the interpreter's path, and its finders but its own three."""
    import wherefrom

    world = wherefrom.ImportSystem(share=[*sys.stdlib_module_names, *shared])

    def run(statement: str) -> None:
        world.meta_path.insert(0, wherefrom.MemoryFinder({"statements": statement}))
        try:
            world.import_module("statements")
        finally:
            del world.meta_path[0]
            world.modules.pop("statements", None)

    return described(
        [_outcome(run, statement) for statement in statements], world.modules, {}, _KNOWN | set(shared)
    )


def _outcome(run: Any, statement: str) -> Any:
    try:
        run(statement)
    except BaseException as error:
        return twins.error_portrait(error)
    return "done"


def main() -> None:
    """Run one side, and write the portrait."""
    side, shared, target, *statements = sys.argv[1:]
    warnings.simplefilter("ignore")
    if side != "world":
        told = by_interpreter(statements)
    if side != "interpreter":
        told = by_world(statements, [name for name in shared.split(",") if name])
    Path(target).write_text(json.dumps(told), encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    main()
