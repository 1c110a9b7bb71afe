"""What ``importlib._bootstrap_external`` says of files: their bytecode, their loaders, their specs."""

from __future__ import annotations

import os
import sys
import warnings
from typing import Any

from wherefrom._engine.find import by_loader
from wherefrom._engine.load import bytecode

from .loaders import ExtensionFileLoader, SourceFileLoader, SourcelessFileLoader
from .system import external, getcwd


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
        os.fspath(path), prefix=sys.pycache_prefix, getcwd=getcwd, optimization=optimization
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
        getcwd=getcwd,
        loader_for=_loader_for,
    )


def _get_supported_file_loaders() -> list[Any]:
    ours = {
        "SourceFileLoader": SourceFileLoader,
        "SourcelessFileLoader": SourcelessFileLoader,
        "ExtensionFileLoader": ExtensionFileLoader,
    }
    return [(ours[cls.__name__], suffixes) for cls, suffixes in external._get_supported_file_loaders()]
