"""The chain of ``sys.meta_path`` for a module that is about to be loaded.

Like ``chain.py``, with what an import does beyond asking: a finder's exception goes through to the
program, finders are warned about, the spec of a module that turned up meanwhile is preferred, and
the result is the genuine spec. Decides nothing about directories; ``entries.py`` searches them.

Mirrors ``_find_spec`` (``importlib/_bootstrap.py``).
"""

from _warnings import warn

from ..genuine import (
    BuiltinImporter,
    FrozenImporter,
    PathFinder,
    acquire_lock,
    bootstrap,
    release_lock,
    spec_from_loader,
)
from ..interpreter import all_untouched, is_untouched
from .answer import describe_error, label
from .directories import SearchFailedError
from .entries import search_entries
from .inner import find_builtin, find_frozen
from .specs import kind_of, make_spec
from .strangers import ASKS_FOR_LOADERS, RubbishAnswerError

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

    from ..system import System

# Newer versions walk through a copy of the meta path.
_COPIES = "list" in bootstrap._find_spec.__code__.co_names


def find_spec(system: "System", name: str, path: "Any", target: "Any" = None) -> "Any":
    """Find the spec of a module among the finders of the meta path.

    Args:
        system: the importing system.
        name: the absolute name.
        path: the parent's ``__path__``, the very object; None for a top-level name.
        target: the module that a reload is for.

    Returns:
        The genuine spec, or whatever a stranger answered; None if no finder knows the name.

    Raises:
        ImportError: there is no meta path any more.
        BaseException: whatever a finder or hook raises.
    """
    record = system.record
    record.find_began(name, name.rpartition(".")[0])
    problem: BaseException | None = None
    try:
        spec = _ask_all(system, name, path, target)
    except SearchFailedError as failed:
        problem = failed.error
    except BaseException:
        _tell_failure(system, name)
        raise
    if problem is not None:
        # Raised here, and not where it was caught, so that it has no other exception for context.
        _tell_failure(system, name)
        if isinstance(problem, RubbishAnswerError):
            problem.answer.loader  # noqa: B018  # what the interpreter stumbles over: AttributeError
        raise problem
    if spec is None:
        record.find_ended(name, "not-found", "no-finder-knows-it", None, None)
    return spec


def _tell_failure(system: "System", name: str) -> None:
    reason = "no-meta-path" if system.state.meta_path is None else "finder-raised"
    system.record.find_ended(name, "failed", reason, None, None)


def _ask_all(system: "System", name: str, path: "Any", target: "Any") -> "Any":
    meta_path = system.state.meta_path
    if meta_path is None:
        raise ImportError("sys.meta_path is None, Python is likely shutting down")
    if not meta_path:
        warn("sys.meta_path is empty", ImportWarning, stacklevel=2)
    record, interpreter, own = system.record, system.interpreter, all_untouched()
    is_reload = name in system.state.modules
    declined: tuple[str, ...] = ()  # finders that declined at once, told together
    for finder in list(meta_path) if _COPIES else meta_path:
        # The interpreter's own two finders of modules inside it mostly decline.
        if own and finder is BuiltinImporter and not interpreter.is_builtin(name):
            declined += ("BuiltinImporter",)
            continue
        if own and finder is FrozenImporter and not interpreter.find_frozen(name):
            declined += ("FrozenImporter",)
            continue
        if declined:
            record.ask_declined(name, declined)
            declined = ()
        answered = ask(system, finder, name, path, target)
        if answered is None:
            continue
        spec, kind, origin = answered
        _tell_unasked(record, name, meta_path, finder)
        record.find_ended(name, "found", None, kind, origin)
        if not is_reload and name in system.state.modules:
            # The finder imported the module on the way.
            return getattr(system.state.modules[name], "__spec__", None) or spec
        return spec
    if declined:
        record.ask_declined(name, declined)
    return None


def _tell_unasked(record: "Any", name: str, meta_path: "Any", finder: "Any") -> None:
    if finder is meta_path[-1]:
        return
    at = [one is finder for one in meta_path].index(True) + 1 if finder in meta_path else len(meta_path)
    if at < len(meta_path):
        record.finders_unasked(name, tuple([label(rest) for rest in meta_path[at:]]))


def ask(
    system: "System", finder: "Any", name: str, path: "Any", target: "Any"
) -> "tuple[Any, str, str | None] | None":
    """Ask one finder; tell its spec, the kind of module and its origin."""
    record = system.record
    if finder is PathFinder and is_untouched(PathFinder):
        return _search(system, name, path)
    answer = None
    if finder is BuiltinImporter and is_untouched(BuiltinImporter):
        answer = find_builtin(system, name)
    elif finder is FrozenImporter and is_untouched(FrozenImporter):
        answer = find_frozen(system, name)
    else:
        return _ask_stranger(system, finder, name, path, target)
    if answer is None:
        record.ask_declined(name, (finder.__name__,))
        return None
    record.ask_began(name, answer.finder)
    record.ask_ended(name, answer.finder, "found")
    return make_spec(system, answer), answer.kind, answer.origin


def _search(system: "System", name: str, path: "Any") -> "tuple[Any, str, str | None] | None":
    record = system.record
    record.ask_began(name, "PathFinder")
    try:
        answer = search_entries(
            system, name, name.rpartition(".")[2], system.state.path if path is None else path
        )
        spec = None if answer is None else make_spec(system, answer)
    except BaseException as error:
        text = str(error) if isinstance(error, SearchFailedError) else describe_error(error)
        record.ask_ended(name, "PathFinder", "raised", text)
        raise
    if answer is None:
        record.ask_ended(name, "PathFinder", "declined")
        return None
    record.ask_ended(name, "PathFinder", "found")
    return spec, answer.kind, answer.origin


def _ask_stranger(
    system: "System", finder: "Any", name: str, path: "Any", target: "Any"
) -> "tuple[Any, str, str | None] | None":
    record, who = system.record, label(finder)
    record.ask_began(name, who)
    acquire_lock()
    try:
        try:
            find = finder.find_spec
        except AttributeError:
            if not ASKS_FOR_LOADERS:
                record.ask_ended(name, who, "cannot-be-asked", f"{who} has no find_spec")
                return None
            spec = _ask_for_loader(finder, name, path)
        else:
            spec = find(name, path, target)
    except BaseException as error:
        record.ask_ended(name, who, "raised", describe_error(error))
        raise
    finally:
        release_lock()
    record.ask_ended(name, who, "declined" if spec is None else "found")
    if spec is None:
        return None
    origin = getattr(spec, "origin", None)
    return spec, kind_of(spec), origin if isinstance(origin, str) else None


def _ask_for_loader(finder: "Any", name: str, path: "Any") -> "Any":
    """Ask a finder of the protocol of before (until 3.11)."""
    who = getattr(finder, "__qualname__", None) or type(finder).__qualname__
    warn(f"{who}.find_spec() not found; falling back to find_module()", ImportWarning, stacklevel=2)
    loader = finder.find_module(name, path)
    return None if loader is None else spec_from_loader(name, loader)
