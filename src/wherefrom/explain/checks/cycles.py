"""The check for circular imports that work in one order only, read from the statements of the project.

A ``from a import x`` at the top of a module fails when ``a`` is imported first, and comes round to it
before ``a`` has bound ``x``; imported the other way round it works.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

from ...finding import Evidence
from .project import files, roots

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case

_MOST_MODULES = 600


def cycles(case: Case) -> Iterator[Finding]:
    """Say which modules of the project cannot be imported first."""
    known = _modules(case)
    told = {name: case.outline(file) or {} for name, file in known.items()}
    edges = {name: _edges(name, known, told[name]) for name in known}
    for name in known:
        for line, target in edges[name]:
            found = _comes_back(name, line, target, known, edges, told)
            if found is not None:
                yield _finding(case, name, line, target, known, found)
                break


def _modules(case: Case) -> dict[str, str]:
    """Give the modules of the project by their names: those below its roots."""
    found: dict[str, str] = {}
    for file in files(case)[:_MOST_MODULES]:
        path = f"{case.cwd}/{file}"
        homes = [home for home in roots(case) if path.startswith(f"{home}/")]
        if not file.endswith(".py") or not homes:
            continue
        inner = path[len(max(homes, key=len)) + 1 : -3].removesuffix("/__init__")
        found.setdefault(inner.replace("/", "."), path)
    return found


def _edges(name: str, known: dict[str, str], outline: dict[str, Any]) -> list[tuple[int, str]]:
    """Give the imports that a module makes while it is first run: line and module."""
    found = []
    for one in outline.get("imports", ()):
        if one["where"] == "top" and not one["guards"]:
            found += [(one["line"], target) for target in _targets(name, known, one)]
    return [(line, target) for line, target in found if target != name]


def _targets(name: str, known: dict[str, str], one: dict[str, Any]) -> Iterator[str]:
    base = _base(name, known, one)
    if base in known:
        yield base
    for item, _ in one["names"] or ():
        inner = f"{base}.{item}" if base else item
        if inner in known:
            yield inner


def _base(name: str, known: dict[str, str], one: dict[str, Any]) -> str:
    """Make the module of an import statement absolute."""
    if not one["level"]:
        return str(one["module"])
    parts = name.split(".")
    is_package = posixpath.basename(known[name]) == "__init__.py"
    kept = parts[: len(parts) - one["level"] + is_package]
    return ".".join([*kept, *([one["module"]] if one["module"] else [])])


def _comes_back(
    first: str,
    line: int,
    target: str,
    known: dict[str, str],
    edges: dict[str, list[tuple[int, str]]],
    told: dict[str, dict[str, Any]],
) -> list[tuple[str, int, str]] | None:
    """Find the way from a module to one that wants a name of it which is bound only later.

    Returns:
        The imports on the way, each with its module, line, and the module or name that it asks for.
    """
    bound = {one["name"]: one["line"] for one in told[first].get("bindings", ()) if one["kind"] != "import"}
    paths, seen = [[(first, line, target)]], {first}
    while paths:
        path = paths.pop(0)
        at = path[-1][2]
        if at in seen:
            continue
        seen.add(at)
        for one in told[at].get("imports", ()):
            if one["where"] != "top" or one["guards"] or _base(at, known, one) != first:
                continue
            late = [
                item
                for item, _ in one["names"] or ()
                if bound.get(item, 0) > line and f"{first}.{item}" not in known
            ]
            if late:
                return [*path, (at, one["line"], late[0])]
        paths += [[*path, (at, *edge)] for edge in edges[at]]
    return None


def _finding(
    case: Case, first: str, line: int, target: str, known: dict[str, str], way: list[tuple[str, int, str]]
) -> Finding:
    last, at, item = way[-1]
    steps = [
        Evidence(f"{module} imports {asked}", known[module], number) for module, number, asked in way[:-1]
    ]
    return case.finding(
        "circular-import-name",
        f"{first!r} cannot be imported before {target!r}: {known[last]} takes {item!r} from it in line {at}, "
        f"before {known[first]} has bound it",
        *steps,
        Evidence(f"from {first} import {item}", known[last], at),
        fix=f"move the import in line {line} of {known[first]} below {item!r}, or that in {known[last]} "
        "into the function that uses it",
        about=first,
        severity="warning",
        certainty="inferred",
    )


CHECKS = (cycles,)
