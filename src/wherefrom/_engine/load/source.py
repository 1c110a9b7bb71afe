"""The code of a module from a file: cached bytecode if it may be used, else compiled source.

Decides between the two, and whether the compiled code is kept. Every cached file gets its verdict in
the record, with the numbers that it rests on. ``bytecode.py`` knows the rules of the files;
``execute.py`` runs what comes out here.

Mirrors ``SourceLoader.get_code``, ``SourceFileLoader.set_data`` and ``SourcelessFileLoader.get_code``
(``importlib/_bootstrap_external.py``). A loader takes part with the methods that these call; one of
the interpreter's own is served without, by the disk.
"""

import marshal
import sys

from ..find.answer import describe_error
from ..genuine import name_file_of_code
from ..paths import join, split
from .bytecode import (
    BytecodeError,
    cache_from_source,
    checks_hash,
    dated,
    flags_of,
    hash_of,
    hashed,
    number_at,
)
from .header import CODE, HEADER_SIZE, dated_header

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

    from ..system import System

# From 3.15 on the compiler is told the module's name, for warnings.
_COMPILES_FOR_MODULE = sys.version_info >= (3, 15)


class FileSource:
    """A source file as the interpreter's own loader of source has it: all by the disk.

    Loaders of the adapter for CPython's tests stand in its place; these are the methods used.
    """

    __slots__ = ("name", "path", "system")

    def __init__(self, system: "System", name: str, path: str) -> None:
        self.system = system
        self.name = name
        self.path = path

    def path_stats(self, path: str) -> "dict[str, Any]":
        """Tell a source's time and size."""
        status = self.system.disk.stat(path)
        return {"mtime": status.st_mtime, "size": status.st_size}

    def get_data(self, path: str) -> bytes:
        """Read a file."""
        return self.system.disk.read(path)

    def source_to_code(self, data: bytes, path: str, fullname: "str | None" = None) -> "Any":
        """Compile a source."""
        return compiled(data, path, fullname)

    def _cache_bytecode(self, source_path: str, cached_path: str, data: bytes) -> None:
        write_bytecode(self.system, self.name, source_path, cached_path, data)


def compiled(data: "Any", path: str, name: "str | None", optimize: int = -1) -> "Any":
    """Compile the source of a module.

    Raises:
        SyntaxError: as the compiler raises it.
    """
    if _COMPILES_FOR_MODULE:
        return compile(data, path, "exec", dont_inherit=True, optimize=optimize, module=name)  # type: ignore[call-overload]  # a parameter since 3.15
    return compile(data, path, "exec", dont_inherit=True, optimize=optimize)


def cached_path(system: "System", path: str) -> "str | None":
    """Say where the bytecode of a source is cached; None if there are no cached files."""
    try:
        return cache_from_source(path, prefix=system.state.pycache_prefix, getcwd=system.disk.getcwd)
    except NotImplementedError:
        return None


# -- the usual case, in one function --------------------------------------------------------------


def code_of_file(system: "System", name: str, path: str, cached: "str | None") -> "Any":
    """Come by the code of a source file, the quick way: by bytecode that is dated and fits.

    Whatever is not usual is left to `code_of_source`, which begins anew.

    Args:
        system: the import system that loads.
        name: the module's absolute name.
        path: the source file.
        cached: where its bytecode is cached; None if there are no cached files.

    Raises:
        Exception: what reading, decoding or compiling raises, as for the interpreter's own loader.
    """
    if cached is None:
        return code_of_source(system, name, path, FileSource(system, name, path), None)
    disk = system.disk
    try:
        status = disk.stat(path)
        data, written = disk.read_dated(cached)
    except OSError:
        return code_of_source(system, name, path, FileSource(system, name, path), cached)
    mtime, size = int(status.st_mtime), status.st_size
    if data[:HEADER_SIZE] != dated_header(mtime, size):
        return code_of_source(system, name, path, FileSource(system, name, path), cached)
    doubt = doubt_of(mtime, written)
    system.record.bytecode_judged(name, cached, "valid", mtime, mtime, size, size, doubt=doubt)
    return _code_in(system, name, cached, data, path)


def doubt_of(mtime: int, written: float) -> "str | None":
    """Say whether the times in bytecode can tell a changed source from an unchanged one.

    They are whole seconds. Bytecode written in the second in which its source was changed last fits
    every further change of the same length within that second.

    Args:
        mtime: when the source was modified, in whole seconds.
        written: when the bytecode was, in seconds.
    """
    return "written-in-the-same-tick" if written < mtime + 1 else None


# -- every case, step by step ---------------------------------------------------------------------


class _Found:
    """What is known of a source and its bytecode on the way to the code.

    Attributes:
        mtime: the source's modification time in whole seconds; None if it could not be looked at.
        size: its size, if the loader tells it.
        source: its content, once it was read.
        hash: its hash, once that was needed.
        is_hashed: whether the bytecode is bound to the source by a hash.
        is_checked: whether that hash is to be compared.
    """

    __slots__ = ("hash", "is_checked", "is_hashed", "mtime", "size", "source")

    def __init__(self) -> None:
        self.mtime: int | None = None
        self.size: int | None = None
        self.source: Any = None
        self.hash: bytes | None = None
        self.is_hashed = False
        self.is_checked = True


def code_of_source(system: "System", name: str, path: str, loader: "Any", cached: "str | None") -> "Any":
    """Come by the code of a source, whatever state its bytecode is in.

    Args:
        system: the import system that loads.
        name: the module's absolute name.
        path: the source file.
        loader: gives time and size, reads, compiles and writes: the methods of ``SourceLoader``.
        cached: where its bytecode is cached; None if there are no cached files.

    Raises:
        Exception: what the loader's methods raise.
    """
    found = _Found()
    if cached is None:
        system.record.bytecode_judged(name, None, "no-names")
    else:
        data = _usable_bytecode(system, name, path, loader, cached, found)
        if data is not None:
            return _code_in(system, name, cached, data, path)
    if found.source is None:
        found.source = loader.get_data(path)
    code = _compile(system, name, path, loader, found.source)
    if cached is not None and found.mtime is not None:
        _keep(system, name, path, loader, cached, found, code)
    return code


def _usable_bytecode(
    system: "System", name: str, path: str, loader: "Any", cached: str, found: _Found
) -> "bytes | None":
    """Read a source's bytecode and judge it; None if it may not be used."""
    record = system.record
    try:
        stats = loader.path_stats(path)
    except OSError as error:
        record.bytecode_judged(name, cached, "no-source-times", magic=describe_error(error))
        return None
    found.mtime = int(stats["mtime"])
    try:
        data: bytes = loader.get_data(cached)
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        record.bytecode_judged(
            name, cached, "absent" if missing else "unreadable", found.mtime, source_size=stats.get("size")
        )
        return None
    try:
        flags = flags_of(data, name, cached)
        found.is_hashed = bool(flags & 0b01)
        if found.is_hashed:
            _judge_hash(system, name, path, loader, cached, data, flags, found)
        else:
            _judge_times(system, name, cached, data, found, stats["size"])
    except BytecodeError as problem:
        if problem.outcome in ("other-magic", "cut-off", "bad-flags"):
            record.bytecode_judged(name, cached, problem.outcome, found.mtime, magic=data[:4].hex())
        return None
    return data


def _judge_times(
    system: "System", name: str, cached: str, data: bytes, found: _Found, size: "int | None"
) -> None:
    """Compare the time and size in bytecode with those of the source.

    Raises:
        BytecodeError: they differ.
    """
    mtime = found.mtime or 0
    its_mtime, its_size = number_at(data, 8), number_at(data, 12)
    outcome, doubt = "valid", None
    if its_mtime != mtime & 0xFFFFFFFF:
        outcome = "other-mtime"
    elif size is not None and its_size != size & 0xFFFFFFFF:
        outcome = "other-size"
    else:
        try:
            doubt = doubt_of(mtime, system.disk.stat(cached).st_mtime)
        except OSError:  # a loader of others' may have its bytecode from anywhere
            pass
    system.record.bytecode_judged(name, cached, outcome, mtime, its_mtime, size, its_size, doubt=doubt)
    if outcome != "valid":
        raise BytecodeError(outcome, ImportError(f"bytecode is stale for {name!r}", name=name, path=cached))


def _judge_hash(
    system: "System", name: str, path: str, loader: "Any", cached: str, data: bytes, flags: int, found: _Found
) -> None:
    """Compare the hash in bytecode with that of the source, if the settings want it.

    Raises:
        BytecodeError: they differ.
    """
    found.is_checked = bool(flags & 0b10)
    its_hash = data[8:HEADER_SIZE]
    if not checks_hash(flags):
        system.record.bytecode_judged(name, cached, "trusted", cached_hash=its_hash.hex())
        return
    found.source = loader.get_data(path)
    found.hash = hash_of(found.source)
    outcome = "valid" if its_hash == found.hash else "other-hash"
    system.record.bytecode_judged(
        name, cached, outcome, source_hash=found.hash.hex(), cached_hash=its_hash.hex()
    )
    if outcome != "valid":
        message = f"hash in bytecode doesn't match hash of source {name!r}"
        raise BytecodeError(outcome, ImportError(message, name=name, path=cached))


def _code_in(system: "System", name: str, cached: str, data: bytes, path: "str | None" = None) -> "Any":
    """Take the code out of bytecode whose header is right.

    Raises:
        ImportError: what is in it is no code.
        EOFError, ValueError, TypeError: it is cut off or broken.
    """
    try:
        code = marshal.loads(memoryview(data)[HEADER_SIZE:])
    except Exception:
        system.record.bytecode_judged(name, cached, "broken")
        raise
    if not isinstance(code, CODE):
        system.record.bytecode_judged(name, cached, "not-code")
        raise ImportError(f"Non-code object in {cached!r}", name=name, path=cached)
    if path is not None:
        name_file_of_code(code, path)
    return code


def _compile(system: "System", name: str, path: str, loader: "Any", source: "Any") -> "Any":
    try:
        if _COMPILES_FOR_MODULE:
            code = loader.source_to_code(source, path, name)
        else:
            code = loader.source_to_code(source, path)
    except BaseException as error:
        system.record.source_compiled(name, path, "failed", describe_error(error))
        raise
    system.record.source_compiled(name, path, "compiled")
    return code


# -- writing --------------------------------------------------------------------------------------


def _keep(
    system: "System", name: str, path: str, loader: "Any", cached: str, found: _Found, code: "Any"
) -> None:
    """Write compiled code to where the next import looks for it, if that is wanted."""
    if system.state.dont_write_bytecode:
        system.record.bytecode_written(name, cached, "not-wanted")
        return
    if found.is_hashed:
        data = hashed(code, found.hash or hash_of(found.source), checked=found.is_checked)
    else:
        data = dated(code, found.mtime or 0, len(found.source))
    try:
        loader._cache_bytecode(path, cached, data)
    except NotImplementedError:
        pass


def write_bytecode(
    system: "System", name: str, path: str, cached: str, data: bytes, mode: "int | None" = None
) -> None:
    """Write a cached file with the rights of its source; whatever prevents it is no error.

    Args:
        system: the import system that loads.
        name: the module's name, for the record.
        path: the source file, whose rights are taken over.
        cached: the file to write; missing directories are made.
        data: its content.
        mode: the rights, where they are not the source's.
    """
    record, disk = system.record, system.disk
    problem = _make_directories(system, split(cached)[0])
    if problem is not None:
        record.bytecode_written(name, cached, "no-directory", problem)
        return
    try:
        disk.write(cached, data, _mode_of(system, path) if mode is None else mode)
    except OSError as error:
        record.bytecode_written(name, cached, "failed", describe_error(error))
        return
    record.bytecode_written(name, cached, "written")


def _mode_of(system: "System", path: str) -> int:
    try:
        mode: int = system.disk.stat(path).st_mode
    except OSError:
        mode = 0o666
    # Writable even if the source is not: on Windows it could never be replaced otherwise.
    return mode | 0o200


def _make_directories(system: "System", directory: str) -> "str | None":
    """Make a directory and what is missing above it; tell what prevented it."""
    missing = []
    while directory and not system.disk.is_directory(directory):
        directory, part = split(directory)
        missing.append(part)
    for part in reversed(missing):
        directory = join(directory, part)
        try:
            system.disk.mkdir(directory)
        except FileExistsError:  # another process was quicker
            continue
        except OSError as error:
            return describe_error(error)
    return None


# -- bytecode without a source --------------------------------------------------------------------


def code_of_bytecode(system: "System", name: str, path: str, data: bytes) -> "Any":
    """Come by the code of a module that has bytecode only; its times and hashes bind it to nothing.

    Raises:
        ImportError: it is of another version, has flags that nobody defined, or holds no code.
        EOFError, ValueError, TypeError: it is cut off or broken.
    """
    try:
        flags_of(data, name, path)
    except BytecodeError as problem:
        system.record.bytecode_judged(name, path, problem.outcome, magic=data[:4].hex())
        raise problem.error from None
    system.record.bytecode_judged(name, path, "trusted")
    return _code_in(system, name, path, data)
