"""Long runs: a record grows by little for each import, and is written out without being held in memory."""

from __future__ import annotations

import sys
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from wherefrom._engine.command_line import parse
from wherefrom._engine.record import SharedRecord
from wherefrom._engine.stream import Stream
from wherefrom._engine.stream_file import StreamFile
from wherefrom.child import run_traced
from wherefrom.imports import Imports
from wherefrom.unfold import unfold

if TYPE_CHECKING:
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


def test_a_long_record_is_read_without_being_held(tmp_path: Path) -> None:
    record = SharedRecord()
    stream = Stream(str(tmp_path / "rows"), {"pid": 1})
    record.path_told(0, tuple(f"/entry/{at}" for at in range(9)), (".so", ".py"), ("extension", "source"))
    for at in range(1500):
        record.import_began(f"module{at}", "__main__", "main.py", at)
        record.find_plain(f"module{at}", 0, "rrrrrrrrr", None, is_package=False, chosen=1)
        record.load_plain(f"module{at}", f"/cache/module{at}.pyc", 1, 2)
        record.import_loaded(f"module{at}", 3, ran=True)
        stream.flush(record.rows)
    imports = Imports()
    tracemalloc.start()
    try:
        events = sum(1 for _ in unfold(imports.add(StreamFile(str(tmp_path / "rows")).rows())))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert len(imports.all) == 1500
    assert events > 1500 * 60
    assert peak < events * 30  # a single held event is some hundred bytes
