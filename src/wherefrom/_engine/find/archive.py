"""One archive: is the module in it, and under which file name?

Tells what ``zipimporter.find_spec`` does, down to the reading of the member that the spec's origin
is taken from, with one difference: source in an archive is not compiled here, so a syntax error in
it shows when the module is loaded, not when it is found. Runs no code.
"""

import marshal
import time

from ..genuine import imp, zipimport
from ..interpreter import HERE
from ..paths import SEPARATOR, split
from .answer import Answer
from .archive_index import ArchiveError

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from ..system import System
    from .archive_index import Entry, Index
    from .directory import Question

FINDER = "zipimporter"

# (what follows the module's path, is bytecode, is a package), in the order of the search.
_ORDER = (
    (f"{SEPARATOR}__init__.pyc", True, True),
    (f"{SEPARATOR}__init__.py", False, True),
    (".pyc", True, False),
    (".py", False, False),
)
_UNKNOWN = "<unknown>"  # what a spec's origin says when the loader cannot tell the file

_CODE = type((lambda: None).__code__)
_STORED, _DEFLATED = 0, 8


def search_archive(
    system: "System", question: "Question", entry: str, archive: str, prefix: str, index: "Index"
) -> "Answer | None":
    """Search one archive, or a directory in it.

    Args:
        system: the import system that asks.
        question: the name that is asked for.
        entry: the path entry, as it stands on the path.
        archive: the archive's file.
        prefix: the path inside the archive, with a trailing separator, or empty.
        index: what the archive holds.

    Returns:
        The answer; one of kind ``namespace`` is only a portion. None if nothing is there.

    Raises:
        Exception: what ``zipimporter.find_spec`` raises for a member that cannot be read.
    """
    record, name = system.record, question.name
    inner = prefix + question.tail
    for suffix, _, is_package in _ORDER:
        if inner + suffix in index:
            origin = _origin(system, name, archive, inner, index)
            locations = None
            if is_package:
                locations = [split(origin)[0]]
            kind = "bytecode" if origin.endswith(".pyc") else "source"
            answer = Answer(name, kind, FINDER, origin, loader=entry, entry=entry, locations=locations)
            answer.has_location = True
            return answer
        record.candidate_seen(name, f"{archive}{SEPARATOR}{inner}{suffix}", "absent")
    if inner + SEPARATOR in index:
        location = f"{archive}{SEPARATOR}{inner}"
        record.candidate_seen(name, location, "no-init")
        return Answer(name, "namespace", FINDER, origin=None, entry=entry, locations=[location])
    return None


def _origin(system: "System", name: str, archive: str, inner: str, index: "Index") -> str:
    """Say which member the module would be loaded from: the first in the order that is usable."""
    record = system.record
    for suffix, is_bytecode, _ in _ORDER:
        entry = index.get(inner + suffix)
        if entry is None:
            continue
        try:
            usable = _is_usable(system, archive, inner + suffix, entry, is_bytecode, index)
        except (ImportError, ArchiveError):
            # Taken by spec_from_file_location for a loader that cannot tell its file; bytecode that
            # is merely of another version is passed over instead.
            record.candidate_seen(name, entry[0], "unreadable")
            return _UNKNOWN
        record.candidate_seen(name, entry[0], "chosen" if usable else "unusable-bytecode")
        if usable:
            return entry[0]
    return _UNKNOWN


def _is_usable(
    system: "System", archive: str, inner: str, entry: "Entry", is_bytecode: bool, index: "Index"
) -> bool:
    if not is_bytecode:
        if system.interpreter.habits.opens_zip_source:
            member_data(system, archive, entry)
        return True
    data = member_data(system, archive, entry)
    try:
        if not _matches_source(system, archive, inner, data, index):
            return False
    except (ImportError, ArchiveError):  # of another version, or the hash of its source has changed
        return False
    # Only the interpreter that wrote bytecode can read it.
    if system.interpreter is HERE and not isinstance(marshal.loads(data[16:]), _CODE):
        raise TypeError(f"compiled module {entry[0]!r} should be a code object")
    return True


def _matches_source(system: "System", archive: str, inner: str, data: bytes, index: "Index") -> bool:
    """Judge bytecode by its header (PEP 552) and by the source beside it in the archive.

    Raises:
        ImportError: the bytecode is of another version or its hash does not match.
        EOFError: the header is cut off.
    """
    magic = system.interpreter.habits.magic
    if data[:4] != magic:
        raise ImportError("bad magic number")
    if len(data) < 16:
        raise EOFError("reached EOF while reading pyc header")
    flags = int.from_bytes(data[4:8], "little")
    if flags & ~0b11:
        raise ImportError("invalid flags")
    source = index.get(inner[:-1])
    if flags & 0b1:
        wanted = imp.check_hash_based_pycs
        if source is None or wanted == "never" or not (flags & 0b10 or wanted == "always"):
            return True
        hashed = imp.source_hash(int.from_bytes(magic, "little"), member_data(system, archive, source))
        if hashed != data[8:16]:
            raise ImportError("hash in bytecode doesn't match hash of source")
        return True
    if source is None:
        return True
    modified = _seconds(source[6], source[5])
    # Times in zips have a step of two seconds, so one second off is still the same time.
    same_time = abs(int.from_bytes(data[8:12], "little") - modified) <= 1
    return not modified or (same_time and int.from_bytes(data[12:16], "little") == source[3])


def _seconds(date: int, clock: int) -> float:
    """Turn the date and time of a zip's entry into seconds since the epoch."""
    day = (date >> 9) + 1980, (date >> 5) & 0x0F, date & 0x1F
    hour = clock >> 11, (clock >> 5) & 0x3F, (clock & 0x1F) * 2
    return time.mktime((*day, *hour, -1, -1, -1))


def member_data(system: "System", archive: str, entry: "Entry") -> bytes:
    """Read one member of an archive and decompress it.

    Raises:
        ArchiveError: zipimport would call the member unreadable with an ``ImportError``.
        EOFError, OSError: the archive is cut off, or cannot be opened.
        Exception: the decompressor's own error for damaged data.
    """
    _, compression, data_size, _, offset, *_ = entry
    with system.disk.open(archive) as file:
        try:
            file.seek(offset)
        except OSError:
            raise ArchiveError(f"can't read Zip file: {archive!r}") from None
        header = file.read(30)
        if len(header) != 30:
            raise EOFError("EOF read where not expected")
        if header[:4] != b"PK\x03\x04":
            raise ArchiveError(f"bad local file header: {archive!r}")
        name_size, extra_size = (int.from_bytes(header[at : at + 2], "little") for at in (26, 28))
        file.seek(offset + 30 + name_size + extra_size)
        data = file.read(data_size)
    if len(data) != data_size:
        raise OSError("zipimport: can't read data")
    return _decompressed(data, compression)


def _decompressed(data: bytes, compression: int) -> bytes:
    if compression == _STORED:
        return data
    choose = getattr(zipimport, "_get_zlib_decompress_func", None)
    if choose is not None and compression != _DEFLATED:
        return _by_number(data, compression)
    # Up to 3.14 whatever is not stored goes through zlib, whose error then reaches the program.
    try:
        from zlib import decompress
    except ImportError:
        raise ArchiveError("can't decompress data; zlib not available") from None
    return decompress(data, -15)


def _by_number(data: bytes, compression: int) -> bytes:
    """Decompress what is neither stored nor deflated, where the version tells methods apart (3.15)."""
    if compression != 93:
        raise ArchiveError(f"zipimport: unsupported compression {compression}")
    try:
        return bytes(zipimport._zstd_decompress(data))
    except Exception:  # zipimport turns every failure of it into one ImportError
        raise ArchiveError("could not decompress zstd data") from None
