"""What stands in for the interpreter's modules in a world moves all functions that have to be moved."""

from __future__ import annotations

import json
import sys
import typing
from types import ModuleType
from typing import Any

import pytest

import wherefrom
from tests.support import children
from tests.support.versions import each_version, python_of
from wherefrom import stand_ins
from wherefrom._engine.bind.imports import Forwarding

# Told by each interpreter itself: which functions of a module name, directly or through others, one of
# some names.
CLOSURE = """
import importlib, json, sys
from types import CodeType, FunctionType

def names(code):
    inner = [each for each in code.co_consts if isinstance(each, CodeType)]
    return set(code.co_names).union(*map(names, inner))

def closure(module, wanted):
    functions = {
        name: names(value.__code__)
        for name, value in vars(module).items()
        if isinstance(value, FunctionType) and value.__globals__ is vars(module)
    }
    found = set()
    while more := {name for name in functions if name not in found and functions[name] & (wanted | found)}:
        found |= more
    return sorted(found)

print(json.dumps(closure(importlib.import_module(sys.argv[1]), {"sys", "importlib", *sys.argv[2:]})))
"""


@each_version
@pytest.mark.parametrize("name", ["dataclasses", "inspect"])
def test_whatever_looks_up_modules_is_moved(name: str, version: tuple[int, int]) -> None:
    memories = stand_ins.MEMORIES.get(name, ())

    found = json.loads(children.run(python_of(version), "-c", CLOSURE, name, *memories))

    chosen = stand_ins.REHOMED[name]
    assert chosen is not None
    assert found
    assert set(found) <= chosen


def test_what_need_not_be_moved_is_the_interpreters_own() -> None:
    import inspect

    module = stand_ins.rehomed(inspect, {"sys": sys})

    assert module.getmodule is not inspect.getmodule
    assert module.getmodule.__globals__ is vars(module)
    assert module.isclass is inspect.isclass
    assert module.Signature is inspect.Signature


def test_who_takes_from_a_stand_in_gets_what_taking_from_the_genuine_module_gives() -> None:
    world = wherefrom.ImportSystem(path=[])

    taken = world.bind("from typing import Any, Text, get_type_hints").names
    with pytest.raises(ImportError) as missing:
        world.bind("from typing import nothing")

    assert (taken["Any"], taken["Text"]) == (typing.Any, str)
    assert taken["get_type_hints"].__globals__["sys"] is world.sys
    assert str(missing.value) == f"cannot import name 'nothing' from 'typing' ({typing.__file__})"


def test_a_stand_in_that_has_all_items_is_asked_for_nothing() -> None:
    world = wherefrom.ImportSystem(path=[])
    asked: list[str] = []
    stand_in: Any = world.import_module("typing")
    if "__getattr__" in vars(stand_in):  # newer versions
        genuine = stand_in.__getattr__._module
        vars(stand_in)["__getattr__"] = Forwarding(_Asked(genuine, asked))

    namespace = {"__name__": "asker", "__builtins__": world._system.builtins}
    exec("from typing import Any, Text", namespace)
    assert asked == []

    with pytest.raises(ImportError):
        exec("from typing import nothing", namespace)
    assert ("nothing" in asked) == ("__getattr__" in vars(stand_in))


class _Asked:
    def __init__(self, genuine: ModuleType, asked: list[str]) -> None:
        self.genuine = genuine
        self.asked = asked

    def __getattr__(self, name: str) -> Any:
        self.asked.append(name)
        return getattr(self.genuine, name)
