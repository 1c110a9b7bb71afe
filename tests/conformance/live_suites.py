"""CPython's own tests, plain and under ``wherefrom run``: each test must end the same both ways.

Not in the default run, since it takes minutes for each interpreter::

    python -m tests.conformance.live_suites [--only MODULE]… PYTHON…

Prints every test that ends differently, tried again twice each way before it is told, since some tests
of threads and processes fail now and then by themselves. Exit status 1 if there are any.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.support.children import SOURCES

MODULES = """
    test_importlib test_import test_pkg test_pkgutil test_runpy test_zipimport test_zipimport_support
    test_frozen test_modulefinder test_threading test_site test_module test_typing test_dataclasses
    test_inspect test_traceback test_multiprocessing_spawn
""".split()  # noqa: SIM905  # a list of words reads better as words
CHILD = Path(__file__).with_name("suite_child.py")
RUN = """
import sys
sys.path.insert(0, sys.argv.pop(1))
from wherefrom.run_command import run
sys.exit(run(sys.argv[1:]))
"""

# Differences that are known, each with its reason: (test, version or None for all) -> reason.
KNOWN: dict[tuple[str, tuple[int, int] | None], str] = {}

Outcomes = dict[str, str]


def version_of(python: str) -> tuple[int, int]:
    told = subprocess.run(
        [python, "-c", "import sys; print(*sys.version_info[:2])"], capture_output=True, text=True, check=True
    )
    major, minor = map(int, told.stdout.split())
    return major, minor


def outcomes(python: str, module: str, folder: Path, *, traced: bool) -> Outcomes:
    """Run one module of tests; what came of each, or of the module if it came to no end."""
    result = folder / f"{module}-{traced}.json"
    result.unlink(missing_ok=True)
    # The outer process is this one's interpreter; the tests run under the other in both cases.
    command = [python, str(CHILD), module, str(result)]
    if traced:
        command = [sys.executable, "-c", RUN, str(SOURCES), "--quiet", "--python", *command]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    log = folder / f"{module}-{traced}.log"
    with log.open("wb") as out:
        try:
            status = subprocess.run(
                command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, env=environment, cwd=folder,
                timeout=400, check=False,
            ).returncode  # fmt: skip
        except subprocess.TimeoutExpired:
            return {module: "came to no end"}
    if not result.exists():
        return {module: f"ended with status {status}"}
    loaded: Outcomes = json.loads(result.read_text(encoding="utf-8"))
    return loaded


def differences(plain: Outcomes, traced: Outcomes) -> dict[str, tuple[str, str]]:
    names = sorted({*plain, *traced})
    both = {name: (plain.get(name, "not there"), traced.get(name, "not there")) for name in names}
    return {name: pair for name, pair in both.items() if pair[0] != pair[1]}


def compare(python: str, module: str, folder: Path) -> tuple[int, dict[str, tuple[str, str]]]:
    """Compare one module of tests; only what differs three times is a difference."""
    different: dict[str, tuple[str, str]] = {}
    count = 0
    for attempt in range(3):
        plain = outcomes(python, module, folder, traced=False)
        traced = outcomes(python, module, folder, traced=True)
        count = len(plain)
        found = differences(plain, traced)
        different = found if attempt == 0 else {name: different[name] for name in different if name in found}
        if not different:
            break
    return count, different


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", action="append", help="a module of tests; all of the list if not given")
    parser.add_argument("pythons", nargs="+")
    options = parser.parse_args()
    unknown = 0
    for python in options.pythons:
        version = version_of(python)
        total = 0
        for module in options.only or MODULES:
            with tempfile.TemporaryDirectory() as folder:
                count, different = compare(python, module, Path(folder))
            total += count
            print(f"{version[0]}.{version[1]} {module}: {count} tests, {len(different)} differ", flush=True)
            for name, (plain, traced) in different.items():
                reason = KNOWN.get((name, version)) or KNOWN.get((name, None))
                unknown += reason is None
                print(f"   {name}: plain {plain}, traced {traced}{f' (known: {reason})' if reason else ''}")
        print(f"{version[0]}.{version[1]}: {total} tests compared", flush=True)
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
