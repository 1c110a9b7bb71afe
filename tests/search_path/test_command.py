"""The command `wherefrom path`: its two forms, its exit statuses, and the schema of its JSON."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from wherefrom.search_path import command, tables

from .conftest import World

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/reference/search-path.schema.json").read_text())


def _run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str]:
    status = command.main(argv)
    captured = capsys.readouterr()

    assert not captured.err
    return status, captured.out


def _json(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, dict[str, Any]]:
    status, out = _run(capsys, "--json", *argv)
    document: dict[str, Any] = json.loads(out)
    jsonschema.validate(document, SCHEMA)
    return status, document


def test_the_json_follows_its_schema(capsys: pytest.CaptureFixture[str], world: World) -> None:
    status, document = _json(capsys, "--", "-c", "pass")

    assert status == 0
    assert document["schema"] == "wherefrom/1"
    assert "error" not in document
    assert {"path": "", "source": "cwd", "detail": None} == {
        key: document["entries"][0][key] for key in ("path", "source", "detail")
    }


def test_details_are_plain_data(
    capsys: pytest.CaptureFixture[str], world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = world.venv()
    folder = world.folder("src")
    (world.site() / "dev.pth").write_text(f"{folder}\n")
    monkeypatch.setenv("PYTHONPATH", folder + os.pathsep + "gone")

    _, document = _json(capsys, "--python", python, "--", "-c", "pass")
    details = {entry["source"]: entry["detail"] for entry in document["entries"]}

    assert (2, "venv") == (details["pythonpath"], details["site-packages"])

    monkeypatch.delenv("PYTHONPATH")
    _, document = _json(capsys, "--python", python, "--", "-c", "pass")
    details = {entry["source"]: entry["detail"] for entry in document["entries"]}

    assert {"file": str(world.site() / "dev.pth"), "line": 1} == details["pth"]


@pytest.mark.parametrize("args", [["missing.py"], ["-Z"], ["-m", "no_such_module_anywhere"]])
def test_a_python_that_never_reaches_the_program_is_status_one(
    capsys: pytest.CaptureFixture[str], args: list[str]
) -> None:
    status, document = _json(capsys, "--", *args)

    assert status == 1
    assert document["error"]


def test_an_interpreter_that_is_not_there_is_status_one(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    status, document = _json(capsys, "--python", str(tmp_path / "python"))

    assert (1, []) == (status, document["entries"])
    assert str(tmp_path / "python") in document["error"]


@pytest.mark.parametrize("argv", [["--nonsense"], ["--timeout", "soon"], ["-I"]])
def test_a_wrong_use_is_status_two_with_nothing_on_standard_output(
    capsys: pytest.CaptureFixture[str], argv: list[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        command.main(argv)

    assert caught.value.code == 2
    assert not capsys.readouterr().out


def test_the_text_has_a_line_for_each_entry(capsys: pytest.CaptureFixture[str]) -> None:
    status, out = _run(capsys, "--", "-I", "-c", "pass")

    assert status == 0
    assert "standard library extensions" in out
    assert "nothing is put first, because of -I" in out


@pytest.mark.parametrize(
    "args", [["-c", "pass"], ["-I", "-m", "json.tool"], ["--", "-c"], ["x.py", "--json", "--python"], []]
)
def test_what_stands_behind_the_dashes_is_pythons_in_a_subcommand_too(args: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="wherefrom")
    command.add_parser(parser.add_subparsers())

    parsed = parser.parse_args(["path", "--json", "--", *args])

    assert (args, True, command.run) == (parsed.python_args, parsed.json, parsed.run)


def test_odd_characters_do_not_end_the_command(world: World) -> None:
    folder = os.fsencode(world.root) + b"/\xff\n"
    os.mkdir(folder)

    done = subprocess.run(
        [sys.executable, "-m", "wherefrom.search_path.command", "--", "-c", "pass"],
        env={
            **os.environb,
            b"PYTHONPATH": folder + b":" + os.fsencode(os.pathsep.join(sys.path)),
            b"LC_ALL": b"C",
        },
        capture_output=True,
        check=False,
    )

    assert (0, b"") == (done.returncode, done.stderr)
    assert b"\\udcff\\n" in done.stdout


def test_the_schema_knows_every_source_reason_and_finding() -> None:
    definitions = SCHEMA["$defs"]

    assert definitions["source"]["enum"] == [row.name for row in tables.SOURCES]
    assert definitions["reason"]["enum"] == list(tables.REASONS)
    assert definitions["code"]["enum"] == list(tables.FINDINGS)
