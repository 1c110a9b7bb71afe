"""wherefrom's engine under the names of ``importlib``, for CPython's own tests of it.

``modules()`` gives what ``test.test_importlib.util.import_importlib`` gives for an implementation: the
modules by name. This file decides only which name is which part of the engine; the parts are in
``plugged/``: finders, loaders, functions, locks. They carry the standard methods and hold no rules of
their own; the thin files of ``importlib`` (``__init__``, ``abc``, ``util``, ``machinery``) are the
interpreter's, executed over our ``_bootstrap``. What it is for is in ``test_importlib_suite.py``.
"""

from __future__ import annotations

import importlib
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

from wherefrom._engine import importing, reloading
from wherefrom._engine.bind.imports import make_import

if not __package__:  # loaded by its path: its parts are beside it, whatever else is called "tests" there
    __package__ = "conformance_of_wherefrom"
    _beside = ModuleType(__package__)
    _beside.__path__ = [str(Path(__file__).parent)]
    sys.modules[__package__] = _beside
    __spec__ = ModuleSpec(f"{__package__}.importlib_plug", None, origin=__file__)

from .plugged import files, finders, functions, loaders, locks, system
from .plugged.system import SYSTEM as SYSTEM  # whose record tells that the engine was asked

_OF_BOOTSTRAP = (
    functions._find_spec,
    functions._gcd_import,
    functions._resolve_name,
    functions._load_unlocked,
    functions._load,
    functions._exec,
    functions.module_from_spec,
    functions._init_module_attrs,
    functions.spec_from_loader,
    functions._handle_fromlist,
    finders.BuiltinImporter,
    finders.FrozenImporter,
)
_OF_EXTERNAL = (
    files.cache_from_source,
    files.source_from_cache,
    files.spec_from_file_location,
    loaders._LoaderBasics,
    loaders.SourceLoader,
    loaders.FileLoader,
    loaders.SourceFileLoader,
    loaders.SourcelessFileLoader,
    loaders.ExtensionFileLoader,
    loaders.NamespaceLoader,
    finders.PathFinder,
    finders.FileFinder,
    files._get_supported_file_loaders,
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
        system.bootstrap,
        _OF_BOOTSTRAP,
        __import__=make_import(SYSTEM),
        _find_and_load=lambda name, _: importing.import_name(SYSTEM, name),
        **locks.OF_BOOTSTRAP,
    )
    if system.HAS_LOAD_MODULE:
        bootstrap._load_module_shim = functions._load_module_shim  # type: ignore[attr-defined]
    external = _over(system.external, _OF_EXTERNAL, _bootstrap=bootstrap)
    bootstrap._bootstrap_external = external  # type: ignore[attr-defined]
    ours = _fresh(
        ("importlib", "importlib.abc", "importlib.machinery", "importlib.util"),
        {"_frozen_importlib": bootstrap, "_frozen_importlib_external": external},
    )
    ours["importlib"].reload = lambda module: reloading.reload(SYSTEM, module)
    ours["importlib"]._RELOADING = SYSTEM.reloading
    return ours
