"""Law: interpreter and wherefrom agree on the spec for any generated tree."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from hypothesis import given

from tests.support.trees import ALL_NAMES, Entry, forests, lay_out
from tests.support.worlds import disagreements, world


@given(forest=forests())
def test_interpreter_and_wherefrom_agree_on_every_name_of_any_tree(
    forest: list[Entry],
) -> None:
    with tempfile.TemporaryDirectory() as root:
        path = lay_out(root, forest)
        os.chdir(root)
        try:
            with world(path):
                found = disagreements(ALL_NAMES)
        finally:
            os.chdir(Path(__file__).parent)

    assert found == []
