"""The one door to the file system: stat, existence, listing, reading, the current directory.

Everything that the import steps learn from the disk passes through a `Disk`; tests put a fake or a
failing one in its place, benchmarks a counting one. Nothing here decides what a file means. Only
this file touches ``posix`` and ``nt``.
"""

import sys
from _io import open_code
from time import time

if sys.platform == "win32":
    import nt as _os
else:
    import posix as _os

# For stream.py, the one other file that writes: what leaves a traced process.
system = _os

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

    Stamp = tuple[float, float, int]  # modified, status changed, inode

# A directory whose modification time lies less than this many seconds before the moment of its
# listing can change once more without getting a new time (FAT keeps two seconds, other file systems
# the kernel's tick), so such a listing is not believed later.
SETTLING_SECONDS = 2.0

_READ = 4  # os.R_OK
_IS_DIRECTORY = 0o040000
_IS_REGULAR = 0o100000
_IS_LINK = 0o120000
_TYPE_MASK = 0o170000
_BINARY = getattr(_os, "O_BINARY", 0)


class Disk:
    """The real file system.

    `stat`, `lstat`, `listdir`, `scandir`, `getcwd` and `open` are the interpreter's own functions and
    raise what those raise; `open` opens a file of code for reading bytes (PEP 578).
    """

    __slots__ = ()

    stat = staticmethod(_os.stat)
    lstat = staticmethod(_os.lstat)
    listdir = staticmethod(_os.listdir)
    scandir: "Any" = staticmethod(_os.scandir)
    getcwd = staticmethod(_os.getcwd)
    open = staticmethod(open_code)

    if sys.platform == "win32" or _os.getuid() != _os.geteuid():
        # access() asks with the real user's rights, which are not those that opening will use.
        def exists(self, path: str) -> bool:
            """Say whether a path exists, links followed."""
            try:
                self.stat(path)
            except (OSError, ValueError):
                return False
            return True

        def is_readable(self, path: str) -> bool:
            """Say whether a directory may be listed."""
            try:
                self.listdir(path)
            except (OSError, ValueError):
                return False
            return True

    else:
        # Half the price of a stat, and no exception to raise for the usual answer, which is no.
        def exists(self, path: str) -> bool:
            """Say whether a path exists, links followed."""
            try:
                return _os.access(path, 0)
            except ValueError:  # an embedded null byte
                return False

        def is_readable(self, path: str) -> bool:
            """Say whether a directory may be listed."""
            return _os.access(path, _READ)

    def is_file(self, path: str) -> bool:
        """Say whether a path leads to a regular file, as ``_path_isfile`` decides it."""
        try:
            return self.stat(path).st_mode & _TYPE_MASK == _IS_REGULAR
        except OSError:
            return False

    def is_directory(self, path: str) -> bool:
        """Say whether a path leads to a directory, as ``_path_isdir`` decides it."""
        try:
            return self.stat(path).st_mode & _TYPE_MASK == _IS_DIRECTORY
        except OSError:
            return False

    def read(self, path: str) -> bytes:
        """Read a whole file.

        Raises:
            OSError: the file cannot be opened or read.
        """
        with self.open(path) as file:
            return file.read()

    def read_dated(self, path: str) -> tuple[bytes, float]:
        """Read a whole file; tell with it when it was modified, in seconds.

        Raises:
            OSError: the file cannot be opened, read or asked.
        """
        with self.open(path) as file:
            data = file.read()
            try:
                status = _os.fstat(file.fileno())  # half the price of asking by the path
            except Exception:  # a hook (PEP 578) has opened something that is no file
                status = self.stat(path)
        return data, status.st_mtime

    mkdir = staticmethod(_os.mkdir)

    def write(self, path: str, data: bytes, mode: int) -> None:
        """Write a whole file such that nobody ever sees half of it: aside, then into place.

        A file that could not be written is taken away again; what was at `path` before stays.

        Raises:
            OSError: the file cannot be written.
        """
        # The number keeps threads apart, O_EXCL processes; one of two writers then just fails.
        aside = f"{path}.{id(path)}"
        descriptor = _os.open(aside, _os.O_EXCL | _os.O_CREAT | _os.O_WRONLY | _BINARY, mode & 0o666)
        try:
            try:
                rest = memoryview(data)
                while rest:  # a disk that fills up takes a part, and only then refuses
                    rest = rest[_os.write(descriptor, rest) :]
            finally:
                _os.close(descriptor)
            _os.replace(aside, path)
        except BaseException:
            try:
                _os.unlink(aside)
            except OSError:
                pass
            raise

    def now(self) -> float:
        """Tell the time in seconds, on the clock that modification times are on."""
        return time()


def stamp_of(status: "Any") -> "Stamp":
    """Give what of a file's status tells that it has not changed.

    The modification time alone does not: programs that copy set it back (rsync, tar), and reproducible
    builds give everything the same one. The time of the last change of status cannot be set.
    """
    return status.st_mtime, status.st_ctime, status.st_ino


def is_settled(stamp: "Stamp", now: float) -> bool:
    """Say whether any change from now on will get another stamp."""
    return max(stamp[0], stamp[1]) + SETTLING_SECONDS < now


def is_directory_mode(mode: int) -> bool:
    """Say whether a file mode is a directory's."""
    return mode & _TYPE_MASK == _IS_DIRECTORY


def is_regular_mode(mode: int) -> bool:
    """Say whether a file mode is a regular file's."""
    return mode & _TYPE_MASK == _IS_REGULAR


def is_link_mode(mode: int) -> bool:
    """Say whether a file mode, not followed, is a symbolic link's."""
    return mode & _TYPE_MASK == _IS_LINK
