"""Extension modules, compiled here: made and run by the interpreter and in a world, the same comes of it."""

from __future__ import annotations

import gc
import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest

import wherefrom
from tests.support import twins
from wherefrom import events as e

SOURCES = Path(__file__).with_name("extensions")
# What does not keep to the limited API, and so needs the version's own headers.
OF_THE_VERSION = ("slots",)
SUFFIX = ".abi3.so"
# The modules keep to the limited API, so that older headers will do for an interpreter that has none.
HEADERS = os.environ.get("WHEREFROM_C_HEADERS", sysconfig.get_path("include"))
COMPILER = shutil.which("cc") or shutil.which("gcc")

pytestmark = [
    pytest.mark.skipif(COMPILER is None, reason="there is no C compiler here"),
    pytest.mark.skipif(
        not os.path.exists(os.path.join(HEADERS, "Python.h")),
        reason="this interpreter was installed without its C headers",
    ),
    pytest.mark.skipif(not hasattr(os, "fork"), reason="each side runs in a forked process"),
]

TREE = {
    "pkg/__init__.py": "",
    "pkg/by_name.py": "import json, sys; own = sys.modules[__name__].__name__\n",
    "pkg/by_level.py": "from . import by_name\n",
    "pkg/late.py": "import json\n",
    "caller.py": (
        "import importing\nlate = importing.later('pkg.late')\n"
        "try: importing.later('pkg.nowhere')\nexcept ImportError as error: said = str(error)\n"
    ),
}


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay out a tree with compiled modules: each at the top, ``multi`` in a package as well."""
    folder = tmp_path_factory.mktemp("extensions")
    twins.lay(str(folder), TREE)
    for source in SOURCES.glob("*.c"):
        if source.stem not in OF_THE_VERSION:
            compiled(source, folder / f"{source.stem}{SUFFIX}", "-DPy_LIMITED_API=0x030B0000")
    shutil.copy(folder / f"multi{SUFFIX}", folder / "pkg" / f"multi{SUFFIX}")
    (folder / f"wrong_kind{SUFFIX}").write_bytes(b"no shared library")
    return folder


def compiled(source: Path, target: Path, *flags: str) -> None:
    # Headers that are shared by platforms include others from the folder above.
    above = os.path.dirname(HEADERS)
    command = [str(COMPILER), *shlex.split(f"-shared -fPIC -O1 -I{HEADERS} -I{above}"), *flags]
    subprocess.run([*command, str(source), "-o", str(target)], check=True)


def has_own_headers() -> bool:
    """Say whether the headers are of the running version, and not only older ones."""
    text = Path(HEADERS, "patchlevel.h").read_text(encoding="utf-8")
    major, minor = sys.version_info[:2]
    return bool(re.search(rf"define PY_MAJOR_VERSION\s+{major}\n#define PY_MINOR_VERSION\s+{minor}\n", text))


OWN = {
    "single",
    "multi",
    "fails",
    "fails_at_once",
    "importing",
    "importing_added",
    "pkg",
    "wrong_kind",
    "caller",
    "replacing",
}


@pytest.mark.parametrize(
    "statements",
    [
        ["import single", "from single import answer, number"],
        ["import multi", "from multi import named"],
        ["import pkg.multi as m", "from pkg.multi import named", "from pkg import *"],
        ["import fails", "import fails"],
        ["import fails_at_once", "import fails_at_once"],
        ["import wrong_kind"],
        ["from single import nothing"],
        ["import importing", "import pkg.by_name as b", "import importing_added"],
        ["import caller", "from caller import late, said"],
        ["import colorsys", "import replacing", "from colorsys import number"],
    ],
    ids=lambda statements: statements[0],
)
def test_an_extension_module_is_the_same_in_a_world(tree: Path, statements: list[str]) -> None:
    theirs, ours = [
        twins.forked(side, str(tree), statements, {"__name__": "__main__"}, OWN)
        for side in (twins.by_interpreter, twins.by_world)
    ]

    assert twins.difference(theirs, ours) is None
    assert len(statements) == len(ours["outcomes"])


def test_a_module_with_the_versions_own_slots_is_the_same_in_a_world(tmp_path: Path) -> None:
    if not has_own_headers():
        pytest.skip("the headers are of another version than this interpreter")
    suffixes = [sysconfig.get_config_var("EXT_SUFFIX"), ".so"]
    for place, suffix in zip(("", "pkg/"), suffixes, strict=True):
        (tmp_path / place).mkdir(exist_ok=True)
        compiled(SOURCES / "slots.c", tmp_path / f"{place}slots{suffix}")
    statements = ["import slots", "from slots import version", "from pkg.slots import version as below"]

    theirs, ours = [
        twins.forked(side, str(tmp_path), statements, {"__name__": "__main__"}, {"slots", "pkg"})
        for side in (twins.by_interpreter, twins.by_world)
    ]

    assert twins.difference(theirs, ours) is None
    assert ["version", sys.hexversion >> 16] in ours["namespace"]


def seen_outside(tree: Path, name: str) -> Any:
    """Import in a world; tell what that did to the interpreter, and what was recorded as an escape."""
    import colorsys  # noqa: F401  # shared, and so loaded where it is not there
    import json  # noqa: F401

    wherefrom.ImportSystem(path=[]).bind("import json")  # what of ours is bound on first touch
    before = list(sys.modules.items())
    find_and_load = sys.modules["_frozen_importlib"]._find_and_load
    world = wherefrom.ImportSystem(path=[str(tree)])
    try:
        world.import_module(name)
    except Exception as error:
        said = type(error).__name__
    else:
        said = "done"
    gc.collect()  # no loan outlives the call that it was made for
    return [
        said,
        list(sys.modules.items()) == before,
        sys.modules["_frozen_importlib"]._find_and_load is find_and_load,
        [event.name for event in world.trace.select(e.ImportEscaped, outcome="moved-in")],
    ]


@pytest.mark.parametrize(
    ("name", "outcome", "escaped"),
    [
        ("single", "done", ["single"]),
        ("multi", "done", []),
        ("fails", "ValueError", []),
        ("fails_at_once", "RuntimeError", []),
        ("importing", "done", ["importing_added"]),
        ("caller", "done", ["importing_added"]),
        ("replacing", "done", ["colorsys"]),
    ],
)
def test_c_code_of_a_world_leaves_the_interpreters_modules_as_they_are(
    tree: Path, name: str, outcome: str, escaped: list[str]
) -> None:
    assert [outcome, True, True, escaped] == twins.forked(seen_outside, tree, name)


def test_c_code_at_work_in_a_world_has_an_importer_without_a_line(tree: Path) -> None:
    world = wherefrom.ImportSystem(path=[str(tree)])
    world.import_module("importing")

    (began,) = world.trace.select(e.ImportBegan, name="pkg.by_name")

    assert ("importing", None, None) == (began.importer, began.file, began.line)


def in_two_worlds(tree: Path) -> Any:
    worlds = [wherefrom.ImportSystem(path=[str(tree)]) for _ in range(2)]
    modules = [world.import_module("importing") for world in worlds]
    return [
        module.by_name is world.modules["pkg.by_name"] for module, world in zip(modules, worlds, strict=True)
    ]


def after_others(folder: Path) -> Any:
    world = wherefrom.ImportSystem(path=[str(folder)])
    module = world.import_module("importing")
    return [module.by_level is world.modules.get("pkg.by_level"), "pkg.by_level" in sys.modules]


def test_c_code_goes_on_in_its_world_when_other_c_code_that_it_brought_has_ended(
    tree: Path, tmp_path: Path
) -> None:
    twins.lay(str(tmp_path), {**TREE, "pkg/by_name.py": "import multi\n"})
    for name in ("importing", "multi"):
        shutil.copy(tree / f"{name}{SUFFIX}", tmp_path)

    assert [True, False] == twins.forked(after_others, tmp_path)


def test_two_worlds_have_a_multi_phase_module_each(tree: Path) -> None:
    assert [True, True] == twins.forked(in_two_worlds, tree)
