"""Finders that an importing system makes and keeps, as the interpreter does.

Decides nothing about modules: makes the finder of an entry with the path hooks, and keeps a
``FileFinder``'s listing true. A system that only asks never comes here. Read ``entries.py`` first.

Mirrors ``PathFinder._path_hooks`` and ``FileFinder._fill_cache``
(``importlib/_bootstrap_external.py``).
"""

import sys
from _warnings import warn

from ..disk import Disk, is_settled, stamp_of
from ..genuine import FileFinder, zipimporter
from ..hooks import FILE_HOOK, ZIP_HOOK, is_file_hook
from .answer import describe_error, label
from .directories import LISTINGS, listed, raised, search_found
from .directory import Found, Question

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from typing import Any

    from ..disk import Stamp
    from ..hooks import Tried
    from ..system import System
    from .answer import Answer

_FOLDS_SUFFIXES = sys.platform == "win32"
_LOADED_AT = Disk().now()


def new_finder(system: "System", name: str, entry: str, key: str) -> "Tried":
    """Make the finder of an entry with the first path hook that takes it, and keep it.

    Args:
        system: the importing system.
        name: the module that is sought.
        entry: the entry, as it stands on the path.
        key: the path that it stands for, under which the finder is kept; with None if no hook took it.

    Returns:
        The hooks that were tried, with what they said.

    Raises:
        SearchFailedError: a hook raised something else than ImportError.
    """
    hooks = system.state.path_hooks
    if hooks is not None and not hooks:
        warn("sys.path_hooks is empty", ImportWarning, stacklevel=2)
    tried: list[tuple[str, str, str | None]] = []
    finder = None
    for hook in hooks:  # None, at the interpreter's end, raises here as it does there
        try:
            finder = hook(key)
        except ImportError as error:
            tried.append(_declined(hook, error))
            continue
        except BaseException as error:
            system.record.search_began(name, entry)
            for said in tried:
                system.record.hook_tried(entry, *said)
            system.record.hook_tried(entry, _said(hook), "raised", describe_error(error))
            if not isinstance(error, Exception):
                raise
            raised(system, name, entry, error, began=True)
        tried.append((_said(hook), "took", None))
        break
    system.state.path_importer_cache[key] = finder
    return tuple(tried)


def _said(hook: "Any") -> str:
    """Name a hook; the interpreter's own two by the finders that they make."""
    if hook is zipimporter:
        return ZIP_HOOK
    return FILE_HOOK if is_file_hook(hook) else label(hook)


def _declined(hook: "Any", error: ImportError) -> "tuple[str, str, str | None]":
    said = _said(hook)
    return said, "declined", str(error) if said in (ZIP_HOOK, FILE_HOOK) else describe_error(error)


def search_kept(
    system: "System", question: Question, entry: str, finder: "Any", tried: "Tried | None"
) -> "Answer | None":
    """Search a directory by its finder, whose listing is made true first if it is not.

    Args:
        system: the importing system.
        question: the name that is asked for.
        entry: the entry, as it stands on the path.
        finder: a genuine ``FileFinder``.
        tried: the hooks that were tried to get it; None if it was there already.

    Raises:
        SearchFailedError: the directory cannot be listed, or a loader class of somebody else raised.
    """
    directory = finder.path
    try:
        stamp = stamp_of(system.disk.stat(directory or system.disk.getcwd()))
        mtime = stamp[0]
    except OSError:
        stamp, mtime = None, -1
    how, problem = "recalled", None
    if mtime != finder._path_mtime:
        names = known_names(directory, stamp)
        if names is None:
            names, how, problem = listed(system, question.name, entry, directory, stamp)
        fill(finder, names, mtime)
    relaxed = system.interpreter.relaxes_case()
    names = finder._relaxed_path_cache if relaxed else finder._path_cache
    return search_found(
        system, question, Found(entry, directory, finder._loaders, names, how, tried, problem)
    )


def known_names(directory: str, stamp: "Stamp | None") -> "AbstractSet[str] | None":
    """Give the listing of a directory that this process knows, where it is as true as a new one."""
    names = LISTINGS.recall(directory, stamp)
    return _known_to_interpreter(directory, stamp) if names is None else names


def _known_to_interpreter(directory: str, stamp: "Stamp | None") -> "AbstractSet[str] | None":
    """Give the listing that a finder of the interpreter has of a directory.

    Only of one that has not changed since well before this file was loaded: what the interpreter has not
    seen of its last change, if it listed it in that very moment, it will not see any more.
    """
    finder: Any = sys.path_importer_cache.get(directory)
    if finder.__class__ is not FileFinder or stamp is None or _FOLDS_SUFFIXES:
        return None
    if finder._path_mtime != stamp[0] or not is_settled(stamp, _LOADED_AT):
        return None
    names: AbstractSet[str] = finder._path_cache
    return names


def fill(finder: "Any", names: "Any", mtime: float) -> None:
    """Give a finder its listing, in the forms that it keeps, and the time that it remembers it by."""
    kept = names if names.__class__ is set else set(names)  # no finder changes its own
    if _FOLDS_SUFFIXES:
        finder._path_cache = {_with_small_suffix(name) for name in kept}
    else:
        finder._path_cache = kept
    if sys.platform.startswith(("win32", "cygwin", "darwin", "ios", "tvos", "watchos")):
        finder._relaxed_path_cache = {name.lower() for name in kept}
    finder._path_mtime = mtime


def _with_small_suffix(name: str) -> str:
    # Windows: suffixes in whatever case.
    stem, dot, suffix = name.partition(".")
    return f"{stem}.{suffix.lower()}" if dot else name
