"""Modules that hide others of the same name, because they are found first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...finding import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case

_FIRST = {"script-dir": "script-directory", "cwd": "working-directory", "main-path": "script-directory"}


def stdlib_shadowed(case: Case) -> Iterator[Finding]:
    """Say that a module of a standard library name is not the standard library's."""
    failure = case.failure
    if failure is None:
        return
    name = failure.module.partition(".")[0]
    file = case.origin(name)
    if name not in case.stdlib_names or file is None or case.is_stdlib(file):
        return
    entry = case.entry_of(file) or ""
    source = next((one["source"] for one in case.start_path.get("entries", ()) if one["path"] == entry), "")
    kind = _FIRST.get(source, "path-entry")
    yield case.finding(
        f"stdlib-shadowed-by-{kind}",
        f"{file} hides the standard library's module {name!r}",
        Evidence(f"{name!r} was imported from {file}", file),
        Evidence(f"{name!r} is a module of the standard library"),
        Evidence(f"{entry} stands before it on the search path: {case.source(entry) or 'added at run time'}"),
        fix=f"rename {file} and delete its __pycache__, or start Python with -P",
        about=name,
        weight=80,
    )


RULES = (stdlib_shadowed,)
