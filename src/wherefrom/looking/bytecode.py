"""The question for a bytecode file: for which Python it was made, and whether it fits its source."""

from __future__ import annotations

import _imp
from pathlib import Path
from typing import Any

# The first magic number of each version's final release, from the list in CPython's sources
# (Include/internal/pycore_magic_number.h, before 3.14 Lib/importlib/_bootstrap_external.py): a number
# belongs to the last version that begins at or before it.
_FIRST_MAGIC = (
    (3300, "3.3"), (3310, "3.4"), (3350, "3.5"), (3360, "3.6"), (3390, "3.7"), (3400, "3.8"), (3420, "3.9"),
    (3430, "3.10"), (3450, "3.11"), (3500, "3.12"), (3550, "3.13"), (3600, "3.14"), (3650, "3.15"),
    (3700, ""),
)  # fmt: skip
_HEAD = 16
_MOST_BYTES = 20_000_000


def bytecode(path: str, source: str, name: str) -> dict[str, Any] | None:
    """Tell what a bytecode file says of itself, and of its source.

    Args:
        path: the file.
        source: the file that it was made from; empty if none is known.
        name: a name to look for among the names that its code uses; empty for none.

    Returns:
        ``magic`` (a number), ``python`` (the version whose magic it is, empty if unknown), ``flags``,
        ``kind`` (``timestamp``, ``checked`` or ``unchecked``), ``mtime`` and ``length`` of the source it
        was made from, ``size``, ``fits`` (whether the source has this time and length, or this hash; None
        without source), ``names`` (whether the name is in it); None for what is no file.
    """
    place = Path(path)
    if not place.is_file() or place.stat().st_size > _MOST_BYTES:
        return None
    data = place.read_bytes()
    head = data.ljust(_HEAD, b"\0")
    flags = int.from_bytes(head[4:8], "little")
    told: dict[str, Any] = {
        "magic": int.from_bytes(head[:2], "little"),
        "python": _python(head),
        "flags": flags,
        "kind": "timestamp" if not flags & 1 else ("checked" if flags & 2 else "unchecked"),
        "mtime": int.from_bytes(head[8:12], "little"),
        "length": int.from_bytes(head[12:16], "little"),
        "size": len(data),
        "fits": None,
        "names": bool(name) and name.encode() in data[_HEAD:],
    }
    if source and Path(source).is_file():
        told["fits"] = _fits(told, head, Path(source))
    return told


def _python(head: bytes) -> str:
    if head[2:4] != b"\r\n":
        return ""
    number = int.from_bytes(head[:2], "little")
    return next((version for first, version in reversed(_FIRST_MAGIC) if first <= number), "")


def _fits(told: dict[str, Any], head: bytes, source: Path) -> bool:
    if told["kind"] != "timestamp":
        # The key of the hash is the magic number of the interpreter that made the file (PEP 552).
        key = int.from_bytes(head[:4], "little")
        return _imp.source_hash(key, source.read_bytes()) == head[8:16]
    found = source.stat()
    return (int(found.st_mtime) & 0xFFFFFFFF, found.st_size & 0xFFFFFFFF) == (told["mtime"], told["length"])
