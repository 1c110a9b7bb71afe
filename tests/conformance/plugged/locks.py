"""Module locks under CPython's names, made as its tests make them: by a name alone."""

from __future__ import annotations

from typing import Any

from wherefrom._engine import importing
from wherefrom._engine.load import locks

from .system import SYSTEM, bootstrap


class _ModuleLock(locks.ModuleLock):
    __slots__ = ()

    def __init__(self, name: str) -> None:
        super().__init__(name, SYSTEM.locks.waiting)


OF_BOOTSTRAP: dict[str, Any] = {
    "_ModuleLock": _ModuleLock,
    "_DeadlockError": bootstrap._DeadlockError,
    "_blocking_on": SYSTEM.locks.waiting,
    "_module_locks": SYSTEM.locks.table,
    "_get_module_lock": SYSTEM.locks.of,
    "_lock_unlock_module": lambda name: importing.wait_for(SYSTEM, name),
}
