"""What the metadata of installed distributions say: who provides a module, who owns a file, who needs whom.

Decides nothing; it looks up in ``case.distributions``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .requirements import Requirement, requirement
from .tables.distributions import canonical, provider_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .absent import Absent
    from .case import Case

Distribution = dict[str, Any]


def owner_of(case: Case, file: str) -> Distribution | None:
    """Give the distribution that a file belongs to: one that lists it, else one that provides its module."""
    found = case.distribution_of(file)
    if found is not None:
        return found
    for one in case.distributions:
        home = one["entry"].rstrip("/") + "/"
        if file.startswith(home) and file[len(home) :].split("/")[0].split(".")[0] in one["modules"]:
            return one
    return None


def named(case: Case, name: str) -> list[Distribution]:
    """Give the installed distributions of a name, however it is spelt."""
    return [one for one in case.distributions if canonical(one["name"]) == canonical(name)]


def providers(case: Case, module: str) -> list[Distribution]:
    """Give the installed distributions that say that they provide a top-level module."""
    return [one for one in case.distributions if module in one["modules"]]


def requirements_of(one: Distribution) -> Iterator[Requirement]:
    """Give what a distribution requires."""
    for line in one["requires"]:
        read = requirement(line)
        if read is not None:
            yield read


def required_for(one: Distribution, module: str) -> Requirement | None:
    """Give the requirement of a distribution that stands for a module, as far as names tell."""
    provider = provider_of(module)
    names = {canonical(module.partition(".")[0])} | ({canonical(provider.name)} if provider else set())
    found = [
        read
        for read in requirements_of(one)
        if read.name in names
        or read.name.removeprefix("python-") in names
        or read.name.removesuffix("-python") in names
    ]
    return next((read for read in found if not read.extra), found[0] if found else None)


def to_install(case: Case, absent: Absent) -> str:
    """Name what to install for a module: what is required, what the table says, or its own name."""
    if absent.asker is not None:
        owner = owner_of(case, absent.asker.file)
        required = required_for(owner, absent.name) if owner is not None else None
        if required is not None:
            return required.written
    provider = provider_of(absent.name)
    return provider.name if provider is not None else absent.top
