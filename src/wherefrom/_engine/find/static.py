"""Reading an attribute of a module without running anything of it.

A module may be lazy, or have a ``__getattr__``; asking it in the usual way could run its code, which
answering a question never does.
"""

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

NOT_THERE = object()


def static(module: "Any", attribute: str) -> "Any":
    """Read an attribute of a module without running anything of it.

    A module may be lazy, or have a ``__getattr__``; a lazy one would be loaded by asking. So the
    object's own dictionary is read, then the class attributes of its type.

    Returns:
        The value, or `NOT_THERE`.
    """
    try:
        own = object.__getattribute__(module, "__dict__")
    except AttributeError:
        own = {}
    if isinstance(own, dict) and attribute in own:
        return own[attribute]
    for cls in type(module).__mro__:
        value = cls.__dict__.get(attribute, NOT_THERE)
        if value is not NOT_THERE:
            # A descriptor would have to be run to give its value.
            return NOT_THERE if hasattr(type(value), "__get__") else value
    return NOT_THERE
