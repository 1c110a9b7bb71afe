"""Modules that nothing provides: the last explanation, when no other fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...finding import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case

# Lighter than every rule that can say more: it only knows that there is nothing.
FALLBACK = 10


def distribution_not_installed(case: Case) -> Iterator[Finding]:
    """Say that nothing on the path provides a top-level module that was not found."""
    for failure in case.failures:
        name = failure.module
        if failure.kind != "not-found" or "." in name or name in case.stdlib_names:
            continue
        python = case.start.get("python", "python")
        evidence = [Evidence(f"nothing on the search path of {python} provides {name!r}")]
        if failure.where is not None:
            evidence.append(
                Evidence(f"{failure.where.module} asks for it", failure.where.file, failure.where.line)
            )
        evidence += [Evidence(f"searched: {entry}") for entry in case.path]
        yield case.finding(
            "distribution-not-installed",
            f"{name!r} is not installed for {python}: nothing on its search path has that name",
            *evidence,
            fix=f"{python} -m pip install {name}",
            about=name,
            certainty="inferred",
            weight=FALLBACK,
        )
        return


RULES = (distribution_not_installed,)
