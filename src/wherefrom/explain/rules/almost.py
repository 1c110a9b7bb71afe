"""Files that lie where a module is looked for, under a name that does not count."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from ...finding import Evidence
from ..absent import absents, absolute, join, python_of
from ..tables.distributions import canonical, provider_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..absent import Absent
    from ..case import Case

_SOURCES = {
    ".pyx": "Cython",
    ".pxd": "Cython",
    ".c": "C",
    ".cpp": "C++",
    ".cc": "C++",
    ".rs": "Rust",
    ".f90": "Fortran",
}
_ALMOST = (
    ".py.txt", ".txt", ".PY", ".Py", ".ipynb", ".pyw", ".py3", ".py2", ".py.bak", ".py.orig", ".py.disabled",
    ".py.j2", ".py.in", ".pyo", ".py~", ".py.save", ".py.swp", ".python", ".pyy", ".ppy", ".yp",
)  # fmt: skip


def _places(case: Case, absent: Absent) -> Iterator[tuple[str, list[str]]]:
    """Give the directories where a module was looked for, with what lies there."""
    parent = absent.name.rpartition(".")[0]
    if parent:
        origin = case.origin(parent)
        homes = (
            [posixpath.dirname(origin)]
            if origin and origin.endswith(("/__init__.py", "/__init__.pyc"))
            else []
        )
        homes += [
            join(entry or case.cwd, *parent.split(".")) for entry in case.path if not entry.startswith("<")
        ]
    else:
        homes = [absolute(case, entry) or case.cwd for entry in case.path if not entry.startswith("<")]
    for home in dict.fromkeys(homes):
        if "\0" not in home:
            yield home, case.listing(home)


def other_case(case: Case) -> Iterator[Finding]:
    """Say that a file or directory has the name in other upper and lower case."""
    for absent in absents(case):
        last = absent.name.rpartition(".")[2]
        for home, lying in _places(case, absent):
            for name in lying:
                stem = name.rstrip("/")
                module = stem.partition(".")[0]
                if module == last or module.lower() != last.lower():
                    continue
                if not name.endswith(("/", ".py", ".so", ".pyc", ".pyd")) or _is_empty(case, home, name):
                    continue
                yield _cased(case, absent, join(home, stem), module)
                return


def _is_empty(case: Case, home: str, name: str) -> bool:
    inside = case.listing(join(home, name[:-1])) if name.endswith("/") else ["a file"]
    return not any("a file" in one or one.endswith((".py", ".so", ".pyd", ".pyc", "/")) for one in inside)


def _cased(case: Case, absent: Absent, found: str, module: str) -> Finding:
    provider, owner = provider_of(absent.name), _owner(case, found)
    evidence = [Evidence(f"there is {posixpath.basename(found)}, with other capital letters", found)]
    fix = f"import {module}, or rename {found} to {absent.name.rpartition('.')[2]}"
    if owner is not None:
        evidence.append(Evidence(f"it belongs to {owner['name']} {owner['version']}", owner["metadata"]))
        fix = f"import {module}"
    if provider is not None and owner is not None and canonical(provider.name) != canonical(owner["name"]):
        evidence.append(Evidence(f"{absent.top!r} comes from the distribution {provider.name}"))
        fix = f"{python_of(case)} -m pip uninstall {owner['name']}; {python_of(case)} -m pip "
        f"install {provider.name}"
    return case.finding(
        "case-mismatch",
        f"{absent.name!r} was asked for and {found} is there: upper and lower case differ, and this "
        "file system "
        "tells them apart",
        *evidence,
        *absent.asked(case),
        fix=fix,
        about=absent.name,
        weight=84,
    )


def _owner(case: Case, found: str) -> dict[str, str] | None:
    for one in case.distributions:
        if found.startswith(f"{one['entry'].rstrip('/')}/") and posixpath.basename(found) in one["modules"]:
            return dict(one, metadata=one["metadata"])
    return None


def other_suffix(case: Case) -> Iterator[Finding]:
    """Say that a file has the right name and a suffix that modules do not have."""
    for absent in absents(case):
        last = absent.name.rpartition(".")[2]
        for home, lying in _places(case, absent):
            found = [name for name in lying if name.startswith(f"{last}.") and name[len(last) :] in _ALMOST]
            if not found:
                continue
            file = join(home, found[0])
            suffix = found[0][len(last) :]
            convert = "jupyter nbconvert --to script" if suffix == ".ipynb" else f"rename it to {last}.py:"
            yield case.finding(
                "wrong-file-extension",
                f"{file} is there, but its suffix (file extension) {suffix} is none that modules have",
                Evidence("modules have the suffix .py, in lower case", file),
                *absent.asked(case),
                fix=f"{convert} {file}",
                about=absent.name,
                weight=79,
            )
            return


def not_compiled(case: Case) -> Iterator[Finding]:
    """Say that only the source of an extension module is there."""
    for absent in absents(case):
        last = absent.name.rpartition(".")[2]
        for home, lying in _places(case, absent):
            kinds = [
                (name, _SOURCES[ending]) for name in lying for ending in _SOURCES if name == f"{last}{ending}"
            ]
            if not kinds:
                continue
            file, language = join(home, kinds[0][0]), kinds[0][1]
            built = [name for name in lying if name.startswith(f"{last}.") and name.endswith((".so", ".pyd"))]
            if built:
                continue
            yield case.finding(
                "uncompiled-extension-source",
                f"{file} is the {language} source of {absent.name!r}; the extension module has not "
                "been built",
                Evidence(f"there is no {last}*.so or .pyd beside it", file),
                *absent.asked(case),
                fix=f"build it, for example: {python_of(case)} -m pip install -e . in the project of {file}",
                about=absent.name,
                weight=78,
            )
            return


def only_stubs(case: Case) -> Iterator[Finding]:
    """Say that only type stubs of a module are there."""
    for absent in absents(case):
        last = absent.name.rpartition(".")[2]
        for home, lying in _places(case, absent):
            stubs = [
                name for name in lying if name in (f"{last}.pyi", f"{absent.top}-stubs/", f"types-{last}/")
            ]
            if f"{last}/" in lying and not stubs:
                inside = case.listing(join(home, last))
                stubs = [f"{last}/"] if "__init__.pyi" in inside and "__init__.py" not in inside else []
            if not stubs:
                continue
            place = join(home, stubs[0].rstrip("/"))
            owner = next((one for one in case.distributions if _lists(one, stubs[0])), None)
            name = owner["name"] if owner is not None else ""
            from_whom = (
                [Evidence(f"installed by {name} {owner['version']}", owner["metadata"])] if owner else []
            )
            provider = provider_of(absent.name)
            wanted = provider.name if provider is not None else absent.top
            yield case.finding(
                "only-stubs-installed",
                f"{place} holds type stubs of {absent.name!r} only: they are for type checkers, the "
                "module itself "
                "is not there",
                Evidence("a stub (.pyi) is never imported", place),
                *from_whom,
                *absent.asked(case),
                fix=f"{python_of(case)} -m pip install {wanted}, or build the module that the stub describes",
                about=absent.name,
                weight=77,
            )
            return


def _lists(one: dict[str, list[str]], stub: str) -> bool:
    return any(file.startswith(stub) for file in one["files"])


RULES = (other_case, other_suffix, not_compiled, only_stubs)
