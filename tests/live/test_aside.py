"""The engine beside the program: its modules know each other, and ``sys`` knows none of them."""

from __future__ import annotations

import builtins
import os
import py_compile
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from wherefrom._engine.aside import Aside

if TYPE_CHECKING:
    from pathlib import Path


def aside(folder: Path, **files: str) -> Aside:
    for name, text in files.items():
        path = folder / (name.replace("__", "/") + ".py")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Aside(str(folder))


def test_relative_imports_are_answered_beside_sys_modules(tmp_path: Path) -> None:
    before = dict(sys.modules)
    engine = aside(
        tmp_path,
        one="from .deep.two import NAME\nfrom .three import VALUE\nimport sys",
        deep__two="from ..three import VALUE\nNAME = __name__",
        three="VALUE = object()",
    )

    one = engine.bring("one")

    assert "wherefrom._engine.deep.two" == one.NAME
    assert engine.bring("three").VALUE is one.VALUE is engine.bring("deep.two").VALUE
    assert sys is one.sys
    assert before == dict(sys.modules)


def test_a_module_that_fails_is_not_kept(tmp_path: Path) -> None:
    engine = aside(tmp_path, fails="1 / 0")

    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            engine.bring("fails")
    assert {} == engine.modules


@pytest.mark.parametrize("changed", ["VALUE = 3", "VALUE = 22"])
def test_bytecode_of_another_time_or_size_is_not_used(tmp_path: Path, changed: str) -> None:
    source = tmp_path / "one.py"
    engine = aside(tmp_path, one="VALUE = 1")
    py_compile.compile(str(source), doraise=True)
    status = source.stat()
    source.write_text(changed, encoding="utf-8")
    later = status.st_mtime_ns + (10**9 if len(changed) == status.st_size else 0)
    os.utime(source, ns=(later, later))

    assert int(changed[-1]) == engine.bring("one").VALUE % 10


def test_bytecode_that_fits_is_used_and_is_made_for_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    source = tmp_path / "one.py"
    engine = aside(tmp_path, one="VALUE = 1")
    engine.bring("one")
    status = source.stat()
    source.write_text("VALUE = 2", encoding="utf-8")
    os.utime(source, ns=(status.st_mtime_ns, status.st_mtime_ns))

    assert Aside(str(tmp_path)).bring("one").VALUE == 1


def test_a_module_is_whole_for_a_thread_that_comes_while_another_brings_it_in(tmp_path: Path) -> None:
    engine = aside(
        tmp_path,
        slow="import builtins\nbuiltins.wherefrom_meets.wait(60)\nVALUE = object()",
    )
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(engine.bring("slow").VALUE)) for _ in range(2)]
    vars(builtins)["wherefrom_meets"] = threading.Barrier(2)
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        del vars(builtins)["wherefrom_meets"]

    assert [engine.bring("slow").VALUE] * 2 == found
