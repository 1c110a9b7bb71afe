"""Time `resolve` against the interpreter's own search, interleaved in one run.

    python tests/benchmarks/resolve.py [--rounds N] [--sizes 5 50 500 2000] [--json FILE]

Builds paths of 5, 50, 500 and 2,000 directories with 100 files each and asks both sides the same
questions in turn, A B A B …; what counts is the median of the ratios ours/theirs of neighbouring
measurements, so that a drift of the machine's speed falls out. Nothing here decides a test.

Questions: a top-level module in the middle of the path, a name that is missing, a namespace package
with a portion in every tenth entry, a submodule of a package that is already imported. Warm: all
caches filled, `resolve(name).found` against `importlib.util.find_spec(name)`; the rows "+spec" make
the spec as well, which `resolve` otherwise makes when somebody looks at it. Cold: a fresh process for
each measurement, empty caches, one question and its spec. Many: all names of the tree at once,
`resolve_many` against a loop over the interpreter's search. Calls: file-system calls on both sides.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import statistics
import subprocess
import sys
import tempfile
import time
import types
from collections.abc import Callable
from pathlib import Path
from time import process_time_ns as clock
from typing import Any

FILES = 100


def build(root: Path, entries: int) -> list[str]:
    """Make a path of directories with a hundred files each; return its entries."""
    path = []
    for at in range(entries):
        directory = root / f"entry_{at}"
        directory.mkdir()
        path.append(str(directory))
        for number in range(FILES - 2):
            (directory / f"module_{at}_{number}.py").touch()
        (directory / f"package_{at}").mkdir()
        (directory / f"package_{at}" / "__init__.py").touch()
        (directory / f"package_{at}" / "sub.py").touch()
        if at % 10 == 0:
            (directory / "namespace").mkdir()
    return path


def ratio(
    ours: Callable[[], object], theirs: Callable[[], object], rounds: int, number: int
) -> tuple[float, float, float]:
    """Measure both in turn; return the median ratio and both medians in microseconds."""
    ratios, a_times, b_times = [], [], []
    for _ in range(rounds):
        begin = clock()
        for _ in range(number):
            ours()
        middle = clock()
        for _ in range(number):
            theirs()
        end = clock()
        a_times.append((middle - begin) / number / 1000)
        b_times.append((end - middle) / number / 1000)
        ratios.append(a_times[-1] / b_times[-1])
    return statistics.median(ratios), statistics.median(a_times), statistics.median(b_times)


def noise(action: Callable[[], object], rounds: int, number: int) -> float:
    """Measure an action against itself: how far the median ratio of equals is from 1."""
    return abs(ratio(action, action, rounds, number)[0] - 1)


def warm(path: list[str], rounds: int) -> dict[str, tuple[float, float, float]]:
    """Ask with full caches, the path in place of ``sys.path`` for both sides."""
    import wherefrom

    wherefrom.resolve("sys")
    middle = len(path) // 2
    package = types.ModuleType(f"package_{middle}")
    package.__path__ = [f"{path[middle]}/package_{middle}"]
    sys.modules[package.__name__] = package
    results = {}
    before = sys.path[:]
    sys.path[:] = path
    number = max(1, 2000 // len(path))
    try:
        for question, name in {
            "top-level": f"module_{middle}_7",
            "missing": "no_such_module",
            "namespace": "namespace",
            "submodule": f"package_{middle}.sub",
        }.items():

            def ours(name: str = name) -> object:
                return wherefrom.resolve(name).found

            def with_spec(name: str = name) -> object:
                return wherefrom.resolve(name).spec

            def theirs(name: str = name) -> object:
                return importlib.util.find_spec(name)

            spec, other = with_spec(), theirs()
            assert getattr(spec, "origin", None) == getattr(other, "origin", None)
            many = number * 20 if question == "submodule" else number
            results[question] = ratio(ours, theirs, rounds, many)
            results[f"{question}+spec"] = ratio(with_spec, theirs, rounds, many)
    finally:
        sys.path[:] = before
        del sys.modules[package.__name__]
    return results


LISTING = 5  # open, fstat, getdents twice, close: what listing a directory asks of the kernel


class Counter:
    """Counts file-system calls made through the functions that it wraps."""

    def __init__(self) -> None:
        self.calls = 0

    def wrap(self, function: Callable[..., Any], weight: int = 1) -> Callable[..., Any]:
        """Give a function that counts and then does the same."""

        def counted(*arguments: Any) -> Any:
            self.calls += weight
            return function(*arguments)

        return counted


def count_ours(ask: Callable[[], object]) -> int:
    """Count the calls that pass through our disk layer while a question is answered."""
    from wherefrom._engine.disk import Disk
    from wherefrom._engine.system import System

    counter = Counter()

    class CountingDisk(Disk):
        __slots__ = ()
        stat = staticmethod(counter.wrap(Disk.stat))
        lstat = staticmethod(counter.wrap(Disk.lstat))
        listdir = staticmethod(counter.wrap(Disk.listdir, LISTING))
        scandir = staticmethod(counter.wrap(Disk.scandir, LISTING))
        getcwd = staticmethod(counter.wrap(Disk.getcwd))

        def exists(self, path: str) -> bool:
            counter.calls += 1
            return super().exists(path)

        def is_readable(self, path: str) -> bool:
            counter.calls += 1
            return super().is_readable(path)

    before, System.disk = System.disk, CountingDisk()
    try:
        ask()
    finally:
        System.disk = before
    return counter.calls


def count_theirs(ask: Callable[[], object]) -> int:
    """Count the calls that the interpreter's search makes while a question is answered."""
    external: Any = sys.modules["_frozen_importlib_external"]
    counter, genuine = Counter(), external._os
    proxy = types.SimpleNamespace(**vars(genuine))
    proxy.stat = counter.wrap(genuine.stat)
    proxy.listdir = counter.wrap(genuine.listdir, LISTING)
    proxy.getcwd = counter.wrap(genuine.getcwd)
    external._os = proxy
    try:
        ask()
    finally:
        external._os = genuine
    return counter.calls


def count(path: list[str]) -> dict[str, tuple[int, int]]:
    """Count the calls of each question on both sides, cold (the first time) and warm."""
    import wherefrom
    from wherefrom._engine.find import certain, directories

    middle, counts = len(path) // 2, {}
    before = sys.path[:]
    try:
        for question, name in {
            "top-level": f"module_{middle}_7",
            "package": f"package_{middle}",
            "missing": "no_such_module",
            "namespace": "namespace",
        }.items():
            sys.path[:] = path
            directories.LISTINGS.kept.clear()
            directories.LISTINGS.looked.clear()
            certain.PLAIN_FILES.clear()
            certain.PORTIONS.clear()
            for state in ("cold", "warm"):
                if state == "cold":
                    sys.path_importer_cache.clear()
                ours = count_ours(lambda name=name: wherefrom.resolve(name).spec)  # type: ignore[misc]
                theirs = count_theirs(lambda name=name: importlib.util.find_spec(name))  # type: ignore[misc]
                counts[f"{state} {question}"] = ours, theirs
    finally:
        sys.path[:] = before
    return counts


def many(path: list[str], rounds: int) -> tuple[float, float, float]:
    """Ask for every module of the tree at once."""
    import wherefrom

    wherefrom.resolve_many(["sys"])
    names = [f"module_{at}_{number}" for at in range(len(path)) for number in range(FILES - 2)]
    names += [f"missing_{number}" for number in range(len(names) // 10)]
    if len(names) > 3000:
        names = names[:: len(names) // 3000]
    before = sys.path[:]
    sys.path[:] = path
    try:
        return ratio(
            lambda: wherefrom.resolve_many(names),
            lambda: [importlib.util.find_spec(name) for name in names],
            max(3, rounds // 4),
            1,
        )
    finally:
        sys.path[:] = before


COLD = """
import sys, importlib.util
from time import process_time_ns as clock
who, name, source, *path = sys.argv[1:]
sys.path.insert(0, source)
import wherefrom
# Both sides have run before, so that what is measured is the search, not Python warming up to it.
for ask in importlib.util.find_spec, lambda name: wherefrom.resolve(name).spec:
    ask("no_such_module_at_all"), ask("colorsys")
sys.path[:] = path
sys.path_importer_cache.clear()
ask = importlib.util.find_spec if who == "theirs" else lambda name: wherefrom.resolve(name).spec
begin = clock()
ask(name)
print(clock() - begin)
"""


def cold(path: list[str], name: str, rounds: int) -> tuple[float, float, float]:
    """Ask one question in a fresh process with empty caches, ours and theirs in turn."""
    source = str(Path(__file__).resolve().parents[2] / "src")

    def once(who: str) -> float:
        command = [sys.executable, "-I", "-c", COLD, who, name, source, *path]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return int(done.stdout) / 1000

    pairs = [(once("ours"), once("theirs")) for _ in range(rounds)]
    return (
        statistics.median(ours / theirs for ours, theirs in pairs),
        statistics.median(ours for ours, _ in pairs),
        statistics.median(theirs for _, theirs in pairs),
    )


def measure(sizes: list[int], rounds: int) -> list[tuple[str, int, float, float, float]]:
    """Run everything; return rows of (question, entries, ratio, ours in µs, theirs in µs)."""
    rows: list[tuple[str, int, float, float, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            root = Path(folder, str(size))
            root.mkdir()
            path = build(root, size)
            time.sleep(2.1)  # what changed within the clock's coarseness is not remembered by us
            for question, result in warm(path, rounds).items():
                rows.append((f"warm {question}", size, *result))
            for question, name in (("missing", "no_such_module"), ("top-level", f"module_{size // 2}_7")):
                rows.append((f"cold {question}", size, *cold(path, name, max(5, rounds // 3))))
            rows.append(("many", size, *many(path, rounds)))
            for question, (ours, theirs) in count(path).items():
                print(f"calls {question:<16} {size:>5} entries   {ours} ours, {theirs} theirs")
                rows.append((f"calls {question}", size, ours / theirs, ours, theirs))
            for row in rows[-19:-8]:
                print(
                    f"{row[0]:<18} {row[1]:>5} entries   {row[2]:.3f}   {row[3]:>10.1f} {row[4]:>10.1f} µs",
                    flush=True,
                )
        rows.append(("noise", 0, noise(lambda: importlib.util.find_spec("no_such"), rounds, 50), 0.0, 0.0))
        print(f"noise: equals measured against each other are {rows[-1][2]:.3f} apart")
    return rows


def main() -> None:
    """Parse the arguments and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--sizes", type=int, nargs="+", default=[5, 50, 500, 2000])
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    # The interpreter's own three finders: what a finder of somebody else costs is its own affair.
    sys.meta_path[:] = [finder for finder in sys.meta_path if finder.__module__.startswith("_frozen")]
    rows = measure(options.sizes, options.rounds)
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1))


if __name__ == "__main__":
    main()
