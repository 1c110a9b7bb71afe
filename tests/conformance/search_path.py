"""The search path's differential test: each invocation once by the interpreter, once by wherefrom.

    python tests/conformance/search_path.py [--count 500] [--seed 1] [--python EXE]…

Builds worlds (see `search_path_worlds.py`), draws invocations from them, and compares the `sys.path`
that the real interpreter starts with to the answer: equal lists, and right sources where the builder
of the world knows them. Prints the figures; exit status 1 on any difference.
"""

from __future__ import annotations

import argparse
import ast
import collections
import os
import random
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # the script runs by its path; its helpers are found from the root

import wherefrom  # noqa: E402
from tests.conformance import interpreters  # noqa: E402
from tests.conformance import search_path_worlds as worlds  # noqa: E402
from wherefrom.search_path.result import PathEntry, Place, SearchPath  # noqa: E402

PER_WORLD = 40


@dataclass
class Draw:
    """One invocation."""

    python: str
    args: list[str]
    env: dict[str, str]
    cwd: str
    stdin: str | None


def draw(world: worlds.World, pick: random.Random) -> Draw:
    """Draw an invocation from a world."""
    args, stdin = _program(world, pick)
    flags = [flag for flag in ("-E", "-I", "-s", "-S", "-P") if pick.random() < 0.12]
    extra = pick.choice(
        [
            [],
            [],
            [],
            [],
            ["-B"],
            ["-X", "utf8"],
            ["-Xdev"],
            ["-X", "frozen_modules=off"],
            ["-qO"],
            ["-Wignore"],
            ["-i"],
            ["-u"],
        ]
    )
    if len(flags) == 2 and pick.random() < 0.5:
        flags = [flags[0] + flags[1][1:]]
    others = ["linked", "linked", "dash", "empty", "work/deep", "work/pkg"]
    cwd = world.at("work" if pick.random() < 0.75 else pick.choice(others))
    env = _environment(world, pick)
    return Draw(_spelled(world, pick, cwd, env), [*extra, *flags, *args], env, cwd, stdin)


def _spelled(world: worlds.World, pick: random.Random, cwd: str, env: dict[str, str]) -> str:
    """Name an interpreter: in full, from the directory, or bare and found on PATH."""
    python = pick.choice(world.pythons)
    how = pick.random()
    if how < 0.1:
        env["PATH"] = os.pathsep.join([os.path.dirname(python), env["PATH"]])
        return os.path.basename(python)
    if python.startswith(world.root) and how < 0.25:
        return os.path.relpath(python, os.path.realpath(cwd))
    return python


def _program(world: worlds.World, pick: random.Random) -> tuple[list[str], str | None]:
    kind = pick.choice(
        ["c", "m", "file", "file", "main", "stdin", "dash", "none", "c", "file", "main", "wrong"]
    )
    if kind == "c":
        return pick.choice(
            [["-c", worlds.PROGRAM], ["-c" + worlds.PROGRAM], ["-c", worlds.PROGRAM, "-I", "x"]]
        ), None
    if kind == "m":
        names = [
            "mod",
            "pkg",
            "pkg.inner",
            "main",
            "onlib",
            "inzip",
            "app",
            "pkg.missing",
            "missing",
            "deep.er.s",
        ]
        return pick.choice([["-m", pick.choice(names)], ["-m" + pick.choice(names), "x"]]), None
    if kind == "file":
        files = ["main.py", "./main.py", "noext", "sp ace/x.py", "café/s.py", "deep/er/s.py", "../bin/tool"]
        files += [
            "../bin/chain",
            "../bin/absolute",
            "deep/up/main.py",
            "script.py",
            "../linked/main.py",
            "deep/../mod.py",
        ]
        files += [
            world.at("work/main.py"),
            world.at("bin/tool"),
            world.at("linked/mod.py"),
            "nozip.zip",
            "-c",
            "-",
        ]
        file = pick.choice(files)
        return (["--", file] if file == "-c" else [file, "arg"]), worlds.PROGRAM if file == "-" else None
    if kind == "main":
        mains = [
            "app",
            "app/",
            "./app",
            "../work/app",
            ".",
            "./",
            "app.zip",
            "app.pyz",
            "applink",
            "../bin/app",
        ]
        mains += [
            "app.zip/inner",
            world.at("work/app"),
            world.at("work/app.zip"),
            "pkg",
            "broken",
            "../empty",
            "",
        ]
        return [pick.choice(mains)], None
    if kind == "wrong":
        return pick.choice(
            [["-Z"], ["--nope"], ["missing.py"], ["-V"], ["../bin/dangling"], ["-c"], ["-m"]]
        ), None
    return {"stdin": [], "dash": ["-"], "none": ["-"]}[kind], worlds.PROGRAM


def _environment(world: worlds.World, pick: random.Random) -> dict[str, str]:
    env = {"PATH": os.defpath, "HOME": world.at(pick.choice(["home1", "home1", "home2"])), "LANG": "C.UTF-8"}
    if pick.random() < 0.5:
        env["PYTHONPATH"] = os.pathsep.join(_items(world, pick))
    for name, values, chance in (
        ("PYTHONSAFEPATH", ["1", "0", "", "x"], 0.12),
        ("PYTHONNOUSERSITE", ["1", "0", "", "x", "00", "2", "-1", " 0", "0x"], 0.15),
        ("PYTHONUSERBASE", [world.at("userbase"), "base", "~/x", world.at("missing"), ""], 0.2),
        ("PYTHONPLATLIBDIR", ["lib", "lib64"], 0.03),
        ("PYTHONHOME", [world.at("opt"), world.at("missing")], 0.05),
        ("PYTHONUTF8", ["1", "0"], 0.06),
        ("LC_ALL", ["C", "POSIX", "C.UTF-8"], 0.08),
        ("PYTHONCOERCECLOCALE", ["0"], 0.04),
        ("PYTHONEXECUTABLE", world.pythons[2:], 0.03),
        ("__PYVENV_LAUNCHER__", world.pythons[2:], 0.02),
        ("PYTHONDONTWRITEBYTECODE", ["1"], 1.0),
        ("HOME", ["", world.at("home1") + "/", "home1"], 0.05),
    ):
        if pick.random() < chance:
            env[name] = pick.choice(values)
    return env


def _items(world: worlds.World, pick: random.Random) -> list[str]:
    items = [
        *(
            "",
            ".",
            "..",
            "lib",
            "../lib1",
            "./rel",
            "rel/",
            "rel",
            "~",
            "~/lib",
            "a;b",
            "missing",
            "/",
            "//usr",
        ),
        *(
            world.at(name)
            for name in ("lib1", "lib1/", "lib2", "lib1/../lib2", "liblink", "lib1/lib.zip", "missing")
        ),
        *(world.at(name) for name in ("cust1", "cust2", "cust3", "cust4", "work", "work/main.py", "lib1")),
        world.at(f"venv/lib/{world.folder}/site-packages"),
        world.at(f"opt/lib/{world.folder}"),
        world.at(f"home1/.local/lib/{world.folder}/site-packages"),
    ]
    if pick.random() < 0.03:
        items = [world.at("cust5")]
    return [pick.choice(items) for _ in range(pick.randint(1, 4))]


def real(case: Draw) -> list[str] | None:
    """Return the path that the real interpreter starts with, None if it does not reach the program."""
    done = subprocess.run(
        [case.python, *case.args],
        env=case.env,
        cwd=case.cwd,
        input=(case.stdin or "").encode(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    parts = done.stdout.decode("ascii", "replace").split(worlds.MARK)
    return ast.literal_eval(parts[1]) if len(parts) >= 3 else None


def difference(world: worlds.World, case: Draw, expected: list[str] | None) -> tuple[str, str] | None:
    """Compare one invocation; return what kind of difference there is, and in words."""
    answer = wherefrom.search_path(case.python, case.args, env=case.env, cwd=case.cwd, timeout=60)
    if expected is None:
        return None if answer.error is not None else ("error", "Python stops, the answer has no error")
    if answer.error is not None:
        return "error", f"Python starts, the answer says: {answer.error}"
    if list(answer.paths) != expected:
        return "path", "\n".join(_side_by_side(expected, list(answer.paths)))
    for index, entry in enumerate(answer.entries):
        wrong = _wrong_source(world, case, index, entry, answer)
        if wrong:
            return "source", f"{entry.path}: {entry.source} {entry.detail}: {wrong}"
    return None


def _side_by_side(expected: list[str], ours: list[str]) -> list[str]:
    return [
        f"  {'  ' if left == right else '->'} {left!r:60} {right!r}"
        for left, right in zip(
            expected + ["-"] * (len(ours) - len(expected)),
            ours + ["-"] * (len(expected) - len(ours)),
            strict=True,
        )
    ]


def _wrong_source(
    world: worlds.World, case: Draw, index: int, entry: PathEntry, answer: SearchPath
) -> str | None:
    """Check a source by what the builder of the world knows, not by the model."""
    first = answer.first.path if answer.first is not None else None
    if index == 0 and first is not None:
        return None if entry.source in ("cwd", "script-dir", "main-path") else "the first entry"
    if "ruled" in str((case.python, case.env)):
        return (
            None
            if entry.source in ("_pth", "site-packages", "user-site", "pth", "pth-import", "start")
            else "._pth"
        )
    items = _absolute_items(case)
    if entry.path in items and entry.source in ("pythonpath",):
        return (
            None if entry.detail == items.index(entry.path) + 1 or "-S" in str(case.args) else "item's number"
        )
    if entry.path in world.lines:
        return _wrong_line(world, entry)
    name = os.path.basename(entry.path)
    known = {
        "lib-dynload": "lib-dynload",
        world.folder: "stdlib",
        world.folder.replace(".", "") + ".zip": "stdlib-zip",
    }.get(name)
    if known is not None:
        return None if entry.source in (known, "pth") else f"expected {known}"
    return _wrong_site(world, case, entry) if name in ("site-packages", "dist-packages") else None


def _absolute_items(case: Draw) -> list[str]:
    if "PYTHONPATH" not in case.env:
        return []
    real_cwd = os.path.realpath(case.cwd)
    items = [os.path.join(real_cwd, item) for item in case.env["PYTHONPATH"].split(os.pathsep)]
    return [os.path.normpath(item) for item in items]


def _wrong_line(world: worlds.World, entry: PathEntry) -> str | None:
    found = entry.detail if isinstance(entry.detail, Place) else Place("")
    for source, file, line in world.lines[entry.path]:
        # An environment that is reached through a link has its files under the link's name.
        same = os.path.realpath(found.file) == os.path.realpath(file) and found.line == line
        if entry.source == source and (not file or same):
            return None
    return f"expected one of {world.lines[entry.path]}"


def _wrong_site(world: worlds.World, case: Draw, entry: PathEntry) -> str | None:
    bases = [world.at("home1"), world.at("userbase"), world.at("work/base")]
    if any(entry.path.startswith(base) for base in bases):
        return None if entry.source in ("user-site", "pythonpath") else "expected user-site"
    in_base = entry.path.startswith((world.at("opt"), world.at("nested-base"))) or not entry.path.startswith(
        world.root
    )
    expected = "base" if in_base else "venv"
    return None if entry.source == "pythonpath" or entry.detail == expected else f"expected {expected}"


def run(name: str, python: str, count: int, seed: int, *, show: int) -> int:
    """Run the test for one interpreter, print its figures, return the number of differences."""
    facts = wherefrom.search_path.facts_of(python)
    kinds: collections.Counter[str] = collections.Counter()
    stops = 0
    for number in range(0, count, PER_WORLD):
        world_seed = seed * 1000 + number
        with tempfile.TemporaryDirectory(prefix="wherefrom-") as folder:
            version = facts.version_info[:2]
            world = worlds.build(os.path.realpath(folder), python, version, facts.debian, world_seed)
            pick = random.Random(world_seed + 1)
            for _ in range(min(PER_WORLD, count - number)):
                case = draw(world, pick)
                expected = real(case)
                stops += expected is None
                found = difference(world, case, expected)
                if found is not None:
                    kinds[found[0]] += 1
                    if sum(kinds.values()) <= show:
                        _report(name, world_seed, case, found)
    differences = sum(kinds.values())
    shown = f"{name}: {count} invocations ({stops} never reach the program), {differences} differences"
    print(shown, dict(kinds) if kinds else "", flush=True)
    return differences


def _report(name: str, seed: int, case: Draw, found: tuple[str, str]) -> None:
    print(f"--- {name}, world {seed}: {found[0]}")
    print(f"    cd {case.cwd}; {case.python} {' '.join(map(repr, case.args))}")
    print(f"    { ({key: value for key, value in case.env.items() if key not in ('PATH', 'LANG')}) }")
    print(found[1], flush=True)


def main() -> int:
    """Run the test for every interpreter that is found, or those that are named."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=500, help="invocations per interpreter")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--python", action="append", help="an interpreter instead of those that are found")
    parser.add_argument("--show", type=int, default=10, help="how many differences to show in full")
    args = parser.parse_args()
    found = {python: python for python in args.python} if args.python else interpreters.find()
    differences = [run(name, python, args.count, args.seed, show=args.show) for name, python in found.items()]
    return 1 if any(differences) else 0


if __name__ == "__main__":
    sys.exit(main())
