"""The bundle: the code of the engine's files that traced processes bring in, in one file, read at once.

Decides what is in it, where it lies, and whether it still fits the files that it was made of. Runs nothing
of it: in the traced process ``_engine/aside.py`` takes the code out, or does without where it cannot.
"""

from __future__ import annotations

import ast
import marshal
import os
import sys
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING

from ._engine.genuine import MAGIC_NUMBER, source_hash
from ._engine.system import REAL_DISK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import CodeType

    Bundle = tuple[str, bytes, dict[str, tuple[int, int]]]

# The file that is brought in first of a group -> what else is surely needed then, besides what it imports.
# In the order in which they lie in the bundle: most processes read some of the first, and no more.
_GROUPS: dict[str, tuple[str, ...]] = {
    "program": (),
    "program_text": (),
    "program_file": (),
    "searching": ("standing_in",),
    "observing": (),
    "chained": (),
    "following": (),
    "retelling": (),
}
# The groups that are there before a group is.
_EARLIER = {
    "program_text": ("program",),
    "program_file": ("program",),
    "observing": ("program",),
    "searching": ("program",),
    "chained": ("program", "searching"),
    "following": ("program",),
    "retelling": ("program", "searching"),
}
_NONE: Bundle = "", b"", {}
_KEY = 0  # of the hashes, which are to tell accidents and not attacks
_HEAD_SIZE = len(MAGIC_NUMBER) + 2 * len(source_hash(_KEY, b""))
_LENGTH_SIZE = 4


def bundle_of(engine: Path) -> Bundle:
    """Give the bundle of an engine for this interpreter, made anew if it does not fit the files.

    Args:
        engine: the directory of the engine's files.

    Returns:
        Its path; its head, by which a process knows that it has this one before it; the groups in it, and
        the bytes from and up to which each of them lies. All are empty if there is none and none may be
        written, or none can be.
    """
    try:
        # boot.py is never imported, so that bytecode of it is used by nobody else; and what installs and
        # takes away bytecode together with its source knows the name.
        path = cache_from_source(str(engine / "boot.py"), optimization="")
        stamp = _stamp(engine)
        data = _content_of(path, stamp)
        if data is None:
            if sys.dont_write_bytecode or not _may_be_written(path):
                return _NONE
            data = _write(path, stamp, _groups(engine))
    except (OSError, ValueError, SyntaxError, NotImplementedError):
        return _NONE  # no bytecode here at all, a full disk, files that are just being replaced
    return path, data[:_HEAD_SIZE], _places_in(data)


def _stamp(engine: Path) -> bytes:
    """Give what tells whether the files of the engine have changed, or this one, which makes the bundle."""
    files = [(str(file), file.stat()) for file in sorted([*engine.rglob("*.py"), Path(__file__)])]
    told = [(name, status.st_size, status.st_mtime_ns) for name, status in files]
    stamp: bytes = source_hash(_KEY, repr(told).encode("utf-8", "surrogatepass"))
    return stamp


def _content_of(path: str, stamp: bytes) -> bytes | None:
    """Give a bundle that fits the files and is whole."""
    try:
        data = REAL_DISK.read(path)
    except OSError:
        return None
    return data if data[:_HEAD_SIZE] == _head(stamp, data[_HEAD_SIZE:]) else None


def _head(stamp: bytes, content: bytes) -> bytes:
    head: bytes = MAGIC_NUMBER + stamp + source_hash(_KEY, content)
    return head


def _may_be_written(path: str) -> bool:
    """Say whether it is worth while to make one."""
    folder = Path(path).parent
    while not folder.exists():
        folder = folder.parent
    return os.access(folder, os.W_OK)


def _write(path: str, stamp: bytes, groups: dict[str, bytes]) -> bytes:
    data = _bundled(stamp, groups)
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    REAL_DISK.write(path, data, 0o644)
    return data


def _bundled(stamp: bytes, groups: dict[str, bytes]) -> bytes:
    """Put groups together: the head, the groups, and behind them how long each is."""
    sizes = marshal.dumps({first: len(group) for first, group in groups.items()})
    content = b"".join([*groups.values(), sizes, len(sizes).to_bytes(_LENGTH_SIZE, "little")])
    return _head(stamp, content) + content


def _places_in(data: bytes) -> dict[str, tuple[int, int]]:
    end = len(data) - _LENGTH_SIZE
    sizes = marshal.loads(data[end - int.from_bytes(data[end:], "little") : end])
    places, at = {}, _HEAD_SIZE
    for first, size in sizes.items():
        places[first] = at, at + size
        at += size
    return places


# -- what is in it --------------------------------------------------------------------------------


def _groups(engine: Path) -> dict[str, bytes]:
    """Give for each group the code of its files, but for those of the groups before it."""
    trees: dict[str, ast.Module] = {}
    groups = {first: _closure(engine, (first, *others), trees) for first, others in _GROUPS.items()}
    content = {}
    for first, names in groups.items():
        there = set[str]().union(*[groups[earlier] for earlier in _EARLIER.get(first, ())])
        codes = {name: _code(engine, name, trees[name]) for name in sorted(names - there)}
        content[first] = marshal.dumps(codes)
    return content


def _closure(engine: Path, names: Iterable[str], trees: dict[str, ast.Module]) -> set[str]:
    """Name files with all that they import when they are run, and that those import."""
    found = set(names)
    for name in iter(waiting := [*found]):
        if name not in trees:
            trees[name] = _Bare().visit(ast.parse(_file(engine, name).read_bytes()))
        new = set(_imported(name, trees[name])) - found
        found |= new
        waiting += new
    return found


def _imported(name: str, tree: ast.Module) -> Iterator[str]:
    package = name.split(".")[:-1]
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.level:
            yield ".".join([*package[: len(package) - node.level + 1], str(node.module)])


def _code(engine: Path, name: str, tree: ast.Module) -> CodeType:
    whole: ast.Module = ast.fix_missing_locations(tree)
    return compile(whole, str(_file(engine, name)), "exec", dont_inherit=True, optimize=2)


def _file(engine: Path, name: str) -> Path:
    return engine.joinpath(*name.split(".")).with_suffix(".py")


class _Bare(ast.NodeTransformer):
    """Takes away what only readers and checkers need; docstrings go when it is compiled."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        if node.value is None:
            return ast.copy_location(ast.Pass(), node)
        return ast.copy_location(ast.Assign([node.target], node.value), node)

    def visit_If(self, node: ast.If) -> ast.AST:
        if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            return ast.copy_location(ast.Pass(), node)
        return self.generic_visit(node)
