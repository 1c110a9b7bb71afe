"""Modules that are there, and not on the search path, because of where and how the program was started."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...finding import Evidence
from .. import locations, missed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case
    from ..locations import Place
    from ..missed import Missed

_COMMANDS = ("pytest", "py.test", "alembic", "celery", "uvicorn", "gunicorn", "flask", "scrapy", "invoke")


def _wanted(case: Case, one: Missed) -> tuple[Place, ...]:
    """Give the places around the program that are not on its path and have all of a missed name."""
    on_path = set(locations.entries(case))
    return tuple(
        place
        for place in locations.nearby(case, one.top)
        if place.entry not in on_path and locations.below(case, place, one.name.partition(".")[2]) is not None
    )


def _missed_tops(case: Case) -> Iterator[tuple[Missed, tuple[Place, ...]]]:
    """Give each missed module whose first part is on no entry of the path, with where it lies."""
    for one in missed.missed(case):
        if one.top in case.stdlib_names or any(
            place.kind != "directory" for place in locations.on_path(case, one.top)
        ):
            continue
        yield one, _wanted(case, one)


def cwd_deleted(case: Case) -> Iterator[Finding]:
    """Say that the working directory, which would have been searched, is gone."""
    if case.start.get("cwd") or case.start.get("program") not in ("code", "module", "stdin", "script"):
        return
    if "cwd" not in case.start:
        return
    for one in missed.missed(case):
        yield case.finding(
            "cwd-deleted",
            f"the working directory of the program no longer exists, so {one.name!r} cannot be found in it",
            *one.evidence(case),
            Evidence("the current directory was deleted: the entry '' of sys.path is skipped"),
            fix="change to a directory that exists (cd), and start the program again",
            about=one.name,
            certainty="inferred",
            weight=80,
        )
        return


def cwd_changed(case: Case) -> Iterator[Finding]:
    """Say that ``os.chdir`` changed what a relative entry of the path means."""
    relative = [entry for entry in case.path if not entry.startswith(("/", "<"))]
    for one in missed.missed(case):
        change = _chdir(case)
        if change is None or not relative:
            return
        for entry in relative:
            place = locations.in_directory(case, one.top, locations.absolute(case, entry))
            if place is None:
                continue
            file, line, target = change
            yield case.finding(
                "cwd-changed-after-start",
                f"{file} changes the working directory to {target or 'another one'} before the entry "
                f"{entry or chr(39) * 2} of sys.path is first used, so {place.file} is not found",
                *one.evidence(case),
                Evidence(case.line(file, line), file, line),
                Evidence(f"the entry {entry!r} is relative: at the start it meant {place.entry}", place.file),
                fix=f"put the absolute path on sys.path: {place.entry}",
                about=one.name,
                weight=88,
            )
            return


def _chdir(case: Case) -> tuple[str, int, str] | None:
    """Give the first call that changes the working directory: file, line, target."""
    main = locations.script(case)
    files = [] if main is None else [main]
    files += [one.origin for one in case.found.values() if one.origin and not case.is_stdlib(one.origin)]
    for file in files[:50]:
        for line, called, first in (case.outline(file) or {}).get("calls", ()):
            if called in ("os.chdir", "chdir", "contextlib.chdir", "os.fchdir"):
                return file, line, first or ""
    return None


def relative_path_entry(case: Case) -> Iterator[Finding]:
    """Say that a relative entry of the path leads elsewhere from this working directory."""
    given = (case.environment.get("PYTHONPATH") or "").split(":")
    relative = [one for one in (*given, *case.path) if one and not one.startswith(("/", "<", "~", '"', "'"))]
    for one, _ in _missed_tops(case):
        for entry in dict.fromkeys(relative):
            meant = locations.absolute(case, entry)
            for level in locations.levels(case, case.cwd):
                place = locations.in_directory(case, one.top, locations.join(level, entry))
                if place is None or place.entry == meant or place.kind == "directory":
                    continue
                source = "PYTHONPATH" if entry in given else "sys.path"
                yield case.finding(
                    "relative-path-entry",
                    f"the entry {entry!r} of {source} is relative: from {case.cwd} it means {meant}, "
                    f"and {one.top!r} lies in {place.entry}",
                    *one.evidence(case),
                    Evidence(f"{source} has the relative entry {entry!r}"),
                    Evidence(f"the working directory is {case.cwd}", case.cwd),
                    Evidence(f"{one.top!r} lies there", place.file),
                    fix=f"use the absolute path: {place.entry}",
                    about=one.name,
                    weight=86,
                )
                return


def path_changed_too_late(case: Case) -> Iterator[Finding]:
    """Say that ``sys.path`` is extended only after the import that needs it."""
    for one, wanted in _missed_tops(case):
        if one.file is None or one.line is None:
            continue
        for line, text in locations.path_changes(case, one.file):
            if line <= one.line:
                continue
            for place in wanted:
                if place.entry.rpartition("/")[2] in text:
                    yield _too_late(case, one, line, text, place)
                    return


def _too_late(case: Case, one: Missed, line: int, text: str, place: Place) -> Finding:
    return case.finding(
        "path-changed-too-late",
        f"{one.file} imports {one.name!r} in line {one.line}, before line {line} adds {place.entry} to "
        "sys.path",
        *one.evidence(case),
        Evidence(f"too late: {text}", one.file, line),
        Evidence(f"{one.top!r} lies there", place.file),
        fix=f"move line {line} of {one.file} up, before line {one.line}, or install {one.top}",
        about=one.name,
        weight=89,
    )


def script_symlink(case: Case) -> Iterator[Finding]:
    """Say that a script is a link, so that the directory of its target is searched, not its own."""
    main = locations.script(case)
    stat = None if main is None else case.stat(main)
    if main is None or stat is None or stat["real"] == main or case.start.get("program") != "script":
        return
    own, real = locations.parent(main), locations.parent(stat["real"])
    if stat["link"] is None or own == real:
        return
    for one, _ in _missed_tops(case):
        place = locations.in_directory(case, one.top, own)
        if place is None:
            continue
        yield case.finding(
            "script-symlink-resolves-elsewhere",
            f"{main} is a link to {stat['real']}, so sys.path[0] is {real}, and {place.file} is not found",
            *one.evidence(case),
            Evidence(f"{main} links to {stat['link']}", main),
            Evidence(f"sys.path[0] is the directory of the link's target: {real}", real),
            Evidence(f"{one.top!r} lies beside the link", place.file),
            fix=f"copy the script instead of linking it, or set PYTHONPATH={own}",
            about=one.name,
            weight=90,
        )
        return


def src_layout(case: Case) -> Iterator[Finding]:
    """Say that a project with a ``src`` directory is not installed."""
    for one, wanted in _missed_tops(case):
        for place in wanted:
            root = locations.parent(place.entry)
            if place.entry.rpartition("/")[2] != "src" or not _has_metadata(case, root):
                continue
            yield case.finding(
                "src-layout-not-installed",
                f"{place.home} is in a src layout: its project is not installed, and {place.entry} is not on "
                "the path",
                *one.evidence(case),
                Evidence(f"{one.top!r} lies in the project's src directory", place.file),
                Evidence(f"{root} is a project that can be installed", root),
                fix=f"python -m pip install -e {root} (or PYTHONPATH={place.entry}; "
                "for pytest: pythonpath = ['src'])",
                about=one.name,
                weight=84,
            )
            return


def _has_metadata(case: Case, root: str) -> bool:
    return bool({"pyproject.toml", "setup.py", "setup.cfg"} & set(case.listing(root)))


def run_from_wrong_directory(case: Case) -> Iterator[Finding]:
    """Say that ``-m`` looks in the working directory, and what it should run lies elsewhere."""
    if case.start.get("program") not in ("module", "code"):
        return
    target = case.start.get("target") or ""
    for one, wanted in _missed_tops(case):
        if case.start.get("program") == "module" and one.top != target.partition(".")[0]:
            continue
        for place in sorted(wanted, key=lambda place: not case.cwd.startswith(place.home)):
            inside = case.cwd == place.home or case.cwd.startswith(place.home + "/")
            yield case.finding(
                "run-from-wrong-directory",
                f"{case.cwd} is the current directory, and {one.top!r} lies in {place.entry}: {place.home}",
                *one.evidence(case),
                Evidence(
                    f"the working directory {case.cwd} is inside the package itself"
                    if inside
                    else f"the working directory {case.cwd} has no {one.top}",
                    case.cwd,
                ),
                Evidence(f"{one.top!r} lies there", place.file),
                fix=f"cd {place.entry} and run it again",
                about=one.name,
                weight=78 if inside else 72,
            )
            return


def console_script(case: Case) -> Iterator[Finding]:
    """Say that an installed command does not put the working directory on the path, as ``-m`` does."""
    main = locations.script(case)
    if main is None or locations.parent(main).rpartition("/")[2] not in ("bin", "Scripts"):
        return
    command = main.rpartition("/")[2].removesuffix(".exe")
    for one, wanted in _missed_tops(case):
        beside = [place for place in wanted if place.entry == case.cwd]
        if not beside or case.cwd in locations.entries(case):
            continue
        asks = (
            []
            if one.file is None
            else [Evidence("what asks for it is in this directory", locations.parent(one.file))]
        )
        yield case.finding(
            "console-script-does-not-add-cwd",
            f"the command {main} does not put the current directory on sys.path, where {beside[0].home} lies",
            *one.evidence(case),
            Evidence(f"sys.path[0] was {locations.parent(main)}, the directory of the command", main),
            Evidence(f"{one.top!r} lies in the working directory {case.cwd}", beside[0].file),
            *asks,
            fix=f"python -m {command} puts it first; or PYTHONPATH={case.cwd}, or install the project"
            + ("; or pythonpath = ['.'] in the configuration of pytest" if "test" in command else ""),
            about=one.name,
            weight=88 if command in _COMMANDS else 82,
        )
        return


def project_root(case: Case) -> Iterator[Finding]:
    """Say that a script lies below the directory that has what it imports."""
    main = locations.script(case)
    if main is None:
        return
    first = locations.parent((case.stat(main) or {}).get("real") or main)
    for one, wanted in _missed_tops(case):
        for place in wanted:
            if not first.startswith(place.entry.rstrip("/") + "/") and place.entry != case.cwd:
                continue
            name, _, _ = main.removesuffix(".py").removeprefix(place.entry + "/").partition("//")
            module = name.replace("/", ".")
            ways = f"PYTHONPATH={place.entry}, or install the project (pip install -e {place.entry})"
            if main.startswith(place.entry + "/") and all(part.isidentifier() for part in module.split(".")):
                ways = f"from {place.entry}: python -m {module}; or {ways}"
            yield case.finding(
                "project-root-not-on-path",
                f"{place.home} is not found: sys.path[0] is the script's directory {first}, "
                f"not {place.entry}, where {one.top!r} lies",
                *one.evidence(case),
                Evidence(f"the script {main} puts its own directory on the path", main),
                Evidence(f"{one.top!r} lies in {place.entry}", place.file),
                fix=ways,
                about=one.name,
                weight=76,
            )
            return


RULES = (
    cwd_deleted,
    cwd_changed,
    relative_path_entry,
    path_changed_too_late,
    script_symlink,
    src_layout,
    run_from_wrong_directory,
    console_script,
    project_root,
)
