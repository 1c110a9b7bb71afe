"""Directories on a search path: how a listing is come by, and whether it may be believed.

Decides between the listing of the state's own finder, one remembered from an earlier question, a
look at the few candidates, and a new listing; always with CPython's answer (``FileFinder.find_spec``
in ``importlib/_bootstrap_external.py``): a listing is believed while the directory's modification
time stays the same. ``directory.py`` searches the listing.
"""

from ..disk import stamp_of
from ..genuine import FileFinder
from ..interpreter import GENUINE_METHODS
from .answer import Answer, describe_error
from .directory import Found, Question, search_directory, search_plain
from .listings import Listings, names_or_none
from .looking import look
from .places import Place, place_of

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from typing import Any, NoReturn

    from ..disk import Stamp
    from ..hooks import Tried
    from ..system import System

    Loaders = list[tuple[str, Any]]

# Listings are kept for the process: they are true for every system on the same disk.
LISTINGS = Listings()

# A single question looks at its few candidates instead of listing a directory, where that costs no
# more system calls than the interpreter's way: it looks at the directory three times (a hook, the
# other hook, the finder) and lists it in five calls; we look at it once.
_CALLS_OF_CPYTHON = 8

_MISSING = object()
_FIND_SPEC = GENUINE_METHODS[FileFinder]


class SearchFailedError(Exception):
    """A search that ended with an exception of a finder or hook, which is already recorded.

    Attributes:
        error: that exception.
    """

    def __init__(self, text: str, error: "BaseException | None" = None) -> None:
        super().__init__(text)
        self.error = error


def raised(
    system: "System", name: str, entry: str, error: BaseException, *, began: bool = False
) -> "NoReturn":
    """Record that the search of an entry raised, and end the search.

    Raises:
        SearchFailedError: always.
    """
    text = describe_error(error)
    if not began:
        system.record.search_began(name, entry)
    system.record.search_ended(name, entry, "raised", "finder-raised", text)
    raise SearchFailedError(text, error) from None


def _stamp(system: "System", directory: str) -> "Stamp | None":
    """Give a directory's stamp; None if it cannot be looked at."""
    try:
        return stamp_of(system.disk.stat(directory))
    except OSError:
        return None


def _mtime(stamp: "Stamp | None") -> float:
    """Give the modification time as ``FileFinder`` has it: -1 for what cannot be looked at."""
    return -1 if stamp is None else stamp[0]


def search_finder(system: "System", question: Question, entry: str, finder: "Any") -> "Answer | None":
    """Search a directory that the state has a finder for, believing the finder's own listing."""
    directory, loaders = finder.path, finder._loaders
    stamp = _stamp(system, directory)
    if _mtime(stamp) != finder._path_mtime:
        return search_changed(system, question, entry, directory, loaders, stamp, None)
    relaxed = system.interpreter.relaxes_case()
    names = finder._relaxed_path_cache if relaxed else finder._path_cache
    return search_found(system, question, Found(entry, directory, loaders, names, "recalled"))


def search_place(
    system: "System", question: Question, entry: str, place: Place, *, new: bool
) -> "Answer | None":
    """Search a directory that the state has no finder for; `new` if the hooks were tried just now."""
    loaders = place.loaders or []
    if not new:
        return search_changed(system, question, entry, place.path, loaders, _stamp(system, place.path), None)
    # Looking could not tell a directory that is closed to us from an empty one.
    if place.open_to_all and _cheaper_to_look(question, loaders, place.path):
        looked = look(system, question.candidates, place.path)
        if looked is not None:
            return search_plain(system, question, entry, place.path, looked, "looked", place.tried)
    return search_changed(system, question, entry, place.path, loaders, place.stamp, place.tried)


def _cheaper_to_look(question: Question, loaders: "Loaders", directory: str) -> bool:
    if len(loaders) + 2 > _CALLS_OF_CPYTHON or directory in LISTINGS.kept:
        return False
    return LISTINGS.look_first(directory) and loaders == question.loaders


def listed(
    system: "System", name: str, entry: str, directory: str, stamp: "Stamp | None"
) -> "tuple[AbstractSet[str], str, str | None]":
    """List a directory for the search of an entry.

    Returns:
        The names; ``listed``, or ``failed`` with the error's text.

    Raises:
        SearchFailedError: it cannot be listed.
    """
    try:
        names, problem = names_or_none(LISTINGS, system.disk, directory, stamp)
    except OSError as error:
        raised(system, name, entry, error)
    return names, "listed" if problem is None else "failed", problem


def search_changed(
    system: "System",
    question: Question,
    entry: str,
    directory: str,
    loaders: "Loaders",
    stamp: "Stamp | None",
    tried: "Tried | None",
) -> "Answer | None":
    """Search a directory whose finder has no true listing: with a remembered one, or a new one."""
    names = LISTINGS.recall(directory, stamp)
    how, problem = "recalled", None
    if names is None:
        names, how, problem = listed(system, question.name, entry, directory, stamp)
    if system.interpreter.relaxes_case():
        names = {name.lower() for name in names}
    found = Found(entry, directory, loaders, names, how, tried, problem)
    return search_found(system, question, found)


def search_found(system: "System", question: Question, found: Found) -> "Answer | None":
    """Search a directory whose listing is at hand.

    Raises:
        SearchFailedError: a loader class of somebody else raised.
    """
    if found.problem is None and found.loaders == question.loaders and not system.interpreter.relaxes_case():
        return search_plain(
            system, question, found.entry, found.directory, found.names, found.how, found.tried
        )
    try:
        return search_directory(system, question, found)
    except Exception as error:  # recorded; the interpreter's import ends with it
        return raised(system, question.name, found.entry, error, began=True)


def directory_of(system: "System", entry: str) -> "tuple[str, Loaders, AbstractSet[str]] | None":
    """Give the directory that serves an entry, with its finder's loaders and its names.

    Returns:
        None for an entry that is no directory, or that a stranger serves.
    """
    key = entry
    if entry == "":
        try:
            key = system.disk.getcwd()
        except OSError:
            return None
    finder = system.state.path_importer_cache.get(key, _MISSING)
    if finder is _MISSING:
        place = system.places.get(key)
        if place is None:
            try:
                place = system.places[key] = place_of(system, key)
            except OSError:
                return None
        if place.form != "directory":
            return None
        directory, loaders, believed = place.path, place.loaders or [], None
    elif finder.__class__ is FileFinder and FileFinder.find_spec is _FIND_SPEC:
        directory, loaders, believed = finder.path, finder._loaders, finder
    else:
        return None
    stamp = _stamp(system, directory)
    if believed is not None and believed._path_mtime == _mtime(stamp):
        return directory, loaders, believed._path_cache
    names = LISTINGS.recall(directory, stamp)
    if names is None:
        try:
            names, _ = names_or_none(LISTINGS, system.disk, directory, stamp)
        except OSError:
            return None
    return directory, loaders, names
