"""Recording fails, at every place where it can: the program cannot tell, and the trace says it."""

from __future__ import annotations

import _frozen_importlib as bootstrap
import importlib
import sys
import traceback
from typing import TYPE_CHECKING, Any

import pytest

import wherefrom
from wherefrom import live

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ = wherefrom.tracing, wherefrom.Trace  # what tracing itself needs is loaded before anything is compared
NAMES = ["lf_pkg", "lf_raises", "lf_syntax", "lf_absent", "lf_pkg.absent", "lf_space.leaf", "lf_plain.no"]
OWN = [
    bootstrap.BuiltinImporter,
    bootstrap.FrozenImporter,
    sys.modules["_frozen_importlib_external"].PathFinder,
]


@pytest.fixture(autouse=True)
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    files = {
        "lf_pkg/__init__.py": "from lf_pkg import one\n",
        "lf_pkg/one.py": "import lf_plain\ntry:\n    import lf_absent\nexcept ImportError:\n    pass\n",
        "lf_plain.py": "",
        "lf_raises.py": "import lf_plain\nraise KeyError('k')\n",
        "lf_syntax.py": "def f(:\n",
        "lf_space/leaf.py": "",
    }
    for name, text in files.items():
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    # Short, since every row of every search is a place to fail at.
    monkeypatch.setattr(sys, "path", [str(tmp_path / "absent"), str(tmp_path)])
    yield
    forget()


def forget() -> None:
    for name in [name for name in sys.modules if name.startswith("lf_")]:
        del sys.modules[name]


def seen_by_the_program() -> list[object]:
    """Import each name, and tell what comes of it."""
    told: list[object] = []
    for name in NAMES:
        try:
            told.append(list(vars(importlib.import_module(name))))
        except Exception as error:
            frames = traceback.extract_tb(error.__traceback__)[1:]
            told.append((repr(error), [(frame.filename, frame.name, frame.lineno) for frame in frames]))
    told.append([name for name in sys.modules if name.startswith("lf_")])
    forget()
    return told


class Failing:
    """Takes rows as the record does, and fails once."""

    def __init__(self, add: Any, at: int, error: Exception) -> None:
        self.add, self.at, self.error, self.count = add, at, error, 0

    def __call__(self, row: object) -> None:
        self.count += 1
        if self.count == self.at:
            raise self.error
        self.add(row)


@pytest.mark.parametrize("error", [MemoryError(), RecursionError()], ids=repr)
@pytest.mark.parametrize("finders", ["as they are", "the interpreter's own"])
def test_it_may_fail_at_any_row_and_the_program_cannot_tell(
    monkeypatch: pytest.MonkeyPatch, finders: str, error: Exception
) -> None:
    if finders != "as they are":
        monkeypatch.setattr(sys, "meta_path", OWN)
    seen_by_the_program()  # bytecode is written
    plain = seen_by_the_program()
    at, goes_on, lost = 0, True, 0
    while goes_on:
        at += 1
        with wherefrom.tracing() as trace, monkeypatch.context() as patched:
            failing = Failing(live._LIVE.record.add, at, error)
            patched.setattr(live._LIVE.record, "add", failing)
            traced = seen_by_the_program()

        assert plain == traced, f"row {at}"
        goes_on = failing.count >= at
        stopped = [event.reason for event in trace.select(wherefrom.events.RecordStopped)]
        gaps = trace.select(wherefrom.events.RecordGap)
        assert set(stopped) <= {f"recording failed: {type(error).__name__}"}
        lost += bool(stopped or gaps)
        # Where the search was being told, the interpreter's own took over, and nothing else is missing.
        assert bool(stopped or gaps) or not goes_on or finders != "as they are"

    assert at > 2 * len(NAMES)
    assert lost > len(NAMES)
