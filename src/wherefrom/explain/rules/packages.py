"""Packages that are there while a part of them is not: what is missing in them, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...finding import Evidence
from .. import places
from ..near import near
from ..program import asked, asks, bindings, line, lines_like, outline, program_frames, ranked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case, Failure

_MEMBERS = {"def": "function", "class": "class"}
_CHECKOUTS = ("", "/src", "/lib", "/python")
_SETTINGS = ("setup.py", "setup.cfg", "pyproject.toml", "MANIFEST.in")


def not_a_package(case: Case) -> Iterator[Finding]:
    """Say that something was asked for below a plain module."""
    for failure, minus in ranked(case):
        if failure.kind != "not-found" or "." not in failure.module:
            continue
        parent, _, tail = failure.module.rpartition(".")
        file = case.origin(parent)
        if not _plain(case, failure, parent, file):
            continue
        yield case.finding(
            "module-is-not-a-package",
            f"{parent!r} is not a package but a plain module, {file or 'built in'}, so there can be no "
            f"{failure.module!r} in it",
            Evidence(f"{parent!r} is taken from {file}, which is a module, not a package", file),
            *asks(case, failure),
            fix=f"import what there is in {parent!r}, or make it a package: a directory "
            f"{parent.rpartition('.')[2]} with an __init__.py and {tail}.py",
            about=failure.module,
            weight=50 - minus,
        )


def _plain(case: Case, failure: Failure, parent: str, file: str | None) -> bool:
    if failure.error is not None:
        return "is not a package" in failure.message
    found = case.found.get(failure.module)
    return found is not None and found.reason == "parent-not-a-package" and file is not None


def attribute_as_module(case: Case) -> Iterator[Finding]:
    """Say that the last part of a dotted name is a function or class, not a module."""
    for failure, minus in ranked(case):
        if failure.kind != "not-found" or "." not in failure.module:
            continue
        parent, _, tail = failure.module.rpartition(".")
        file = case.origin(parent)
        if file is None or places.submodule(case, parent, tail) is not None:
            continue
        told = outline(case, file)
        found = [one for one in bindings(told, tail) if one["kind"] != "delete"]
        if not found and told and told["all"] and tail in told["all"]["items"]:
            found = [{"kind": "name", "line": told["all"]["line"]}]
        if not found:
            continue
        what = _MEMBERS.get(found[0]["kind"], "name")
        yield case.finding(
            "dotted-import-names-an-attribute",
            f"{failure.module!r} is no module: {tail!r} is a {what} in {file}",
            Evidence(
                f"{tail!r} is a {what} of {parent!r}: {line(case, file, found[0]['line'])}",
                file,
                found[0]["line"],
            ),
            Evidence("every part of a dotted name in an import statement has to be a module"),
            *asks(case, failure),
            fix=f"from {parent} import {tail}; for a name in a string, import {parent!r} and use "
            f"getattr(module, {tail!r})",
            about=failure.module,
            weight=80 - minus,
        )


def path_wrong(case: Case) -> Iterator[Finding]:
    """Say that a package's ``__path__`` was replaced by something that leads nowhere."""
    for failure, minus in ranked(case):
        wanted = asked(failure)
        if wanted is None or failure.kind == "attribute":
            continue
        package, tail = wanted
        file = case.origin(package)
        if file is None or not file.rpartition("/")[2].startswith("__init__."):
            continue
        directory = file.rpartition("/")[0]
        inner = places.offer(case, directory, tail)
        held = case.held(package)
        now = held.locations if held is not None else ()
        # No location is known for certain to be no __path__ only where sys.modules was looked at.
        wrong = directory not in now if held is not None and held.outcome != "absent" else False
        changed = lines_like(case, r"__path__", (file,))
        if inner is None or not (wrong or (held is None and bindings(outline(case, file), "__path__"))):
            continue
        if "extend_path" in (case.text(file) or "") or not changed:
            continue
        value = now[0] if now else "deleted"
        yield case.finding(
            "package-path-wrong",
            f"{file} sets __path__ to something that is no list with its directory, so "
            f"{inner.file} is not found",
            Evidence(f"{changed[0].text}", file, changed[0].line),
            Evidence(f"{package}.__path__ was {value}; it has to be a list of directories, each a str"),
            Evidence(f"{inner.file} is there", inner.file),
            *asks(case, failure),
            fix=f"make it a list: __path__ = [{directory!r}], or leave __path__ alone",
            about=package,
            weight=88 - minus,
        )


def subpackage_not_packaged(case: Case) -> Iterator[Finding]:
    """Say that an installed distribution lacks a directory that its sources have."""
    for failure, minus in ranked(case):
        wanted = asked(failure)
        if wanted is None or failure.kind == "attribute":
            continue
        package, tail = wanted
        for installed in places.locations(case, package):
            owner = _installed(case, installed)
            source = _source_of(case, owner, package, tail) if owner is not None else None
            if owner is None or source is None or source == f"{installed}/{tail}":
                continue
            yield case.finding(
                "subpackage-not-packaged",
                f"{installed} lacks {package}.{tail}: the distribution {owner['name']} {owner['version']} "
                f"was built without {source}",
                Evidence(f"{package!r} is installed in {installed}, without {tail!r}", installed),
                Evidence(f"the sources have it: {source}", source),
                *_packaging(case, source),
                *asks(case, failure),
                fix="list every package in the packaging settings (packages = find_packages(), with an "
                "__init__.py in each), then build and install again",
                about=f"{package}.{tail}",
                weight=86 - minus,
            )
            return


def _installed(case: Case, directory: str) -> dict[str, str] | None:
    for one in case.distributions:
        home = one["entry"].rstrip("/") + "/"
        below = directory[len(home) :] + "/"
        if directory.startswith(home) and any(file.startswith(below) for file in one["files"]):
            return None if one["editable"] else one
    return None


def _source_of(case: Case, owner: dict[str, str], package: str, tail: str) -> str | None:
    """Give the directory of a subpackage in the sources of a distribution, if they can be found."""
    script = str(case.start.get("target") or "")
    roots = [owner.get("source") or "", case.cwd]
    if case.start.get("program") == "script":
        roots.append(places.full(case, script).rpartition("/")[0])
    for root in dict.fromkeys(root.rstrip("/") for root in roots if root):
        for part in _CHECKOUTS:
            place = f"{root}{part}/{package.replace('.', '/')}"
            if f"{tail}/" in case.listing(place) and place != f"{owner['entry']}/{package.replace('.', '/')}":
                return f"{place}/{tail}"
    return None


def _packaging(case: Case, source: str) -> Iterator[Evidence]:
    root = source
    for _ in range(6):
        root = root.rpartition("/")[0]
        for file in _SETTINGS:
            content = (case.text(f"{root}/{file}") or "").splitlines()
            for number, said in enumerate(content, 1):
                if "packages" in said:
                    yield Evidence(f"packaging setting: {said.strip()}", f"{root}/{file}", number)
                    return


def not_in_package(case: Case) -> Iterator[Finding]:
    """Say that a package is there and has no such submodule; the last word, if nothing says more."""
    for failure, minus in ranked(case):
        wanted = asked(failure)
        if wanted is None or failure.kind == "attribute":
            continue
        package, tail = wanted
        directories = places.locations(case, package)
        if not directories or directories[0].startswith("<"):
            continue
        if failure.kind == "name" and not tail.islower():
            continue
        if places.submodule(case, package, tail) is not None:
            continue
        known = {name for place in directories for name in places.names_in(case, place)}
        close = near(tail, known)
        yield case.finding(
            "module-not-found-in-package",
            f"the package {package!r} in {directories[0]} has no module {tail!r}",
            *[Evidence(f"{place} has no {tail}.py and no directory {tail}", place) for place in directories],
            Evidence(f"modules there: {', '.join(sorted(known)[:20]) or 'none'}"),
            *asks(case, failure),
            fix=f"create {directories[0]}/{tail}.py, or correct the name"
            + (f": {package}.{close[0]}" if close else ""),
            about=f"{package}.{tail}",
            certainty="observed" if failure.kind == "not-found" else "inferred",
            weight=(40 if failure.kind == "not-found" else 22) - minus,
        )


def empty_file(case: Case) -> Iterator[Finding]:
    """Say that a module has nothing in it, because its file is empty."""
    for failure, minus in ranked(case):
        if failure.kind not in ("name", "attribute"):
            continue
        file = case.origin(failure.module)
        found = case.stat(file) if file else None
        if file is None or found is None or not file.endswith(".py"):
            continue
        if found["size"] and (case.text(file) or "").strip("\ufeff \t\r\n"):
            continue
        package = file.endswith("/__init__.py")
        if package and places.submodule(case, failure.module, failure.item) is not None:
            continue
        yield case.finding(
            "module-file-is-empty",
            f"{file} is empty ({found['size']} bytes), so {failure.module!r} has no {failure.item!r}",
            Evidence(f"{file}: size {found['size']}", file),
            *asks(case, failure),
            fix=f"save {file} with its contents, or restore it from version control",
            about=failure.module,
            weight=(45 if package else 64) - minus,
        )


def parent_fails(case: Case) -> Iterator[Finding]:
    """Say that a submodule could not be imported because a package above it fails."""
    for failure, minus in ranked(case):
        frames = program_frames(case, failure)
        if failure.error is None or not frames or frames[0].function != "<module>":
            continue
        last = frames[0]
        if not last.file.endswith("/__init__.py") or case.is_stdlib(last.file):
            continue
        name = _asked_below(case, last.module)
        if name is None:
            continue
        yield case.finding(
            "parent-package-init-fails",
            f"{name!r} cannot be imported because {last.file} fails: "
            f"{failure.error.error}: {failure.message}",
            Evidence(
                line(case, last.file, last.line) or "fails here", last.file, last.line, failure.error.order
            ),
            Evidence(f"importing {name!r} runs the __init__.py of {last.module!r} first", last.file),
            fix=f"repair {last.file}, line {last.line}" + _install(failure),
            about=last.module,
            weight=74 - minus,
        )


def _asked_below(case: Case, package: str) -> str | None:
    """Give the submodule that was asked for when the package was run, if it lies there."""
    names = [span.name for span in case.failed]
    if case.start.get("program") == "module":
        names.append(str(case.start["target"]))
    for name in names:
        if name.startswith(f"{package}."):
            tail = name[len(package) + 1 :].partition(".")[0]
            if places.submodule(case, package, tail) is not None:
                return name
    return None


def _install(failure: Failure) -> str:
    if failure.kind != "not-found" or "." in failure.module:
        return ""
    return f": install what provides {failure.module!r}, or do not import it there"


RULES = (
    not_a_package,
    attribute_as_module,
    path_wrong,
    subpackage_not_packaged,
    not_in_package,
    empty_file,
    parent_fails,
)
