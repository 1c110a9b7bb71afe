"""Tracing in the running interpreter: what the trace says, and that nothing is left behind."""

from __future__ import annotations

import _frozen_importlib as bootstrap
import importlib
import importlib.util
import sys
import threading
import traceback
import types
from typing import TYPE_CHECKING, Any

import pytest

import wherefrom
from wherefrom._engine.live import RETOLD_ON
from wherefrom._engine.live_record import LiveRecord

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ = wherefrom.tracing, wherefrom.Trace  # what tracing itself needs is loaded before anything is compared


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    files = {
        "lt_pkg/__init__.py": "from lt_pkg import one\n",
        "lt_pkg/one.py": "import lt_plain\n\n\nimport lt_pkg.two\n",
        "lt_pkg/two.py": "try:\n    import lt_absent\nexcept ImportError:\n    pass\n",
        "lt_plain.py": "",
        "lt_raises.py": "def f():\n    raise KeyError('k')\n\n\nf()\n",
        "lt_deep.py": "import lt_raises\n",
        "lt_syntax.py": "def f(:\n",
        "lt_wants.py": "from lt_plain import nothing_there\n",
    }
    for name, text in files.items():
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path
    for name in [name for name in sys.modules if name.startswith("lt_")]:
        del sys.modules[name]


def state() -> dict[str, dict[str, object]]:
    modules = (bootstrap, importlib, importlib.util, sys.modules["_frozen_importlib_external"])
    return {module.__name__: dict(vars(module)) for module in modules}


def own_finders() -> list[Any]:
    external: Any = sys.modules["_frozen_importlib_external"]
    return [bootstrap.BuiltinImporter, bootstrap.FrozenImporter, external.PathFinder]


def test_each_import_is_told_with_who_asked_and_what_it_caused(tree: Path) -> None:
    with wherefrom.tracing() as trace:
        importlib.import_module("lt_pkg")

    package, one, two = (trace.imports[name] for name in ("lt_pkg", "lt_pkg.one", "lt_pkg.two"))
    assert [
        package.outcome,
        one.outcome,
        trace.imports["lt_absent"].outcome,
    ] == ["loaded", "loaded", "not-found"]
    assert (package.importer, package.file) == (__name__, __file__)
    assert (two.importer, two.file, two.line) == ("lt_pkg.one", str(tree / "lt_pkg" / "one.py"), 4)
    assert [one] == [child for child in package.children if child.name == "lt_pkg.one"]
    assert [child.name for child in one.children] == ["lt_plain", "lt_pkg.two"]
    assert two.parent is one
    assert package.elapsed_ns is not None
    assert one.elapsed_ns is not None
    assert package.self_ns == package.elapsed_ns - one.elapsed_ns


def test_an_import_that_is_served_from_modules_is_no_event() -> None:
    with wherefrom.tracing() as trace:
        import json  # noqa: F401  # loaded long ago

    assert list(trace.imports) == []
    (installed,) = trace.select(wherefrom.events.TracingInstalled)
    assert "json" in installed.modules


def test_where_finders_are_the_interpreters_own_each_place_is_told(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "meta_path", own_finders())

    with wherefrom.tracing() as trace:
        importlib.import_module("lt_plain")

    seen = trace.select(wherefrom.events.CandidateSeen, name="lt_plain", outcome="chosen")
    retold = sys.version_info[:2] in RETOLD_ON
    assert [str(tree / "lt_plain.py")] * retold == [event.path for event in seen]
    assert ["retold" if retold else "observed"] == [
        event.how for event in trace.select(wherefrom.events.TracingInstalled)
    ]


def test_nothing_is_left_behind(tree: Path) -> None:
    before = state()

    with wherefrom.tracing():
        assert bootstrap._find_and_load is not before[bootstrap.__name__]["_find_and_load"]  # type: ignore[attr-defined]
        importlib.import_module("lt_pkg")

    assert before == state()


def test_a_module_that_copies_a_function_while_tracing_has_the_interpreters_own_after() -> None:
    util = sys.modules.pop("importlib.util")
    try:
        with wherefrom.tracing():
            fresh = importlib.import_module("importlib.util")

        assert vars(fresh)["_find_spec"] is bootstrap._find_spec  # type: ignore[attr-defined]
    finally:
        sys.modules["importlib.util"] = importlib.util = util


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_tracers_may_end_in_any_order(tree: Path, order: tuple[int, ...]) -> None:
    before = state()
    tracers = [wherefrom.tracing() for _ in range(3)]
    traces = [tracer.__enter__() for tracer in tracers]
    importlib.import_module("lt_plain")
    for at in order:
        tracers[at].__exit__(None, None, None)

    assert [list(trace.imports) for trace in traces] == [["lt_plain"]] * 3
    assert before == state()


def test_a_tracer_sees_its_own_time_only(tree: Path) -> None:
    with wherefrom.tracing() as outer:
        importlib.import_module("lt_plain")
        with wherefrom.tracing() as inner:
            importlib.import_module("lt_pkg.two")

    assert "lt_plain" not in inner.imports
    assert {"lt_plain", "lt_pkg.two"} <= set(outer.imports)


def test_what_replaces_our_function_meanwhile_stays_and_works(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []
    with monkeypatch.context() as patched:
        with wherefrom.tracing() as trace:
            ours: Any = bootstrap._find_and_load  # type: ignore[attr-defined]

            def theirs(name: str, import_: Any) -> Any:
                calls.append(name)
                return ours(name, import_)

            patched.setattr(bootstrap, "_find_and_load", theirs)
        importlib.import_module("lt_plain")

        assert bootstrap._find_and_load is theirs  # type: ignore[attr-defined]
        assert "lt_plain" in calls
        assert "lt_plain" not in trace.imports
    bootstrap._find_and_load = ours._wherefrom_seam.genuine["_find_and_load"]  # type: ignore[attr-defined]


STATEMENTS = ["lt_deep", "lt_raises", "lt_syntax", "lt_wants", "lt_absent", "lt_plain.x", "lt_pkg.absent"]


def frames(name: str) -> list[tuple[str, str, int | None]]:
    """Tell the frames of the exception that an import ends with."""
    try:
        exec(compile(f"import {name}", "<twin>", "exec"), {"__name__": "twin"})
    except Exception as error:
        seen = traceback.extract_tb(error.__traceback__)
        for loaded in [loaded for loaded in sys.modules if loaded.startswith("lt_")]:
            del sys.modules[loaded]
        return [(type(error).__name__, str(error), None), *[(f.filename, f.name, f.lineno) for f in seen]]
    raise AssertionError(f"{name} was imported")


@pytest.mark.parametrize("name", STATEMENTS)
def test_tracebacks_are_the_same_frame_by_frame(tree: Path, name: str) -> None:
    plain = frames(name)

    with wherefrom.tracing() as trace:
        traced = frames(name)

    assert plain == traced
    assert name.partition(".")[0] in trace.imports


class Raising:
    @staticmethod
    def find_spec(name: str, path: Any, target: Any = None) -> None:
        if name == "lt_strange":
            raise ZeroDivisionError("of a finder")


def test_the_traceback_of_a_strangers_error_shows_the_interpreters_own_frames(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "meta_path", [Raising, *sys.meta_path])
    plain = frames("lt_strange")

    with wherefrom.tracing():
        traced = frames("lt_strange")

    assert [name for _, name, _ in plain[3:6]] == ["_find_and_load", "_find_and_load_unlocked", "_find_spec"]
    assert plain == traced


def finder(asked: str, does: Any) -> Any:
    """Make a finder that does something for one name, and declines every other."""

    class Finder:
        def find_spec(self, name: str, path: Any, target: Any = None) -> Any:
            return does(name) if name == asked else None

        def create_module(self, spec: Any) -> None:
            pass

        def exec_module(self, module: Any) -> None:
            pass

    return Finder()


def test_each_stranger_is_told_with_its_own_answer_and_what_it_caused(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def causes(name: str) -> None:
        importlib.import_module("lt_plain")

    asks = finder("lt_strange", causes)
    answers: Any = finder("lt_strange", lambda name: importlib.machinery.ModuleSpec(name, answers))
    unasked = finder("lt_strange", None)
    monkeypatch.setattr(sys, "meta_path", [asks, *own_finders(), answers, unasked])

    with wherefrom.tracing() as trace:
        importlib.import_module("lt_strange")

    ended = trace.select(wherefrom.events.AskEnded, name="lt_strange")
    own = ["BuiltinImporter", "FrozenImporter", "PathFinder"]
    label = f"{__name__}.finder.<locals>.Finder"
    told = [(event.finder, event.outcome) for event in ended if event.finder not in own]
    assert [(label, "declined"), (label, "found")] == told
    (first, *_, last) = [span for span in trace.spans if span.kind == "ask" and span.name == "lt_strange"]
    assert ["lt_plain"] == [part.name for part in first.contents if isinstance(part, wherefrom.trace.Span)]
    assert () == tuple(last.contents)
    (rest,) = trace.select(wherefrom.events.FindersUnasked, name="lt_strange")
    assert (label,) == rest.finders


@pytest.mark.skipif(sys.version_info < (3, 15), reason="no statement is lazy before 3.15")
def test_what_was_asked_for_lazily_and_is_no_submodule_is_told_as_not_found(tree: Path) -> None:
    (tree / "lt_wants_lazily.py").write_text("lazy from lt_pkg import no_such\n\n\ndef f(): return no_such\n")
    module = importlib.import_module("lt_wants_lazily")

    with wherefrom.tracing() as trace, pytest.raises(ImportError, match="no_such"):
        module.f()

    ended = trace.select(wherefrom.events.ImportEnded, name="lt_pkg.no_such")
    assert len(ended) > 1  # once without an error, for another way is tried then
    assert {"not-found"} == {event.outcome for event in ended}
    assert ended[0].error is None


def test_imports_of_several_threads_are_told_apart(tree: Path) -> None:
    names = [f"lt_thread_{at}" for at in range(6)]
    for name in names:
        (tree / f"{name}.py").write_text(f"import {name}_inner\n")
        (tree / f"{name}_inner.py").write_text("")
    importlib.invalidate_caches()
    with wherefrom.tracing() as trace:
        threads = [threading.Thread(target=importlib.import_module, args=(name,)) for name in names]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert {name: [f"{name}_inner"] for name in names} == {
        name: [child.name for child in trace.imports[name].children] for name in names
    }


def test_if_recording_fails_the_program_goes_on_and_the_trace_says_so(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_memory(*arguments: object) -> None:
        raise MemoryError

    with wherefrom.tracing() as trace, monkeypatch.context() as patched:
        patched.setattr(LiveRecord, "import_began", no_memory)
        module = importlib.import_module("lt_plain")

    assert isinstance(module, types.ModuleType)
    assert [event.reason for event in trace.select(wherefrom.events.RecordStopped)] == [
        "recording failed: MemoryError"
    ]
    with wherefrom.tracing() as again:
        importlib.import_module("lt_pkg")
    assert "lt_pkg" in again.imports


def test_a_finder_may_edit_the_meta_path_while_it_is_asked(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Editing:
        @staticmethod
        def find_spec(name: str, path: Any, target: Any = None) -> None:
            if Editing in sys.meta_path:
                sys.meta_path.remove(Editing)

    monkeypatch.setattr(sys, "meta_path", [Editing, *sys.meta_path])
    with wherefrom.tracing() as trace:
        importlib.import_module("lt_plain")

    assert trace.imports["lt_plain"].outcome == "loaded"


def test_install_records_until_uninstall(tree: Path) -> None:
    before = state()
    installed = wherefrom.install()
    importlib.import_module("lt_plain")
    trace = wherefrom.uninstall()

    assert "lt_plain" in trace.imports
    assert installed == trace
    assert before == state()
    with pytest.raises(RuntimeError, match="nothing is installed"):
        wherefrom.uninstall()


def test_a_debugger_stops_where_a_module_is_first_asked_for(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stops = []
    monkeypatch.setattr(sys, "breakpointhook", lambda: stops.append("lt_plain" in sys.modules))
    wherefrom.break_on("lt_plain")
    with wherefrom.tracing():
        importlib.import_module("lt_pkg")

    assert stops == [False]


def test_a_debugger_that_fails_is_told_and_recording_goes_on(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> None:
        raise ZeroDivisionError("of a hook")

    monkeypatch.setattr(sys, "breakpointhook", fails)
    wherefrom.break_on("lt_plain")
    with wherefrom.tracing() as trace:
        importlib.import_module("lt_pkg")

    assert trace.imports["lt_plain"].outcome == trace.imports["lt_pkg.two"].outcome == "loaded"
    assert [("lt_plain", "ZeroDivisionError: of a hook")] == [
        (event.name, event.error) for event in trace.select(wherefrom.events.BreakFailed)
    ]
    assert "no debugger stopped at lt_plain: ZeroDivisionError: of a hook" in str(trace)


def test_a_trace_of_imports_round_trips(tree: Path) -> None:
    with wherefrom.tracing() as trace:
        importlib.import_module("lt_pkg")

    assert wherefrom.Trace.from_json(trace.to_json()) == trace
    assert "import lt_pkg: " in str(trace)
