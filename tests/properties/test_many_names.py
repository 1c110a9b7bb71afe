"""Law: `resolve_many` gives each answer that `resolve` gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

import wherefrom
from tests.support.trees import Entry, forests, laid_out, names
from tests.support.worlds import judged, world


@given(forest=forests(), asked=st.lists(names(), min_size=1, max_size=8))
def test_many_names_have_the_answers_of_each(forest: list[Entry], asked: list[str]) -> None:
    with laid_out(forest) as path, world(path):
        together = wherefrom.resolve_many(asked)
        apart = {name: wherefrom.resolve(name) for name in asked}

        assert list(together) == list(dict.fromkeys(asked))
        for name, answer in apart.items():
            assert judged(together[name]) == judged(answer)
            assert together[name].why == answer.why
            assert together[name].shadowed == answer.shadowed
            assert together[name].near_misses == answer.near_misses
