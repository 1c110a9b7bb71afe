"""Lazy imports (PEP 810): executed by the interpreter and in a world, and used; the same comes of it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest

import wherefrom
from tests.support import twins
from wherefrom import events as e

pytestmark = [
    pytest.mark.skipif(sys.version_info < (3, 15), reason="lazy imports came with 3.15"),
    pytest.mark.skipif(not hasattr(os, "fork"), reason="each side runs in a forked process"),
]

TREE = {
    "a.py": "x = 1\n",
    "bad.py": "1 / 0\n",
    "p/__init__.py": "top = 1\n",
    "p/s.py": "y = 2\nfrom . import t\n",
    "p/t.py": "z = 3\n",
    "q/__init__.py": "lazy from . import s\nlazy from .s import v\n",
    "q/s.py": "v = 5\n",
    "several.py": (
        "lazy import a\nlazy from p import s, top as tt\nlazy import p.t\n"
        "def use(): return a.x, s.y, tt, p.t.z\n"
    ),
    "failing.py": (
        "lazy import bad\nlazy import nowhere\nlazy from a import nothing\n"
        "def use(at):\n"
        "    try: return [lambda: bad, lambda: nowhere, lambda: nothing][at]()\n"
        "    except BaseException as error:\n"
        "        return [type(error).__name__, str(error), repr(error.__cause__), error.__cause__ and "
        "error.__cause__.__traceback__.tb_lineno]\n"
    ),
    "published.py": "import p\nlazy import p.s\n",
    "of_published.py": "import published, sys\nq = sys.modules['p']\ndef use(): return q.s.y\n",
    "listed.py": "__lazy_modules__ = ['a']\nimport a\nimport p\n",
    "in_try.py": "try:\n    lazy import a\nexcept ImportError: pass\n",
    "star.py": "lazy from a import *\n",
    "in_function.py": "def f():\n    lazy import a\n",
    "there.py": "import a\nlazy import a\n",
    "library.py": (
        "lazy import json.tool\nlazy from colorsys import rgb_to_hls\n"
        "def use(): return json.tool.__name__, rgb_to_hls.__name__\n"
    ),
    "when.py": (
        "lazy import a\nimport sys\nr = 'a' in sys.modules\nglobals()['a']\n"
        "r2 = 'a' in sys.modules\nb = a\nr3 = 'a' in sys.modules\n"
    ),
    "of_q.py": "lazy import q\ndef use(): return q.v\n",
    "renamed.py": "lazy import a as b, p.s as c\ndef use(): return b.x, c.y\n",
}

# Each a list of steps: statements, and expressions that are evaluated in the namespace.
CASES = [
    ["import several", "= several.use()", "= several.use()"],
    ["import failing", "= failing.use(0)", "= failing.use(0)", "= failing.use(1)", "= failing.use(2)"],
    ["import published", "import of_published", "= of_published.use()"],
    ["import listed", "= listed.a.x"],
    ["import q", "= q.v", "= q.s"],
    ["import in_try"],
    ["import star"],
    ["import in_function"],
    ["import there"],
    ["import library", "= library.use()"],
    ["import when"],
    ["import of_q", "= of_q.use()"],
    ["import renamed", "= renamed.use()"],
    ["from several import a", "= a.x"],
    ["from several import *"],
    ["lazy import a", "= a.x", "= a"],
    ["lazy import p.s", "= p.top", "= p.s.y"],
    ["lazy import p.s as x", "= x.y"],
    ["lazy from p import s, top", "= top", "= s"],
    ["lazy import a, nowhere as n", "= a", "= n"],
    ["lazy from .s import y"],
    ["lazy from a import *"],
    ["lazy import bad", "= bad", "= bad.x"],
    ["import p", "lazy import p.s", "= p.s"],
    ["lazy import a", "import a", "lazy import a"],
    ["lazy from p import nothing", "= nothing"],
    ["lazy from p.s import y; import a", "= y"],
    ["lazy import json", "= json.dumps(1)"],
    ["lazy import a.b", "= a", "= a.b"],
]


def by(side: Any, tree: str, steps: list[str], own: set[str]) -> Any:
    """Run steps on one side; those that begin with ``=`` are evaluated, whoever runs the others."""
    genuine = twins.portrait

    def portrait(steps: Any, namespace: Any, modules: Any, own: Any, run: Any) -> Any:
        def step(text: str, space: dict[str, Any]) -> None:
            if text.startswith("="):
                space[f"result {text}"] = twins.describe(eval(text[1:].strip(), space), modules)
            else:
                run(text, space)

        return genuine(steps, namespace, modules, own, step)

    vars(twins)["portrait"] = portrait
    return side(tree, steps, {"__name__": "__main__"}, own)


@pytest.mark.parametrize("steps", CASES, ids=" | ".join)
def test_a_lazy_import_is_the_same_in_a_world(tmp_path: Path, steps: list[str]) -> None:
    own = twins.lay(str(tmp_path), TREE)

    theirs, ours = [
        twins.forked(by, side, str(tmp_path), steps, own) for side in (twins.by_interpreter, twins.by_world)
    ]

    assert twins.difference(theirs, ours) is None
    assert len(steps) == len(ours["outcomes"])


def test_a_lazy_name_is_bound_at_once_and_its_module_loaded_on_first_use(tmp_path: Path) -> None:
    twins.lay(str(tmp_path), TREE)
    world = wherefrom.ImportSystem(path=[str(tmp_path)])
    space: dict[str, Any] = {"__name__": "user"}

    binding = world.bind("lazy import a", space)
    before = "a" in world.modules
    used = eval("a.x", space)

    assert (False, 1, True) == (before, used, "a" in world.modules)
    assert ["lazy_import 'a'"] == [event.value for event in binding.trace.select(e.NameBound)]
    assert "user" == world.trace.imports["a"].importer
    assert [] == [event.name for event in binding.trace.select(e.ImportBegan)]
