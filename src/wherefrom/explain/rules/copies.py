"""Several copies of one module: an older one first, one imported before, one put in front at run time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...finding import Evidence
from .. import locations
from .shadowing import Doubt, changes_of, doubts, entry_of, provided, why

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case
    from ..locations import Place

_VERSION = re.compile(r"^__version__\s*=\s*['\"]([^'\"]+)['\"]", re.MULTILINE)


def older_copy_first(case: Case) -> Iterator[Finding]:
    """Say that an older copy of a distribution stands before a newer one on the path."""
    for doubt in doubts(case):
        if doubt.name in case.stdlib_names:
            continue
        entry = entry_of(case, doubt)
        first = _version(case, locations.Place(doubt.name, entry, doubt.file, "package"))
        for place in locations.on_path(case, doubt.name):
            second = _version(case, place)
            if place.file == doubt.file or place.kind == "directory" or provided(case, place, doubt) is False:
                continue
            if first is None or second is None or _key(first[1]) >= _key(second[1]):
                continue
            if first[0] and second[0] and _plain(first[0]) != _plain(second[0]):
                continue
            yield _older(case, doubt, place, first, second)
            return


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _version(case: Case, place: Place) -> tuple[str, str] | None:
    """Give the distribution and version of a place; the name is empty where only the code tells it."""
    owner = case.distribution_of(place.file) or locations.owner(case, place)
    if owner is not None:
        return (str(owner["name"]), str(owner["version"])) if owner["version"] else None
    match = _VERSION.search(case.text(place.file) or "") if place.file.endswith(".py") else None
    return ("", match[1]) if match is not None else None


def _key(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)]


def _older(
    case: Case, doubt: Doubt, place: Place, first: tuple[str, str], second: tuple[str, str]
) -> Finding:
    entry = entry_of(case, doubt)
    home = locations.parent(doubt.file) if doubt.file.endswith("/__init__.py") else doubt.file
    name = first[0] or second[0] or doubt.name
    python = case.start.get("python", "python")
    out = "run with python -s, or " if case.start_path and "user" in why(case, entry) else ""
    return case.finding(
        "older-copy-first-on-path",
        f"{home} is {name} {first[1]}, and hides the newer {name} {second[1]} in {place.home}",
        Evidence(f"{doubt.name!r} was imported from {doubt.file}, version {first[1]}", doubt.file),
        Evidence(f"version {second[1]} lies behind it", place.file),
        Evidence(f"{entry} comes before {place.entry} on the path: {why(case, entry)}"),
        fix=f"{out}uninstall {name} {first[1]} ({python} -m pip uninstall {name}), or drop {entry}",
        about=doubt.name,
        severity=None if doubt.failure is not None else "warning",
        weight=91,
    )


def already_imported(case: Case) -> Iterator[Finding]:
    """Say that ``sys.modules`` holds a module of that name from elsewhere than the path leads to now."""
    for doubt in doubts(case):
        if doubt.failure is None or not doubt.file.startswith("/"):
            continue
        now = locations.winner(locations.on_path(case, doubt.name))
        if (
            now is None
            or now.file == doubt.file
            or now.kind == "directory"
            or _same(case, now.file, doubt.file)
        ):
            continue
        order = locations.entries(case)
        behind = entry_of(case, doubt) in order and order.index(now.entry) < order.index(
            entry_of(case, doubt)
        )
        if not behind and entry_of(case, doubt) in order:
            continue
        if provided(case, now, doubt) is not True:
            continue
        yield _held_from_before(case, doubt, now)
        return


def _same(case: Case, one: str, other: str) -> bool:
    return (case.stat(one) or {}).get("real") == (case.stat(other) or {"real": other}).get("real")


def _held_from_before(case: Case, doubt: Doubt, now: Place) -> Finding:
    span = case.imported.get(doubt.name)
    by = "" if span is None else f"imported earlier by {span.importer or 'the program'}"
    return case.finding(
        "name-already-imported-from-elsewhere",
        f"{doubt.name!r} was already imported from {doubt.file}, so {now.file}, first on the path now, "
        "is not looked at",
        Evidence(f"sys.modules holds {doubt.name!r} from {doubt.file}", doubt.file),
        *([Evidence(by, span.file, span.line, span.began.order)] if span is not None else []),
        Evidence(f"a new search would find {now.file}", now.file),
        Evidence(f"{now.entry} came first on the path only later: {why(case, now.entry)}"),
        fix=f"use distinct names (or packages) for the two, or start a new process; "
        f"else del sys.modules[{doubt.name!r}] before importing it again",
        about=doubt.name,
        weight=89,
    )


def stand_in(case: Case) -> Iterator[Finding]:
    """Say that an object which is no module was put into ``sys.modules`` and lacks submodules."""
    for doubt in case.failures:
        top = doubt.module.partition(".")[0]
        held = case.held(top)
        if (
            doubt.kind != "not-found"
            or "." not in doubt.module
            or held is None
            or held.outcome != "no-module"
        ):
            continue
        step = doubt.where
        line = _set_by(case, top)
        yield case.finding(
            "name-already-imported-from-elsewhere",
            f"sys.modules holds a {held.type} as {top!r}, no package, so {doubt.module!r} cannot be found"
            + (f": {line[0]} put it there" if line else ""),
            *([Evidence(case.line(step.file, step.line), step.file, step.line)] if step is not None else []),
            *([Evidence(f"sets it: {line[2]}", line[0], line[1])] if line else []),
            Evidence(f"what sys.modules holds as {top!r} is a {held.type} without a __path__"),
            fix=f"put sys.modules[{doubt.module!r}] there as well, or remove the stand-in",
            about=doubt.module,
            weight=84,
        )
        return


def _set_by(case: Case, name: str) -> tuple[str, int, str] | None:
    files = [frame.file for failure in case.failures for frame in failure.frames]
    for file in dict.fromkeys(files):
        for number, line in enumerate((case.text(file) or "").splitlines(), 1):
            if "sys.modules" in line and (f"'{name}'" in line or f'"{name}"' in line):
                return file, number, line.strip()
    return None


def path_order_changed(case: Case) -> Iterator[Finding]:
    """Say that an imported module put its own directory in front of the path."""
    main = locations.script(case)
    start = {locations.absolute(case, one["path"]) for one in case.start_path.get("entries", ())}
    for doubt in doubts(case):
        entry = entry_of(case, doubt)
        if doubt.failure is None or entry in start or doubt.name in case.stdlib_names or not start:
            continue
        changes = [one for one in changes_of(case, entry) if one[0] != main and _may_add(one, entry)]
        if not changes:
            continue
        for place in locations.on_path(case, doubt.name):
            if place.file == doubt.file or provided(case, place, doubt) is not True:
                continue
            file, line, text = changes[0]
            yield case.finding(
                "path-order-changed-at-run-time",
                f"{file} put {entry} in front of sys.path, so {doubt.file} is imported and not {place.home}",
                Evidence(text, file, line),
                Evidence(f"{doubt.name!r} was imported from {doubt.file}", doubt.file),
                Evidence(f"{place.home} would have been found without that", place.file),
                fix=f"in {file}:{line} append to sys.path, do not insert; better: leave sys.path alone and "
                f"install what is needed",
                about=doubt.name,
                weight=91,
            )
            return


def _may_add(change: tuple[str, int, str], entry: str) -> bool:
    file, _, text = change
    own = locations.parent(file)
    return "insert" in text or "[" in text or entry in (own, locations.parent(own))


RULES = (older_copy_first, already_imported, stand_in, path_order_changed)
