"""Cached bytecode: where it lies, whether it may be used, how it is written.

Decides by the rules of PEP 3147 and 488 (names), PEP 552 (headers) and of the settings that go with
them. Compiles nothing and runs nothing. Read ``source.py`` next, which uses the verdicts.

Mirrors ``cache_from_source``, ``source_from_cache``, ``_classify_pyc``, ``_validate_timestamp_pyc``,
``_validate_hash_pyc`` and ``_code_to_*_pyc`` (``importlib/_bootstrap_external.py``).
"""

import marshal
import sys

from ..genuine import MAGIC_NUMBER, imp, source_hash
from ..paths import ON_WINDOWS, SEPARATOR, absolute, join, split
from .header import HEADER_SIZE, dated_header

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

FOLDER = "__pycache__"
OPTIMIZED = "opt-"
_SEPARATORS = "\\/" if ON_WINDOWS else "/"
_RAW_MAGIC = int.from_bytes(MAGIC_NUMBER, "little")
_NO_FLAGS = bytes(4)


def cache_from_source(
    path: str,
    *,
    prefix: "str | None",
    getcwd: "Callable[[], str]",
    optimization: object = None,
) -> str:
    """Say where the bytecode of a source file is cached (PEP 3147, PEP 488).

    Args:
        path: the source file; nothing is looked at.
        prefix: the directory of all cached files (``sys.pycache_prefix``); None for ``__pycache__``.
        getcwd: tells the current directory, which a prefix is combined with for relative paths.
        optimization: the optimisation level; None for the running one, empty for none.

    Raises:
        NotImplementedError: the interpreter has no cache tag.
        ValueError: the optimisation is not alphanumeric.
    """
    head, tail = split(path)
    base, dot, rest = tail.rpartition(".")
    tag = sys.implementation.cache_tag
    if tag is None:
        raise NotImplementedError("sys.implementation.cache_tag is None")
    if optimization is None:
        optimization = sys.flags.optimize or ""
    level = str(optimization)
    name = f"{base or rest}{dot}{tag}"
    if level:
        if not level.isalnum():
            raise ValueError(f"{optimization!r} is not alphanumeric")
        name = f"{name}.{OPTIMIZED}{level}"
    name += ".pyc"
    if prefix is None:
        return join(join(head, FOLDER), name) if ON_WINDOWS else f"{head}{'/' if head else ''}{FOLDER}/{name}"
    # Below the prefix the whole directory is repeated, so that no two sources share a file.
    head = absolute(head, getcwd)
    if head[1:2] == ":" and head[0] not in _SEPARATORS:
        head = head[2:]
    return join(join(prefix, head.lstrip(_SEPARATORS)), name)


def source_from_cache(path: str, *, prefix: "str | None") -> str:
    """Say which source file a cached file belongs to.

    Args:
        path: the cached file; nothing is looked at.
        prefix: the directory of all cached files, if there is one.

    Raises:
        NotImplementedError: the interpreter has no cache tag.
        ValueError: the path is none of a cached file.
    """
    if sys.implementation.cache_tag is None:
        raise NotImplementedError("sys.implementation.cache_tag is None")
    head, name = split(path)
    below_prefix = False
    if prefix is not None:
        stripped = prefix.rstrip(_SEPARATORS)
        if head.startswith(stripped + SEPARATOR):
            head = head[len(stripped) :]
            below_prefix = True
    if not below_prefix:
        head, folder = split(head)
        if folder != FOLDER:
            raise ValueError(f"{FOLDER} not bottom-level directory in {path!r}")
    dots = name.count(".")
    if dots not in (2, 3):
        raise ValueError(f"expected only 2 or 3 dots in {name!r}")
    if dots == 3:
        optimization = name.rsplit(".", 2)[-2]
        if not optimization.startswith(OPTIMIZED):
            raise ValueError(f"optimization portion of filename does not start with {OPTIMIZED!r}")
        level = optimization[len(OPTIMIZED) :]
        if not level.isalnum():
            raise ValueError(f"optimization level {optimization!r} is not an alphanumeric value")
    return join(head, name.partition(".")[0] + ".py")


class BytecodeError(Exception):
    """Bytecode that may not be used, with the verdict in one word.

    Attributes:
        outcome: the verdict, from the closed set of ``bytecode.judged``.
        error: the exception that the interpreter raises where there is no source to fall back to.
    """

    def __init__(self, outcome: str, error: Exception) -> None:
        super().__init__(outcome)
        self.outcome = outcome
        self.error = error


def flags_of(data: bytes, name: str, path: str) -> int:
    """Read the flags of bytecode, after a look at its magic number and length.

    Raises:
        BytecodeError: it is of another version, cut off, or has flags that nobody defined.
    """
    magic = data[:4]
    if magic != MAGIC_NUMBER:
        problem = ImportError(f"bad magic number in {name!r}: {magic!r}", name=name, path=path)
        raise BytecodeError("other-magic", problem)
    if len(data) < HEADER_SIZE:
        raise BytecodeError("cut-off", EOFError(f"reached EOF while reading pyc header of {name!r}"))
    if data[4:8] == _NO_FLAGS:
        return 0
    flags = int.from_bytes(data[4:8], "little")
    if flags & ~0b11:
        raise BytecodeError(
            "bad-flags", ImportError(f"invalid flags {flags!r} in {name!r}", name=name, path=path)
        )
    return flags


def number_at(data: bytes, at: int) -> int:
    """Read a number of four bytes."""
    return int.from_bytes(data[at : at + 4], "little")


def checks_hash(flags: int) -> bool:
    """Say whether bytecode with a hash has to be compared with its source (PEP 552)."""
    wanted = imp.check_hash_based_pycs
    return bool(wanted != "never" and (flags & 0b10 or wanted == "always"))


def hash_of(source: bytes) -> bytes:
    """Give the hash of a source, as it stands in bytecode."""
    hashed: bytes = source_hash(_RAW_MAGIC, source)
    return hashed


def dated(code: "Any", mtime: int, size: int) -> bytes:
    """Give the content of a cached file that is bound to its source by time and size."""
    return dated_header(mtime, size) + _dumped(code)


def hashed(code: "Any", source: bytes, *, checked: bool) -> bytes:
    """Give the content of a cached file that is bound to its source by its hash."""
    flags = 0b11 if checked else 0b01
    return MAGIC_NUMBER + _four(flags) + source + _dumped(code)


def _dumped(code: "Any") -> bytes:
    # marshal marks what is referred to more than once, and the interpreter's files always have this
    # mark on the outermost code: a second reference makes ours the same, byte for byte.
    held = [code]
    return marshal.dumps(held[0])


def _four(number: int) -> bytes:
    return (number & 0xFFFFFFFF).to_bytes(4, "little")
