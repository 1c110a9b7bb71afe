"""The entries of a search path, one after the other.

Tells what ``PathFinder.find_spec`` does (``importlib/_bootstrap_external.py``): each entry that is
a string is served by the finder in ``path_importer_cache`` or by the first hook that takes it; the
first entry that offers a module ends the search; directories without ``__init__`` are kept as
portions of a namespace package, which counts only when no entry offers more. Decides the order and
what of a directory's listing may be believed; ``directory.py`` and ``archive.py`` look inside.
"""

from ..genuine import FileFinder, zipimporter
from ..interpreter import GENUINE_METHODS
from .answer import Answer, describe_error, label
from .archive import search_archive
from .archive_index import ArchiveError, archive_index
from .directory import Question, candidates_of, search_directory
from .listings import Listings, names_or_none
from .places import Place, place_of
from .strangers import ask_path_entry_finder

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet
    from typing import Any

    from ..system import System

# Listings are kept for the process: they are true for every system on the same disk.
LISTINGS = Listings()

# A single question looks at its few candidates instead of listing a directory, where that costs no
# more system calls than the interpreter's way: it looks at the directory three times (a hook, the
# other hook, the finder) and lists it in five calls; we look at it once.
_CALLS_OF_CPYTHON = 8

_MISSING = object()
_FIND_SPEC = GENUINE_METHODS[FileFinder]


class SearchFailedError(Exception):
    """A search that ended with an exception of a finder or hook, which is already recorded."""

    def __init__(self, text: str) -> None:
        super().__init__(text)


def search_entries(system: "System", name: str, tail: str, path: "Iterable[Any]") -> "Answer | None":
    """Search the entries of a path for a module.

    Args:
        system: the import system that asks.
        name: the absolute name.
        tail: its last part.
        path: the entries, ``sys.path`` or the locations of a package.

    Returns:
        The answer; of kind ``namespace`` if there were portions only; None if nothing was found.

    Raises:
        SearchFailedError: a hook or finder raised; the interpreter's import would end here.
    """
    entries = tuple(path)
    record = system.record
    question = Question(name, tail, system.interpreter.loaders)
    portions: list[str] = []
    at = -1
    # What the loop needs at every step, fetched once: a path may have thousands of entries.
    recall = system.state.path_importer_cache.get
    stat, missed = system.disk.stat, record.search_missed
    standard, candidates = question.loaders, question.candidates
    trusting = FileFinder.find_spec is _FIND_SPEC and not system.interpreter.relaxes_case()
    for at, entry in enumerate(entries):  # the position is needed after the loop
        # By far the most common step, told in place: a directory whose finder has a listing that is
        # still true, and none of the candidates in it.
        finder: Any = recall(entry) if entry.__class__ is str else None
        if trusting and finder.__class__ is FileFinder and finder._loaders == standard:
            directory = finder.path
            try:
                mtime = stat(directory).st_mtime
            except OSError:
                mtime = -1
            if mtime == finder._path_mtime and finder._path_cache.isdisjoint(candidates):
                missed(name, entry, directory, candidates, "recalled", None)
                continue
        answer = search_entry(system, question, entry)
        if answer is None:
            continue
        if answer.kind == "namespace":
            portions += answer.locations
            continue
        for portion in portions:
            record.portion_dropped(name, portion, answer.origin)
        if at + 1 < len(entries):
            record.entries_unsearched(name, entries, at + 1)
        return answer
    if not portions:
        return None
    return Answer(name, "namespace", "PathFinder", origin=None, locations=portions)


def search_entry(system: "System", question: Question, entry: "Any") -> "Answer | None":
    """Search one entry of a path, whatever it is.

    Returns:
        The answer; of kind ``namespace`` if the entry offers a portion; None if it offers nothing.

    Raises:
        SearchFailedError: a hook or finder raised.
    """
    record, name = system.record, question.name
    if not isinstance(entry, str):
        record.search_began(name, _text_of(entry))
        record.search_ended(name, _text_of(entry), "skipped", "not-a-string")
        return None
    key = entry
    if entry == "":
        try:
            key = system.disk.getcwd()
        except (FileNotFoundError, PermissionError):
            record.search_began(name, entry)
            record.search_ended(name, entry, "skipped", "no-current-directory")
            return None
    finder = system.state.path_importer_cache.get(key, _MISSING)
    if finder is _MISSING:
        place = system.places.get(key)
        if place is None:
            try:
                place = place_of(system, key)
            except OSError as error:
                # The current directory vanished while a relative entry was made absolute.
                return _raised(system, name, entry, error)
            system.places[key] = place
            return _search_place(system, question, entry, place, new=True)
        return _search_place(system, question, entry, place, new=False)
    if finder.__class__ is FileFinder and FileFinder.find_spec is _FIND_SPEC:
        return _search_with_finder(system, question, entry, finder)
    record.search_began(name, entry)
    if finder is None:
        record.finder_recalled(entry, None, "none")
        record.search_ended(name, entry, "skipped", "remembered-as-none")
        return None
    record.finder_recalled(entry, label(finder), "finder")
    if finder.__class__ is zipimporter and _zip_untouched():
        return _search_archive(system, question, entry, finder.archive, finder.prefix, finder)
    return _search_stranger(system, question, entry, finder)


def _text_of(entry: "Any") -> str:
    try:
        return repr(entry)
    except Exception:  # a stranger's __repr__ may do anything
        return f"<{type(entry).__name__}>"


def _zip_untouched() -> bool:
    genuine = GENUINE_METHODS[zipimporter]
    return zipimporter.__dict__.get("find_spec") is genuine


# -- directories ----------------------------------------------------------------------------------


def _search_with_finder(system: "System", question: Question, entry: str, finder: "Any") -> "Answer | None":
    """Search a directory that the state has a finder for, believing the finder's own listing."""
    directory, loaders = finder.path, finder._loaders
    try:
        mtime = system.disk.stat(directory).st_mtime
    except OSError:
        mtime = -1
    if mtime == finder._path_mtime:
        relaxed = system.interpreter.relaxes_case()
        names = finder._relaxed_path_cache if relaxed else finder._path_cache
        return search_listed(system, question, entry, directory, loaders, names, "recalled", None)
    return _search_listing(system, question, entry, directory, loaders, mtime, None)


def _search_place(
    system: "System", question: Question, entry: str, place: Place, *, new: bool
) -> "Answer | None":
    record, name = system.record, question.name
    if place.form == "directory":
        mtime = place.mtime
        if not new:
            try:
                mtime = system.disk.stat(place.path).st_mtime
            except OSError:
                mtime = -1
        tried = place.tried if new else None
        loaders = place.loaders or []
        if new and _cheaper_to_look(question, loaders, place.path):
            return _look(system, question, entry, place, mtime)
        return _search_listing(system, question, entry, place.path, loaders, mtime, tried)
    record.search_began(name, entry)
    if new:
        for hook, outcome, error in place.tried:
            record.hook_tried(entry, hook, outcome, error)
    else:
        record.finder_recalled(entry, None, "none" if place.form == "nothing" else "finder")
    if place.form == "archive":
        return _search_archive(system, question, entry, place.path, place.prefix, None)
    if place.form == "finder":
        return _search_stranger(system, question, entry, place.finder)
    if place.error is not None:
        record.search_ended(name, entry, "raised", place.reason, place.error)
        raise SearchFailedError(place.error)
    record.search_ended(name, entry, "skipped", place.reason or "no-hook-took-it")
    return None


def _cheaper_to_look(question: Question, loaders: "list[Any]", directory: str) -> bool:
    if len(loaders) + 2 > _CALLS_OF_CPYTHON or directory in LISTINGS.kept:
        return False
    return LISTINGS.look_first(directory)


def _look(system: "System", question: Question, entry: str, place: Place, mtime: float) -> "Answer | None":
    """Look at a directory's few candidates one by one; list it only if one of them is there.

    A miss is certain this way, a hit is not: the file system may ignore case, or the directory may
    be one that can be entered and not listed, where CPython finds nothing.
    """
    exists, directory = system.disk.exists, place.path
    candidates = candidates_of(question, place.loaders or [])
    root = directory.rstrip("/")
    for candidate in candidates:
        if exists(f"{root}/{candidate}"):
            break
    else:
        system.record.search_missed(question.name, entry, directory, candidates, "looked", place.tried)
        return None
    return _search_listing(system, question, entry, directory, place.loaders or [], mtime, place.tried)


def _search_listing(
    system: "System",
    question: Question,
    entry: str,
    directory: str,
    loaders: "list[tuple[str, Any]]",
    mtime: float,
    tried: "Any",
) -> "Answer | None":
    """Search a directory with the listing that is remembered for it, or with a new one."""
    names = LISTINGS.recall(directory, mtime)
    how, problem = "recalled", None
    if names is None:
        try:
            names, problem = names_or_none(LISTINGS, system.disk, directory, mtime)
        except OSError as error:
            return _raised(system, question.name, entry, error)
        how = "listed" if problem is None else "failed"
    if system.interpreter.relaxes_case():
        names = {name.lower() for name in names}
    return search_listed(system, question, entry, directory, loaders, names, how, tried, problem)


def search_listed(
    system: "System",
    question: Question,
    entry: str,
    directory: str,
    loaders: "list[tuple[str, Any]]",
    names: "AbstractSet[str]",
    how: str,
    tried: "Any",
    problem: "str | None" = None,
) -> "Answer | None":
    """Search a directory whose listing is at hand.

    Args:
        system: the import system that asks.
        question: the name and its candidates.
        entry: the path entry, as it stands on the path.
        directory: the directory that it stands for.
        loaders: the suffixes and loader classes of its finder.
        names: what it holds.
        how: how the listing was come by, for the record.
        tried: the hooks that were tried to get here; None if the finder was there already.
        problem: why the listing failed and counts as empty, if it did.

    Raises:
        SearchFailedError: a loader class of somebody else raised.
    """
    record, name = system.record, question.name
    candidates = candidates_of(question, loaders)
    if problem is None and names.isdisjoint(candidates) and not system.interpreter.relaxes_case():
        record.search_missed(name, entry, directory, candidates, how, tried)
        return None
    record.search_began(name, entry)
    if tried is None:
        record.finder_recalled(entry, "FileFinder", "finder")
    else:
        for hook, outcome, error in tried:
            record.hook_tried(entry, hook, outcome, error)
    record.directory_listed(directory, how, problem)
    try:
        answer = search_directory(system, question, entry, directory, loaders, names)
    except Exception as error:  # a loader class of somebody else raised; the interpreter's import ends so too
        return _raised(system, name, entry, error, began=True)
    reason = None
    if answer is None:
        reason = "unreadable" if problem and "Permission" in problem else "nothing-there"
    _search_ended(system, name, entry, answer, reason)
    return answer


def directory_of(
    system: "System", entry: str
) -> "tuple[str, list[tuple[str, Any]], AbstractSet[str]] | None":
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
    try:
        mtime = system.disk.stat(directory).st_mtime
    except OSError:
        mtime = -1
    if believed is not None and believed._path_mtime == mtime:
        return directory, loaders, believed._path_cache
    names = LISTINGS.recall(directory, mtime)
    if names is None:
        try:
            names, _ = names_or_none(LISTINGS, system.disk, directory, mtime)
        except OSError:
            return None
    return directory, loaders, names


# -- archives and strangers -----------------------------------------------------------------------


def _search_archive(
    system: "System", question: Question, entry: str, archive: str, prefix: str, finder: "Any"
) -> "Answer | None":
    try:
        index = _index_of(system, archive, finder)
        answer = search_archive(system, question, entry, archive, prefix, index)
    except Exception as error:  # what zipimport lets escape for a damaged archive
        return _raised(system, question.name, entry, error, began=True)
    _search_ended(system, question.name, entry, answer, "nothing-there" if answer is None else None)
    return answer


def _index_of(system: "System", archive: str, finder: "Any") -> "Any":
    """Give the index that a ``zipimporter`` goes by: up to 3.12 it keeps its own, then the common one."""
    files = getattr(finder, "_files", None)
    if files is not None:
        system.record.archive_read(archive, "recalled")
        return files
    try:
        return archive_index(system, archive)
    except ArchiveError:
        if finder is None:
            raise
        return {}  # a finder whose archive went bad answers as if it were empty


def _search_stranger(system: "System", question: Question, entry: str, finder: "Any") -> "Answer | None":
    try:
        answer = ask_path_entry_finder(question.name, entry, finder)
    except Exception as error:  # recorded; the interpreter's import ends with it
        return _raised(system, question.name, entry, error, began=True)
    _search_ended(system, question.name, entry, answer, "finder-declined" if answer is None else None)
    return answer


def _search_ended(
    system: "System", name: str, entry: str, answer: "Answer | None", reason: "str | None"
) -> None:
    record = system.record
    if answer is None:
        record.search_ended(name, entry, "missed", reason)
    elif answer.kind == "namespace":
        for location in answer.locations:
            record.portion_kept(name, location)
        record.search_ended(name, entry, "portion")
    else:
        record.search_ended(name, entry, "found")


def _raised(
    system: "System", name: str, entry: str, error: BaseException, *, began: bool = False
) -> "Answer | None":
    text = describe_error(error)
    if not began:
        system.record.search_began(name, entry)
    system.record.search_ended(name, entry, "raised", "finder-raised", text)
    raise SearchFailedError(text) from None
