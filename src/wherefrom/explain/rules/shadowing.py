"""Modules that hide others of the same name, because their entry of the path comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ... import events as e
from ...finding import Evidence
from .. import chains, locations, missed
from ..locations import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case, Failure

_FIRST = {"script-dir": "script-directory", "cwd": "working-directory", "main-path": "script-directory"}


@attrs.frozen
class Doubt:
    """A top-level module that was imported from somewhere, and what was missed in it.

    Attributes:
        name: its name.
        file: where it came from; the directory for a namespace package.
        rest: what of a dotted name was missed below it; empty if nothing.
        item: the name that was missed in it; empty if none.
        failure: what shows it; None where it is only asked about.
    """

    name: str
    file: str
    rest: str
    item: str
    failure: Failure | None


def doubts(case: Case) -> Iterator[Doubt]:
    """Give the modules that what went wrong makes doubtful, the most doubtful first."""
    for failure in missed.failed_imports(case):
        top, _, rest = failure.module.partition(".")
        file = origin(case, top)
        if file is not None:
            yield Doubt(top, file, rest, failure.item, failure)
    if case.question is not None and not case.failures:
        top, _, rest = case.question.partition(".")
        file = origin(case, top)
        if file is not None:
            yield Doubt(top, file, rest, "", None)


def origin(case: Case, name: str) -> str | None:
    """Tell where a top-level module came from, absolute; for a namespace package its first directory."""
    file = case.origin(name)
    if file is None or not file.startswith("/"):
        found = case.found.get(name)
        if found is not None and found.module_kind in ("built-in", "frozen"):
            return None
        if file is None and (found is None or found.outcome != "found"):
            return None
        place = locations.winner(locations.on_path(case, name)) if not file else None
        return locations.absolute(case, file) if file else (place.file if place is not None else None)
    return file


def provided(case: Case, place: Place, doubt: Doubt) -> bool | None:
    """Say whether a place has what was missed; None where that cannot be read."""
    where = locations.below(case, place, doubt.rest)
    if where is None:
        return False
    return locations.provides(case, where, doubt.item) if doubt.item else True


# -- the standard library -------------------------------------------------------------------------


def stdlib_shadowed(case: Case) -> Iterator[Finding]:
    """Say that a module of a standard library name is not the standard library's."""
    seen = set()
    for doubt in (*doubts(case), *_met_on_the_way(case)):
        if doubt.name in seen or not _shadows_stdlib(case, doubt):
            continue
        seen.add(doubt.name)
        hidden = locations.in_directory(case, doubt.name, case.facts.get("stdlib_dir") or "/")
        right = None if hidden is None else provided(case, hidden, doubt)
        if right is False and doubt.failure is not None:
            continue
        yield _stdlib_finding(case, doubt, hidden, right)
        return


def _shadows_stdlib(case: Case, doubt: Doubt) -> bool:
    if doubt.name not in case.stdlib_names or doubt.name in _never_searched(case):
        return False
    return not case.is_stdlib(doubt.file) and not doubt.file.endswith("/typing_extensions.py")


def _never_searched(case: Case) -> set[str]:
    return {*(case.facts.get("builtin_module_names") or ()), "builtins", "sys"}


def _met_on_the_way(case: Case) -> Iterator[Doubt]:
    """Give the shadowing modules that a traceback goes through, or whose text an error quotes."""
    if case.failure is None or case.failure.error is None:
        return
    steps = chains.steps_of(case.failure.frames)
    message = case.failure.message
    through = {step.file for step in steps}
    in_stdlib = any(case.is_stdlib(step.file) for step in steps)
    for name, found in case.found.items():
        if name not in case.stdlib_names or found.origin is None or not found.origin.startswith("/"):
            continue
        if case.is_stdlib(found.origin):
            continue
        if (
            found.origin in message
            or (found.origin in through and in_stdlib)
            or _speaks_of(case, name, message)
        ):
            yield Doubt(name, found.origin, "", "", case.failure)


def _speaks_of(case: Case, name: str, message: str) -> bool:
    return f"module '{name}'" in message or (f"'{name}." in message and case.failure is not None)


def _stdlib_finding(case: Case, doubt: Doubt, hidden: Place | None, right: bool | None) -> Finding:
    entry = entry_of(case, doubt)
    kind = _stdlib_code(case, doubt, entry)
    library = (
        [] if hidden is None else [Evidence(f"the standard library's {doubt.name!r} is hidden", hidden.file)]
    )
    owner = locations.owner(case, Place(doubt.name, entry, doubt.file, "source"))
    return case.finding(
        kind,
        f"{doubt.file} hides the module {doubt.name!r} of the standard library"
        + (f": it belongs to {locations.named(owner)}" if kind.endswith("backport") else ""),
        *chains.said(doubt.failure),
        *([] if doubt.failure is None else chains.told(case, chains.steps_of(doubt.failure.frames)[-4:])),
        Evidence(f"{doubt.name!r} was imported from {doubt.file}", doubt.file),
        Evidence(f"{doubt.name!r} is the name of a module of the standard library"),
        *library,
        Evidence(f"{entry} stands before the standard library on the search path: {why(case, entry)}"),
        fix=_stdlib_fix(case, doubt, kind, owner),
        about=doubt.name,
        weight=90 if right or doubt.rest else 82,
    )


def _stdlib_code(case: Case, doubt: Doubt, entry: str) -> str:
    if locations.is_site(doubt.file):
        return "stdlib-shadowed-by-backport"
    source = _source(case, entry)
    return f"stdlib-shadowed-by-{_FIRST.get(source, 'path-entry')}"


def _source(case: Case, entry: str) -> str:
    if case.question is not None and case.start.get("path") is not None:
        return ""
    for one in case.start_path.get("entries", ()):
        if locations.absolute(case, one["path"]) == entry:
            return str(one["source"])
    return ""


def _stdlib_fix(case: Case, doubt: Doubt, kind: str, owner: dict[str, object] | None) -> str:
    python = case.start.get("python", "python")
    home = locations.parent(doubt.file) if doubt.file.endswith("/__init__.py") else doubt.file
    if kind.endswith("backport"):
        name = owner["name"] if owner is not None else doubt.name
        return f"{python} -m pip uninstall {name}: this Python has the module in its standard library"
    main = locations.script(case)
    if main is not None and kind.endswith("script-directory"):
        name, root = locations.dotted(case, main)
        if "." in name:
            return (
                f"run it as a module of its package, from {root}: python -m {name}; or rename {home} and "
                "delete its __pycache__"
            )
    if kind.endswith("working-directory"):
        return f"rename {home} and delete its __pycache__, start from another directory, or use python -P"
    if kind.endswith("path-entry"):
        return f"rename {home} and delete its __pycache__, or move {entry_of(case, doubt)} to the path's end"
    return f"rename {home} and delete its __pycache__, or start Python with -P"


def entry_of(case: Case, doubt: Doubt) -> str:
    """Tell which entry of the path a module came from."""
    here = locations.parent(doubt.file)
    return locations.parent(here) if doubt.file.endswith(("/__init__.py", "/__init__.pyc")) else here


def why(case: Case, entry: str) -> str:
    """Tell why an entry is on the path: how the start put it there, or which line did later."""
    for one in case.start_path.get("entries", ()):
        if locations.absolute(case, one["path"]) == entry:
            detail = "PYTHONPATH" if one["source"] == "pythonpath" else ""
            label = str(one["label"] or one["source"])
            return f"{label} ({detail})" if detail and detail not in label else label
    changes = changes_of(case, entry)
    return (
        f"put there by {changes[0][0]}:{changes[0][1]}: {changes[0][2]}"
        if changes
        else "given or added at run time"
    )


def changes_of(case: Case, entry: str) -> list[tuple[str, int, str]]:
    """Give the lines of the program's files that may have put an entry on the path: file, line, text."""
    files = [one.file for one in _additions(case, entry) if one.file is not None]
    if not files:
        main = locations.script(case)
        own = [one.origin for one in case.found.values() if one.origin and one.origin.endswith(".py")]
        files = [*([] if main is None else [main]), *own[:200]]
        files = [file for file in files if not case.is_stdlib(file) and not locations.is_site(file)]
    lines = [
        (file, line, text)
        for file in dict.fromkeys(files[:60])
        for line, text in locations.path_changes(case, file)
    ]
    word = entry.rpartition("/")[2]
    return sorted(lines, key=lambda one: word not in one[2])


def _additions(case: Case, entry: str) -> list[e.PathChanged]:
    """Give the changes of the path that brought an entry."""
    changes = case.trace.select(e.PathChanged)
    return [one for one in changes if entry in (locations.absolute(case, added) for added in one.added)]


# -- what is installed ----------------------------------------------------------------------------


def third_party_shadowed(case: Case) -> Iterator[Finding]:
    """Say that a local module has the name of an installed distribution's."""
    for doubt in doubts(case):
        if doubt.name in case.stdlib_names or locations.is_site(doubt.file) or case.is_stdlib(doubt.file):
            continue
        entry = entry_of(case, doubt)
        for hidden in locations.on_path(case, doubt.name):
            if hidden.file == doubt.file or not locations.is_site(hidden.file) or hidden.kind == "directory":
                continue
            owner = locations.owner(case, hidden)
            right = provided(case, hidden, doubt)
            if (
                (owner is not None and owner["editable"])
                or right is False
                or _is_source_tree(case, doubt, hidden)
            ):
                continue
            yield _third_party(case, doubt, hidden, entry, right)
            return


def _is_source_tree(case: Case, doubt: Doubt, hidden: Place) -> bool:
    """Say whether the local package is the source of the installed one."""
    if not doubt.file.endswith("/__init__.py") or hidden.kind != "package":
        return False
    root = entry_of(case, doubt)
    return locations.is_project(case, root) or locations.is_project(case, locations.parent(root))


def _third_party(case: Case, doubt: Doubt, hidden: Place, entry: str, right: bool | None) -> Finding:
    owner = locations.owner(case, hidden)
    home = locations.parent(doubt.file) if doubt.file.endswith("/__init__.py") else doubt.file
    what = f"the installed {locations.named(owner)}" if owner is not None else "the installed module"
    return case.finding(
        "third-party-shadowed-by-local-file",
        f"{home} hides {what} in {hidden.home}, which has the same name {doubt.name!r}",
        *chains.said(doubt.failure),
        Evidence(f"{doubt.name!r} was imported from {doubt.file}", doubt.file),
        Evidence(f"{entry} stands first on the search path: {why(case, entry)}"),
        Evidence(f"{what} provides {doubt.name!r} too", hidden.file),
        fix=f"rename {home} and delete its __pycache__",
        about=doubt.name,
        severity=None if doubt.failure is not None else "warning",
        weight=90 if right else 78,
    )


def source_tree_shadows(case: Case) -> Iterator[Finding]:
    """Say that a source checkout hides the installed copy, which has built or generated files besides."""
    for doubt in doubts(case):
        if locations.is_site(doubt.file) or doubt.failure is None or not doubt.rest + doubt.item:
            continue
        for hidden in locations.on_path(case, doubt.name):
            if hidden.file == doubt.file or not _is_source_tree(case, doubt, hidden):
                continue
            dotted = doubt.rest or doubt.item
            there = locations.below(case, hidden, dotted)
            if there is None or locations.below(case, _place_of(doubt), dotted) is not None:
                continue
            entry = entry_of(case, doubt)
            home = locations.parent(doubt.file)
            yield case.finding(
                "source-tree-shadows-built-package",
                f"{home}, a source tree, is imported instead of the installed {hidden.home}, "
                f"and lacks {doubt.name}.{dotted}",
                Evidence(f"{doubt.name!r} was imported from {doubt.file}", doubt.file),
                Evidence(f"{entry} stands first on the search path: {why(case, entry)}"),
                Evidence(
                    f"{doubt.name}.{dotted}, built or generated, is only in the installed copy", there.file
                ),
                fix=f"leave {entry} to use the installed copy, or build it in place: pip install -e {entry}",
                about=f"{doubt.name}.{dotted}",
                weight=91,
            )
            return


def _place_of(doubt: Doubt) -> Place:
    return Place(doubt.name, "", doubt.file, "package" if doubt.file.endswith("/__init__.py") else "source")


RULES = (stdlib_shadowed, third_party_shadowed, source_tree_shadows)
