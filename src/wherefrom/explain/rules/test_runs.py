"""Runs of tests: how a runner finds the modules of tests, and what it puts on the path for that.

pytest gives a test file without packages around it the name of its file, and puts its directory first on
the path ("pytest import mechanisms and sys.path/PYTHONPATH" in its documentation); unittest imports
from a start directory below a top-level one ("Test Discovery" in the library reference).
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from ...finding import Evidence
from ..locations import absolute, entries
from ..sought import ended_badly, event_of, failures, is_file, place, sought, test_runner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case

_TEST_FILE = re.compile(r"(?:^|/)(?:test_[^/]*|[^/]*_test|conftest)\.py$")


def start_directory(case: Case) -> Iterator[Finding]:
    """Say why the start directory of a discovery cannot be imported."""
    for failure in failures(case):
        match = re.match(r"Start directory is not importable: '?([^']+)'?", failure.message)
        if match is None:
            continue
        start = absolute(case, match[1])
        top = _option(case, "-t", "--top-level-directory") or case.cwd
        top = absolute(case, top)
        bare = [one for one in _between(top, start) if not is_file(case, f"{one}/__init__.py")]
        what = f"{bare[0]} has no __init__.py" if bare else f"there is no directory {start}"
        yield case.finding(
            "test-discovery-start-not-importable",
            f"the tests in {start} cannot be discovered as modules below {top}: {what}",
            Evidence(f"the error: {failure.message}", event=event_of(failure)),
            *(Evidence(f"missing: {one}/__init__.py", one) for one in bare),
            fix=f"add {bare[0]}/__init__.py, or start the discovery with -t {start}"
            if bare
            else f"correct the start directory {match[1]}",
            weight=88,
        )
        return


def _between(top: str, below: str) -> list[str]:
    """Give the directories under one directory on the way to another, the last included."""
    found = []
    while below.startswith(top.rstrip("/") + "/"):
        found.append(below)
        below = posixpath.dirname(below)
    return found[::-1]


def _option(case: Case, *names: str) -> str:
    words = [str(word) for word in case.start.get("arguments") or ()]
    for at, word in enumerate(words):
        for name in names:
            if word == name and at + 1 < len(words):
                return words[at + 1]
            if word.startswith(f"{name}="):
                return word.partition("=")[2]
    return ""


def imported_elsewhere(case: Case) -> Iterator[Finding]:
    """Say that a test module of that name was there before, from another place."""
    for failure in failures(case):
        match = re.match(
            r"'([^']+)' module incorrectly imported from '([^']+)'\. Expected '([^']+)'", failure.message
        )
        if match is None:
            continue
        name, wrong, right = match[1], absolute(case, match[2]), absolute(case, match[3])
        tail = name.rpartition(".")[2]
        first = case.origin(name) or f"{wrong}/{tail}.py"
        span = case.imported.get(name)
        by = [Evidence(f"it was imported here, by {span.importer}", span.file, span.line)] if span else []
        yield case.finding(
            "test-module-imported-from-elsewhere",
            f"{right}/{tail}.py is not tested: {name!r} was already imported from {first}",
            Evidence(f"the error: {failure.message}"),
            Evidence(f"sys.modules already holds {name!r} from {first}", first),
            *by,
            fix=f"rename {right}/{tail}.py or {first}, so that each has a name of its own",
            about=name,
            weight=88,
        )
        return


def same_name(case: Case) -> Iterator[Finding]:
    """Say that two test files are one module to pytest: of one name, without packages to tell them apart."""
    if test_runner(case) != "pytest" or not ended_badly(case) or "importlib" in _import_mode(case):
        return
    files = [
        absolute(case, name) for name in case.around.ask("tree", case.cwd) or () if _TEST_FILE.search(name)
    ]
    names: dict[str, str] = {}
    for file in files:
        name = _module_name(case, file)
        other = names.setdefault(name, file)
        if other == file or name not in case.found:
            continue
        conftest = name.rpartition(".")[2] == "conftest"
        if conftest and "." not in name:
            continue  # those of plain directories are kept apart
        yield _two(case, name, other, file, conftest=conftest)
        return


def _module_name(case: Case, file: str) -> str:
    """Give the name that pytest imports a file under: from the first directory that is no package."""
    parts, home = [posixpath.basename(file).removesuffix(".py")], posixpath.dirname(file)
    while is_file(case, f"{home}/__init__.py"):
        parts.append(posixpath.basename(home))
        home = posixpath.dirname(home)
    return ".".join(reversed(parts))


def _two(case: Case, name: str, one: str, other: str, *, conftest: bool) -> Finding:
    return case.finding(
        "pytest-conftest-path-mismatch" if conftest else "pytest-same-basename",
        f"{one} and {other} are both imported by pytest as {name!r}, and only one can be",
        Evidence(f"imported as {name!r}: {case.origin(name) or one}", case.origin(name) or one),
        Evidence(f"it would have the same name: {other}", other),
        fix=f"remove {posixpath.dirname(one)}/__init__.py and {posixpath.dirname(other)}/__init__.py, "
        "or use --import-mode=importlib"
        if conftest
        else f"rename one of them, add an __init__.py beside each ({posixpath.dirname(one)}/__init__.py, "
        f"{posixpath.dirname(other)}/__init__.py), or use --import-mode=importlib",
        about=name,
        weight=86,
    )


def _import_mode(case: Case) -> str:
    given = _option(case, "--import-mode")
    if given:
        return given
    for name in ("pytest.ini", "pyproject.toml", "tox.ini", "setup.cfg"):
        match = re.search(r"import-mode[= ]+(\w+)", case.text(f"{case.cwd}/{name}") or "")
        if match:
            return match[1]
    return ""


def hidden_by_helper(case: Case) -> Iterator[Finding]:
    """Say that a helper beside the tests hides another module, since pytest puts their directory first."""
    if test_runner(case) != "pytest" or not ended_badly(case):
        return
    for name, found in case.found.items():
        file = found.origin or ""
        home = posixpath.dirname(file)
        if "." in name or not file.endswith(".py") or case.is_stdlib(file) or "site-packages" in file:
            continue
        if not any(_TEST_FILE.search(f"/{one}") for one in case.listing(home)):
            continue
        hidden = _hidden(case, name, home)
        if hidden:
            yield case.finding(
                "pytest-test-dir-shadows",
                f"{file} hides {hidden}: pytest puts the directory of the tests first on sys.path",
                Evidence(f"{name!r} was imported from {file}", file),
                Evidence(f"{home} holds tests; pytest inserted it at sys.path[0] (rootdir {case.cwd})", home),
                fix=f"rename {file}, or use --import-mode=importlib",
                about=name,
                weight=86,
            )
            return


def _hidden(case: Case, name: str, home: str) -> str:
    if name in case.stdlib_names:
        return f"the standard library's module {name!r}"
    for entry in entries(case):
        for end in (f"{name}/__init__.py", f"{name}.py"):
            if entry != home and "site-packages" in entry and is_file(case, f"{entry}/{end}"):
                return f"the installed {entry}/{end}"
    return ""


def root_is_package(case: Case) -> Iterator[Finding]:
    """Say that an ``__init__.py`` in the root makes pytest take the directory above as the base."""
    root = f"{case.cwd}/__init__.py"
    if test_runner(case) != "pytest" or not ended_badly(case) or not is_file(case, root):
        return
    above, own = posixpath.split(case.cwd)
    for one in sought(case):
        found = [
            end for end in (f"{one.tail}/__init__.py", f"{one.tail}.py") if is_file(case, f"{case.cwd}/{end}")
        ]
        if "." in one.name or not found or case.cwd in case.path:
            continue
        at = place(one.failure, case)
        yield case.finding(
            "pytest-root-init-changes-base",
            f"{root} makes {case.cwd} a package: pytest puts {above} on sys.path, not the root, and "
            f"{one.name!r} is not found",
            Evidence(f"pytest stops at the first directory without __init__.py: {above}", root),
            Evidence(f"the tests are imported as {own}.…"),
            Evidence(f"{one.name!r} lies in the root: {case.cwd}/{found[0]}", f"{case.cwd}/{found[0]}"),
            *([Evidence("it is imported here", *at)] if at else []),
            fix=f"remove {root}",
            about=one.name,
            weight=93,
        )
        return


def no_siblings(case: Case) -> Iterator[Finding]:
    """Say that in the mode ``importlib`` modules beside the tests cannot be imported by their name."""
    if test_runner(case) != "pytest" or _import_mode(case) != "importlib":
        return
    for one in sought(case):
        at = place(one.failure, case)
        home = posixpath.dirname(at[0]) if at else ""
        if "." in one.name or not home or home in entries(case):
            continue
        for end in (f"{one.tail}.py", f"{one.tail}/__init__.py"):
            if is_file(case, f"{home}/{end}") and at:
                yield case.finding(
                    "pytest-importlib-mode-no-sibling-imports",
                    f"{home}/{end} lies beside the test, and --import-mode=importlib does not put "
                    f"{home} on sys.path",
                    Evidence("it is imported here", *at),
                    Evidence("the import mode is importlib"),
                    fix=f"set pythonpath = {posixpath.relpath(home, case.cwd or '/')} in the configuration "
                    "of pytest, or move the helper into an installed package",
                    about=one.name,
                    weight=88,
                )
                return


def rewritten_too_late(case: Case) -> Iterator[Finding]:
    """Say that pytest cannot rewrite the asserts of a module that was imported before."""
    for failure in failures(case):
        match = re.search(r"Module already imported so cannot be rewritten[:;]? (\S+)", failure.message)
        if match is None:
            continue
        span = case.imported.get(match[1])
        by = [Evidence(f"it was imported here, by {span.importer}", span.file, span.line)] if span else []
        yield case.finding(
            "pytest-assert-rewrite-too-late",
            f"pytest cannot rewrite the asserts of {match[1]!r}: it was imported before",
            Evidence(f"the warning: {failure.message}"),
            *by,
            fix=f"call pytest.register_assert_rewrite({match[1]!r}) before it is imported",
            about=match[1],
            weight=85,
        )
        return


RULES = (
    start_directory,
    imported_elsewhere,
    same_name,
    hidden_by_helper,
    root_is_package,
    no_siblings,
    rewritten_too_late,
)
