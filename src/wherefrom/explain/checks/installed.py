"""Checks of what is installed: shared files, moved sources, hidden namespaces, the path itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ...finding import Evidence, Finding
from ..locations import entries
from ..sought import is_directory, is_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..case import Case

_SHARED = re.compile(r"extend_path|declare_namespace")


def two_owners(case: Case) -> Iterator[Finding]:
    """Say which distributions write one file."""
    owners: dict[str, dict[str, Any]] = {}
    told: set[tuple[str, str]] = set()
    for one in case.distributions:
        for name in one["files"]:
            file = f"{one['entry']}/{name}"
            if not name.endswith((".py", ".so", ".pyd")) or name.startswith("..") or ".dist-info/" in name:
                continue
            other = owners.setdefault(file, one)
            pair = (str(other["name"]), str(one["name"]))
            if other is one or pair in told or pair[0] == pair[1] or _SHARED.search(case.text(file) or ""):
                continue
            told.add(pair)
            yield case.finding(
                "two-distributions-own-the-same-files",
                f"{pair[0]} {other['version']} and {pair[1]} {one['version']} both own {file}",
                Evidence(f"listed in the RECORD of {pair[0]}", other["metadata"]),
                Evidence(f"listed in the RECORD of {pair[1]}", one["metadata"]),
                fix=f"uninstall both, and install the one that is meant ({pair[0]} or {pair[1]})",
                about=one["modules"][0] if one["modules"] else "",
                severity="warning",
            )


def two_records(case: Case) -> Iterator[Finding]:
    """Say which distributions have their metadata twice in one directory."""
    seen: dict[tuple[str, str], dict[str, Any]] = {}
    for one in case.distributions:
        key = one["entry"], re.sub(r"[-_.]+", "-", one["name"]).lower()
        other = seen.setdefault(key, one)
        if other is not one and other["metadata"] != one["metadata"]:
            yield case.finding(
                "duplicate-dist-info",
                f"{one['name']} is recorded twice: {other['metadata']} and {one['metadata']}",
                Evidence(f"version {other['version']}", other["metadata"]),
                Evidence(f"version {one['version']}", one["metadata"]),
                fix=f"delete the older of the two, and install {one['name']} again",
                severity="warning",
            )


def moved_sources(case: Case) -> Iterator[Finding]:
    """Say which editable installs lead to a directory that is gone."""
    for one in case.distributions:
        if one["editable"] and not is_directory(case, one["editable"]):
            yield case.finding(
                "editable-source-moved",
                f"{one['name']} is installed editable from {one['editable']}, which is not there",
                Evidence(f"direct_url.json names {one['editable']}", f"{one['metadata']}/direct_url.json"),
                fix=f"install {one['name']} again from where its sources are now, or uninstall it",
                about=one["modules"][0] if one["modules"] else "",
                severity="warning",
            )


def namespaces_cut_off(case: Case) -> Iterator[Finding]:
    """Say which directories are hidden by a regular package of their name elsewhere on the path."""
    regular: dict[str, str] = {}
    bare: list[tuple[str, str]] = []
    for entry in entries(case):
        for item in case.listing(entry):
            name = item.rstrip("/")
            if not item.endswith("/") or not name.isidentifier() or case.is_stdlib(f"{entry}/{name}/"):
                continue
            if is_file(case, f"{entry}/{name}/__init__.py"):
                regular.setdefault(name, f"{entry}/{name}")
            elif any(inner.endswith(".py") for inner in case.listing(f"{entry}/{name}")):
                bare.append((name, f"{entry}/{name}"))
    for name, directory in bare:
        owner = regular.get(name)
        if owner is None or _SHARED.search(case.text(f"{owner}/__init__.py") or ""):
            continue
        yield case.finding(
            "regular-package-hides-namespace-portion",
            f"{owner} is a regular package, so the modules in {directory} are never found",
            Evidence(f"{owner}/__init__.py ends the search for {name!r}", f"{owner}/__init__.py"),
            Evidence(
                f"{directory} has no __init__.py: it would be a portion of a namespace package", directory
            ),
            fix=f"rename {directory}, or remove {owner}/__init__.py if both are to be one namespace package",
            about=name,
            severity="warning",
        )


def inside_packages(case: Case) -> Iterator[Finding]:
    """Say which entries of the path are packages themselves, so that their modules have two names."""
    path = entries(case)
    for entry in path:
        if not is_file(case, f"{entry}/__init__.py") or entry == case.cwd:
            continue
        yield case.finding(
            "path-entry-is-package-itself",
            f"{entry}, an entry of the search path, is a package: its modules can have two names",
            Evidence(
                f"it has an __init__.py; the source of the entry: {case.source(entry) or 'unknown'}", entry
            ),
            fix=f"put {entry.rpartition('/')[0]} on the path instead",
            severity="warning",
        )


def the_path(case: Case) -> Iterator[Finding]:
    """Give what looks wrong with the search path itself: ``.pth`` files, variables, site directories."""
    for one in case.start_path.get("findings", ()):
        if one["code"].startswith("stdlib-shadowed"):
            continue  # told for every root of the project by a check of its own
        evidence = tuple(Evidence(str(text)) for text in one["evidence"])
        yield Finding(one["code"], one["severity"], one["summary"], evidence, one["fix"])


CHECKS = (two_owners, two_records, moved_sources, namespaces_cut_off, inside_packages, the_path)
