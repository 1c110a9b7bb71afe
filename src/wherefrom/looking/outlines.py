"""The question for the outline of a source file: what it imports, binds and guards, line by line.

The file is parsed, never run. Parsing is done by the interpreter that explains, whose grammar may be
newer or older than that of the interpreter that is explained.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_BYTES = 2_000_000


def outline(path: str) -> dict[str, Any] | None:
    """Tell what a source file does at its surface.

    Returns:
        ``imports``: for each import statement ``line``, ``module`` (None for ``from . import``),
        ``level``, ``names`` (pairs of name and alias; None for ``import module``), ``where`` (``top`` or
        the function), ``guards`` (such as ``if TYPE_CHECKING``, ``try ImportError``, ``if sys.platform``);
        ``bindings``: for each name bound at the top ``name``, ``line``, ``kind`` (def, class, assign,
        import, for, with, delete), ``guards``; ``locals``: the same for functions, with ``where``;
        ``all``: ``line`` and ``items`` (None for what is no text) of ``__all__``;
        ``attributes``: ``[line, "a.b.c"]`` for each dotted use of a name; ``calls``: ``[line, "f"]``
        and its first constant argument; ``error``: ``line``, ``message`` and ``text`` if it cannot be parsed.
        None for what is no file.
    """
    place = Path(path)
    if not place.is_file() or place.stat().st_size > _MOST_BYTES:
        return None
    return _outline(place.read_bytes(), path)


def outline_of(text: str) -> dict[str, Any]:
    """Tell what a text of source does at its surface, as `outline` does for a file."""
    return _outline(text.encode("utf-8", "backslashreplace"), "<string>")


def _outline(data: bytes, path: str) -> dict[str, Any]:
    try:
        tree = ast.parse(data, path)
    except (SyntaxError, ValueError) as failure:
        return _empty() | {"error": _error(failure), "size": len(data)}
    told = _empty() | {"size": len(data)}
    _Outliner(told).look(tree.body, "top", ())
    for node in ast.walk(tree):
        _uses(node, told)
    told["docstring"] = ast.get_docstring(tree) is not None
    told["attributes"].sort()
    return told


def _empty() -> dict[str, Any]:
    return {
        "imports": [],
        "bindings": [],
        "locals": [],
        "all": None,
        "attributes": [],
        "calls": [],
        "docstring": False,
        "error": None,
    }


def _error(failure: Exception) -> dict[str, Any]:
    if isinstance(failure, SyntaxError):
        return {"line": failure.lineno, "message": failure.msg, "text": (failure.text or "")[:500]}
    return {"line": None, "message": str(failure), "text": ""}


class _Outliner:
    """Goes through statements, keeping in mind where they are and what guards them."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.told = told

    def look(self, body: list[ast.stmt], where: str, guards: tuple[str, ...]) -> None:
        for statement in body:
            self._statement(statement, where, guards)

    def _statement(self, node: ast.stmt, where: str, guards: tuple[str, ...]) -> None:
        if isinstance(node, ast.Import | ast.ImportFrom):
            self._import(node, where, guards)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            self._bind(node.name, node.lineno, "def", where, guards)
            self.look(node.body, node.name if where == "top" else f"{where}.{node.name}", guards)
        elif isinstance(node, ast.ClassDef):
            self._bind(node.name, node.lineno, "class", where, guards)
            self.look(node.body, node.name if where == "top" else f"{where}.{node.name}", guards)
        elif isinstance(node, ast.If):
            test = ast.unparse(node.test)
            self.look(node.body, where, (*guards, f"if {test}"))
            self.look(node.orelse, where, (*guards, f"if not ({test})"))
        elif isinstance(node, ast.Try | ast.TryStar):
            self._try(node, where, guards)
        elif isinstance(node, ast.For | ast.AsyncFor | ast.While | ast.With | ast.AsyncWith):
            for name, line in _targets(node):
                self._bind(name, line, type(node).__name__.lower().removeprefix("async"), where, guards)
            self.look(node.body, where, guards)
            self.look(getattr(node, "orelse", []), where, guards)
        elif isinstance(node, ast.Match):
            for case in node.cases:
                self.look(case.body, where, (*guards, f"case {ast.unparse(case.pattern)}"))
        else:
            for name, line in _targets(node):
                self._bind(name, line, "delete" if isinstance(node, ast.Delete) else "assign", where, guards)
            self._all(node, where)

    def _try(self, node: ast.Try | ast.TryStar, where: str, guards: tuple[str, ...]) -> None:
        caught = ", ".join(ast.unparse(one.type) if one.type else "everything" for one in node.handlers)
        self.look(node.body, where, (*guards, f"try {caught or 'finally'}"))
        for one in node.handlers:
            self.look(
                one.body, where, (*guards, f"except {ast.unparse(one.type) if one.type else 'everything'}")
            )
        self.look(node.orelse, where, guards)
        self.look(node.finalbody, where, guards)

    def _import(self, node: ast.Import | ast.ImportFrom, where: str, guards: tuple[str, ...]) -> None:
        head = {"line": node.lineno, "end": node.end_lineno, "where": where, "guards": list(guards)}
        if isinstance(node, ast.ImportFrom):
            names = [[alias.name, alias.asname] for alias in node.names]
            self.told["imports"].append(head | {"module": node.module, "level": node.level, "names": names})
            for alias in node.names:
                self._bind(alias.asname or alias.name, node.lineno, "import", where, guards)
            return
        for alias in node.names:
            told = head | {"module": alias.name, "level": 0, "names": None, "alias": alias.asname}
            self.told["imports"].append(told)
            self._bind(alias.asname or alias.name.partition(".")[0], node.lineno, "import", where, guards)

    def _bind(self, name: str, line: int, kind: str, where: str, guards: tuple[str, ...]) -> None:
        told = {"name": name, "line": line, "kind": kind, "guards": list(guards)}
        if where == "top":
            self.told["bindings"].append(told)
        else:
            self.told["locals"].append(told | {"where": where})

    def _all(self, node: ast.stmt, where: str) -> None:
        if where != "top" or not isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            return
        if not any(name == "__all__" for name, _ in _targets(node)):
            return
        items: list[str | None] = []
        if isinstance(node.value, ast.List | ast.Tuple):
            for item in node.value.elts:
                value = item.value if isinstance(item, ast.Constant) else None
                items.append(value if isinstance(value, str) else None)
        before = self.told["all"] if isinstance(node, ast.AugAssign) else None
        self.told["all"] = {
            "line": before["line"] if before else node.lineno,
            "items": [*(before["items"] if before else []), *items],
        }


def _targets(node: ast.stmt) -> Iterator[tuple[str, int]]:
    """Give the names that a statement binds itself, not those within its body."""
    found: list[ast.expr] = []
    if isinstance(node, ast.Assign | ast.Delete):
        found = node.targets
    elif isinstance(node, ast.AugAssign | ast.AnnAssign | ast.For | ast.AsyncFor):
        found = [node.target]
    elif isinstance(node, ast.With | ast.AsyncWith):
        found = [item.optional_vars for item in node.items if item.optional_vars is not None]
    for target in found:
        for part in ast.walk(target):
            if isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load):
                yield part.id, part.lineno


def _uses(node: ast.AST, told: dict[str, Any]) -> None:
    if isinstance(node, ast.Attribute):
        dotted = _dotted(node)
        if dotted:
            told["attributes"].append([node.lineno, dotted])
    elif isinstance(node, ast.Call):
        name = _dotted(node.func)
        if name:
            first = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
            told["calls"].append([node.lineno, name, first if isinstance(first, str) else None])


def _dotted(node: ast.AST) -> str | None:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        inner = _dotted(node.value)
        return None if inner is None else f"{inner}.{node.attr}"
    return None
