"""A shared module that a world has just found: the interpreter loads it, and need not search it again.

Decides whether the interpreter would find it at the same place, by what the finders of both remember,
where that is sure; looks at no disk. Read ``sharing.py`` first, which has the interpreter search and
import where this cannot tell.
"""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, Any

from ._engine.find.plainly import is_usual
from ._engine.genuine import BuiltinImporter, FileFinder, FrozenImporter, PathFinder, bootstrap
from ._engine.interpreter import HERE

if TYPE_CHECKING:
    from ._engine.system import System

__all__ = ["load_by_interpreter", "would_find_the_same"]


def load_by_interpreter(spec: Any) -> Any:
    """Have the interpreter load a module by a spec that is as good as what it would find itself.

    Its own function does it, under its own lock, as after a search of its own (``_find_and_load``,
    ``importlib/_bootstrap.py``). While somebody, such as a tracer, has put another function in that one's
    place, the whole import is done, so that nothing passes by it.

    Args:
        spec: what the world has found; `would_find_the_same` has said so.

    Raises:
        BaseException: whatever loading it raises.
    """
    standing = bootstrap._find_and_load
    if standing.__closure__ is None and standing.__globals__ is vars(bootstrap):
        with bootstrap._ModuleLockManager(spec.name):
            if spec.name not in sys.modules:
                return bootstrap._load_unlocked(spec)
    return importlib.import_module(spec.name)


def would_find_the_same(system: System, name: str, origin: str | None) -> bool:
    """Say whether the interpreter would find a top-level module at the same place, if that is sure.

    The world has searched its path for it just now, so its finders know these directories as they are.
    The interpreter's path may lack some of them, but may have no other up to the one that has the module,
    and its finders have to remember them as they are, too. Finders ahead of its path based one are asked.

    Args:
        system: the world.
        name: the name.
        origin: the file that the world has found.
    """
    if origin is None or not is_usual(system.state.meta_path) or not _nobody_ahead(name):
        return False
    candidates = (name, *[name + suffix for suffix in HERE.suffixes])
    ours, theirs = _asked(system, candidates), sys.path_importer_cache
    for entry in sys.path:
        if entry.__class__ is not str or entry not in ours or entry not in theirs:
            return False
        finder: Any = ours[entry]
        known: Any = theirs[entry]
        if finder is None and known is None:
            continue
        if finder is None or not _is_plain(known) or finder._path_mtime != known._path_mtime:
            return False
        there = known._path_cache.intersection(candidates)
        if there or not finder._path_cache.isdisjoint(candidates):
            return origin.startswith(f"{entry}/") and there == finder._path_cache.intersection(candidates)
    return False


def _asked(system: System, candidates: tuple[str, ...]) -> dict[str, Any]:
    """Give the world's finders, by entry, that were asked before one knew a file of the module.

    An entry that no hook took has None; the list ends before an entry that is no directory.
    """
    asked: dict[str, Any] = {}
    cache = system.state.path_importer_cache
    for entry in system.state.path:
        if entry.__class__ is not str or entry not in cache:
            break
        finder = cache[entry]
        if finder is not None and not _is_plain(finder):
            break
        asked[entry] = finder
        if finder is not None and not finder._path_cache.isdisjoint(candidates):
            break
    return asked


def _is_plain(finder: Any) -> bool:
    return finder.__class__ is FileFinder and finder._loaders == HERE.loaders


def _nobody_ahead(name: str) -> bool:
    """Say whether the interpreter comes to its path based finder with a name."""
    for finder in sys.meta_path:
        if finder is PathFinder:
            return True
        if finder is BuiltinImporter or finder is FrozenImporter:
            continue  # the world has asked them itself
        try:
            if finder.find_spec(name, None) is not None:
                return False
        except Exception:  # a stranger's finder: whoever searches now meets it, too
            return False
    return False
