"""Relative imports that have no package to be relative to, and packages run as scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ...finding import Evidence
from .. import chains, locations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case, Failure
    from ..chains import Step

_NO_PARENT = "attempted relative import with no known parent package"
_BEYOND = "attempted relative import beyond top-level package"
_PACKAGE_LINE = re.compile(r"^\s*__package__\s*=\s*['\"]([^'\"]*)['\"]")


def relative_import(case: Case) -> Iterator[Finding]:
    """Say why a relative import had nothing to be relative to."""
    for failure in case.failures:
        steps = chains.steps_of(failure.frames)
        if not steps:
            continue
        if failure.message == _NO_PARENT or "'__name__' not in globals" in failure.message:
            yield from _no_parent(case, failure, steps[-1])
            return
        if failure.message == _BEYOND:
            yield _beyond(case, failure, steps[-1])
            return


def _no_parent(case: Case, failure: Failure, step: Step) -> Iterator[Finding]:
    if step.file.startswith("<"):
        yield _in_text(case, failure, step)
        return
    # A script of bundled or generated code may have no place in a package at all.
    name, root = locations.dotted(case, step.file)
    if step.module == "__main__":
        yield _in_script(case, failure, step, name, root)
    elif "." not in step.module:
        yield _in_top_level(case, failure, step, name, root)


def _in_text(case: Case, failure: Failure, step: Step) -> Finding:
    outer = [frame for frame in failure.frames if not frame.file.startswith("<")]
    where = outer[-1] if outer else None
    place = f"{where.file}:{where.line}" if where is not None else "the command line"
    return case.finding(
        "exec-without-package",
        f"the code that {place} executes has a relative import, and its globals name no package",
        Evidence(f"{failure.message}, in {step.file}", event=_order(failure)),
        *([Evidence(case.line(where.file, where.line), where.file, where.line)] if where is not None else []),
        Evidence("the globals of the code have no __package__ to be relative to"),
        fix="give the globals the '__package__' (and '__name__') of the package, or import absolutely",
        about=step.module,
        weight=88,
    )


def _in_script(case: Case, failure: Failure, step: Step, name: str, root: str) -> Finding:
    if (
        "." not in name
        and name != locations.dotted(case, locations.join(locations.parent(step.file), "x.py"))[0]
    ):
        name, root = _as_if_packages(case, step.file, name, root)
    in_package = name.endswith(".__main__") or step.file.endswith("/__main__.py")
    module = name.removesuffix(".__main__") if in_package else name
    package = name if step.file.endswith("__main__.py") else name.rpartition(".")[0]
    return case.finding(
        "relative-import-in-script",
        f"{step.file} was run as a script: as __main__ it belongs to no package, so its relative import "
        f"cannot work",
        Evidence(case.line(step.file, step.line) or "relative import", step.file, step.line, _order(failure)),
        Evidence(f"as a module it would be {name} of the package {package or '(none)'} in {root}"),
        fix=f"run it as a module, from {root}: python -m {module}",
        about=name,
        weight=90,
    )


def _as_if_packages(case: Case, file: str, name: str, root: str) -> tuple[str, str]:
    """Name a script whose directory has no ``__init__``: as if that were a (namespace) package."""
    home = locations.parent(file)
    package = home.rpartition("/")[2]
    if file.endswith("/__main__.py"):
        return package, locations.parent(home)
    return (f"{package}.{name}", locations.parent(home)) if package.isidentifier() else (name, root)


def _in_top_level(case: Case, failure: Failure, step: Step, name: str, root: str) -> Finding:
    entry = locations.parent(step.file) if not step.file.endswith("/__init__.py") else step.file
    if "." not in name:
        name, root = _as_if_packages(case, step.file, name, root)
    source = case.source(entry) or "added at run time"
    asker = [one for one in chains.steps_of(failure.frames) if one.module != step.module][-1:]
    return case.finding(
        "relative-import-in-top-level-module",
        f"{step.file} was imported as the top-level module {step.module!r}, so its relative import has no "
        f"package; its full name is {name}",
        Evidence(case.line(step.file, step.line) or "relative import", step.file, step.line, _order(failure)),
        *chains.told(case, tuple(asker)),
        Evidence(f"{entry}, the directory of its package, is itself on the search path ({source})"),
        fix=f"import {name} instead of {step.module}, with {root} on the search path and not {entry}",
        about=step.module,
        weight=90,
    )


def _beyond(case: Case, failure: Failure, step: Step) -> Finding:
    statement = _statement(case, step)
    level = statement["level"] if statement else 0
    target = (statement or {}).get("module") or ""
    name, root = locations.dotted(case, step.file)
    base = locations.parent(step.file)
    for _ in range(max(level - 1, 0)):
        base = locations.parent(base)
    words = [target.partition(".")[0]] if target else [one[0] for one in (statement or {}).get("names") or ()]
    found = [place for word in words if (place := locations.in_directory(case, word, base)) is not None]
    top = step.module.partition(".")[0]
    evidence = [
        Evidence(case.line(step.file, step.line) or "relative import", step.file, step.line, _order(failure)),
        Evidence(
            f"{step.file} is {step.module} here: {top!r} is the top-level package, "
            f"and {'.' * level} leads above it"
        ),
        *[Evidence(f"{place.name!r}, which it means, lies in {place.home}", place.file) for place in found],
    ]
    longer = len(name.split(".")) > len(step.module.split(".")) and step.module != "__main__"
    fix = (
        f"start one directory higher: from {root}, with the name {name}"
        if longer or (base != root and found and base.startswith(root))
        else f"import absolutely: {_absolute(statement)} (with {base} on the search path)"
    )
    return case.finding(
        "relative-import-beyond-top-level",
        f"line {step.line} of {step.file} has more dots than {step.module} has parents: it leads above the "
        f"package {top!r}" + (f", to {found[0].home}" if found else ""),
        *evidence,
        fix=fix,
        about=step.module,
        weight=90,
    )


def _statement(case: Case, step: Step) -> dict[str, Any] | None:
    outline = case.outline(step.file) or {}
    here = [
        one for one in outline.get("imports", ()) if one["line"] <= step.line <= one["end"] and one["level"]
    ]
    return here[0] if here else None


def _absolute(statement: dict[str, Any] | None) -> str:
    listed = ", ".join(one[0] for one in (statement or {}).get("names") or ()) or "…"
    target = (statement or {}).get("module")
    return f"from {target} import {listed}" if target else f"import {listed}"


def _order(failure: Failure) -> int | None:
    return None if failure.error is None else failure.error.order


def package_variable_wrong(case: Case) -> Iterator[Finding]:
    """Say that ``__package__`` was set by hand to a package that cannot be imported."""
    main = locations.script(case)
    if main is None or case.failure is None:
        return
    where = case.failure.where
    for number, line in enumerate((case.text(main) or "").splitlines(), 1):
        match = _PACKAGE_LINE.match(line)
        if match is None or where is None or where.file != main or where.line < number:
            continue
        value = match[1]
        about = case.failure.module or value
        if about.partition(".")[0] != value.partition(".")[0] and case.failure.kind != "other":
            continue
        name, root = locations.dotted(case, main)
        first = locations.parent(main)
        yield case.finding(
            "package-variable-wrong",
            f"{main} sets __package__ to {value!r} by hand, and {value!r} cannot be imported from {first}",
            Evidence(line.strip(), main, number),
            Evidence(case.line(main, where.line), main, where.line, _order(case.failure)),
            Evidence(
                f"sys.path[0] is {first}; the package {value!r} lies in {root}, which is not on the path"
            ),
            fix=f"leave __package__ alone and run it from {root}: python -m {name}",
            about=about,
            weight=91,
        )
        return


RULES = (relative_import, package_variable_wrong)
