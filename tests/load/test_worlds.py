"""Worlds: what they leave alone, how they live side by side, how they go away."""

from __future__ import annotations

import ast
import gc
import importlib.util
import json
import sys
import threading
import weakref
from collections import UserDict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wherefrom
import wherefrom.render.tree  # loaded before what is compared
from tests.support import twins
from tests.support.programs import program
from wherefrom import events as e


def lay(root: Path, tree: dict[str, str]) -> wherefrom.ImportSystem:
    twins.lay(str(root), tree)
    return wherefrom.ImportSystem(path=[str(root)])


def picture_of_the_interpreter() -> list[Any]:
    pieces = [sys.modules, sys.path, sys.meta_path, sys.path_hooks, sys.path_importer_cache]
    return [(id(piece), list(piece.items()) if isinstance(piece, dict) else list(piece)) for piece in pieces]


@given(seed=st.integers(0, 10_000))
@pytest.mark.filterwarnings("ignore")
def test_the_five_pieces_of_the_interpreter_are_left_as_they_are(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    drawn = program(seed)
    folder = tmp_path_factory.mktemp("world")
    world = lay(folder, drawn.tree)
    import __future__  # noqa: F401  # shared with worlds, and so loaded by them where it is not there

    ast.unparse(ast.parse("import a"))  # loads a module of its own, since 3.15
    before = picture_of_the_interpreter()

    for statement in drawn.statements:
        try:
            world.bind(statement, dict(drawn.namespace))
        except (Exception, KeyboardInterrupt):
            continue
    str(world.trace)

    assert before == picture_of_the_interpreter()


RESOURCES = """
import importlib.resources
from importlib.resources import files
by_name = files("with_data").joinpath("data.txt").read_text()
by_module = importlib.resources.files(__import__("with_data")).joinpath("data.txt").read_text()
"""


def test_resources_are_those_of_the_worlds_modules(tmp_path: Path) -> None:
    unnamed = "own = files().joinpath('data.txt').read_text()" if sys.version_info >= (3, 12) else ""
    tree = {"with_data/__init__.py": RESOURCES + unnamed, "with_data/data.txt": "here"}
    world = lay(tmp_path, tree)

    module = world.import_module("with_data")

    assert module is world.modules["with_data"]
    assert "with_data" not in sys.modules
    told = {key: value for key, value in vars(module).items() if value == "here"}
    assert ["by_name", "by_module", *["own"] * bool(unnamed)] == list(told)
    assert () == world.trace.select(e.ImportEscaped)
    with pytest.raises(ModuleNotFoundError, match="nowhere"):
        module.files("nowhere")


def test_two_versions_of_a_package_live_side_by_side(tmp_path: Path) -> None:
    worlds = [lay(tmp_path / v, {"pkg/__init__.py": f"version = {v!r}\n"}) for v in ("one", "two")]

    assert ["one", "two"] == [world.import_module("pkg").version for world in worlds]
    assert "pkg" not in sys.modules


def test_the_standard_library_is_the_interpreters(tmp_path: Path) -> None:
    world = lay(tmp_path, {"a.py": "import json, json.decoder as d\n"})

    assert world.import_module("a").json is json
    assert world.trace.select(e.ModuleShared, name="json", outcome="there")


def test_a_module_of_the_worlds_own_path_comes_before_the_standard_library(tmp_path: Path) -> None:
    world = lay(tmp_path, {"json.py": "own = True\n", "a.py": "import json\n"})

    assert world.import_module("a").json.own is True
    assert json is sys.modules["json"]


def test_what_is_shared_can_be_chosen(tmp_path: Path) -> None:
    twins.lay(str(tmp_path), {"pkg.py": ""})
    world = wherefrom.ImportSystem(path=[str(tmp_path)], share=[])

    with pytest.raises(ModuleNotFoundError):
        world.import_module("json")
    assert world.import_module("_thread") is sys.modules["_thread"]


@pytest.mark.parametrize("vanishing", ["", "sys.modules.pop('vanishing_of_wherefrom')"])
def test_an_import_that_passes_the_world_by_is_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, vanishing: str
) -> None:
    monkeypatch.setitem(sys.modules, "vanishing_of_wherefrom", sys)
    outside = tmp_path / "outside"
    twins.lay(str(outside), {"escapee_of_wherefrom.py": ""})
    source = f"""
import pkgutil
genuine = pkgutil.__builtins__["__import__"]
sys = genuine("sys")
sys.path.append({str(outside)!r})
genuine("escapee_of_wherefrom")
sys.path.pop()
{vanishing}
"""
    world = lay(tmp_path / "in", {"a.py": source})
    try:
        world.import_module("a")

        assert world.trace.select(e.ImportEscaped, name="escapee_of_wherefrom", outcome="loaded-outside")
    finally:
        sys.modules.pop("escapee_of_wherefrom", None)


def test_a_world_that_nobody_wants_goes_away_with_all_that_is_in_it(tmp_path: Path) -> None:
    world = lay(
        tmp_path, {"p/__init__.py": "from . import a\n", "p/a.py": "class Thing: pass\n", "n/x.py": ""}
    )
    module = world.import_module("p.a")
    world.import_module("n.x")
    things: list[Any] = [world, module, module.Thing, world._system]
    alive = [weakref.ref(thing) for thing in things]

    del world, module, things
    gc.collect()

    assert [None] * 4 == [reference() for reference in alive]


def test_bind_tells_what_it_wrote_and_over_what(tmp_path: Path) -> None:
    world = lay(tmp_path, {"a.py": "x = 1\ny = 2\n"})
    space: Any = UserDict({"x": "before"})

    binding = world.bind("from a import x, y as z", space)

    assert {"x": 1, "z": 2} == binding.names
    assert {"x": "before"} == binding.overwritten
    assert {"x": 1, "z": 2} == space.data
    (bound,) = binding.trace.select(e.NameBound, outcome="overwrote")
    assert ("x", "'before'") == (bound.name, bound.was)


@pytest.mark.parametrize("text", ["x = 1", "", "import a; print(a)"])
def test_bind_takes_import_statements_only(text: str) -> None:
    with pytest.raises(ValueError, match="import statement"):
        wherefrom.ImportSystem(path=[]).bind(text)


def test_the_binding_that_nobody_wrote_is_an_event_of_its_own(tmp_path: Path) -> None:
    world = lay(tmp_path, {"p/__init__.py": "a = 1\n", "p/a.py": ""})
    world.import_module("p.a")

    (bound,) = world.trace.select(e.AttributeBound)

    assert ("p.a", "p", "overwrote", "1") == (bound.name, bound.parent, bound.outcome, bound.was)


def test_a_traceback_shows_no_frame_of_the_import_system(tmp_path: Path) -> None:
    world = lay(tmp_path, {"a.py": "import b\n", "b.py": "1 / 0\n"})
    with pytest.raises(ZeroDivisionError) as caught:
        world.import_module("a")

    files = [Path(entry.path).name for entry in caught.traceback]

    assert ["a.py", "b.py"] == [name for name in files if name in ("a.py", "b.py")]
    assert not {"execute.py", "importing.py"} & set(files)


def test_a_module_of_a_lazy_loader_runs_on_first_touch_and_imports_in_the_world(tmp_path: Path) -> None:
    world = lay(tmp_path, {"slow.py": "import other\nx = other.x\n", "other.py": "x = 1\n"})
    spec = world.resolve("slow").require()
    spec.loader = importlib.util.LazyLoader(spec.loader)  # type: ignore[arg-type]  # a loader there is

    class Finder:
        @staticmethod
        def find_spec(name: str, path: Any = None, target: Any = None) -> Any:
            return spec if name == "slow" else None

    world.meta_path.insert(0, Finder)
    slow = world.import_module("slow")
    before = "other" in world.modules

    assert (False, 1, True) == (before, slow.x, "other" in world.modules)
    assert "other" not in sys.modules
    assert "slow" == world.trace.imports["other"].importer


# -- threads --------------------------------------------------------------------------------------


def in_threads(many: int, work: Any) -> list[Any]:
    results: list[Any] = []
    barrier = threading.Barrier(many)

    def run(number: int) -> None:
        barrier.wait()
        try:
            results.append(work(number))
        except BaseException as error:
            results.append(error)

    threads = [threading.Thread(target=run, args=(number,), daemon=True) for number in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads), "a thread waits for ever"
    return results


def test_two_threads_that_import_each_others_modules_do_not_wait_for_ever(tmp_path: Path) -> None:
    tree = {
        "a.py": "import time; time.sleep(0.05)\nimport b\n",
        "b.py": "import time; time.sleep(0.05)\nimport a\n",
    }
    world = lay(tmp_path, tree)

    results = in_threads(2, lambda number: world.import_module("ab"[number]).__name__)

    assert {"a", "b"} == set(results)
    assert world.trace.select(e.LockWaited)


def test_eight_threads_load_each_module_of_a_circle_once_however_often(tmp_path: Path) -> None:
    names = [f"m{at}" for at in range(6)]
    tree = {
        f"{n}.py": f"import {names[(at + 1) % 6]}\nimport count\ncount.runs.append(__name__)\n"
        for at, n in enumerate(names)
    }
    twins.lay(str(tmp_path), {**tree, "count.py": "runs = []\n"})

    def importing(world: wherefrom.ImportSystem) -> Any:
        return lambda number: world.import_module(names[number % 6]).__name__

    for _ in range(125):  # by eight threads: a thousand imports of the graph
        world = wherefrom.ImportSystem(path=[str(tmp_path)])
        results = in_threads(8, importing(world))

        assert [] == [result for result in results if isinstance(result, BaseException)]
        assert sorted(names) == sorted(world.modules["count"].runs)


def test_a_failure_in_one_thread_wakes_the_others(tmp_path: Path) -> None:
    world = lay(tmp_path, {"a.py": "import time; time.sleep(0.02)\nraise ValueError('no')\n"})

    results = in_threads(4, lambda _: world.import_module("a"))

    assert [ValueError] * 4 == [type(result) for result in results]
    assert "a" not in world.modules
    assert {} == world._system.locks.waiting
