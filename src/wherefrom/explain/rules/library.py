"""Modules and names that this version's standard library lacks: gone, renamed, not yet there, not built."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...finding import Evidence
from ..absent import absents, offered, python_of, version_of
from ..tables.library import ADDED, OPTIONAL, PLATFORM, PLATFORM_WORDS, REMOVED
from ..tables.names import GAINED, LOST
from ..tables.python2 import PYTHON2

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..absent import Absent
    from ..case import Case, Failure


def _written(version: tuple[int, int]) -> str:
    return f"{version[0]}.{version[1]}"


def _who(case: Case, absent: Absent) -> str:
    """Say what to do about the code that asks: its distribution should be upgraded, one's own mended."""
    owner = case.distribution_of(absent.asker.file) if absent.asker is not None else None
    if owner is None:
        return ""
    return f"upgrade {owner['name']} (here: {owner['version']}), or "


def module_removed(case: Case) -> Iterator[Finding]:
    """Say that a module was taken out of the standard library in some version."""
    for absent in absents(case):
        row = REMOVED.get(absent.name) or REMOVED.get(absent.top)
        if row is None or row.version > case.python:
            continue
        if absent.top in ("distutils",):
            continue  # setuptools brings it back: see `installation.py`
        again = f"{python_of(case)} -m pip install {row.distribution}" if row.distribution else ""
        yield case.finding(
            "stdlib-module-removed",
            f"{absent.name!r} was removed from the standard library in Python {_written(row.version)}; "
            f"this is Python {version_of(case)}",
            *absent.asked(case),
            Evidence(f"{row.source}; instead: {row.instead}"),
            fix=f"{_who(case, absent)}use {row.instead}" + (f", or: {again}" if again else ""),
            about=absent.name,
            weight=80,
        )
        return


def python2_module(case: Case) -> Iterator[Finding]:
    """Say that a module has the name that it had in Python 2."""
    for absent in absents(case):
        new = PYTHON2.get(absent.top)
        if new is None:
            continue
        yield case.finding(
            "python2-module-name",
            f"{absent.top!r} is a module of Python 2; in Python 3 it is {new}",
            *absent.asked(case),
            Evidence("PEP 3108, Standard Library Reorganization"),
            fix=f"{_who(case, absent)}write {new} for {absent.top}",
            about=absent.name,
            weight=88,
        )
        return


def module_newer(case: Case) -> Iterator[Finding]:
    """Say that a module came into the standard library in a later version."""
    for absent in absents(case):
        row = ADDED.get(absent.name) or ADDED.get(absent.top)
        if row is None or row.version <= case.python:
            continue
        yield case.finding(
            "stdlib-newer-than-interpreter",
            f"{absent.name!r} is in the standard library since Python {_written(row.version)}; "
            f"{python_of(case)} is Python {version_of(case)}",
            *absent.asked(case),
            Evidence(row.source),
            fix=f"run it with Python {_written(row.version)} or later{_backport(case, row.distribution)}",
            about=absent.name,
            weight=80,
        )
        return


def _backport(case: Case, distribution: str) -> str:
    if not distribution:
        return ""
    return f", or install {distribution} ({python_of(case)} -m pip install {distribution}) and import that"


def _lacking(case: Case) -> Iterator[Failure]:
    """Give the failures that lack a name of a standard library module that is the genuine one."""
    for failure in case.failures:
        if failure.kind not in ("name", "attribute") or not failure.item:
            continue
        origin = failure.error.origin if failure.error is not None else None
        if failure.module.partition(".")[0] not in case.stdlib_names | {"builtins"}:
            continue
        if origin is None or case.is_stdlib(origin):
            yield failure


def _said(case: Case, failure: Failure) -> tuple[Evidence, ...]:
    frame = failure.where
    if frame is None:
        return ()
    line = case.line(frame.file, frame.line)
    text = f"{frame.module} uses {failure.module}.{failure.item}" + (f": {line}" if line else "")
    return (Evidence(text, frame.file, frame.line, failure.error.order if failure.error else None),)


def _alias(module: str) -> str:
    return {"posixpath": "os.path", "ntpath": "os.path", "_collections_abc": "collections.abc"}.get(
        module, module
    )


def name_removed(case: Case) -> Iterator[Finding]:
    """Say that a name was taken out of a standard library module in some version."""
    for failure in _lacking(case):
        row = LOST.get((_alias(failure.module), failure.item))
        if row is None or row.version > case.python:
            continue
        yield case.finding(
            "stdlib-name-removed",
            f"{failure.module}.{failure.item} was removed in Python {_written(row.version)}; "
            f"this is Python {version_of(case)}",
            *_said(case, failure),
            Evidence(f"What's New In Python {_written(row.version)}; instead: {row.instead}"),
            fix=f"{_owner(case, failure)}use {row.instead}",
            about=failure.module,
            weight=80,
        )
        return


def _owner(case: Case, failure: Failure) -> str:
    owner = case.distribution_of(failure.where.file) if failure.where is not None else None
    return "" if owner is None else f"upgrade {owner['name']} (here: {owner['version']}), or "


def name_newer(case: Case) -> Iterator[Finding]:
    """Say that a name came into a standard library module in a later version."""
    for failure in _lacking(case):
        row = GAINED.get((_alias(failure.module), failure.item))
        if row is None or row.version <= case.python:
            continue
        instead = f", or take it from {row.backport}" if row.backport else ""
        yield case.finding(
            "stdlib-newer-than-interpreter",
            f"{failure.module} has {failure.item!r} since Python {_written(row.version)}; "
            f"{python_of(case)} is Python {version_of(case)}",
            *_said(case, failure),
            Evidence(f"What's New In Python {_written(row.version)}"),
            fix=f"run it with Python {_written(row.version)} or later{instead}",
            about=failure.module,
            weight=80,
        )
        return


def optional_absent(case: Case) -> Iterator[Finding]:
    """Say that this interpreter was built, or packaged, without a part of the standard library."""
    for absent in absents(case):
        row = OPTIONAL.get(absent.name)
        if row is None or absent.name not in case.stdlib_names or _other_platform(case, absent.name):
            continue
        asker = absent.asker.module if absent.asker is not None else absent.name
        package = f" ({row.packages})" if row.packages else ""
        yield case.finding(
            "optional-stdlib-module-absent",
            f"{python_of(case)} was built without the standard library's {absent.name!r}, "
            f"which needs {row.library}",
            *absent.asked(case),
            *_chain(case, absent),
            Evidence(f"{absent.name!r} is a standard library module; {asker!r} cannot do without it"),
            fix=f"install {row.library} and build Python again, or install the package of Python's "
            f"distributor{package}",
            about=absent.name,
            weight=85,
        )
        return


def _chain(case: Case, absent: Absent) -> Iterator[Evidence]:
    """Say through which imports a program came to a module that it does not name itself."""
    for frame in absent.failure.frames[:-1]:
        line = case.line(frame.file, frame.line)
        if line and not frame.file.startswith("<"):
            yield Evidence(f"on the way: {frame.module}: {line}", frame.file, frame.line)


def _other_platform(case: Case, name: str) -> str | None:
    """Give the platform that a module is for, if this is another."""
    home = PLATFORM.get(name)
    platform = case.facts.get("platform") or ""
    if home is None or not platform or platform.startswith(PLATFORM_WORDS[home]):
        return None
    return home


def platform_only(case: Case) -> Iterator[Finding]:
    """Say that a module exists on another platform only."""
    for absent in absents(case):
        home = _other_platform(case, absent.name) or _other_platform(case, absent.top)
        if home is None or any(offered(case, entry, absent.top) for entry in case.path):
            continue
        yield case.finding(
            "platform-only-module",
            f"{absent.name!r} exists on {home} only; this is {case.facts.get('platform')}",
            *absent.asked(case),
            Evidence(f"{absent.name!r} is available on {home}"),
            fix=f"{_who(case, absent)}guard the import with sys.platform, or do without it here",
            about=absent.name,
            weight=80,
        )
        return


RULES = (
    module_removed,
    python2_module,
    module_newer,
    name_removed,
    name_newer,
    optional_absent,
    platform_only,
)
