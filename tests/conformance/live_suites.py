"""CPython's own tests, plain and under ``wherefrom run``: each test must end the same both ways.

Not in the default run, since it takes minutes for each interpreter::

    python -m tests.conformance.live_suites [--only MODULE]… PYTHON…

Prints every test that ends differently, tried again twice each way before it is told, since some tests
of threads and processes fail now and then by themselves. A module that comes to no end when plain is not
compared, and told as such. Exit status 1 if there are differences, or anything was not compared.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.support.children import SOURCES

MODULES = """
    test_importlib test_import test_pkg test_pkgutil test_runpy test_zipimport test_zipimport_support
    test_frozen test_modulefinder test_threading test_site test_module test_typing test_dataclasses
    test_inspect test_traceback test_multiprocessing_spawn.test_manager test_multiprocessing_spawn.test_misc
    test_multiprocessing_spawn.test_processes test_multiprocessing_spawn.test_threads
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


class NoEndError(Exception):
    """A module of tests has come to no end; holds how far it came."""


def version_of(python: str) -> tuple[int, int]:
    told = subprocess.run(
        [python, "-c", "import sys; print(*sys.version_info[:2])"], capture_output=True, text=True, check=True
    )
    major, minor = map(int, told.stdout.split())
    return major, minor


def outcomes(python: str, module: str, folder: Path, seconds: float, *, traced: bool) -> Outcomes:
    """Run one module of tests and give what came of each.

    Raises:
        NoEndError: the module has come to no end.
    """
    result = folder / f"{module}-{traced}.json"
    result.unlink(missing_ok=True)
    # The outer process is this one's interpreter; the tests run under the other in both cases.
    command = [python, str(CHILD), module, str(result)]
    if traced:
        command = [sys.executable, "-c", RUN, str(SOURCES), "--quiet", "--python", *command]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    log = folder / f"{module}-{traced}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, env=environment, cwd=folder,
            start_new_session=True,
        )  # fmt: skip
        try:
            status = f"status {process.wait(seconds)}"
        except subprocess.TimeoutExpired:
            status = f"not in {seconds:.0f} s"
        finally:
            _end_all_of(process)
    if not result.exists():
        raise NoEndError(f"{status}, {_last_test(log)}")
    loaded: Outcomes = json.loads(result.read_text(encoding="utf-8"))
    return loaded


def _end_all_of(process: subprocess.Popen[bytes]) -> None:
    """End what a module of tests has left behind: its session is its own."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _last_test(log: Path) -> str:
    begun = [line for line in log.read_text(errors="replace").splitlines() if line.startswith("-- ")]
    return f"in {begun[-1][3:]}" if begun else "before the first test"


def differences(plain: Outcomes, traced: Outcomes) -> dict[str, tuple[str, str]]:
    names = sorted({*plain, *traced})
    both = {name: (plain.get(name, "not there"), traced.get(name, "not there")) for name in names}
    return {name: pair for name, pair in both.items() if pair[0] != pair[1]}


def compare(python: str, module: str, folder: Path, seconds: float) -> tuple[int, dict[str, tuple[str, str]]]:
    """Compare one module of tests; only what differs three times is a difference.

    Raises:
        NoEndError: the module comes to no end when plain, so nothing is known of it.
    """
    different: dict[str, tuple[str, str]] = {}
    count = 0
    for attempt in range(3):
        plain = outcomes(python, module, folder, seconds, traced=False)
        try:
            traced = outcomes(python, module, folder, seconds * 1.5, traced=True)
        except NoEndError as error:
            traced = {module: f"came to no end: {error}"}
        count = len(plain)
        found = differences(plain, traced)
        different = found if attempt == 0 else {name: different[name] for name in different if name in found}
        if not different:
            break
    return count, different


def judge(python: str, modules: list[str], seconds: float) -> tuple[int, int]:
    """Compare modules under one interpreter; give the number of tests, and of what is wrong."""
    major, minor = version = version_of(python)
    total = wrong = 0
    for module in modules:
        try:
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
                count, different = compare(python, module, Path(folder), seconds)
        except NoEndError as error:
            reason = KNOWN.get((module, version))
            wrong += reason is None
            print(f"{major}.{minor} {module}: NOT COMPARED, plain came to no end: {error}{_known(reason)}")
            continue
        total += count
        print(f"{major}.{minor} {module}: {count} tests, {len(different)} differ", flush=True)
        for name, (plain, traced) in different.items():
            reason = KNOWN.get((name, version)) or KNOWN.get((name, None))
            wrong += reason is None
            print(f"   {name}: plain {plain}, traced {traced}{_known(reason)}", flush=True)
    return total, wrong


def _known(reason: str | None) -> str:
    return f" (known: {reason})" if reason else ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", action="append", help="a module of tests; all of the list if not given")
    parser.add_argument("--seconds", type=float, default=400, help="how long a module may take when plain")
    parser.add_argument("pythons", nargs="+")
    options = parser.parse_args()
    wrong = 0
    for python in options.pythons:
        total, found = judge(python, options.only or MODULES, options.seconds)
        wrong += found or not total
        print(f"{python}: {total} tests compared", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
