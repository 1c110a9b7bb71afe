"""Law: portions count only when no entry offers a module, and then all of them do, in order."""

from __future__ import annotations

from hypothesis import given

import wherefrom
from tests.support.trees import Entry, forests, laid_out, names
from tests.support.worlds import world


@given(forest=forests(), name=names(deepest=1))
def test_a_namespace_package_is_all_portions_and_no_module(forest: list[Entry], name: str) -> None:
    with laid_out(forest) as path, world(path):
        alone = [wherefrom.resolve(name, path=[entry]) for entry in path]
        whole = wherefrom.resolve(name)
        portions = [part for one in alone if one.kind == "namespace" for part in one.locations or ()]

        if any(one.found and one.kind != "namespace" for one in alone) or any(
            one.why == "finder-raised" for one in alone
        ):
            assert whole.kind != "namespace"
        else:
            assert list(whole.locations or ()) == portions
            assert whole.kind == ("namespace" if portions else None)
