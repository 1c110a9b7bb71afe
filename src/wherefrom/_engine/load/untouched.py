"""Which loaders are the interpreter's own, with their own methods: those are told here again.

A loader counts only if it is of the very class and neither the class nor the loader itself has had a
method replaced; everything else is a stranger and is called. Loads nothing. Read ``execute.py`` next.
"""

from ..genuine import (
    BuiltinImporter,
    ExtensionFileLoader,
    FrozenImporter,
    NamespaceLoader,
    SourceFileLoader,
    SourcelessFileLoader,
)

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Parts = Callable[[], tuple[Any, ...]]


def _parts_of_a_source() -> "tuple[Any, ...]":
    cls = SourceFileLoader
    return (
        cls.create_module,
        cls.exec_module,
        cls.get_code,
        cls.get_filename,
        cls.get_data,
        cls.path_stats,
        cls.source_to_code,
        cls._cache_bytecode,
        cls.set_data,
    )


def _parts_of_bytecode() -> "tuple[Any, ...]":
    cls = SourcelessFileLoader
    return cls.create_module, cls.exec_module, cls.get_code, cls.get_filename, cls.get_data


def _parts_of_an_extension() -> "tuple[Any, ...]":
    return ExtensionFileLoader.create_module, ExtensionFileLoader.exec_module


def _parts_of_a_namespace() -> "tuple[Any, ...]":
    return NamespaceLoader.create_module, NamespaceLoader.exec_module


# class -> (form, the methods that take part now, and before anybody touched them, usual fields on self)
_OF_INSTANCES: "dict[Any, tuple[str, Parts, tuple[Any, ...], int]]" = {
    SourceFileLoader: ("source", _parts_of_a_source, _parts_of_a_source(), 2),
    SourcelessFileLoader: ("bytecode", _parts_of_bytecode, _parts_of_bytecode(), 2),
    ExtensionFileLoader: ("extension", _parts_of_an_extension, _parts_of_an_extension(), 2),
    NamespaceLoader: ("namespace", _parts_of_a_namespace, _parts_of_a_namespace(), 1),
}
# These two are loaders as classes.
_OF_CLASSES = {
    cls: (form, cls.__dict__["create_module"], cls.__dict__["exec_module"])
    for cls, form in ((BuiltinImporter, "built-in"), (FrozenImporter, "frozen"))
}

STRANGER = "stranger"


def form_of(loader: "Any") -> str:
    """Tell whose loader something is.

    Returns:
        ``source bytecode extension namespace built-in frozen`` for the interpreter's own; else
        ``stranger``.
    """
    known = _OF_INSTANCES.get(loader.__class__)
    if known is not None:
        form, now, before, fields = known
        return form if now() == before and len(loader.__dict__) == fields else STRANGER
    if loader.__class__ is type and loader in _OF_CLASSES:
        form, create, execute = _OF_CLASSES[loader]
        methods = loader.__dict__
        if methods["create_module"] is create and methods["exec_module"] is execute:
            return form
    return STRANGER
