"""The rule of the inner house: `wherefrom._engine` imports only what every interpreter has loaded already.

Proved twice: by children of each version that load every file of it and look at what was loaded
besides, and by reading the imports, which also sees those that no child runs.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.support import children
from tests.support.versions import each_version, python_of

ENGINE = children.SOURCES / "wherefrom" / "_engine"
FILES = sorted(ENGINE.rglob("*.py"))

# In every sys.modules before user code. posix or nt, whichever the system has.
ALLOWED = {
    "sys", "builtins", "_imp", "_io", "_thread", "_warnings", "_weakref", "marshal", "time", "posix", "nt",
    "_frozen_importlib", "_frozen_importlib_external", "zipimport",
}  # fmt: skip
# Imported within a function, at the moment at which the interpreter imports it too: what zipimport needs
# to decompress, what -m needs to find its module, the debugger that was asked for.
AT_THE_MOMENT = {"zlib", "runpy", "pdb"}
# Run before the two doors are there.
FIRST_FILES = {"boot.py", "aside.py"}
# The first file of a traced child is run by its path, not imported.
RUN_BY_PATH = ENGINE / "boot.py"

SCRIPT = """
import sys
source, *names = sys.argv[1:]
sys.path.insert(0, source)
before = set(sys.modules)
for name in names:
    __import__(name)
print(*sorted(set(sys.modules) - before))
"""


def module_of(file: Path) -> str:
    parts = file.relative_to(children.SOURCES).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@each_version
def test_the_engine_loads_nothing_but_itself(version: tuple[int, int]) -> None:
    executable = python_of(version)
    names = [module_of(file) for file in FILES if file != RUN_BY_PATH]

    told = children.run(
        executable, "-I", "-S", "-c", SCRIPT, children.SOURCES, *names, env=children.environment()
    )

    assert set(told.split()) == {"wherefrom", *names}


@each_version
def test_what_the_engine_may_import_is_there_in_every_interpreter(version: tuple[int, int]) -> None:
    executable = python_of(version)

    told = children.run(
        executable, "-I", "-S", "-c", "import sys; print(*sys.modules)", env=children.environment()
    )

    assert ALLOWED - set(told.split()) <= {"nt", "posix"}


def imports_of(tree: ast.AST, *, inside: bool = False) -> list[tuple[str, bool]]:
    """Name what is imported at run time, each with whether that happens within a function."""
    found: list[tuple[str, bool]] = []
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.Import):
            found += [(alias.name, inside) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.append((str(node.module), inside))
        else:
            found += imports_of(node, inside=inside or isinstance(node, ast.FunctionDef | ast.Lambda))
    return found


@pytest.mark.parametrize("file", FILES, ids=module_of)
def test_a_file_of_the_engine_names_only_allowed_modules(file: Path) -> None:
    named = imports_of(ast.parse(file.read_text(encoding="utf-8")))

    assert {name for name, inside in named if not inside} <= ALLOWED
    assert {name for name, inside in named if inside} <= ALLOWED | AT_THE_MOMENT


def test_only_the_door_to_the_disk_touches_the_operating_system() -> None:
    touching = {
        file.relative_to(ENGINE).as_posix()
        for file in FILES
        for name, _ in imports_of(ast.parse(file.read_text(encoding="utf-8")))
        if name in ("posix", "nt")
    }

    assert touching - FIRST_FILES == {"disk.py"}


def test_only_one_file_touches_the_import_machinery_of_the_interpreter() -> None:
    machinery = {"_frozen_importlib", "_frozen_importlib_external", "_imp", "zipimport"}
    touching = {
        file.relative_to(ENGINE).as_posix()
        for file in FILES
        for name, _ in imports_of(ast.parse(file.read_text(encoding="utf-8")))
        if name in machinery
    }

    assert touching - FIRST_FILES == {"genuine.py"}
