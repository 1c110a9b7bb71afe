"""What live tracing costs: whole processes, plain, traced and with ``-X importtime``, in turns.

Not in the default run::

    python -m tests.benchmarks.live [--rounds N] [--instructions] PYTHON [NAME]…

CPU time is that of the traced process itself, user and system, median of pairs that are run one after
the other, in random order; instructions are callgrind's, which do not vary. NAMEs are packages that PYTHON
has; besides them an empty program and 2,000 tiny modules are measured.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from wherefrom import child
from wherefrom._engine.command_line import parse

TINY = 2000


def traced_command(python: str, program: list[str], rows: str) -> list[str]:
    """Give the command of the traced process, without the one that waits for it."""
    wishes = {"follow": False, "cached": False, "break_on": ()}
    return [python, *child.traced_arguments(parse(program), rows, wishes)[1]]


def cpu_seconds(command: list[str], environment: dict[str, str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def instructions(command: list[str], environment: dict[str, str]) -> int:
    callgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
    done = subprocess.run([*callgrind, *command], env=environment, check=True, capture_output=True, text=True)
    (line,) = [line for line in done.stderr.splitlines() if "Collected" in line]
    return int(line.rpartition(":")[2])


def measure(python: str, program: list[str], rounds: int, environment: dict[str, str], *, count: bool) -> str:
    with tempfile.TemporaryDirectory() as folder:

        def fresh(at: int) -> list[str]:
            return traced_command(python, program, str(Path(folder, f"rows{at}")))

        cpu_seconds([python, *program], environment)  # bytecode is written, caches are warm
        cpu_seconds(fresh(-1), environment)
        pairs, timed = [], []
        for at in range(rounds):
            commands = [
                ("plain", [python, *program]),
                ("traced", fresh(at)),
                ("timed", [python, "-X", "importtime", *program]),
            ]
            random.shuffle(commands)  # who runs after whom is no difference between them
            took = {which: cpu_seconds(command, environment) for which, command in commands}
            pairs.append(took["traced"] / took["plain"])
            timed.append(took["timed"] / took["plain"])
        told = f"CPU {statistics.median(pairs):.3f} of plain; -X importtime {statistics.median(timed):.3f}"
        if count:
            ratio = instructions(fresh(rounds), environment) / instructions([python, *program], environment)
            told += f"; instructions {ratio:.3f}"
    return told


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--instructions", action="store_true")
    parser.add_argument("python")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    environment["PYTHONHASHSEED"] = "0"  # or sets are walked through in another order each time
    environment["OPENBLAS_NUM_THREADS"] = (
        "1"  # the others only wait, for more or fewer instructions each time
    )
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as here:
        os.chdir(here)  # where nobody else writes: the current directory is an entry of the path
        for at in range(TINY):
            Path(folder, f"tiny_{at}.py").write_text(f"x = {at}\n", encoding="ascii")
        tiny = f"import sys; sys.path.append({folder!r})\nfor at in range({TINY}): __import__(f'tiny_{{at}}')"
        programs = {
            "nothing": "pass",
            "tiny modules": tiny,
            **{name: f"import {name}" for name in options.names},
        }
        for name, text in programs.items():
            told = measure(
                options.python, ["-c", text], options.rounds, environment, count=options.instructions
            )
            print(f"{name}: {told}", flush=True)
        os.chdir("/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
