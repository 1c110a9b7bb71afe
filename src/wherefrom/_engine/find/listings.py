"""What directories hold, remembered for as long as it is certain to be true.

CPython's finder believes a listing while the directory's modification time stays the same, until
``invalidate_caches`` makes it list again. Ours is believed for longer and so on stricter terms: the
whole stamp must be the same, and a listing made within the clock's coarseness after a change is not
kept. A remembered listing never hides a file. Lists directories; decides nothing about modules. Read
``directory.py`` next.
"""

from ..disk import is_settled

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from ..disk import Disk, Stamp

# What FileFinder._fill_cache takes for an empty directory; any other error of listing is raised.
EMPTY_ERRORS = (FileNotFoundError, PermissionError, NotADirectoryError)

# Directories remembered at most; more than any real path has, and a bound all the same.
_MOST = 10_000

_NOBODY: "frozenset[str]" = frozenset()


class Listings:
    """The listings that one process keeps between questions.

    A directory passes through three states: unknown, looked at once (its candidates were asked for
    one by one, which is cheaper than listing it for a single question), and listed.

    Attributes:
        kept: the stamps and listings.
        looked: the directories that were looked at once.
        failed: what the next listing of a directory raises: it was tried already, by a search that then
            left all to another one, and a second try may end otherwise.
    """

    __slots__ = ("failed", "kept", "looked")

    def __init__(self) -> None:
        self.failed: dict[str, OSError] = {}
        self.kept: dict[str, tuple[Stamp, AbstractSet[str]]] = {}
        self.looked: set[str] = set()

    def recall(self, directory: str, stamp: "Stamp | None") -> "AbstractSet[str] | None":
        """Give the names in a directory if they are known and still true."""
        kept = self.kept.get(directory)
        if kept is not None and kept[0] == stamp:
            return kept[1]
        return None

    def look_first(self, directory: str) -> bool:
        """Say whether this is the first question about a directory, and remember that it was asked."""
        if directory in self.looked:
            return False
        if len(self.looked) >= _MOST:
            self.looked.clear()
        self.looked.add(directory)
        return True

    def list(self, disk: "Disk", directory: str, stamp: "Stamp | None") -> "AbstractSet[str]":
        """List a directory now.

        Raises:
            OSError: the directory cannot be listed.
        """
        if directory in self.failed:
            raise self.failed.pop(directory)
        now = disk.now()
        # A set as finders keep one: it is given to them as it is, and nobody changes it.
        names = set(disk.listdir(directory))
        if stamp is not None and is_settled(stamp, now):
            if len(self.kept) >= _MOST:
                self.kept.clear()
            self.kept[directory] = (stamp, names)
        return names


def names_or_none(
    listings: Listings, disk: "Disk", directory: str, stamp: "Stamp | None"
) -> "tuple[AbstractSet[str], str | None]":
    """List a directory the way ``FileFinder`` does: what cannot be read counts as empty.

    Returns:
        The names, and the error's text if there was one.

    Raises:
        OSError: an error that ``FileFinder`` does not take for an empty directory.
    """
    try:
        return listings.list(disk, directory, stamp), None
    except EMPTY_ERRORS as error:
        return _NOBODY, f"{type(error).__name__}: {error.strerror}"
