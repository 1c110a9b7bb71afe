"""Wrong usage: status 2, nothing on standard output, and an error that names the input."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.installation import Installation


@pytest.mark.parametrize(
    ("arguments", "named", "fix"),
    [
        (["resolve", ""], "''", "Empty module name"),
        (["resolve", ".sub"], "'.sub'", "--package"),
        (["resolve", "..sub", "--package", "pack"], "'..sub'", "beyond top-level package"),
        (["resolve", "json", "..", "--package", "pack"], "'..'", "beyond top-level package"),
        (["resolve"], "NAME", "usage: wherefrom resolve"),
        (["resolve", "json", "--jso"], "--jso", "usage:"),
        (["resolve", "json", "--path"], "--path", "expected one argument"),
        (["resolve", "json", "--unknown=3"], "--unknown=3", "usage:"),
        (["resolv", "json"], "resolv", "choose from"),
        ([], "COMMAND", "usage: wherefrom"),
    ],
    ids=lambda value: " ".join(value) or "nothing" if isinstance(value, list) else "",
)
def test_status_is_2_and_the_error_names_input_and_fix(
    installed: Installation, tree: Path, arguments: list[str], named: str, fix: str
) -> None:
    done = installed.run(installed.script, *arguments, cwd=tree)

    assert (done.returncode, done.stdout) == (2, "")
    assert named in done.stderr
    assert fix in done.stderr
    assert "Traceback" not in done.stderr


def test_python_m_rejects_in_the_same_words(installed: Installation, tree: Path) -> None:
    script = installed.run(installed.script, "resolve", ".sub", cwd=tree)
    module = installed.run(installed.python, "-m", "wherefrom", "resolve", ".sub", cwd=tree)

    assert (script.returncode, script.stderr) == (module.returncode, module.stderr)
