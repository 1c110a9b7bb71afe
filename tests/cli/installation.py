"""wherefrom as an installer leaves it: a virtual environment with the package and its script.

The package and what it depends on are links to what the tests run with, so nothing is built and
nothing downloaded; the script is the one that an installer writes for an entry point.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.support.children import SOURCES, environment

if TYPE_CHECKING:
    from collections.abc import Mapping

DEPENDENCIES = ("attr", "attrs", "typing_extensions")
_SCRIPT = "#!{python}\nimport sys\nfrom wherefrom.__main__ import main\nsys.exit(main())\n"


@dataclass(frozen=True)
class Installation:
    """A virtual environment in which wherefrom is installed.

    Attributes:
        home: its directory.
        python: its interpreter.
        script: the ``wherefrom`` script.
        site: its ``site-packages``.
    """

    home: Path
    python: Path
    script: Path
    site: Path

    def run(
        self, *command: str | Path, cwd: str | Path, env: Mapping[str, str] | None = None, **more: Any
    ) -> subprocess.CompletedProcess[str]:
        """Run a command in a clean environment and give what it wrote, undecodable bytes escaped."""
        return subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env=environment(**(env or {})),
            text=True,
            encoding="utf-8",
            errors="backslashreplace",
            timeout=120,
            check=False,
            **({"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL} | more),
        )

    def resolve(
        self, *arguments: str | Path, cwd: str | Path, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run ``wherefrom resolve``."""
        return self.run(self.script, "resolve", *arguments, cwd=cwd, env=env)


def install(home: Path, *more: str) -> Installation:
    """Make a virtual environment with wherefrom, and further importable names of this process."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    python = home / "bin" / "python"
    (site,) = home.glob("lib/python*/site-packages")
    (site / "wherefrom").symlink_to(SOURCES / "wherefrom")
    for name in (*DEPENDENCIES, *more):
        spec = importlib.util.find_spec(name)
        assert spec is not None, name
        assert spec.origin is not None, name
        file = Path(spec.origin)
        place = file if spec.submodule_search_locations is None else file.parent
        (site / place.name).symlink_to(place)
    script = home / "bin" / "wherefrom"
    script.write_text(_SCRIPT.format(python=python), encoding="utf-8")
    script.chmod(0o755)
    return Installation(home, python, script, site)
