"""The direction of imports: each file has a room, and a room imports only from the rooms below it.

The table is exhaustive: a new file fails until it is placed.
"""

from __future__ import annotations

import ast

import pytest

from tests.support.children import SOURCES

HOME = SOURCES / "wherefrom"

# file, or folder with a slash -> its room
ROOMS = {
    "__init__.py": "front door",
    "__main__.py": "command",
    "_version.py": "ground",
    "cli.py": "command",
    "pytest_plugin.py": "command",
    "errors.py": "errors",
    "_engine/": "engine",
    "event.py": "events",
    "events.py": "events",
    "events_of_finding.py": "events",
    "events_of_imports.py": "events",
    "events_of_tracing.py": "events",
    "events_of_ending.py": "events",
    "finding.py": "errors",
    "surroundings.py": "reading",
    "explain/": "telling",
    "explain/__init__.py": "asking",
    "explanation.py": "asking",
    "looking/": "asking",
    "live.py": "asking",
    "child.py": "asking",
    "bundle.py": "asking",
    "imports.py": "reading",
    "excerpt.py": "reading",
    "run_command.py": "command",
    "run_telling.py": "command",
    "show_command.py": "command",
    "check_command.py": "command",
    "stories.py": "reading",
    "unfold.py": "reading",
    "spans.py": "reading",
    "trace.py": "reading",
    "documents.py": "reading",
    "render/": "telling",
    "resolution.py": "asking",
    "offers.py": "asking",
    "foreign.py": "asking",
    "search_path/": "search path",
    "memory.py": "worlds",
    "same_place.py": "worlds",
    "sharing.py": "worlds",
    "stand_ins.py": "worlds",
    "systems.py": "worlds",
    "world_resources.py": "worlds",
}

# room -> the rooms that it may import from, besides itself
MAY = {
    "ground": set[str](),
    "engine": set[str](),
    "errors": {"ground"},
    # The vocabulary as classes is held to the engine's table of it.
    "events": {"engine", "errors"},
    "reading": {"events", "errors", "ground", "engine"},
    # Telling needs no engine: a trace from a file is drawn where nothing can be searched.
    "telling": {"reading", "events", "errors", "ground"},
    "asking": {"engine", "events", "reading", "errors", "search path"},
    # How sys.path comes about needs no engine: it is asked of the interpreter and modelled.
    "search path": {"errors", "ground"},
    "worlds": {"asking", "reading", "engine"},
    "command": {
        "asking",
        "search path",
        "telling",
        "reading",
        "events",
        "errors",
        "ground",
        "front door",
        "engine",
    },
    "front door": {"worlds", "asking", "search path", "reading", "events", "errors", "ground"},
}
# Lazily, within a function, a room may reach up to the one that presents it: str() of a value.
# The path of the running process is explained with what its tracer, if there is one, has seen.
PRESENTING = {"asking": {"telling"}, "reading": {"telling"}, "search path": {"asking"}}

FILES = sorted(path.relative_to(HOME).as_posix() for path in HOME.rglob("*.py"))


def room_of(file: str) -> str | None:
    return ROOMS.get(file) or ROOMS.get(file.split("/")[0] + "/")


def imported(file: str) -> list[tuple[str, bool]]:
    """Name the files of ours that a file imports at run time, each with whether within a function."""
    tree = ast.parse((HOME / file).read_text(encoding="utf-8"))
    package = ["wherefrom", *file.split("/")[:-1]]
    return [
        (target, lazy)
        for node, lazy in _import_nodes(tree, lazy=False)
        for target in _targets(node, package)
        if target != file
    ]


def _import_nodes(tree: ast.AST, *, lazy: bool) -> list[tuple[ast.Import | ast.ImportFrom, bool]]:
    found: list[tuple[ast.Import | ast.ImportFrom, bool]] = []
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            found.append((node, lazy))
        else:
            found += _import_nodes(node, lazy=lazy or isinstance(node, ast.FunctionDef))
    return found


def _targets(node: ast.Import | ast.ImportFrom, package: list[str]) -> list[str]:
    if isinstance(node, ast.Import):
        names = [alias.name.split(".") for alias in node.names]
    else:
        base = package[: len(package) - node.level + 1] if node.level else []
        base = [*base, *(node.module.split(".") if node.module else [])]
        names = [[*base, alias.name] for alias in node.names]
    files = [_file_of(name[1:]) for name in names if name[0] == "wherefrom"]
    return [file for file in files if file]


def _file_of(parts: list[str]) -> str | None:
    """Find the file that a dotted name lies in: a module, or an attribute of one."""
    for length in range(len(parts), -1, -1):
        stem = "/".join(parts[:length])
        for file in (f"{stem}.py", f"{stem}/__init__.py".lstrip("/")):
            if file in FILES:
                return file
    return None


@pytest.mark.parametrize("file", FILES)
def test_every_file_has_a_room(file: str) -> None:
    assert room_of(file) in MAY


@pytest.mark.parametrize("place", ROOMS)
def test_every_place_of_the_table_exists(place: str) -> None:
    assert (HOME / place).exists()


@pytest.mark.parametrize("file", FILES)
def test_a_file_imports_only_from_its_room_and_from_those_below(file: str) -> None:
    room = str(room_of(file))
    wrong = [
        f"{target} ({room_of(target)})"
        for target, lazy in imported(file)
        if room_of(target) not in MAY[room] | {room} | (PRESENTING.get(room, set()) if lazy else set())
    ]

    assert wrong == []


def test_the_rooms_have_an_order() -> None:
    done: set[str] = set()
    while len(done) < len(MAY):
        ready = {room for room, below in MAY.items() if room not in done and below <= done}

        assert ready, f"a circle among {set(MAY) - done}"
        done |= ready


def test_the_imports_of_a_file_are_seen() -> None:
    # Held to a file whose imports are known, so that the reader of imports cannot go blind.
    assert ("resolution.py", False) not in imported("trace.py")
    assert ("_engine/record.py", False) in imported("resolution.py")
    assert ("offers.py", True) in imported("resolution.py")
