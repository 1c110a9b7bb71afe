"""Places that a flag, a variable or the environment leaves off the search path."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...finding import Evidence
from ..absent import absent_top, offered, python_of, version_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..absent import Absent
    from ..case import Case

PROVED = 88


def _left_out(case: Case, name: str, *reasons: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Give what was left off the path for one of some reasons and has a module."""
    for one in case.start_path.get("left_out", ()):
        if one["reason"] in reasons and one["path"]:
            found = offered(case, one["path"], name)
            if found is not None:
                yield one, found


def _cause(one: dict[str, Any]) -> str:
    """Give the flag, variable or file that left something out: it stands in brackets behind the reason."""
    because = str(one["because"])
    return because[because.rindex("(") + 1 : -1] if because.endswith(")") else because


def _drop(cause: str) -> str:
    return f"unset {cause}" if cause.isupper() and cause.startswith("PYTHON") else f"drop {cause}"


def user_site(case: Case) -> Iterator[Finding]:
    """Say that a module lies in the user site, which is switched off."""
    absent = absent_top(case)
    if absent is None:
        return
    reasons = ("user-site-disabled", "user-site-off-in-venv", "user-site-unsafe")
    for one, found in _left_out(case, absent.top, *reasons):
        cause = _cause(one)
        inside = one["reason"] == "user-site-off-in-venv"
        why = f"a virtual environment does without it ({cause})" if inside else f"it is off: {cause}"
        yield case.finding(
            "user-site-disabled",
            f"{absent.top!r} is installed in the user site {one['path']}, which is not searched: {why}",
            Evidence(f"{absent.top!r} lies in the user site", found),
            Evidence(one["because"]),
            *absent.asked(case),
            fix=f"{python_of(case)} -m pip install {absent.top}"
            + (" inside the virtual environment" if inside else f", or {_drop(cause)}"),
            about=absent.name,
            weight=PROVED,
        )
        return


def isolated(case: Case) -> Iterator[Finding]:
    """Say that a module lies in a directory of PYTHONPATH, which a flag makes Python ignore."""
    absent = absent_top(case)
    if absent is None:
        return
    for one, found in _left_out(case, absent.top, "environment-ignored"):
        cause = _cause(one)
        yield case.finding(
            "isolated-mode-ignores-pythonpath",
            f"{absent.top!r} lies in {one['path']}, an item of PYTHONPATH, which {cause} makes Python ignore",
            Evidence(f"PYTHONPATH leads to {absent.top!r}", found),
            Evidence(one["because"]),
            *absent.asked(case),
            fix=f"{_drop(cause)}, or install what PYTHONPATH leads to",
            about=absent.name,
            weight=PROVED,
        )
        return


def safe_path(case: Case) -> Iterator[Finding]:
    """Say that a module lies beside the program, whose directory safe path leaves out."""
    absent = absent_top(case)
    if absent is None:
        return
    for one, found in _left_out(case, absent.top, "safe-path"):
        yield _unsafe(case, absent, one, found)
        return


def _unsafe(case: Case, absent: Absent, one: dict[str, Any], found: str) -> Finding:
    cause = _cause(one)
    place = "the script's directory" if one["source"] == "script-dir" else "the working directory"
    both = cause.startswith("-") and "I" in cause
    return case.finding(
        "isolated-mode-ignores-pythonpath" if both else "safe-path-drops-script-directory",
        f"{absent.top!r} lies in {place} {one['path']}, which {cause} leaves off the search path"
        + (" (isolated mode)" if both else " (safe path)"),
        Evidence(f"{absent.top!r} lies beside the program", found),
        Evidence(one["because"]),
        *absent.asked(case),
        fix=f"{_drop(cause)}, or install the code",
        about=absent.name,
        weight=PROVED,
    )


def site_disabled(case: Case) -> Iterator[Finding]:
    """Say that a module lies in site-packages, and that ``-S`` keeps ``site`` from adding it."""
    absent = absent_top(case)
    reasons = [one["reason"] for one in case.start_path.get("left_out", ())]
    if absent is None or "site-disabled" not in reasons:
        return
    for place in _site_packages(case):
        found = offered(case, place, absent.top)
        if found is None:
            continue
        yield case.finding(
            "site-disabled",
            f"{absent.top!r} is installed in {place}, which is not searched because -S switches the module "
            "site off",
            Evidence(f"{absent.top!r} lies in site-packages", found),
            Evidence("the module site did not run (-S): it adds site-packages and reads .pth files"),
            *absent.asked(case),
            fix="drop -S",
            about=absent.name,
            weight=PROVED,
        )
        return


def _site_packages(case: Case) -> Iterator[str]:
    """Give the site-packages of the interpreter's environment: that of its executable, then its base."""
    home = python_of(case).rsplit("/", 2)[0] if "/" in python_of(case) else ""
    for prefix in dict.fromkeys((home, case.facts.get("prefix"), case.facts.get("base_prefix"))):
        if prefix:
            yield f"{prefix}/lib/python{version_of(case)}/site-packages"


RULES = (user_site, isolated, safe_path, site_disabled)
