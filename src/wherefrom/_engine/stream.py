"""The way out of a traced process: rows leave it in small batches that survive whatever ends it.

Decides when a batch is complete on the disk, and what happens when it cannot be written: the program
goes on, and the head of the file says that recording stopped. Knows nothing of imports. Read
``stream_file.py`` next, which reads what is written here.
"""

import sys
from _thread import allocate_lock
from marshal import dumps
from time import perf_counter_ns as clock

from .disk import system as os

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

    from .live_record import Row

MAGIC = b"wherefrom-rows/1\n"
# The byte behind the magic: whether everything that was recorded is here.
GOING_ON, FAILED = b"+", b"!"
# Understood by every version: no references between the objects of a batch.
_FORMAT = 2
# Descriptors where programs do not look for theirs; the first that is free is taken.
_HIGH = (1000, 250, 60)
_PLAIN = (str, int, type(None), tuple)
_FROM_HERE = 1  # os.SEEK_CUR


class Stream:
    """A file that rows are written to.

    Attributes:
        path: the file; open on a high descriptor, and opened anew if the program closes that.
        failed: whether a batch could not be written; nothing is written any more then.

    Args:
        path: see above.
        head: what the file tells of this process.
        rows: where the rows are collected.
    """

    def __init__(self, path: str, head: "dict[str, Any]", rows: "list[Row]") -> None:
        self.path = path
        self.failed = False
        self._rows = rows
        self._lock = allocate_lock()
        self._descriptor = -1
        self._end = 0  # the file's size when it was written to last
        self._open(os.O_CREAT | os.O_EXCL)
        self._put(MAGIC + GOING_ON + _batch(head))

    def flush(self) -> None:
        """Write the rows and take them out of their list.

        Raises:
            OSError: they cannot be written.
        """
        rows = self._rows
        if not rows or self.failed or not self._lock.acquire(False):
            return
        try:
            batch = rows[:]
            self._put(_batch(batch))
            del rows[: len(batch)]  # another thread may have added some behind them
        except OSError:
            self._give_up()
            raise
        finally:
            self._lock.release()

    def _put(self, data: bytes) -> None:
        # Programs close what they do not know. A file of theirs in the place of ours would have to be at the
        # very byte at which ours ends; to ask for a file's status is many times as dear.
        try:
            place = os.lseek(self._descriptor, 0, _FROM_HERE)
        except OSError:
            place = -1
        if place != self._end:
            self._open(0)
        written = os.write(self._descriptor, data)
        while written < len(data):  # a disk that fills up takes a part, and only then refuses
            written += os.write(self._descriptor, data[written:])
        self._end += written

    def _open(self, flags: int) -> None:
        binary = getattr(os, "O_BINARY", 0)
        descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | binary | flags, 0o600)
        self._end = os.fstat(descriptor).st_size
        self._descriptor = _moved_up(descriptor)

    def _give_up(self) -> None:
        self.failed = True
        try:
            # In place, which needs no room. O_APPEND would write to the end.
            descriptor = os.open(self.path, os.O_WRONLY)
            try:
                os.lseek(descriptor, len(MAGIC), 0)
                os.write(descriptor, FAILED)
            finally:
                os.close(descriptor)
        except OSError:
            pass


def _moved_up(descriptor: int) -> int:
    for high in _HIGH:
        try:
            os.fstat(high)
        except OSError:
            try:
                os.dup2(descriptor, high, False)
            except OSError:
                continue  # above the limit of this process
            os.close(descriptor)
            return high
    return descriptor


def _batch(value: "Any") -> bytes:
    try:
        data = dumps(value, _FORMAT)
    except ValueError:  # a str of a class of its own, from a stranger's spec or path
        data = dumps([tuple(map(_plain, row)) for row in value], _FORMAT)
    return len(data).to_bytes(4, "little") + data


def _plain(value: "Any") -> "Any":
    cls = value.__class__
    if cls is tuple or cls is list:
        return tuple(map(_plain, value))
    if cls in _PLAIN or cls is bool:
        return value
    if isinstance(value, str):
        return str.__str__(value)
    try:
        return repr(value)
    except Exception:  # a stranger's __repr__ may do anything
        return f"<{type(value).__name__}>"


def process_head(parent: int, how: str, arguments: "list[str]") -> "dict[str, Any]":
    """Describe this process, for the beginning of its file.

    Args:
        parent: the number of the process that started it.
        how: ``started`` by us, ``spawned`` or ``forked`` by the program.
        arguments: what stood behind ``python`` on its command line, or on that of the process that it
            is a copy of.
    """
    return {
        "pid": os.getpid(),
        "parent": parent,
        "how": how,
        "began_ns": clock(),
        "arguments": arguments,
        "python": sys.version.split()[0],
        "executable": str(sys.executable),
        "stdlib": getattr(sys, "_stdlib_dir", None),
    }
