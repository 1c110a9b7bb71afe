"""The lock of a module, taken at once: others find it, wait for it, and nothing of it is left."""

from __future__ import annotations

import _frozen_importlib as bootstrap
import threading
from typing import Any

import pytest

import wherefrom
from wherefrom._engine.locking import CAN_BE_TAKEN, taken

pytestmark = pytest.mark.skipif(
    not CAN_BE_TAKEN, reason="two threads at a time: the interpreter's way is taken"
)
LOCKS: dict[str, Any] = bootstrap._module_locks  # type: ignore[attr-defined]  # private, as in genuine.py
NAME = "a_module_of_nobody"


def test_a_lock_is_the_interpreters_own_and_goes_with_its_owner() -> None:
    mine = taken(NAME)
    assert mine is not None
    with mine:
        lock = LOCKS[NAME]()
        assert type(lock) is bootstrap._ModuleLock  # type: ignore[attr-defined]  # as above
        assert lock.owner == threading.get_ident()
        del lock
    assert NAME not in LOCKS


def test_a_lock_that_is_there_is_left_to_the_interpreter() -> None:
    mine = taken(NAME)
    assert mine is not None
    with mine:
        assert taken(NAME) is None


def test_a_lock_that_somebody_has_stays_until_he_lets_it_go() -> None:
    mine = taken(NAME)
    assert mine is not None
    lock = LOCKS[NAME]()
    with mine:
        pass

    assert LOCKS[NAME]() is lock
    assert lock.owner is None
    del lock
    assert NAME not in LOCKS


def test_another_thread_waits_until_it_is_given_back() -> None:
    told: list[str] = []
    begun = threading.Event()

    def wait() -> None:
        begun.set()
        with bootstrap._ModuleLockManager(NAME):  # type: ignore[attr-defined]  # as above
            told.append("had by the other")

    other = threading.Thread(target=wait)
    mine = taken(NAME)
    assert mine is not None
    with mine:
        other.start()
        begun.wait()
        other.join(0.2)
        told.append("given back")
    other.join()

    assert told == ["given back", "had by the other"]
    assert NAME not in LOCKS


def test_an_owner_may_take_it_again_by_the_interpreters_way() -> None:
    mine = taken(NAME)
    assert mine is not None
    with mine, bootstrap._ModuleLockManager(NAME):  # type: ignore[attr-defined]  # as above
        assert LOCKS[NAME]().owner == threading.get_ident()
    assert NAME not in LOCKS


def test_the_class_that_stands_there_looks_like_the_genuine_one() -> None:
    def looks() -> tuple[Any, ...]:
        cls: Any = bootstrap._ModuleLockManager  # type: ignore[attr-defined]  # as above
        return type(cls), repr(cls), cls.__bases__, cls.__doc__, [*vars(cls)], cls.__init__, cls.__enter__

    *plain, names, init, enter = looks()
    with wherefrom.tracing():
        assert looks()[:4] == tuple(plain[:4])
        assert {*looks()[4]} - {*plain[4:], "__new__"} - {*names} <= {"_wherefrom_seam"}
        assert looks()[5:] == (init, enter)
    assert looks()[4:] == (names, init, enter)
