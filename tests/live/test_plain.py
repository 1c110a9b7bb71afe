"""The plain import: what it finds and loads is what the interpreter finds and loads, to the last line."""

from __future__ import annotations

import importlib.machinery
import json
import sys
import textwrap
from importlib.machinery import PathFinder
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import wherefrom
from tests.live.test_running import run, traced
from tests.support import children
from wherefrom import Trace
from wherefrom._engine.live import RETOLD_ON
from wherefrom._engine.plain import CAN_BE_PLAIN, NOT_THERE, PlainSearch
from wherefrom._engine.record import SharedRecord

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wherefrom.events import Event

pytestmark = pytest.mark.skipif(
    not CAN_BE_PLAIN or sys.version_info[:2] not in RETOLD_ON, reason="the search is only observed here"
)


INSIDE = (importlib.machinery.BuiltinImporter, importlib.machinery.FrozenImporter)


def looks(spec: Any) -> tuple[Any, ...] | None:
    if spec is None or spec is NOT_THERE:
        return None
    loader = getattr(spec.loader, "path", spec.loader)
    return (
        spec.name, type(spec.loader), loader, spec.origin, spec.cached, spec.has_location,
        spec.submodule_search_locations, spec.loader_state,
    )  # fmt: skip


def names_below(folder: Path) -> list[str]:
    return sorted({path.name.partition(".")[0] for path in folder.iterdir()} - {"__pycache__"})


@pytest.mark.parametrize("package", [None, "json", "email", "importlib", "test"])
def test_a_plain_find_ends_as_the_interpreters(package: str | None) -> None:
    library = Path(json.__file__).parents[1]
    path = [str(library if package is None else library / package)]
    search = PlainSearch(SharedRecord())
    compared = 0
    for tail in [*names_below(Path(path[0])), "no_such_module"]:
        name = tail if package is None else f"{package}.{tail}"
        found = search.find_spec(name, path, [])
        if found is None or getattr(found, "loader", None) in INSIDE:
            continue
        compared += 1

        assert looks(importlib.machinery.PathFinder.find_spec(name, path)) == looks(found)
    assert compared > 2


def test_a_name_that_nobody_knows_is_told_as_not_found(tmp_path: Path) -> None:
    record = SharedRecord()

    assert PlainSearch(record).find_spec("nope", [str(tmp_path)], []) is NOT_THERE
    (ended,) = [event for event in Trace(record.rows).events if event.kind == "find.ended"]
    assert ended.fields()["reason"] == "no-finder-knows-it"


def test_a_module_beside_a_directory_of_its_name_is_plain_and_told_with_all_that_was_looked_for(
    tmp_path: Path,
) -> None:
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd.py").write_text("", encoding="utf-8")
    record = SharedRecord()

    found = PlainSearch(record).find_spec("odd", [str(tmp_path)], [])

    theirs = PathFinder.find_spec("odd", [str(tmp_path)])
    assert theirs is not None
    assert (theirs.origin, None) == (found.origin, found.submodule_search_locations)
    assert looked_for(wherefrom.resolve("odd", path=[str(tmp_path)]).trace.events) == looked_for(
        Trace(record.rows).events
    )


def looked_for(events: Iterable[Event]) -> list[dict[str, object]]:
    return [event.fields() for event in events if event.kind == "candidate.seen"]


@pytest.mark.parametrize("thing", ["portion", "beside a file", "link to nothing", "directory with a suffix"])
def test_what_is_not_plain_is_left_to_others_with_nothing_told_or_kept(tmp_path: Path, thing: str) -> None:
    if thing == "portion":
        (tmp_path / "odd").mkdir()
    elif thing == "beside a file":
        (tmp_path / "odd").write_text("", encoding="utf-8")
        (tmp_path / "odd.py").write_text("", encoding="utf-8")
    elif thing == "link to nothing":
        (tmp_path / "odd.py").symlink_to(tmp_path / "nothing")
    else:
        (tmp_path / "odd.py").mkdir()
    record = SharedRecord()
    before = sys.path_importer_cache.copy()
    search = PlainSearch(record)
    try:
        found = search.find_spec("odd", [str(tmp_path)], [])
    except OSError:  # the caller leaves the search to others
        found = None

    assert found is None
    assert [] == record.rows
    assert before == sys.path_importer_cache


# Programs that print what a program can see of its imports.
HEAD = """
import sys, traceback, importlib, linecache
linecache.getlines = lambda *rest: []
def tell(error):
    place = error.__traceback__
    while place is not None:
        code = place.tb_frame.f_code
        print(code.co_filename, code.co_name, place.tb_lineno)
        place = place.tb_next
    print(type(error), error, error.__cause__, error.__context__)
"""
PROGRAMS = {
    "a module that raises, by a statement": """
        try:
            import raising
        except Exception as error:
            tell(error)
        print("raising" in sys.modules)
    """,
    "a module that raises, by a function": """
        for _ in range(2):
            try:
                importlib.import_module("raising")
            except Exception as error:
                tell(error)
    """,
    "a module that removes itself": """
        try:
            importlib.import_module("removing")
        except Exception as error:
            tell(error)
        print("removing" in sys.modules)
    """,
    "a module that replaces itself": "import replacing; print(replacing, list(sys.modules)[-1])",
    "a module that exits": """
        try:
            importlib.import_module("exiting")
        except SystemExit as error:
            tell(error)
    """,
    "what a module has": """
        import package.inner, math
        for module in package, package.inner, math:
            print([(key, str(value)) for key, value in vars(module).items() if key != "__builtins__"][:12])
            print(module.__spec__, module.__spec__._cached, module.__spec__._initializing)
            print(type(vars(module).get("__builtins__")))
    """,
    "a stranger that raises": """
        class Finder:
            def find_spec(self, name, path, target=None):
                print(name, path is None, sys._getframe(1).f_code.co_name, sys._getframe(1).f_lineno)
                if name == "wanted":
                    raise KeyError(name)
        sys.meta_path.insert(0, Finder())
        import package.inner
        try:
            importlib.import_module("wanted")
        except Exception as error:
            tell(error)
    """,
    "strangers before and behind": """
        class Finder:
            def __init__(self, number):
                self.number = number
            def find_spec(self, name, path, target=None):
                print(self.number, name)
                if name == f"wanted{self.number}":
                    return importlib.machinery.ModuleSpec(name, self)
            def create_module(self, spec):
                return None
            def exec_module(self, module):
                print("run", module)
        import importlib.machinery
        sys.meta_path.insert(0, Finder(1))
        sys.meta_path.append(Finder(2))
        import wanted1, package, wanted2
        try:
            import wanted3
        except ImportError as error:
            tell(error)
    """,
    "a finder that edits the meta path while it is asked": """
        class Finder:
            def find_spec(self, name, path, target=None):
                print("asked for", name)
                sys.meta_path.remove(self)
        sys.meta_path.insert(0, Finder())
        try:
            import package
        except ImportError as error:
            tell(error)
        import json.tool
        print(len(sys.meta_path))
    """,
    "a finder ahead that imports while it is asked": """
        class Finder:
            def find_spec(self, name, path, target=None):
                if name in ("package", "wanted"):
                    import colorsys, replacing
                print("asked for", name, list(sys.modules)[-1])
        sys.meta_path.insert(0, Finder())
        import package.inner
        sys.modules.pop("colorsys", None)
        try:
            import wanted
        except ImportError as error:
            tell(error)
    """,
    "a finder ahead that loads the module while it is asked": """
        import importlib.util
        class Finder:
            def find_spec(self, name, path, target=None):
                if name == "package":
                    sys.meta_path.remove(self)
                    sys.modules.pop("package", None)
                    import package
                    package.__spec__.loader_state = "loaded meanwhile"
                    sys.meta_path.insert(0, self)
                    return importlib.machinery.ModuleSpec(name, None) if self.finds else None
        for Finder.finds in (False, True):
            sys.meta_path.insert(0, Finder())
            sys.modules.pop("package", None)
            import package
            print(package.__spec__.loader_state, package.__spec__, len(sys.meta_path))
            del sys.meta_path[0]
    """,
    "two finders ahead, and one that goes": """
        class Finder:
            def __init__(self, number):
                self.number = number
            def find_spec(self, name, path, target=None):
                print(self.number, name, path is None, target, sys._getframe(1).f_lineno)
                if self.number == 1 and name == "raising":
                    sys.meta_path.pop(1)
        sys.meta_path[:0] = [Finder(1), Finder(2)]
        import package.inner
        for name in ("raising", "replacing"):
            try:
                importlib.import_module(name)
            except Exception as error:
                tell(error)
    """,
    "finders ahead of every form": """
        class Classes:
            @classmethod
            def find_spec(cls, name, path, target=None):
                print("class", name)
        class Static:
            @staticmethod
            def find_spec(name, path, target=None):
                print("static", name)
        class Computed:
            @property
            def find_spec(self):
                print("computed", sys._getframe(1).f_lineno)
                return lambda name, path, target: print("asked", name)
        class Dynamic:
            def __getattr__(self, name):
                print("got", name, sys._getframe(1).f_lineno)
                raise AttributeError(name)
        import warnings
        warnings.simplefilter("ignore")
        for finder in (Classes, Static(), Computed(), Dynamic()):
            sys.meta_path.insert(0, finder)
            for name in ("package.inner", "package"):
                sys.modules.pop(name, None)
            import package.inner
    """,
    "who is asked, and who asks": """
        class Finder:
            def find_spec(self, name, path, target=None):
                frame = sys._getframe(1)
                while frame is not None:
                    if frame.f_code.co_filename == __file__:
                        print(frame.f_code.co_name, frame.f_lineno)
                    frame = frame.f_back
        sys.meta_path.insert(0, Finder())
        import package.inner
    """,
    "a finder of nothing": """
        class Finder:
            pass
        sys.meta_path.insert(0, Finder())
        import warnings
        warnings.simplefilter("ignore")
        import package.inner
        print(package.inner)
    """,
    "stale and missing bytecode": """
        import os
        import package
        for change in ("VALUE = 4444", "VALUE = 55555"):
            with open("package/inner.py", "w") as file:
                file.write(change)
            for name in ("package.inner", "package"):
                sys.modules.pop(name, None)
            import package.inner
            print(package.inner.VALUE, package.inner.__cached__)
    """,
    "replaced parts": """
        import importlib._bootstrap_external as external
        was = external.SourceFileLoader.get_data
        def get_data(self, path):
            print("read", path)
            return was(self, path)
        external.SourceFileLoader.get_data = get_data
        import package
        external.SourceFileLoader.get_data = was
        was_cached = external.cache_from_source
        def cached(path, *rest, **more):
            print("asked for", path)
            return was_cached(path, *rest, **more)
        external.cache_from_source = cached
        import package.inner
    """,
    "an own prefix for bytecode": """
        sys.pycache_prefix = "prefix"
        import package.inner
        print(package.inner.__cached__, package.inner.__spec__.cached)
    """,
    "other hooks and finders": """
        class Hook:
            def __init__(self, path):
                if "package" not in path:
                    raise ImportError
            def find_spec(self, name, target=None):
                print("asked for", name)
        sys.path_hooks.insert(0, Hook)
        try:
            import package.inner
        except ImportError as error:
            tell(error)
    """,
}  # fmt: skip
FILES = {
    "raising.py": "def f():\n    1 / 0\nf()\n",
    "removing.py": "import sys\ndel sys.modules[__name__]\n",
    "replacing.py": "import sys\nsys.modules[__name__] = 'another'\n",
    "exiting.py": "raise SystemExit(3)\n",
    "package/__init__.py": "",
    "package/inner.py": "VALUE = 1\n",
}


def lay(folder: Path) -> Path:
    (folder / "package").mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("warm", [False, True], ids=["cold", "warm"])
@pytest.mark.parametrize("case", PROGRAMS)
def test_a_program_sees_the_same_of_its_imports(tmp_path: Path, case: str, *, warm: bool) -> None:
    text = HEAD + textwrap.dedent(PROGRAMS[case])
    told = []
    for at, runs in enumerate((run, traced)):
        folder = lay(tmp_path / "plain") if at == 0 else lay(tmp_path / "traced")
        if warm:
            children.run(sys.executable, "-m", "compileall", "-q", str(folder), env=children.environment())
        (folder / "main.py").write_text(text, encoding="utf-8")
        command = (sys.executable,) if at == 0 else ("--quiet",)
        status, out, error = runs(folder, *command, "main.py")
        told.append((status, out.replace(str(folder), "HERE"), error.replace(str(folder), "HERE")))

    assert told[0] == told[1]


def test_the_load_is_told_step_by_step(tmp_path: Path) -> None:
    folder = lay(tmp_path / "told")
    children.run(sys.executable, "-m", "compileall", "-q", str(folder), env=children.environment())
    (folder / "main.py").write_text("import package.inner\n", encoding="utf-8")
    traced(folder, "--quiet", "--json", "trace.json", "main.py")
    trace = Trace.from_json((folder / "trace.json").read_text(encoding="utf-8"))
    (load,) = [span for span in trace.spans if span.kind == "load" and span.name == "package.inner"]
    begin = trace.events.index(load.began)
    kinds = [event.kind for event in trace.events[begin : begin + 7]]

    assert kinds == [
        "load.began", "module.created", "module.registered", "bytecode.judged", "run.began", "run.ended",
        "load.ended",
    ]  # fmt: skip
