"""Stand-ins: modules of a world in the place of the interpreter's, where those would look past it.

Decides how a stand-in is made: a few names of its own before the genuine module's (`facade`), or all
names of the genuine module with its functions moved into the world (`rehomed`). Which modules are
stood in for is decided here too, for the second kind; ``sharing.py``, to be read next, has the first.
"""

from __future__ import annotations

from types import FunctionType, ModuleType
from typing import Any

from ._engine.bind.imports import Forwarding

_OF_DATACLASSES = """
    _add_slots _get_field _get_type_from_annotation _is_type _process_class dataclass make_dataclass
"""
_OF_INSPECT = """
    _findclass _finddoc _get_details_for_cli _main _signature_from_builtin _signature_from_callable
    _signature_from_function _signature_fromstr _signature_get_user_defined_method cleandoc currentframe
    findsource get_annotations getabsfile getcallargs getcomments getdoc getfile getframeinfo
    getfullargspec getinnerframes getmodule getmodulename getouterframes getsource getsourcefile
    getsourcelines stack trace unwrap
"""
# Modules of the standard library whose functions look modules up by name in ``sys.modules``, or search
# ``sys.path``, each with the functions that do and those that call them, of any version; None for all.
REHOMED: dict[str, frozenset[str] | None] = {
    # A dataclass looks for the module of its class, to understand annotations that are text.
    "dataclasses": frozenset(_OF_DATACLASSES.split()),
    "inspect": frozenset(_OF_INSPECT.split()),
    "pkgutil": None,
    # Other functions of typing are known by identity, such as NamedTuple as a base.
    "typing": frozenset({"get_type_hints"}),
    "annotationlib": frozenset({"get_annotations"}),
}
# What such functions remember of modules, by file or name: not to be mixed with the interpreter's.
MEMORIES = {"inspect": ("modulesbyfile", "_filesbymodname")}


def facade(genuine: ModuleType, **own: Any) -> ModuleType:
    """Make a module in the stead of one of the interpreter's: some names of its own, the rest as there.

    It is of the plain module type, since programs make modules by ``type(sys)(name)``.
    """
    module = ModuleType(genuine.__name__, genuine.__doc__)

    def __getattr__(name: str) -> Any:  # noqa: N807  # the hook of PEP 562
        return getattr(genuine, name)

    def __dir__() -> list[str]:  # noqa: N807  # the hook of PEP 562
        return sorted({*vars(module), *dir(genuine)} - {"__getattr__", "__dir__"})

    vars(module).update(
        own,
        __spec__=genuine.__spec__,
        __loader__=genuine.__loader__,
        __package__=genuine.__package__,
        __getattr__=__getattr__,
        __dir__=__dir__,
    )
    return module


def rehomed(genuine: ModuleType, world: dict[str, Any]) -> ModuleType:
    """Make a module that is the interpreter's, but for functions that are at home in a world.

    Classes, other functions and every other object are the genuine ones, so that what is made here and
    there is of the same types. A moved function runs the same code; what it finds under a global name may
    be the world's.

    Args:
        genuine: the interpreter's module; its name is in `REHOMED`.
        world: the modules that the functions find in the place of the interpreter's, by name.
    """
    module = ModuleType(genuine.__name__, genuine.__doc__)
    namespace = vars(module)
    namespace.update(vars(genuine))
    namespace.update({name: module for name, module in world.items() if name in namespace})
    namespace.update({name: {} for name in MEMORIES.get(genuine.__name__, ()) if name in namespace})
    if "__getattr__" in namespace:  # what is made on first touch is made once, by the genuine module
        namespace["__getattr__"] = Forwarding(genuine)
    theirs, chosen = vars(genuine), REHOMED[genuine.__name__]
    for name in theirs if chosen is None else chosen:
        value = theirs.get(name)
        if isinstance(value, FunctionType) and value.__globals__ is theirs and name != "__getattr__":
            namespace[name] = _moved(value, namespace)
    return module


def _moved(function: FunctionType, namespace: dict[str, Any]) -> FunctionType:
    """Copy a function, with other globals."""
    moved = FunctionType(
        function.__code__, namespace, function.__name__, function.__defaults__, function.__closure__
    )
    moved.__kwdefaults__ = function.__kwdefaults__
    # Where annotations are made on demand (PEP 649, 3.14), they are not to be made here.
    annotate = getattr(function, "__annotate__", None)
    if annotate is None:
        moved.__annotations__ = function.__annotations__
    else:
        moved.__annotate__ = annotate  # type: ignore[attr-defined]  # newer than the oldest version
    moved.__qualname__ = function.__qualname__
    moved.__module__ = function.__module__
    moved.__doc__ = function.__doc__
    if vars(function):
        vars(moved).update(vars(function))
    return moved
