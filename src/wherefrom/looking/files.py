"""Questions about single files, directories and archives."""

from __future__ import annotations

import errno
import os
import stat as kinds
import zipfile
from pathlib import Path
from typing import Any

_MOST_TEXT = 200_000
_MOST_NAMES = 5_000
_HEAD = 64
_KINDS = (
    (kinds.S_ISDIR, "directory"),
    (kinds.S_ISREG, "file"),
    (kinds.S_ISFIFO, "fifo"),
    (kinds.S_ISSOCK, "socket"),
    (kinds.S_ISCHR, "device"),
    (kinds.S_ISBLK, "device"),
)


def stat(path: str) -> dict[str, Any] | None:
    """Tell what lies at a path.

    Returns:
        ``kind`` (directory, file, fifo, socket, device, ``broken`` for a link that leads nowhere,
        ``loop`` for one that leads to itself),
        ``size``, ``mode``, ``uid``, ``mtime_ns``, ``link`` (where a link points, or None), ``real``
        (without links); None if there is nothing.
    """
    place = Path(path)
    own = os.lstat(path)
    link = os.readlink(path) if kinds.S_ISLNK(own.st_mode) else None  # noqa: PTH115  # text, as it is
    try:
        found = place.stat()
        kind = next((word for test, word in _KINDS if test(found.st_mode)), "other")
    except OSError as failure:
        found, kind = own, "loop" if failure.errno == errno.ELOOP else "broken"
    return {
        "kind": kind,
        "size": found.st_size,
        "mode": kinds.S_IMODE(found.st_mode),
        "uid": found.st_uid,
        "mtime_ns": found.st_mtime_ns,
        "link": link,
        "real": os.path.realpath(path),
    }


def access(path: str) -> dict[str, Any] | None:
    """Tell what the user may do with a file or directory.

    Returns:
        ``read``, ``enter`` (execute, or look up in a directory), ``user`` (the number of the user who
        looks); None if there is nothing, or nothing that can be seen.
    """
    os.lstat(path)
    user = os.geteuid() if hasattr(os, "geteuid") else None
    return {"read": os.access(path, os.R_OK), "enter": os.access(path, os.X_OK), "user": user}


def listing(directory: str) -> list[str] | None:
    """Name what lies in a directory, sorted, directories with a slash; None if it cannot be listed."""
    with os.scandir(directory or ".") as found:
        return sorted(item.name + "/" * item.is_dir() for item in found)[:_MOST_NAMES]


def head(path: str) -> str | None:
    """Give the first bytes of a file, as hexadecimal digits."""
    if not Path(path).is_file():
        return None
    with Path(path).open("rb") as file:
        return file.read(_HEAD).hex()


def text(path: str) -> str | None:
    """Give the text of a file, also of one in an archive, however encoded; None for what is no file."""
    if not Path(path).is_file():
        data = _packed(Path(path))
        return None if data is None else data.decode("utf-8", "backslashreplace")
    with Path(path).open("rb") as file:
        return file.read(_MOST_TEXT).decode("utf-8", "backslashreplace")


def _packed(path: Path) -> bytes | None:
    """Read a file that lies in an archive, where the archive stands in the path like a directory."""
    outer = next((home for home in path.parents if home.is_file()), None)
    if outer is None or not zipfile.is_zipfile(outer):
        return None
    with zipfile.ZipFile(outer) as opened:
        name = path.relative_to(outer).as_posix()
        if name not in opened.namelist():
            return None
        with opened.open(name) as file:
            return file.read(_MOST_TEXT)


def lines(path: str, first: int, last: int) -> list[str] | None:
    """Give lines of a file, numbered from 1, the last included."""
    found = text(path)
    return None if found is None else found.splitlines()[first - 1 : last]


def archive(path: str) -> dict[str, Any] | None:
    """Tell what is in a zip archive: ``names``, ``methods`` by name; or the ``error``."""
    if not Path(path).is_file():
        return None
    try:
        with zipfile.ZipFile(path) as opened:
            items = opened.infolist()[:_MOST_NAMES]
    except (zipfile.BadZipFile, NotImplementedError) as failure:
        return {"names": [], "methods": {}, "error": str(failure)}
    methods = {item.filename: item.compress_type for item in items}
    return {"names": list(methods), "methods": methods, "error": None}
