"""The locations of packages that are already there: where their submodules are searched.

A package in ``modules`` is used as it is. If it is a namespace package, its path follows its
parent's path: that is told here as ``_NamespacePath`` does it
(``importlib/_bootstrap_external.py``), without changing the path object. No attribute is asked of a
module in a way that could run its code.
"""

from ..genuine import NamespacePath
from .static import NOT_THERE, static

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from ..system import System


def current_locations(system: "System", name: str, path: "Any") -> "Iterable[Any]":
    """Give the entries that a package's path has now.

    Args:
        system: the import system that asks.
        name: the package's name.
        path: its ``__path__``, of whatever type.

    Returns:
        The entries; for a namespace package recomputed if its parent's path has changed.
    """
    if type(path) is not NamespacePath:
        return path  # type: ignore[no-any-return]  # the program's own object, of whatever type
    parent_path = _parent_path(system, path._name)
    if parent_path is None:
        return list(path._path)
    same_epoch = getattr(path, "_last_epoch", None) == getattr(path, "_epoch", None)
    if parent_path == path._last_parent_path and same_epoch:
        system.record.path_recomputed(name, "same")
        return list(path._path)
    from .entries import search_entries  # here, since entries.py is above this file

    answer = search_entries(system, path._name, path._name.rpartition(".")[2], parent_path)
    if answer is not None and answer.kind == "namespace" and answer.spec is None:
        system.record.path_recomputed(name, "changed")
        return list(answer.locations)
    # A module or nothing was found there meanwhile: the path stays as it was.
    system.record.path_recomputed(name, "kept")
    return list(path._path)


def _parent_path(system: "System", name: str) -> "tuple[Any, ...] | None":
    parent = name.rpartition(".")[0]
    if not parent:
        return tuple(system.state.path)
    path = static(system.state.modules.get(parent), "__path__")
    if path is NOT_THERE or path is None:
        return None
    return tuple(current_locations(system, parent, path))
