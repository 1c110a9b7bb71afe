"""Law: if the winner's file is removed, the first loser wins."""

from __future__ import annotations

import os

from hypothesis import given

import wherefrom
from tests.support.trees import Entry, forests, laid_out, names
from tests.support.worlds import forget, world

ON_DISK = ("directory", "relative", "dot-relative", "trailing-slash", "link", "empty", "missing", "file")


@given(forest=forests(forms=ON_DISK), name=names(deepest=2))
def test_without_the_winner_the_first_loser_wins(forest: list[Entry], name: str) -> None:
    with laid_out(forest) as path, world(path):
        found = wherefrom.resolve(name)
        if found.origin is None or not is_file_of_its_own(found.origin):
            return
        losers = [loser for loser in found.shadowed if loser.kind != "namespace"]
        portions = {loser.origin for loser in found.shadowed if loser.kind == "namespace"}
        os.remove(found.origin)
        forget()
        heir = wherefrom.resolve(name)

        # The file may be the winner once more where a later entry is the same directory.
        expected = [loser.origin for loser in losers if os.path.exists(str(loser.origin))]
        if expected:
            assert heir.origin == expected[0]
        else:
            assert heir.origin is None
            # What was the winner's own directory is at most a portion now.
            freed = os.path.dirname(found.origin)
            assert {place for place in heir.locations or () if not os.path.samefile(place, freed)} <= portions


def is_file_of_its_own(path: str) -> bool:
    """Say whether removing a path removes it: not if it is reached through links."""
    return os.path.isfile(path) and not os.path.islink(path)
