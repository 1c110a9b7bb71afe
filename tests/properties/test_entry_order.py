"""Laws: the first entry that offers the name wins; an entry after the winner never changes the answer."""

from __future__ import annotations

from hypothesis import given

import wherefrom
from tests.support.portraits import portrait
from tests.support.trees import Entry, forests, laid_out, names
from tests.support.worlds import judged, world


@given(forest=forests(min_size=2), name=names(deepest=1))
def test_the_first_entry_that_offers_a_module_wins(forest: list[Entry], name: str) -> None:
    with laid_out(forest) as path, world(path):
        whole = judged(wherefrom.resolve(name))
        alone = [judged(wherefrom.resolve(name, path=[entry])) for entry in path]
        # A failure ends a search as a module does; a portion alone ends nothing.
        ending = [answer for answer in alone if answer is not None and not is_namespace(answer)]

        if ending:
            assert whole == ending[0]
        else:
            assert whole is None or is_namespace(whole)


@given(before=forests(max_size=2), after=forests(max_size=2), name=names(deepest=2))
def test_an_entry_after_the_winner_changes_nothing(
    before: list[Entry], after: list[Entry], name: str
) -> None:
    with laid_out([*before, *after]) as path, world(path):
        short = wherefrom.resolve(name, path=path[: len(before)])
        if not short or not all_regular(name, path[: len(before)]):
            return  # nothing won, or a namespace package did, which grows with its path
        longer = wherefrom.resolve(name, path=path)

        assert portrait(longer.spec) == portrait(short.spec)


def is_namespace(answer: object) -> bool:
    return isinstance(answer, dict) and answer["locations"] is not None and answer["origin"] is None


def all_regular(name: str, path: list[object]) -> bool:
    """Say whether neither the name nor a parent of it is a namespace package."""
    parts = name.split(".")
    above = [".".join(parts[:depth]) for depth in range(1, len(parts) + 1)]
    return all(wherefrom.resolve(each, path=path).kind != "namespace" for each in above)
