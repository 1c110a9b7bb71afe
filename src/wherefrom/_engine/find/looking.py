"""Looking at a directory's few candidates one by one, for a single question, instead of listing it.

Gives what a listing would give, as far as it is asked for. A miss is certain this way; a hit is
believed only where a listing is sure to show the same name: the directory may be listed, and its
file system tells upper case from lower. Decides nothing about modules; ``directories.py`` decides when
looking is cheaper.
"""

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from ..disk import Disk
    from ..system import System

_NOBODY: "frozenset[str]" = frozenset()


class Looked:
    """The names in a directory, each looked for when somebody asks for it."""

    __slots__ = ("_disk", "_known", "_root")

    def __init__(self, disk: "Disk", root: str, known: "dict[str, bool]") -> None:
        self._disk = disk
        self._root = root
        self._known = known

    def __contains__(self, name: str) -> bool:
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = self._disk.exists(self._root + name)
        return known

    def isdisjoint(self, names: "Iterable[str]") -> bool:
        """Say whether none of some names is here."""
        return not any(name in self for name in names)


def look(system: "System", candidates: tuple[str, ...], directory: str) -> "Any":
    """Look for the first of some candidates in a directory.

    Returns:
        What a listing would hold of them, asked for when needed; None if only a listing can tell.
    """
    exists = system.disk.exists
    root = directory.rstrip("/") + "/"
    known: dict[str, bool] = {}
    for candidate in candidates:
        if exists(root + candidate):
            break
        known[candidate] = False
    else:
        return _NOBODY
    if not _is_exact(system.disk, root, candidate) or not system.disk.is_readable(directory):
        return None
    known[candidate] = True
    return Looked(system.disk, root, known)


def _is_exact(disk: "Disk", root: str, name: str) -> bool:
    """Say whether what was found under a name has exactly this name.

    Where the other case is not there, the file system tells cases apart. What is beyond ASCII may be
    stored in another form than it is asked for, so only a listing can tell.
    """
    other = name.swapcase()
    return other != name and name.isascii() and not disk.exists(root + other)
