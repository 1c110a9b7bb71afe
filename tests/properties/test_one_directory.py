"""Laws: a package beats a module in one directory; suffixes have their order; a portion comes last."""

from __future__ import annotations

import os
import tempfile
from importlib import machinery

from hypothesis import given
from hypothesis import strategies as st

import wherefrom
from tests.support.worlds import world

ORDER = (*machinery.EXTENSION_SUFFIXES, *machinery.SOURCE_SUFFIXES, *machinery.BYTECODE_SUFFIXES)
OFFERS = (*(f"x{os.sep}__init__{suffix}" for suffix in ORDER), *(f"x{suffix}" for suffix in ORDER))


@given(offers=st.sets(st.sampled_from(OFFERS), min_size=1), bare=st.booleans())
def test_the_first_offer_in_the_order_of_the_finder_wins(offers: set[str], bare: bool) -> None:
    with tempfile.TemporaryDirectory() as root, world([root]):
        if bare:
            os.makedirs(os.path.join(root, "x"), exist_ok=True)
        for offer in offers:
            full = os.path.join(root, offer)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            open(full, "x").close()

        found = wherefrom.resolve("x")

        assert found.origin == os.path.join(root, min(offers, key=OFFERS.index))
        assert found.is_package == any("__init__" in offer for offer in offers)


@given(offers=st.sets(st.sampled_from(OFFERS), min_size=2))
def test_the_losers_are_the_other_offers_in_the_order_in_which_they_would_win(offers: set[str]) -> None:
    with tempfile.TemporaryDirectory() as root, world([root]):
        for offer in offers:
            full = os.path.join(root, offer)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            open(full, "x").close()
        expected = [os.path.join(root, offer) for offer in sorted(offers, key=OFFERS.index)]

        found = wherefrom.resolve("x")

        assert [loser.origin for loser in found.shadowed if loser.kind != "namespace"] == expected[1:]
