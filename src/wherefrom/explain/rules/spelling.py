"""Names that do not exist while others that are nearly the same do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...finding import Evidence
from .. import places
from ..near import distance, near
from ..program import asks, bindings, outline, ranked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case, Failure

_MADE_BY_MACHINERY = ("__",)


def module_misspelt(case: Case) -> Iterator[Finding]:
    """Say that a module was not found whose name is nearly that of one that can be."""
    for failure, minus in ranked(case):
        if failure.kind != "not-found":
            continue
        parent, _, tail = failure.module.rpartition(".")
        known = _modules(case, parent)
        for close in near(tail, known):
            if tail in known or close.lower() == tail.lower():
                continue
            meant = f"{parent}.{close}".strip(".")
            yield case.finding(
                "typo-in-module-name",
                f"there is no module {failure.module!r}, but {known[close]} gives {meant!r}",
                Evidence(f"{meant!r} can be found: {known[close]}", known[close]),
                *asks(case, failure),
                fix=f"write {meant} instead of {failure.module}",
                about=failure.module,
                certainty="inferred",
                weight=_weight(tail, close, inside=bool(parent)) - minus,
            )
            return


def _modules(case: Case, parent: str) -> dict[str, str]:
    """Give the modules that can be found in a package, or at the top, each with its file."""
    found: dict[str, str] = {}
    if not parent:
        found = dict.fromkeys(
            (name for name in case.stdlib_names if not name.startswith("_")), "the standard library"
        )
        found |= dict.fromkeys(case.facts.get("builtin_module_names") or (), "the interpreter (built in)")
    for place in places.locations(case, parent) if parent else places.entries(case):
        for name, file in places.names_in(case, place).items():
            if found.get(name, "/").startswith("/"):
                found.setdefault(name, file)
            else:
                found[name] = file
    return found


def _weight(written: str, meant: str, *, inside: bool) -> int:
    slips = distance(written, meant, 2)
    return (74 if slips < 2 else 60) if inside else (66 if slips < 2 else 48)


def name_misspelt(case: Case) -> Iterator[Finding]:
    """Say that a module lacks a name but has one that is nearly the same."""
    for failure, minus in ranked(case):
        if failure.kind not in ("name", "attribute") or _half_made(case, failure):
            continue
        known = _names(case, failure)
        close = near(failure.item, known)
        file = case.origin(failure.module)
        if not close or failure.item in known or failure.item.startswith(_MADE_BY_MACHINERY):
            continue
        where = bindings(outline(case, file), close[0]) if file else []
        at = where[0]["line"] if where else None
        yield case.finding(
            "typo-in-imported-name",
            f"{file or failure.module} has no name {failure.item!r}, but it has {close[0]!r}",
            Evidence(f"{failure.module!r} binds {close[0]!r}", file, at),
            *asks(case, failure),
            fix=f"write {' or '.join(close)} instead of {failure.item}",
            about=failure.module,
            certainty="inferred",
            weight=(72 if failure.kind == "name" else 62) - minus,
        )


def _names(case: Case, failure: Failure) -> set[str]:
    """Give the names of a module: those that it had then, and the submodules of a package."""
    known = set(failure.error.held if failure.error is not None else ())
    file = case.origin(failure.module)
    if not known and file:
        told = outline(case, file)
        known = {one["name"] for one in told["bindings"]} if told else set()
    for place in places.locations(case, failure.module):
        known |= set(places.names_in(case, place))
    return known


def _half_made(case: Case, failure: Failure) -> bool:
    held = case.held(failure.module)
    return "partially initialized" in failure.message or (held is not None and held.outcome == "initializing")


RULES = (module_misspelt, name_misspelt)
