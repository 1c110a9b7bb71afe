"""The finders by the engine: built-in, frozen, the entries of a path, and one directory.

They hold no rules of their own: each asks the engine's search and gives its answer as a spec.
"""

from __future__ import annotations

import _imp
import os
import sys
import warnings
from typing import Any

from wherefrom._engine.find import inner
from wherefrom._engine.find.directories import SearchFailedError
from wherefrom._engine.find.directory import Question
from wherefrom._engine.find.entries import search_entries
from wherefrom._engine.find.keeping import new_finder, search_kept
from wherefrom._engine.find.specs import make_spec
from wherefrom._engine.load import execute
from wherefrom._engine.load import modules as making

from .functions import _load_module_shim
from .system import HAS_FIND_MODULE, HAS_LOAD_MODULE, SYSTEM, bootstrap, external


def _raise_failed(problem: SearchFailedError) -> None:
    error = problem.error
    problem.error = None
    if error is not None:
        raise error


class _InnerImporter:
    """What the two importers have in common that look for modules inside the interpreter."""

    _ORIGIN: str
    _FORM: str
    _find: Any
    if HAS_LOAD_MODULE:
        load_module: Any = classmethod(_load_module_shim)

    @classmethod
    def find_spec(cls, fullname: str, path: Any = None, target: Any = None) -> Any:
        """Find a module."""
        answer = cls._find(SYSTEM, fullname)
        if answer is None:
            return None
        answer.loader = cls
        return make_spec(SYSTEM, answer)

    @classmethod
    def create_module(cls, spec: Any) -> Any:
        """Make it."""
        return making._MAKERS[cls._FORM](SYSTEM, spec)

    @classmethod
    def exec_module(cls, module: Any) -> None:
        """Run it."""
        execute._RUNNERS[cls._FORM](SYSTEM, module.__spec__, module)


class BuiltinImporter(_InnerImporter):
    """Finds and loads what is built in, by the engine."""

    _ORIGIN = "built-in"
    _FORM = "built-in"
    _find = staticmethod(inner.find_builtin)
    get_code: Any = classmethod(bootstrap.BuiltinImporter.get_code.__func__)
    get_source: Any = classmethod(bootstrap.BuiltinImporter.get_source.__func__)
    is_package: Any = classmethod(bootstrap.BuiltinImporter.is_package.__func__)
    if HAS_FIND_MODULE:
        module_repr = staticmethod(bootstrap.BuiltinImporter.module_repr)

        @classmethod
        def find_module(cls, fullname: str, path: Any = None) -> Any:
            """Find it by the protocol of before."""
            warnings.warn("find_module() is deprecated", DeprecationWarning, 2)
            spec = cls.find_spec(fullname, path)
            return None if spec is None else spec.loader


class FrozenImporter(_InnerImporter):
    """Finds and loads what is frozen, by the engine."""

    _ORIGIN = "frozen"
    _FORM = "frozen"
    _find = staticmethod(inner.find_frozen)
    get_code: Any = classmethod(bootstrap.FrozenImporter.get_code.__func__)
    get_source: Any = classmethod(bootstrap.FrozenImporter.get_source.__func__)
    is_package: Any = classmethod(bootstrap.FrozenImporter.is_package.__func__)
    if HAS_LOAD_MODULE:

        @classmethod
        def load_module(cls, fullname: str) -> Any:
            """Load it by the protocol of before."""
            module = _load_module_shim(cls, fullname)
            info: Any = _imp.find_frozen(fullname)
            module.__origname__ = info[2]
            vars(module).pop("__file__", None)
            if info[1]:
                module.__path__ = []
            bootstrap.FrozenImporter._fix_up_module(module)
            return module

    if HAS_FIND_MODULE:
        module_repr = staticmethod(bootstrap.FrozenImporter.module_repr)

        @classmethod
        def find_module(cls, fullname: str, path: Any = None) -> Any:
            """Find it by the protocol of before."""
            warnings.warn("find_module() is deprecated", DeprecationWarning, 2)
            return cls if _imp.is_frozen(fullname) else None


class PathFinder:
    """Searches the entries of a path, by the engine."""

    invalidate_caches = external.PathFinder.__dict__["invalidate_caches"]
    find_distributions = external.PathFinder.__dict__["find_distributions"]

    @classmethod
    def _answer(cls, fullname: str, path: Any) -> Any:
        try:
            return search_entries(SYSTEM, fullname, fullname.rpartition(".")[2], path)
        except SearchFailedError as failed:
            problem = failed
        _raise_failed(problem)
        return None

    @classmethod
    def _get_spec(cls, fullname: str, path: Any, target: Any = None) -> Any:
        answer = cls._answer(fullname, path)
        if answer is not None and answer.kind != "namespace":
            return make_spec(SYSTEM, answer)
        spec: Any = bootstrap.ModuleSpec(fullname, None)
        spec.submodule_search_locations = [] if answer is None else list(answer.locations)
        return spec

    @classmethod
    def find_spec(cls, fullname: str, path: Any = None, target: Any = None) -> Any:
        """Find a module on a path."""
        answer = cls._answer(fullname, sys.path if path is None else path)
        return None if answer is None else make_spec(SYSTEM, answer)

    @classmethod
    def _path_importer_cache(cls, path: str) -> Any:
        if path == "":
            try:
                path = os.getcwd()
            except (FileNotFoundError, PermissionError):
                return None
        if path not in sys.path_importer_cache:
            new_finder(SYSTEM, "", path, path)
        return sys.path_importer_cache[path]

    if HAS_FIND_MODULE:

        @classmethod
        def find_module(cls, fullname: str, path: Any = None) -> Any:
            """Find it by the protocol of before."""
            warnings.warn("find_module() is deprecated", DeprecationWarning, 2)
            spec = cls.find_spec(fullname, path)
            return None if spec is None else spec.loader

    discover = external.PathFinder.__dict__.get("discover")


class FileFinder:
    """Searches a directory, by the engine; keeps its listing on itself as CPython's does."""

    __init__ = external.FileFinder.__init__
    __repr__ = external.FileFinder.__repr__
    invalidate_caches = external.FileFinder.invalidate_caches
    path_hook: Any = classmethod(external.FileFinder.path_hook.__func__)
    if sys.version_info >= (3, 15):
        _find_children = external.FileFinder._find_children
        discover = external.FileFinder.discover

    def find_spec(self: Any, fullname: str, target: Any = None) -> Any:
        """Find a module in the directory."""
        question = Question(fullname, fullname.rpartition(".")[2], SYSTEM.interpreter)
        try:
            answer = search_kept(SYSTEM, question, self.path, self, None)
        except SearchFailedError as failed:
            problem = failed
        else:
            return self._spec(fullname, answer)
        _raise_failed(problem)
        return None

    @staticmethod
    def _spec(fullname: str, answer: Any) -> Any:
        if answer is None:
            return None
        if answer.kind != "namespace":
            return make_spec(SYSTEM, answer)
        spec: Any = bootstrap.ModuleSpec(fullname, None)
        spec.submodule_search_locations = answer.locations
        return spec

    if HAS_FIND_MODULE:

        def find_loader(self, fullname: str) -> Any:
            """Find it by the protocol of before."""
            warnings.warn("find_loader() is deprecated", DeprecationWarning, 2)
            spec = self.find_spec(fullname)
            return (None, []) if spec is None else (spec.loader, spec.submodule_search_locations or [])

        find_module = external.FileFinder.find_module
