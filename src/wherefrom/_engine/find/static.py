"""Reading an attribute of a module without running anything of it.

A module may be lazy, or have a ``__getattr__``; asking it in the usual way could run its code, which
answering a question never does.
"""

import sys

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

NOT_THERE = object()


class _WithSlot:
    __slots__ = ("slot",)


# Descriptors made in C that only read memory: a slot, and the dictionary of an instance.
_READERS = (type(_WithSlot.__dict__["slot"]), type(type.__dict__["__dict__"]))
_dictionary_of_module: "Any" = vars(type(sys))["__dict__"].__get__
_dictionary_of_class: "Any" = type.__dict__["__dict__"].__get__
_classes_of: "Any" = type.__dict__["__mro__"].__get__


def static(module: "Any", attribute: str) -> "Any":
    """Read an attribute of a module without running anything of it.

    A module may be lazy, or have a ``__getattr__``; a lazy one would be loaded by asking. So the
    object's own dictionary is read, then the class attributes of its type, slots among them.

    Returns:
        The value, or `NOT_THERE`.
    """
    own = own_dictionary(module)
    if attribute in own:
        return own[attribute]
    for cls in _classes_of(type(module)):
        value = _dictionary_of_class(cls).get(attribute, NOT_THERE)
        if value is NOT_THERE:
            continue
        if type(value) in _READERS:
            try:
                return value.__get__(module)
            except AttributeError:  # an empty slot
                return NOT_THERE
        # Any other descriptor would have to be run to give its value.
        return NOT_THERE if hasattr(type(value), "__get__") else value
    return NOT_THERE


def own_dictionary(module: "Any") -> "dict[str, Any]":
    """Give an object's own dictionary, even where its class hides it behind a property of its own."""
    try:
        return _dictionary_of_module(module)  # type: ignore[no-any-return]
    except TypeError:  # it is no module: sys.modules may hold any object
        pass
    for cls in _classes_of(type(module)):
        reader = _dictionary_of_class(cls).get("__dict__")
        if type(reader) in _READERS:
            own = reader.__get__(module)
            return own if isinstance(own, dict) else {}
    return {}
