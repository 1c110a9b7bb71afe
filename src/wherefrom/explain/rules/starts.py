"""Interpreters that never reach the program: told from how they were started, since nothing is recorded."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...finding import Evidence
from ..absent import join, python_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case

# What is imported before site runs, or by it: Lib/encodings, and the frozen modules where they are files.
_NEEDED = (
    "encodings", "codecs", "io", "abc", "site", "os", "stat", "posixpath", "genericpath", "_collections_abc",
    "_sitebuiltins", "types", "re", "enum", "functools", "collections", "operator", "keyword", "heapq",
    "reprlib", "copyreg", "contextlib", "importlib", "warnings", "traceback", "linecache", "tokenize",
    "token", "zipimport", "runpy", "pkgutil", "locale", "sysconfig",
)  # fmt: skip


def _dead(case: Case) -> str:
    """Give what the interpreter said when it did not start; empty if it did."""
    if len(case.trace.events):
        return ""
    return str(case.start_path.get("error") or case.facts.get("error") or "")


def wrong_home(case: Case) -> Iterator[Finding]:
    """Say that PYTHONHOME leads to no standard library, or to another's."""
    home, said = case.environment.get("PYTHONHOME"), _dead(case)
    if not home or not said:
        return
    places = [place for part in home.split(":") for place in _libraries(case, part)]
    found = [place for place in places if "encodings/" in case.listing(place)]
    evidence = [
        Evidence(f"PYTHONHOME is {home}", home.split(":")[0]),
        Evidence(said),
    ]
    what = (
        f"the standard library there is another one: {', '.join(found)}"
        if found
        else "there is no standard library in it: 'encodings', the first module of all, is not found"
    )
    yield case.finding(
        "wrong-pythonhome",
        f"PYTHONHOME leads to {home}, and {what}",
        *evidence,
        fix="unset PYTHONHOME",
        weight=95,
    )


def _libraries(case: Case, home: str) -> list[str]:
    lying = case.listing(join(home, "lib"))
    return [join(home, "lib", name.rstrip("/")) for name in lying if re.match(r"python3\.\d+t?/$", name)]


def start_broken(case: Case) -> Iterator[Finding]:
    """Say that PYTHONPATH holds a module that the interpreter needs before it is ready."""
    said = _dead(case)
    value = case.environment.get("PYTHONPATH")
    if not said or not value:
        return
    for place in value.split(":"):
        lying = case.listing(place) if place else []
        for name in _NEEDED:
            file = next((one for one in (f"{name}.py", f"{name}/") if one in lying), None)
            if file is None or (file.endswith("/") and "__init__.py" not in case.listing(join(place, name))):
                continue
            yield case.finding(
                "interpreter-start-broken-by-shadowed-module",
                f"{join(place, file).rstrip('/')} hides the standard library's {name!r}, which the "
                "interpreter "
                "needs for its own start",
                Evidence(
                    f"{place} is an item of PYTHONPATH, which stands before the standard library", place
                ),
                Evidence(said),
                fix=f"rename {join(place, file).rstrip('/')}, or take {place} out of PYTHONPATH",
                about=name,
                weight=94,
            )
            return


def interpreter_gone(case: Case) -> Iterator[Finding]:
    """Say that the interpreter of a virtual environment is a link that leads nowhere."""
    said = _dead(case)
    python = python_of(case)
    if not said or "/" not in python:
        return
    stat = case.stat(python) or {}
    config = f"{python.rsplit('/', 2)[0]}/pyvenv.cfg"
    if stat.get("kind") != "broken" and case.stat(python) is not None:
        return
    text = case.text(config)
    if text is None:
        return
    target = stat.get("link") or next(
        (line.partition("=")[2].strip() for line in text.splitlines() if line.startswith("home")), "?"
    )
    yield case.finding(
        "venv-interpreter-gone",
        f"{python} leads to {target}, which is no longer there: the Python that the virtual "
        "environment was made "
        "with has been removed or replaced",
        Evidence(f"{python} -> {target}", python),
        Evidence("the environment says where its Python was", config),
        Evidence(said),
        fix=f"make it again: python3 -m venv --clear {python.rsplit('/', 2)[0]}, and install anew",
        weight=96,
    )


def store_alias(case: Case) -> Iterator[Finding]:
    """Say that ``python`` is Windows's alias for its store, no Python."""
    places = (python_of(case), str(case.facts.get("executable") or ""))
    place = next((one for one in places if "WindowsApps" in one and "PythonSoftware" not in one), None)
    if place is None or not (_dead(case) or case.failure):
        return
    yield case.finding(
        "windows-app-execution-alias",
        f"{place} is the app execution alias of Windows, which opens the Microsoft Store, not an interpreter",
        Evidence(f"the executable is {place}", place),
        fix="start Python by its full path or with py, or switch the alias off in the settings",
        weight=60,
    )


RULES = (wrong_home, start_broken, interpreter_gone, store_alias)
