"""Directories without ``__init__`` that stand in as namespace packages for something that is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...finding import Evidence
from .. import chains, locations, missed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case, Failure


def namespace_stand_in(case: Case) -> Iterator[Finding]:
    """Say that a mere directory was imported where a package was meant."""
    for failure in missed.failed_imports(case):
        finding = _judged(case, failure)
        if finding is not None:
            yield finding
            return


def asked_about(case: Case) -> Iterator[Finding]:
    """Say that what a question found is a directory without modules."""
    if case.question is None or case.failures or "." in case.question:
        return
    directories = _directories(case, case.question)
    if directories and not any(one.endswith((".py", "/")) for one in _contents(case, directories[0])):
        yield _finding(case, case.question, directories, None, "warning")


def _judged(case: Case, failure: Failure) -> Finding | None:
    top = failure.module.partition(".")[0]
    directories = _directories(case, top)
    if not directories or not (failure.item or "." in failure.module):
        return None
    rest = failure.module.partition(".")[2]
    tail = rest.rpartition(".")[2] or failure.item
    if any(_has_modules(case, one, top, tail) for one in directories):
        return None
    return _finding(case, top, directories, failure, None)


def _directories(case: Case, top: str) -> list[str]:
    """Give the directories that a name was imported from as a namespace package; none if it is another."""
    found = case.found.get(top)
    if found is not None and found.module_kind not in (None, "namespace"):
        return []
    if found is None and case.held(top) is None:
        return []
    held = case.held(top)
    if held is not None and held.origin:
        return []
    there = locations.on_path(case, top)
    if any(place.kind != "directory" for place in there):
        return []
    return [place.file for place in there]


def _has_modules(case: Case, directory: str, top: str, tail: str) -> bool:
    """Say whether a directory is a namespace package in earnest: it has modules of its own."""
    inner = [one for one in _contents(case, directory) if one.endswith(".py")]
    packages = [
        one
        for one in _contents(case, directory)
        if one.endswith("/") and "__init__.py" in case.listing(locations.join(directory, one[:-1]))
    ]
    if f"{top}/" in packages:
        return False
    return bool(inner or packages) and "setup.py" not in inner


def _contents(case: Case, directory: str) -> list[str]:
    return [one for one in case.listing(directory) if one != "__pycache__/"]


def _finding(
    case: Case, top: str, directories: list[str], failure: Failure | None, severity: str | None
) -> Finding:
    directory = directories[0]
    submodule = _submodule(case, directory)
    inner = locations.in_directory(case, top, directory)
    leftover = _is_leftover(case, directory)
    deeper = inner is not None and inner.kind == "package"
    evidence = [
        *chains.said(failure),
        Evidence(f"{directory} has no __init__.py: it was taken as a namespace package", directory),
        Evidence(f"it contains {_told(case, directory)}", directory),
    ]
    where = directory
    if submodule is not None:
        evidence.append(Evidence(submodule[1], submodule[0]))
        return case.finding(
            "git-submodule-not-checked-out",
            f"{directory} is an empty directory: a git submodule that was not checked out, imported as a "
            f"namespace package",
            *evidence,
            fix="git submodule update --init",
            about=top,
            weight=93,
        )
    if leftover:
        return case.finding(
            "leftover-directory-becomes-namespace",
            f"{directory} is what an uninstall left over, and is imported as a namespace package {top!r}",
            *evidence,
            Evidence("no installed distribution owns it"),
            fix=f"delete {directory} and install {top} again",
            about=top,
            severity=severity,
            weight=90,
        )
    if inner is not None and deeper:
        evidence.append(Evidence(f"the package itself lies one level deeper: {inner.home}", inner.file))
        where = inner.home
    python = case.start.get("python", "python")
    install = (
        f"{python} -m pip install {directory}"
        if deeper and locations.is_project(case, directory)
        else f"{python} -m pip install {top}"
    )
    return case.finding(
        "namespace-directory-instead-of-missing-package",
        f"{directory} is a directory without __init__.py and was imported as a namespace package: "
        f"the package {top!r} itself is " + (f"in {where}" if deeper else "not installed"),
        *evidence,
        Evidence(f"no entry of the search path has a module or package {top!r}"),
        fix=f"install what provides {top!r} ({install}), or rename the directory {directory}",
        about=top,
        severity=severity,
        certainty="inferred",
        weight=86 if deeper else 72,
    )


def _told(case: Case, directory: str) -> str:
    names = case.listing(directory)
    return "nothing: it is empty" if not names else "only " + ", ".join(names[:8])


def _is_leftover(case: Case, directory: str) -> bool:
    """Say whether a directory looks like what an uninstall left: in site-packages, or only bytecode."""
    names = case.listing(directory)
    only_cache = bool(names) and not _contents(case, directory)
    owned = any(
        file.startswith(directory.rpartition("/")[2] + "/") and one["entry"] == locations.parent(directory)
        for one in case.distributions
        for file in one["files"]
    )
    return not owned and (only_cache or locations.is_site(directory))


def _submodule(case: Case, directory: str) -> tuple[str, str] | None:
    """Tell which ``.gitmodules`` speaks of an empty directory, and its line."""
    if case.listing(directory):
        return None
    here = locations.parent(directory)
    for _ in range(6):
        text = case.text(locations.join(here, ".gitmodules"))
        if text is not None:
            for line in text.splitlines():
                key, _, value = line.partition("=")
                if key.strip() == "path" and locations.join(here, value.strip()) == directory:
                    return locations.join(here, ".gitmodules"), f".gitmodules has it: {line.strip()}"
        if here in ("/", ""):
            break
        here = locations.parent(here)
    return None


RULES = (namespace_stand_in, asked_about)
