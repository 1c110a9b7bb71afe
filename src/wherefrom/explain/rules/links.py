"""Files that are there and cannot be reached: broken links, missing rights, too long names."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from ...finding import Evidence
from ..locations import absolute, entries
from ..sought import event_of, failures, is_directory, place, sought

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case, Failure
    from ..sought import Sought

_LONGEST_NAME, _LONGEST_PATH = 255, 4096  # NAME_MAX and PATH_MAX of Linux, <limits.h>
_SPECIAL = {"fifo": "a fifo", "socket": "a socket", "device": "a device"}
_STALE = (116, 70)  # ESTALE of Linux and of macOS, <errno.h>


def links(case: Case) -> Iterator[Finding]:
    """Say that a module, a package or an entry of the path is a link that leads nowhere."""
    for one in sought(case):
        for file in _candidates(case, one):
            found = case.stat(file)
            if found and found["kind"] in ("broken", "loop"):
                yield _link(case, one, file, found["link"] or "", loop=found["kind"] == "loop")
                return
            if found and found["kind"] in _SPECIAL:
                yield _special(case, one, file, _SPECIAL[found["kind"]])
                return


def _candidates(case: Case, one: Sought) -> Iterator[str]:
    suffixes = [*(case.facts.get("extension_suffixes") or ()), ".py", ".pyc"]
    for home in one.homes:
        place_ = f"{home}/{one.tail}"
        yield place_
        yield from (f"{place_}{suffix}" for suffix in suffixes)
        if is_directory(case, place_):
            yield from (f"{place_}/__init__{suffix}" for suffix in suffixes)
    above = one.name.rpartition(".")[0]
    while above:
        for home in entries(case):
            yield from (f"{home}/{above.replace('.', '/')}{end}" for end in ("", "/__init__.py"))
        above = above.rpartition(".")[0]


def _asked(case: Case, one: Sought) -> list[Evidence]:
    at = place(one.failure, case)
    return [Evidence(f"{one.name!r} is asked for here", *at)] if at else []


def _link(case: Case, one: Sought, file: str, target: str, *, loop: bool) -> Finding:
    says = "leads in a loop, back to itself" if loop else f"leads to {target}, which does not exist"
    return case.finding(
        "symlink-loop" if loop else "broken-symlink",
        f"{file} is a symbolic link that {says}; so {one.name!r} is not found",
        Evidence(f"the link {file} points to {target}", file),
        *_asked(case, one),
        fix=f"let the link {file} point to the right place, or put the files there",
        about=one.name,
        weight=88,
    )


def _special(case: Case, one: Sought, file: str, kind: str) -> Finding:
    return case.finding(
        "special-file-as-module",
        f"{file} is {kind}, not a file; it does not count as the module {one.name!r}",
        Evidence(f"{file} is {kind}", file),
        *_asked(case, one),
        fix=f"remove {file}, and put the module there",
        about=one.name,
        weight=88,
    )


def broken_entries(case: Case) -> Iterator[Finding]:
    """Say that an entry of the path is a link that leads nowhere, or a directory that may not be read."""
    for one in sought(case):
        if "." in one.name and one.homes:
            continue
        for entry in entries(case):
            found = case.stat(entry)
            if found and found["kind"] in ("broken", "loop"):
                code = "symlink-loop" if found["kind"] == "loop" else "broken-symlink"
                yield case.finding(
                    code,
                    f"{entry}, an entry of the search path, is a symbolic link to {found['link']}, which "
                    f"does not exist; {one.name!r} is not found anywhere else",
                    Evidence(f"the link {entry} points to {found['link']}", entry),
                    *_asked(case, one),
                    fix=f"let the link {entry} point to the right directory",
                    about=one.name,
                    certainty="inferred",
                    weight=60,
                )
                return


def unreadable(case: Case) -> Iterator[Finding]:
    """Say that rights are missing: to read a module, to list a directory, or to enter it."""
    for failure in failures(case):
        error = failure.error
        if error is not None and error.error == "PermissionError" and error.path:
            yield _denied(case, failure, error.path)
            return
    for one in sought(case):
        above = [place_ for name in _parents(one.name) for place_ in _homes_of(case, name)]
        for home in [*one.homes, *(f"{home}/{one.tail}" for home in one.homes), *above]:
            rights = case.around.ask("access", home)
            if rights and is_directory(case, home) and not (rights["read"] and rights["enter"]):
                yield _closed(case, one.failure, home, one.name)
                return


def _parents(name: str) -> list[str]:
    parts = name.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts))]


def _homes_of(case: Case, name: str) -> list[str]:
    return [f"{home}/{name.replace('.', '/')}" for home in entries(case)]


def _mode(case: Case, path: str) -> str:
    found = case.stat(path) or {}
    user = (case.around.ask("access", path) or {}).get("user")
    return (
        f"its mode is {found.get('mode', 0):04o}, it belongs to user {found.get('uid')}; this is user {user}"
    )


def _denied(case: Case, failure: Failure, path: str) -> Finding:
    file = absolute(case, path)
    name = next((name for name, one in case.found.items() if one.origin in (path, file)), "")
    home = posixpath.dirname(file)
    rights = case.around.ask("access", home)
    if is_directory(case, file) or (rights and not rights["enter"]):
        return _closed(case, failure, file if is_directory(case, file) else home, name)
    at = place(failure, case)
    return case.finding(
        "unreadable-file",
        f"there is no permission to read {file}",
        Evidence(f"the error: PermissionError: {failure.message}", event=event_of(failure)),
        Evidence(_mode(case, file), file),
        *([Evidence("it is imported here", *at)] if at else []),
        fix=f"chmod u+r {file}, or give it to the user who runs the program",
        about=name,
        weight=88,
    )


def _closed(case: Case, failure: Failure, directory: str, name: str) -> Finding:
    at = place(failure, case)
    return case.finding(
        "unreadable-directory",
        f"there is no permission to look into {directory}; its modules count as not there",
        Evidence(_mode(case, directory), directory),
        *([Evidence(f"{name or 'a module in it'} is asked for here", *at)] if at else []),
        fix=f"chmod u+rx {directory}, or give it to the user who runs the program",
        about=name,
        weight=86,
    )


def too_long(case: Case) -> Iterator[Finding]:
    """Say that a path is longer than the system allows, so that what lies there is not found."""
    for one in sought(case):
        windows = case.facts.get("platform") == "win32"
        for home in one.homes:
            path = f"{home}/{one.tail}.py"
            if windows and len(path) > 255:
                yield _long(
                    case, one, "windows-path-too-long", home, f"{len(path)} characters", "MAX_PATH, 260"
                )
                return
            if not windows and len(path.encode()) >= _LONGEST_PATH:
                yield _long(
                    case, one, "path-too-long", home, f"{len(path.encode())} bytes", "PATH_MAX, 4096 bytes"
                )
                return
        if len(f"{one.tail}.py".encode()) > _LONGEST_NAME:
            length = f"{len(one.tail.encode())} bytes"
            yield _long(case, one, "path-too-long", one.tail, length, "NAME_MAX, 255 bytes")
            return


def _long(case: Case, one: Sought, code: str, path: str, length: str, limit: str) -> Finding:
    shown = path if len(path) <= 200 else f"{path[:100]}…{path[-60:]}"
    fix = "move it to a shorter path" + (
        ", or switch long paths on (LongPathsEnabled)" if code.startswith("windows") else ""
    )
    return case.finding(
        code,
        f"{one.name!r} would lie in {shown}, and that path is too long: {length}, the limit is {limit}",
        Evidence(f"the path has {length}: {shown}"),
        *_asked(case, one),
        fix=fix,
        about=one.name,
        certainty="inferred",
        weight=80,
    )


def refused_by_the_system(case: Case) -> Iterator[Finding]:
    """Say that the system refused to open a module: too many open files, or only a placeholder."""
    for failure in failures(case):
        error = failure.error
        if error is None or error.error not in ("OSError", "TimeoutError", "BlockingIOError"):
            continue
        at = place(failure, case)
        evidence = [Evidence(f"the error: {failure.message}", error.path, event=error.order)]
        evidence += [Evidence("it is imported here", *at)] if at else []
        what = error.path or "a module"
        if "[Errno 24]" in failure.message or "[Errno 23]" in failure.message:
            yield case.finding(
                "too-many-open-files",
                f"{what} cannot be opened: the program has too many files open already",
                *evidence,
                fix="close files that are no longer needed, import earlier, or raise the limit (ulimit -n)",
                weight=85,
            )
            return
        if (
            any(f"[Errno {number}]" in failure.message for number in _STALE)
            or "WinError 362" in failure.message
        ):
            yield case.finding(
                "network-or-cloud-placeholder-file",
                f"{what} is there by name only: its content, on the network or in a cloud, did not come",
                *evidence,
                fix=f"let {what} be kept on this machine (materialise it), or mount the share anew",
                weight=85,
            )
            return


RULES = (links, broken_entries, unreadable, too_long, refused_by_the_system)
