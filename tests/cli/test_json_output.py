"""``--json``: one document, described by the published schema, for every kind of answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # has no types

from tests.support.children import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.installation import Installation

SCHEMA = json.loads((ROOT / "docs" / "reference" / "wherefrom-1.schema.json").read_text(encoding="utf-8"))
FIELDS = ("name", "found", "kind", "origin", "locations", "is_package", "loader", "findings", "events")
PATH = ("first", "second", "missing", "packed.zip", "broken.zip", "")
NAMES = (
    *("json", "json.decoder", "email.mime.text", "sys", "zipimport", "os", "os.path", "encodings.utf_8"),
    *("tool", "pack", "pack.sub", "pack.no", "tool.no", "space", "space.no", "cased", "Cased"),
    *("zipped", "zipped.inner", "zipped.no", "no_such_module", "no.such.module", "attrs", "über", "a..b"),
)


def document(installed: Installation, *arguments: str, cwd: Path, status: int) -> dict[str, Any]:
    done = installed.resolve("--json", *arguments, cwd=cwd)
    assert (status, "") == (done.returncode, done.stderr)
    answer: dict[str, Any] = json.loads(done.stdout)
    Draft202012Validator(SCHEMA).validate(answer)
    return answer


@pytest.mark.parametrize("more", [(), ("--all",)], ids=["", "all"])
@pytest.mark.parametrize("own_path", [False, True], ids=["sys.path", "path"])
def test_every_kind_of_answer_fits_the_schema(
    installed: Installation, tree: Path, own_path: bool, more: tuple[str, ...]
) -> None:
    path = [option for entry in PATH for option in ("--path", entry)] if own_path else []

    answer = document(installed, *NAMES, *path, *more, cwd=tree, status=1)

    assert answer["schema"] == "wherefrom/1"
    assert list(NAMES) == [resolution["name"] for resolution in answer["resolutions"]]
    for resolution in answer["resolutions"]:
        assert set(FIELDS) <= set(resolution)
        assert bool(more and resolution["found"]) <= ("shadowed" in resolution)


def test_the_fields_say_what_the_interpreter_would_do(installed: Installation, tree: Path) -> None:
    path = [option for entry in PATH for option in ("--path", entry)]

    answer = document(installed, "pack.sub", "space", "zipped", "sys", "nope", *path, cwd=tree, status=1)

    told = {
        one["name"]: (one["found"], one["kind"], one["origin"], one["locations"], one["loader"])
        for one in answer["resolutions"]
    }
    assert told == {
        "pack.sub": (True, "source", f"{tree}/second/pack/sub.py", None, "SourceFileLoader"),
        "space": (True, "namespace", None, [f"{tree}/first/space", f"{tree}/second/space"], None),
        "zipped": (True, "source", "packed.zip/zipped/__init__.py", ["packed.zip/zipped"], "zipimporter"),
        "sys": (True, "built-in", "built-in", None, "BuiltinImporter"),
        "nope": (False, None, None, None, None),
    }


def test_the_events_say_why_each_place_did_not_serve(installed: Installation, tree: Path) -> None:
    answer = document(
        installed, "nope", "--path", "missing", "--path", "broken.zip", "--path", "first", cwd=tree, status=1
    )

    reasons = {
        event["entry"]: event["reason"]
        for event in answer["resolutions"][0]["events"]
        if event["kind"] == "search.ended"
    }
    assert reasons == {"missing": "does-not-exist", "broken.zip": "corrupt-archive", "first": "nothing-there"}


def test_the_document_is_one_and_plain_ascii(installed: Installation, tree: Path) -> None:
    done = installed.resolve("--json", "über", "json", cwd=tree)

    assert done.stdout.isascii()
    assert done.stdout.startswith("{")
    assert done.stdout.endswith("}\n")


def test_events_are_read_back_as_a_trace(installed: Installation, tree: Path) -> None:
    import wherefrom

    (resolution,) = document(installed, "email.mime.text", cwd=tree, status=0)["resolutions"]

    trace = wherefrom.Trace.from_json(json.dumps({"schema": "wherefrom/1", "events": resolution["events"]}))
    ended = trace.select(wherefrom.events.FindEnded, name="email.mime.text")
    assert [resolution["origin"]] == [event.origin for event in ended]
