"""What is certain of the files in a directory, as long as the directory has not changed.

An entry of a directory can only become another kind of thing by being removed or renamed over, and
that changes the directory's own change time, which nobody can set back. So a plain file that was
seen in a directory need not be looked at again while that time stays the same; CPython looks each
time, and comes to the same answer. Links are never certain: they lead out of the directory. Decides
nothing about modules; ``directory.py`` asks.
"""

from ..disk import is_directory_mode, is_link_mode, is_regular_mode, is_settled, stamp_of

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

    from ..disk import Stamp
    from ..system import System

# Directories remembered at most; more than any real path has, and a bound all the same.
_MOST = 10_000

# directory -> (its stamp, the names of plain files seen in it)
PLAIN_FILES: "dict[str, tuple[Stamp, set[str]]]" = {}
# directories of portions -> their stamp when they had no __init__; None before that is certain
PORTIONS: "dict[str, Stamp | None]" = {}
# Directories in which a link was seen. There an lstat would only cost a second look.
_WITH_LINKS: "set[str]" = set()


def is_plain_file(system: "System", directory: str, status: "Any", name: str, full: str) -> bool:
    """Say whether a name in a directory leads to a regular file, looking at it only if need be.

    Args:
        system: the import system that asks.
        directory: the directory.
        status: what ``stat`` said of it for this question; None if it was not asked.
        name: the file name.
        full: the path of both together.
    """
    if status is None or directory in _WITH_LINKS:
        return system.disk.is_file(full)
    stamp, kept = stamp_of(status), PLAIN_FILES.get(directory)
    if kept is not None and name in kept[1] and kept[0] == stamp:
        return True
    try:
        mode = system.disk.lstat(full).st_mode
    except OSError:
        return False
    if is_link_mode(mode):
        _WITH_LINKS.add(directory)
        return system.disk.is_file(full)
    if not is_regular_mode(mode):
        return False
    if is_settled(stamp, system.disk.now()):
        if kept is None or kept[0] != stamp:
            if len(PLAIN_FILES) >= _MOST:
                PLAIN_FILES.clear()
            kept = PLAIN_FILES[directory] = stamp, set()
        kept[1].add(name)
    return True


def init_or_portion(system: "System", base: str, inits: tuple[str, ...]) -> "int | str | None":
    """Say what a directory of the package's name is.

    Returns:
        The position of the first ``__init__`` file among the `inits`; ``"portion"`` for a directory
        without one; None for what is no directory.
    """
    kept = PORTIONS.get(base, False)
    if kept is False:
        at = _look_for_init(system, base, inits)
        if at is not None:
            return at
        if not system.disk.is_directory(base):
            return None
        if len(PORTIONS) >= _MOST:
            PORTIONS.clear()
        PORTIONS[base] = None
        return "portion"
    return _init_or_known_portion(system, base, inits, kept)


def _init_or_known_portion(
    system: "System", base: str, inits: tuple[str, ...], kept: "Stamp | bool | None"
) -> "int | str | None":
    """The same for a directory that was a portion before: now it is looked at first."""
    try:
        status = system.disk.stat(base)
    except OSError:
        del PORTIONS[base]
        return None
    stamp = stamp_of(status)
    if stamp == kept:
        return "portion"
    at = _look_for_init(system, base, inits)
    if at is not None or not is_directory_mode(status.st_mode):
        del PORTIONS[base]
        return at
    PORTIONS[base] = stamp if is_settled(stamp, system.disk.now()) else None
    return "portion"


def _look_for_init(system: "System", base: str, inits: tuple[str, ...]) -> "int | None":
    # Existence is asked before the kind, since a stat of what is not there is the dearest call of
    # all; but not for source, which usually is there.
    exists, is_file = system.disk.exists, system.disk.is_file
    for at, init in enumerate(inits):
        full = f"{base}/{init}"
        if (init.endswith(".py") or exists(full)) and is_file(full):
            return at
    return None
