"""The twin test of whole packages: each listed one imported by the interpreter and in a world.

For each interpreter that is found, the environment of ``real_environments.py`` is used or made, and
every line of the list of packages is run in children (``world_package_child.py``): the same statements, the
same modules, the same attributes. Then once more in a process in which the interpreter has imported
the same before; packages of which a process can have only one are named with their reason in
``packages_once_per_process.json``: there a difference must show, and be gone when the world shares
them. Prints the counts; status 1 if there is a difference.

    python tests/conformance/world_packages.py [--packages FILE] [--cache FOLDER] [--versions 3.11,3.12]
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # the script runs by its path; its helpers are found from the root

from tests.conformance import environments  # noqa: E402
from tests.support import children, interpreters, twins  # noqa: E402

CHILD = Path(__file__).with_name("world_package_child.py")
ONCE_PER_PROCESS: dict[str, dict[str, Any]] = json.loads(
    Path(__file__).with_name("packages_once_per_process.json").read_text(encoding="utf-8")
)


class Listed(NamedTuple):
    """One line of the list: a distribution, and the statements that import what it has."""

    distribution: str
    statements: list[str]


def listed(text: str) -> list[Listed]:
    """Read the list: ``REQUIREMENT : NAME | NAME | STATEMENT``, with remarks behind ``#``."""
    found = []
    for line in text.splitlines():
        requirement, _, what = line.split("#")[0].partition(" : ")
        if what:
            statements = [_statement(part.strip()) for part in what.split("|")]
            found.append(Listed(requirement.partition("==")[0].strip(), statements))
    return found


def _statement(text: str) -> str:
    return text if " " in text else f"import {text}"


def side(python: Path | str, folder: str, which: str, statements: list[str], shared: str = "") -> Any:
    """Run statements in a child; give its portrait."""
    target = Path(folder, "portrait.json")
    # Hashes are fixed, so that what is printed of sets is the same on both sides.
    env = children.environment(children.SOURCES, ROOT, PYTHONHASHSEED="0")
    children.run(
        str(python), "-P", CHILD, which, shared, target, *statements, env=env, cwd=folder, timeout=600
    )
    return json.loads(target.read_text(encoding="utf-8"))


def judge(python: Path | str, one: Listed) -> tuple[list[str], int]:
    """Compare one line, in a process of its own and beside the interpreter.

    Returns:
        The differences that should not be, and how many modules the interpreter has imported.
    """
    with tempfile.TemporaryDirectory() as folder:
        theirs = side(python, folder, "interpreter", one.statements)
        alone = side(python, folder, "world", one.statements)
        beside = side(python, folder, "beside", one.statements)
        told = {"alone": twins.difference(theirs, alone), "beside": twins.difference(theirs, beside)}
        known = ONCE_PER_PROCESS.get(one.distribution)
        if known is not None:
            told["listed"] = None if told["beside"] else "is listed as one per process, and is not"
            shared = side(python, folder, "beside", one.statements, ",".join(known["share"]))
            told["beside"] = _difference_of_shared(theirs, shared)
    return [f"{how}: {what}" for how, what in told.items() if what], len(theirs["modules"])


def _difference_of_shared(theirs: Any, ours: Any) -> str | None:
    """Compare what is in a world that shares packages: it need not know all of their modules."""
    modules = {name: portrait for name, portrait in theirs["modules"].items() if name in ours["modules"]}
    return twins.difference({**theirs, "modules": modules}, ours)


def main() -> int:
    """Judge every version; give the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--packages", type=Path, default=ROOT.parent / "shared" / "packages.txt")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir(), "wherefrom-environments"))
    parser.add_argument("--versions", default="", help="comma separated; all that are found by default")
    parser.add_argument("--only", default="", help="distributions, comma separated; all by default")
    options = parser.parse_args()
    if not options.packages.exists():
        parser.error(f"no list of packages at {options.packages}; give one with --packages")
    packages = listed(options.packages.read_text(encoding="utf-8"))
    if options.only:
        packages = [one for one in packages if one.distribution in options.only.split(",")]
    differences = compared = 0
    for version, executable in interpreters.available().items():
        label = f"{version[0]}.{version[1]}"
        if options.versions and label not in options.versions.split(","):
            continue
        python, _ = environments.make(executable, label, options.packages, options.cache)
        modules = 0
        for one in packages:
            told, many = judge(python, one)
            compared, modules = compared + 1, modules + many
            differences += len(told)
            for difference in told:
                print(f"  DIFFERENCE {one.distribution}, {difference[:600]}", flush=True)
        print(f"{label}: {len(packages)} packages, {modules} modules", flush=True)
    print(f"{differences} differences")
    return 1 if differences or not compared else 0


if __name__ == "__main__":
    sys.exit(main())
