"""The plain search of a world: a module or package in a directory of the path, told in one row.

Decides what is plain: the meta path is the interpreter's three finders and nobody has touched them, every
entry up to the module's is a directory, or one that no hook took, and the module is a regular file. Such a
search is the same as that of ``seeking.py``, with fewer looks and calls; whatever is not plain is left to
that, and nothing has been told then.

Mirrors ``_find_spec`` (``importlib/_bootstrap.py``), ``PathFinder.find_spec`` and
``FileFinder.find_spec`` (``importlib/_bootstrap_external.py``).
"""

from ..disk import is_regular_mode, stamp_of
from ..genuine import (
    KINDS_OF_LOADERS,
    BuiltinImporter,
    FileFinder,
    FrozenImporter,
    ModuleSpec,
    PathFinder,
    zipimporter,
)
from ..hooks import NO_ARCHIVE, NO_DIRECTORY, are_genuine
from ..interpreter import GENUINE_METHODS, all_untouched
from ..plain import (
    CAN_BE_PLAIN,
    INSIDE,
    LISTED,
    MADE,
    MADE_KNOWING,
    NO_FINDER,
    RECALLED,
    UNTAKEN,
    tell_inside,
    undo,
)
from ..record import Record
from .directories import LISTINGS
from .inner import find_builtin, find_frozen
from .keeping import fill, known_names
from .specs import make_spec

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

    from ..system import System

    # The spec and the status of its file, if it has one; both None for a name that nobody knows.
    Found = tuple[Any, Any]

_FIND_SPEC = GENUINE_METHODS[FileFinder]
_NOT_THERE: "Found" = (None, None)


class Paths:
    """The search paths that a record has told, each once, with the number that rows speak of it by.

    Attributes:
        numbers: the numbers, by path.
    """

    __slots__ = ("numbers",)

    def __init__(self) -> None:
        self.numbers: dict[tuple[str, ...], int] = {}

    def number_of(self, system: "System", path: "list[str]") -> int:
        """Give the number of a path, which is told if it has none yet."""
        key = tuple(path)
        number = self.numbers.get(key)
        if number is None:
            # Two threads that tell one path at once tell it by the same number, or by two.
            number = self.numbers[key] = len(self.numbers)
            system.record.path_told(number, key, system.interpreter.suffixes, _kinds(system))
        return number

    def rows(self, system: "System") -> "list[Any]":
        """Give the rows that have told the paths, for a part of the record that lacks them."""
        aside = Record()
        suffixes, kinds = system.interpreter.suffixes, _kinds(system)
        for path, number in list(self.numbers.items()):
            aside.path_told(number, path, suffixes, kinds)
        return aside.rows


def _kinds(system: "System") -> "tuple[str, ...]":
    return tuple([KINDS_OF_LOADERS[loader] for _, loader in system.interpreter.loaders])


def find_plainly(system: "System", name: str, path: "Any", known: "Any" = None) -> "Found | None":
    """Find the spec of a plain module.

    Args:
        system: the importing system.
        name: the absolute name.
        path: the parent's ``__path__``; None for a top-level name.
        known: the spec by which the interpreter has loaded this module, if that will do: where the search
            comes to the same file, which is in use already, nobody looks at it once more.

    Returns:
        The genuine spec and the status of its file, which is None for what lies inside the interpreter
        and for what is known; twice None if nobody knows the name; None if the search is not plain.
    """
    if path is None:
        path = system.state.path
    if path.__class__ is not list or not is_usual(system.state.meta_path):
        return None
    if LISTINGS.failed:
        LISTINGS.failed.clear()  # of a search that is over
    if name in INSIDE:
        return _find_inside(system, name)
    changed: list[tuple[str, Any, float]] = []
    found = None
    try:
        found = _search(system, name, path, changed, known)
    except (OSError, ValueError):  # who searches now meets it, too
        pass
    finally:
        if found is None and changed:
            undo(system.state.path_importer_cache, changed)
    return found


def is_usual(meta_path: "Any") -> bool:
    """Say whether a meta path is the interpreter's three finders, and nobody has touched them."""
    return (
        CAN_BE_PLAIN
        and meta_path.__class__ is list
        and len(meta_path) == 3
        and meta_path[0] is BuiltinImporter
        and meta_path[1] is FrozenImporter
        and meta_path[2] is PathFinder
        and all_untouched()
        and FileFinder.find_spec is _FIND_SPEC
    )


def _search(
    system: "System", name: str, path: "list[Any]", changed: "list[tuple[str, Any, float]]", known: "Any"
) -> "Found | None":
    interpreter = system.interpreter
    tail = name.rpartition(".")[2]
    candidates = (tail, *map(tail.__add__, interpreter.suffixes))
    cache, stat, standard = system.state.path_importer_cache, system.disk.stat, interpreter.loaders
    ways = ""
    for entry in path:
        if entry.__class__ is not str or not entry:
            return None
        finder, way = cache.get(entry), RECALLED
        if finder is None and entry in cache:
            ways += NO_FINDER
            continue
        # Other relative entries, and such as end with a slash, have a story of their own.
        if entry[0] != "/" or entry[-1] == "/":
            return None
        if finder is None:
            finder, way = _new_finder(system, entry, changed), MADE
            if finder is None and entry in cache:
                ways += UNTAKEN
                continue
        if finder.__class__ is not FileFinder or finder.path != entry or finder._loaders != standard:
            return None
        status = stat(entry)
        if status.st_mtime != finder._path_mtime:
            way = _list_anew(system, finder, way, status, changed)
        ways += way
        names = finder._path_cache
        if not names.isdisjoint(candidates):
            return _hit(system, name, path, ways, candidates, names, known)
    _tell(system, name, path, ways, is_package=False, chosen=-1)
    return _NOT_THERE


def _find_inside(system: "System", name: str) -> "Found | None":
    """Find a built-in or frozen module; None if frozen ones are switched off."""
    for at, find in enumerate((find_builtin, find_frozen)):
        answer = find(system, name)
        if answer is not None:
            tell_inside(system.record, name, at, answer.kind, str(answer.origin))
            return make_spec(system, answer), None
    return None


def _new_finder(system: "System", entry: str, changed: "list[tuple[str, Any, float]]") -> "Any":
    """Make and keep the finder of a directory.

    Returns:
        The finder. None if the hooks are not the interpreter's two, or the entry is an archive; also if
        neither takes it, as where nothing lies, but then this is kept.
    """
    hooks = system.state.path_hooks
    if hooks.__class__ is not list or not are_genuine(hooks):
        return None
    try:
        finder = hooks[1](entry)
    except ImportError as error:
        if str(error) != NO_DIRECTORY or not _is_no_archive(entry):
            return None
        finder = None
    changed.append((entry, finder, -1))
    system.state.path_importer_cache[entry] = finder
    return finder


def _is_no_archive(entry: str) -> bool:
    try:
        zipimporter(entry)
    except ImportError as error:
        return str(error) == NO_ARCHIVE  # another error is told in its own words
    return False


def _list_anew(
    system: "System", finder: "Any", way: str, status: "Any", changed: "list[tuple[str, Any, float]]"
) -> str:
    """Make a finder's listing true, and say how the entry was dealt with.

    Raises:
        OSError: the directory cannot be listed.
    """
    if way is RECALLED:
        changed.append(("", finder, finder._path_mtime))
    entry, stamp = finder.path, stamp_of(status)
    names = known_names(entry, stamp)
    if names is None:
        try:
            names = LISTINGS.list(system.disk, entry, stamp)
        except OSError as error:
            LISTINGS.failed[entry] = error.with_traceback(None)
            raise
        way = LISTED if way is RECALLED else MADE
    elif way is MADE:
        way = MADE_KNOWING
    fill(finder, names, status.st_mtime)
    return way


def _hit(
    system: "System",
    name: str,
    path: "list[str]",
    ways: str,
    candidates: "tuple[str, ...]",
    names: "set[str]",
    known: "Any",
) -> "Found | None":
    """Make the spec for what a directory holds, and tell the search; None if it is not plain."""
    tail, interpreter, disk = candidates[0], system.interpreter, system.disk
    base = f"{path[len(ways) - 1]}/{tail}"
    is_package: bool | str | None = False
    at = None
    if known is not None and known.origin == f"{base}/__init__.py" and tail in names:
        _tell(system, name, path, ways, "known", interpreter.inits.index("__init__.py"))
        return known, None
    if tail in names:
        is_package = True
        at, status = _init_in(system, base, interpreter.inits)
        if at is None:  # a directory beside the module, or a portion of a namespace package
            is_package = None
            if names.isdisjoint(candidates[1:]) or not disk.is_directory(base):
                return None
    if at is None:
        at = [*map(names.__contains__, candidates[1:])].index(True)
        full = base + interpreter.suffixes[at]
        if known is not None and known.origin == full:
            _tell(system, name, path, ways, is_package, at)
            return known, None
        status = disk.stat(full)
    else:
        full = f"{base}/{interpreter.inits[at]}"
    if not is_regular_mode(status.st_mode):
        return None
    spec = ModuleSpec(name, interpreter.loaders[at][1](name, full), origin=full)
    spec._set_fileattr = True
    spec.submodule_search_locations = [base] if is_package else None
    _tell(system, name, path, ways, is_package, at)
    return spec, status


def _init_in(system: "System", base: str, inits: "tuple[str, ...]") -> "Any":
    """Find the ``__init__`` of a package; tell the place of its suffix, and its status."""
    disk = system.disk
    for at, init in enumerate(inits):
        full = f"{base}/{init}"
        # Existence first, since a stat of what is not there is dear; source usually is there.
        if init == "__init__.py" or disk.exists(full):
            try:
                return at, disk.stat(full)
            except OSError:
                continue
    return None, None


def _tell(
    system: "System", name: str, path: "list[str]", ways: str, is_package: "bool | str | None", chosen: int
) -> None:
    number = system.paths.number_of(system, path)
    system.record.find_plain(name, number, ways, None, is_package, chosen)
