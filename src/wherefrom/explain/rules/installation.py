"""Installations that are incomplete, mixed, or of another distribution than was meant."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from ...finding import Evidence
from ..absent import absents, join, offered, python_of
from ..installed import named, owner_of
from ..tables.distributions import PROVIDERS, canonical

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..absent import Absent
    from ..case import Case, Failure
    from ..installed import Distribution

_SETUPTOOLS = ("distutils", "pkg_resources", "setuptools")


def files_missing(case: Case) -> Iterator[Finding]:
    """Say that the metadata of a distribution list a file of the wanted module that is not there."""
    for absent in absents(case):
        stem = absent.name.replace(".", "/")
        for one in case.distributions:
            wanted = [f"{stem}.py", f"{stem}/__init__.py"]
            listed = [file for file in one["files"] if file in wanted or file.startswith(f"{stem}.")]
            gone = [file for file in listed if not case.exists(join(one["entry"], file))]
            if (
                not gone
                or len(gone) < len(listed)
                or len(case.distributions_of(join(one["entry"], gone[0]))) > 1
            ):
                continue
            yield _gone(case, absent, one, gone[0])
            return


def _gone(case: Case, absent: Absent, one: Distribution, file: str) -> Finding:
    half = [name for name in case.listing(one["entry"]) if name.startswith("~")]
    pip = absent.top == "pip"
    fix = (
        f"{python_of(case)} -m ensurepip --upgrade"
        if pip
        else f"{python_of(case)} -m pip install --force-reinstall {one['name']}"
    )
    return case.finding(
        "pip-vendored-broken" if pip else "installed-files-missing",
        f"{one['name']} {one['version']} is installed, but its file {join(one['entry'], file)} is "
        "missing: the "
        "installation is incomplete",
        Evidence(f"its RECORD lists {file}, which does not exist", one["metadata"]),
        *(
            Evidence(f"what pip leaves of an interrupted change: {join(one['entry'], name)}")
            for name in half[:2]
        ),
        *absent.asked(case),
        fix=fix,
        about=absent.name,
        weight=89,
    )


def pip_broken(case: Case) -> Iterator[Finding]:
    """Say that pip itself lacks one of its own modules."""
    for absent in absents(case):
        if not absent.name.startswith(("pip._internal", "pip._vendor", "pip.")):
            continue
        file = absent.asker.file if absent.asker is not None else ""
        yield case.finding(
            "pip-vendored-broken",
            f"pip is broken: its own module {absent.name!r} is "
            f"missing{f', asked for by {file}' if file else ''}; "
            "it was perhaps half upgraded",
            *absent.asked(case),
            *(Evidence(f"pip {one['version']} is installed", one["metadata"]) for one in named(case, "pip")),
            fix=f"{python_of(case)} -m ensurepip --upgrade, then {python_of(case)} -m pip install "
            "--upgrade pip",
            about=absent.name,
            weight=87,
        )
        return


def setuptools_missing(case: Case) -> Iterator[Finding]:
    """Say that ``pkg_resources`` or ``distutils`` need setuptools, which is not there or too new."""
    for absent in absents(case):
        if absent.top not in _SETUPTOOLS or (absent.top == "distutils" and case.python < (3, 12)):
            continue
        there = named(case, "setuptools")
        if there and absent.top != "pkg_resources":
            continue
        python = python_of(case)
        state = (
            f"setuptools {there[0]['version']} has no pkg_resources any more (since 82)"
            if there
            else "setuptools is not installed: virtual environments have none since Python 3.12"
        )
        gone = (
            " It was removed from the standard library in Python 3.12." if absent.top == "distutils" else ""
        )
        spec = "'setuptools<82'" if absent.top == "pkg_resources" else "setuptools"
        instead = {"pkg_resources": ", or use importlib.metadata and importlib.resources instead"}
        yield case.finding(
            "setuptools-not-installed",
            f"{absent.name!r} is provided by setuptools, and {state}.{gone}",
            *absent.asked(case),
            Evidence(state),
            *_asking(case, absent),
            fix=f"{python} -m pip install {spec}{instead.get(absent.top, '')}",
            about=absent.name,
            weight=86,
        )
        return


def _asking(case: Case, absent: Absent) -> Iterator[Evidence]:
    owner = owner_of(case, absent.asker.file) if absent.asker is not None else None
    if owner is not None:
        yield Evidence(f"{owner['name']} {owner['version']} asks for it", owner["metadata"])


# -- the wrong distribution -------------------------------------------------------------------------


def wrong_distribution(case: Case) -> Iterator[Finding]:
    """Say that a distribution that is not meant provides the import name, or seems to."""
    for failure in case.failures:
        if failure.kind == "other":
            continue
        top = failure.module.partition(".")[0]
        row = PROVIDERS.get(top)
        if row is None or named(case, row.name):
            continue
        for wrong in row.wrong:
            for one in named(case, wrong):
                if (
                    failure.kind == "not-found"
                    and failure.module == top
                    and top in one["modules"]
                    and _lies(case, top)
                ):
                    continue
                yield _wrong(case, failure, one, row.name)
                return


def _lies(case: Case, top: str) -> bool:
    return any(offered(case, entry, top) for entry in case.path)


def _wrong(case: Case, failure: Failure, one: Distribution, wanted: str) -> Finding:
    top, python = failure.module.partition(".")[0], python_of(case)
    lacks = f"has no {failure.item!r}" if failure.item else f"does not provide {failure.module!r}"
    origin = case.origin(top) or join(one["entry"], top)
    where = failure.where
    asks = (
        [Evidence(f"{where.module}: {case.line(where.file, where.line)}", where.file, where.line)]
        if where is not None
        else []
    )
    return case.finding(
        "wrong-distribution-same-import-name",
        f"the installed distribution {one['name']} {one['version']} ({one['entry']}/{top}) {lacks}; "
        "what is meant "
        f"is probably {wanted}",
        Evidence(f"{one['name']} {one['version']} is installed", one["metadata"]),
        Evidence(f"{top!r} comes from it", origin),
        Evidence(f"the distribution {wanted} provides {top!r} too, and is not installed"),
        *asks,
        fix=f"{python} -m pip uninstall {one['name']}; {python} -m pip install {wanted}",
        about=failure.module,
        certainty="inferred",
        weight=86,
    )


def two_owners(case: Case) -> Iterator[Finding]:
    """Say that two distributions own the file that fails: one has overwritten, or removed, the other's."""
    for failure in case.failures:
        if failure.kind == "other":
            continue
        file = _file_of(case, failure)
        owners = _sharers(case, failure, file)
        if len({canonical(one["name"]) for one in owners}) < 2:
            continue
        names = " and ".join(f"{one['name']} {one['version']}" for one in owners)
        shown = file or join(owners[0]["entry"], *failure.module.split("."))
        yield case.finding(
            "two-distributions-own-the-same-files",
            f"{names} own the same file {shown}: what is there belongs to one of them only",
            *(
                Evidence(f"RECORD of {one['name']} {one['version']} lists it", one["metadata"])
                for one in owners
            ),
            Evidence(failure.message, file),
            fix=f"uninstall both ({python_of(case)} -m pip uninstall "
            f"{' '.join(one['name'] for one in owners)}), "
            "and install the one that is wanted",
            about=failure.module,
            weight=91,
        )
        return


def _file_of(case: Case, failure: Failure) -> str | None:
    if failure.kind == "not-found":
        return None
    return (
        failure.error.origin
        if failure.error is not None and failure.error.origin
        else case.origin(failure.module)
    )


def _sharers(case: Case, failure: Failure, file: str | None) -> list[Distribution]:
    if file is not None:
        return case.distributions_of(file)
    stem = failure.module.replace(".", "/")
    wanted = (f"{stem}.py", f"{stem}/__init__.py")
    return [one for one in case.distributions if any(file in one["files"] for file in wanted)]


def metadata_missing(case: Case) -> Iterator[Finding]:
    """Say that code asks for the metadata of a distribution whose ``.dist-info`` is not there."""
    for failure in case.failures:
        error = failure.error
        if error is None or error.error not in ("PackageNotFoundError", "DistributionNotFound"):
            continue
        mine = [frame for frame in failure.frames if not case.is_stdlib(frame.file) and frame.file[:1] != "<"]
        if not mine or "pkg_resources/" in mine[-1].file:
            mine = [frame for frame in mine if "pkg_resources/" not in frame.file]
        if not mine:
            return
        name = error.name or error.message.rpartition(" ")[2].strip("'\"") or "?"
        frame, module = mine[-1], mine[-1].file
        yield case.finding(
            "distribution-metadata-missing",
            f"{module} asks for the metadata of the distribution {name!r}, which has no .dist-info "
            "on the path: "
            "its code was copied or bundled without them",
            Evidence(
                f"{frame.module}: {case.line(frame.file, frame.line)}", frame.file, frame.line, error.order
            ),
            Evidence(f"no distribution of the name {name!r} among {len(case.distributions)} on the path"),
            fix=f"{python_of(case)} -m pip install {name}, or bundle its metadata (for PyInstaller: "
            f"--copy-metadata {name})",
            about=frame.module,
            weight=86,
        )
        return


def duplicate_metadata(case: Case) -> Iterator[Finding]:
    """Say that a distribution has two sets of metadata in one directory."""
    seen: dict[tuple[str, str], Distribution] = {}
    failure = case.failure
    for one in case.distributions:
        key = (one["entry"], canonical(one["name"]))
        other = seen.setdefault(key, one)
        if other is one or other["version"] == one["version"] or failure is None:
            continue
        text = " ".join([failure.module, failure.message, *(frame.module for frame in failure.frames)])
        concerned = any(module in text for module in one["modules"]) or one["name"].lower() in text.lower()
        yield case.finding(
            "duplicate-dist-info",
            f"{one['name']} has two sets of metadata in {one['entry']}: "
            f"{posixpath.basename(other['metadata'])} and "
            f"{posixpath.basename(one['metadata'])}, so its version cannot be trusted",
            Evidence(f"version {other['version']}", other["metadata"]),
            Evidence(f"version {one['version']}", one["metadata"]),
            fix=f"delete the older of {other['metadata']} and {one['metadata']}, then "
            f"{python_of(case)} -m pip install --force-reinstall {one['name']}",
            about=failure.module,
            severity="error" if concerned else "note",
            weight=58,
        )


def hidden_by_mount(case: Case) -> Iterator[Finding]:
    """Say that an editable install leads to a directory of a container that is empty or lacks the package."""
    inside = case.stat("/.dockerenv") or case.stat("/run/.containerenv")
    for absent in absents(case):
        for one in case.distributions:
            home = one["editable"]
            modules = one["modules"] or [one["name"].replace("-", "_")]
            if not home or absent.top not in modules or not case.exists(home):
                continue
            names = case.listing(home)
            if offered(case, home, absent.top) or offered(case, join(home, "src"), absent.top):
                continue
            yield case.finding(
                "docker-copy-or-mount-hides-package",
                f"{home}, where the sources of {one['name']} should be, "
                + ("is empty" if not names else f"lacks {absent.top!r}")
                + ": a mount or .dockerignore hides them",
                Evidence(f"{one['name']} {one['version']} is installed from {home}", one["metadata"]),
                Evidence(f"it holds {', '.join(names[:10]) or 'nothing'}", home),
                *([Evidence("the program runs in a container")] if inside else []),
                *absent.asked(case),
                fix="build the image again with the sources in it, or mount them at the same place",
                about=absent.name,
                certainty="inferred",
                weight=85 if inside else 70,
            )
            return


RULES = (
    files_missing,
    pip_broken,
    setuptools_missing,
    wrong_distribution,
    two_owners,
    metadata_missing,
    duplicate_metadata,
    hidden_by_mount,
)
