"""Modules that are there by now, and were not seen since the import system looked into its caches.

A path entry finder remembers the listing of its directory until the directory's time changes;
``sys.path_importer_cache`` remembers None for what was no directory; a namespace package remembers its
portions until the path changes (``importlib.invalidate_caches``).
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from ... import events as e
from ...finding import Evidence
from ..locations import absolute, entries
from ..sought import is_directory, is_file, is_retold, place, sought

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case
    from ..sought import Sought

_FORGET = "call importlib.invalidate_caches() after the file was made, before it is imported"


def stale(case: Case) -> Iterator[Finding]:
    """Say that a module was made while the program ran, and that a cache hides it."""
    if case.question is not None:
        return
    for one in sought(case):
        above = one.name.rpartition(".")[0]
        for home in one.homes:
            file = _module(case, home, one.tail)
            if file is None:
                continue
            if above and not is_file(case, f"{home}/__init__.py"):
                yield from _namespace(case, one, above, home, file)
                return
            yield from _listing(case, one, home, file)
            return


def _module(case: Case, home: str, tail: str) -> str | None:
    """Name the file that a search of a directory would find, were it made now."""
    suffixes = [*(case.facts.get("extension_suffixes") or ()), ".py", ".pyc"]
    found = [f"{home}/{tail}/__init__.py", *(f"{home}/{tail}{suffix}" for suffix in suffixes)]
    return next((file for file in found if is_file(case, file) and _readable(case, file)), None)


def _readable(case: Case, file: str) -> bool:
    rights = case.around.ask("access", posixpath.dirname(file)) or {}
    return bool(rights.get("read") and rights.get("enter"))


def _entry_searched(case: Case, one: Sought, home: str) -> e.SearchEnded | None:
    """Give the search of a directory, as it was recorded."""
    searches = [item for item in case.searches(one.name) if absolute(case, item.entry) == home]
    return searches[-1] if searches else None


def _asked(case: Case, one: Sought) -> list[Evidence]:
    at = place(one.failure, case)
    return [Evidence(f"{one.name!r} is asked for here", *at)] if at else []


def _listing(case: Case, one: Sought, home: str, file: str) -> Iterator[Finding]:
    searched = _entry_searched(case, one, home)
    if is_retold(case) and searched is None:
        return  # it was never looked for there: no cache is to blame
    negative = searched is not None and searched.reason == "remembered-as-none"
    if searched is not None and not negative and searched.reason not in (None, "nothing-there"):
        return
    evidence = [
        Evidence(f"the file is there: {file}", file),
        Evidence(
            f"{home} was searched, and nothing was seen", event=None if searched is None else searched.order
        ),
        *_asked(case, one),
    ]
    if negative:
        yield case.finding(
            "stale-negative-importer-cache",
            f"{file} is there, but {home} is remembered as no directory in sys.path_importer_cache",
            *evidence,
            fix=f"make {home} before it joins sys.path, or {_FORGET}",
            about=one.name,
            weight=84,
        )
        return
    yield case.finding(
        "stale-directory-listing",
        f"{file} is there, and was not seen: a cache holds the listing of {home} as it was before",
        *evidence,
        fix=_FORGET,
        about=one.name,
        certainty="observed" if searched is not None else "inferred",
        weight=82 if searched is not None else 60,
    )


def _namespace(case: Case, one: Sought, package: str, home: str, file: str) -> Iterator[Finding]:
    if is_retold(case) and _entry_searched(case, one, home) is not None:
        yield from _listing(case, one, home, file)
        return
    outer = posixpath.dirname(home)
    if outer not in entries(case) and "." not in package:
        return
    known = list(dict.fromkeys(absolute(case, item.entry) for item in case.searches(one.name)))
    yield case.finding(
        "stale-namespace-path",
        f"{file} is there, but {home} came after {package!r} was imported: it is not among the portions "
        "of that namespace package",
        Evidence(f"{home} has no __init__.py: it is a portion of the namespace package {package!r}", home),
        *(Evidence(f"portion that was searched: {item}", item) for item in known),
        *_asked(case, one),
        fix=_FORGET,
        about=one.name,
        certainty="observed" if known else "inferred",
        weight=82 if known else 60,
    )


def dotted(case: Case) -> Iterator[Finding]:
    """Say that a file has a dot in its name, so that no import can name it."""
    for one in sought(case):
        for home in one.homes:
            for name in case.listing(home):
                stem = name.removesuffix(".py")
                if (
                    not name.endswith(".py")
                    or not stem.startswith(f"{one.tail}.")
                    or is_directory(case, home + name)
                ):
                    continue
                asked = _asked(case, one)
                better = stem.replace(".", "_")
                if not _names(case, one, stem):
                    continue
                yield case.finding(
                    "dot-in-file-name",
                    f"{home}/{name} has a dot in its name: to an import, {stem!r} is a module "
                    f"{stem.rpartition('.')[2]!r} in a package {one.tail!r}",
                    Evidence(f"the file is there: {home}/{name}", f"{home}/{name}"),
                    Evidence(f"there is no package {one.tail!r}"),
                    *asked,
                    fix=f"rename it to {better}.py, and import {better}",
                    about=one.name,
                    weight=85,
                )
                return


def _names(case: Case, one: Sought, stem: str) -> bool:
    """Say whether it is this stem that the program asks for."""
    names = {span.name for span in case.failed}
    tail = one.name.rpartition(".")[0]
    whole = f"{tail}.{stem}" if tail else stem
    at = place(one.failure, case)
    return whole in names or (at is not None and stem in case.line(*at)) or case.question == whole


RULES = (stale, dotted)
