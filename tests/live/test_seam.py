"""The seam puts functions in, takes them out, and puts the same ones in again where that means the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wherefrom._engine.genuine import bootstrap
from wherefrom._engine.leaving import put_in_again, take_out
from wherefrom._engine.seam import Seam

if TYPE_CHECKING:
    import pytest

NAME = "_find_and_load"


def passing_on(seam: Seam, genuine: Any) -> Any:
    def stands(*arguments: Any) -> Any:
        return genuine(*arguments)

    return stands


def test_functions_that_were_taken_out_stand_again() -> None:
    genuine = getattr(bootstrap, NAME)
    seam = Seam()
    seam.put_in({NAME: passing_on})
    ours = getattr(bootstrap, NAME)
    take_out(seam)
    between = getattr(bootstrap, NAME), seam.alive

    again = put_in_again(seam)
    now = getattr(bootstrap, NAME), seam.alive
    take_out(seam)

    assert ours is not genuine
    assert between == (genuine, False)
    assert (again, now) == (True, (ours, True))
    assert (getattr(bootstrap, NAME), seam.alive) == (genuine, False)


def test_functions_do_not_stand_again_on_others_than_before(monkeypatch: pytest.MonkeyPatch) -> None:
    seam = Seam()
    assert not put_in_again(seam)  # there are none yet
    seam.put_in({NAME: passing_on})
    take_out(seam)
    genuine = getattr(bootstrap, NAME)

    def other(*arguments: Any) -> Any:
        return genuine(*arguments)

    monkeypatch.setattr(bootstrap, NAME, other)
    assert not put_in_again(seam)
    assert (getattr(bootstrap, NAME), seam.alive) == (other, False)
