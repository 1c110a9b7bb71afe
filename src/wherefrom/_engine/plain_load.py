"""The plain load: a module from a source file whose cached bytecode fits, told in two rows and fast.

Decides what is plain: the spec was found by ``plain.py`` just now, the loader is the interpreter's own and
unchanged, and the bytecode is bound to the source by its time and size. Runs nothing: it makes the module
and comes by its code. Whatever is not plain is left to the interpreter. Read ``live.py`` first.

Mirrors ``_load_unlocked`` (``importlib/_bootstrap.py``) and ``SourceLoader.get_code``
(``importlib/_bootstrap_external.py``).
"""

import sys

from .disk import Disk
from .genuine import ModuleSpec, SourceFileLoader, bootstrap, external
from .load.header import TAG, fitting_code, plain_module, usual_place
from .load.untouched import form_of
from .seam import all_relabelled

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

_TALKS = bool(sys.flags.verbose)  # then the interpreter tells each step on the standard error
_DISK = Disk()

run: "Any" = SourceFileLoader.exec_module
# What else takes part in a load, and somebody may have put something else for.
_KEPT = external.__dict__
_CACHE, _CLASSIFY = _KEPT["cache_from_source"], _KEPT["_classify_pyc"]
_VALIDATE, _COMPILE = _KEPT["_validate_timestamp_pyc"], _KEPT["_compile_bytecode"]
_MODULE_FROM_SPEC = bootstrap.module_from_spec


class Ready:
    """What stands for the loader when a module is run: its code is here already."""

    __slots__ = ("cached", "code", "module", "status")

    def __init__(self, module: "Any", code: "Any", cached: str, status: "Any") -> None:
        self.module = module
        self.code = code
        self.cached = cached
        self.status = status

    def get_code(self, name: str) -> "Any":
        """Give the code."""
        return self.code


def prepared(spec: "Any", found: "tuple[Any, Any]") -> "Ready | None":
    """Make a plain module and come by its code.

    Args:
        spec: the spec that is to be loaded.
        found: the spec that was found last, with the status of its file.

    Returns:
        The module, not registered yet, with its code; None if the load is not plain.

    Raises:
        EOFError, ValueError, TypeError: the bytecode is cut off or broken.
    """
    if found[0] is not spec or spec.__class__ is not ModuleSpec or _TALKS:
        return None
    loader = spec.loader
    if loader.__class__ is not SourceFileLoader or spec._cached is not None or form_of(loader) != "source":
        return None
    if not _all_genuine() or spec.name in sys.modules:
        return None
    path, status = loader.path, found[1]
    cached = usual_place(path)
    data = _read(cached)
    if data is None:
        return None
    code = fitting_code(data, path, status)
    if code is None:
        return None
    return Ready(plain_module(spec, cached), code, cached, status)


def _all_genuine() -> bool:
    return (
        sys.pycache_prefix is None
        and sys.implementation.cache_tag == TAG
        and _KEPT["cache_from_source"] is _CACHE
        and _KEPT["_classify_pyc"] is _CLASSIFY
        and _KEPT["_validate_timestamp_pyc"] is _VALIDATE
        and _KEPT["_compile_bytecode"] is _COMPILE
        and bootstrap.module_from_spec is _MODULE_FROM_SPEC
        and SourceFileLoader.exec_module is run
    )


def _read(cached: str) -> "bytes | None":
    """Read bytecode; None if there is none.

    Of what is not there, an audit hook would hear twice if it were opened, by us and by the interpreter, and
    so would an ``__import__`` of the program's own, by which ``open_code`` comes by ``_io``.
    """
    if not _DISK.exists(cached):
        return None
    try:
        return _DISK.read(cached)
    except OSError:
        return None


all_relabelled(globals())
