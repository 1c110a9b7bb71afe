"""``importlib.resources`` as modules of a world see it: names that it is given are the world's modules.

Decides whose module a name is, and nothing about resources: they are found by the interpreter's own
functions, in the module that comes out here. Read ``stand_ins.py`` first.
"""

from __future__ import annotations

import functools
import sys
from typing import TYPE_CHECKING, Any

from ._engine.importing import ByName, import_name
from .stand_ins import facade

if TYPE_CHECKING:
    from types import FrameType, ModuleType

    from ._engine.system import System

# From 3.12 on a caller that names nothing means itself.
_KNOWS_CALLER = sys.version_info >= (3, 12)


def world_resources(system: System, genuine: ModuleType) -> ModuleType:
    """Make the ``importlib.resources`` of a world: its ``files`` looks names up in the world.

    Args:
        system: the world.
        genuine: the interpreter's module.
    """
    genuine_files = genuine.files

    @functools.wraps(genuine_files)
    def files(*given: Any, **named: Any) -> Any:
        caller = sys._getframe(1)
        if _KNOWS_CALLER and not given and not named:
            given = (caller.f_globals["__name__"],)
        modules = [_module(system, each, caller) for each in given]
        return genuine_files(*modules, **{key: _module(system, each, caller) for key, each in named.items()})

    return facade(genuine, files=files)


def _module(system: System, given: Any, caller: FrameType) -> Any:
    """Give the world's module for a name; what is no absolute name is left to the genuine function."""
    if not isinstance(given, str) or not given or given.startswith("."):
        return given
    asker = caller.f_globals.get("__name__", ""), caller.f_code.co_filename, caller.f_lineno
    return import_name(system, given, ByName(asker))
