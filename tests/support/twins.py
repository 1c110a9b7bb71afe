"""Twin runs: the same import statements over the same tree, by the interpreter and by a world.

Each side runs in a forked child, so that nothing of one is seen by the other, and gives a portrait in
plain data: what each statement did, what the namespace holds, which modules are there in which order
and with which attributes. Equal portraits are the law.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
import types
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Run = Callable[[str, dict[str, Any]], None]

_SPEC_FIELDS = ("name", "origin", "has_location", "parent", "cached")
# A warning about a statement is charged to its namespace if the statement has globals of its own.
_NOT_COMPARED = ("__builtins__", "__doc__", "__warningregistry__")


def describe(value: Any, modules: dict[str, Any], depth: int = 2) -> Any:
    """Describe a value such that the two sides can be compared: no addresses, no identities."""
    if isinstance(value, types.ModuleType):
        name = str(vars(value).get("__name__"))
        return f"module {name}" + ("" if modules.get(name) is value else " (not registered)")
    if isinstance(value, float) and value != value:
        return "nan"  # equal to nothing, not even to itself
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, (list, tuple)) and depth:
        return [type(value).__name__, *[describe(item, modules, depth - 1) for item in value]]
    if isinstance(value, dict) and depth:
        # A key of a foreign type is not asked for its text, which could be code that imports.
        return {
            str(key) if isinstance(key, (str, int)) else f"{type(key).__name__} {at}": describe(
                item, modules, depth - 1
            )
            for at, (key, item) in enumerate(value.items())
            if key != "__builtins__"
        }
    if type(value).__name__ == "lazy_import":
        return repr(value)  # whatever else it is asked for, it imports
    if isinstance(value, (types.FunctionType, types.BuiltinFunctionType, type)):
        return f"{type(value).__name__} {value.__name__}"
    return f"object {type(value).__name__}"


def _path_of(path: Any) -> Any:
    try:
        return [type(path).__name__, *map(str, path)]
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def _loader_of(loader: Any) -> Any:
    if loader is None or isinstance(loader, type):
        return None if loader is None else loader.__name__
    return [type(loader).__name__, getattr(loader, "name", None), getattr(loader, "path", None)]


def _spec_of(spec: Any) -> Any:
    if spec is None:
        return None
    portrait = {field: getattr(spec, field, "missing") for field in _SPEC_FIELDS}
    portrait["loader"] = _loader_of(getattr(spec, "loader", None))
    portrait["locations"] = _path_of(getattr(spec, "submodule_search_locations", None))
    for field in ("_initializing", "_uninitialized_submodules"):
        portrait[field] = getattr(spec, field, "missing")
    return portrait


def module_portrait(module: Any, modules: dict[str, Any]) -> Any:
    """Describe a module: its type, and its attributes in their order."""
    if not isinstance(module, types.ModuleType):
        return describe(module, modules)
    seen: list[Any] = [type(module).__name__]
    for name, value in list(vars(module).items()):
        if name in _NOT_COMPARED:
            continue
        if name == "__spec__":
            seen.append([name, _spec_of(value)])
        elif name == "__loader__":
            seen.append([name, _loader_of(value)])
        elif name == "__path__":
            seen.append([name, _path_of(value)])
        else:
            seen.append([name, describe(value, modules)])
    return seen


def error_portrait(error: BaseException) -> Any:
    """Describe an exception: type, text, what ImportErrors carry, and what it was raised from."""
    return [
        type(error).__name__,
        str(error),
        getattr(error, "name", None),
        getattr(error, "path", None),
        None if error.__cause__ is None else type(error.__cause__).__name__,
    ]


def portrait(
    statements: Sequence[str], namespace: dict[str, Any], modules: dict[str, Any], own: set[str], run: Run
) -> Any:
    """Run statements one after the other, and describe what came of them."""
    outcomes: list[Any] = []
    for statement in statements:
        try:
            run(statement, namespace)
        except BaseException as error:
            outcomes.append(error_portrait(error))
        else:
            outcomes.append("done")
    mine = [name for name in modules if name.partition(".")[0] in own]
    return {
        "outcomes": outcomes,
        "namespace": [
            [name, describe(value, modules)] for name, value in namespace.items() if name not in _NOT_COMPARED
        ],
        "order": mine,
        "modules": {name: module_portrait(modules[name], modules) for name in mine},
    }


def by_interpreter(tree: str, statements: Sequence[str], namespace: dict[str, Any], own: set[str]) -> Any:
    """Run by the interpreter, whose path is the tree before the standard library."""
    sys.path[:] = [tree, *[entry for entry in sys.path if _is_standard(entry)]]
    sys.path_importer_cache.clear()
    for name in [name for name in sys.modules if name.partition(".")[0] in own]:
        del sys.modules[name]

    def run(statement: str, space: dict[str, Any]) -> None:
        exec(compile(statement, "<bind>", "exec", dont_inherit=True), space)

    return portrait(statements, namespace, sys.modules, own, run)


def _is_standard(entry: str) -> bool:
    return entry.startswith(sys.base_prefix) and "site-packages" not in entry


def by_world(tree: str, statements: Sequence[str], namespace: dict[str, Any], own: set[str]) -> Any:
    """Run by a world, whose path is the tree, and which shares the standard library."""
    import wherefrom

    world = wherefrom.ImportSystem(path=[tree])

    def run(statement: str, space: dict[str, Any]) -> None:
        world.bind(statement, space)

    return portrait(statements, namespace, world.modules, own, run)


def forked(work: Callable[..., Any], *arguments: Any) -> Any:
    """Do something in a forked child and give its result, which must be plain data."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover  # the child is measured by nobody
        os.close(reading)
        signal.alarm(20)  # a program that waits for ever ends so, on both sides
        try:
            result = json.dumps(work(*arguments))
        except BaseException:
            result = json.dumps({"broken": traceback.format_exc()})
        with os.fdopen(writing, "w") as pipe:
            pipe.write(result)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    return json.loads(text) if text else "killed"


def lay(root: str, tree: dict[str, str]) -> set[str]:
    """Lay out a tree of files; give the top-level names in it."""
    for name, content in tree.items():
        path = os.path.join(root, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if not name.endswith("/"):
            with open(path, "w", encoding="utf-8") as file:
                file.write(content)
    return {name.partition("/")[0].partition(".")[0] for name in tree}


def difference(one: Any, other: Any, where: str = "") -> str | None:
    """Name the first place where two portraits differ."""
    if type(one) is type(other) and isinstance(one, dict):
        if list(one) != list(other):
            return f"{where}: keys {list(one)} / {list(other)}"
        pairs = [(f"{where}.{key}", one[key], other[key]) for key in one]
    elif type(one) is type(other) and isinstance(one, list) and len(one) == len(other):
        pairs = [(f"{where}[{at}]", *both) for at, both in enumerate(zip(one, other, strict=True))]
    else:
        return None if one == other else f"{where}: {one!r} / {other!r}"
    return next((found for found in (difference(a, b, at) for at, a, b in pairs) if found), None)
