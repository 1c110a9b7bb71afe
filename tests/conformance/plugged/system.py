"""The import system of ours that CPython's tests of importlib work on: the interpreter's own state.

This file decides what the parts share, and which protocols the running version has. ``finders.py``,
``loaders.py``, ``functions.py``, ``files.py`` and ``locks.py`` put the engine's parts under CPython's
names.
"""

from __future__ import annotations

import _frozen_importlib
import _frozen_importlib_external
import os
import sys
from typing import Any

from wherefrom._engine.load import locks
from wherefrom._engine.record import SharedRecord
from wherefrom._engine.system import System

SYSTEM = System(sys, SharedRecord())
SYSTEM.keeps_finders = True
SYSTEM.locks = locks.Locks()
SYSTEM.reloading = {}

# The interpreter's own, for what is no import: text, reading of source, rarely used protocols.
bootstrap: Any = _frozen_importlib
external: Any = _frozen_importlib_external
getcwd = os.getcwd  # as it was before the tests put others there
TELLS_FULLNAME = sys.version_info >= (3, 15)
HAS_LOAD_MODULE = sys.version_info < (3, 15)
HAS_FIND_MODULE = sys.version_info < (3, 12)
