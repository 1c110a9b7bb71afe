"""What a world shares with the interpreter, what it has in its stead, and what escapes it.

Decides which modules are the interpreter's own (`Sharing`), makes the ``sys``, the ``builtins`` and
the ``importlib`` that modules of a world see, and notices imports that happened outside. Finds and
loads nothing of the world itself. Read ``systems.py`` first.
"""

from __future__ import annotations

import builtins
import importlib
import importlib.util
import sys
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING, Any
from weakref import ref

from ._engine.frames import without_our_frames
from ._engine.genuine import ModuleSpec, NamespacePath
from ._engine.importing import ByName, import_name, is_initializing
from ._engine.load.in_c import interpreters_own, outside
from ._engine.reloading import reload
from .same_place import load_by_interpreter, would_find_the_same
from .stand_ins import REHOMED, facade, rehomed
from .world_resources import world_resources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ._engine.system import System

_MISSING: Any = object()
# The error for a namespace package whose parent is gone is a KeyError before 3.15.
_TELLS_MISSING_PARENT = sys.version_info >= (3, 15)


def world_sys(*, path: list[Any], meta_path: list[Any], path_hooks: list[Any]) -> Any:
    """Make the ``sys`` of a world: the five pieces are its own, the rest is the interpreter's.

    It is at once the state that the engine works on. What a module sets on it stays in the world.
    """
    return facade(
        sys,
        modules={},
        path=path,
        meta_path=meta_path,
        path_hooks=path_hooks,
        path_importer_cache={},
        # Read at every load, so they are here and not behind __getattr__.
        pycache_prefix=sys.pycache_prefix,
        dont_write_bytecode=sys.dont_write_bytecode,
    )


class _WorldPath(NamespacePath):  # type: ignore[misc]  # a class of the interpreter, untyped
    """The path of a namespace package that follows the world's own path, not ``sys.path``."""

    def __init__(self, state: Any, name: str, path: list[str], search: Callable[..., Any]) -> None:
        self._state = state
        super().__init__(name, path, search)

    def _get_parent_path(self) -> Any:
        parent = self._name.rpartition(".")[0]
        if not parent:
            return self._state.path
        try:
            package = self._state.modules[parent]
        except KeyError as error:
            if not _TELLS_MISSING_PARENT:
                raise
            message = f"{parent!r} must be imported before finding {self._name!r}."
            raise ModuleNotFoundError(message, name=parent) from error
        return package.__path__


# Seen in representations, and by programs that look at the type's name.
_WorldPath.__name__ = NamespacePath.__name__
_WorldPath.__qualname__ = NamespacePath.__qualname__


def path_maker(system: System) -> Callable[[str, list[str]], Any]:
    """Make the function that makes the paths of namespace packages in a world."""
    from ._engine.find.entries import search_entries
    from ._engine.find.specs import make_spec

    state, world = system.state, ref(system)

    def search(name: str, path: Any, target: object = None) -> Any:
        there = world()
        if there is None:  # thrown away; the path stays as it is
            return None
        answer = search_entries(there, name, name.rpartition(".")[2], path)
        if answer is None or answer.kind != "namespace":
            return None if answer is None else make_spec(there, answer)
        found = importlib.machinery.ModuleSpec(name, None)
        found.submodule_search_locations = list(answer.locations)
        return found

    def make(name: str, portions: list[str]) -> Any:
        return _WorldPath(state, name, portions, search)

    return make


class Sharing:
    """The border between a world and the interpreter.

    Attributes:
        builtins: the namespace that the world's modules get as ``__builtins__``.
    """

    def __init__(self, system: System, names: frozenset[str], import_function: Callable[..., Any]) -> None:
        self._system = system
        self._names = names
        own_builtins = ModuleType("builtins", builtins.__doc__)
        vars(own_builtins).update(vars(builtins), __import__=import_function)
        self.builtins: dict[str, Any] = vars(own_builtins)
        self._stand_ins: dict[str, Any] = {"sys": system.state, "builtins": own_builtins}
        system.state.modules.update(self._stand_ins)
        self._stand_ins.update(self._import_machinery())
        self._watchers = 0

    def _import_machinery(self) -> dict[str, Any]:
        system = self._system

        def import_module(name: str, package: str | None = None) -> Any:
            """Import a module, as ``importlib.import_module``, in this world."""
            if name.startswith("."):
                if not package:
                    raise TypeError(
                        f"the 'package' argument is required to perform a relative import for {name!r}"
                    )
                name = importlib.util.resolve_name(name, package)
            frame = sys._getframe(1)
            importer = frame.f_globals.get("__name__", "")
            return import_name(system, name, ByName((importer, frame.f_code.co_filename, frame.f_lineno)))

        def reload_module(module: ModuleType) -> Any:
            """Reload a module, as ``importlib.reload``, in this world."""
            return reload(system, module)

        def find_spec(name: str, package: str | None = None) -> Any:
            """Find a module's spec, as ``importlib.util.find_spec``, in this world."""
            return self.find_spec(importlib.util.resolve_name(name, package))

        util = facade(importlib.util, find_spec=find_spec)
        own = facade(
            importlib,
            import_module=import_module,
            reload=reload_module,
            invalidate_caches=self.invalidate_caches,
            __import__=self.builtins["__import__"],
            __path__=importlib.__path__,
            util=util,
        )
        return {"importlib": own, "importlib.util": util}

    def find_spec(self, name: str) -> Any:
        """Find the spec of a module in the world, its parents imported, as ``importlib.util`` does."""
        from ._engine.find.seeking import find_spec

        modules = self._system.state.modules
        if name in modules:
            module = modules[name]
            if module is None:
                return None
            spec = getattr(module, "__spec__", _MISSING)
            if spec is _MISSING or spec is None:
                raise ValueError(f"{name}.__spec__ is {'not set' if spec is _MISSING else 'None'}")
            return spec
        parent = name.rpartition(".")[0]
        path = None
        if parent:
            package = import_name(self._system, parent)
            try:
                path = package.__path__
            except AttributeError as error:
                raise ModuleNotFoundError(
                    f"__path__ attribute not found on {parent!r} while trying to find {name!r}", name=name
                ) from error
        spec = find_spec(self._system, name, path)
        if spec is None and name.partition(".")[0] in self._names:
            return outside(importlib.util.find_spec, name)
        return spec

    def invalidate_caches(self) -> None:
        """Let the finders of the world forget what they know of the disk, as PathFinder does."""
        cache = self._system.state.path_importer_cache
        for entry, finder in list(cache.items()):
            if finder is None or not entry.startswith("/"):
                del cache[entry]
            elif hasattr(finder, "invalidate_caches"):
                finder.invalidate_caches()
        for finder in self._system.state.meta_path:
            if not isinstance(finder, type) and hasattr(finder, "invalidate_caches"):
                finder.invalidate_caches()

    def standing_in(self) -> set[int]:
        """Give the ids of the modules that are there in the stead of the interpreter's."""
        return {id(module) for module in self._stand_ins.values()}

    # -- whose module is it? ----------------------------------------------------------------------

    def known(self, name: str) -> Any:
        """Give the spec of a module that the world may share and the interpreter has already, or None."""
        if name not in self._names:
            return None
        spec: Any = getattr(interpreters_own(name), "__spec__", None)
        return spec if spec.__class__ is ModuleSpec and not spec._initializing else None

    def top_level(self, name: str, spec: Any) -> Any:
        """Give the interpreter's module for a top-level name, if it is shared.

        Args:
            name: the name.
            spec: what the world's own finders have found, or None.

        Returns:
            The module, which is in the world's `modules` now; None if the world loads its own.
        """
        if spec is not None and spec.loader is _BUILTIN and name not in ("sys", "builtins"):
            return self._take(name)  # one for the whole process, whoever loads it
        if name not in self._names and name not in self._stand_ins:
            return None
        found = None
        if spec is not None:
            if interpreters_own(name) is None and would_find_the_same(self._system, name, spec.origin):
                found = spec
            elif not self._is_the_interpreters(name, spec):
                return None
        try:
            return self._take(name, found)
        except ModuleNotFoundError as error:
            if error.name != name:
                raise
            return None

    def _is_the_interpreters(self, name: str, spec: Any) -> bool:
        """Say whether the interpreter has, or would find, the module at the same place."""
        module = interpreters_own(name)
        theirs = getattr(module, "__spec__", None)
        if theirs is None:
            try:
                theirs = importlib.util.find_spec(name)
            except (ImportError, ValueError):
                return False
        return theirs is not None and theirs.origin == spec.origin and theirs.origin is not None

    def submodule(self, name: str, parent: str) -> Any:
        """Give the interpreter's module for a submodule, if its parent is the interpreter's.

        Returns:
            The module, which is in the world's `modules` now; None if the world loads its own.
        """
        package = self._system.state.modules.get(parent)
        if package is None:
            return None
        if package is not interpreters_own(parent) and package is not self._stand_ins.get(parent):
            return None
        return self._take(name)

    def _take(self, name: str, found: Any = None) -> Any:
        modules = self._system.state.modules
        if name in REHOMED and name not in self._stand_ins:
            genuine = _imported(name, found)
            self._stand_ins[name] = rehomed(genuine, self._seen_by_moved_functions())
        if name == "importlib.resources" and name not in self._stand_ins:
            own = world_resources(self._system, outside(importlib.import_module, name))
            self._stand_ins[name] = vars(self._stand_ins["importlib"])["resources"] = own
        stand_in = self._stand_ins.get(name)
        if stand_in is not None:
            self._system.record.module_shared(name, "stand-in")
            modules[name] = stand_in
            return stand_in
        there, module = name in sys.modules, sys.modules.get(name)
        if module is None or is_initializing(module):
            module = _imported(name, found)
        self._system.record.module_shared(name, "there" if there else "imported")
        modules[name] = module
        return module

    def _seen_by_moved_functions(self) -> dict[str, Any]:
        return {name: self._stand_ins[name] for name in ("sys", "importlib")}

    # -- what escapes -----------------------------------------------------------------------------

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Record what is imported outside of the world while something goes on in it."""
        self._watchers += 1
        before = list(sys.modules) if self._watchers == 1 else None
        try:
            yield
        except BaseException as error:
            without_our_frames(error)
            raise
        finally:
            self._watchers -= 1
            if before is not None:
                self._tell_escapes(before)

    def _tell_escapes(self, before: list[str]) -> None:
        now = list(sys.modules)
        new = now[len(before) :]
        if now[: len(before)] != before:  # some are gone, which is rare
            known = set(before)
            new = [name for name in now if name not in known]
        for name in new:  # in the order of their imports
            if not self._may_be_outside(name):
                self._system.record.import_escaped(name, "loaded-outside")

    def _may_be_outside(self, name: str) -> bool:
        first = name.partition(".")[0]
        return first in self._names or first in sys.stdlib_module_names or first == "wherefrom"


def _imported(name: str, found: Any) -> Any:
    """Have the interpreter import a module; with the spec, if that is known to be what it would find."""
    if found is None:
        return outside(importlib.import_module, name)
    return outside(load_by_interpreter, found)


_BUILTIN = importlib.machinery.BuiltinImporter
