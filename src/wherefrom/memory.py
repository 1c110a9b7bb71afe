"""`MemoryFinder`: modules from a dictionary, made without a file.

Decides which names it serves and how their code comes about. Nothing here is special to wherefrom: it
is a finder and loader like any third party's, for worlds and for ``sys.meta_path`` alike.
"""

from __future__ import annotations

from importlib.machinery import ModuleSpec
from types import CodeType, ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["MemoryFinder"]


class MemoryFinder:
    """A finder, and the loader, of modules that are given in a dictionary.

    A name is a package if it is given with a further name below it, as ``pkg`` is by ``pkg.sub``.
    Parents that are not given are made, empty, so that one dictionary is enough.

    Args:
        modules: for each absolute name its source, its code, or the module itself.

    Raises:
        TypeError: something else was given for a name.

    Example:
        >>> import wherefrom
        >>> finder = wherefrom.MemoryFinder({"pkg.sub": "from . import other", "pkg.other": "x = 1"})
        >>> world = wherefrom.ImportSystem(path=[], meta_path=[finder])
        >>> world.import_module("pkg.sub").other.x
        1
    """

    def __init__(self, modules: Mapping[str, str | CodeType | ModuleType]) -> None:
        self.modules: dict[str, str | CodeType | ModuleType] = {}
        for name, given in modules.items():
            if not isinstance(given, (str, bytes, CodeType, ModuleType)):
                raise TypeError(f"{name!r}: source, code or a module was expected, not {given!r}")
            self.modules[name] = given
        self._packages = {
            name[:at] for name in self.modules for at, letter in enumerate(name) if letter == "."
        }
        for package in sorted(self._packages):
            self.modules.setdefault(package, "")

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Give the spec of a name that is in the dictionary."""
        if name not in self.modules:
            return None
        loader: Any = self  # a loader by its methods, not by its bases
        return ModuleSpec(name, loader, origin=f"<memory: {name}>", is_package=name in self._packages)

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Give the module if it was given itself."""
        given = self.modules[spec.name]
        return given if isinstance(given, ModuleType) else None

    def exec_module(self, module: ModuleType) -> None:
        """Run the code of a module; one that was given itself has run already."""
        code = self.get_code(module.__name__)
        if code is not None:
            exec(code, vars(module))

    def get_code(self, name: str) -> CodeType | None:
        """Give a module's code; None if the module was given itself."""
        given = self.modules[name]
        if isinstance(given, ModuleType):
            return None
        if isinstance(given, CodeType):
            return given
        code: CodeType = compile(given, f"<memory: {name}>", "exec", dont_inherit=True)
        return code

    def get_source(self, name: str) -> str | None:
        """Give a module's source, which tracebacks show; None if it was given otherwise."""
        given = self.modules[name]
        return given if isinstance(given, str) else None

    def is_package(self, name: str) -> bool:
        """Say whether a module is a package."""
        return name in self._packages

    def __repr__(self) -> str:
        return f"<MemoryFinder: {len(self.modules)} modules>"
