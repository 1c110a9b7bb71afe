"""The command in a directory full of files that are named like modules that it needs itself.

``wherefrom`` searches without the current directory; ``python -m wherefrom`` counts it first, as
``python -m`` does for any program. Neither may import from there itself. The judge is the
interpreter, asked in a way that imports nothing.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from tests.cli.installation import Installation

TWELVE = (
    *("random", "json", "types", "re", "enum", "typing"),
    *("ast", "inspect", "dataclasses", "argparse", "attr", "site"),
)
TRAP = "raise SystemExit('a file of the current directory was run: ' + __name__)\n"
CASES = [(name,) for name in TWELVE] + [TWELVE]
_JUDGE = (
    "import sys; find = sys.modules['_frozen_importlib']._find_spec\n"
    "for name in sys.argv[1:]: print(find(name, None).origin)"
)


def ids(case: tuple[str, ...]) -> str:
    return case[0] if len(case) == 1 else "all"


@pytest.fixture
def trapped(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    for name in request.param:
        (tmp_path / f"{name}.py").write_text(TRAP, encoding="utf-8")
    return tmp_path


def judged(installed: Installation, cwd: Path, *flags: str, env: dict[str, str] | None = None) -> list[str]:
    """Say where the interpreter would find the twelve."""
    done = installed.run(installed.python, *flags, "-c", _JUDGE, *TWELVE, cwd=cwd, env=env)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def answered(done: subprocess.CompletedProcess[str]) -> list[str]:
    """Give the origins of an answer in JSON."""
    assert (done.returncode, done.stderr) == (0, "")
    return [one["origin"] for one in json.loads(done.stdout)["resolutions"]]


def here(folder: Path) -> set[str]:
    """Name the files of a folder that must count; site is frozen, so its file never does."""
    return {str(file) for file in folder.glob("*.py") if file.name != "site.py"}


@pytest.fixture(scope="session")
def without_them(installed: Installation) -> list[str]:
    """Say where the interpreter finds the twelve when nothing is in the way."""
    return judged(installed, installed.home, "-P")


@pytest.mark.parametrize("trapped", CASES, indirect=True, ids=ids)
def test_the_script_neither_runs_nor_counts_them(
    installed: Installation, trapped: Path, without_them: list[str]
) -> None:
    done = installed.resolve("--json", *TWELVE, cwd=trapped)

    assert answered(done) == without_them


@pytest.mark.parametrize("trapped", [TWELVE], indirect=True, ids=ids)
def test_where_pythonpath_names_their_directory_the_script_counts_them_without_running_them(
    installed: Installation, trapped: Path
) -> None:
    env = {"PYTHONPATH": str(trapped)}

    done = installed.run(installed.script, "resolve", "--json", *TWELVE, cwd="/", env=env)

    answers = answered(done)
    assert answers == judged(installed, trapped, "-P", env=env)
    assert here(trapped) == {origin for origin in answers if str(trapped) in origin}


@pytest.fixture(scope="session")
def beyond_us(installed: Installation, tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """Those that Python itself falls for with ``-m``, before it comes to the program.

    runpy imports importlib.util, and that imports types, unless a start-up file has done so before
    the current directory was on the path.
    """
    folder = tmp_path_factory.mktemp("python")
    (folder / "types.py").write_text(TRAP, encoding="utf-8")
    falls = installed.run(installed.python, "-m", "this", cwd=folder).returncode
    return frozenset({"types"} if falls else ())


@pytest.mark.parametrize("trapped", CASES, indirect=True, ids=ids)
def test_python_m_counts_them_first_without_running_them(
    installed: Installation, trapped: Path, beyond_us: frozenset[str]
) -> None:
    for name in beyond_us:
        (trapped / f"{name}.py").unlink(missing_ok=True)

    done = installed.run(installed.python, "-m", "wherefrom", "resolve", "--json", *TWELVE, cwd=trapped)

    answers = answered(done)
    assert answers == judged(installed, trapped)
    assert here(trapped) == {origin for origin in answers if str(trapped) in origin}


@pytest.mark.parametrize("trapped", [TWELVE], indirect=True, ids=ids)
def test_where_pythonpath_names_their_directory_python_m_does_too(
    installed: Installation, trapped: Path, beyond_us: frozenset[str]
) -> None:
    for name in beyond_us:
        (trapped / f"{name}.py").unlink()
    command = (installed.python, "-m", "wherefrom", "resolve", "--json")

    done = installed.run(*command, *TWELVE, cwd="/", env={"PYTHONPATH": str(trapped)})

    assert here(trapped) == {origin for origin in answered(done) if str(trapped) in origin}


@pytest.mark.parametrize("case", [("types",), TWELVE], ids=ids)
def test_where_python_m_falls_for_one_it_is_python_that_falls(
    installed: Installation, tmp_path: Path, case: tuple[str, ...], beyond_us: frozenset[str]
) -> None:
    if not beyond_us.intersection(case):
        pytest.skip("a start-up file of this Python imports types early")
    for name in case:
        (tmp_path / f"{name}.py").write_text(TRAP, encoding="utf-8")

    ours = installed.run(installed.python, "-m", "wherefrom", "resolve", "json", cwd=tmp_path)
    other = installed.run(installed.python, "-m", "this", cwd=tmp_path)

    assert ours.stderr.endswith("a file of the current directory was run: types\n")
    assert (other.returncode, other.stdout, other.stderr) == (ours.returncode, ours.stdout, ours.stderr)
