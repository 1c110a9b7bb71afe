"""The functions of ``importlib._bootstrap`` by the engine: find, make, load, and the items of a from-import.

Decides only which of CPython's private names is which function of the engine. Classes are in
``finders.py`` and ``loaders.py``.
"""

from __future__ import annotations

import sys
import warnings
from typing import Any

from wherefrom._engine import importing
from wherefrom._engine.bind.imports import absolute_name, import_items
from wherefrom._engine.find import by_loader, seeking
from wherefrom._engine.load import execute
from wherefrom._engine.load import modules as making
from wherefrom._engine.load.untouched import form_of

from .system import SYSTEM, getcwd


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
    return by_loader.spec_from_loader(name, loader, origin=origin, is_package=is_package, getcwd=getcwd)


def _handle_fromlist(module: Any, fromlist: Any, import_: Any, *, recursive: bool = False) -> Any:
    import_items(SYSTEM, module, fromlist, of_all=recursive)
    return module
