"""What stands on the command line, or in a call, in place of a name that can be run or found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...finding import Evidence
from .. import chains, locations, missed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case
    from ..missed import Missed

_NOT_EXECUTABLE = re.compile(r"No module named ([\w.]+)\.__main__; '[^']+' is a package")
_NO_MAIN = re.compile(r"can't find '__main__' module in '?([^']+)'?$")
_RELATIVE_CALL = re.compile(
    r"the 'package' argument is required to perform a relative import for '?([^']+?)'?$"
)
_NO_PACKAGE_GIVEN = re.compile(
    r"^(?:no package specified for '([^']+)' \(required for relative module names\))"
)
_SUFFIXES = (".py", ".pyc", ".pyw", ".ipynb")


def package_not_executable(case: Case) -> Iterator[Finding]:
    """Say that ``-m`` was given a package that has no ``__main__``."""
    for failure in case.failures:
        match = _NOT_EXECUTABLE.search(failure.message)
        if match is None:
            continue
        name = match[1]
        homes = [place.home for place in _found(case, name)]
        home = homes[0] if homes else name.replace(".", "/")
        others = [one[:-3] for one in case.listing(home) if one.endswith(".py") and one != "__init__.py"]
        runnable = [
            one for one in others if "__main__" in (case.text(locations.join(home, f"{one}.py")) or "")
        ]
        instead = runnable or others
        yield case.finding(
            "package-not-executable",
            f"{home} is a package without __main__.py: -m {name} would run {home}/__main__.py",
            Evidence(f"{home}/__main__.py is not there", f"{home}/__main__.py"),
            *[Evidence(f"{home} has the modules {', '.join(others[:10])}", home) for _ in others[:1]],
            fix=f"add {home}/__main__.py"
            + (f", or run one of its modules: python -m {name}.{instead[0]}" if instead else ""),
            about=name,
            weight=92,
        )
        return


def _found(case: Case, name: str) -> list[locations.Place]:
    top, _, rest = name.partition(".")
    places_of_top = locations.on_path(case, top)
    found = [locations.below(case, place, rest) for place in places_of_top]
    return [place for place in found if place is not None]


def directory_not_executable(case: Case) -> Iterator[Finding]:
    """Say that a directory or archive without ``__main__.py`` was given as the program."""
    for failure in case.failures:
        match = _NO_MAIN.search(failure.message)
        if match is None:
            continue
        place = locations.absolute(case, match[1])
        inside = [one for one in case.listing(place) if one.endswith(".py")]
        kind = "directory" if (case.stat(place) or {}).get("kind") == "directory" else "archive"
        yield case.finding(
            "directory-not-executable",
            f"the {kind} {place} cannot be run: it has no __main__.py at its top",
            Evidence(f"Python looked for {place}/__main__.py, and it is not there", place),
            *[Evidence(f"{place} has {', '.join(inside[:10])}", place) for _ in inside[:1]],
            fix=f"add {place}/__main__.py"
            + (f", or run one of its files: {place}/{inside[0]}" if inside else ""),
            weight=92,
        )
        return


def name_given_with_suffix(case: Case) -> Iterator[Finding]:
    """Say that a file name stands where a module name belongs."""
    for one in missed.missed(case):
        suffix = next((end for end in _SUFFIXES if one.name.endswith(end)), None)
        if suffix is None or "/" in one.name:
            continue
        right = one.name.removesuffix(suffix)
        found = _found(case, right) + [
            place
            for near in locations.nearby(case, right.partition(".")[0])
            if (place := locations.below(case, near, right.partition(".")[2])) is not None
        ]
        if found and found[0].kind != "directory":
            yield _suffixed(case, one, right, suffix, found[0])
            return


def _suffixed(case: Case, one: Missed, right: str, suffix: str, place: locations.Place) -> Finding:
    by_option = one.asker == "-m"
    statement = f"python -m {right}" if by_option else f"import {right}"
    return case.finding(
        "module-name-given-with-suffix",
        f"{one.name!r} is a file name, not a module name: the module in {place.file} is called {right}",
        *one.evidence(case),
        Evidence(f"{right} is found without the suffix {suffix}", place.file),
        Evidence(f"{one.name!r} means the submodule {suffix[1:]} of {right}"),
        fix=f"leave the suffix out, without {suffix}: {statement}",
        about=one.name,
        weight=91,
    )


def import_module_given_a_path(case: Case) -> Iterator[Finding]:
    """Say that a path was given where a dotted name is needed."""
    for one in missed.missed(case):
        if "/" not in one.name and "\\" not in one.name:
            continue
        path = one.name.replace("\\", "/")
        stem = path.removesuffix(".py")
        candidates = [locations.absolute(case, f"{stem}{end}") for end in (".py", "/__init__.py")]
        main = locations.script(case)
        if main is not None:
            candidates += [
                locations.join(locations.parent(main), f"{stem}{end}") for end in (".py", "/__init__.py")
            ]
        file = next((file for file in candidates if case.exists(file)), None)
        name = ".".join(part for part in stem.split("/") if part not in ("", "."))
        if stem.startswith(("/", "..")):
            name = _from_entries(case, locations.absolute(case, stem)) or stem.rpartition("/")[2]
        yield case.finding(
            "import-module-given-a-path",
            f"{one.name!r} is a path, and imports take dotted names: "
            + (f"{file} is the module {name}" if file else f"that would be {name}"),
            *one.evidence(case),
            *([Evidence("the file that is meant", file)] if file is not None else []),
            fix=f"give the dotted name: {_call(one, name)}",
            about=one.name,
            weight=92,
        )
        return


def _from_entries(case: Case, stem: str) -> str:
    under = [entry for entry in locations.entries(case) if stem.startswith(entry.rstrip("/") + "/")]
    return stem[len(max(under, key=len)) :].strip("/").replace("/", ".") if under else ""


def _call(one: Missed, name: str) -> str:
    return f"python -m {name}" if one.asker == "-m" else f"import_module({name!r})"


def import_module_relative(case: Case) -> Iterator[Finding]:
    """Say that a relative name was given without the package that it is relative to."""
    for failure in case.failures:
        match = _RELATIVE_CALL.search(failure.message) or _NO_PACKAGE_GIVEN.search(failure.message)
        if match is None:
            continue
        steps = chains.steps_of(failure.frames)
        name, step = match[1], steps[-1] if steps else None
        package = _package_for(case, name, step)
        shown = package or "the package that it is relative to"
        where = "" if step is None else f" in {step.file}:{step.line}"
        yield case.finding(
            "import-module-relative-without-package",
            f"import_module({name!r}){where} has no package to be relative to",
            *([Evidence(case.line(step.file, step.line), step.file, step.line)] if step is not None else []),
            Evidence(f"{name!r} begins with a dot: it is looked for below the package that package= names"),
            *([Evidence(f"{package} has {name.lstrip('.')}")] if package else []),
            fix=f"import_module({name!r}, package={package or '…'!r}), with {shown}",
            about=name,
            weight=91,
        )
        return


def _package_for(case: Case, name: str, step: chains.Step | None) -> str:
    """Tell which package a relative name may mean: the caller's own, or one beside it that has it."""
    tail = name.lstrip(".").partition(".")[0]
    if step is None or not step.file.startswith("/"):
        return ""
    own, _ = locations.dotted(case, step.file)
    home = locations.parent(step.file)
    if "." in own and locations.in_directory(case, tail, home) is not None:
        return own.rpartition(".")[0]
    for inner in case.listing(home):
        if inner.endswith("/") and inner[:-1].isidentifier():
            place = locations.in_directory(case, tail, locations.join(home, inner[:-1]))
            if place is not None and place.kind != "directory":
                return inner[:-1]
    return ""


def implicit_relative_import(case: Case) -> Iterator[Finding]:
    """Say that a module of a package imports a sibling as if that were at the top."""
    for one in missed.missed(case):
        if one.file is None or one.asker in ("__main__", ""):
            continue
        if "." not in one.asker and not one.file.endswith("/__init__.py"):
            continue
        sibling = locations.in_directory(case, one.top, locations.parent(one.file))
        if sibling is None or sibling.file == one.file or sibling.kind == "directory":
            continue
        package = one.asker if one.file.endswith("/__init__.py") else one.asker.rpartition(".")[0]
        rest = one.name.partition(".")[2]
        generated = "generated" in (case.line(one.file, 1)).lower()
        yield case.finding(
            "implicit-relative-import",
            f"{one.file} imports its sibling {sibling.home} as the top-level module {one.top!r}: "
            f"it is {package}.{one.name}",
            *one.evidence(case),
            Evidence(f"{one.top!r} lies beside it, in the package {package}", sibling.file),
            *(
                [Evidence("the file is generated code (such as protoc writes)", one.file, 1)]
                if generated
                else []
            ),
            fix=f"write 'from . import {one.top}' or 'import {package}.{one.name}'"
            if not rest
            else f"write 'from .{one.top} import …' or 'import {package}.{one.name}'",
            about=one.name,
            weight=91,
        )
        return


RULES = (
    package_not_executable,
    directory_not_executable,
    name_given_with_suffix,
    import_module_given_a_path,
    import_module_relative,
    implicit_relative_import,
)
