"""The story of one import, all of it: there already? Find it, load it, bind it to its parent.

Decides the order of these steps and who waits for whom. ``find/seeking.py`` finds, ``load/execute.py``
loads, ``bind/parent.py`` binds; ``steps.py`` is the story of the first step alone, for questions.

Mirrors ``_find_and_load`` and ``_find_and_load_unlocked`` (``importlib/_bootstrap.py``), each version's
own: what newer ones do beyond is switched on by looking at the interpreter's own code, since it came
with micro versions. ``reloading.py`` has the story of a reload.
"""

from .bind.parent import bind_to_parent
from .find.answer import describe_error
from .find.plainly import find_plainly
from .find.seeking import find_spec
from .genuine import DeadlockError, bootstrap, imp
from .load.execute import load
from .load.header import Module
from .load.plainly import load_plainly

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

    from .system import System

    # Who asks: the importing module, its file and the line; None where that is not known.
    Asker = tuple[str, str | None, int | None]

NOBODY: "Asker" = ("", None, None)


class ByName(tuple):  # type: ignore[type-arg]  # not subscriptable at run time in the inner house
    """An asker who imports by ``importlib.import_module``: nothing on the way is a statement's."""

    __slots__ = ()


_MISSING: "Any" = object()
# Parents that another thread is still making are waited for before the child is begun (3.15).
_PARENTS_FIRST = hasattr(bootstrap, "_resolve_parents")
# The same after the parent was found to be there (late 3.13, 3.14).
_WAITS_FOR_PARENT = "_initializing" in str(bootstrap._find_and_load_unlocked.__code__.co_consts)
# A module that failed in another thread while it was waited for is imported anew (late 3.13, 3.14).
_LOOKS_AGAIN = "_find_and_load" in bootstrap._find_and_load.__code__.co_names
_SETS_LAZY_ATTRIBUTES: "Any" = getattr(imp, "_set_lazy_attributes", None)


def is_initializing(module: "Any") -> bool:
    """Say whether a module is still being run."""
    return bool(getattr(getattr(module, "__spec__", None), "_initializing", False))


def import_name(system: "System", name: str, asker: "Asker" = NOBODY) -> "Any":
    """Import a module by its absolute name, its parents first.

    Args:
        system: the import system that imports.
        name: the absolute name.
        asker: who asks, for the record.

    Returns:
        The module, from ``modules``: what is there already, or what loading has put there.

    Raises:
        ModuleNotFoundError: no finder knows the name, or ``modules`` holds None for it.
        BaseException: whatever finders, loaders and the module's code raise.
    """
    module = system.state.modules.get(name, _MISSING)
    if module is _MISSING or is_initializing(module):
        return _import(system, name, asker, module)
    if module is None:
        system.record.import_began(name, *asker)
        system.record.import_ended(name, "halted")
        raise _halted(name)
    system.record.import_served(name, asker[0])
    return module


def import_on_the_way(system: "System", name: str, asker: "Asker") -> None:
    """Import a module that a statement needs before it can go on: a parent, an item of a from-import.

    The interpreter does this with ``__import__``, whose result, which nobody looks at here, is the
    first part of the name: if that has vanished from ``modules`` meanwhile, it is imported again.
    ``importlib.import_module`` brings its own function for it, which gives the module itself.
    """
    if name in system.state.modules:
        import_name(system, name, asker)
    else:  # the usual case, with a frame less: chains of imports are deep
        _import(system, name, asker, _MISSING)
    first, dot, _ = name.partition(".")
    if dot and asker.__class__ is tuple and system.state.modules.get(first) is None:
        import_name(system, first, asker)


def _halted(name: str) -> ModuleNotFoundError:
    return ModuleNotFoundError(f"import of {name} halted; None in sys.modules", name=name)


def _import(system: "System", name: str, asker: "Asker", module: "Any") -> "Any":
    record = system.record
    record.import_began(name, *asker)
    try:
        if _PARENTS_FIRST:
            module, outcome = _with_parents_first(system, name, asker, module)
        elif module is _MISSING:
            module, outcome = _under_lock(system, name, asker)
        else:
            module, outcome = _when_made(system, name, asker, module)
    except BaseException as error:
        missing = isinstance(error, ModuleNotFoundError) and error.name == name
        record.import_ended(name, "not-found" if missing else "failed", describe_error(error))
        raise
    if isinstance(outcome, str):
        record.import_ended(name, outcome)
    elif "." in name:
        record.import_bound(name, outcome)
    else:
        record.import_loaded(name, outcome, ran=True)
    return module


# -- waiting --------------------------------------------------------------------------------------


def _under_lock(system: "System", name: str, asker: "Asker") -> "tuple[Any, str | int]":
    """Load a module under its lock, or wait until the thread that has the lock has loaded it."""
    lock = system.locks.of(name)
    acquire(system, lock)
    try:
        module = system.state.modules.get(name, _MISSING)
        if module is _MISSING:
            return _find_and_load(system, name, asker)
    finally:
        lock.release()
    wait_for(system, name)
    if _LOOKS_AGAIN and system.state.modules.get(name, _MISSING) is not module:
        # It failed in the other thread: this one gets the exception of an import of its own.
        return import_name(system, name, asker), "there"
    if module is None:
        raise _halted(name)
    # Still being made: this thread is making it, or the two would wait for each other.
    return module, "half-made" if is_initializing(module) else "there"


def _when_made(system: "System", name: str, asker: "Asker", module: "Any") -> "tuple[Any, str | int]":
    """Wait until a module that is there is made, if another thread is making it.

    Mirrors ``import_ensure_initialized`` (``Python/import.c``): where the two threads would wait for
    each other, the module is taken as far as it is.
    """
    wait_for(system, name)
    if system.state.modules.get(name, _MISSING) is not module:
        # It failed in the other thread: this one gets the exception of an import of its own.
        return import_name(system, name, asker), "there"
    return module, "half-made" if is_initializing(module) else "there"


def acquire(system: "System", lock: "Any") -> None:
    """Take a module's lock, and tell if it had to be waited for.

    Raises:
        DeadlockError: the two threads would wait for each other.
    """
    try:
        lock.acquire()
    except DeadlockError:
        system.record.lock_waited(lock.name, "deadlock")
        raise
    if lock.waited:
        system.record.lock_waited(lock.name, "acquired")


def wait_for(system: "System", name: str) -> None:
    """Wait until a module that another thread is making is made.

    Where the two would wait for each other, the module is taken as far as it is.
    """
    lock = system.locks.of(name)
    try:
        acquire(system, lock)
    except DeadlockError:
        return
    lock.release()


def _with_parents_first(
    system: "System", name: str, asker: "Asker", module: "Any"
) -> "tuple[Any, str | int]":
    """Load a module under its lock, with no lock held while its parents are waited for (3.15)."""
    modules = system.state.modules
    if module is not _MISSING:
        lock = system.locks.of(name)
        try:
            acquire(system, lock)
        except DeadlockError:
            return module, "half-made"
        # Looked at under the lock: it is gone if the thread that made it failed.
        try:
            module = modules.get(name, _MISSING)
        finally:
            lock.release()
        if module is None:
            raise _halted(name)
        if module is not _MISSING:
            return module, "half-made" if is_initializing(module) else "there"
    _import_parents(system, name, asker)
    lock = system.locks.of(name)
    try:
        acquire(system, lock)
    except DeadlockError:
        module = modules.get(name, _MISSING)
        if module is _MISSING:
            raise
    else:
        try:
            module = modules.get(name, _MISSING)
            if module is _MISSING:
                return _find_and_load(system, name, asker)
        finally:
            lock.release()
    if module is None:
        raise _halted(name)
    return module, "there"


def _import_parents(system: "System", name: str, asker: "Asker") -> None:
    parent = name.rpartition(".")[0]
    if not parent:
        return
    modules = system.state.modules
    parts = parent.split(".")
    for depth in range(1, len(parts)):
        ancestor = ".".join(parts[:depth])
        if is_initializing(modules.get(ancestor)):
            wait_for(system, ancestor)
    module = modules.get(parent, _MISSING)
    if module is _MISSING or is_initializing(module):
        import_on_the_way(system, parent, asker)


# -- find, load, bind -----------------------------------------------------------------------------


def _find_and_load(system: "System", name: str, asker: "Asker") -> "tuple[Any, str | int]":
    """Do the three steps for a module that is not there; the caller holds its lock.

    Returns:
        The module, and how it was come by: ``loaded``, ``shared``, or ``there`` if importing the
        parent brought it. A number, the time when it had been run, if it was loaded and the caller
        is to tell so: then the ends of run, load and import are told in one row.
    """
    parent, _, child = name.rpartition(".")
    if not parent:
        sharing = system.sharing
        spec, status = _find(system, name, None, None if sharing is None else sharing.known(name))
        shared = None if sharing is None else sharing.top_level(name, spec)
        if shared is not None:
            return shared, "shared"
        module, ran_at = _load_found(system, name, spec, status)
        return module, ran_at or "loaded"
    modules = system.state.modules
    if parent not in modules:
        import_on_the_way(system, parent, asker)
    module = _already(modules, name)
    if module is not _MISSING:
        return module, "there"
    package = modules[parent]
    shared = None if system.sharing is None else system.sharing.submodule(name, parent)
    if shared is not None:
        return shared, "shared"
    try:
        path = package.__path__
    except AttributeError:
        message = f"No module named {name!r}; {parent!r} is not a package"
        raise ModuleNotFoundError(message, name=name) from None
    parent_spec = package.__spec__
    if _WAITS_FOR_PARENT and getattr(parent_spec, "_initializing", False):
        import_on_the_way(system, parent, asker)
        module = _already(modules, name)
        if module is not _MISSING:
            return module, "there"
    spec, status = _find(system, name, path)
    module, ran_at = _load_found(system, name, spec, status, parent_spec)
    package = modules.get(parent)
    if ran_at and package.__class__ is Module and child[:2] != "__" and child not in package.__dict__:
        setattr(package, child, module)  # nobody's code has a say in it, and nothing is overwritten
        return module, ran_at
    if ran_at:
        system.record.run_ended(name, "ran")
        system.record.load_ended(name, "loaded")
    bind_to_parent(system, parent, child, module)
    return module, "loaded"


def _find(system: "System", name: str, path: "Any", known: "Any" = None) -> "tuple[Any, Any]":
    """Find the spec of a module; with it, if the search was plain, the status of its file."""
    if system.paths is not None:
        found = find_plainly(system, name, path, known)
        if found is not None:
            return found
    return find_spec(system, name, path), None


def _load_found(
    system: "System", name: str, spec: "Any", status: "Any", parent_spec: "Any" = None
) -> "tuple[Any, int]":
    """Load what was found; tell the module, and if the end of its run is still to be told, its time.

    Raises:
        ModuleNotFoundError: nothing was found.
        BaseException: whatever making or running the module raises.
    """
    if spec is None:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    # The parent knows of it meanwhile, which error messages of circular imports use.
    unfinished = parent_spec._uninitialized_submodules if parent_spec else None
    if unfinished is not None:
        unfinished.append(name.rpartition(".")[2])
    try:
        made = load_plainly(system, spec, status) if status is not None else None
        if made is None:
            made = load(system, spec), 0
    finally:
        if unfinished is not None:
            unfinished.pop()
    if _SETS_LAZY_ATTRIBUTES is not None:
        _set_lazy_attributes(made[0], name)
    return made


def _already(modules: "Any", name: str) -> "Any":
    """Give the module that importing its parent brought; newer versions pass over a None there."""
    module = modules.get(name, _MISSING)
    if module is None and (_WAITS_FOR_PARENT or _PARENTS_FIRST):
        return _MISSING
    return module


def _set_lazy_attributes(module: "Any", name: str) -> None:
    """Let the names of lazily imported submodules be served by their parent (PEP 810, 3.15)."""
    from _warnings import warn

    try:
        set_attributes: Any = _SETS_LAZY_ATTRIBUTES
        set_attributes(module, name)
    except Exception as error:  # as the interpreter has it
        warn(f"Cannot set lazy attributes on {name!r}: {error!r}", ImportWarning, stacklevel=2)
