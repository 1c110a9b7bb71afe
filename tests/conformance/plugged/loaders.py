"""The loaders by the engine: source, bytecode, extension modules and namespace packages.

They hold no rules of their own, but for the thin methods that CPython's tests override or call alone.
"""

from __future__ import annotations

import warnings
from typing import Any

from wherefrom._engine.load import execute, source
from wherefrom._engine.load import modules as making

from .functions import _load_module_shim
from .system import HAS_FIND_MODULE, HAS_LOAD_MODULE, SYSTEM, TELLS_FULLNAME, external


class _LoaderBasics:
    is_package = external._LoaderBasics.is_package

    def create_module(self, spec: Any) -> None:
        """Leave it to the default."""

    def exec_module(self: Any, module: Any) -> None:
        code = self.get_code(module.__name__)
        if code is None:
            raise ImportError(f"cannot load module {module.__name__!r} when get_code() returns None")
        exec(code, module.__dict__)

    if HAS_LOAD_MODULE:

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
        text: str = external.decode_source(data)
        return text

    if TELLS_FULLNAME:

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

    if HAS_LOAD_MODULE:

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

    is_package = external.ExtensionFileLoader.is_package

    def get_code(self, fullname: str) -> None:
        """Give none."""

    def get_source(self, fullname: str) -> None:
        """Give none."""


class NamespaceLoader:
    """Loads a namespace package: nothing to do."""

    def __init__(self, name: str, path: Any, path_finder: Any) -> None:
        self._path = external._NamespacePath(name, path, path_finder)

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

    if HAS_LOAD_MODULE:

        def load_module(self, fullname: str) -> Any:
            return _load_module_shim(self, fullname)

    if HAS_FIND_MODULE:

        @staticmethod
        def module_repr(module: Any) -> str:
            warnings.warn("module_repr() is deprecated", DeprecationWarning, 2)
            return f"<module {module.__name__!r} (namespace)>"

    def get_resource_reader(self, module: Any) -> Any:
        from importlib.readers import NamespaceReader

        return NamespaceReader(self._path)
