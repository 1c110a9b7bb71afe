"""The twin test over real environments: every name, the interpreter's spec against wherefrom's.

For each interpreter that is found, a virtual environment is made with the listed packages and with
editable installs of each kind, and every name of the standard library and of the environment is judged
in a child (``twin_child.py``), then resolved under an audit hook (``no_code_runs.py``). Prints the
counts; status 1 if there is a difference.

    python tests/conformance/real_environments.py [--packages FILE] [--cache FOLDER] [--versions 3.11,3.12]
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # the script runs by its path; its helpers are found from the root

from tests.conformance import environments  # noqa: E402
from tests.support import children, interpreters  # noqa: E402

DYNAMIC = ("six.moves", "six.moves.urllib", "six.moves.urllib.parse", "six.moves.nope")
CHILD = Path(__file__).with_name("twin_child.py")
WITNESS = Path(__file__).with_name("no_code_runs.py")
_SHOWN = 40


def judge(python: Path | str, names: tuple[str, ...], sources: Path) -> dict[str, Any]:
    """Judge every name that one interpreter can see; give the child's report."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "report.json")
        env = children.environment(sources, ROOT)
        children.run(str(python), "-P", CHILD, target, *names, env=env, cwd=folder, timeout=7200)
        report: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
        return report


def watch(python: Path | str, sources: Path) -> int:
    """Resolve the same names under an audit hook; print what it saw and give the number of offences."""
    with tempfile.TemporaryDirectory() as folder:
        env = children.environment(sources, ROOT)
        told = children.run(str(python), "-P", WITNESS, env=env, cwd=folder, timeout=7200, accepted=(0, 1))
    for line in told.splitlines():
        print(f"  {line}")
    return told.count("OFFENCE")


def main() -> int:
    """Judge every version; give the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--packages", type=Path, default=ROOT.parent / "shared" / "packages.txt")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir(), "wherefrom-environments"))
    parser.add_argument("--versions", default="", help="comma separated; all that are found by default")
    parser.add_argument("--sources", type=Path, default=ROOT / "src")
    options = parser.parse_args()
    if not options.packages.exists():
        parser.error(f"no list of packages at {options.packages}; give one with --packages")
    wanted = options.versions.split(",") if options.versions else []
    differences = compared = 0
    for version, executable in interpreters.available().items():
        label = f"{version[0]}.{version[1]}"
        if wanted and label not in wanted:
            continue
        python, missing = environments.make(executable, label, options.packages, options.cache)
        began = time.perf_counter()
        report = judge(python, DYNAMIC, options.sources)
        took = time.perf_counter() - began
        differences += len(report["differences"])
        compared += report["compared"]
        print(
            f"{label}: {report['names']} names, {report['compared']} compared with their parents imported, "
            f"{report['found']} found, {len(report['unimportable'])} below parents that cannot be imported, "
            f"{len(report['changed'])} below parents that change their path, "
            f"{len(report['differences'])} differences, {took:.0f} s",
            flush=True,
        )
        offences = watch(python, options.sources)
        differences += offences
        for text in missing:
            print(f"  not installed: {text}")
        for text in report["differences"][:_SHOWN]:
            print(f"  DIFFERENCE {text}")
        for text in (*report["changed"], *report["unimportable"]):
            print(f"  listed: {text}")
    if not compared:
        print("nothing was compared")
    return 1 if differences or not compared else 0


if __name__ == "__main__":
    sys.exit(main())
