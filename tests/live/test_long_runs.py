"""Long runs: a record grows by little for each import, and is written out without being held in memory."""

from __future__ import annotations

import functools
import json
import sys
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from wherefrom import run_telling
from wherefrom._engine.command_line import parse
from wherefrom._engine.record import SharedRecord
from wherefrom._engine.stream import Stream
from wherefrom._engine.stream_file import StreamFile
from wherefrom.child import Ended, run_traced
from wherefrom.excerpt import Excerpt
from wherefrom.imports import Imports
from wherefrom.looking import Start
from wherefrom.run_command import Options
from wherefrom.unfold import unfold

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MOST_BYTES = 2048


def bytes_written(folder: Path, number: int) -> int:
    """Import so many modules, by a path of nine entries, and give the size of the record."""
    entries = [str(folder / f"an entry of the path {at}") for at in range(8)]
    text = (
        f"import sys; sys.path[:0] = {[*entries, str(folder)]!r}\n"
        f"for at in range({number}): __import__(f'module_of_the_program_{{at}}')"
    )
    with run_traced(parse(["-c", text]), executable=sys.executable, cached=False, break_on=()) as ended:
        (file,) = ended.files
        loaded = [one for one in Imports().take_in(file.rows()).all if one.name.startswith("module_of")]

        assert ended.status == 0
        assert ["loaded"] * number == [one.outcome for one in loaded]
        return (folder / file.path).stat().st_size


@pytest.mark.parametrize("warm", [False, True], ids=["cold", "warm"])
def test_a_record_grows_by_little_for_each_import(tmp_path: Path, *, warm: bool) -> None:
    for at in range(120):
        (tmp_path / f"module_of_the_program_{at}.py").write_text("", encoding="ascii")
    for at in range(8):
        (tmp_path / f"an entry of the path {at}").mkdir()
    if warm:
        import compileall

        compileall.compile_dir(str(tmp_path), quiet=1)
    few, many = bytes_written(tmp_path, 20), bytes_written(tmp_path, 120)

    assert (many - few) / 100 < MOST_BYTES


def long_record(place: Path, number: int) -> StreamFile:
    """Write a record of so many imports."""
    record = SharedRecord()
    stream = Stream(str(place), {"pid": 1}, record.rows)
    entries = tuple(f"/entry/{at}" for at in range(9))
    record.path_told(0, entries, (".so", ".py"), ("extension", "source"), (), ())
    for at in range(number):
        record.import_began(f"module{at}", "__main__", "main.py", at)
        record.find_plain(f"module{at}", 0, "rrrrrrrrr", None, is_package=False, chosen=1)
        record.load_plain(f"module{at}", f"/cache/module{at}.pyc", 1, 2)
        record.import_loaded(f"module{at}", 3, ran=True)
        stream.flush()
    return StreamFile(str(place))


def peak_of(does: Callable[[], object]) -> int:
    """Tell how much memory something takes at most, in bytes."""
    tracemalloc.start()
    try:
        does()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_long_record_is_read_without_being_held(tmp_path: Path) -> None:
    file = long_record(tmp_path / "rows", 1500)
    imports = Imports()
    peak = peak_of(lambda: imports.take_in(file.rows()))
    events = sum(1 for _ in unfold(file.rows()))

    assert len(imports.all) == 1500
    assert events > 1500 * 60
    assert peak < events * 30  # a single held event is some hundred bytes


def test_a_long_record_is_told_and_explained_without_being_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        run_telling, "Excerpt", functools.partial(Excerpt, most_at_beginning=1000, most_at_end=500)
    )
    options = Options(json=str(tmp_path / "trace.json"), quiet=True)
    start = Start(sys.executable, ("main.py",), "script", "main.py", str(tmp_path))
    peaks, events = [], []
    for number in (40, 80, 380):  # the first only warms up
        ended = Ended(("main.py",), 0, (long_record(tmp_path / f"rows{number}", number),))
        peaks.append(peak_of(functools.partial(run_telling.tell, ended, options, start)))
        told = json.loads((tmp_path / "trace.json").read_text(encoding="ascii"))
        events.append(len(told["events"]))

        assert number == len(told["imports"])
    assert events[2] - events[1] > 18_000
    # Of each import its line in the list of imports is held, and nothing of its 60 events and more.
    assert (peaks[2] - peaks[1]) / (380 - 80) < 1000


def test_the_explanation_of_a_long_run_names_the_events_by_their_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "wanting.py").write_text("import json\njson.no_such_function\n")
    text = (
        "for at in range(300):\n    try:\n        __import__(f'absent{at}')\n"
        "    except ImportError:\n        pass\n"
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\nimport wanting\n"
    )
    told = []
    for most in (100_000, 200):
        # Newer versions import much when they tell the error that a program ends with.
        limited = functools.partial(Excerpt, most_at_beginning=most, most_at_end=6000)
        monkeypatch.setattr(run_telling, "Excerpt", limited)
        options = Options(json=str(tmp_path / "trace.json"), quiet=True)
        start = Start(sys.executable, ("-c", text), "code", text, str(tmp_path))
        command = parse(["-c", text])
        with run_traced(command, executable=sys.executable, cached=False, break_on=()) as ended:
            run_telling.tell(ended, options, start)
        told.append(json.loads((tmp_path / "trace.json").read_text(encoding="ascii")))

    short, long = ([(one["code"], one["summary"]) for one in document["findings"]] for document in told)
    assert short == long != []
    numbers = [fact["event"] for one in told[1]["findings"] for fact in one["evidence"]]
    assert len(told[1]["events"]) > 15_000
    kinds = {told[1]["events"][number]["kind"] for number in numbers if number is not None}
    assert kinds == {"error.raised"}
