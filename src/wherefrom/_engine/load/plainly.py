"""The plain load of a world: a module from a source file whose cached bytecode fits, told in two rows.

Decides what is plain: the spec was found by ``find/plainly.py`` just now, the loader is the interpreter's
own and unchanged, the bytecode lies where it always does and is bound to the source by its time and size.
Whatever is not plain is left to ``execute.py``, and nothing has been told then. Read that first: the story
is the same.

Mirrors ``_load_unlocked`` (``importlib/_bootstrap.py``) and ``SourceLoader.get_code``
(``importlib/_bootstrap_external.py``).
"""

import sys
from time import perf_counter_ns as clock

from ..find.answer import describe_error
from ..genuine import SourceFileLoader
from .execute import MISSING, settle, tell_removed
from .header import TAG, fitting_code, plain_module, usual_place
from .source import doubt_of
from .untouched import form_of
from .watching import changes_since, pieces_of

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

    from ..system import System


def load_plainly(system: "System", spec: "Any", status: "Any") -> "tuple[Any, int] | None":
    """Load a plain module; the caller holds its lock.

    Args:
        system: the import system that loads.
        spec: the spec, found just now.
        status: the status of its file.

    Returns:
        What is in ``modules`` in the end, and when it had been run, which the caller is to tell; 0 if
        that has been told. None if the load is not plain.

    Raises:
        BaseException: whatever running the module raises.
    """
    ready = _prepared(system, spec, status)
    if ready is None:
        return None
    code, module, cached, doubt = ready
    name, record, modules = spec.name, system.record, system.state.modules
    namespace, builtins = module.__dict__, system.builtins
    if builtins is not None:
        namespace["__builtins__"] = builtins
    before = pieces_of(system)
    spec._initializing = True
    try:
        modules[name] = module
        try:
            record.load_plain(name, cached, int(status.st_mtime), status.st_size, doubt)
            exec(code, namespace)
            ran_at = clock()
            changed = changes_since(system, name, before)
        except BaseException as error:
            removed = modules.pop(name, MISSING)  # at once, as execute.py says
            _tell_failure(system, name, before, removed, error)
            raise
        settled = modules.pop(name, MISSING)
        if changed or settled is not module:
            return _settled(system, name, module, settled), 0
        modules[name] = module
    finally:
        spec._initializing = False
    return module, ran_at


def _tell_failure(
    system: "System", name: str, before: "tuple[Any, ...]", removed: "Any", error: BaseException
) -> None:
    text = describe_error(error)
    changes_since(system, name, before)
    system.record.run_ended(name, "raised", text)
    tell_removed(system, name, removed)
    system.record.load_ended(name, "failed", text)


def _prepared(system: "System", spec: "Any", status: "Any") -> "Any":
    """Come by the code, and make the module: both, where the bytecode is cached, and what is doubtful."""
    loader, state = spec.loader, system.state
    if (
        loader.__class__ is not SourceFileLoader
        or state.pycache_prefix is not None
        or sys.implementation.cache_tag != TAG
        or form_of(loader) != "source"
        or spec.name in state.modules
    ):
        return None
    cached = usual_place(loader.path)
    try:
        data, written = system.disk.read_dated(cached)
    except OSError:
        return None
    try:
        code = fitting_code(data, loader.path, status)
    except Exception:  # who loads now meets it, too
        return None
    if code is None:
        return None
    return code, plain_module(spec, cached), cached, doubt_of(int(status.st_mtime), written)


def _settled(system: "System", name: str, module: "Any", settled: "Any") -> "Any":
    """Take what is registered after a run that did more than usual; its end is told here.

    Raises:
        KeyError: the module removed itself.
    """
    record = system.record
    record.run_ended(name, "ran")
    try:
        module = settle(system, name, module, settled)
    except KeyError as error:
        record.load_ended(name, "failed", describe_error(error))
        raise
    record.load_ended(name, "loaded")
    return module
