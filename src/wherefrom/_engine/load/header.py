"""The header of bytecode that is bound to its source by time and size: what the usual import compares.

Decides nothing: ``bytecode.py`` has the rules of all files of bytecode. It is apart from these since every
traced program begins with reading it.

Mirrors ``_code_to_timestamp_pyc`` (``importlib/_bootstrap_external.py``).
"""

from ..genuine import MAGIC_NUMBER

HEADER_SIZE = 16
_DATED = MAGIC_NUMBER + bytes(4)


def dated_header(mtime: int, size: int) -> bytes:
    """Give the header of bytecode that is bound to its source by time and size."""
    return _DATED + (mtime & 0xFFFFFFFF).to_bytes(4, "little") + (size & 0xFFFFFFFF).to_bytes(4, "little")
