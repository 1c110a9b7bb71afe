"""Loaders of the old protocol, which have ``load_module`` and nothing newer (PEP 302).

Decides what such a loader is told and what is put right after it. From 3.15 on the interpreter knows
them no more, and calls ``exec_module`` all the same. Read ``execute.py`` first.

Mirrors ``_load_backward_compatible`` (``importlib/_bootstrap.py``).
"""

import sys
from _warnings import warn

from ..find.answer import describe_error, label
from ..genuine import bootstrap

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

    from ..system import System

KNOWS_LOAD_MODULE = hasattr(bootstrap, "_load_backward_compatible")
_NOT_THERE: "Any" = object()


def warn_of_load_module(loader: "Any") -> None:
    """Warn that a loader is of the old protocol."""
    name = getattr(loader, "__qualname__", None) or type(loader).__qualname__
    warn(f"{name}.exec_module() not found; falling back to load_module()", ImportWarning, stacklevel=2)


def load_by_load_module(system: "System", spec: "Any") -> "Any":
    """Let a loader of the old protocol make, register and run a module all by itself.

    Args:
        system: the import system that loads.
        spec: the module's spec.

    Returns:
        The module that the loader has put into ``modules``.

    Raises:
        KeyError: it has put none there.
        BaseException: whatever it raises.
    """
    if not KNOWS_LOAD_MODULE:
        # What the interpreter does now: it makes the module itself, and then misses the method.
        spec.loader.exec_module  # noqa: B018  # raises AttributeError
    warn_of_load_module(spec.loader)
    name, record = spec.name, system.record
    record.load_began(name, label(spec.loader))
    try:
        _call(system, spec)
        module = system.state.modules.pop(name)
        system.state.modules[name] = module
        _complete(spec, module)
    except BaseException as error:
        record.load_ended(name, "failed", describe_error(error))
        raise
    record.load_ended(name, "loaded")
    return module


def _call(system: "System", spec: "Any") -> None:
    name, modules = spec.name, system.state.modules
    outside = system.state is not sys
    there = sys.modules.get(name, _NOT_THERE)
    try:
        spec.loader.load_module(name)
    except BaseException:
        if name in modules:
            modules[name] = modules.pop(name)
        raise
    finally:
        if outside:
            _move_in(system, name, there)


def _move_in(system: "System", name: str, there: "Any") -> None:
    """Take over what a loader, which knows only the interpreter's modules, has put there."""
    now = sys.modules.get(name, _NOT_THERE)
    if now is there:
        return
    system.record.import_escaped(name, "moved-in")
    if there is _NOT_THERE:
        del sys.modules[name]
    else:
        sys.modules[name] = there
    if now is not _NOT_THERE:
        system.state.modules.setdefault(name, now)


def _complete(spec: "Any", module: "Any") -> None:
    """Set what the loader has left unset."""
    if getattr(module, "__loader__", None) is None:
        _set(module, "__loader__", spec.loader)
    if getattr(module, "__package__", None) is None:
        try:
            # By the module, not by the spec: the two may differ in what is a package.
            is_package = hasattr(module, "__path__")
            module.__package__ = module.__name__ if is_package else spec.name.rpartition(".")[0]
        except AttributeError:
            pass
    if getattr(module, "__spec__", None) is None:
        _set(module, "__spec__", spec)


def _set(module: "Any", name: str, value: object) -> None:
    try:
        setattr(module, name, value)
    except AttributeError:
        pass
