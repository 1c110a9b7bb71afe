"""Modules that are installed for another environment, or into a directory that nobody searches."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

from ...finding import Evidence
from ..absent import absent_top, elsewhere, join, offered, python_of, script_directory, version_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..absent import Absent
    from ..case import Case

_BELOW = 3


def another_environment(case: Case) -> Iterator[Finding]:
    """Say in which other environment a module lies, the nearest and likeliest first."""
    absent = absent_top(case)
    if absent is None or absent.top in case.stdlib_names:
        return
    places = [one for one in elsewhere(case, absent.top) if one["directory"] not in case.path]
    off = {one["path"] for one in case.start_path.get("left_out", ()) if one["path"]}
    for one in places:
        told = _told(case, absent, one) if one["directory"] not in off else None
        if told is not None:
            yield told
            return


def _told(case: Case, absent: Absent, one: dict[str, Any]) -> Finding | None:
    own = one["version"] in ("", version_of(case))
    if one["kind"] == "own":
        return _split(case, absent, one) if own else _other_minor(case, absent, one)
    if one["kind"] == "venv":
        return _environment(case, absent, one)
    if one["kind"] == "conda":
        return _conda(case, absent, one)
    if one["kind"] == "tool":
        return _tool(case, absent, one)
    if one["kind"] == "kernel":
        return _kernel(case, absent, one)
    if one["kind"] == "user":
        return _user(case, absent, one)
    return _system(case, absent, one)


def _facts(case: Case, absent: Absent, one: dict[str, Any]) -> tuple[Evidence, ...]:
    what = f"{one['distribution']} {one['release']}" if one["distribution"] else absent.top
    whose = f", for Python {one['version']}" if one["version"] else ""
    return (
        Evidence(f"{what} is installed in {one['directory']}{whose}", one["path"]),
        Evidence(f"{python_of(case)}, Python {version_of(case)}, runs the program and does not search there"),
        *absent.asked(case),
    )


def _install(case: Case, absent: Absent, one: dict[str, Any]) -> str:
    return f"{python_of(case)} -m pip install {one['distribution'] or absent.top}"


def _interpreter_of(one: dict[str, Any]) -> str:
    return join(one["prefix"], "bin", "python")


def _other_minor(case: Case, absent: Absent, one: dict[str, Any]) -> Finding:
    return case.finding(
        "venv-made-by-another-python-minor",
        f"{absent.top!r} is installed in {one['directory']}, but the environment {one['prefix']} is now run "
        f"by Python {version_of(case)}, which looks in lib/python{version_of(case)}",
        *_facts(case, absent, one),
        Evidence("the environment was made by another Python", join(one["prefix"], "pyvenv.cfg")),
        fix=f"make the environment again: python{version_of(case)} -m venv --clear {one['prefix']}, "
        "and install anew",
        about=absent.name,
        weight=84,
    )


def _split(case: Case, absent: Absent, one: dict[str, Any]) -> Finding | None:
    """Tell of lib64; that another part of the own environment is not searched is a decision of somebody."""
    if "/lib64/" not in one["directory"]:
        return None
    return case.finding(
        "lib64-platlib-split",
        f"{absent.top!r} lies in {one['directory']}, which is not searched: compiled modules go to "
        "lib64 there, "
        "pure ones to lib",
        *_facts(case, absent, one),
        fix=f"put {one['directory']} on PYTHONPATH as well, or {_install(case, absent, one)}",
        about=absent.name,
        weight=76,
    )


def _environment(case: Case, absent: Absent, one: dict[str, Any]) -> Finding:
    python = _interpreter_of(one)
    running = "pyvenv.cfg" in " ".join(case.listing(posixpath.dirname(posixpath.dirname(python_of(case)))))
    another = one["active"] or running
    return case.finding(
        "installed-in-another-environment" if another else "venv-not-activated",
        f"{absent.top!r} is installed in the virtual environment {one['prefix']}, but "
        f"{python_of(case)} runs the program"
        + (", although VIRTUAL_ENV names that environment" if one["active"] else ""),
        *_facts(case, absent, one),
        fix=(
            f"{_install(case, absent, one)}, or run the program with {python}"
            if another
            else f"activate it (. {one['prefix']}/bin/activate), or run the program with {python}"
        ),
        about=absent.name,
        weight=78,
    )


def _conda(case: Case, absent: Absent, one: dict[str, Any]) -> Finding:
    return case.finding(
        "conda-env-not-active",
        f"{absent.top!r} is installed in the conda environment {one['prefix']}, which is not the "
        "one that runs",
        *_facts(case, absent, one),
        fix=f"conda activate {one['prefix']}, or {_install(case, absent, one)}",
        about=absent.name,
        weight=74,
    )


def _tool(case: Case, absent: Absent, one: dict[str, Any]) -> Finding:
    return case.finding(
        "pipx-or-tool-environment",
        f"{absent.top!r} is installed in {one['prefix']}, an environment of its own for a tool "
        "(pipx, uv tool), "
        "which other programs do not see",
        *_facts(case, absent, one),
        fix=_install(case, absent, one),
        about=absent.name,
        weight=76,
    )


def _kernel(case: Case, absent: Absent, one: dict[str, Any]) -> Finding:
    return case.finding(
        "jupyter-kernel-other-interpreter",
        f"{absent.top!r} is installed for the Jupyter kernel of {one['prefix']}, but {python_of(case)} runs",
        *_facts(case, absent, one),
        fix=f"{_install(case, absent, one)}, or choose the kernel of {one['prefix']}",
        about=absent.name,
        weight=72,
    )


def _user(case: Case, absent: Absent, one: dict[str, Any]) -> Finding:
    sudo = case.environment.get("SUDO_USER")
    if sudo and case.environment.get("HOME", "/root") not in one["prefix"]:
        return case.finding(
            "sudo-or-service-environment",
            f"{absent.top!r} is installed for the user {sudo} in {one['directory']}, and the program runs "
            "with sudo, as another user with another home",
            *_facts(case, absent, one),
            Evidence(f"SUDO_USER is {sudo}, HOME is {case.environment.get('HOME')}"),
            fix=f"install it for the environment that runs: {_install(case, absent, one)}",
            about=absent.name,
            weight=78,
        )
    return case.finding(
        "installed-in-another-environment",
        f"{absent.top!r} is installed in {one['directory']}, the user site of Python {one['version']}; "
        f"{python_of(case)} is Python {version_of(case)}",
        *_facts(case, absent, one),
        fix=_install(case, absent, one),
        about=absent.name,
        weight=70,
    )


def _system(case: Case, absent: Absent, one: dict[str, Any]) -> Finding:
    debian = one["directory"].endswith("/dist-packages")
    base = case.facts.get("base_prefix") or ""
    ours = debian and one["prefix"] == base
    other = join(one["prefix"], "bin", f"python{one['version'] or 3}")
    return case.finding(
        "dist-packages-versus-site-packages" if ours else "installed-in-another-environment",
        f"{absent.top!r} is installed in {one['directory']}, which only "
        + (f"the distributor's Python searches, not {python_of(case)}" if debian else f"{other} searches")
        + (" (a virtual environment does without it)" if ours else ""),
        *_facts(case, absent, one),
        fix=f"{_install(case, absent, one)}, or run the program with {other}"
        + (", or make the environment with --system-site-packages" if ours else ""),
        about=absent.name,
        weight=56,
    )


def target_directory(case: Case) -> Iterator[Finding]:
    """Say that a module lies in a directory that pip installed into and that is not searched."""
    absent = absent_top(case)
    if absent is None:
        return
    for root in dict.fromkeys((script_directory(case), case.cwd)):
        for found in case.around.ask("whereabouts", root, absent.top, _BELOW) or () if root else ():
            home = posixpath.dirname(found)
            mine = [name for name in case.listing(home) if name.endswith((".dist-info/", ".egg-info/"))]
            if home in case.path or not mine or offered(case, home, absent.top) is None:
                continue
            yield _target(case, absent, home, found, mine)
            return


def _target(case: Case, absent: Absent, home: str, found: str, metadata: list[str]) -> Finding:
    function = any("AWS_LAMBDA" in name for name in case.environment)
    return case.finding(
        "lambda-package-layout" if function else "target-directory-not-on-path",
        f"{absent.top!r} is installed in {home}, which is not on sys.path",
        Evidence(f"{absent.top!r} lies there", found),
        Evidence(
            f"distributions are installed there (pip install --target): {', '.join(metadata[:3])}", home
        ),
        *absent.asked(case),
        fix=f"PYTHONPATH={home}, or install into the environment: {python_of(case)} -m pip install "
        f"{absent.top}",
        about=absent.name,
        weight=80,
    )


RULES = (another_environment, target_directory)
