"""Files and directories of one name side by side: which of them wins, and what the other had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...finding import Evidence
from .. import places
from ..program import asked, asks, bindings, outline, ranked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case, Failure

_EXTENSIONS = (".so", ".pyd")


def package_hides_module(case: Case) -> Iterator[Finding]:
    """Say that a package won against the module file beside it, which has the missing name."""
    for failure, minus in ranked(case):
        wanted = asked(failure)
        origin = case.origin(wanted[0]) if wanted else None
        if wanted is None or origin is None or not origin.rpartition("/")[2].startswith("__init__."):
            continue
        file = f"{origin.rpartition('/')[0]}.py"
        if not bindings(outline(case, file), wanted[1]):
            continue
        found = bindings(outline(case, file), wanted[1])[0]
        yield case.finding(
            "package-hides-module-of-same-name",
            f"{origin} hides {file}: of a package directory and a module file of one name in one directory, "
            "the package is imported",
            Evidence(f"{wanted[0]!r} was imported from {origin}", origin),
            Evidence(f"{wanted[1]!r} is bound in {file}", file, found["line"]),
            *asks(case, failure),
            fix=f"rename {file} or the directory {origin.rpartition('/')[0]}, or move the contents of {file} "
            f"to {origin}",
            about=wanted[0],
            weight=86 - minus,
        )


def module_hides_directory(case: Case) -> Iterator[Finding]:
    """Say that a module file won against the directory without ``__init__.py`` beside it."""
    for failure, minus in ranked(case):
        wanted = asked(failure)
        origin = case.origin(wanted[0]) if wanted else None
        if wanted is None or origin is None:
            continue
        directory, _, base = origin.rpartition("/")
        stem = base.partition(".")[0]
        inner = places.offer(case, f"{directory}/{stem}", wanted[1])
        if stem == "__init__" or inner is None:
            continue
        yield case.finding(
            "module-hides-directory-without-init",
            f"{origin} hides {inner.file}: the directory {directory}/{stem} has no __init__.py, so the "
            "module file beside it is imported",
            Evidence(f"{wanted[0]!r} was imported from {origin}, which is no package", origin),
            Evidence(f"{directory}/{stem} has no __init__.py", f"{directory}/{stem}"),
            Evidence(f"{inner.file} is what was asked for", inner.file),
            *asks(case, failure),
            fix=f"move {origin} to {directory}/{stem}/__init__.py, or rename one of them",
            about=wanted[0],
            weight=86 - minus,
        )


def extension_beside_source(case: Case) -> Iterator[Finding]:
    """Say that a compiled module is used although a source file of its name lies beside it."""
    for failure, minus in ranked(case):
        if failure.kind in ("name", "attribute"):
            yield from _stale(case, failure, minus)
            return
    if case.question is None:
        return
    file = case.origin(case.question)
    source = _source_beside(case, file)
    if file and source and not places.owner(case, file):
        yield _beside(case, case.question, file, source, None, "warning", 70)


def _stale(case: Case, failure: Failure, minus: int) -> Iterator[Finding]:
    file = case.origin(failure.module)
    source = _source_beside(case, file)
    if file and source and bindings(outline(case, source), failure.item):
        yield _beside(case, failure.module, file, source, failure, "error", 86 - minus)


def _source_beside(case: Case, file: str | None) -> str | None:
    if file is None or not file.endswith(_EXTENSIONS):
        return None
    directory, _, base = file.rpartition("/")
    source = f"{directory}/{base.partition('.')[0]}.py"
    return source if case.exists(source) else None


def _beside(
    case: Case, name: str, file: str, source: str, failure: Failure | None, severity: str, weight: int
) -> Finding:
    return case.finding(
        "stale-extension-beside-source",
        f"{file} is imported, not {source}: an extension module comes before a source file of its name, "
        "so edits of the source have no effect",
        Evidence(f"{name!r} is taken from {file}", file),
        Evidence(f"{source} lies beside it and is never looked at", source),
        *(asks(case, failure) if failure is not None else ()),
        fix=f"delete {file}, or build it anew from {source}",
        about=name,
        severity=severity,
        weight=weight,
    )


def directory_like_module(case: Case) -> Iterator[Finding]:
    """Say that what looks like the module's file is a directory."""
    for failure, minus in ranked(case):
        if failure.kind == "not-found":
            parent, _, tail = failure.module.rpartition(".")
        elif failure.kind == "name":
            parent, tail = failure.module, failure.item
        else:
            continue
        for place in places.locations(case, parent) if parent else places.entries(case):
            here = places.listing(case, place)
            like = next((f"{tail}{one}" for one in places.suffixes(case) if f"{tail}{one}/" in here), None)
            if like is None:
                continue
            yield case.finding(
                "directory-named-like-module-file",
                f"{place}/{like} is a directory, not a module file, so it gives no module {tail!r}",
                Evidence(f"{place}/{like} is a directory", f"{place}/{like}"),
                *asks(case, failure),
                fix=f"rename the directory {place}/{like} to {place}/{tail}, or put the file in its place",
                about=failure.module,
                weight=86 - minus,
            )
            return


RULES = (package_hides_module, module_hides_directory, extension_beside_source, directory_like_module)
