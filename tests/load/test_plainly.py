"""The short ways of a world: they tell, find and share what the long ones do."""

from __future__ import annotations

import os
import sys
import textwrap
import zipfile
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Any

import pytest

import wherefrom
from tests.support import children, twins
from wherefrom._engine import importing
from wherefrom._engine.disk import Disk
from wherefrom._engine.find.directories import LISTINGS
from wherefrom._engine.find.plainly import find_plainly
from wherefrom._engine.interpreter import HERE
from wherefrom.same_place import load_by_interpreter

LIBRARY = str(Path(os.__file__).parent)
TREE = {
    "pkg/__init__.py": "from . import one\nfrom .sub import leaf\n",
    "pkg/one.py": "import pkg.sub\n",
    "pkg/sub/__init__.py": "",
    "pkg/sub/leaf.py": "".join(
        f"try:\n    import {name}\nexcept ImportError:\n    pass\n" for name in ("pkg.nowhere", "nowhere")
    ),
}


def told(world: wherefrom.ImportSystem) -> list[Any]:
    """Give what a world has told, without times and threads."""
    return [(event.kind, event.fields()) for event in world.trace.events]


def imported(
    path: list[str],
    names: list[str],
    monkeypatch: pytest.MonkeyPatch,
    *,
    plainly: bool,
    share: list[str] | None = None,
) -> Any:
    LISTINGS.kept.clear()
    LISTINGS.looked.clear()
    found: list[Any] = []

    def search(*question: Any) -> Any:
        found.append(find_plainly(*question) if plainly else None)
        return found[-1]

    monkeypatch.setattr(importing, "find_plainly", search)
    world = wherefrom.ImportSystem(path=path, share=share or [])
    for name in names:
        world.import_module(name)
    return told(world), [answer is not None for answer in found]


PLACES = [
    "new",
    "known to the interpreter",
    "inside it",
    "taken by no hook",
    "beside a directory",
    "beside a file",
]


@pytest.mark.parametrize("place", PLACES)
def test_a_plain_search_tells_what_a_search_step_by_step_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    if place == "new":
        twins.lay(str(tmp_path), TREE)
        (tmp_path / "empty").mkdir()
        path = [str(tmp_path / "empty"), str(tmp_path / "nothing.zip"), str(tmp_path)]
        names = ["pkg", "pkg.sub.leaf"]
    elif place == "beside a directory":
        twins.lay(str(tmp_path), {**TREE, "pkg/one/data.txt": "", "pkg/sub/leaf/more/data.txt": ""})
        path, names = [str(tmp_path)], ["pkg", "pkg.sub.leaf"]
    elif place == "beside a file":
        twins.lay(str(tmp_path), {**TREE, "pkg/one": ""})
        path, names = [str(tmp_path)], ["pkg", "pkg.sub.leaf"]
    elif place == "inside it":
        path, names = [LIBRARY], ["codecs", "time", "__phello__", "marshal"]
    elif place == "taken by no hook":
        twins.lay(str(tmp_path), TREE)
        path, names = ["__editable__.nothing", str(tmp_path), "behind"], ["pkg", "pkg.sub.leaf"]
    else:
        path, names = [LIBRARY], ["wsgiref.types", "wsgiref.headers"]
        assert PathFinder.find_spec("wsgiref", [LIBRARY])
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    slowly, _ = imported(path, names, monkeypatch, plainly=False)
    plainly, which = imported(path, names, monkeypatch, plainly=True)

    assert slowly == plainly
    assert which.count(True) > 2
    assert place != "beside a directory" or all(which)


def test_what_the_interpreter_has_already_is_searched_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["textwrap", "keyword", "typing", "json", "email", "pkg"]
    twins.lay(str(tmp_path), {"email.py": "", "pkg.py": "import keyword\n"})
    path = [str(tmp_path), LIBRARY]
    looked: list[str] = []

    def stat(path: str) -> Any:
        looked.append(path)
        return os.stat(path)

    slowly, _ = imported(path, names, monkeypatch, plainly=False, share=names[:-1])
    monkeypatch.setattr(Disk, "stat", staticmethod(stat))
    plainly, which = imported(path, names, monkeypatch, plainly=True, share=names[:-1])

    not_looked_for = [
        ("candidate.seen", {"name": "json", "path": f"{LIBRARY}/json/{init}", "outcome": "absent"})
        for init in HERE.inits[: HERE.inits.index("__init__.py")]
    ]
    assert all(step in slowly and step not in plainly for step in not_looked_for)
    assert [step for step in slowly if step not in not_looked_for] == plainly
    assert all(which)
    for name in names:
        is_theirs = name not in ("typing", "email", "pkg")  # one is stood in for, two are the world's own
        assert (("module.shared", {"name": name, "outcome": "there"}) in plainly) == is_theirs
    # A file in use already is left alone: which it is, the listing tells.
    assert not {f"{LIBRARY}/textwrap.py", f"{LIBRARY}/json/__init__.py"} & {*looked}
    assert f"{tmp_path}/email.py" in looked


SHARED = """
import json, sys, threading
import wherefrom

def looks(module):
    spec = module.__spec__
    return [
        spec.name, type(spec.loader).__name__, getattr(spec.loader, "path", None), spec.origin, spec.cached,
        spec.has_location, spec.submodule_search_locations, spec.loader_state, spec.parent,
        list(vars(module)),
    ]

names = {names!r}
if {world!r}:
    world = wherefrom.ImportSystem()
    took = [world.import_module(name) for name in names]
else:
    took = [__import__(name) for name in names]
assert all(module is sys.modules[name] for name, module in zip(names, took))
print(json.dumps([looks(module) for module in took]))
"""


def test_a_shared_module_is_as_the_interpreter_loads_it() -> None:
    names = ["wave", "wsgiref", "plistlib", "_lsprof", "_crypt", "code"]
    names = [name for name in names if wherefrom.resolve(name).found]

    one, other = (
        children.run(sys.executable, "-P", "-c", SHARED.format(names=names, world=world))
        for world in (True, False)
    )

    assert one == other


def run(text: str, *arguments: object) -> list[str]:
    return children.run(sys.executable, "-P", "-c", textwrap.dedent(text), *map(str, arguments)).split()


def test_a_module_that_the_interpreter_would_find_elsewhere_is_not_shared(tmp_path: Path) -> None:
    (tmp_path / "wave.py").write_text("", encoding="utf-8")

    ahead, behind = (
        run(
            """
            import sys, wherefrom
            from importlib.machinery import PathFinder
            path = list(sys.path)
            sys.path.insert(0 if sys.argv[2] == "ahead" else len(sys.path), sys.argv[1])
            PathFinder.find_spec("nowhere")  # the interpreter's finders know the whole path
            world = wherefrom.ImportSystem(path=path)
            world.import_module("wave")
            print("wave" in sys.modules)
            """,
            tmp_path,
            where,
        )
        for where in ("ahead", "behind")
    )

    assert ahead[0] == "False"
    assert behind[0] == "True"


BEHIND = """
    import importlib.util, sys, wherefrom
    from importlib.machinery import PathFinder

    root, ahead, of_both = sys.argv[1], sys.argv[2].split(), sys.argv[3].split()
    sys.path[:0] = of_both
    PathFinder.find_spec("nowhere")  # the interpreter's finders know the whole path
    searched = []
    genuine = importlib.util.find_spec
    importlib.util.find_spec = lambda name: searched.append(name) or genuine(name)
    world = wherefrom.ImportSystem(path=[*ahead, *sys.path])
    world.import_module("keyword")  # and so do the world's
    module = world.import_module("wave")
    whose = "shared" if module is sys.modules.get("wave") else "own"
    print(whose, module.__file__.startswith(root), *searched)
"""


def test_a_shared_module_behind_entries_that_only_the_world_has_is_searched_once(tmp_path: Path) -> None:
    twins.lay(str(tmp_path), {"one/other.py": "", "two/wave": ""})
    one, two, nothing = tmp_path / "one", tmp_path / "two", tmp_path / "nothing.zip"

    assert run(BEHIND, tmp_path, f"{one} {nothing}", "") == ["shared", "False"]
    # Where something else has the name, the interpreter is asked.
    assert run(BEHIND, tmp_path, f"{one} {two}", "") == ["shared", "False", "wave"]


def test_a_module_in_an_archive_ahead_is_not_the_interpreters(tmp_path: Path) -> None:
    twins.lay(str(tmp_path), {"wave.py": ""})
    with zipfile.ZipFile(tmp_path / "ahead.zip", "w") as file:
        file.writestr("wave.py", "")

    # The second time the interpreter has a file of this name in the very directory of the archive.
    for of_both in ("", str(tmp_path)):
        assert run(BEHIND, tmp_path, tmp_path / "ahead.zip", of_both) == ["own", "True", "wave"]


def test_a_finder_ahead_of_the_interpreters_path_has_its_say() -> None:
    told = run("""
        import importlib.util, sys, types, wherefrom

        class Ahead:
            def find_spec(self, name, path, target=None):
                return importlib.util.spec_from_loader(name, None) if name == "wave" else None

        sys.meta_path.insert(0, Ahead())
        world = wherefrom.ImportSystem()
        print(world.import_module("wave").__file__ != "", "wave" in sys.modules, "plistlib" in sys.modules)
        world.import_module("plistlib")
        print("plistlib" in sys.modules)
    """)

    assert told == ["True", "False", "False", "True"]


def test_a_tracer_of_the_interpreter_sees_what_a_world_shares() -> None:
    told = run("""
        import wherefrom
        world = wherefrom.ImportSystem()
        world.import_module("wave")
        with wherefrom.tracing() as trace:
            world.import_module("plistlib")
        print(*[name for name in ("wave", "plistlib") if name in trace.imports])
    """)

    assert told == ["plistlib"]


def test_what_another_thread_has_loaded_meanwhile_is_not_loaded_again() -> None:
    assert load_by_interpreter(textwrap.__spec__) is textwrap


def test_threads_that_share_a_module_at_once_share_one() -> None:
    told = run("""
        import sys, threading, wherefrom
        sys.setswitchinterval(1e-6)
        worlds = [wherefrom.ImportSystem() for _ in range(6)]
        names, taken = ["wave", "plistlib", "mailbox", "smtplib", "pdb"], []
        def take(world):
            taken.append([id(world.import_module(name)) for name in names])
        threads = [threading.Thread(target=take, args=(world,)) for world in worlds]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        print(len(taken), len({tuple(each) for each in taken}))
    """)

    assert told == ["6", "1"]
