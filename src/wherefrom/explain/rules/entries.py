"""Entries of the search path that lead nowhere, or to another place than was meant."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from ...finding import Evidence
from ..absent import absent_top, absolute, join, lines_about, offered, python_of
from ..entries import entries_of, flaw_of, is_regular_package

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..absent import Absent
    from ..case import Case
    from ..entries import Entry, Flaw

_LAYOUTS = ("src", "lib", "python", "lib.python", "src.python")
PROVED, LIKELY, WEAK = 86, 45, 32
_CHANGES = ("sys.path", "site.addsitedir", "path.insert", "path.append")


def _origin(case: Case, entry: Entry) -> tuple[Evidence, ...]:
    """Show where an entry was written, if a file of the program did it."""
    if entry.kind != "run-time" or case.question is not None:
        return ()
    return tuple(lines_about(case, *_CHANGES))[:3]


def flawed_entry(case: Case) -> Iterator[Finding]:
    """Say that an entry cannot be searched, and what it was meant to be."""
    absent = absent_top(case)
    if absent is None:
        return
    for entry in entries_of(case):
        flaw = flaw_of(case, entry)
        if flaw is not None:
            yield _flawed(case, absent, entry, flaw)


def _flawed(case: Case, absent: Absent, entry: Entry, flaw: Flaw) -> Finding:
    offers = [(place, offered(case, place, absent.top)) for place in flaw.meant]
    offer = next(((place, found) for place, found in offers if found), None)
    evidence = [Evidence(f"the entry is {entry.written!r}, from {entry.source}", entry.value or None)]
    if flaw.code == "path-entry-does-not-exist":
        evidence.append(Evidence(f"there is no such directory: {absolute(case, entry.value)}"))
    if offer is not None:
        evidence.append(Evidence(f"{absent.top!r} lies in {offer[0]}", offer[1]))
    weight = PROVED if offer else WEAK if flaw.code == "path-entry-does-not-exist" else LIKELY
    return case.finding(
        flaw.code,
        f"the entry {entry.written!r} of {entry.source} {flaw.tells}",
        *evidence,
        *_origin(case, entry),
        *absent.asked(case),
        fix=flaw.fix,
        about=absent.name,
        certainty="observed" if offer else "inferred",
        weight=weight,
    )


def entry_is_package(case: Case) -> Iterator[Finding]:
    """Say that an entry is the package that is wanted, where its parent should stand."""
    absent = absent_top(case)
    if absent is None:
        return
    for entry in entries_of(case):
        place = absolute(case, entry.value).rstrip("/")
        if posixpath.basename(place) != absent.top or not is_regular_package(case, place):
            continue
        parent = posixpath.dirname(place)
        first = entry.kind in ("script-dir", "cwd")
        yield case.finding(
            "path-entry-is-package-itself",
            f"the entry {place} ({entry.source}) is the package {absent.top!r} itself, not the directory "
            "that holds it",
            Evidence(f"{place} has an __init__.py", join(place, "__init__.py")),
            Evidence(f"its parent is {parent}", parent),
            *_origin(case, entry),
            *absent.asked(case),
            fix=f"put the parent directory {parent} there instead",
            about=absent.name,
            weight=LIKELY + 5 if first else PROVED,
        )
        return


def entry_too_high(case: Case) -> Iterator[Finding]:
    """Say that the wanted module lies one or two levels below an entry."""
    absent = absent_top(case)
    if absent is None or absent.top in case.stdlib_names:
        return
    for entry in entries_of(case):
        place = absolute(case, entry.value).rstrip("/")
        for home in _below(case, place, absent.top):
            yield _too_high(case, absent, entry, place, home)
            return


def _below(case: Case, place: str, name: str) -> Iterator[str]:
    """Give the directories below one, at most two levels, that hold a module and are no package."""
    for found in case.around.ask("whereabouts", place, name, 2) or ():
        home = posixpath.dirname(found)
        if home == place or not home.startswith(place + "/") or posixpath.basename(found) == f"{name}.pyi":
            continue
        inner = offered(case, home, name)
        if inner is not None and not _within_package(case, home, place) and not _is_installed(case, home):
            yield home


def _within_package(case: Case, home: str, place: str) -> bool:
    while home != place and home.startswith(place + "/"):
        if is_regular_package(case, home) or posixpath.basename(home) in ("tests", "test", "docs", "build"):
            return True
        home = posixpath.dirname(home)
    return False


def _is_installed(case: Case, home: str) -> bool:
    return any(name.endswith((".dist-info/", ".egg-info/")) for name in case.listing(home))


def _too_high(case: Case, absent: Absent, entry: Entry, place: str, home: str) -> Finding:
    below = home[len(place) + 1 :].replace("/", ".")
    return case.finding(
        "path-entry-too-high",
        f"{absent.top!r} lies in {home}, below the entry {place} ({entry.source}): an entry must be the "
        "directory that holds it",
        Evidence(f"{absent.top!r} is there", offered(case, home, absent.top)),
        Evidence(f"seen from {place} it is called {below}.{absent.top}"),
        *_origin(case, entry),
        *absent.asked(case),
        fix=f"put {home} on the path (PYTHONPATH={home}), or install the project: "
        f"{python_of(case)} -m pip install -e {place}",
        about=absent.name,
        certainty="inferred",
        weight=72 if below in _LAYOUTS else 62 if entry.kind not in ("script-dir", "cwd") else 52,
    )


def path_replaced(case: Case) -> Iterator[Finding]:
    """Say that ``sys.path`` was replaced by a text, or by a list without the standard library."""
    absent, path = absent_top(case), case.path
    if absent is None or case.ended is None or not path:
        return
    lines = tuple(lines_about(case, "sys.path =", "sys.path=", "sys.path[:]", "sys.path: ", "path.clear("))
    if all(len(entry) == 1 for entry in path):
        text = "".join(path)
        yield case.finding(
            "sys-path-replaced",
            f"sys.path is the string {text!r}, whose characters are taken for entries"
            + (f": {lines[0].file}" if lines else ""),
            Evidence(f"the entries are {', '.join(map(repr, path[:20]))}"),
            *lines,
            *absent.asked(case),
            fix=f"add to the list instead of replacing it: sys.path.insert(0, {text!r})",
            about=absent.name,
            weight=90,
        )
    elif case.facts.get("stdlib_dir") and case.facts["stdlib_dir"] not in path:
        yield _without_library(case, absent, lines)


def _without_library(case: Case, absent: Absent, lines: tuple[Evidence, ...]) -> Finding:
    home = case.facts["stdlib_dir"]
    wanted = absent.top in case.stdlib_names
    lost = [entry["path"] for entry in case.start_path.get("entries", ()) if entry["path"] not in case.path]
    offers = [place for place in lost if place and offered(case, place, absent.top)]
    return case.finding(
        "sys-path-replaced",
        f"sys.path no longer holds the standard library's directory {home}: it was replaced"
        + (f" in {lines[0].file}" if lines else ""),
        Evidence(f"sys.path was {', '.join(map(repr, case.path))} at the end"),
        *(Evidence(f"{place}, which was on it at the start, has {absent.top!r}", place) for place in offers),
        *lines,
        *absent.asked(case),
        fix="insert into or append to sys.path, and leave in it what was there",
        about=absent.name,
        weight=90 if wanted or offers else 40,
    )


def null_byte(case: Case) -> Iterator[Finding]:
    """Say that an entry has a NUL in it, which makes each search raise ValueError."""
    bad = [entry for entry in case.path if "\0" in entry]
    error = case.errors[0] if case.errors else None
    if not bad or error is None or error.error not in ("ValueError", "ModuleNotFoundError", "TypeError"):
        return
    lines = tuple(lines_about(case, *_CHANGES))
    where = f", added in {lines[0].file}" if lines else ""
    yield case.finding(
        "null-byte-in-path-entry",
        f"the entry {bad[0]!r} of sys.path has a null byte (NUL, \\x00) in it{where}: every search that "
        "reaches it raises ValueError",
        Evidence(f"{error.error}: {error.message}", event=error.order),
        *lines,
        fix="take the null byte out of the text before it is put on sys.path",
        weight=92,
    )


RULES = (flawed_entry, entry_is_package, entry_too_high, path_replaced, null_byte)
