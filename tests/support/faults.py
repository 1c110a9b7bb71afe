"""A disk that fails at a chosen call, under the interpreter's import system and under ours alike.

A fault is named by what is done and to which file: the n-th time, or each time. So the same fault can be
made on both sides, although they do not make the same calls in the same order. It is made where each
side has its door to the file system: the functions that ``_frozen_importlib_external`` calls, and those
that ``_engine/disk.py`` calls. Only for forked children, since nothing is put back.
"""

from __future__ import annotations

import errno
import io
import os
import posix
import sys
from collections import Counter
from typing import Any, NamedTuple

from wherefrom._engine import disk as our_disk

external: Any = sys.modules["_frozen_importlib_external"]


class Fault(NamedTuple):
    """What fails: an operation on a file, at one of its calls (0 for each of them), with which error."""

    operation: str
    file: str
    call: int
    error: int = errno.EIO


class FaultyDisk:
    """The functions of ``posix`` and ``io`` that imports use; counts their calls, and fails at one.

    Attributes:
        calls: how often each operation was done to each file, the files named relative to the tree.
    """

    def __init__(self, tree: str, fault: Fault | None) -> None:
        self.tree = tree
        self.fault = fault
        self.calls: Counter[tuple[str, str]] = Counter()
        self.open_files: dict[int, str] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(posix, name)

    def _passes(self, operation: str, path: Any) -> None:
        file = self._named(path)
        if file is None:
            return
        self.calls[operation, file] += 1
        fault = self.fault
        if fault is None or (operation, file) != (fault.operation, fault.file):
            return
        if fault.call in (0, self.calls[operation, file]):
            raise OSError(fault.error, os.strerror(fault.error), path)

    def _named(self, path: Any) -> str | None:
        """Name a file of the tree; the one that bytecode is written to at first has a number in it."""
        if not isinstance(path, str) or not path.startswith(self.tree):
            return None
        name = path[len(self.tree) :].strip("/")
        stem, _, number = name.rpartition(".")
        return f"{stem}.N" if number.isdigit() else name

    def stat(self, path: Any, **options: Any) -> Any:
        self._passes("stat", path)
        return posix.stat(path, **options)

    def access(self, path: Any, mode: int) -> bool:
        try:
            self._passes("stat", path)
        except OSError:
            return False
        return posix.access(path, mode)

    def listdir(self, path: Any) -> Any:
        self._passes("list", path)
        return posix.listdir(path)

    def scandir(self, path: Any) -> Any:
        self._passes("list", path)
        return posix.scandir(path)

    def mkdir(self, path: Any, *mode: int) -> None:
        self._passes("mkdir", path)
        posix.mkdir(path, *mode)

    def open(self, path: Any, *how: int) -> int:
        self._passes("create", path)
        descriptor = posix.open(path, *how)
        self.open_files[descriptor] = path
        return descriptor

    def write(self, descriptor: int, data: Any) -> int:
        self._passes("write", self.open_files[descriptor])
        return posix.write(descriptor, data)

    def replace(self, source: Any, target: Any) -> None:
        self._passes("replace", target)
        posix.replace(source, target)

    def open_code(self, path: Any) -> Any:
        self._passes("open", path)
        return _Reading(self, path)

    def file_io(self, file: Any, mode: str = "r") -> Any:
        return _Writing(self, file) if isinstance(file, int) else self.open_code(file)


class _Reading:
    def __init__(self, disk: FaultyDisk, path: str) -> None:
        self.disk = disk
        self.path = path
        self.file = io.open_code(path)  # noqa: SIM115  # closed by __exit__

    def __enter__(self) -> _Reading:
        return self

    def __exit__(self, *exception: object) -> None:
        self.file.close()

    def read(self) -> bytes:
        self.disk._passes("read", self.path)
        data: bytes = self.file.read()
        return data


class _Writing:
    def __init__(self, disk: FaultyDisk, descriptor: int) -> None:
        self.disk = disk
        self.descriptor = descriptor

    def __enter__(self) -> _Writing:
        return self

    def __exit__(self, *exception: object) -> None:
        posix.close(self.descriptor)

    def write(self, data: bytes) -> int:
        return self.disk.write(self.descriptor, data)


class _Io:
    """Stands for the module ``_io``."""

    def __init__(self, disk: FaultyDisk) -> None:
        self.open_code = disk.open_code
        self.FileIO = disk.file_io
        self.open = disk.file_io  # in the place of FileIO, in newer versions


def put_under_the_interpreter(disk: FaultyDisk) -> None:
    """Have the interpreter's import system use a disk, for ever."""
    external._os = disk
    external._io = _Io(disk)


def put_under_wherefrom(disk: FaultyDisk) -> None:
    """Have every import system of ours use a disk, for ever."""
    vars(our_disk)["_os"] = disk
    for name, function in {
        "stat": disk.stat,
        "listdir": disk.listdir,
        "scandir": disk.scandir,
        "mkdir": disk.mkdir,
        "open": disk.open_code,
    }.items():
        setattr(our_disk.Disk, name, staticmethod(function))
