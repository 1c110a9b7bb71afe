"""The document of resolutions has the keys of the contract and validates against the schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # has no types

import wherefrom
from tests.render.doubles import Loser, NearMiss, Told, found_on_path, hit, missed, not_found
from wherefrom.finding import Evidence, Finding
from wherefrom.render.json import resolution_document

SCHEMA = Path(__file__).parents[2] / "docs" / "reference" / "wherefrom-1.schema.json"
VALIDATOR = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))

CONTRACT = {
    "name",
    "found",
    "kind",
    "origin",
    "locations",
    "is_package",
    "loader",
    "findings",
    "events",
}


def test_a_found_module_gives_the_contract_and_its_trail() -> None:
    r = found_on_path(missed("/src"), hit("/lib"))
    document = resolution_document([r])
    (found,) = document["resolutions"]

    VALIDATOR.validate(document)
    assert document["schema"] == "wherefrom/1"
    assert set(found) == CONTRACT | {"finder", "reason", "near_misses", "watch"}
    assert (found["name"], found["found"], found["kind"], found["reason"]) == ("mod", True, "source", None)
    assert found["events"] == json.loads(r.trace.to_json())["events"]


def test_losers_are_given_when_all_is_wanted() -> None:
    loser = Loser("other", None, None, "their.Finder", "later-finder")
    finding = Finding("shadowed-stdlib", "warning", "It shadows.", [Evidence("it is there", "/x.py")], "")
    r = Told(finder="x", kind="namespace", locations=("/a",), shadowed=(loser,), findings=(finding,))
    document = resolution_document([r], all=True)

    VALIDATOR.validate(document)
    assert document["resolutions"][0]["shadowed"] == [
        {
            "kind": "other",
            "origin": None,
            "entry": None,
            "finder": "their.Finder",
            "reason": "later-finder",
        }
    ]
    assert document["resolutions"][0]["findings"][0]["evidence"] == [
        {"text": "it is there", "file": "/x.py", "line": None, "event": None}
    ]


def test_a_missing_module_has_its_reason_and_near_misses() -> None:
    document = resolution_document([not_found(near_misses=(NearMiss("/src/Mod.py", "wrong-case"),))])
    (missing,) = document["resolutions"]

    VALIDATOR.validate(document)
    assert (missing["found"], missing["kind"], missing["reason"]) == (False, None, "no-finder-knows-it")
    assert missing["near_misses"] == [{"path": "/src/Mod.py", "reason": "wrong-case"}]


@pytest.mark.parametrize("name", ["json", "xml.dom", "sys", "zipimport", "os.path", "no_such", "no_such.sub"])
def test_real_resolutions_validate_and_are_told(name: str, tmp_path: Path) -> None:
    (tmp_path / "JSON.py").touch()
    r: Any = wherefrom.resolve(name)
    document = json.loads(
        json.dumps(resolution_document([r, wherefrom.resolve(name, path=[tmp_path])], all=True))
    )

    VALIDATOR.validate(document)
    assert str(r).startswith(f"{name}: ")
    assert wherefrom.Trace.from_json(r.trace.to_json()) == r.trace
