"""Local modules that are never looked at: something before them on the path, or in the interpreter, wins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...finding import Evidence
from .. import chains, locations
from .shadowing import Doubt, doubts, entry_of, provided, why

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case
    from ..locations import Place

_JUNK = (
    "tests",
    "test",
    "utils",
    "src",
    "config",
    "examples",
    "docs",
    "scripts",
    "tools",
    "benchmarks",
    "common",
)


def local_module_hidden(case: Case) -> Iterator[Finding]:
    """Say that a local module of a standard library name is hidden by the interpreter's own."""
    for name, doubt in _interpreters_own(case):
        for place in _local(case, name):
            right = provided(case, place, doubt)
            if right is False or (place.kind == "directory" and not doubt.rest):
                continue
            yield _hidden(case, doubt, place, right)
            return


def _interpreters_own(case: Case) -> Iterator[tuple[str, Doubt]]:
    """Give the modules of the interpreter that lack something."""
    for failure in case.failures:
        top, _, rest = failure.module.partition(".")
        if failure.kind == "other" or top not in case.stdlib_names:
            continue
        file = case.origin(top) or ""
        if not file.startswith("/") or case.is_stdlib(file):
            yield top, Doubt(top, file, rest, failure.item, failure)


def _local(case: Case, name: str) -> Iterator[Place]:
    """Give the local modules of a name: on the path first, then beside the program."""
    seen = set()
    for place in (*locations.on_path(case, name), *locations.nearby(case, name)):
        if place.file not in seen and not case.is_stdlib(place.file) and not locations.is_site(place.file):
            seen.add(place.file)
            yield place


def _hidden(case: Case, doubt: Doubt, place: Place, right: bool | None) -> Finding:
    code, reason = _why_hidden(case, doubt, place)
    steps = () if doubt.failure is None else chains.steps_of(doubt.failure.frames)[-2:]
    return case.finding(
        code,
        f"{place.home} is never looked at: {reason}",
        *chains.said(doubt.failure),
        *chains.told(case, steps),
        Evidence(f"the local module {doubt.name!r}, which seems to be meant", place.file),
        *(
            [Evidence(f"{doubt.name!r} was taken from the standard library", doubt.file)]
            if doubt.file
            else []
        ),
        fix=f"rename {place.home}: the name {doubt.name!r} belongs to the standard library",
        about=doubt.name,
        weight=92 if right else 76,
    )


def _why_hidden(case: Case, doubt: Doubt, place: Place) -> tuple[str, str]:
    name = doubt.name
    if name in (case.facts.get("builtin_module_names") or ()):
        return (
            "local-module-hidden-by-builtin",
            f"{name!r} is a built-in module, compiled into the interpreter, and those come before the path",
        )
    frozen = name in (case.facts.get("frozen") or ())
    if _at_start(case, name):
        also = ", as its frozen copy" if frozen else ""
        return (
            "local-module-hidden-by-startup-import",
            f"{name!r} was already imported at interpreter start{also}, and sys.modules answers first",
        )
    if frozen and "frozen_modules=off" not in " ".join(case.start.get("arguments") or ()):
        return (
            "local-module-hidden-by-frozen",
            f"{name!r} is frozen into the interpreter, and frozen modules come before the path",
        )
    return (
        "local-module-hidden-by-stdlib",
        f"the standard library's {doubt.file} stands before {place.entry} ({why(case, place.entry)})",
    )


def _at_start(case: Case, name: str) -> bool:
    from ... import events as e

    installed = case.trace.select(e.TracingInstalled)
    return bool(installed) and name in installed[0].modules


def local_package_shadowed(case: Case) -> Iterator[Finding]:
    """Say that a package of the project loses against an installed one of its name."""
    for doubt in doubts(case):
        if not locations.is_site(doubt.file) or doubt.failure is None or not doubt.rest + doubt.item:
            continue
        if doubt.name in case.stdlib_names:
            continue
        for place in _local(case, doubt.name):
            if provided(case, place, doubt) is not True:
                continue
            yield _loses(case, doubt, place)
            return


def _loses(case: Case, doubt: Doubt, place: Place) -> Finding:
    entry = entry_of(case, doubt)
    owner = case.distribution_of(doubt.file) or locations.owner(
        case, locations.Place(doubt.name, entry, doubt.file, "")
    )
    missing = ".".join(part for part in (doubt.name, doubt.rest, doubt.item) if part)
    junk = _is_junk(doubt, owner)
    copy = owner is not None and not junk and _is_project_of(case, owner, place)
    home = locations.parent(doubt.file) if doubt.file.endswith("/__init__.py") else doubt.file
    on_path = place.entry in locations.entries(case)
    order = "comes after it on the path" if on_path else "is not on the path at all"
    named = locations.named(owner) or "an installed distribution"
    if copy:
        code = "edits-ignored-installed-copy"
        summary = (
            f"{home}, an installed copy ({named}), is imported instead of the edited source {place.home}"
        )
        fix = (
            f"pip install -e {_project_of(case, place)} (an editable install), or reinstall after each change"
        )
    elif junk:
        code = "installed-junk-top-level-package"
        summary = f"{home}, a stray top-level package of {named}, is imported instead of {place.home}"
        fix = f"put {place.entry} before site-packages; upgrade or uninstall {named}, and report it there"
    else:
        code = "local-package-shadowed-by-installed"
        summary = f"{home} of {named} is imported instead of the project's own {place.home}, which {order}"
        fix = f"put {place.entry} before {entry} on sys.path, or give the package a name of its own"
    return case.finding(
        code,
        summary,
        Evidence(f"{doubt.name!r} was imported from {doubt.file}, which has no {missing!r}", doubt.file),
        Evidence(f"{doubt.file} belongs to {named}", doubt.file),
        Evidence(f"{missing!r} is in the project's {place.home}", place.file),
        Evidence(f"{entry} is searched first; {place.entry} {order}"),
        fix=fix,
        about=doubt.name,
        weight=89,
    )


def _is_junk(doubt: Doubt, owner: dict[str, object] | None) -> bool:
    if doubt.name not in _JUNK:
        return False
    return owner is None or str(owner["name"]).lower().replace("-", "_") != doubt.name


def _project_of(case: Case, place: Place) -> str:
    for level in locations.levels(case, place.entry):
        if locations.is_project(case, level):
            return level
    return place.entry


def _is_project_of(case: Case, owner: dict[str, object], place: Place) -> bool:
    """Say whether a local package is the source that a distribution was built from."""
    text = case.text(f"{owner['metadata']}/direct_url.json") or ""
    root = _project_of(case, place)
    if f"file://{root}" in text:
        return True
    told = (case.text(f"{root}/pyproject.toml") or "") + (case.text(f"{root}/setup.cfg") or "")
    told += case.text(f"{root}/setup.py") or ""
    name = str(owner["name"])
    return any(
        f"name{space}={space}{quote}{name}{quote}" in told for space in ("", " ") for quote in "\"'"
    ) or (f"name = {name}\n" in told)


RULES = (local_module_hidden, local_package_shadowed)
