"""The index of an archive: which files a zip holds, and where in it they lie.

Reads the central directory of a zip as ``zipimport`` does: with its limits, its checks and the
errors that they give in each Python version, since what ``zipimport`` refuses is not importable,
however good it is for other programs. Decompresses nothing; ``archive.py`` searches the index.
"""

from ..disk import is_settled, stamp_of
from ..genuine import zipimport
from ..interpreter import HERE
from ..paths import SEPARATOR, join

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from io import BufferedReader
    from typing import Any

    from ..disk import Stamp
    from ..interpreter import Habits
    from ..system import System

    # path, compression, compressed size, size, offset of the local header, time, date, crc
    Entry = tuple[str, int, int, int, int, int, int, int]
    Index = dict[str, Entry | None]

_END_SIZE = 22
_END_64_SIZE = 56
_LOCATOR_64_SIZE = 20
_LONGEST_COMMENT = 0xFFFF
_IN_EXTRA = 0xFFFFFFFF  # a size or offset that stands in the zip64 extra field instead
_ZIP64_TAG = 1
_HEADER_SIZE = 46
_UTF8_FLAG = 0x800

# Indexes read before: archive -> (stamp, size, index). An archive is read anew when either has
# changed; one that changed just before it was read is not kept at all.
_KEPT: "dict[str, tuple[Stamp, int, Index]]" = {}


class ArchiveError(Exception):
    """An archive that zipimport would refuse, with the reason from the closed set."""

    def __init__(self, text: str, reason: str = "corrupt-archive") -> None:
        super().__init__(text)
        self.reason = reason


def archive_index(system: "System", archive: str) -> "Index":
    """Give the index of an archive, from memory if it is still true.

    Like the interpreter, believes ``zipimport``'s own memory first, which it never checks.

    Raises:
        ArchiveError: zipimport would refuse the archive.
        EOFError, UnicodeDecodeError: likewise, but zipimport lets these escape to the program.
    """
    own = system.interpreter is HERE
    known = zipimport._zip_directory_cache.get(archive) if own else None
    if known is not None:
        system.record.archive_read(archive, "recalled")
        index: Index = known  # an index of zipimport has the layout of ours
        return index
    disk = system.disk
    try:
        status = disk.stat(archive)
        kept = _KEPT.get(archive) if own else None
        if kept is not None and kept[:2] == (stamp_of(status), status.st_size):
            system.record.archive_read(archive, "recalled")
            return kept[2]
        index = _read_index(disk, archive, system.interpreter.habits)
    except ArchiveError as error:
        system.record.archive_read(archive, "failed", str(error))
        raise
    except (EOFError, UnicodeDecodeError, OSError) as error:
        system.record.archive_read(archive, "failed", f"{type(error).__name__}: {error}")
        raise
    if own and is_settled(stamp_of(status), disk.now()):
        _KEPT[archive] = (stamp_of(status), status.st_size, index)
    system.record.archive_read(archive, "read")
    return index


def forget_archives() -> None:
    """Forget all indexes read so far."""
    _KEPT.clear()


def _read_index(disk: "Any", archive: str, habits: "Habits") -> "Index":
    try:
        file = disk.open(archive)
    except OSError:
        raise ArchiveError(f"can't open Zip file: {archive!r}", "unreadable") from None
    with file:
        size, offset, count, header_position = _find_end(file, archive, habits)
        if header_position < size:
            raise ArchiveError(f"bad central directory size: {archive!r}")
        if header_position < offset:
            raise ArchiveError(f"bad central directory offset: {archive!r}")
        header_position -= size
        # Bytes before the archive proper (a "#!" line, an executable) move every offset by as much.
        moved = header_position - offset
        if moved < 0:
            raise ArchiveError(f"bad central directory size or offset: {archive!r}")
        _seek(file, header_position, archive)
        index = _read_headers(file, archive, offset, moved, count, habits)
    if habits.adds_zip_directories:
        _add_directories(index)
    return index


def _seek(file: "BufferedReader", position: int, archive: str, whence: int = 0) -> int:
    try:
        return file.seek(position, whence)
    except OSError:
        raise ArchiveError(f"can't read Zip file: {archive!r}") from None


def _number(data: bytes) -> int:
    return int.from_bytes(data, "little")


def _find_end(file: "BufferedReader", archive: str, habits: "Habits") -> "tuple[int, int, int | None, int]":
    """Find the end record: the central directory's size, offset and count, and the record's place."""
    if not habits.reads_zip64:
        # Older readers first look where the record lies if the archive has no comment.
        try:
            file.seek(-_END_SIZE, 2)
        except OSError:  # shorter than the record itself
            raise _without_end(file, archive, "can't read Zip file") from None
    file_size = _seek(file, 0, archive, 2)
    window = _LONGEST_COMMENT + _END_SIZE
    if habits.reads_zip64:
        window += _END_64_SIZE + _LOCATOR_64_SIZE
    start = max(file_size - window, 0)
    _seek(file, start, archive)
    try:
        data = file.read(window)
    except OSError:
        raise ArchiveError(f"can't read Zip file: {archive!r}") from None
    if not habits.reads_zip64 and data[-_END_SIZE : -_END_SIZE + 4] == b"PK\x05\x06":
        at = len(data) - _END_SIZE
    else:
        at = data.rfind(b"PK\x05\x06")
    if habits.reads_zip64:
        at64 = data.rfind(b"PK\x06\x06")
        if at64 >= 0 and at64 + _END_64_SIZE + _LOCATOR_64_SIZE == at:
            end = data[at64 : at64 + _END_64_SIZE]
            sizes = _number(end[40:48]), _number(end[48:56]), _number(end[24:32])
            return *sizes, file_size - len(data) + at64
    if at < 0:
        raise _without_end(file, archive, "not a Zip file")
    end = data[at : at + _END_SIZE]
    if len(end) != _END_SIZE:
        raise ArchiveError(f"corrupt Zip file: {archive!r}")
    count = _number(end[8:10]) if habits.reads_zip64 else None
    return _number(end[12:16]), _number(end[16:20]), count, file_size - len(data) + at


def _without_end(file: "BufferedReader", archive: str, text: str) -> ArchiveError:
    """Make the error for a file that has no end record: a cut archive, if it begins like one."""
    try:
        file.seek(0)
        begins = file.read(4)
    except OSError:
        begins = b""
    reason = "corrupt-archive" if begins in (b"PK\x03\x04", b"PK\x05\x06") else "not-an-archive"
    return ArchiveError(f"{text}: {archive!r}", reason)


def _read_headers(
    file: "BufferedReader",
    archive: str,
    directory_offset: int,
    moved: int,
    count: "int | None",
    habits: "Habits",
) -> "Index":
    index: Index = {}
    seen = 0
    while True:
        header = file.read(_HEADER_SIZE)
        if len(header) < 4:
            raise EOFError("EOF read where not expected")
        if header[:4] != b"PK\x01\x02":
            if count is not None and seen != count:
                raise ArchiveError(f"mismatched num_entries: {seen} should be {count} in {archive!r}")
            return index
        if len(header) != _HEADER_SIZE:
            raise EOFError("EOF read where not expected")
        if not habits.reads_zip64 and _number(header[42:46]) > directory_offset:
            raise ArchiveError(f"bad local header offset: {archive!r}")
        name, entry = _read_header(file, archive, header, habits)
        if entry[4] > directory_offset:
            raise ArchiveError(f"bad local header offset: {archive!r}")
        index[name] = (*entry[:4], entry[4] + moved, *entry[5:])
        seen += 1


def _read_header(
    file: "BufferedReader", archive: str, header: bytes, habits: "Habits"
) -> "tuple[str, Entry]":
    """Read what follows the fixed part of one header of the central directory."""
    name_size, extra_size, comment_size = (_number(header[at : at + 2]) for at in (28, 30, 32))
    raw_name = file.read(name_size)
    rest_size = extra_size + comment_size
    rest = file.read(rest_size)
    if len(raw_name) != name_size or len(rest) != rest_size:
        raise ArchiveError(f"can't read Zip file: {archive!r}")
    name = _decode_name(raw_name, _number(header[8:10]), archive, habits)
    data_size, size, offset = (_number(header[at : at + 4]) for at in (20, 24, 42))
    if habits.reads_zip64 and _IN_EXTRA in (size, data_size, offset):
        size, data_size, offset = _from_extra(rest, size, data_size, offset, archive)
    compression, time, date = (_number(header[at : at + 2]) for at in (10, 12, 14))
    return name, (
        join(archive, name),
        compression,
        data_size,
        size,
        offset,
        time,
        date,
        _number(header[16:20]),
    )


def _decode_name(raw: bytes, flags: int, archive: str, habits: "Habits") -> str:
    if flags & _UTF8_FLAG:
        try:
            name = raw.decode()
        except UnicodeDecodeError:
            if habits.excuses_zip_names:
                raise ArchiveError(f"can't decode file name in Zip file: {archive!r}") from None
            raise
    else:
        # The historical encoding of zips is code page 437, which needs a table above ASCII.
        name = raw.decode("latin-1")
        if not raw.isascii():
            name = name.translate(zipimport.cp437_table)
    return name.replace("/", SEPARATOR)


def _from_extra(extra: bytes, size: int, data_size: int, offset: int, archive: str) -> tuple[int, int, int]:
    """Take the numbers that did not fit into their header fields from the zip64 extra field."""
    problem = ArchiveError(f"can't read header extra: {archive!r}")
    while extra:
        if len(extra) < 4:
            raise problem
        tag, length = _number(extra[:2]), _number(extra[2:4])
        if len(extra) < 4 + length:
            raise problem
        if tag == _ZIP64_TAG:
            # zipimport measures all that is left of the extra fields here, not this field alone.
            if (len(extra) - 4) % 8 or (len(extra) - 4) // 8 > 3:
                raise problem
            values = [_number(extra[at : at + 8]) for at in range(4, len(extra), 8)]
            if size == _IN_EXTRA:
                size = values.pop(0)
            if data_size == _IN_EXTRA:
                data_size = values.pop(0)
            if offset == _IN_EXTRA:
                offset = values.pop(0)
            break
        extra = extra[4 + length :]
    return size, data_size, offset


def _add_directories(index: "Index") -> None:
    """Name the directories that an archive only implies, as newer versions do (no entry of their own)."""
    for name in list(index):
        cut = name.rstrip(SEPARATOR).rfind(SEPARATOR)
        while cut >= 0:
            name = name[: cut + 1]  # walking up from one name
            if name in index:
                break
            index[name] = None
            cut = name.rstrip(SEPARATOR).rfind(SEPARATOR)
