"""What a module's code did to the paths, finders and hooks of its world while it ran is told."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import wherefrom
from wherefrom.events import BytecodeJudged, StateChanged

CHANGES = {
    "": [],
    "sys.path += []": [],
    "sys.path.append('/nowhere')": [("path", "extended")],
    "sys.path.pop()": [("path", "shortened")],
    "sys.path[-1] = '/nowhere'": [("path", "altered")],
    "sys.path = sys.path[:]": [("path", "rebound")],
    "sys.path = tuple(sys.path)": [("path", "rebound")],
    "sys.path = tuple(sys.path); import second": [("path", "rebound")],
    "sys.meta_path.append(print); sys.path_hooks.clear()": [
        ("meta_path", "extended"),
        ("path_hooks", "shortened"),
    ],
}


@pytest.mark.parametrize("code", CHANGES)
def test_a_changed_piece_of_the_state_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    (tmp_path / "changing.py").write_text(f"import sys\n{code}\n", encoding="utf-8")
    (tmp_path / "second.py").write_text("", encoding="utf-8")

    for verdict in ("absent", "valid"):  # step by step, and in few steps
        world = wherefrom.ImportSystem(path=[str(tmp_path), "/behind"])
        world.import_module("changing")
        told = [
            (event.name, event.piece, event.outcome)
            for event in world.trace.events
            if type(event) is StateChanged
        ]
        assert told == [("changing", *change) for change in CHANGES[code]]
        assert verdict in {event.outcome for event in world.trace.select(BytecodeJudged, name="changing")}
