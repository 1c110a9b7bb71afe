"""``__import__`` called with whatever arguments: a world refuses what the interpreter refuses."""

from __future__ import annotations

import opcode
import os
from typing import TYPE_CHECKING, Any

import pytest

from tests.support import twins
from wherefrom._engine.bind import missing

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="each side runs in a forked process")

CALLS = [
    "3",
    "''",
    "'x', level=-1",
    "'x', level='1'",
    "'x', level=1.5",
    "'x', level=None",
    "'x', level=2**31",
    "'x', level=2**70",
    "3, level='1'",
    "'x', level=1",
    "'x', None, level=1",
    "'x', 3, level=1",
    "'x', [], level=1",
    "'x', 3, level=-1",
    "3, 3, level=1",
    "'x', {}, level=1",
    "'x', {'__name__': 3}, level=1",
    "'x', {'__package__': 3}, level=1",
    "'x', {'__package__': Text('q')}, level=1",
    "'x', {'__spec__': 3}, level=1",
    "'x', Namespace(__package__='q'), level=1",
    "'x', {'__package__': 'q'}, level=True",
    "'x', {'__package__': 'q'}, level=2",
    "'', {'__package__': 'p'}, level=1",
    "'p', 3, 3, (), 0",
    "'p', fromlist=[3]",
    "'p', fromlist=3",
    "'p', fromlist='ab'",
    "'p', fromlist=['nothing']",
    "'json', fromlist=[3]",
    "'nowhere'",
    "Text('nowhere')",
    "Text('p.nowhere')",
    "'json.nowhere'",
    "'json.'",
]

PROGRAM = """
class Text(str): pass
class Namespace(dict): pass

def told(call):
    try:
        return repr(call())
    except Exception as error:
        place, files = error.__traceback__, []
        while place is not None:
            files.append(place.tb_frame.f_code.co_filename.replace("\\\\", "/").rpartition("/")[2])
            place = place.tb_next
        return f"{error!r} {files}"

import warnings
warnings.simplefilter("ignore")
"""


def told(side: Any, tree: Path) -> dict[str, str]:
    """Make each call; give what came of it, with the files of the traceback."""
    names = [f"told{at}" for at in range(len(CALLS))]
    lines = [f"{name} = told(lambda: __import__({call}))" for name, call in zip(names, CALLS, strict=True)]
    twins.lay(str(tree), {"calls.py": "\n".join([PROGRAM, *lines, ""]), "p/__init__.py": ""})
    statement = f"from calls import {', '.join(names)}"
    seen = twins.forked(side, str(tree), [statement], {"__name__": "__main__"}, {"calls", "p"})
    values = dict(seen["namespace"])
    return {call: values[name] for call, name in zip(CALLS, names, strict=True)}


def test_a_call_is_answered_or_refused_as_by_the_interpreter(tmp_path: Path) -> None:
    theirs, ours = told(twins.by_interpreter, tmp_path), told(twins.by_world, tmp_path)

    # The interpreter's own frames, which it shows for what is no ImportError, and the one of ours.
    frames = ", '<frozen importlib._bootstrap>'", ", 'imports.py'"
    assert {call: text.replace(frames[0], "") for call, text in theirs.items()} == {
        call: text.replace(frames[1], "", 1) for call, text in ours.items()
    }
    assert any("globals must be a dict" in text for text in theirs.values())


CALLING = ["CALL", "CALL_FUNCTION_EX", "CALL_KW"]

# Items that are attributes of nothing, when what is taken is the 300th name of its module.
HALF = """
import sys
class Own(type(sys)):
    def __getattribute__(self, item):
        if item == "y": raise AttributeError(item)
        return super().__getattribute__(item)
"""
TREE = {
    "a/__init__.py": HALF + "import a.x, a.y\nsys.modules[__name__].__class__ = Own\n",
    "a/x.py": "".join(f"n{at} = {at}\n" for at in range(300)) + "from a import x as x1\nimport a.x as x2\n",
    "a/y.py": (
        "one = __import__('a', None, None, ('y', 'x'))\ntwo = type(one).__name__\n"
        "three = type(__import__('a', *[None, None, ('y', 'x')])).__name__\n"
        "four = type(__import__('a', fromlist=('y', 'x'))).__name__\n"
    ),
}


def test_what_is_no_attribute_is_taken_by_statements_alone(tmp_path: Path) -> None:
    own = twins.lay(str(tmp_path), TREE)
    statements = ["import a", "from a import y", "import a.y as z", "from a.y import one, two, three, four"]
    theirs, ours = [
        twins.forked(side, str(tmp_path), statements, {"__name__": "__main__"}, own)
        for side in (twins.by_interpreter, twins.by_world)
    ]

    assert twins.difference(theirs, ours) is None
    assert ["done"] * len(statements) == ours["outcomes"]


def test_the_instructions_are_the_interpreters() -> None:
    names = opcode.opname

    assert "IMPORT_FROM" == names[missing._IMPORT_FROM]
    assert "EXTENDED_ARG" == names[missing._EXTENDED_ARG]
    assert "CACHE" == names[missing._CACHE]
    assert {"CALL", "CALL_FUNCTION_EX"} <= {names[call] for call in missing._CALLS} <= set(CALLING)
