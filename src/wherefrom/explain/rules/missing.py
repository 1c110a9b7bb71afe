"""Modules that nothing provides: what to install, for whom, and who asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...finding import Evidence
from ..absent import absents, offered, python_of
from ..installed import named, owner_of, required_for, to_install
from ..tables.distributions import canonical, provider_of
from ..tables.library import PLATFORM
from ..tables.python2 import PYTHON2

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..absent import Absent
    from ..case import Case

# Lighter than every rule that can say more: it only knows that there is nothing.
FALLBACK = 10


def _nowhere(case: Case) -> Iterator[Absent]:
    """Give the top-level modules that were not found and that no entry has."""
    for absent in absents(case):
        if absent.name != absent.top and not _a_part_of_nothing(case, absent):
            continue
        if absent.top in case.stdlib_names or absent.top in PYTHON2:
            continue
        if absent.name == absent.top and any(offered(case, entry, absent.top) for entry in case.path):
            continue
        yield absent


def _a_part_of_nothing(case: Case, absent: Absent) -> bool:
    """Say whether a module was not found in a package that several distributions share."""
    provider = provider_of(absent.name)
    return provider is not None and "." in absent.name and not named(case, provider.name)


def distribution_not_installed(case: Case) -> Iterator[Finding]:
    """Say that nothing on the path provides a top-level module that was not found."""
    for absent in _nowhere(case):
        if absent.name != absent.top:
            continue
        python = python_of(case)
        yield case.finding(
            "distribution-not-installed",
            f"{absent.name!r} is not installed for {python}: nothing on its search path has that name",
            Evidence(f"nothing on the search path of {python} provides {absent.name!r}"),
            *absent.asked(case),
            *(Evidence(f"searched: {entry}") for entry in case.path),
            fix=f"{python} -m pip install {to_install(case, absent)}",
            about=absent.name,
            certainty="inferred",
            weight=FALLBACK,
        )
        return


def other_name(case: Case) -> Iterator[Finding]:
    """Say that a module that is not there is provided by a distribution of another name."""
    for absent in _nowhere(case):
        provider = provider_of(absent.name)
        if provider is None or absent.name in PLATFORM or absent.top == "pkg_resources":
            continue
        if canonical(provider.name) == canonical(absent.name):
            continue
        python, there = python_of(case), named(case, provider.name)
        state = f"version {there[0]['version']} of it is installed" if there else "it is not installed"
        yield case.finding(
            "import-name-differs-from-distribution-name",
            f"{absent.name!r} is not installed for {python}; the distribution that provides it is called "
            f"{provider.name}",
            Evidence(f"{provider.name} provides {absent.name!r} ({provider.source}); {state}"),
            *absent.asked(case),
            fix=f"{python} -m pip install {provider.name}",
            about=absent.name,
            weight=60,
        )
        return


def import_name_of_distribution(case: Case) -> Iterator[Finding]:
    """Say that a module was asked for by the name of its installed distribution."""
    for absent in _nowhere(case):
        for one in named(case, absent.top):
            modules = [name for name in one["modules"] if name != absent.top]
            if absent.top in one["modules"] or not modules or one["editable"]:
                continue
            yield case.finding(
                "import-name-differs-from-distribution-name",
                f"{absent.top!r} is the name of a distribution, not of a module: {one['name']} "
                f"{one['version']} in {one['entry']} provides {', '.join(modules[:5])}",
                Evidence(f"{one['name']} {one['version']} is installed", one["metadata"]),
                *absent.asked(case),
                fix=f"write import {modules[0]}",
                about=absent.name,
                weight=70,
            )
            return


def nested(case: Case) -> Iterator[Finding]:
    """Say that a module was found and failed, because something that it imports is not installed."""
    for absent in _nowhere(case):
        if not absent.inner or absent.asker is None:
            continue
        yield _nested(case, absent)
        return


def _nested(case: Case, absent: Absent) -> Finding:
    assert absent.asker is not None  # the caller has seen to it
    module, python, wanted = absent.asker.module, python_of(case), to_install(case, absent)
    owner = owner_of(case, absent.asker.file)
    evidence = [Evidence(f"{module!r} was found", absent.asker.file)]
    required = required_for(owner, absent.name) if owner is not None else None
    if owner is not None:
        said = (
            f"its metadata requires {required} (Requires-Dist)" if required else "its metadata do not list it"
        )
        evidence.append(
            Evidence(f"{module!r} belongs to {owner['name']} {owner['version']}; {said}", owner["metadata"])
        )
    if canonical(wanted) != canonical(absent.top):
        evidence.append(Evidence(f"the distribution that provides {absent.name!r} is {wanted}"))
    how = _how(case, absent)
    spelt = f"'{wanted}{required.versions}'" if required is not None and required.versions else wanted
    return case.finding(
        "nested-missing-dependency",
        f"{module!r} was found; it failed because it {how} {absent.name!r}, a dependency that is not "
        f"installed for {python}: {absent.asker.file}:{absent.asker.line}",
        *absent.asked(case),
        *evidence,
        fix=f"{python} -m pip install {spelt}, then {python} -m pip check",
        about=absent.name,
        weight=64 if owner is not None else 61,
    )


def _how(case: Case, absent: Absent) -> str:
    """Say whether a line names a module, or something that the line loads asks for it from C."""
    assert absent.asker is not None
    line = case.line(absent.asker.file, absent.asker.line)
    return "imports" if not line or absent.top in line else "loads compiled code that imports"


def from_compiled(case: Case) -> Iterator[Finding]:
    """Say that compiled code which the program imports needs a module that is not installed."""
    for absent in _nowhere(case):
        if absent.inner or absent.asker is None:
            continue
        line = case.line(absent.asker.file, absent.asker.line)
        asked = _loaded_by(case, absent)
        if not line or absent.top in line or asked is None or "import" not in line:
            continue
        file, python = asked, python_of(case)
        yield case.finding(
            "nested-missing-dependency",
            f"{file} was found; it failed because its compiled code imports {absent.name!r}, a dependency "
            f"that is not installed for {python}",
            Evidence(f"{line} loads {file}", absent.asker.file, absent.asker.line),
            Evidence(f"the line does not name {absent.name!r}: the extension asks for it", file),
            fix=f"{python} -m pip install {to_install(case, absent)}, then {python} -m pip check",
            about=absent.name,
            weight=66,
        )
        return


def _loaded_by(case: Case, absent: Absent) -> str | None:
    """Give the extension that was being loaded when a module was not found."""
    for one in reversed(case.failed):
        found = case.found.get(one.name)
        if found is not None and found.origin and found.module_kind == "extension":
            return found.origin
    return None


RULES = (distribution_not_installed, other_name, import_name_of_distribution, nested, from_compiled)
