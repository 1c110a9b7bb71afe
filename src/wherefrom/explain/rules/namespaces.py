"""Namespace packages that lost portions, and packages that became one because of their ``__init__.py``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from ...finding import Evidence
from .. import places
from ..near import distance
from ..program import asked, asks, line, outline, program_frames, ranked, sources_of, used

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case, Failure

_INIT = "__init__"
_SLIPS = 2


@attrs.frozen
class _Split:
    """A package that was taken from one place while the wanted part lies in another.

    Attributes:
        package: its name.
        winner: its ``__init__`` file.
        carrier: what offers the same name and holds the wanted part.
        target: the wanted part there.
        others: all offers of that name on the path, in its order.
    """

    failure: Failure
    package: str
    winner: str
    carrier: places.Offer
    target: str
    others: tuple[places.Offer, ...]
    minus: int


def _splits(case: Case) -> Iterator[_Split]:
    for failure, minus in ranked(case):
        wanted = asked(failure)
        if wanted is None or failure.kind == "attribute":
            continue
        package, tail = wanted
        winner = case.origin(package)
        if winner is None or not winner.rpartition("/")[2].startswith(_INIT):
            continue
        others = _offers(case, package)
        mine = {*map(str, places.locations(case, package)), winner.rpartition("/")[0]}
        for one in others:
            inner = places.offer(case, one.directory, tail) if one.kind != "module" else None
            if inner is not None and one.directory not in mine:
                yield _Split(failure, package, winner, one, inner.file, others, minus)
                break


def _offers(case: Case, package: str) -> tuple[places.Offer, ...]:
    parent, _, tail = package.rpartition(".")
    above = places.locations(case, parent) if parent else places.entries(case)
    return tuple(one for place in above if (one := places.offer(case, place, tail)) is not None)


def _style(case: Case, one: places.Offer) -> str:
    """Tell in which way a directory takes part in a namespace."""
    if one.kind == "directory":
        return "PEP 420 (no __init__.py)"
    content = case.text(one.file) or ""
    if "extend_path" in content:
        return "pkgutil (extend_path)"
    return "pkg_resources (declare_namespace)" if "declare_namespace" in content else "regular"


def split_packages(case: Case) -> Iterator[Finding]:
    """Say that a package was taken from one place although the wanted part lies in another."""
    for split in _splits(case):
        winner = places.Offer("package", split.winner, "")
        style = _style(case, winner)
        styles = {_style(case, one) for one in split.others}
        if style != "regular":
            yield from _added_late(case, split, style)
        elif any(one.startswith("pk") for one in styles):
            yield _mixed(case, split)
        elif split.carrier.kind == "directory":
            yield _hidden(case, split)


def _added_late(case: Case, split: _Split, style: str) -> Iterator[Finding]:
    entry = split.carrier.entry
    if split.failure.error is None or "." in split.package:
        return
    imported = case.imported.get(split.package)
    evidence = [
        Evidence(f"{split.package!r} computed its __path__ when it was imported: {style}", split.winner),
        Evidence(f"{entry} joined sys.path only after {split.package!r} had already been imported"),
        Evidence(f"{split.target} is there but lies in no directory of {split.package}.__path__"),
        *asks(case, split.failure),
    ]
    if imported is not None and imported.file and imported.line:
        evidence.append(Evidence(f"{split.package!r} was first imported here", imported.file, imported.line))
    yield case.finding(
        "portion-added-after-parent-import",
        f"{split.target} is not seen: {split.winner} looked at sys.path when {split.package!r} was "
        f"already imported, before {entry} was added",
        *evidence,
        fix=f"add {entry} to sys.path before the first import of {split.package!r}, or make it a PEP 420 "
        f"namespace package: remove the __init__.py of every portion",
        about=split.package,
        weight=88 - split.minus,
    )


def _mixed(case: Case, split: _Split) -> Finding:
    shown = [
        Evidence(f"portion {one.file}: {_style(case, one)}", one.file)
        for one in split.others
        if one.kind != "module"
    ]
    return case.finding(
        "mixed-namespace-styles",
        f"{split.winner} ends the search for {split.package!r}: it is a regular package, while other "
        f"portions, such as {split.carrier.file}, extend __path__ by pkgutil or pkg_resources",
        *shown,
        Evidence(f"the wanted part is {split.target}"),
        *asks(case, split.failure),
        fix=f"use one style in every portion: remove {split.winner} and the other portions' __init__.py "
        "(PEP 420), or give all of them the same extend_path line",
        about=split.package,
        weight=82 - split.minus,
    )


def _hidden(case: Case, split: _Split) -> Finding:
    portions = [one for one in split.others if one.kind == "directory"]
    told = outline(case, split.winner) or {}
    before = (
        [one.file for one in split.others].index(split.carrier.file)
        < [one.file for one in split.others].index(split.winner)
        if split.winner in [one.file for one in split.others]
        else False
    )
    trivial = not told.get("bindings")
    if len(portions) > 1 and trivial:
        code, lead = (
            "stray-init-in-namespace-portion",
            "one portion of a namespace package has a stray __init__.py",
        )
    elif before:
        code, lead = "namespace-directory-hidden-by-later-package", "a regular package later on the path wins"
    else:
        code, lead = "regular-package-hides-namespace-portion", "a regular package ends the search"
    return case.finding(
        code,
        f"{split.winner} hides {split.target}: {lead}, and {split.carrier.file} is only a candidate for a "
        "namespace package, because it has no __init__.py",
        Evidence(f"{split.package!r} was taken from {split.winner}", split.winner),
        *[_portion(case, one) for one in portions],
        *_owners(case, split),
        *asks(case, split.failure),
        fix=_mend(code, split),
        about=split.package,
        weight=82 - split.minus,
    )


def _portion(case: Case, one: places.Offer) -> Evidence:
    owner = places.owner(case, one.file)
    said = f"{one.file} has no __init__.py: a portion of a namespace package"
    return Evidence(f"{said}, installed by {owner}" if owner else said, one.file)


def _owners(case: Case, split: _Split) -> Iterator[Evidence]:
    for path in (split.winner, split.target):
        owner = places.owner(case, path)
        if owner:
            yield Evidence(f"{path} belongs to the distribution {owner}", path)


def _mend(code: str, split: _Split) -> str:
    if code == "namespace-directory-hidden-by-later-package":
        return f"add {split.carrier.file}/__init__.py, or give the package a name of its own"
    return f"remove {split.winner}, so that every portion of {split.package!r} is found, or merge the two"


# -- __init__.py under another name ---------------------------------------------------------------


def misnamed_init(case: Case) -> Iterator[Finding]:
    """Say that a package lacks what its ``__init__.py`` binds, because that file has another name."""
    for failure, minus in ranked(case):
        wanted = asked(failure)
        if wanted is None and failure.kind != "other":
            continue
        packages = [wanted[0]] if wanted is not None else _namespaces_used(case, failure)
        for package in packages:
            for directory in places.locations(case, package):
                here = places.listing(case, directory)
                like = [item for item in here if _like_init(item)]
                if not like or any(f"{_INIT}{suffix}" in here for suffix in places.suffixes(case)):
                    continue
                yield _misnamed(case, failure, package, f"{directory}/{like[0]}", minus)
                return


def _like_init(item: str) -> bool:
    if item.endswith("/") or item == f"{_INIT}.py":
        return False
    if item.startswith((f"{_INIT}.py.", f"{_INIT}.txt")) or item in (_INIT, f"{_INIT}py", f"{_INIT},py"):
        return True
    stem, dot, suffix = item.strip().rpartition(".")
    if not dot or suffix.lower() not in ("py", "pyw", "yp", "p"):
        return False
    return stem.strip("_ ").lower() == "init" or distance(stem.lower(), _INIT, _SLIPS) <= _SLIPS


def _misnamed(case: Case, failure: Failure, package: str, file: str, minus: int) -> Finding:
    directory = file.rpartition("/")[0]
    return case.finding(
        "misnamed-init-file",
        f"{file} should be called __init__.py: without that file {package!r} is a namespace package and "
        "its code never runs",
        Evidence(f"{directory} has no __init__.py, so {package!r} is a namespace package", directory),
        Evidence(f"{file} has nearly that name", file),
        *asks(case, failure),
        fix=f"rename {file} to {directory}/__init__.py",
        about=package,
        weight=86 - minus,
    )


def _namespaces_used(case: Case, failure: Failure) -> list[str]:
    return [package for package, _, _ in _files_of_namespaces(case, failure)]


# -- what a namespace package does not have -------------------------------------------------------

_SHOWN = re.compile(r"<module '([^']+)' \((?:namespace|<_frozen_importlib_external\.Namespace)")


def no_file(case: Case) -> Iterator[Finding]:
    """Say that a namespace package was asked for its file."""
    for failure, minus in ranked(case):
        for package, file, number in _files_of_namespaces(case, failure):
            directories = places.locations(case, package)
            at = directories[0] if directories else package
            yield case.finding(
                "namespace-package-has-no-file",
                f"{package!r} is a namespace package, so its __file__ is None: {at} has no __init__.py",
                Evidence(f"asks for __file__: {line(case, file, number)}", file, number),
                *[Evidence(f"{place} has no __init__.py", place) for place in directories],
                fix=f"add {at}/__init__.py, or use importlib.resources.files({package!r}) or "
                f"list({package}.__path__) instead of __file__",
                about=package,
                weight=84 - minus,
            )
            return


def _files_of_namespaces(case: Case, failure: Failure) -> Iterator[tuple[str, str, int]]:
    if failure.error is None or failure.kind not in ("other", "attribute"):
        return
    shown = _SHOWN.search(failure.message)
    for frame in program_frames(case, failure):
        for name in used(outline(case, frame.file), frame.line):
            base, _, last = name.rpartition(".")
            if last != "__file__":
                continue
            for module, item, _ in sources_of(case, frame, base.partition(".")[0]):
                whole = ".".join(part for part in (module, item, base.partition(".")[2]) if part)
                if _is_namespace(case, whole):
                    yield whole, frame.file, frame.line
        if shown is not None:
            yield shown[1], frame.file, frame.line


def _is_namespace(case: Case, name: str) -> bool:
    found = case.found.get(name)
    if found is not None:
        return found.module_kind == "namespace"
    best = places.winner(case, name)
    return best is not None and best.kind == "directory"


def namespace_fixed_by_pth(case: Case) -> Iterator[Finding]:
    """Say that a ``-nspkg.pth`` made a namespace package at the start, with the portions of then."""
    for failure, minus in ranked(case):
        wanted = asked(failure)
        if wanted is None or "." in wanted[0]:
            continue
        package, tail = wanted
        held = case.held(package)
        mine = set(places.locations(case, package))
        lost = [one for one in _offers(case, package) if one.kind != "module" and one.directory not in mine]
        lost = [one for one in lost if places.offer(case, one.directory, tail) is not None]
        if held is None or held.origin or not lost:
            continue
        for file in _nspkg_files(case, package):
            yield case.finding(
                "nspkg-pth-fixes-namespace-path",
                f"{file} made {package!r} when Python started, with a fixed __path__ that leaves out "
                f"{lost[0].directory}",
                Evidence(f"{file} creates the module {package!r} at the start", file),
                Evidence(f"{package}.__path__ is {', '.join(mine) or 'empty'}"),
                Evidence(
                    f"{lost[0].directory} is a portion of {package!r} that has {tail!r}", lost[0].directory
                ),
                *asks(case, failure),
                fix=f"reinstall the distribution that wrote {file} from a release that uses PEP 420 "
                "namespace packages, and delete the file",
                about=package,
                weight=90 - minus,
            )
            return


def _nspkg_files(case: Case, package: str) -> Iterator[str]:
    for entry in places.entries(case):
        for item in places.listing(case, entry):
            if item.endswith("-nspkg.pth"):
                content = case.text(f"{entry}/{item}") or ""
                if re.search(rf"['\"]{re.escape(package)}['\"]", content):
                    yield f"{entry}/{item}"


RULES = (split_packages, misnamed_init, no_file, namespace_fixed_by_pth)
