"""What serves an entry of a search path that has no finder yet.

Tells what ``PathFinder._path_hooks`` and the interpreter's two own hooks do: the hooks in order,
``ImportError`` for "not mine". What they would make is described by a `Place`; the state's
``path_importer_cache`` is only read. Read ``entries.py`` next, which searches the places.
"""

from ..disk import is_directory_mode, is_regular_mode, stamp_of
from ..genuine import FileFinder, zipimporter
from ..hooks import DIRECTORY_TRIED, FILE_HOOK, NO_ARCHIVE, NO_DIRECTORY, ZIP_HOOK, is_file_hook
from ..interpreter import HERE
from ..paths import SEPARATOR, absolute, join, split
from .answer import describe_error, label
from .archive_index import ArchiveError, archive_index

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

    from ..disk import Stamp
    from ..hooks import Tried
    from ..system import System

# errno values; the errno module is not in every sys.modules.
_REASONS_OF_ERRNO = {
    2: "does-not-exist",
    13: "unreadable",
    20: "inside-a-file",
    36: "name-too-long",
    40: "link-loop",
    62: "link-loop",  # macOS and the BSDs
    63: "name-too-long",
}


class Place:
    """What a path entry turned out to be.

    Attributes:
        form: ``directory``, ``archive``, ``finder`` (a stranger's, in `finder`) or ``nothing``.
        path: the directory or the archive file; for ``nothing`` the file that is no archive, if there is one.
        prefix: the path inside the archive, with a trailing separator, or empty.
        loaders: the suffixes and loader classes of a directory's finder.
        finder: the stranger's finder.
        stamp: the directory's stamp when it was first seen.
        open_to_all: whether everybody may list and enter the directory.
        tried: the hooks that were tried, with what they said.
        reason: why nothing serves the entry, from the closed set of search reasons.
        error: the error's text, if one was raised.
    """

    # Set on the class: a place is made for every new entry, and most are plain directories.
    path = ""
    prefix = ""
    loaders: "list[tuple[str, Any]] | None" = None
    finder: "Any" = None
    stamp: "Stamp | None" = None
    open_to_all = True
    reason: "str | None" = None
    error: "str | None" = None

    def __init__(self, form: str, tried: "Tried" = ()) -> None:
        self.form = form
        self.tried = tried


def _directory(path: str, loaders: "list[tuple[str, Any]]", stamp: "Stamp | None", tried: "Tried") -> Place:
    place = Place("directory", tried)
    place.path = path
    place.loaders = loaders
    place.stamp = stamp
    return place


def _nothing(reason: "str | None", error: "str | None" = None, tried: "Tried" = (), path: str = "") -> Place:
    place = Place("nothing", tried)
    place.path = path
    place.reason = reason
    place.error = error
    return place


def place_of(system: "System", entry: str) -> Place:
    """Say what serves an entry that the state has no finder for, trying the hooks in their order.

    Args:
        system: the import system that asks.
        entry: the path entry; the current directory's path for the empty one.
    """
    plan = system.hook_plan
    if plan is None:
        plan = system.hook_plan = _plan(system)
    try:
        status = system.disk.stat(entry)
    except OSError as error:
        return _place_of_missing(system, entry, plan, error)
    except ValueError as error:  # a null byte: the hook for directories lets this error through
        return _nothing("hook-raised", describe_error(error))
    if is_directory_mode(status.st_mode):
        if plan.standard_first:
            path = entry if entry[0] == "/" else _finder_path(system, entry)
            place = _directory(path, plan.standard_loaders, stamp_of(status), DIRECTORY_TRIED)
            if status.st_mode & 0o555 != 0o555:
                place.open_to_all = False
            return place
        return _try_hooks(system, entry, plan, directory=True, stamp=stamp_of(status))
    if is_regular_mode(status.st_mode):
        return _try_hooks(system, entry, plan, archive=entry)
    place = _try_hooks(system, entry, plan)
    place.reason = place.reason or "neither-directory-nor-file"
    return place


class _Plan:
    """The hooks of a system, sorted once into the interpreter's own and strangers'."""

    __slots__ = ("hooks", "standard_first", "standard_loaders")

    def __init__(self, hooks: "list[tuple[str, Any, Any]]") -> None:
        self.hooks = hooks
        forms = [form for form, _, _ in hooks[:2]]
        self.standard_first = forms == ["zip", "file"]
        self.standard_loaders = hooks[1][2] if self.standard_first else None


def _plan(system: "System") -> _Plan:
    if system.interpreter is not HERE:
        # Another interpreter starts with these two; hooks of ours are not its.
        return _Plan([("zip", zipimporter, None), ("file", None, system.interpreter.loaders)])
    hooks = system.state.path_hooks or ()
    return _Plan([_sort_hook(hook) for hook in hooks])


def _sort_hook(hook: "Any") -> "tuple[str, Any, Any]":
    """Tell whose hook this is: ``zip``, ``file`` (with its loaders) or ``stranger``."""
    if hook is zipimporter:
        return "zip", hook, None
    if is_file_hook(hook):
        cells = dict(zip(hook.__code__.co_freevars, hook.__closure__, strict=True))
        if cells["cls"].cell_contents is FileFinder:
            details = cells["loader_details"].cell_contents
            return "file", hook, [(suffix, loader) for loader, suffixes in details for suffix in suffixes]
    return "stranger", hook, None


def _try_hooks(
    system: "System",
    entry: str,
    plan: _Plan,
    *,
    directory: bool = False,
    stamp: "Stamp | None" = None,
    archive: "str | None" = None,
    prefix: str = "",
) -> Place:
    """Try the hooks one after the other on an entry that was looked at.

    Args:
        system: the import system that asks.
        entry: the path entry.
        plan: its hooks, sorted.
        directory: whether the entry is a directory.
        stamp: the directory's stamp.
        archive: the regular file that the entry is or leads into, if there is one.
        prefix: the path within that file.
    """
    tried: list[tuple[str, str, str | None]] = []
    reason: str | None = None
    for form, hook, loaders in plan.hooks:
        if form == "zip":
            outcome, error, reason = _try_zip(system, archive)
            tried.append((ZIP_HOOK, outcome, error))
            if outcome == "took":
                place = Place("archive", tuple(tried))
                place.path, place.prefix = archive or "", prefix
                return place
            if outcome == "raised":
                return _nothing(reason, error, tuple(tried), archive or "")
        elif form == "file":
            if directory:
                tried.append((FILE_HOOK, "took", None))
                return _directory(_finder_path(system, entry), loaders, stamp, tuple(tried))
            tried.append((FILE_HOOK, "declined", NO_DIRECTORY))
        else:
            try:
                finder = hook(entry)
            except ImportError as error:
                tried.append((label(hook), "declined", describe_error(error)))
            except Exception as error:  # recorded; the interpreter's import ends with it
                text = describe_error(error)
                tried.append((label(hook), "raised", text))
                return _nothing("hook-raised", text, tuple(tried))
            else:
                tried.append((label(hook), "took", None))
                if finder is None:
                    return _nothing("remembered-as-none", None, tuple(tried))
                place = Place("finder", tuple(tried))
                place.finder = finder
                return place
    return _nothing(reason, None, tuple(tried), archive or "")


def _try_zip(system: "System", archive: "str | None") -> "tuple[str, str | None, str | None]":
    """Read an archive's directory for the zip hook.

    Returns:
        The hook's outcome, its error's text, and the reason why the archive does not serve.
    """
    if archive is None:
        return "declined", NO_ARCHIVE, None
    try:
        archive_index(system, archive)
    except ArchiveError as error:
        return "declined", str(error), error.reason
    except (EOFError, UnicodeDecodeError) as error:  # no ImportError: the hook lets these through
        return "raised", describe_error(error), "corrupt-archive"
    return "took", None, None


def _place_of_missing(system: "System", entry: str, plan: _Plan, error: OSError) -> Place:
    """Try an entry that cannot be looked at: it may lead into an archive."""
    archive, prefix = _enclosing_archive(system, entry)
    place = _try_hooks(system, entry, plan, archive=archive, prefix=prefix)
    if place.form == "nothing" and place.reason in (None, "not-an-archive"):
        place.reason = _REASONS_OF_ERRNO.get(error.errno or 0, "no-hook-took-it")
    return place


def _enclosing_archive(system: "System", entry: str) -> "tuple[str | None, str]":
    """Walk up from an entry to the first thing that exists; say which file that is, and the rest.

    Mirrors the loop in ``zipimporter.__init__``.
    """
    path, inner = entry, []
    while True:
        parent, name = split(path)
        if parent == path:
            return None, ""
        path = parent
        inner.append(name)
        try:
            status = system.disk.stat(path)
        except (OSError, ValueError):
            continue
        if not is_regular_mode(status.st_mode):
            return None, ""
        return path, _prefix(inner)


def _prefix(inner: "list[str]") -> str:
    prefix = ""
    for name in reversed(inner):
        prefix = join(prefix, name)
    return prefix + SEPARATOR if prefix else ""


def _finder_path(system: "System", entry: str) -> str:
    """Give the path that a ``FileFinder`` made for an entry keeps: absolute from its first use on."""
    if entry == ".":
        return system.disk.getcwd()
    return absolute(entry, system.disk.getcwd, cuts_dot=system.interpreter.habits.cuts_leading_dot)
