"""Which statement put an entry on `sys.path`: worked out from the source, for what tracing has seen.

Tracing observes that the path differs and which code ran meanwhile; this file reads that code and
decides whether exactly one statement of it can have added the entry. It runs nothing, and what it
finds is inferred: another function may have been called that it does not look into.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import attrs

from wherefrom.search_path.result import Added

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TypeAlias

    from wherefrom.events import PathChanged

    Read: TypeAlias = "Callable[[str], bytes | None]"


_END = 10**9
_LOOPS = (ast.For, ast.While, ast.AsyncFor)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_ADDING = ("append", "insert", "extend", "__iadd__", "__setitem__")
_SITE = ("addsitedir", "addpackage")


def added_by(changes: Iterable[PathChanged], read: Read | None = None) -> list[Added]:
    """Tell who added the entries of `sys.path` that were added while imports were recorded.

    Args:
        changes: The events that say so, in their order.
        read: What gives the content of a source file, or None; the disk's if left out.

    Returns:
        Each entry that was added, in the order of the events.
    """
    sources = _Sources(read or _content)
    return [_one(change, path, sources) for change in changes for path in change.added]


def _one(change: PathChanged, path: str, sources: _Sources) -> Added:
    found = None if change.doubt else _statement(_statements(change, sources), path)
    return Added(
        path,
        change.importer,
        change.file,
        change.after,
        change.before,
        change.frames[0] if change.frames else None,
        None if found is None else found.line,
        None if found is None else found.file,
        change.doubt,
    )


def _content(file: str) -> bytes | None:
    try:
        return Path(file).read_bytes()
    except (OSError, ValueError):
        return None


# -- the statements of a file ---------------------------------------------------------------------


@attrs.frozen
class _Statement:
    """A statement that adds to `sys.path`, or calls code of others, which may.

    Attributes:
        file: The file that it is in.
        line: Its line.
        adds: What it adds where that can be read off, else None.
        calls: Whether it only calls what is in another file.
    """

    file: str
    line: int
    adds: tuple[str, ...] | None
    calls: bool = False


def _statement(statements: list[_Statement], path: str) -> _Statement | None:
    """Give the only one that can have added an entry: one that names it, or else any."""
    naming = [one for one in statements if one.adds is not None and path in one.adds]
    possible = naming or [one for one in statements if one.adds is None]
    return possible[0] if len(possible) == 1 and not possible[0].calls else None


class _Sources:
    """Source files as trees, each read once."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._files: dict[str, _File | None] = {}

    def __getitem__(self, file: str) -> _File | None:
        if file not in self._files:
            content = self._read(file)
            try:
                tree = None if content is None else ast.parse(content)
            except (SyntaxError, ValueError, RecursionError):
                tree = None
            self._files[file] = None if tree is None else _File(file, tree)
        return self._files[file]


def _statements(change: PathChanged, sources: _Sources) -> list[_Statement]:
    """Give what can have added something in all the code that is known to have run, each once."""
    ran: dict[tuple[str, int, bool], _Statement] = {}
    source = sources[change.file] if change.file is not None else None
    nodes = [(source, source.at_module_level(change.after, change.before))] if source is not None else []
    for frame in change.frames:
        file, _, line = frame.rpartition(":")
        source = sources[file]
        if source is not None:
            nodes.append((source, source.in_function(int(line))))
    for source, some in nodes:
        for one in source.adding(some):
            ran.setdefault((one.file, one.line, one.calls), one)
    return list(ran.values())


class _File:
    """The tree of one source file, and what it calls `sys.path`."""

    def __init__(self, name: str, tree: ast.Module) -> None:
        self._name = name
        self._tree = tree
        self._sys, self._path, self._others = {"sys"}, set[str](), set[str]()
        self._functions = {
            node.name: node for node in tree.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        }
        for node in ast.walk(tree):
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                self._note_names(node)

    def _note_names(self, node: ast.Import | ast.ImportFrom) -> None:
        """Note which names stand for `sys`, for `sys.path`, and for code of others."""
        for alias in node.names:
            module = alias.name if isinstance(node, ast.Import) else "." * node.level + (node.module or "")
            name = alias.asname or alias.name.partition(".")[0]
            if module == "sys":
                if isinstance(node, ast.Import):
                    self._sys.add(name)
                elif alias.name == "path":
                    self._path.add(name)
            elif module.partition(".")[0] not in sys.stdlib_module_names:
                self._others.add(name)

    # -- what ran -----------------------------------------------------------------------------

    def at_module_level(self, after: int | None, before: int | None) -> list[ast.AST]:
        """Give what the module's own code came past between two lines, and the functions it called."""
        first, last = after or 0, before or _END
        return self._between(self._tree, first, last)

    def in_function(self, line: int) -> list[ast.AST]:
        """Give what the function around a line came past until there, and the functions it called."""
        around = [
            node
            for node in ast.walk(self._tree)
            if isinstance(node, _FUNCTIONS) and node.lineno <= line <= (node.end_lineno or line)
        ]
        return self._between(max(around, key=lambda node: node.lineno), 0, line) if around else []

    def _between(self, scope: ast.AST, first: int, last: int) -> list[ast.AST]:
        own = list(_own(scope))
        for node in own:  # a loop goes back: what is behind a line may have run before it
            if isinstance(node, _LOOPS) and any(
                node.lineno <= line <= (node.end_lineno or line) for line in (first, last)
            ):
                first, last = min(first, node.lineno), max(last, node.end_lineno or last)
        passed = [node for node in own if first <= getattr(node, "lineno", -1) <= last]
        called = {
            node.func.id for node in passed if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        for name in called & set(self._functions):
            passed += _own(self._functions[name])
        return passed

    # -- what adds ----------------------------------------------------------------------------

    def adding(self, nodes: Iterable[ast.AST]) -> Iterator[_Statement]:
        """Give those among some nodes that add to the path, or call what may."""
        for node in nodes:
            line = getattr(node, "lineno", 0)
            value = self._added(node)
            if value is not None:
                yield _Statement(self._name, line, _texts(value))
            elif isinstance(node, ast.Call) and _root(node.func) in self._others:
                yield _Statement(self._name, line, None, calls=True)

    def _added(self, node: ast.AST) -> ast.expr | None:
        """Give the expression of what a node adds to the path, None if it adds nothing."""
        if isinstance(node, ast.Call):
            return self._added_by_call(node)
        if isinstance(node, ast.AugAssign) and self._is_path(node.target):
            return node.value
        if isinstance(node, ast.Assign) and any(map(self._is_target, node.targets)):
            return node.value
        return None

    def _added_by_call(self, node: ast.Call) -> ast.expr | None:
        called = node.func
        if isinstance(called, ast.Attribute) and called.attr in _ADDING and self._is_path(called.value):
            return node.args[-1] if node.args else None
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        # Adds the directory, and what its .pth files name: that cannot be read off.
        return called if name in _SITE else None

    def _is_target(self, node: ast.expr) -> bool:
        if isinstance(node, (ast.Tuple, ast.List)):
            return any(map(self._is_target, node.elts))
        return self._is_path(node.value if isinstance(node, ast.Subscript) else node)

    def _is_path(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Attribute):
            return node.attr == "path" and isinstance(node.value, ast.Name) and node.value.id in self._sys
        return isinstance(node, ast.Name) and node.id in self._path


def _root(node: ast.expr) -> str | None:
    """Give the name that an expression begins with, such as `pkg` of `pkg.make().run`."""
    while isinstance(node, (ast.Attribute, ast.Call, ast.Subscript)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else None


def _own(scope: ast.AST) -> Iterator[ast.AST]:
    """Give what is inside a scope and runs with it: not the bodies of functions that it defines."""
    for node in ast.iter_child_nodes(scope):
        if not isinstance(node, _FUNCTIONS):
            yield node
            yield from _own(node)


def _texts(node: ast.expr) -> tuple[str, ...] | None:
    """Read off what an expression adds; None where only running it would tell."""
    parts = node.elts if isinstance(node, (ast.List, ast.Tuple)) else [node]
    values = [part.value for part in parts if isinstance(part, ast.Constant)]
    texts = [value for value in values if isinstance(value, str)]
    return tuple(texts) if len(texts) == len(parts) else None
