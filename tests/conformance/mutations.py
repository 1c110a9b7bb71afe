"""Deliberate errors of one line in ``load/`` and ``bind/``: the tests must catch each of them.

A script: ``python -m tests.conformance.mutations``. Each error is made in a copy of the sources; the
tests of loading and the cases are run against the copy. It prints what became of each, and ends with 1
if one survived.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.support.children import ROOT, SOURCES

# Those first that are the quickest to find something.
TESTS = ("tests/conformance/test_import_cases.py", "tests/load")

# file, what stands there, what is put in its place
MUTATIONS = (
    ("load/execute.py", "        modules[name] = module\n        try:", "        try:"),
    (
        "load/execute.py",
        "            tell_removed(system, name, modules.pop(name, MISSING))\n            record",
        "            record",
    ),
    ("load/execute.py", ".modules[name] = settled", ".modules[name] = module"),
    ("load/header.py", 'name.rpartition(".")[0] if locations is None else name', "name"),
    ("load/header.py", 'namespace["__file__"] = spec.origin', 'namespace["__file__"] = None'),
    ("load/bytecode.py", "return dated_header(mtime, size)", "return dated_header(mtime, size + 1)"),
    ("load/bytecode.py", "if flags & ~0b11:", "if flags & ~0b1111:"),
    ("load/source.py", 'outcome = "valid" if its_hash == found.hash', 'outcome = "valid" if True'),
    ("load/locks.py", "if self.has_deadlock():", "if False:"),
    ("bind/parent.py", "setattr(package, child, module)", "setattr(package, child, package)"),
    ("bind/names.py", 'if not has_all and name.startswith("_"):', "if not has_all and False:"),
    (
        "bind/imports.py",
        "for item in items:\n        if not isinstance",
        "for item in list(items)[:1]:\n        if not isinstance",
    ),
    ("bind/imports.py", 'return package if "__path__" in globals', 'return package if "__file__" in globals'),
    ("bind/imports.py", "module if is_calling(frame) else", "module if False else"),
    ("bind/imports.py", "not isinstance(globals, _NAMESPACES)", "globals is None"),
    ("bind/names.py", "elif names.__class__ not in (list, tuple):", "elif False:"),
    ("importing.py", "if dot and asker.__class__ is tuple and", "if dot and"),
    ("bind/missing.py", 'found = system.state.modules.get(f"{own}.{item}", _MISSING)', "found = _MISSING"),
)


def survives(file: str, old: str, new: str) -> bool:
    """Make an error in a copy and run the tests; say whether they all pass."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "src")
        shutil.copytree(SOURCES, copy, ignore=shutil.ignore_patterns("__pycache__"))
        target = copy / "wherefrom" / "_engine" / file
        text = target.read_text(encoding="utf-8")
        if text.count(old) != 1:
            raise SystemExit(f"{file}: {old!r} stands there {text.count(old)} times")
        target.write_text(text.replace(old, new), encoding="utf-8")
        # The tests, and their children, take the sources from beside them.
        shutil.copytree(ROOT / "tests", Path(folder, "tests"), ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", folder)
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *TESTS]
        environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
        try:
            done = subprocess.run(
                command, cwd=folder, env=environment, capture_output=True, timeout=300, check=False
            )
        except subprocess.TimeoutExpired:
            return False
        return done.returncode == 0


def main() -> int:
    """Try all; 1 if one survived."""
    found = 0
    for file, old, new in MUTATIONS:
        alive = survives(file, old, new)
        found += alive
        print(f"{'SURVIVED' if alive else 'caught':9} {file}: {new.strip().splitlines()[0]}", flush=True)
    print(f"{len(MUTATIONS)} errors, {found} survived")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
