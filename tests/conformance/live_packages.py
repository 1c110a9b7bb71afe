"""Real packages, imported plain and under ``wherefrom run``: what a program can see must be the same.

Not in the default run, since it needs an environment with packages::

    python -m tests.conformance.live_packages [--packages FILE] [--statement STATEMENT]… PYTHON…

Each PYTHON is of an environment as ``real_environments.py`` makes them. Without a STATEMENT, everything
that the list of packages names is imported: once as the environment is, with the finders of its
editable installs, and once without site, where all finders are the interpreter's own and the search is
ours. Compared are the keys of ``sys.modules`` in their order, each module's attributes, spec and loader,
``sys.meta_path``, ``sys.path_hooks`` and ``sys.path_importer_cache``, the audit events of imports,
warnings, and output. Exit status 1 if anything differs or nothing was compared.
"""

from __future__ import annotations

import argparse
import difflib
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.conformance.live_suites import RUN
from tests.support import children

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
CHILD = Path(__file__).with_name("package_child.py").read_text(encoding="utf-8")
SITE = "import sysconfig; print(sysconfig.get_path('platlib'))"
_SHOWN = 20
# Values that plain runs do not agree on either: (module, attribute) -> the reason.
KNOWN = {
    # Plain, "import scipy.stats" leaves another name when `keep = [bytearray(500) for _ in range(100)]` runs
    # before it: sqrt for trunc with scipy 1.17.1 on CPython 3.11.7.
    ("scipy.sparse._data", "name"): "left over from a loop over a frozenset of functions, hashed by address",
}
_ADDRESS = re.compile(r"0x[0-9a-f]+")


def listed(packages: Path) -> list[str]:
    """Read the statements of a list of packages: behind the colon, before the comment."""
    found = []
    for line in packages.read_text(encoding="utf-8").splitlines():
        _, _, names = line.partition("#")[0].partition(" : ")
        found += [name.strip() for name in names.split("|") if name.strip()]
    return found


def seen(command: list[str], folder: str) -> list[str]:
    """Run one program and give all that it told, with its end."""
    environment = children.environment(PYTHONHASHSEED="0")
    del environment["PYTHONDONTWRITEBYTECODE"]  # the first run writes it, so that the others are alike
    done = subprocess.run(
        command, capture_output=True, text=True, errors="replace", env=environment, cwd=folder,
        timeout=600, check=False,
    )  # fmt: skip
    told = f"{done.stdout}\n{done.stderr}\nstatus {done.returncode}"
    return list(without_known(_ADDRESS.sub("0x", told).splitlines()))


def without_known(lines: list[str]) -> Iterator[str]:
    """Give what a program told, with reasons for the values that differ by themselves."""
    module = ""
    for line in lines:
        if not line.startswith(" "):
            module = line.partition(" ")[0].strip("'")
        attribute = line.split(None, 1)[0].strip("'") if line.startswith("   '") else ""
        reason = KNOWN.get((module, attribute))
        yield line if reason is None else f"   {attribute!r} (known: {reason})"


def compare(python: str, program: list[str]) -> tuple[list[str], list[str]]:
    """Give what the program told when plain, and in what it differs when traced."""
    traced = [sys.executable, "-c", RUN, str(children.SOURCES), "--quiet", "--python", python]
    with tempfile.TemporaryDirectory() as folder:
        seen([python, *program], folder)
        plain = seen([python, *program], folder)
        lines = difflib.unified_diff(
            plain, seen([*traced, *program], folder), "plain", "traced", n=0, lineterm=""
        )
        return plain, list(lines)


def programs(python: str, statement: str) -> dict[str, list[str]]:
    text = statement if " " in statement else f"import {statement}"
    site = children.run(python, "-c", SITE, env=children.environment()).strip()
    return {
        "as it is": ["-Wdefault", "-c", CHILD, text],
        "without site": ["-Wdefault", "-S", "-c", CHILD, text, site],
    }


def judge(python: str, statements: list[str]) -> tuple[int, int]:
    """Compare all statements under one interpreter; give how many imports worked, and how many differ."""
    worked = different = 0
    for statement in statements:
        for how, program in programs(python, statement).items():
            plain, lines = compare(python, program)
            worked += plain[-1] == "status 0"
            different += bool(lines)
            print(
                f"{statement}, {how}: {len(plain)} lines, {plain[-1]}, {'DIFFERS' if lines else 'the same'}",
                flush=True,
            )
            for line in lines[:_SHOWN]:
                print("   " + line[:300])
    return worked, different


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--packages", type=Path, default=ROOT.parent / "shared" / "packages.txt")
    parser.add_argument("--statement", action="append", help="instead of what the list of packages names")
    parser.add_argument("pythons", nargs="+")
    options = parser.parse_args()
    statements = options.statement or listed(options.packages)
    total = 0
    for python in options.pythons:
        worked, different = judge(python, statements)
        total += different
        print(f"{python}: {worked} imports worked, {different} programs differ", flush=True)
        if not worked:
            return 1
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main())
