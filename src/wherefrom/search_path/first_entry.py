"""The last stage before the program: what is put first, whether that is safe, what it shadows.

The first entry is inserted after `site` has run, and it is neither made unique nor normalised. Which
invocation puts what there is a row of `tables.FIRST_ENTRIES`; here it becomes a path. It mirrors
`_PyPathConfig_ComputeSysPath0` of `Python/pathconfig.c` and `pymain_run_python` of `Modules/main.c`.
"""

from __future__ import annotations

import os

from wherefrom.search_path import offers, tables
from wherefrom.search_path.draft import Draft
from wherefrom.search_path.result import FirstEntry, Shadow

TYPE_CHECKING = False
if TYPE_CHECKING:
    from wherefrom.search_path.disk import Disk
    from wherefrom.search_path.interpreter import Interpreter
    from wherefrom.search_path.invocation import Invocation
    from wherefrom.search_path.start import Start


def mode(invocation: Invocation, start: Start) -> str:
    """Return the row of the table of first entries that an invocation is under.

    A program that is a directory or that `zipimport` can open is no script, whatever its name.
    """
    if invocation.mode == "script" and start.main_kind is not None:
        return "main-path"
    return invocation.mode


def candidate(invocation: Invocation, start: Start, disk: Disk) -> Draft | None:
    """Return what would be put first, before safe path is asked; None if the directory is gone.

    Args:
        invocation: The command line.
        start: What the interpreter says of itself.
        disk: The disk as it sees it.
    """
    rule = tables.FIRST_ENTRIES[mode(invocation, start)]
    path = _path_of(rule.mode, invocation, start, disk)
    return None if path is None else Draft(path, rule.source)


def _path_of(mode: str, invocation: Invocation, start: Start, disk: Disk) -> str | None:
    if mode == "main-path":
        return start.main_path
    if mode == "module":
        return start.cwd
    if mode == "stdin":
        # A file called `-` is not run, yet its directory is what comes first.
        return script_directory("-", disk)
    return script_directory(invocation.operand, disk) if mode == "script" else ""


def script_directory(file: str, disk: Disk) -> str:
    """Return the directory that Python puts first for a script: that of the link's target.

    Where the path cannot be resolved (a pipe) the text decides, so it may be relative or empty.
    """
    if file in ("-c", "-m"):
        return ""
    text = _followed_once(file, disk)
    whole = disk.real(text) or text
    head, slash, _ = whole.rpartition("/")
    return head or slash


def _followed_once(file: str, disk: Disk) -> str:
    """Follow one link by hand; a link text without a directory is left to `realpath`."""
    target = disk.link(file)
    if target is None or "/" not in target:
        return file
    return target if target.startswith("/") else os.path.join(file.rpartition("/")[0], target)


def safety(
    first: Draft | None, invocation: Invocation, removed_by: list[str], facts: Interpreter, disk: Disk
) -> FirstEntry:
    """Say whether what stands first is safe, why, and what in it shadows the standard library.

    Args:
        first: The first entry that was put there, or None.
        invocation: The command line.
        removed_by: What took the first entry away, if anything did.
        facts: The interpreter.
        disk: The disk as it sees it.
    """
    if first is None:
        reason = f"nothing is put first, because of {removed_by[0]}" if removed_by else "nothing is put first"
        return FirstEntry(None, True, reason)
    place = first.path or disk.cwd or ""
    shadows = tuple(shadows_in(place, facts, disk))
    because = {
        "cwd": "the working directory is searched first: a file that lies there is imported in place of "
        "a module of the standard library; -P leaves it out",
        "script-dir": "the script's directory is searched first: a file beside the script is imported in "
        "place of a module of the standard library; -P leaves it out",
        "main-path": "the program's own directory or archive is searched first, and no flag leaves it out",
    }[first.source]
    return FirstEntry(first.path, _only_ours(place, disk) and first.source == "main-path", because, shadows)


def _only_ours(place: str, disk: Disk) -> bool:
    """Whether nobody but its owner may write there."""
    if not disk.exists(place):
        return True
    try:
        found = os.stat(place)
    except (OSError, ValueError):
        return False
    return not found.st_mode & 0o022


def shadows_in(directory: str, facts: Interpreter, disk: Disk) -> list[Shadow]:
    """List what in a directory hides a standard library module.

    Built-in and frozen modules are found before any path is looked at, so nothing hides them; a
    directory without `__init__.py` hides nothing either.
    """
    if not directory or not disk.is_dir(directory) or directory == facts.stdlib_dir:
        return []
    safe = {*facts.builtin_module_names, *(module.name for module in facts.frozen)}
    try:
        stems = {name.partition(".")[0] for name in disk.names(directory)}
    except OSError:
        return []
    found = []
    for name in sorted((stems & set(facts.stdlib_module_names)) - safe):
        offer = offers.on_path(name, [directory], facts, disk)
        if offer is not None and offer.file is not None:
            found.append(Shadow(name, offer.file))
    return found
