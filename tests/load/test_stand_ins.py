"""What stands in for the interpreter's modules in a world moves all functions that have to be moved."""

from __future__ import annotations

import json
import sys

import pytest

from tests.support import children
from tests.support.versions import each_version, python_of
from wherefrom import stand_ins

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
