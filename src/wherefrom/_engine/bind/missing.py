"""Items that are attributes of nothing yet: the fallback to ``modules``, and the errors without one.

``from a import b`` and ``import a.b as c`` take an attribute, and if there is none, what ``modules``
holds under the full name: that is how circular imports of a half-made package work. In a world of
its own the interpreter's bytecode would look in the wrong ``modules``; an `Items` object stands in
for the module then, for the length of one statement. Read ``imports.py`` first.

Mirrors ``import_from`` (``Python/ceval.c``).
"""

import sys

from ..find.static import NOT_THERE, static
from .lazy import attribute_of

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

    from ..system import System

_MISSING: "Any" = object()
_Module: "Any" = type(sys)


def _opcode_of_import_from() -> int:
    """Find out the number of the instruction that takes an item: the first in which these two differ."""
    plain = compile("import a.b", "", "exec").co_code
    with_as = compile("import a.b as c", "", "exec").co_code
    for at in range(0, len(plain), 2):
        if plain[at] != with_as[at]:
            return with_as[at]
    return -1


def _opcode_of_longer_arguments() -> int:
    """Find out the number of the instruction that precedes one whose argument is over 255."""
    code = compile(f"del {','.join([f'n{at}' for at in range(257)])}", "", "exec").co_code
    instructions = list(code[::2])
    delete = max(set(instructions), key=instructions.count)
    at_last = len(instructions) - 1 - instructions[::-1].index(delete)
    return instructions[at_last - 1]


def _opcodes_of_calls() -> "list[int]":
    """Find out the numbers of the instructions that call: the last before what is called for is returned."""
    found = []
    for text in ("f()", "f(*a)", "f(a=1)"):
        instructions = [each for each in compile(text, "", "eval").co_code[::2] if each != _CACHE]
        found.append(instructions[-2])
    return found


_CACHE = 0  # no instruction, but room that the one before uses
_IMPORT_FROM = _opcode_of_import_from()
_EXTENDED_ARG = _opcode_of_longer_arguments()
_CALLS = _opcodes_of_calls()
# What reads attributes in the usual way: an object whose class has another may do anything.
_USUAL = (_Module.__getattribute__, object.__getattribute__)


class Items:
    """Stands in for a module whose items are to be taken from it by the interpreter's bytecode.

    Args:
        system: the import system.
        module: the module that it stands in for.
        chain: the items to be taken one from the other, as in ``import a.b.c as d``; empty where all
            are taken from the module itself.
    """

    __slots__ = ("_chain", "_module", "_system")

    def __init__(self, system: "System", module: "Any", chain: "tuple[str, ...]" = ()) -> None:
        self._system = system
        self._module = module
        self._chain = chain

    def __getattr__(self, item: str) -> "Any":
        found = take(self._system, self._module, item)
        rest = self._chain[1:]
        return Items(self._system, found, rest) if rest else found


def leads_astray(system: "System", module: "Any", name: str, frame: "Any") -> bool:
    """Say whether ``import a.b.c as d`` would not find its way from ``a`` to ``c`` by attributes.

    Args:
        system: the import system.
        module: the module ``a``.
        name: the whole name.
        frame: the frame of the statement.
    """
    if system.state is sys:
        return False
    for part in name.split(".")[1:]:
        if not is_attribute(module, part):
            return _items_are_taken(frame)
        module = static(module, part)
    return False


def is_attribute(module: "Any", item: str) -> bool:
    """Say whether an item is certain to be an attribute, without running anything."""
    return type(module).__getattribute__ in _USUAL and static(module, item) is not NOT_THERE


def _items_are_taken(frame: "Any") -> bool:
    """Say whether a frame takes an item next, and not just the first part of the name."""
    code, at = frame.f_code.co_code, frame.f_lasti + 2
    while at < len(code) and code[at] == _EXTENDED_ARG:
        at += 2
    return bool(at < len(code) and code[at] == _IMPORT_FROM)


def is_calling(frame: "Any") -> bool:
    """Say whether a frame calls something: ``__import__`` itself, and no statement, nor a lazy import."""
    code, at = frame.f_code.co_code, frame.f_lasti
    while at > 0 and code[at] == _CACHE:
        at -= 2
    return code[at] in _CALLS


def take(system: "System", module: "Any", item: str) -> "Any":
    """Take an item: an attribute of a module, or what ``modules`` holds under its full name.

    Raises:
        ImportError: there is neither, with the interpreter's own words for it.
        BaseException: whatever the module's ``__getattr__`` raises, but AttributeError.
    """
    found = attribute_of(module, item)
    return take_from_modules(system, module, item) if found is NOT_THERE else found


def take_from_modules(system: "System", module: "Any", item: str) -> "Any":
    """Take an item that is no attribute of a module: what ``modules`` holds under its full name.

    Raises:
        ImportError: nothing is there, in the interpreter's own words for it.
    """
    own = getattr(module, "__name__", None)
    if isinstance(own, str):
        found = system.state.modules.get(f"{own}.{item}", _MISSING)
        if found is not _MISSING:
            return found
    raise error_for(module, item)


class _Like:
    """Looks like a module to the interpreter that is made to complain of it."""

    def __init__(self) -> None:
        self.__name__ = ""


def error_for(module: "Any", item: str) -> ImportError:
    """Make the ``ImportError`` that the interpreter raises for an item that is not there.

    The words differ from version to version, so the interpreter itself is asked for them: it is made
    to take the item from a module that is like this one and has nothing in it.
    """
    # No module where a lazy import of its name is pending, which would be taken for an attribute.
    pending = f"{getattr(module, '__name__', None)}.{item}" in getattr(sys, "lazy_modules", ())
    like: Any = _Like() if pending else _Module("")
    del like.__name__
    for name in ("__name__", "__spec__", "__file__"):
        value = getattr(module, name, _MISSING)
        if value is not _MISSING:
            setattr(like, name, value)
    code = compile(f"from _ import {item}", "<import>", "exec")
    try:
        exec(code, {"__builtins__": {"__import__": lambda *_: like}})
    except ImportError as error:
        return error.with_traceback(None)
    own, file = getattr(module, "__name__", None), getattr(module, "__file__", None)
    where = file or "unknown location"
    return ImportError(f"cannot import name {item!r} from {own!r} ({where})", name=own, path=file)
