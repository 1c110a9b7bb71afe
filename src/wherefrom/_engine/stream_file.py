"""A file of rows, read back: whatever was written of it, however the process ended.

Decides what a cut-off file still holds. Judges no row. ``stream.py`` writes these files.
"""

import marshal

from .stream import FAILED, MAGIC

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from .live_record import Row

_SIZE = 4


class StreamFile:
    """The rows of one process, read batch by batch.

    Attributes:
        path: the file.
        process: what the process said of itself; empty if it did not come so far.
        failed: whether it could not write all that it recorded.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        with open(path, "rb") as file:
            head = file.read(len(MAGIC) + 1)
            self.failed = head[len(MAGIC) :] == FAILED
            self._begin = len(head)
            process = _next(file) if head[: len(MAGIC)] == MAGIC else None
            self._first = file.tell()
        self.process: dict[str, Any] = process or {}

    def rows(self) -> "Iterator[Row]":
        """Give the rows in their order, holding one batch in memory at a time."""
        if not self.process:
            return
        with open(self.path, "rb") as file:
            file.seek(self._first)
            while batch := _next(file):
                yield from batch


def _next(file: "Any") -> "Any":
    """Read one batch; None at the end, and for one that was cut off."""
    size = file.read(_SIZE)
    if len(size) < _SIZE:
        return None
    data = file.read(int.from_bytes(size, "little"))
    try:
        return marshal.loads(data)
    except (EOFError, ValueError, TypeError):
        return None
