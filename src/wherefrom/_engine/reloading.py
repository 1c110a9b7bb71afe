"""The story of one reload: a module that is there is found anew, and run once more where it is.

Decides what a module is reloaded by, and what stands for it meanwhile. ``load/execute.py`` runs it. Read
``importing.py`` first.

Mirrors ``importlib.reload`` (``importlib/__init__.py``).
"""

from .find.answer import describe_error
from .find.seeking import find_spec
from .importing import NOBODY, acquire
from .load.execute import load_again

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

    from .system import System


def reload(system: "System", module: "Any") -> "Any":
    """Run a module once more, in the namespace that it has.

    Args:
        system: the import system that the module belongs to.
        module: the module, as it stands in ``modules``.

    Returns:
        What stands in ``modules`` afterwards.

    Raises:
        TypeError: it is no module.
        ImportError: it is not in ``modules``, or its parent is not.
        ModuleNotFoundError: no finder knows it any more.
        BaseException: whatever its code raises.
    """
    name = _name_to_reload(module)
    modules, reloading = system.state.modules, system.reloading
    if modules.get(name) is not module:
        raise ImportError(f"module {name} not in sys.modules", name=name)
    if name in reloading:
        return reloading[name]
    reloading[name] = module
    system.record.import_began(name, *NOBODY)
    try:
        _reload(system, name, module)
        module = modules[name]  # it may have replaced itself
    except BaseException as error:
        system.record.import_ended(name, "failed", describe_error(error))
        raise
    finally:
        reloading.pop(name, None)
    system.record.import_ended(name, "loaded")
    return module


def _name_to_reload(module: "Any") -> str:
    try:
        name: str = module.__spec__.name
    except AttributeError:
        pass
    else:
        return name
    try:
        name = module.__name__
    except AttributeError:
        raise TypeError("reload() argument must be a module") from None
    return name


def _reload(system: "System", name: str, module: "Any") -> None:
    parent = name.rpartition(".")[0]
    path = None
    if parent:
        try:
            parent_module = system.state.modules[parent]
        except KeyError:
            raise ImportError(f"parent {parent!r} not in sys.modules", name=parent) from None
        path = parent_module.__path__
    spec = module.__spec__ = find_spec(system, name, path, module)
    if spec is None:
        raise ModuleNotFoundError(f"spec not found for the module {name!r}", name=name)
    lock = system.locks.of(name)
    acquire(system, lock)
    try:
        load_again(system, spec, module)
    finally:
        lock.release()
