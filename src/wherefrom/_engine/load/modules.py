"""Making a module: by its loader or as an empty one, with every attribute that imports rely on.

Decides which of these attributes are set, in which order, and which are left as the loader set them.
Runs no code of the module. Read ``execute.py`` next.

Mirrors ``module_from_spec`` and ``_init_module_attrs`` (``importlib/_bootstrap.py``), each version's
own: from 3.15 on a module has no ``__cached__``.
"""

import sys

from ..genuine import NamespaceLoader, new_builtin, new_dynamic
from .header import HAS_CACHED, Module

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

    from ..system import System


def module_from_spec(system: "System", spec: "Any", form: str) -> "tuple[Any, str]":
    """Make the module that a spec describes.

    Args:
        system: the import system that loads.
        spec: the spec, of whatever class.
        form: whose loader it has, from `untouched.form_of`.

    Returns:
        The module, and who made it: ``default`` or ``by-loader``.

    Raises:
        ImportError: the loader can run modules and cannot make them.
        Exception: what the loader raises.
    """
    loader = spec.loader
    module = None
    maker = _MAKERS.get(form)
    if maker is not None:
        module = maker(system, spec)
    elif hasattr(loader, "create_module"):
        module = loader.create_module(spec)
    elif hasattr(loader, "exec_module"):
        raise ImportError("loaders that define exec_module() must also define create_module()")
    how = "default" if module is None else "by-loader"
    if module is None:
        module = Module(spec.name)
    set_attributes(spec, module)
    return module, how


def _nothing(system: "System", spec: "Any") -> None:
    """Leave the making to the default."""


def _new_builtin(system: "System", spec: "Any") -> "Any":
    if spec.name not in sys.builtin_module_names:
        raise ImportError(f"{spec.name!r} is not a built-in module", name=spec.name)
    from .in_c import in_c  # a traced program does without it

    return in_c(system, spec.name, new_builtin, spec)


def _new_extension(system: "System", spec: "Any") -> "Any":
    from .in_c import in_c  # as above

    return in_c(system, spec.name, new_dynamic, spec)


def _new_frozen(system: "System", spec: "Any") -> "Any":
    module = Module(spec.name)
    file = getattr(spec.loader_state, "filename", None)
    if file:
        module.__file__ = file
    return module


_MAKERS: "dict[str, Any]" = {
    "source": _nothing,
    "bytecode": _nothing,
    "namespace": _nothing,
    "built-in": _new_builtin,
    "extension": _new_extension,
    "frozen": _new_frozen,
}


def set_attributes(spec: "Any", module: "Any", *, override: bool = False) -> None:
    """Set the attributes of a module that imports rely on, as its spec says.

    What is there already and not None was set by the loader and stays. A module that takes no
    attributes does without.

    Args:
        spec: the module's spec.
        module: the module, an object of any type.
        override: whether the spec overrides what is there, as for a reload.
    """
    if override or getattr(module, "__name__", None) is None:
        _set(module, "__name__", spec.name)
    if override or getattr(module, "__loader__", None) is None:
        _set_loader(spec, module)
    if override or getattr(module, "__package__", None) is None:
        _set(module, "__package__", spec.parent)
    _set(module, "__spec__", spec)
    locations = spec.submodule_search_locations
    if (override or getattr(module, "__path__", None) is None) and locations is not None:
        _set(module, "__path__", locations)
    if not spec.has_location:
        return
    if override or getattr(module, "__file__", None) is None:
        _set(module, "__file__", spec.origin)
    if HAS_CACHED and (override or getattr(module, "__cached__", None) is None):
        cached = spec.cached
        if cached is not None:
            _set(module, "__cached__", cached)


def _set(module: "Any", name: str, value: object) -> None:
    try:
        setattr(module, name, value)
    except AttributeError:
        pass


def _set_loader(spec: "Any", module: "Any") -> None:
    loader = spec.loader
    if loader is None and spec.submodule_search_locations is not None:
        # A namespace package gets its loader this late, and a __file__ of None with it.
        loader = NamespaceLoader.__new__(NamespaceLoader)
        loader._path = spec.submodule_search_locations
        spec.loader = loader
        module.__file__ = None
    _set(module, "__loader__", loader)
