"""Checks of a project's own files: names that hide others, bytecode, extensions."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any

from ...finding import Evidence
from ..rules.compiled import bytecode
from ..rules.tags import judged, read_suffix
from ..sought import is_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case

# Packages of the standard library that nobody imports by accident: a project's own ``test`` is common.
_HARMLESS = frozenset({"test", "this", "antigravity", "idlelib", "turtledemo", "lib2to3", "__main__"})
_EXTENSION = re.compile(r"^(?P<stem>\w+)(?P<suffix>\.(?:[\w+.-]+\.)?(?:so|pyd))$")


def files(case: Case) -> list[str]:
    """Name the files of the project, relative to it."""
    return case.around.ask("tree", case.cwd) or []


def roots(case: Case) -> list[str]:
    """Give the directories of the project whose modules are imported by their bare name."""
    own = [case.cwd, f"{case.cwd}/src"]
    below = [
        entry for entry in case.path if entry.startswith(f"{case.cwd}/") and "site-packages" not in entry
    ]
    return [home for home in dict.fromkeys([*own, *below]) if case.listing(home)]


def top_level(case: Case, home: str) -> Iterator[tuple[str, str]]:
    """Give the modules and regular packages that lie in a directory: name and file."""
    for name in case.listing(home):
        if name.endswith(".py") and name[:-3].isidentifier():
            yield name[:-3], f"{home}/{name}"
        elif name.endswith("/") and is_file(case, f"{home}/{name}__init__.py"):
            yield name[:-1], f"{home}/{name}__init__.py"


def standard_names(case: Case) -> Iterator[Finding]:
    """Say which modules of the project have the name of one of the standard library."""
    for home in roots(case):
        for name, file in top_level(case, home):
            if name in case.stdlib_names and name not in _HARMLESS:
                yield case.finding(
                    "stdlib-shadowed-by-script-directory",
                    f"{file} hides the standard library's module {name!r} from every script beside it",
                    Evidence(f"{name!r} is a module of the standard library"),
                    Evidence(f"scripts in {home} search it first", home),
                    fix=f"rename {file}, or put it into a package",
                    about=name,
                    severity="warning",
                )


def installed_names(case: Case) -> Iterator[Finding]:
    """Say which modules of the project have the name of one of an installed distribution."""
    own = _own_names(case)
    owners: dict[str, dict[str, Any]] = {}
    for one in case.distributions:
        if (
            one["editable"] is None
            and _plain(one["name"]) not in own
            and not one["entry"].startswith(case.cwd + "/src")
        ):
            for name in one["modules"]:
                owners.setdefault(name, one)
    for home in roots(case):
        for name, file in top_level(case, home):
            if name not in owners or name in ("setup", "conftest", "tests", "test"):
                continue
            one = owners[name]
            if file.startswith(f"{one['entry']}/"):
                continue
            yield case.finding(
                "third-party-shadowed-by-local-file",
                f"{file} hides the module {name!r} of {one['name']} {one['version']} from scripts beside it",
                Evidence(f"{one['name']} {one['version']} is installed in {one['entry']}", one["metadata"]),
                fix=f"rename {file}, or put it into a package",
                about=name,
                severity="warning",
            )


def _own_names(case: Case) -> set[str]:
    """Give the names that the project itself may be installed under."""
    found = {_plain(posixpath.basename(case.cwd))}
    for name in ("pyproject.toml", "setup.cfg", "setup.py"):
        match = re.search(
            r"^\s*name\s*=\s*['\"]?([\w.-]+)", case.text(f"{case.cwd}/{name}") or "", re.MULTILINE
        )
        if match:
            found.add(_plain(match[1]))
    return found


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def stale_bytecode(case: Case) -> Iterator[Finding]:
    """Say which bytecode of the project would be imported in the place of source, or against it."""
    for name in files(case):
        file = f"{case.cwd}/{name}"
        if name.endswith(".pyc") and not is_file(case, file[:-1]):
            told = bytecode(case, file)
            yield case.finding(
                "stale-legacy-pyc",
                f"{file} is bytecode without source, and is imported as {posixpath.basename(name)[:-4]!r}",
                Evidence(f"there is no {posixpath.basename(file)[:-1]} beside it", file),
                Evidence(f"it was compiled by Python {told.get('python') or '?'}", file),
                fix=f"delete {file}, or restore its source",
                severity="warning",
            )
        elif name.endswith(".py"):
            yield from _unchecked(case, file)


def _unchecked(case: Case, source: str) -> Iterator[Finding]:
    home, name = posixpath.split(source)
    cached = f"{home}/__pycache__/{name[:-3]}.{case.facts.get('cache_tag')}.pyc"
    told = bytecode(case, cached, source) if is_file(case, cached) else {}
    if told and told["kind"] == "unchecked" and told["fits"] is False:
        yield case.finding(
            "unchecked-pyc-stale",
            f"{cached} is run in the place of {source}, and no longer fits it",
            Evidence(
                "it is an unchecked hash pyc (PEP 552), which is never compared with its source", cached
            ),
            fix=f"delete {cached}",
            severity="warning",
        )


def extensions(case: Case) -> Iterator[Finding]:
    """Say which extensions of the project and of its environment this interpreter cannot load."""
    here = [f"{case.cwd}/{name}" for name in files(case)]
    there = [f"{one['entry']}/{name}" for one in case.distributions for name in one["files"]]
    for file in dict.fromkeys(
        posixpath.normpath(one) for one in (*here, *there) if one.endswith((".so", ".pyd"))
    ):
        yield from _extension(case, file)


def _extension(case: Case, file: str) -> Iterator[Finding]:
    home, name = posixpath.split(file)
    match = _EXTENSION.match(name)
    suffixes = tuple(case.facts.get("extension_suffixes") or ())
    if match is None or not suffixes or not is_file(case, file):
        return
    stem = match["stem"]
    if match["suffix"] in suffixes:
        # A library that another one needs may have any name; what a module lacks is no trouble then.
        yield from (one for one in judged(case, stem, file) if one.code != "extension-no-init-function")
        return
    others = [
        one for one in case.listing(home) if one in (f"{stem}.py", *(stem + suffix for suffix in suffixes))
    ]
    if others or not match["suffix"].startswith((".cpython-", ".cp3", ".pypy", ".abi")):
        return
    code, meaning = read_suffix(case, match["suffix"])
    yield case.finding(
        code,
        f"{file} is made for {meaning}; this interpreter never looks at it",
        Evidence(f"the suffixes of this interpreter: {', '.join(suffixes)}"),
        fix=f"install the build of {stem!r} for this Python",
        about=stem,
        severity="warning",
    )


CHECKS = (standard_names, installed_names, stale_bytecode, extensions)
