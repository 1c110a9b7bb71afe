"""`ImportSystem`: an import world of its own, which imports beside the interpreter and leaves it alone.

Decides what a world consists of: its five pieces of state on a ``sys`` of its own, its builtins with
an ``__import__`` of their own, and what it shares with the interpreter. It runs none of the steps
itself: read ``_engine/importing.py`` next, which tells them.
"""

from __future__ import annotations

import ast
import sys
from typing import TYPE_CHECKING, Any

import attrs

from ._engine.bind.imports import make_import
from ._engine.bind.names import bind
from ._engine.bind.writing import MISSING
from ._engine.find.plainly import Paths
from ._engine.frames import with_room
from ._engine.genuine import BuiltinImporter, FileFinder, FrozenImporter, PathFinder, external, zipimporter
from ._engine.importing import ByName, import_name
from ._engine.load.locks import Locks
from ._engine.names import absolute
from ._engine.record import Record, SharedRecord
from ._engine.reloading import reload
from ._engine.steps import find
from ._engine.system import System
from .resolution import Resolution
from .sharing import Sharing, path_maker, world_sys
from .trace import Trace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, MutableMapping
    from types import ModuleType

    from ._engine.importing import Asker

__all__ = ["Binding", "ImportSystem"]


@attrs.frozen
class Binding:
    """What import statements wrote.

    Attributes:
        statement: the text of the statements.
        names: the names that were written, with their values, in the order of writing.
        overwritten: those of them that had another value before, with that value.
        namespace: where they were written.
        trace: everything that happened on the way.
    """

    statement: str
    names: Mapping[str, Any] = attrs.field(repr=lambda names: repr(tuple(names)))
    overwritten: Mapping[str, Any] = attrs.field(repr=lambda names: repr(tuple(names)))
    namespace: MutableMapping[str, Any] = attrs.field(repr=False)
    trace: Trace = attrs.field(repr=False)


class ImportSystem:
    """An import world: its own modules, path, finders, hooks and caches, and a record of every step.

    Modules are found, loaded and bound by wherefrom's own steps; what the interpreter has in
    ``sys.modules`` and the other four pieces stays as it is. Code of modules runs with builtins whose
    ``__import__`` is the world's, and ``import sys`` in it gives the world's own ``sys``. The standard
    library is shared: its modules are the interpreter's, imported by it where they are not there yet
    (``sys.modules`` grows by them then, and by nothing else). So are modules that are built into the
    interpreter, always.

    Code that passes by the world's ``__import__``, such as C code that imports, imports outside; the
    record tells it as ``import.escaped``.

    Args:
        path: the world's ``sys.path``; a copy of the interpreter's if not given.
        share: the top-level names of the modules that are the interpreter's own, if the world would
            find them in the same file or not at all; the standard library if not given.
        meta_path: finders instead of the interpreter's own three.
        path_hooks: hooks instead of the interpreter's own two.

    Raises:
        TypeError: the path, or what is shared, is a str or no iterable.

    Example:
        >>> import wherefrom
        >>> world = wherefrom.ImportSystem(path=[])
        >>> world.meta_path.insert(0, wherefrom.MemoryFinder({"greeting": "text = 'hello'"}))
        >>> world.import_module("greeting").text
        'hello'
        >>> import sys
        >>> "greeting" in world.modules, "greeting" in sys.modules
        (True, False)
    """

    def __init__(
        self,
        path: Iterable[object] | None = None,
        *,
        share: Iterable[str] | None = None,
        meta_path: Iterable[Any] | None = None,
        path_hooks: Iterable[Any] | None = None,
    ) -> None:
        record = SharedRecord()
        self.sys: Any = world_sys(
            path=list(sys.path if path is None else _several("path", path)),
            meta_path=[BuiltinImporter, FrozenImporter, PathFinder] if meta_path is None else list(meta_path),
            path_hooks=_standard_hooks() if path_hooks is None else list(path_hooks),
        )
        self._system = system = System(self.sys, record)
        system.keeps_finders = True
        system.reloading = {}
        system.paths = Paths()
        system.locks = Locks()
        system.make_path = path_maker(system)
        shared = sys.stdlib_module_names if share is None else frozenset(_several("share", share))
        system.sharing = Sharing(system, shared, make_import(system))
        system.builtins = system.sharing.builtins

    # -- the five pieces --------------------------------------------------------------------------

    @property
    def modules(self) -> dict[str, Any]:
        """The world's modules by name, as ``sys.modules`` are the interpreter's."""
        modules: dict[str, Any] = self.sys.modules
        return modules

    @property
    def path(self) -> list[Any]:
        """The world's search path."""
        path: list[Any] = self.sys.path
        return path

    @path.setter
    def path(self, path: Iterable[object]) -> None:
        self.sys.path = list(_several("path", path))

    @property
    def meta_path(self) -> list[Any]:
        """The world's finders."""
        meta_path: list[Any] = self.sys.meta_path
        return meta_path

    @property
    def path_hooks(self) -> list[Any]:
        """The world's path hooks."""
        path_hooks: list[Any] = self.sys.path_hooks
        return path_hooks

    @property
    def path_importer_cache(self) -> dict[str, Any]:
        """The finders of the world's path entries."""
        cache: dict[str, Any] = self.sys.path_importer_cache
        return cache

    # -- the three steps --------------------------------------------------------------------------

    def resolve(self, name: str, package: str | None = None) -> Resolution:
        """Tell where a module would come from in this world, without running any code of it.

        Args:
            name: an absolute name, or a relative one together with `package`.
            package: the package that a relative name is relative to.

        Returns:
            The resolution, as of `wherefrom.resolve`; what the world would share is told as it would
            be found by the world itself.

        Raises:
            TypeError: the name is not a str.
            ValueError: the name is empty.
            ImportError: a relative name has no package, or leads beyond the top level.

        Example:
            >>> import wherefrom
            >>> wherefrom.ImportSystem(path=[]).resolve("nowhere").found
            False
        """
        name = absolute(name, package)
        system = System(self.sys, Record())
        system.make_path = self._system.make_path
        return Resolution(name, find(system, name), system)

    def import_module(self, name: str, package: str | None = None) -> ModuleType:
        """Import a module in this world: find it, and load it if it is not there yet.

        Args:
            name: an absolute name, or a relative one together with `package`.
            package: the package that a relative name is relative to.

        Returns:
            The module, from the world's `modules`.

        Raises:
            ModuleNotFoundError: no finder of the world knows the name.
            BaseException: whatever the module's code raises.

        Example:
            >>> import json, wherefrom
            >>> wherefrom.ImportSystem(path=[]).import_module("json") is json
            True
        """
        frame = sys._getframe(1)
        asker = frame.f_globals.get("__name__", ""), frame.f_code.co_filename, frame.f_lineno
        return self._import(absolute(name, package), asker)

    def _import(self, name: str, asker: Asker) -> ModuleType:
        with self._system.sharing.watched():
            module: ModuleType = with_room(import_name, self._system, name, ByName(asker))
        return module

    def reload(self, module: ModuleType) -> ModuleType:
        """Run a module of this world once more, in the namespace that it has.

        Args:
            module: the module, as it stands in `modules`.

        Returns:
            What stands in `modules` afterwards.

        Raises:
            TypeError: it is no module.
            ImportError: it is no module of this world.
            BaseException: whatever its code raises.
        """
        with self._system.sharing.watched():
            again: ModuleType = with_room(reload, self._system, module)
        return again

    def invalidate_caches(self) -> None:
        """Let the world's finders forget what they know of the disk."""
        self._system.sharing.invalidate_caches()

    def bind(self, statement: str, namespace: MutableMapping[str, Any] | None = None) -> Binding:
        """Execute import statements of this world against a namespace, and tell what they wrote.

        Args:
            statement: one or several import statements, in any form. A lazy one (PEP 810, from 3.15 on)
                binds a lazy name; what its first use loads is told by the world's `trace`.
            namespace: where the names are written, a dict or another mapping; relative names are
                resolved by its ``__package__``, ``__spec__`` or ``__name__``. A new one if not given.

        Returns:
            The names that were written, their values, and the trace of it.

        Raises:
            SyntaxError: it is no Python.
            ValueError: there is something else than import statements in it.
            BaseException: whatever the statements raise; what was written before stays.

        Example:
            >>> import wherefrom
            >>> binding = wherefrom.ImportSystem(path=[]).bind("import os.path as p, os")
            >>> sorted(binding.names)
            ['os', 'p']
        """
        space: MutableMapping[str, Any] = {} if namespace is None else namespace
        statements = _statements(statement)
        rows = self._system.record.rows
        begin = len(rows)
        paths = self._system.paths.rows(self._system)  # rows from here on may speak of them
        with self._system.sharing.watched():
            written = with_room(bind, self._system, statements, space, "<bind>")
        overwritten: dict[str, Any] = {}
        for name, value, was in written:
            if was is not MISSING and was is not value:
                overwritten.setdefault(name, was)
        names = {name: value for name, value, _ in written}
        return Binding(statement, names, overwritten, space, Trace([*paths, *rows[begin:]]))

    # -- what happened ----------------------------------------------------------------------------

    @property
    def trace(self) -> Trace:
        """Everything that has happened in this world so far."""
        return Trace(self._system.record.rows)

    def close(self) -> None:
        """Throw the world away: its modules are forgotten, and so are its finders.

        A world that nobody refers to any more goes away by itself; this cuts what its modules, which
        may still be in use, hold of each other.
        """
        self.modules.clear()
        self.path_importer_cache.clear()
        self._system.reloading.clear()

    def __enter__(self) -> ImportSystem:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<ImportSystem: {len(self.modules)} modules, path {self.path!r}>"


def _several(what: str, given: Iterable[Any]) -> Iterable[Any]:
    if isinstance(given, (str, bytes)):
        raise TypeError(
            f"{what} must be an iterable, not one {type(given).__name__}: write {what}=[{given!r}]"
        )
    return given


def _standard_hooks() -> list[Any]:
    return [zipimporter, FileFinder.path_hook(*external._get_supported_file_loaders())]


def _statements(text: str) -> list[Any]:
    """Parse import statements into the plain data that the engine takes.

    Raises:
        SyntaxError: the text is no Python.
        ValueError: there is something else in it than import statements.
    """
    compile(text, "<bind>", "exec", dont_inherit=True)  # what only the compiler refuses
    statements = []
    for node in ast.parse(text, "<bind>").body:
        if not isinstance(node, (ast.Import, ast.ImportFrom)):
            raise ValueError(f"only import statements can be bound, not {ast.unparse(node)!r}")
        items = tuple((alias.name, alias.asname) for alias in node.names)
        is_from = isinstance(node, ast.ImportFrom)
        module, level = (node.module or "", node.level) if isinstance(node, ast.ImportFrom) else ("", 0)
        is_lazy = bool(getattr(node, "is_lazy", False))  # a field since 3.15
        statements.append((module, level, items, is_from, ast.unparse(node), node.lineno, is_lazy))
    if not statements:
        raise ValueError("there is no import statement to bind")
    return statements
