"""wherefrom's engine under the names of ``importlib``, for CPython's own tests of it.

``modules()`` gives what ``test.test_importlib.util.import_importlib`` gives for an implementation: the
modules by name. This file decides only which name is which part of the engine. The classes carry the
standard methods and hold no rules of their own; the thin files of ``importlib`` (``__init__``,
``abc``, ``util``, ``machinery``) are the interpreter's, executed over our ``_bootstrap``. What it is
for is in ``test_importlib_suite.py``.
"""

from __future__ import annotations

import _frozen_importlib as _genuine_bootstrap
import _frozen_importlib_external as _genuine_external
import _imp
import importlib
import os
import sys
import warnings
from types import ModuleType
from typing import Any

from wherefrom._engine import importing
from wherefrom._engine.bind.imports import import_items, make_import
from wherefrom._engine.find import by_loader, inner, seeking
from wherefrom._engine.find.directories import SearchFailedError
from wherefrom._engine.find.directory import Question
from wherefrom._engine.find.entries import search_entries
from wherefrom._engine.find.keeping import search_kept
from wherefrom._engine.find.specs import make_spec
from wherefrom._engine.load import bytecode, execute, locks, source
from wherefrom._engine.load import modules as making
from wherefrom._engine.load.untouched import form_of
from wherefrom._engine.record import SharedRecord
from wherefrom._engine.system import System

SYSTEM = System(sys, SharedRecord())
SYSTEM.keeps_finders = True
SYSTEM.locks = locks.Locks()
SYSTEM.reloading = {}

_external: Any = _genuine_external
_bootstrap: Any = _genuine_bootstrap
_getcwd = os.getcwd
_TELLS_FULLNAME = sys.version_info >= (3, 15)
_HAS_LOAD_MODULE = sys.version_info < (3, 15)


def _raise_failed(problem: SearchFailedError) -> None:
    error = problem.error
    problem.error = None
    if error is not None:
        raise error


# -- _bootstrap -----------------------------------------------------------------------------------


def _find_spec(name: str, path: Any, target: Any = None) -> Any:
    return seeking.find_spec(SYSTEM, name, path, target)


def _gcd_import(name: Any, package: Any = None, level: int = 0) -> Any:
    if not isinstance(name, str):
        raise TypeError(f"module name must be str, not {type(name)}")
    if level < 0:
        raise ValueError("level must be >= 0")
    if level == 0 and not name:
        raise ValueError("Empty module name")
    if level:
        if not isinstance(package, str):
            raise TypeError("__package__ not set to a string")
        if not package:
            raise ImportError("attempted relative import with no known parent package")
        name = _resolve_name(name, package, level)
    return importing.import_name(SYSTEM, name)


def _resolve_name(name: str, package: str, level: int) -> str:
    from wherefrom._engine.bind.imports import absolute_name

    return absolute_name(name, {"__package__": package}, level)


def _under_lock(spec: Any, work: Any, *arguments: Any) -> Any:
    lock = SYSTEM.locks.of(spec.name)
    lock.acquire()
    try:
        return work(SYSTEM, spec, *arguments)
    finally:
        lock.release()


def _load_unlocked(spec: Any) -> Any:
    return execute.load(SYSTEM, spec)


def _load(spec: Any) -> Any:
    return _under_lock(spec, execute.load)


def _exec(spec: Any, module: Any) -> Any:
    return _under_lock(spec, execute.load_again, module)


def _load_module_shim(self: Any, fullname: str) -> Any:
    warnings.warn("the load_module() method is deprecated; use exec_module() instead", DeprecationWarning, 2)
    spec = spec_from_loader(fullname, self)
    if fullname in sys.modules:
        _exec(spec, sys.modules[fullname])
        return sys.modules[fullname]
    return _load(spec)


def module_from_spec(spec: Any) -> Any:
    """Make the module of a spec."""
    return making.module_from_spec(SYSTEM, spec, form_of(spec.loader))[0]


def _init_module_attrs(spec: Any, module: Any, *, override: bool = False) -> Any:
    making.set_attributes(spec, module, override=override)
    return module


def spec_from_loader(name: str, loader: Any, *, origin: Any = None, is_package: bool | None = None) -> Any:
    """Make a spec from a loader."""
    return by_loader.spec_from_loader(name, loader, origin=origin, is_package=is_package, getcwd=_getcwd)


def _handle_fromlist(module: Any, fromlist: Any, import_: Any, *, recursive: bool = False) -> Any:
    import_items(SYSTEM, module, fromlist, of_all=recursive)
    return module


class _ModuleLock(locks.ModuleLock):
    __slots__ = ()

    def __init__(self, name: str) -> None:
        super().__init__(name, SYSTEM.locks.waiting)


class _InnerImporter:
    """What the two importers have in common that look for modules inside the interpreter."""

    _ORIGIN: str
    _FORM: str
    _find: Any
    if _HAS_LOAD_MODULE:
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
    get_code: Any = classmethod(_bootstrap.BuiltinImporter.get_code.__func__)
    get_source: Any = classmethod(_bootstrap.BuiltinImporter.get_source.__func__)
    is_package: Any = classmethod(_bootstrap.BuiltinImporter.is_package.__func__)
    if sys.version_info < (3, 12):
        module_repr = staticmethod(_bootstrap.BuiltinImporter.module_repr)

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
    get_code: Any = classmethod(_bootstrap.FrozenImporter.get_code.__func__)
    get_source: Any = classmethod(_bootstrap.FrozenImporter.get_source.__func__)
    is_package: Any = classmethod(_bootstrap.FrozenImporter.is_package.__func__)
    if _HAS_LOAD_MODULE:

        @classmethod
        def load_module(cls, fullname: str) -> Any:
            """Load it by the protocol of before."""
            module = _load_module_shim(cls, fullname)
            info: Any = _imp.find_frozen(fullname)
            module.__origname__ = info[2]
            vars(module).pop("__file__", None)
            if info[1]:
                module.__path__ = []
            _bootstrap.FrozenImporter._fix_up_module(module)
            return module

    if sys.version_info < (3, 12):
        module_repr = staticmethod(_bootstrap.FrozenImporter.module_repr)

        @classmethod
        def find_module(cls, fullname: str, path: Any = None) -> Any:
            """Find it by the protocol of before."""
            warnings.warn("find_module() is deprecated", DeprecationWarning, 2)
            return cls if _imp.is_frozen(fullname) else None


# -- _bootstrap_external --------------------------------------------------------------------------


def cache_from_source(path: Any, debug_override: Any = None, *, optimization: Any = None) -> str:
    """Say where bytecode is cached."""
    if debug_override is not None:
        warnings.warn(
            "the debug_override parameter is deprecated; use 'optimization' instead", DeprecationWarning, 2
        )
        if optimization is not None:
            raise TypeError("debug_override or optimization must be set to None")
        optimization = "" if debug_override else 1
    return bytecode.cache_from_source(
        os.fspath(path), prefix=sys.pycache_prefix, getcwd=_getcwd, optimization=optimization
    )


def source_from_cache(path: Any) -> str:
    """Say which source bytecode belongs to."""
    return bytecode.source_from_cache(os.fspath(path), prefix=sys.pycache_prefix)


def _loader_for(name: str, path: str) -> Any:
    for loader, suffixes in _get_supported_file_loaders():
        if path.endswith(tuple(suffixes)):
            return loader(name, path)
    return None


def spec_from_file_location(
    name: str, location: Any = None, *, loader: Any = None, submodule_search_locations: Any = by_loader.UNSET
) -> Any:
    """Make a spec from a file."""
    return by_loader.spec_from_file(
        name,
        location,
        loader=loader,
        locations=submodule_search_locations,
        getcwd=_getcwd,
        loader_for=_loader_for,
    )


class _LoaderBasics:
    is_package = _external._LoaderBasics.is_package

    def create_module(self, spec: Any) -> None:
        """Leave it to the default."""

    def exec_module(self: Any, module: Any) -> None:
        code = self.get_code(module.__name__)
        if code is None:
            raise ImportError(f"cannot load module {module.__name__!r} when get_code() returns None")
        exec(code, module.__dict__)

    if _HAS_LOAD_MODULE:

        def load_module(self, fullname: str) -> Any:
            return _load_module_shim(self, fullname)


class SourceLoader(_LoaderBasics):
    """Comes by code as the engine does, with the methods of a subclass."""

    def path_mtime(self, path: str) -> Any:
        raise OSError

    def path_stats(self, path: str) -> Any:
        return {"mtime": self.path_mtime(path)}

    def _cache_bytecode(self, source_path: str, cache_path: str, data: bytes) -> Any:
        return self.set_data(cache_path, data)

    def set_data(self, path: str, data: bytes) -> Any:
        """Write nothing."""

    def get_source(self: Any, fullname: str) -> str:
        try:
            data = self.get_data(self.get_filename(fullname))
        except OSError as error:
            raise ImportError("source not available through get_data()", name=fullname) from error
        text: str = _external.decode_source(data)
        return text

    if _TELLS_FULLNAME:

        def source_to_code(self, data: Any, path: str, fullname: Any = None, *, _optimize: int = -1) -> Any:
            return source.compiled(data, path, fullname, _optimize)

    else:

        def source_to_code(  # type: ignore[misc]  # another signature, by version
            self, data: Any, path: str, *, _optimize: int = -1
        ) -> Any:
            return source.compiled(data, path, None, _optimize)

    def get_code(self: Any, fullname: str) -> Any:
        path = self.get_filename(fullname)
        return source.code_of_source(SYSTEM, fullname, path, self, source.cached_path(SYSTEM, path))


class FileLoader:
    """A name and a path."""

    def __init__(self, fullname: str, path: str) -> None:
        self.name = fullname
        self.path = path

    def __eq__(self, other: object) -> bool:
        return self.__class__ == other.__class__ and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash(self.name) ^ hash(self.path)

    def _checked(self, name: str | None) -> str:
        return execute._path_for(self, self.name if name is None else name)

    if _HAS_LOAD_MODULE:

        def load_module(self, fullname: str | None = None) -> Any:
            self._checked(fullname)
            return super().load_module(fullname or self.name)  # type: ignore[misc]  # mixed in

    def get_filename(self, fullname: str | None = None) -> str:
        return self._checked(fullname)

    def get_data(self, path: str) -> bytes:
        return SYSTEM.disk.read(str(path))

    def get_resource_reader(self, name: str | None = None) -> Any:
        from importlib.readers import FileReader

        self._checked(name)
        ourselves: Any = self
        return FileReader(ourselves)


class SourceFileLoader(FileLoader, SourceLoader):
    """Loads a source file, by the engine."""

    def path_stats(self, path: str) -> Any:
        return source.FileSource(SYSTEM, self.name, path).path_stats(path)

    def _cache_bytecode(self, source_path: str, cache_path: str, data: bytes) -> Any:
        return self.set_data(cache_path, data, _mode=source._mode_of(SYSTEM, source_path))

    def set_data(self, path: str, data: bytes, *, _mode: int = 0o666) -> None:
        source.write_bytecode(SYSTEM, self.name, path, path, data, _mode)


class SourcelessFileLoader(FileLoader, _LoaderBasics):
    """Loads bytecode without source, by the engine."""

    def get_code(self, fullname: str) -> Any:
        path = self.get_filename(fullname)
        return source.code_of_bytecode(SYSTEM, fullname, path, self.get_data(path))

    def get_source(self, fullname: str) -> None:
        """Give none."""


class ExtensionFileLoader(FileLoader, _LoaderBasics):
    """Loads an extension module, by the engine."""

    def create_module(self, spec: Any) -> Any:
        return making._MAKERS["extension"](SYSTEM, spec)

    def exec_module(self, module: Any) -> None:
        execute._RUNNERS["extension"](SYSTEM, module.__spec__, module)

    is_package = _external.ExtensionFileLoader.is_package

    def get_code(self, fullname: str) -> None:
        """Give none."""

    def get_source(self, fullname: str) -> None:
        """Give none."""


class NamespaceLoader:
    """Loads a namespace package: nothing to do."""

    def __init__(self, name: str, path: Any, path_finder: Any) -> None:
        self._path = _external._NamespacePath(name, path, path_finder)

    def is_package(self, fullname: str) -> bool:
        return True

    def get_source(self, fullname: str) -> str:
        return ""

    def get_code(self, fullname: str) -> Any:
        return compile("", "<string>", "exec", dont_inherit=True)

    def create_module(self, spec: Any) -> None:
        """Leave it to the default."""

    def exec_module(self, module: Any) -> None:
        """Run nothing."""

    if _HAS_LOAD_MODULE:

        def load_module(self, fullname: str) -> Any:
            return _load_module_shim(self, fullname)

    if sys.version_info < (3, 12):

        @staticmethod
        def module_repr(module: Any) -> str:
            warnings.warn("module_repr() is deprecated", DeprecationWarning, 2)
            return f"<module {module.__name__!r} (namespace)>"

    def get_resource_reader(self, module: Any) -> Any:
        from importlib.readers import NamespaceReader

        return NamespaceReader(self._path)


class PathFinder:
    """Searches the entries of a path, by the engine."""

    invalidate_caches = _external.PathFinder.__dict__["invalidate_caches"]
    find_distributions = _external.PathFinder.__dict__["find_distributions"]

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
        spec: Any = _bootstrap.ModuleSpec(fullname, None)
        spec.submodule_search_locations = [] if answer is None else list(answer.locations)
        return spec

    @classmethod
    def find_spec(cls, fullname: str, path: Any = None, target: Any = None) -> Any:
        """Find a module on a path."""
        answer = cls._answer(fullname, sys.path if path is None else path)
        return None if answer is None else make_spec(SYSTEM, answer)

    @classmethod
    def _path_importer_cache(cls, path: str) -> Any:
        from wherefrom._engine.find.keeping import new_finder

        if path == "":
            try:
                path = os.getcwd()
            except (FileNotFoundError, PermissionError):
                return None
        if path not in sys.path_importer_cache:
            new_finder(SYSTEM, "", path, path)
        return sys.path_importer_cache[path]

    if sys.version_info < (3, 12):

        @classmethod
        def find_module(cls, fullname: str, path: Any = None) -> Any:
            """Find it by the protocol of before."""
            warnings.warn("find_module() is deprecated", DeprecationWarning, 2)
            spec = cls.find_spec(fullname, path)
            return None if spec is None else spec.loader

    discover = _external.PathFinder.__dict__.get("discover")


class FileFinder:
    """Searches a directory, by the engine; keeps its listing on itself as CPython's does."""

    __init__ = _external.FileFinder.__init__
    __repr__ = _external.FileFinder.__repr__
    invalidate_caches = _external.FileFinder.invalidate_caches
    path_hook: Any = classmethod(_external.FileFinder.path_hook.__func__)
    if sys.version_info >= (3, 15):
        _find_children = _external.FileFinder._find_children
        discover = _external.FileFinder.discover

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
        spec: Any = _bootstrap.ModuleSpec(fullname, None)
        spec.submodule_search_locations = answer.locations
        return spec

    if sys.version_info < (3, 12):

        def find_loader(self, fullname: str) -> Any:
            """Find it by the protocol of before."""
            warnings.warn("find_loader() is deprecated", DeprecationWarning, 2)
            spec = self.find_spec(fullname)
            return (None, []) if spec is None else (spec.loader, spec.submodule_search_locations or [])

        find_module = _external.FileFinder.find_module


def _get_supported_file_loaders() -> list[Any]:
    ours = {
        "SourceFileLoader": SourceFileLoader,
        "SourcelessFileLoader": SourcelessFileLoader,
        "ExtensionFileLoader": ExtensionFileLoader,
    }
    return [(ours[cls.__name__], suffixes) for cls, suffixes in _external._get_supported_file_loaders()]


# -- putting it together --------------------------------------------------------------------------

_OF_BOOTSTRAP = (
    _find_spec,
    _gcd_import,
    _resolve_name,
    _load_unlocked,
    _load,
    _exec,
    module_from_spec,
    _init_module_attrs,
    spec_from_loader,
    _handle_fromlist,
    BuiltinImporter,
    FrozenImporter,
)
_OF_EXTERNAL = (
    cache_from_source,
    source_from_cache,
    spec_from_file_location,
    _LoaderBasics,
    SourceLoader,
    FileLoader,
    SourceFileLoader,
    SourcelessFileLoader,
    ExtensionFileLoader,
    NamespaceLoader,
    PathFinder,
    FileFinder,
    _get_supported_file_loaders,
)


def _over(genuine: ModuleType, parts: tuple[Any, ...], **more: Any) -> ModuleType:
    """Make a module that has our parts, and the interpreter's constants and helpers besides them."""
    module = ModuleType(genuine.__name__)
    vars(module).update(vars(genuine))
    vars(module).update({part.__name__: part for part in parts}, **more)
    return module


def _fresh(names: tuple[str, ...], stand_ins: dict[str, ModuleType]) -> dict[str, Any]:
    """Import files of ``importlib`` anew, over other modules in the place of the frozen ones."""
    kept = {name: module for name, module in sys.modules.items() if _is_importlibs(name)}
    for name in kept:
        del sys.modules[name]
    sys.modules.update(stand_ins)
    try:
        return {name: importlib.import_module(name) for name in names}
    finally:
        for name in [name for name in sys.modules if _is_importlibs(name)]:
            del sys.modules[name]
        sys.modules.update(kept)


def _is_importlibs(name: str) -> bool:
    return name.partition(".")[0] in ("importlib", "_frozen_importlib", "_frozen_importlib_external")


def modules() -> dict[str, Any]:
    """Give the engine under the names of ``importlib``.

    Returns:
        ``importlib``, ``importlib.abc``, ``importlib.machinery`` and ``importlib.util`` by name.
    """
    bootstrap = _over(
        _genuine_bootstrap,
        _OF_BOOTSTRAP,
        __import__=make_import(SYSTEM),
        _ModuleLock=_ModuleLock,
        _DeadlockError=_bootstrap._DeadlockError,
        _blocking_on=SYSTEM.locks.waiting,
        _module_locks=SYSTEM.locks.table,
        _get_module_lock=SYSTEM.locks.of,
        _find_and_load=lambda name, _: importing.import_name(SYSTEM, name),
        _lock_unlock_module=lambda name: importing.wait_for(SYSTEM, name),
    )
    if _HAS_LOAD_MODULE:
        bootstrap._load_module_shim = _load_module_shim  # type: ignore[attr-defined]
    external = _over(_genuine_external, _OF_EXTERNAL, _bootstrap=bootstrap)
    bootstrap._bootstrap_external = external  # type: ignore[attr-defined]
    ours = _fresh(
        ("importlib", "importlib.abc", "importlib.machinery", "importlib.util"),
        {"_frozen_importlib": bootstrap, "_frozen_importlib_external": external},
    )
    ours["importlib"].reload = lambda module: importing.reload(SYSTEM, module)
    ours["importlib"]._RELOADING = SYSTEM.reloading
    return ours
