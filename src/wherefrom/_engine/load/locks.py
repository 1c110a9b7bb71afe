"""Module locks: one thread loads a module, the others wait for it, and nobody waits in a circle.

Decides who may load a module now, and which wait would never end. Knows nothing of modules beyond
their names. Read ``execute.py`` next, which loads under such a lock.

Mirrors ``_ModuleLock`` and ``_get_module_lock`` (``importlib/_bootstrap.py``, in the form that they
have since 3.12: one thread may wait for several modules, since a garbage collection or a signal can
start an import inside an import).
"""

from _thread import RLock, allocate_lock, get_ident
from _weakref import ref

from ..disk import system as _os
from ..genuine import DeadlockError

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    Waiting = dict[int, list["ModuleLock"]]


# Held while a table of locks is looked at. Taken by ``with``: up to 3.13 no signal handler, which may raise,
# runs between the taking and the block. CPython takes the import lock here, by a call before ``try``.
_GUARD: "Any" = RLock()
_FORKS: "list[bool]" = []


def _survive_forks() -> None:
    """Have the guard be free in a forked child, whichever thread held it."""
    if not _FORKS and hasattr(_os, "register_at_fork"):
        _FORKS.append(True)
        _os.register_at_fork(after_in_child=_GUARD._at_fork_reinit)


class ModuleLock:
    """A lock that its owner may take again, and that refuses a wait which could never end.

    Attributes:
        name: the module's name.
        owner: the thread that holds it; None if nobody does.
        waited: whether somebody ever had to wait for it.
    """

    __slots__ = (
        "__weakref__",
        "_count",
        "_mutex",
        "_waiters",
        "_waiting",
        "_wakeup",
        "name",
        "owner",
        "waited",
    )

    def __init__(self, name: str, waiting: "Waiting") -> None:
        self.name = name
        self.owner: int | None = None
        self.waited = False
        self._mutex = RLock()
        self._wakeup: Any = None
        self._count: list[bool] = []  # a list, whose append and pop nothing can interrupt half-way
        self._waiters: list[bool] = []
        self._waiting = waiting

    def acquire(self) -> bool:
        """Take the lock, waiting for it if need be.

        Raises:
            DeadlockError: the thread that holds the lock waits, maybe through others, for this one.
        """
        me = get_ident()
        with self._mutex:
            if not self._count or self.owner == me:
                self.owner = me
                self._count.append(True)
                return True
        return self._wait(me)

    def _wait(self, me: int) -> bool:
        waits = self._waiting.setdefault(me, [])
        waits.append(self)
        if self._waiting.get(me) is not waits:  # an import in between has tidied it away
            self._waiting[me] = waits
        try:
            while True:
                with self._mutex:
                    if not self._count or self.owner == me:
                        self.owner = me
                        self._count.append(True)
                        return True
                    if self.has_deadlock():
                        raise DeadlockError(f"deadlock detected by {self!r}")
                    self.waited = True
                    if self._wakeup is None:
                        self._wakeup = allocate_lock()
                    # Held from here on until the owner lets go, so that the next line waits.
                    if self._wakeup.acquire(False):
                        self._waiters.append(True)
                self._wakeup.acquire()
                self._wakeup.release()
        finally:
            waits.remove(self)
            if not waits and self._waiting.get(me) is waits:
                del self._waiting[me]

    def has_deadlock(self) -> bool:
        """Say whether the thread that holds this lock waits for the calling thread."""
        return _leads_to(get_ident(), [self.owner], self._waiting, set())

    def release(self) -> None:
        """Give the lock back.

        Raises:
            RuntimeError: the calling thread does not hold it.
        """
        with self._mutex:
            if self.owner != get_ident():
                raise RuntimeError("cannot release un-acquired lock")
            self._count.pop()
            if not self._count:
                self.owner = None
                if self._waiters:
                    self._waiters.pop()
                    self._wakeup.release()

    def locked(self) -> bool:
        """Say whether anybody holds the lock."""
        return bool(self._count)

    def __repr__(self) -> str:
        # As CPython's own, since it stands in the text of the error.
        return f"_ModuleLock({self.name!r}) at {id(self)}"


def _leads_to(
    target: int, threads: "Iterable[int | None]", waiting: "Waiting", seen: "set[int | None]"
) -> bool:
    """Say whether one of some threads is another, or waits for it through whatever chain of locks."""
    threads = list(threads)
    if target in threads:
        return True
    for thread in threads:
        locks = waiting.get(thread)  # type: ignore[arg-type]  # None waits for nothing
        if not locks:
            continue
        if thread in seen:
            # A circle that does not lead to the target: others are just about to notice it.
            return False
        seen.add(thread)
        if _leads_to(target, [lock.owner for lock in locks], waiting, seen):
            return True
    return False


class _Reference(ref):  # type: ignore[type-arg]  # not subscriptable at run time in the inner house
    """A weak reference that knows the name that its lock is kept under."""

    __slots__ = ("name",)
    name: str


class Locks:
    """The module locks of one import system; each lives as long as somebody uses it.

    Attributes:
        table: weak references to the locks, by module.
        waiting: the locks that each thread waits for.
    """

    __slots__ = ("table", "waiting")

    def __init__(self) -> None:
        self.table: dict[str, _Reference] = {}
        self.waiting: Waiting = {}
        _survive_forks()

    def of(self, name: str) -> ModuleLock:
        """Give the lock of a module."""
        with _GUARD:
            kept = self.table.get(name)
            lock: ModuleLock | None = None if kept is None else kept()
            if lock is None:
                lock = ModuleLock(name, self.waiting)
                reference = _Reference(lock, self._forget)
                reference.name = name
                self.table[name] = reference
            return lock

    def _forget(self, reference: _Reference) -> None:
        name = getattr(reference, "name", "")  # not yet there if an interrupt came between
        with _GUARD:
            # Another thread may have made a new lock before this call came.
            if self.table.get(name) is reference:
                del self.table[name]
