"""Bytecode as nearly every import meets it: where it lies, and whether it fits its source by time and size.

Decides nothing else: ``bytecode.py`` has the rules of all files of bytecode. It is apart from these since
every traced program loads it, and the plain imports of worlds use it too.

Mirrors ``_code_to_timestamp_pyc`` and ``_validate_timestamp_pyc`` (``importlib/_bootstrap_external.py``).
"""

import sys
from marshal import loads

from ..genuine import MAGIC_NUMBER, name_file_of_code

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

CODE: "Any" = type((lambda: None).__code__)
HEADER_SIZE = 16
TAG = sys.implementation.cache_tag
_DATED = MAGIC_NUMBER + bytes(4)
_ENDING = f".{TAG}.opt-{sys.flags.optimize}.pyc" if sys.flags.optimize else f".{TAG}.pyc"


def dated_header(mtime: int, size: int) -> bytes:
    """Give the header of bytecode that is bound to its source by time and size."""
    return _DATED + (mtime & 0xFFFFFFFF).to_bytes(4, "little") + (size & 0xFFFFFFFF).to_bytes(4, "little")


def usual_place(path: str) -> str:
    """Say where the bytecode of a source lies if nobody has asked for another place."""
    folder, _, file = path.rpartition("/")
    return f"{folder}/__pycache__/{file[:-3]}{_ENDING}"


def fitting_code(data: bytes, path: str, status: "Any") -> "Any":
    """Take the code out of bytecode that fits its source; None if it does not, or holds no code.

    Args:
        data: the content of the file.
        path: the source.
        status: the source's status.

    Raises:
        EOFError, ValueError, TypeError: it is cut off or broken.
    """
    if data[:HEADER_SIZE] != dated_header(int(status.st_mtime), status.st_size):
        return None
    code = loads(memoryview(data)[HEADER_SIZE:])
    if code.__class__ is not CODE:
        return None
    name_file_of_code(code, path)
    return code
