"""The story of one import, first step: find the parents, then the name itself.

Decides the order of things: a parent comes before its child, a parent that is already in
``modules`` is used as it is, a parent that is missing or no package ends the search. Runs no
module's code. ``find/chain.py`` tells what happens with each single name.

Mirrors ``importlib.util.find_spec`` and the beginning of ``_find_and_load_unlocked``
(``importlib/_bootstrap.py``), with a difference: a parent is found, not imported.
"""

from .find.chain import ChainFailedError, ask_meta_path
from .find.legacy import extended_locations
from .find.namespace import current_locations
from .find.static import NOT_THERE, own_dictionary, static

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

    from .find.answer import Answer
    from .system import System


class NoLocationsError(Exception):
    """A parent has no locations to search; the reason is one of the reasons of a find."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def find(system: "System", name: str) -> "Answer | None":
    """Find a module by its absolute name, its parents first.

    Args:
        system: the import system that asks.
        name: the absolute name.

    Returns:
        The answer, or None: the record says why.
    """
    parent = name.rpartition(".")[0]
    path: Any = None
    if parent:
        try:
            path = locations_of(system, parent)
        except NoLocationsError as problem:
            _not_found(system, name, problem.reason)
            return None
    return _find_below(system, name, path)


def _not_found(system: "System", name: str, reason: str) -> None:
    """Record that a name cannot be searched for, since its parent has no locations."""
    system.record.find_began(name, name.rpartition(".")[0])
    system.record.find_ended(name, "not-found", reason, None, None)


def _find_below(system: "System", name: str, path: "Any") -> "Answer | None":
    """Find a name where its parent's locations are known; `path` is None for a top-level name."""
    record = system.record
    parent, _, tail = name.rpartition(".")
    record.find_began(name, parent)
    try:
        answer = ask_meta_path(system, name, tail, path)
    except ChainFailedError as problem:
        record.find_ended(name, "failed", problem.reason, None, None)
        return None
    if answer is None:
        record.find_ended(name, "not-found", "no-finder-knows-it", None, None)
    else:
        record.find_ended(name, "found", None, answer.kind, answer.origin)
    return answer


def locations_of(system: "System", parent: str) -> "Any":
    """Give the locations where the submodules of a package are searched.

    A package that is not there yet is found below its own parent, and so on: up to the nearest one
    that is known, and down again. A loop, so that a name of thousands of parts is only a long name.

    Raises:
        NoLocationsError: the parent is missing, is None in ``modules``, or is no package.
    """
    known, unknown = parent, []
    while known and known not in system.state.modules and known not in system.found:
        unknown.append(known)
        known = known.rpartition(".")[0]
    begin = len(system.record.rows)
    reason: str | None = None
    path: Any = None
    if known:
        try:
            path = _known_locations(system, known)
        except NoLocationsError as problem:
            if not unknown:
                raise
            reason = problem.reason
    for name in reversed(unknown):
        if reason is not None:
            _not_found(system, name, reason)
            reason = "parent-not-found"
            continue
        answer = _find_below(system, name, path)
        if answer is not None and answer.locations is not None:
            answer.locations = extended_locations(system, answer)
        system.found[name] = answer, system.record.rows[begin:]
        path, reason = _locations_of_answer(answer)
    if reason is not None:
        raise NoLocationsError(reason)
    return path


def _known_locations(system: "System", name: str) -> "Any":
    if name in system.state.modules:
        return _locations_of_module(system, name, system.state.modules[name])
    answer, told = system.found[name]
    system.record.rows.extend(told)
    path, reason = _locations_of_answer(answer)
    if reason is not None:
        raise NoLocationsError(reason)
    return path


def _locations_of_answer(answer: "Answer | None") -> "tuple[Any, str | None]":
    """Give the locations of a package that was found, or the reason why there are none."""
    if answer is None:
        return None, "parent-not-found"
    return answer.locations, "parent-not-a-package" if answer.locations is None else None


def _locations_of_module(system: "System", name: str, module: "Any") -> "Any":
    if module is None:
        system.record.module_cached(name, "none", None)
        raise NoLocationsError("parent-is-none")
    own = own_dictionary(module)
    origin, path = own.get("__file__"), own.get("__path__")
    if path is None:
        origin, path = static(module, "__file__"), static(module, "__path__")
    where = origin if isinstance(origin, str) else None
    if path is NOT_THERE:
        system.record.module_cached(name, "module", where)
        raise NoLocationsError("parent-not-a-package")
    system.record.module_cached(name, "package", where)
    return path if path.__class__ is list else current_locations(system, name, path)
