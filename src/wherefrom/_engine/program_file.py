"""A program that is a file, or comes by the standard input: its code, and what ``__main__`` has of it.

Decides whether a file is bytecode. ``program.py`` brings this in for such programs.

Mirrors ``pymain_run_file``, ``pymain_run_stdin`` (``Modules/main.c``) and ``_PyRun_SimpleFile``
(``Python/pythonrun.c``).
"""

import marshal
import sys

from .disk import Disk
from .disk import system as os
from .genuine import MAGIC_NUMBER, SourceFileLoader, SourcelessFileLoader

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

    from .program import Start

_PYC_HEADER = 16
_HAS_CACHED = sys.version_info < (3, 15)


def try_hooks(path: str) -> None:
    """Try the path hooks on the program, as the interpreter does to see whether it can be entered."""
    cache = sys.path_importer_cache
    if path in cache:
        return
    cache[path] = None
    for hook in sys.path_hooks:
        try:
            cache[path] = hook(path)
        except ImportError:
            continue
        return


def code_of(start: "Start") -> "Any":
    """Give the program's code, and tell ``__main__`` where it is from.

    Raises:
        SyntaxError: it is no program.
        OSError: the file cannot be read.
        EOFError, ValueError, TypeError: it is broken bytecode.
    """
    options, main, kind = start.options, start.main, start.options["kind"]
    file = "<stdin>" if kind == "stdin" else options["file"]
    data = _standard_input() if kind == "stdin" else Disk().read(file)
    start.has_file = "__file__" not in main
    main["__file__"] = file
    if _HAS_CACHED:
        main["__cached__"] = None
    if kind == "script":
        cls = SourcelessFileLoader if _is_bytecode(file, data) else SourceFileLoader
        main["__loader__"] = cls("__main__", file)
        if cls is SourcelessFileLoader:
            return marshal.loads(data[_PYC_HEADER:])
    if options["skips_line"]:
        data = b"\n" + data.partition(b"\n")[2]
    return compile(data, file, "exec", dont_inherit=True)


def _standard_input() -> bytes:
    parts = []
    while part := os.read(0, 65536):
        parts.append(part)
    return b"".join(parts)


def _is_bytecode(file: str, data: bytes) -> bool:
    return file.endswith(".pyc") or data[:2] == MAGIC_NUMBER[:2]
