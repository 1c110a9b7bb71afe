"""The lock of a module that is imported, taken at once where nobody else has it or waits for it.

Decides when that is so: while nobody has made a lock of the name yet. Then the genuine lock is made with us
as its owner already, where the interpreter's own functions make it, look whether it leads to a deadlock,
and take it. Others find it where they always do, and wait for it; whatever else happens to it is left to the
interpreter. ``standing_in.py`` puts this in the place of ``_ModuleLockManager``.

Mirrors ``_ModuleLockManager``, ``_get_module_lock`` and ``_ModuleLock`` (``importlib/_bootstrap.py``).
"""

import sys
from _thread import get_ident
from _weakref import ref

from .genuine import acquire_lock, bootstrap, release_lock
from .seam import all_relabelled

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

_PARTS = bootstrap.__dict__
_MODULE_LOCK, _GET, _LOCKS = bootstrap._ModuleLock, bootstrap._get_module_lock, bootstrap._module_locks
_ACQUIRE, _RELEASE = _MODULE_LOCK.acquire, _MODULE_LOCK.release
# How often its owner has taken a lock: a number, or (from 3.12 on) a list of so many items.
_COUNTS = _MODULE_LOCK("").count.__class__ is int
_ONCE: "Any" = 1 if _COUNTS else [True]
# Without a global interpreter lock, two threads are here at the same time.
CAN_BE_TAKEN = getattr(sys, "_is_gil_enabled", lambda: True)()


class Taken:
    """A lock that was made for its owner; as a context, it is given back at the end.

    Attributes:
        lock: the genuine lock, which lives as long as somebody has it.
        name: the module's name.
        reference: what leads others to it.
    """

    __slots__ = ("lock", "name", "reference")
    lock: "Any"
    name: str
    reference: "Any"

    def __enter__(self) -> None:
        pass

    def __exit__(self, *error: object) -> None:
        lock, self.lock = self.lock, None
        with lock.lock:
            given_back = lock.count == _ONCE and not lock.waiters
            if given_back:
                lock.count = 0 if _COUNTS else []  # first, for a signal's handler that imports it here
                lock.owner = None
        if not given_back:  # somebody waits for it
            lock.release()
        del lock
        name, reference = self.name, self.reference
        acquire_lock()
        try:
            if _LOCKS.get(name) is reference:
                lock = reference()
                if lock is None:
                    del _LOCKS[name]
                else:  # somebody has it still
                    _LOCKS[name] = ref(lock, _callback(name))
        finally:
            release_lock()


def _callback(name: str) -> "Any":
    def gone(reference: "Any") -> None:
        acquire_lock()
        try:
            if _LOCKS.get(name) is reference:
                del _LOCKS[name]
        finally:
            release_lock()

    return gone


def taken(name: "Any") -> "Taken | None":
    """Make and take the lock of a module; None if there is one already, or making it is not ours.

    Args:
        name: the module's absolute name.
    """
    if (
        name.__class__ is not str
        or _PARTS["_ModuleLock"] is not _MODULE_LOCK
        or _PARTS["_get_module_lock"] is not _GET
        or _PARTS["_module_locks"] is not _LOCKS
        or _MODULE_LOCK.acquire is not _ACQUIRE
        or _MODULE_LOCK.release is not _RELEASE
    ):
        return None
    acquire_lock()
    try:
        if name in _LOCKS:
            return None
        taken = Taken()
        lock = taken.lock = _MODULE_LOCK(name)
        lock.owner = get_ident()
        lock.count = 1 if _COUNTS else [True]
        taken.name = name
        taken.reference = _LOCKS[name] = ref(lock)
    finally:
        release_lock()
    return taken


all_relabelled(globals())
