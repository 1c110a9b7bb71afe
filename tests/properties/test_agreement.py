"""Law: interpreter and wherefrom agree on the spec for any generated tree."""

from __future__ import annotations

from hypothesis import given

from tests.support.trees import ALL_NAMES, Entry, forests, laid_out
from tests.support.worlds import disagreements, world


@given(forest=forests())
def test_interpreter_and_wherefrom_agree_on_every_name_of_any_tree(forest: list[Entry]) -> None:
    with laid_out(forest) as path, world(path):
        found = disagreements(ALL_NAMES)

    assert found == []
