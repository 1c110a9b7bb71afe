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
from .find.static import NOT_THERE, static

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
    record = system.record
    parent, _, tail = name.rpartition(".")
    path: Any = None
    if parent:
        try:
            path = locations_of(system, parent)
        except NoLocationsError as problem:
            record.find_began(name, parent)
            record.find_ended(name, "not-found", problem.reason, None, None)
            return None
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

    Raises:
        NoLocationsError: the parent is missing, is None in ``modules``, or is no package.
    """
    modules = system.state.modules
    if parent in modules:
        return _locations_of_module(system, parent, modules[parent])
    if parent in system.found:
        answer, told = system.found[parent]
        system.record.rows.extend(told)
    else:
        begin = len(system.record.rows)
        answer = find(system, parent)
        if answer is not None and answer.locations is not None:
            answer.locations = extended_locations(system, answer)
        system.found[parent] = answer, system.record.rows[begin:]
    if answer is None:
        raise NoLocationsError("parent-not-found")
    if answer.locations is None:
        raise NoLocationsError("parent-not-a-package")
    return answer.locations


def _locations_of_module(system: "System", name: str, module: "Any") -> "Any":
    if module is None:
        system.record.module_cached(name, "none", None)
        raise NoLocationsError("parent-is-none")
    origin = static(module, "__file__")
    path = static(module, "__path__")
    where = origin if isinstance(origin, str) else None
    if path is NOT_THERE:
        system.record.module_cached(name, "module", where)
        raise NoLocationsError("parent-not-a-package")
    system.record.module_cached(name, "package", where)
    return path if path.__class__ is list else current_locations(system, name, path)
