"""The entries of a search path, one after the other.

Tells what ``PathFinder.find_spec`` does (``importlib/_bootstrap_external.py``): each entry that is
a string is served by the finder in ``path_importer_cache`` or by the first hook that takes it; the
first entry that offers a module ends the search; directories without ``__init__`` are kept as
portions of a namespace package, which counts only when no entry offers more. Decides the order and
what of a directory's listing may be believed; ``directory.py`` and ``archive.py`` look inside.
"""

from ..disk import stamp_of
from ..genuine import FileFinder, zipimporter
from ..interpreter import GENUINE_METHODS
from .answer import Answer, label
from .archive import search_archive
from .archive_index import ArchiveError, archive_index
from .directories import SearchFailedError, raised, search_changed, search_finder, search_place
from .directory import Question, search_plain
from .keeping import new_finder, search_kept
from .places import Place, place_of
from .strangers import ask_path_entry_finder

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from ..system import System

_MISSING = object()
_FIND_SPEC = GENUINE_METHODS[FileFinder]


def search_entries(  # noqa: C901  # the loop is told in place: a call for each entry costs more than it does
    system: "System", name: str, tail: str, path: "Iterable[Any]"
) -> "Answer | None":
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
    question = Question(name, tail, system.interpreter)
    portions: list[str] = []
    passed: list[str] = []  # directories that were searched in vain, in a row, told together
    at = 0
    # What the loop needs at every step, fetched once: a path may have thousands of entries.
    recall, stat = system.state.path_importer_cache.get, system.disk.stat
    standard, candidates = question.loaders, question.candidates
    trusting = FileFinder.find_spec is _FIND_SPEC and not system.interpreter.relaxes_case()
    for entry in entries:
        at += 1  # counted by hand: enumerate would make a tuple for each entry
        # By far the most common step, told in place: a directory whose finder has a listing that is
        # still true, and none of the candidates in it.
        finder: Any = recall(entry) if entry.__class__ is str else None
        if finder.__class__ is FileFinder and trusting and finder._loaders == standard:
            directory = finder.path
            try:
                status: Any = stat(directory)
                mtime = status.st_mtime
            except OSError:
                status, mtime = None, -1
            if mtime == finder._path_mtime and finder._path_cache.isdisjoint(candidates):
                passed.append(directory)
                continue
        else:
            finder = None
        if passed:
            record.search_run(name, entries, at - 1 - len(passed), tuple(passed), candidates)
            passed.clear()
        if finder is None:
            answer = search_entry(system, question, entry)
        elif mtime == finder._path_mtime:
            answer = search_plain(
                system, question, entry, directory, finder._path_cache, "recalled", None, status
            )
        elif system.keeps_finders:
            answer = search_kept(system, question, entry, finder, None)
        else:
            stamp = status and stamp_of(status)
            answer = search_changed(system, question, entry, directory, standard, stamp, None)
        if answer is None:
            continue
        if answer.kind == "namespace":
            portions += answer.locations
            continue
        for portion in portions:
            record.portion_dropped(name, portion, answer.origin)
        if at < len(entries):
            record.entries_unsearched(name, entries, at)
        return answer
    if passed:
        record.search_run(name, entries, at - len(passed), tuple(passed), candidates)
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
    if system.keeps_finders:
        return _search_by_finder(system, question, entry, key, finder)
    if finder is _MISSING:
        place = system.places.get(key)
        if place is None:
            try:
                place = place_of(system, key)
            except OSError as error:
                # The current directory vanished while a relative entry was made absolute.
                return raised(system, name, entry, error)
            system.places[key] = place
            return _search_place(system, question, entry, place, new=True)
        return _search_place(system, question, entry, place, new=False)
    if finder.__class__ is FileFinder and FileFinder.find_spec is _FIND_SPEC:
        return search_finder(system, question, entry, finder)
    record.search_began(name, entry)
    if finder is None:
        record.finder_recalled(entry, None, "none")
        record.search_ended(name, entry, "skipped", "remembered-as-none")
        return None
    record.finder_recalled(entry, label(finder), "finder")
    if finder.__class__ is zipimporter and _zip_untouched():
        return _search_archive(system, question, entry, finder.archive, finder.prefix, finder)
    return _search_stranger(system, question, entry, finder)


def _search_by_finder(
    system: "System", question: Question, entry: str, key: str, finder: "Any"
) -> "Answer | None":
    """Search an entry by its own finder, which is made and kept if there is none yet."""
    record, name = system.record, question.name
    tried = None
    if finder is _MISSING:
        tried = new_finder(system, name, entry, key)
        finder = system.state.path_importer_cache.get(key)
    if finder.__class__ is FileFinder and FileFinder.find_spec is _FIND_SPEC:
        return search_kept(system, question, entry, finder, tried)
    record.search_began(name, entry)
    for hook, outcome, error in tried or ():
        record.hook_tried(entry, hook, outcome, error)
    if tried is None:
        who = None if finder is None else label(finder)
        record.finder_recalled(entry, who, "none" if finder is None else "finder")
    if finder is None:
        record.search_ended(name, entry, "skipped", "no-hook-took-it" if tried else "remembered-as-none")
        return None
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


def _search_place(
    system: "System", question: Question, entry: str, place: Place, *, new: bool
) -> "Answer | None":
    if place.form == "directory":
        return search_place(system, question, entry, place, new=new)
    record, name = system.record, question.name
    record.search_began(name, entry)
    if new:
        for hook, outcome, error in place.tried:
            record.hook_tried(entry, hook, outcome, error)
    else:
        record.finder_recalled(entry, None, "none" if place.form == "nothing" else "finder")
        if place.form == "nothing" and place.path:
            # Said again: the answer to this name depends on that file too.
            record.archive_read(place.path, "failed", place.error)
    if place.form == "archive":
        return _search_archive(system, question, entry, place.path, place.prefix, None)
    if place.form == "finder":
        return _search_stranger(system, question, entry, place.finder)
    if place.error is not None:
        record.search_ended(name, entry, "raised", place.reason, place.error)
        raise SearchFailedError(place.error)  # asked only: nobody wants the exception itself
    record.search_ended(name, entry, "skipped", place.reason or "no-hook-took-it")
    return None


# -- archives and strangers -----------------------------------------------------------------------


def _search_archive(
    system: "System", question: Question, entry: str, archive: str, prefix: str, finder: "Any"
) -> "Answer | None":
    try:
        index = _index_of(system, archive, finder)
        answer = search_archive(system, question, entry, archive, prefix, index)
    except Exception as error:  # what zipimport lets escape for a damaged archive
        return raised(system, question.name, entry, error, began=True)
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
        return raised(system, question.name, entry, error, began=True)
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
