"""Every case of ``tests/cases/find``, run twice: by the interpreter and by wherefrom.

A case is a tree, a path, and for each name what is found: ``[kind, origin]``, with the locations for a
namespace package, or null. A bug report becomes one new file. In file names ``{EXTENSION}`` stands
for this interpreter's first extension suffix and ``{TAG}`` for its cache tag; ``-> x`` as content makes
a link, a name that ends in ``/`` a directory, a table an archive.
"""

from __future__ import annotations

import json
import os
import sys
import zipfile
from importlib import import_module, machinery
from pathlib import Path
from typing import Any

import pytest

import wherefrom
from tests.support.worlds import disagreements, modules_restored, world

CASES = sorted(Path(__file__).parents[1].joinpath("cases", "find").glob("*.json"))


def fill(text: str) -> str:
    return text.replace("{EXTENSION}", machinery.EXTENSION_SUFFIXES[0]).replace(
        "{TAG}", str(sys.implementation.cache_tag)
    )


def lay(root: Path, tree: dict[str, Any]) -> None:
    for name, content in tree.items():
        path = root / fill(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, dict):
            with zipfile.ZipFile(path, "w") as archive:
                for member, text in content.items():
                    archive.writestr(member, text or "")
        elif name.endswith("/"):
            path.mkdir(parents=True, exist_ok=True)
        elif content.startswith("-> "):
            path.symlink_to(content[3:])
        else:
            path.write_text(content, encoding="utf-8")


@pytest.fixture(params=CASES, ids=lambda file: file.stem)
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    told = json.loads(request.param.read_text(encoding="utf-8"))
    lay(tmp_path, told["tree"])
    told["path"] = [os.path.join(tmp_path, entry) for entry in told["path"]]
    told["ask"] = {
        name: None if answer is None else expected(tmp_path, *answer) for name, answer in told["ask"].items()
    }
    return told


def expected(root: Path, kind: str, origin: str | None, locations: list[str] | None = None) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": kind, "origin": origin and os.path.join(root, fill(origin))}
    if locations is not None:
        told["locations"] = tuple(os.path.join(root, location) for location in locations)
    return told


def test_wherefrom_finds_what_the_case_says(case: Any) -> None:
    with world(case["path"]):
        for name, answer in case["ask"].items():
            found = wherefrom.resolve(name)
            seen = {field: getattr(found, field) for field in answer} if answer else found.kind

            assert seen == answer, case["about"]


def test_the_interpreter_finds_the_same(case: Any) -> None:
    style = any("extend_path" in str(content) for content in case["tree"].values())
    with world(case["path"]), modules_restored():
        if style:
            # Only running the file shows what it does to its path; the standard library stays in reach.
            sys.path += [os.path.dirname(os.__file__)]
            for name in case["ask"]:
                ours = wherefrom.resolve(name).origin
                import_module(name.rpartition(".")[0])

                assert machinery.PathFinder.find_spec(name, sys.modules[name.rpartition(".")[0]].__path__)
                assert import_module(name).__file__ == ours
        else:
            assert disagreements(case["ask"]) == []


def test_there_are_cases() -> None:
    assert len(CASES) > 20
