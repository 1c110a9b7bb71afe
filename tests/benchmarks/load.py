"""How much a whole import takes: a world against the interpreter, in CPU time or in instructions.

Not in the default run::

    python tests/benchmarks/load.py [--rounds N] [--instructions] [--only NAME…]

2,000 small modules in 100 packages with warm bytecode, and real packages where they are installed. The
world records every step. CPU time: each run is a process of its own, and the two sides run in turns,
A B A B …; what counts is the median of the ratios of neighbours, so that a machine that slows down slows
both. The interpreter is measured against itself in the same way, for the noise. The processes are not
forked from one: after a fork each page that is written to is copied first, whoever writes more of what was
there before pays more for that, and no program imports in such a place. Instructions are callgrind's,
which hardly vary; what a process that imports nothing takes is subtracted. The target is 1.10.
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import wherefrom
from wherefrom.systems import ImportSystem  # loaded beforehand: our own start is not measured

PACKAGES, MODULES = 100, 20
SMALL = "small-modules"
REAL = ("jsonschema", "yaml", "requests", "pydantic")
TARGET = 1.10


def lay(root: Path) -> None:
    """Lay out the tree: small modules that import a little of each other and of the library."""
    for at in range(PACKAGES):
        package = root / f"pkg{at:03}"
        package.mkdir()
        (package / "__init__.py").write_text("from . import mod00\nVALUE = 1\n", encoding="utf-8")
        for number in range(MODULES - 1):
            before = f"from . import mod{number - 1:02}\n" if number else "import os\n"
            body = "".join(f"def function{n}(a, b=None):\n    return a or b or {n}\n\n\n" for n in range(4))
            text = f"import sys\n{before}\nNAME = __name__\n\n\n{body}class Thing:\n    here = 1\n"
            (package / f"mod{number:02}.py").write_text(text, encoding="utf-8")


def names_of(program: str) -> list[str]:
    """Tell what a program imports."""
    return [f"pkg{at:03}.mod{MODULES - 2:02}" for at in range(PACKAGES)] if program == SMALL else [program]


def forget_ours() -> None:
    """Take out of ``sys.modules`` what wherefrom itself has imported beside the standard library.

    A world loads its own copy of attrs where a program asks for it, and so the interpreter has to.
    """
    kept = {"wherefrom", "__main__", *sys.stdlib_module_names}
    for name in [name for name in sys.modules if name.partition(".")[0] not in kept]:
        del sys.modules[name]


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


def by_nobody(names: list[str], path: list[str]) -> None:
    """Import nothing."""


SIDES = {side.__name__: side for side in (by_interpreter, by_world, by_nobody)}


# -- CPU time -------------------------------------------------------------------------------------


def command_of(side: str, program: str, folder: str) -> list[str]:
    """Give the command of a process in which one side imports a program and tells its CPU time."""
    return [sys.executable, __file__, "--side", side, "--only", program, "--folder", folder]


def measure(side: str, program: str, folder: str) -> None:
    """Let one side import a program in this process; tell its CPU time in seconds."""
    names, path = names_of(program), [folder, *sys.path]
    forget_ours()
    gc.collect()
    began = time.process_time()
    SIDES[side](names, path)
    print(time.process_time() - began)


def cpu_time(side: str, program: str, folder: str) -> float:
    """Measure one run, in a process of its own."""
    command = command_of(side, program, folder)
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1])


def compare(program: str, folder: str, rounds: int) -> str:
    """Measure both sides in turn, and the interpreter against itself."""
    for side in SIDES:
        cpu_time(side, program, folder)  # bytecode is warm from here on
    ratios, equals, theirs = [], [], []
    for _ in range(rounds):
        before = cpu_time("by_interpreter", program, folder)
        ours = cpu_time("by_world", program, folder)
        after = cpu_time("by_interpreter", program, folder)
        ratios += [ours / before, ours / after]
        equals.append(after / before)
        theirs += [before, after]
    low, _, high = statistics.quantiles(ratios, n=4)
    return (
        f"CPU {statistics.median(ratios):.3f} ({low:.3f} to {high:.3f})"
        f"   equals {statistics.median(equals):.3f}   interpreter {statistics.median(theirs) * 1000:.1f} ms"
    )


# -- instructions ---------------------------------------------------------------------------------


def instructions(side: str, program: str, folder: str) -> int:
    """Count the instructions of a process in which one side imports a program."""
    callgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
    command = command_of(side, program, folder)
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    done = subprocess.run([*callgrind, *command], env=environment, check=True, capture_output=True, text=True)
    (line,) = [line for line in done.stderr.splitlines() if "Collected" in line]
    return int(line.rpartition(":")[2])


def count(program: str, folder: str) -> str:
    """Count the instructions of both sides; give their ratio."""
    nothing, theirs, ours = (
        instructions(side, program, folder) for side in ("by_nobody", "by_interpreter", "by_world")
    )
    return (
        f"instructions {(ours - nothing) / (theirs - nothing):.3f}"
        f"   interpreter {(theirs - nothing) / 1e6:.1f} million"
    )


# -- both -----------------------------------------------------------------------------------------


def programs(only: list[str]) -> list[str]:
    """Tell what is measured."""
    if only:
        return only
    return [SMALL, *[name for name in REAL if name not in sys.modules and wherefrom.resolve(name)]]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--instructions", action="store_true")
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME")
    parser.add_argument("--side", choices=SIDES, help="let one side import, and measure nothing")
    parser.add_argument("--folder", help="where the small modules are laid out already")
    options = parser.parse_args()
    sys.dont_write_bytecode = False
    if options.side:
        (program,) = options.only
        measure(options.side, program, options.folder)
        return
    with tempfile.TemporaryDirectory() as folder:
        lay(Path(folder))
        for program in programs(options.only):
            told = compare(program, folder, options.rounds)
            if options.instructions:
                told = f"{count(program, folder)}   {told}"
            print(f"{program:16} {told}", flush=True)
    print(f"target {TARGET:.2f}, Python {sys.version.split()[0]}")


if __name__ == "__main__":
    main()
