"""The plugin in real runs of pytest: explanations in reports, the fixtures, and silence where all is well."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.children import SOURCES

if TYPE_CHECKING:
    from pathlib import Path

PLUGIN = ["-p", "wherefrom.pytest_plugin"]


def run(folder: Path, files: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    for name, text in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(SOURCES), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *PLUGIN, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_test_module_that_cannot_be_imported_is_explained_in_its_report(tmp_path: Path) -> None:
    done = run(tmp_path, {"test_it.py": "import no_such_thing_at_all\n"})

    assert done.returncode == 2
    assert "- wherefrom -" in done.stdout
    assert "[distribution-not-installed" in done.stdout
    assert "test_it.py:1" in done.stdout.partition("- wherefrom -")[2]


def test_a_conftest_that_cannot_be_imported_is_explained(tmp_path: Path) -> None:
    done = run(tmp_path, {"conftest.py": "import no_such_thing_at_all\n", "test_it.py": ""})

    assert done.returncode == 4
    assert "[distribution-not-installed" in done.stderr


def test_a_conftest_of_a_folder_below_is_explained_too(tmp_path: Path) -> None:
    files = {"below/conftest.py": "import no_such_thing_at_all\n", "below/test_it.py": "def test(): pass\n"}
    done = run(tmp_path, files, str(tmp_path))

    assert done.returncode != 0
    assert "[distribution-not-installed" in done.stdout + done.stderr


def test_an_import_that_fails_within_a_test_is_explained(tmp_path: Path) -> None:
    done = run(tmp_path, {"test_it.py": "def test():\n    import no_such_thing_at_all\n"})

    assert done.returncode == 1
    assert "[distribution-not-installed" in done.stdout


def test_other_failures_and_successes_are_left_alone(tmp_path: Path) -> None:
    text = "def test_wrong():\n    assert 0\ndef test_right():\n    pass\n"
    done = run(tmp_path, {"test_it.py": text})

    assert done.returncode == 1
    assert "wherefrom" not in done.stdout.replace(str(tmp_path), "").partition("FAILURES")[2]


def test_it_can_be_switched_off(tmp_path: Path) -> None:
    done = run(tmp_path, {"test_it.py": "import no_such_thing_at_all\n"}, "-p", "no:wherefrom.pytest_plugin")

    assert "[distribution-not-installed" not in done.stdout


def test_nothing_of_wherefrom_is_imported_before_something_fails(tmp_path: Path) -> None:
    text = (
        "import sys\ndef test():\n"
        "    assert [n for n in sys.modules if n.startswith('wherefrom.')] == ['wherefrom.pytest_plugin']\n"
    )
    done = run(tmp_path, {"test_it.py": text})

    assert done.returncode == 0, done.stdout


def test_the_trace_of_a_test_grows_while_it_runs(tmp_path: Path) -> None:
    text = (
        "def test(import_trace):\n"
        "    assert not import_trace.imports\n"
        "    import helper\n"
        "    assert import_trace.imports['helper'].outcome == 'loaded'\n"
    )
    done = run(tmp_path, {"test_it.py": text, "helper.py": ""})

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("'helper', origin='helper.py', kind='source'", None),
        ("'helper', origin='other.py'", "helper.py, not from other.py"),
        ("'helper', kind='frozen'", "is of kind 'source', not 'frozen'"),
        ("'no_such'", "'no_such' does not resolve"),
        ("'helper', path=['/nowhere']", "'helper' does not resolve"),
    ],
)
def test_where_a_name_comes_from_can_be_asserted(tmp_path: Path, call: str, said: str | None) -> None:
    text = f"def test(assert_resolves):\n    assert_resolves({call})\n"
    done = run(tmp_path, {"test_it.py": text, "helper.py": "raise SystemExit('ran')\n"})

    assert done.returncode == (0 if said is None else 1), done.stdout
    assert said is None or said in done.stdout
