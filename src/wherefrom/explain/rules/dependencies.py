"""What installed distributions need of one another, and do not have: versions, extras, binary interfaces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...finding import Evidence
from ..absent import absents, python_of
from ..installed import owner_of, providers, required_for, requirements_of
from ..requirements import Requirement, capped
from ..tables.distributions import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case, Failure, Frame
    from ..installed import Distribution

_BINARY = (
    (re.compile(r"compiled using NumPy (?P<built>[\d.]+\w*).*NumPy\s+(?P<runs>[\d.]+)", re.S), "numpy"),
    (re.compile(r"numpy\.(?:dtype|ndarray|ufunc) size changed.*Expected (?P<built>\d+).*got "
    r"(?P<runs>\d+)", re.S), "numpy"),
    (re.compile(r"numpy\.core\.multiarray failed to import|_ARRAY_API not found"), "numpy"),
    (re.compile(r"module compiled against API version (?P<built>\w+) but this version of numpy is "
    r"(?P<runs>\w+)"), "numpy"),
    (re.compile(r"(?P<module>[\w.]+) size changed, may indicate binary incompatibility"), ""),
    (re.compile(r"(?P<module>[\w.]+) does not export expected C (?:function|variable) "), ""),
)  # fmt: skip


def _asker(case: Case, failure: Failure) -> tuple[Frame, Distribution] | None:
    """Give the frame that uses what is lacking, with the distribution that its file belongs to."""
    for frame in reversed(failure.frames):
        owner = owner_of(case, frame.file) if not frame.file.startswith("<") else None
        if owner is not None:
            return frame, owner
    return None


def _provider(case: Case, failure: Failure, asker: Distribution) -> Distribution | None:
    """Give the other distribution that provides the module that lacks something."""
    file = (
        failure.error.origin
        if failure.error is not None and failure.error.origin
        else case.origin(failure.module)
    )
    found = owner_of(case, file) if file is not None else None
    if found is None:
        found = next(iter(providers(case, failure.module.partition(".")[0])), None)
    return None if found is None or found["name"] == asker["name"] else found


def _requirement(asker: Distribution, provider: Distribution) -> Requirement | None:
    name = canonical(provider["name"])
    return next((one for one in requirements_of(asker) if one.name == name and not one.extra), None)


def version(case: Case) -> Iterator[Finding]:
    """Say that a distribution uses what the installed version of another does not have."""
    for failure in case.failures:
        if failure.kind == "other":
            continue
        found = _asker(case, failure)
        provider = _provider(case, failure, found[1]) if found is not None else None
        if found is None or provider is None:
            continue
        frame, asker = found
        required = _requirement(asker, provider)
        if required is None:
            continue
        if not required.met_by(provider["version"]):
            yield _conflict(case, failure, frame, asker, provider, required)
        elif not capped(required.versions) and failure.kind != "not-found":
            yield _too_new(case, failure, frame, asker, provider, required)
        return


def _shown(
    case: Case, failure: Failure, frame: Frame, asker: Distribution, provider: Distribution
) -> tuple[Evidence, ...]:
    origin = failure.error.origin if failure.error is not None else None
    order = failure.error.order if failure.error is not None else None
    what = f"{failure.module}.{failure.item}" if failure.item else failure.module
    return (
        Evidence(
            f"{frame.module} uses {what}: {case.line(frame.file, frame.line)}", frame.file, frame.line, order
        ),
        Evidence(f"{asker['name']} {asker['version']} is installed", asker["metadata"]),
        Evidence(f"{provider['name']} {provider['version']} is installed", provider["metadata"]),
        *([Evidence(f"{failure.module!r} comes from {origin}", origin)] if origin else []),
    )


def _conflict(
    case: Case,
    failure: Failure,
    frame: Frame,
    asker: Distribution,
    provider: Distribution,
    required: Requirement,
) -> Finding:
    what = f"has no {failure.item!r}" if failure.item else f"has no module {failure.module!r}"
    return case.finding(
        "dependency-version-conflict",
        f"{asker['name']} {asker['version']} requires {required}, and {provider['name']} "
        f"{provider['version']} is "
        f"installed, which {what}: {frame.file}:{frame.line}",
        *_shown(case, failure, frame, asker, provider),
        Evidence(f"Requires-Dist of {asker['name']}: {required}", asker["metadata"]),
        fix=f"{python_of(case)} -m pip install '{required}'",
        about=failure.module,
        weight=89,
    )


def _too_new(
    case: Case,
    failure: Failure,
    frame: Frame,
    asker: Distribution,
    provider: Distribution,
    required: Requirement,
) -> Finding:
    major = provider["version"].partition(".")[0]
    return case.finding(
        "installed-version-too-new",
        f"{asker['name']} {asker['version']} uses {failure.item!r} of {failure.module}, which "
        f"{provider['name']} "
        f"{provider['version']} does not have (any more): {frame.file}:{frame.line}",
        *_shown(case, failure, frame, asker, provider),
        Evidence(f"{asker['name']} requires {required}: nothing keeps newer versions out", asker["metadata"]),
        fix=f"{python_of(case)} -m pip install '{provider['name']}<{major}', or upgrade {asker['name']}",
        about=failure.module,
        certainty="inferred",
        weight=68,
    )


def extra_missing(case: Case) -> Iterator[Finding]:
    """Say that a missing module belongs to an extra of the distribution that asks for it."""
    for absent in absents(case):
        owner = owner_of(case, absent.asker.file) if absent.asker is not None else None
        if owner is None:
            continue
        required = required_for(owner, absent.name)
        if required is None or not required.extra:
            continue
        yield case.finding(
            "optional-extra-missing",
            f"{absent.name!r} belongs to the extra {required.extra!r} of {owner['name']} "
            f"{owner['version']}, which "
            "was installed without it",
            *absent.asked(case),
            Evidence(f"Requires-Dist: {required}; {required.marker}", owner["metadata"]),
            fix=f"{python_of(case)} -m pip install '{owner['name']}[{required.extra}]'",
            about=absent.name,
            weight=76,
        )
        return


def binary(case: Case) -> Iterator[Finding]:
    """Say that an extension was built against another version of what it uses in C."""
    for failure in case.failures:
        for pattern, name in _BINARY:
            match = pattern.search(failure.message)
            if match is None or failure.error is None:
                continue
            groups = match.groupdict()
            name = name or (groups.get("module") or "").partition(".")[0]
            yield _binary(case, failure, name, groups.get("built"), groups.get("runs"))
            return


def _binary(case: Case, failure: Failure, name: str, built: str | None, runs: str | None) -> Finding:
    there = next(iter(providers(case, name)), None)
    found = _asker(case, failure)
    frame = found[0] if found is not None else failure.where
    extension = _extension(case)
    culprit = extension or (frame.file if frame is not None else name)
    state = f"{there['name']} {there['version']}" if there else name
    versions = f" (built: {built}, here: {runs})" if built and runs else ""
    order = failure.error.order if failure.error is not None else None
    return case.finding(
        "binary-incompatible-dependency",
        f"{culprit} was built against another version of {name} than {state}, which is installed{versions}",
        Evidence(failure.message.strip().partition("\n")[0], event=order),
        *([Evidence(f"{frame.module} loads it", frame.file, frame.line)] if frame is not None else []),
        *([Evidence(f"{state} is installed", there["metadata"])] if there else []),
        *([Evidence(f"{found[1]['name']} {found[1]['version']}", found[1]["metadata"])] if found else []),
        fix="install versions that match: upgrade "
        f"{found[1]['name'] if found else 'what was built'}, or take a "
        f"version of {name} of the time it was built",
        about=name,
        certainty="inferred",
        weight=88,
    )


def _extension(case: Case) -> str | None:
    for span in reversed(case.failed):
        found = case.found.get(span.name)
        if found is not None and found.origin and found.module_kind == "extension":
            return found.origin
    return None


RULES = (version, extra_missing, binary)
