"""Each case of ``tests/cases/import``: run by the interpreter and by a world, the same comes of it."""

from __future__ import annotations

import json
import os
import warnings
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.make_import_cases import expected
from tests.support import twins

CASES = Path(__file__).parents[1] / "cases" / "import"


def cases() -> list[Any]:
    return [
        pytest.param(case, id=case["name"])
        for file in sorted(CASES.glob("*.json"))
        for case in json.loads(file.read_text(encoding="utf-8"))
    ]


pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="each side runs in a forked process")


@pytest.mark.parametrize("case", cases())
def test_a_world_does_what_the_interpreter_does(case: dict[str, Any], tmp_path: Path) -> None:
    own = twins.lay(str(tmp_path), case["tree"])
    namespace = case.get("namespace", {"__name__": "__main__"})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what is warned about has tests of its own
        theirs, ours = (
            twins.forked(side, str(tmp_path), case["statements"], dict(namespace), own)
            for side in (twins.by_interpreter, twins.by_world)
        )

    assert twins.difference(theirs, ours) is None
    if "expected" in case:
        assert case["expected"] == expected(ours)
