"""What tracked files must not hold, and what must stand in two places alike."""

from __future__ import annotations

import re
import subprocess

import pytest

from tests.docs.pages import blocks
from tests.support.children import ROOT

INSTALL = "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/wherefrom resolve email.mime.text"
TEST = "python3 -m venv .venv && .venv/bin/pip install -q '.[test]' && .venv/bin/python -m pytest"

# Put together here, so that this file does not hold what it looks for.
MACHINE = re.compile("(?<![\\w.}])/" + "(work|farm|root|home|Users|opt)" + "/")
REGISTRY = re.compile("|".join(("py" + r"pi\.org", "python" + r"hosted\.org", "ana" + r"conda\.(org|com)")))


def tracked() -> list[str]:
    """Name the files of the repository; where there is none (a source archive), all that is shipped."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not in a repository: what is tracked cannot be told")
    return [name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("pattern", [MACHINE, REGISTRY], ids=["machine", "registry"])
def test_no_tracked_file_names_a_machine_or_a_registry(pattern: re.Pattern[str]) -> None:
    found = []
    for name in tracked():
        text = (ROOT / name).read_text(encoding="utf-8", errors="replace")
        found += [f"{name}: {match[0]}" for match in pattern.finditer(text)]

    assert found == []


def test_the_readme_has_both_commands_that_set_everything_up() -> None:
    shown = [block.text.strip().removeprefix("$ ") for block in blocks(ROOT / "README.md")]

    assert INSTALL in shown
    assert TEST in shown


def test_ci_runs_the_readmes_test_command_literally() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")

    assert TEST in script


def test_nothing_else_lies_at_the_top() -> None:
    top = {name.split("/")[0] for name in tracked()}

    assert {name for name in top if not name.startswith(".")} <= {
        *("pyproject.toml", "src", "tests", "docs", "README.md", "LICENSE")
    }
