"""Laws: asking changes nothing, so asking again tells the same; a trace read back is the same trace."""

from __future__ import annotations

import sys
from typing import Any

from hypothesis import given

import wherefrom
from tests.support.trees import Entry, forests, laid_out, names
from tests.support.worlds import judged, world


def state() -> tuple[Any, ...]:
    return (
        list(sys.path),
        list(map(id, sys.meta_path)),
        list(map(id, sys.path_hooks)),
        dict(sys.path_importer_cache),
        list(sys.modules),
    )


@given(forest=forests(), name=names())
def test_asking_leaves_the_state_of_the_interpreter_as_it_was(forest: list[Entry], name: str) -> None:
    with laid_out(forest) as path, world(path):
        before = state()
        found = wherefrom.resolve(name)
        _ = found.spec, found.shadowed, found.near_misses, found.watch, str(found)

        assert state() == before


@given(forest=forests(), name=names())
def test_asking_again_tells_the_same(forest: list[Entry], name: str) -> None:
    with laid_out(forest) as path, world(path):
        first, second = wherefrom.resolve(name), wherefrom.resolve(name)

        assert judged(second) == judged(first)
        assert second.why == first.why
        assert second.shadowed == first.shadowed
        # The watch lists may differ: a link to nowhere needs no look behind it where no listing was made.
        assert second.near_misses == first.near_misses


@given(forest=forests(), name=names())
def test_a_trace_read_back_is_the_same_trace(forest: list[Entry], name: str) -> None:
    with laid_out(forest) as path, world(path):
        text = wherefrom.resolve(name).trace.to_json()

    assert wherefrom.Trace.from_json(text).to_json() == text
