"""Step 2, load: the module is made, registered, run, and taken out again if it fails.

Decides the order: attributes before registering, registering before running (so that a circle of
imports meets the module that is being made), the module's own entry in ``modules`` after running
(so that it may put something else in its place). Searches nothing. ``modules.py`` makes modules,
``source.py`` comes by their code, ``legacy.py`` serves loaders of the old protocol.

Mirrors ``_load_unlocked`` and ``_exec`` (``importlib/_bootstrap.py``) and the ``exec_module`` methods
of the interpreter's own loaders.
"""

from ..find.answer import describe_error, label
from ..genuine import ModuleSpec, frozen_code, run_builtin, run_dynamic
from .header import plain_module
from .in_c import in_c
from .legacy import load_by_load_module
from .modules import module_from_spec, set_attributes
from .source import cached_path, code_of_bytecode, code_of_file
from .untouched import STRANGER, form_of
from .watching import changes_since, pieces_of

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

    from ..system import System

MISSING: "Any" = object()


def load(system: "System", spec: "Any") -> "Any":
    """Load the module that a spec describes; the caller holds its lock.

    Args:
        system: the import system that loads.
        spec: the spec, from whatever finder.

    Returns:
        What is in ``modules`` under the spec's name in the end: the module, or what it put there.

    Raises:
        BaseException: whatever making or running the module raises.
    """
    loader = spec.loader
    form = STRANGER if loader is None else form_of(loader)
    if form == "source":
        return _load_source(system, spec)
    name, modules = spec.name, system.state.modules
    if form is STRANGER and loader is not None and not hasattr(loader, "exec_module"):
        return load_by_load_module(system, spec)
    record = system.record
    record.load_began(name, "NamespaceLoader" if loader is None else label(loader))
    try:
        module, how = module_from_spec(system, spec, form)
        record.module_created(name, how)
        spec._initializing = True
        try:
            _register(system, name, module)
            try:
                _run(system, spec, module, form)
            except BaseException:
                tell_removed(system, name, modules.pop(name, MISSING))
                raise
            module = settle(system, name, module, modules.pop(name, MISSING))
        finally:
            spec._initializing = False
    except BaseException as error:
        record.load_ended(name, "failed", describe_error(error))
        raise
    record.load_ended(name, "loaded")
    return module


def _load_source(system: "System", spec: "Any") -> "Any":
    """Load a module from a source file: the same story as in `load`, with the turns that it takes."""
    name, loader, record = spec.name, spec.loader, system.record
    modules = system.state.modules
    path = loader.path
    cached = cached_path(system, path)
    # The spec may have been made for another origin than the loader's path, or name its own cache.
    if spec.__class__ is ModuleSpec and spec._cached is None and spec.origin == path and spec._set_fileattr:
        module = plain_module(spec, cached)
        how = "default"
    else:
        module, how = module_from_spec(system, spec, "source")
    record.load_prepared(name, "SourceFileLoader", how)
    spec._initializing = True
    try:
        modules[name] = module
        try:
            own_name = module.__name__
            if own_name != loader.name:
                raise _wrong_loader(loader, own_name)
            code = code_of_file(system, own_name, path, cached)
            run_code(system, name, code, module.__dict__)
        except BaseException as error:
            tell_removed(system, name, modules.pop(name, MISSING))
            record.load_ended(name, "failed", describe_error(error))
            raise
        module = settle(system, name, module, modules.pop(name, MISSING))
    finally:
        spec._initializing = False
    record.load_ended(name, "loaded")
    return module


def run_code(system: "System", name: str, code: "Any", namespace: "dict[str, Any]") -> None:
    """Run a module's code in its namespace, which gets the system's own builtins if it has some.

    Raises:
        BaseException: whatever the code raises.
    """
    record, builtins = system.record, system.builtins
    if builtins is not None and "__builtins__" not in namespace:
        namespace["__builtins__"] = builtins
    before = pieces_of(system)
    record.run_began(name)
    try:
        exec(code, namespace)
    except BaseException as error:
        record.run_ended(name, "raised", describe_error(error))
        raise
    finally:
        changes_since(system, name, before)
    record.run_ended(name, "ran")


# -- registering, settling, undoing ---------------------------------------------------------------


def _register(system: "System", name: str, module: "Any") -> None:
    modules = system.state.modules
    outcome = "over-another" if name in modules else "new"
    modules[name] = module
    system.record.module_registered(name, outcome)


# A module that failed goes out again, and one that is made moves to the end, by a call of C alone: a signal
# handler that raises where a function of ours begins would leave a failed module behind.


def tell_removed(system: "System", name: str, removed: "Any") -> None:
    """Tell that a module that failed is out again; what it had imported stays."""
    if removed is not MISSING:
        system.record.module_removed(name, "undone")


def settle(system: "System", name: str, module: "Any", settled: "Any") -> "Any":
    """Put what was registered after running at the end of ``modules``.

    Raises:
        KeyError: the module removed itself.
    """
    if settled is MISSING:
        system.record.module_removed(name, "by-itself")
        raise KeyError(name)
    system.state.modules[name] = settled
    if settled is not module:
        system.record.module_replaced(name, type(settled).__name__)
    return settled


# -- running, by form -----------------------------------------------------------------------------


def _run(system: "System", spec: "Any", module: "Any", form: str) -> None:
    """Run a module as its loader does.

    Raises:
        ImportError: there is no loader, and it is no namespace package either.
        BaseException: whatever running the module raises.
    """
    if form in _RUNNERS:
        _RUNNERS[form](system, spec, module)
    elif spec.loader is not None:
        _run_by_stranger(system, spec, module)
    elif spec.submodule_search_locations is None:
        raise ImportError("missing loader", name=spec.name)


def _run_by_stranger(system: "System", spec: "Any", module: "Any") -> None:
    record, name = system.record, spec.name
    if system.builtins is not None:
        # exec() adds the interpreter's builtins to a namespace that has none.
        namespace = getattr(module, "__dict__", None)
        if isinstance(namespace, dict):
            namespace.setdefault("__builtins__", system.builtins)
    before = pieces_of(system)
    record.run_began(name)
    try:
        spec.loader.exec_module(module)
    except BaseException as error:
        record.run_ended(name, "raised", describe_error(error))
        raise
    finally:
        changes_since(system, name, before)
    record.run_ended(name, "ran")


def _path_for(loader: "Any", name: str) -> str:
    """Give a loader's path for the module that it was made for.

    Raises:
        ImportError: it was made for another one.
    """
    if name != loader.name:
        raise _wrong_loader(loader, name)
    path: str = loader.path
    return path


def _wrong_loader(loader: "Any", name: str) -> ImportError:
    return ImportError(f"loader for {loader.name} cannot handle {name}", name=name)


def _run_bytecode(system: "System", spec: "Any", module: "Any") -> None:
    path = _path_for(spec.loader, module.__name__)
    code = code_of_bytecode(system, module.__name__, path, system.disk.read(path))
    run_code(system, spec.name, code, module.__dict__)


def _run_source(system: "System", spec: "Any", module: "Any") -> None:
    path = _path_for(spec.loader, module.__name__)
    code = code_of_file(system, module.__name__, path, cached_path(system, path))
    run_code(system, spec.name, code, module.__dict__)


def _run_frozen(system: "System", spec: "Any", module: "Any") -> None:
    run_code(system, spec.name, frozen_code(module.__spec__.name), module.__dict__)


def _run_extension(system: "System", spec: "Any", module: "Any") -> None:
    _run_in_c(system, spec, module, run_dynamic)


def _run_builtin(system: "System", spec: "Any", module: "Any") -> None:
    _run_in_c(system, spec, module, run_builtin)


def _run_in_c(system: "System", spec: "Any", module: "Any", run: "Any") -> None:
    record, name = system.record, spec.name
    record.run_began(name)
    try:
        in_c(system, name, run, module)
    except BaseException as error:
        record.run_ended(name, "raised", describe_error(error))
        raise
    record.run_ended(name, "ran")


def _run_nothing(system: "System", spec: "Any", module: "Any") -> None:
    """Leave a namespace package as it is: it has no code."""


_RUNNERS: "dict[str, Any]" = {
    "source": _run_source,
    "bytecode": _run_bytecode,
    "frozen": _run_frozen,
    "extension": _run_extension,
    "built-in": _run_builtin,
    "namespace": _run_nothing,
}


# -- once more ------------------------------------------------------------------------------------


def load_again(system: "System", spec: "Any", module: "Any") -> "Any":
    """Run a spec in a module that is already there, for a reload; the caller holds its lock.

    Args:
        system: the import system that loads.
        spec: the new spec.
        module: the module, as it stands in ``modules``.

    Returns:
        What is in ``modules`` in the end.

    Raises:
        ImportError: the module is not, or no more, in ``modules``.
        BaseException: whatever running the module raises.
    """
    name, record = spec.name, system.record
    if system.state.modules.get(name) is not module:
        raise ImportError(f"module {name!r} not in sys.modules", name=name)
    loader = spec.loader
    record.load_began(name, "NamespaceLoader" if loader is None else label(loader))
    record.module_created(name, "there")
    try:
        try:
            if loader is None and spec.submodule_search_locations is None:
                raise ImportError("missing loader", name=name)
            set_attributes(spec, module, override=True)
            if loader is not None:
                _run_again(system, spec, module)
        finally:
            module = settle(system, name, module, system.state.modules.pop(name, MISSING))
    except BaseException as error:
        record.load_ended(name, "failed", describe_error(error))
        raise
    record.load_ended(name, "loaded")
    return module


def _run_again(system: "System", spec: "Any", module: "Any") -> None:
    form = form_of(spec.loader)
    if form is STRANGER and not hasattr(spec.loader, "exec_module"):
        from .legacy import warn_of_load_module

        warn_of_load_module(spec.loader)
        spec.loader.load_module(spec.name)
    else:
        _run(system, spec, module, form)
