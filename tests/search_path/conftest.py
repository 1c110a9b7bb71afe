"""What the tests of the search path share: a small world, and real environments in it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import attrs
import pytest

import wherefrom
from wherefrom.search_path.result import SearchPath

FOLDER = "python{}.{}".format(*sys.version_info[:2])
BASE = getattr(sys, "_base_executable", sys.executable)
SHOW = "import sys; print(ascii(sys.path))"


@attrs.frozen
class World:
    """A folder with files in it, an environment, and questions about them."""

    root: Path
    env: dict[str, str]

    def __call__(self, *args: str, python: str = BASE, cwd: str = "", **env: str) -> SearchPath:
        """Ask for the search path of an invocation in this world."""
        return wherefrom.search_path(
            python, args, env={**self.env, **env}, cwd=str(self.root / cwd), timeout=60
        )

    def write(self, path: str, text: str | bytes = "") -> str:
        """Write a file."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(target)

    def folder(self, path: str) -> str:
        """Make a folder."""
        (self.root / path).mkdir(parents=True, exist_ok=True)
        return str(self.root / path)

    def venv(self, name: str = ".venv", *options: str, python: str = BASE) -> str:
        """Make a virtual environment; return its interpreter."""
        subprocess.run(
            [python, "-I", "-m", "venv", "--without-pip", *options, str(self.root / name)],
            check=True,
            capture_output=True,
        )
        return str(self.root / name / "bin" / "python")

    def site(self, name: str = ".venv") -> Path:
        """Return the site directory of a virtual environment."""
        return self.root / name / "lib" / FOLDER / "site-packages"

    def real(self, *args: str, python: str = BASE, cwd: str = "", **env: str) -> list[str]:
        """Return the path that the interpreter really starts with, shown by the program that it runs."""
        done = subprocess.run(
            [python, *args],
            env={**self.env, **env},
            cwd=self.root / cwd,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        import ast

        return list(ast.literal_eval(done.stdout.strip().splitlines()[-1]))


@pytest.fixture
def world(tmp_path: Path) -> World:
    root = Path(os.path.realpath(tmp_path)) / "world"
    (root / "home").mkdir(parents=True)
    env = {"PATH": os.defpath, "HOME": str(root / "home"), "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
    return World(root, env)


def sources(answer: SearchPath) -> list[str]:
    """Return the sources of an answer's entries in order."""
    return [entry.source for entry in answer]


def reasons(answer: SearchPath, source: str) -> set[str]:
    """Return the reasons for which a source's entries were left out."""
    return {missing.reason for missing in answer.left_out if missing.source == source}


def codes(answer: SearchPath) -> set[str]:
    """Return the codes of an answer's findings."""
    return {finding.code for finding in answer.findings}
