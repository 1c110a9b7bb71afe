"""How long a whole import takes: a world against the interpreter, interleaved, in CPU time.

``python tests/benchmarks/load.py [ROUNDS]``. Each run is a process of its own, forked: 2,000 small
modules in 100 packages with warm bytecode, and real packages where they are installed. The world
records every step. Printed are the best and the median of each side, and their ratio; the target is
1.10.
"""

from __future__ import annotations

import gc
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import wherefrom
from wherefrom.systems import ImportSystem  # loaded before the forks: a world's start is not measured

PACKAGES, MODULES = 100, 20
REAL = ("jsonschema", "yaml", "requests", "pydantic")
TARGET = 1.10


def lay(root: Path) -> list[str]:
    """Lay out the tree: small modules that import a little of each other and of the library."""
    names = []
    for at in range(PACKAGES):
        package = root / f"pkg{at:03}"
        package.mkdir()
        (package / "__init__.py").write_text("from . import mod00\nVALUE = 1\n", encoding="utf-8")
        for number in range(MODULES - 1):
            before = f"from . import mod{number - 1:02}\n" if number else "import os\n"
            body = "".join(f"def function{n}(a, b=None):\n    return a or b or {n}\n\n\n" for n in range(4))
            text = f"import sys\n{before}\nNAME = __name__\n\n\n{body}class Thing:\n    here = 1\n"
            (package / f"mod{number:02}.py").write_text(text, encoding="utf-8")
        names += [f"pkg{at:03}.mod{MODULES - 2:02}"]
    return names


def by_interpreter(names: list[str], path: list[str]) -> None:
    """Import all by the interpreter."""
    sys.path[:] = path
    for name in names:
        __import__(name)


def by_world(names: list[str], path: list[str]) -> None:
    """Import all in a world."""
    world = ImportSystem(path=path)
    for name in names:
        world.import_module(name)


def cpu_time(work: Any, *arguments: Any) -> float:
    """Measure one run in a forked child."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        gc.collect()
        began = time.process_time()
        work(*arguments)
        os.write(writing, str(time.process_time() - began).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        told = pipe.read()
    os.waitpid(child, 0)
    return float(told)


def compare(title: str, names: list[str], path: list[str], rounds: int) -> float:
    """Measure both sides in turn; give the ratio of the medians."""
    sides: dict[Any, list[float]] = {by_interpreter: [], by_world: []}
    for work in sides:
        cpu_time(work, names, path)  # bytecode is warm from here on
    for _ in range(rounds):
        for work, times in sides.items():
            times.append(cpu_time(work, names, path))
    theirs, ours = (statistics.median(times) for times in sides.values())
    best = min(sides[by_world]) / min(sides[by_interpreter])
    print(
        f"{title:24} interpreter {theirs * 1000:8.1f} ms   world {ours * 1000:8.1f} ms"
        f"   ratio {ours / theirs:.3f} (of the best: {best:.3f})"
    )
    return ours / theirs


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    sys.dont_write_bytecode = False
    with tempfile.TemporaryDirectory() as folder:
        names = lay(Path(folder))
        compare(f"{PACKAGES * MODULES} small modules", names, [folder, *sys.path], rounds)
    for name in REAL:
        if name not in sys.modules and wherefrom.resolve(name):
            compare(name, [name], list(sys.path), rounds)
    print(f"target {TARGET:.2f}, Python {sys.version.split()[0]}")


if __name__ == "__main__":
    main()
