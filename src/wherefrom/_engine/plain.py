"""The plain import: a module or package in a directory of the path, told in a few rows and fast.

Decides what is plain: every finder on the way is the interpreter's own and unchanged, every entry up to
the module's is a directory or one that no hook took, and the module is a regular file. It finds what
``find/entries.py`` finds, with fewer looks; whatever is not plain is left to that. Read ``live.py`` first.

Mirrors ``PathFinder.find_spec`` and ``FileFinder.find_spec`` (``importlib/_bootstrap_external.py``).
"""

import sys

from .disk import Disk, is_directory_mode, is_regular_mode
from .find.answer import label
from .genuine import (
    KINDS_OF_LOADERS,
    BuiltinImporter,
    FileFinder,
    FrozenImporter,
    ModuleSpec,
    PathFinder,
    external,
    imp,
)
from .hooks import are_genuine
from .meta_path import are_same
from .seam import all_relabelled

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

    from .asking import Asked
    from .live_record import LiveRecord

# Where names of files ignore case, or paths have drives, nothing is plain.
CAN_BE_PLAIN = sys.platform not in ("win32", "cygwin", "darwin", "ios", "tvos", "watchos")

# As a finder of directories has them.
_PAIRS = [
    (suffix, loader) for loader, suffixes in external._get_supported_file_loaders() for suffix in suffixes
]
_SUFFIXES = tuple([suffix for suffix, _ in _PAIRS])
_ENDINGS = "", *_SUFFIXES  # of a package, and of modules
_LOADERS = [loader for _, loader in _PAIRS]
_KINDS = tuple([KINDS_OF_LOADERS[loader] for loader in _LOADERS])
_INITS = tuple([f"/__init__{suffix}" for suffix in _SUFFIXES])
_NAMES = ("BuiltinImporter", "FrozenImporter", "PathFinder")
# What lies inside the interpreter, and no path matters for; frozen modules may be switched off.
INSIDE = {*sys.builtin_module_names, *imp._frozen_module_names()}
_DISK = Disk()

# The parts of the search that somebody may have put something else for, and what they were before.
_PATH, _BUILTIN, _FROZEN = PathFinder.__dict__, BuiltinImporter.__dict__, FrozenImporter.__dict__
_PATH_SEARCH, _PATH_HOOKS = _PATH["find_spec"], _PATH["_path_hooks"]
_PATH_CACHE, _PATH_ENTRIES = _PATH["_path_importer_cache"], _PATH["_get_spec"]
_BUILTIN_SEARCH, _FROZEN_SEARCH = _BUILTIN["find_spec"], _FROZEN["find_spec"]
_FILE_SEARCH, _FILL = FileFinder.find_spec, FileFinder._fill_cache
_EXTERNAL = external.__dict__
_MISSING: "Any" = object()

# Given back for a name that nobody knows, and where the search is not ours.
NOT_THERE: "Any" = object()
NOT_TOLD: "Any" = object()

# How an entry was dealt with: its finder and listing recalled, its directory listed anew, its finder made
# by the hooks, the same for a directory whose listing was known, no finder there, or no hook that took it.
RECALLED, LISTED, MADE, MADE_KNOWING, NO_FINDER, UNTAKEN = "r", "l", "h", "k", "n", "u"


def all_genuine() -> bool:
    """Say whether the interpreter's three finders and the finder of directories search as ever."""
    return (
        _PATH["find_spec"] is _PATH_SEARCH
        and _PATH["_get_spec"] is _PATH_ENTRIES
        and _PATH["_path_importer_cache"] is _PATH_CACHE
        and _PATH["_path_hooks"] is _PATH_HOOKS
        and _BUILTIN["find_spec"] is _BUILTIN_SEARCH
        and _FROZEN["find_spec"] is _FROZEN_SEARCH
        and FileFinder.find_spec is _FILE_SEARCH
        and FileFinder._fill_cache is _FILL
        # Another one if somebody has reloaded the module that holds them.
        and _EXTERNAL["PathFinder"] is PathFinder
    )


class PlainSearch:
    """Searches for plain modules.

    Attributes:
        found: the spec that was found last and the status of its file: who loads it need not look again.
    """

    def __init__(self, record: "LiveRecord") -> None:
        self._record = record
        # The paths that were told, each with the finders ahead of the three and behind, and their numbers.
        self._paths: dict[tuple[tuple[str, ...], ...], int] = {}
        # directory -> the loaders of its finder as they were when they were compared; the pairs are the
        # finder's own, so that to compare them once more is a look at each
        self._loaders: dict[str, list[Any]] = {}
        self._others: list[Any] = []
        self._labels: tuple[str, ...] = ()
        self.found: tuple[Any, Any] = (None, None)

    def forget(self) -> None:
        """Tell each path anew: who reads the record from here on has not seen it."""
        self._paths.clear()

    def let_go(self) -> None:
        """Hold no object of the program any longer."""
        self.found = None, None
        self._others, self._labels = [], ()

    def find_spec(
        self, name: str, path: "Any", others: "list[Any] | None" = None, asked: "Asked | None" = None
    ) -> "Any":
        """Find the spec of a plain module.

        Args:
            name: the absolute name.
            path: the parent's ``__path__``; None for a top-level name.
            others: the finders behind the three, if the whole step of finding is to be told; None if only
                the part of the three is.
            asked: what has asked the finders ahead of the three, and tells.

        Returns:
            The spec; `NOT_THERE` if nobody knows the name; None if the module is not plain, or the others
            have to be asked for it. Then nothing has been told.
        """
        if path is None:
            path = sys.path
        if path.__class__ is not list or not all_genuine() or [*map(type, path)].count(str) != len(path):
            return None
        if name in INSIDE:
            return self._find_inside(name, path, others, asked)
        changed: list[tuple[str, Any, float]] = []
        spec = None
        try:
            spec = self._search(name, path, changed, others, asked)
        finally:
            if spec is None and changed:
                # So that whoever searches now finds, and tells, what we found.
                undo(sys.path_importer_cache, changed)
        return spec

    def _find_inside(
        self, name: str, path: "list[Any]", others: "list[Any] | None", asked: "Asked | None"
    ) -> "Any":
        """Find a module that is built in or frozen, by the finder of those; None if it is not there."""
        for at, (finder, kind) in enumerate(((BuiltinImporter, "built-in"), (FrozenImporter, "frozen"))):
            spec = finder.find_spec(name, path)
            if spec is not None:
                if asked is not None:
                    asked.tell(asking=False)
                behind, is_whole = self._labels_of(others), others is not None and asked is None
                tell_inside(self._record, name, at, kind, spec.origin, behind, is_whole=is_whole)
                return spec
        return None

    def _search(
        self,
        name: str,
        path: "list[Any]",
        changed: "list[tuple[str, Any, float]]",
        others: "list[Any] | None",
        asked: "Asked | None",
    ) -> "Any":
        tail = name.rpartition(".")[2]
        candidates = (*map(tail.__add__, _ENDINGS),)
        recall, stat, loaders = sys.path_importer_cache.get, _DISK.stat, self._loaders
        ways, here = "", None
        for entry in path:
            directory = entry
            if not entry:
                here = directory = _DISK.getcwd()
            finder = recall(directory, _MISSING)
            way = RECALLED
            if finder.__class__ is not FileFinder:
                if finder is None:
                    ways += NO_FINDER
                    continue
                if finder is not _MISSING:
                    return None
                finder = _new_finder(directory)
                if finder is None:
                    return None
                way = MADE
            if finder.path != directory:
                return None
            if finder._loaders != loaders.get(directory) and not self._has_all_loaders(finder):
                return None
            mtime = stat(directory).st_mtime
            if mtime != finder._path_mtime:
                changed.append((directory if way is MADE else "", finder, finder._path_mtime))
                finder._fill_cache()
                finder._path_mtime = mtime
                way = LISTED if way is RECALLED else way
            ways += way
            names = finder._path_cache
            if not names.isdisjoint(candidates):
                return self._hit(name, path, ways, here, directory, candidates, names, others, asked)
        if others and (asked is None or not asked.goes_behind(others)):
            return None
        self._tell(name, path, ways, here, False, -1, others, asked)
        return NOT_THERE

    def _has_all_loaders(self, finder: "Any") -> bool:
        """Say whether a finder has the interpreter's loaders, in their order, and remember that it has."""
        if finder._loaders != _PAIRS:
            return False
        self._loaders[finder.path] = [*finder._loaders]
        return True

    def _hit(
        self,
        name: str,
        path: "list[str]",
        ways: str,
        here: "str | None",
        directory: str,
        candidates: "tuple[str, ...]",
        names: "set[str]",
        others: "list[Any] | None",
        asked: "Asked | None",
    ) -> "Any":
        """Make the spec for what a directory holds, and tell the search; None if it is not plain."""
        if directory[0] != "/" or directory[-1] == "/":
            return None
        base = f"{directory}/{candidates[0]}"
        is_package: bool | None = False
        at = None
        if candidates[0] in names:
            is_package = True
            at, status = _init_in(base)
            if at is None:  # a directory beside the module, or a portion of a namespace package
                is_package = None
                if names.isdisjoint(candidates[1:]) or not _DISK.is_directory(base):
                    return None
        if at is None:
            at = [*map(names.__contains__, candidates[1:])].index(True)
            full = base + _SUFFIXES[at]
            status = _DISK.stat(full)
            if not is_regular_mode(status.st_mode):
                return None
        else:
            full = base + _INITS[at]
        spec = ModuleSpec(name, _LOADERS[at](name, full), origin=full)
        spec._set_fileattr = True
        if is_package:
            spec.submodule_search_locations = [base]
        self._tell(name, path, ways, here, is_package, at, others, asked)
        self.found = spec, status
        return spec

    def _tell(
        self,
        name: str,
        path: "list[str]",
        ways: str,
        here: "str | None",
        is_package: "bool | None",
        chosen: int,
        others: "list[Any] | None",
        asked: "Asked | None",
    ) -> None:
        ahead = () if asked is None else asked.labels
        behind = self._labels_of(others) if others else ()
        key = tuple(path), ahead, behind
        number = self._paths.get(key)
        if number is None:
            number = self._paths[key] = len(self._paths)
            self._record.path_told(number, key[0], _SUFFIXES, _KINDS, ahead, behind)
        if asked is None:
            tell = self._record.search_plain if others is None else self._record.find_plain
        elif asked.is_told or (behind and chosen < 0):
            tell = asked.answered
        else:
            self._record.find_asked(name, tuple(asked.times), number, ways, here, is_package, chosen)
            return
        tell(name, number, ways, here, is_package, chosen)

    def _labels_of(self, others: "list[Any] | None") -> "tuple[str, ...]":
        """Name the finders behind the three, anew only when they are others than last time."""
        if not others:
            return ()
        known = self._others
        if not are_same(known, others):
            self._others = others
            self._labels = tuple([label(finder) for finder in others])
        return self._labels


def tell_inside(
    record: "LiveRecord",
    name: str,
    at: int,
    kind: str,
    origin: str,
    behind: "tuple[str, ...]" = (),
    *,
    is_whole: bool = True,
) -> None:
    """Tell how a module that lies inside the interpreter was found.

    Args:
        record: where to.
        name: the module.
        at: which of the interpreter's three finders has it.
        kind: ``built-in`` or ``frozen``.
        origin: the origin in its spec.
        behind: the finders behind the three.
        is_whole: whether the beginning and the end of the find are to be told too.
    """
    if is_whole:
        record.find_began(name, name.rpartition(".")[0])
    if at:
        record.ask_declined(name, _NAMES[:at])
    record.ask_began(name, _NAMES[at])
    record.ask_ended(name, _NAMES[at], "found")
    record.finders_unasked(name, _NAMES[at + 1 :] + behind)
    if is_whole:
        record.find_ended(name, "found", None, kind, origin)


def undo(cache: "dict[str, Any]", changed: "list[tuple[str, Any, float]]") -> None:
    """Let finders list anew, and forget those that were made.

    Args:
        cache: the finders that are kept.
        changed: the directory of a finder that was made, or nothing; the finder, or None where no hook made
            one; its time before.
    """
    for directory, finder, mtime in changed:
        if finder is not None:
            finder._path_mtime = mtime
        if directory and cache.get(directory) is finder:
            cache.pop(directory, None)


def _new_finder(directory: str) -> "Any":
    """Make and keep the finder of a directory; None if that is not as plain as it should be."""
    hooks = sys.path_hooks
    # The first hook takes files only, and the second directories.
    if not are_genuine(hooks) or not is_directory_mode(_DISK.stat(directory).st_mode):
        return None
    finder = sys.path_importer_cache[directory] = hooks[1](directory)
    return finder


def _init_in(base: str) -> "tuple[int | None, Any]":
    """Find the ``__init__`` of a package; tell the place of its suffix, and its status."""
    for at, init in enumerate(_INITS):
        full = base + init
        # Existence first, since a stat of what is not there is dear; source usually is there.
        if init == "/__init__.py" or _DISK.exists(full):
            try:
                status = _DISK.stat(full)
            except OSError:
                continue
            if is_regular_mode(status.st_mode):
                return at, status
    return None, None


all_relabelled(globals())
