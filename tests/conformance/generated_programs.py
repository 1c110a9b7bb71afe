"""Generated programs, run by the interpreter and by a world; they must not differ.

A script: ``python -m tests.conformance.generated_programs [COUNT [FIRST]]``, 5,000 programs unless
told otherwise. It prints each difference with the number of its program, and the count.
"""

from __future__ import annotations

import os
import sys
import tempfile
import warnings

import wherefrom  # loaded before the forks, so that each is cheap
import wherefrom.systems  # noqa: F401
from tests.support import twins
from tests.support.programs import Program, program

MANY = 5_000


def compare(drawn: Program, folder: str) -> str | None:
    """Run a program both ways; name the first difference."""
    own = twins.lay(folder, drawn.tree)
    told = [
        twins.forked(side, folder, drawn.statements, dict(drawn.namespace), own)
        for side in (twins.by_interpreter, twins.by_world)
    ]
    return twins.difference(*told)


def main() -> int:
    """Compare; 1 if there was any difference."""
    count, first = ([int(text) for text in sys.argv[1:]] + [MANY, 0][len(sys.argv) - 1 :])[:2]
    warnings.simplefilter("ignore")
    sys.dont_write_bytecode = True
    found = 0
    for seed in range(first, first + count):
        with tempfile.TemporaryDirectory() as folder:
            problem = compare(program(seed), os.path.realpath(folder))
        if problem is not None:
            found += 1
            print(f"program {seed}: {problem[:400]}", flush=True)
    print(f"{count} programs, {found} differences, Python {sys.version.split()[0]}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
