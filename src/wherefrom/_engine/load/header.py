"""What nearly every load meets: bytecode where it always lies, and a module with nothing in it yet.

Decides nothing else: ``bytecode.py`` has the rules of all files of bytecode, ``modules.py`` those of all
modules. It is apart from these since every traced program loads it; the plain imports of worlds use it too.

Mirrors ``_code_to_timestamp_pyc`` and ``_validate_timestamp_pyc`` (``importlib/_bootstrap_external.py``),
and ``_init_module_attrs`` (``importlib/_bootstrap.py``).
"""

import sys
from marshal import loads

from ..genuine import MAGIC_NUMBER, name_file_of_code

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

Module: "Any" = type(sys)
HAS_CACHED = sys.version_info < (3, 15)  # whether modules have a __cached__
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


def plain_module(spec: "Any", cached: "str | None") -> "Any":
    """Make an empty module for a spec of a file, all attributes written at once.

    Args:
        spec: a genuine spec with a location.
        cached: what ``__cached__`` and the spec's ``cached`` will be.
    """
    name, locations = spec.name, spec.submodule_search_locations
    module = Module(name)
    namespace = module.__dict__
    # These three are there already, as None; the others come in the order in which CPython sets them.
    namespace["__loader__"] = spec.loader
    namespace["__package__"] = name.rpartition(".")[0] if locations is None else name
    namespace["__spec__"] = spec
    if locations is not None:
        namespace["__path__"] = locations
    namespace["__file__"] = spec.origin
    if HAS_CACHED and cached is not None:
        spec.cached = namespace["__cached__"] = cached
    return module
