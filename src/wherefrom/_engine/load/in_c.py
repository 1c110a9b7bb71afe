"""C code at work for a world: it asks the interpreter for modules, and is to get the world's.

C code that makes or runs an extension module imports by functions that know only the interpreter:
they look into its ``sys.modules``, and call its ``_find_and_load`` for what is not there. So a world
lends its modules to ``sys.modules`` for as long as its C code runs, answers for ``_find_and_load`` in
the thread that runs it, and takes out afterwards what was put there. Decides nothing about modules
themselves. Read ``modules.py`` first; the interpreter's own extensions never come here.

Mirrors nothing: it is the border that ``PyImport_ImportModule``, ``PyImport_ImportModuleLevelObject``,
``PyImport_AddModule`` and ``PyImport_GetModuleDict`` (``Python/import.c``) have to be led across.
"""

import sys
from _thread import RLock, get_ident

from ..leaving import put_in_again, take_out
from ..seam import Seam

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ..system import System

_NOT_THERE: "Any" = object()
_Function: "Any" = type(lambda: None)
# Held for a few steps at a time, never while code of others runs.
_LOCK = RLock()


# -- lending --------------------------------------------------------------------------------------

# name -> what sys.modules had there, and the modules that worlds have lent under it since.
_LENT: "dict[str, list[Any]]" = {}


def _lend(loans: "list[tuple[str, Any]]") -> None:
    with _LOCK:
        for name, module in loans:
            _LENT.setdefault(name, [sys.modules.get(name, _NOT_THERE)]).append(module)
            sys.modules[name] = module


def _take_back(loans: "list[tuple[str, Any]]") -> None:
    """End loans, the last first; what somebody else has put in their place meanwhile stays."""
    with _LOCK:
        for name, module in reversed(loans):
            lenders = _LENT[name]
            at = len(lenders) - 1
            while lenders[at] is not module:
                at -= 1
            del lenders[at]
            before = lenders[-1]
            if len(lenders) == 1:
                del _LENT[name]
            if sys.modules.get(name, _NOT_THERE) is not module:
                continue
            if before is _NOT_THERE:
                del sys.modules[name]
            else:
                sys.modules[name] = before


def interpreters_own(name: str) -> "Any":
    """Give what ``sys.modules`` has under a name when nothing is lent; None if there is nothing."""
    lenders = _LENT.get(name)
    if lenders is None:
        return sys.modules.get(name)
    return None if lenders[0] is _NOT_THERE else lenders[0]


class Loan:
    """A module lent for as long as this object lives.

    ``PyImport_Import`` calls ``__import__`` with a new, empty list of items, takes the module from
    ``sys.modules``, and then lets go of the list: a loan in that list ends at the right moment.
    """

    __slots__ = ("_loans",)

    def __init__(self, name: str, module: "Any") -> None:
        self._loans = [(name, module)]
        _lend(self._loans)

    def __del__(self) -> None:
        _take_back(self._loans)


def lend_to_c(system: "System", name: str, items: "list[Any]") -> None:
    """Lend a module to the C code that has asked ``__import__`` for it.

    Args:
        system: the world.
        name: the module's absolute name.
        items: the list that the C code holds until it has the module.
    """
    module = system.state.modules.get(name, _NOT_THERE)
    if module is not _NOT_THERE and sys.modules.get(name, _NOT_THERE) is not module:
        items.append(Loan(name, module))


# -- answering ------------------------------------------------------------------------------------

# thread -> the worlds whose C code it runs, the innermost last; None where it is outside of them again.
_INSIDE: "dict[int, list[Any]]" = {}
# The one seam, which stands while any thread is inside of a world.
_SEAMS = [Seam()]


def _make_find_and_load(seam: Seam, genuine: "Any") -> "Any":
    inside, thread = _INSIDE, get_ident

    def _find_and_load(name: "Any", import_: "Any", **more: "Any") -> "Any":
        worlds = inside.get(thread())
        if worlds and worlds[-1] is not None:
            return worlds[-1](name)
        return genuine(name, import_, **more)

    return _find_and_load


def _enter(answer: "Callable[[str], Any] | None") -> None:
    _INSIDE.setdefault(get_ident(), []).append(answer)
    if answer is None:
        return
    with _LOCK:
        if not _SEAMS[0].alive and not put_in_again(_SEAMS[0]):
            _SEAMS[0] = Seam()
            _SEAMS[0].put_in({"_find_and_load": _make_find_and_load})


def _leave() -> None:
    me = get_ident()
    answers = _INSIDE[me]
    answer = answers.pop()
    if not answers:
        del _INSIDE[me]
    if answer is None:
        return
    with _LOCK:
        if not any(map(any, list(_INSIDE.values()))):
            take_out(_SEAMS[0])


def outside(work: "Callable[..., Any]", *arguments: "Any") -> "Any":
    """Do something by the interpreter's own import, though C code of a world may be running."""
    if get_ident() not in _INSIDE:
        return work(*arguments)
    _enter(None)
    try:
        return work(*arguments)
    finally:
        _leave()


# -- at work --------------------------------------------------------------------------------------


def in_c(system: "System", name: str, work: "Any", argument: "Any") -> "Any":
    """Let C code do something for a module, in the world that the module belongs to.

    Args:
        system: the import system; for the interpreter's own state nothing is done beside.
        name: the module's name.
        work: the function of C: it makes a module from a spec, or runs one.
        argument: the spec, or the module.

    Returns:
        What the function returns.

    Raises:
        BaseException: whatever the C code raises.
    """
    if system.state is sys:
        return work(argument)
    there = _theirs()
    lent: list[tuple[str, Any]] = []
    _lend_all(system, lent)
    _enter(_answerer(system, name, lent))
    try:
        namespace = {"__name__": name, "__builtins__": system.builtins}
        return _Function(CALL, namespace, closure=_calling(work, argument).__closure__)()
    finally:
        _leave()
        _take_back(lent)
        _bring_in(system, name, there)


def _calling(work: "Any", argument: "Any") -> "Any":
    def call() -> "Any":
        return work(argument)

    return call


# The frame that C code finds itself called from; it gets the world's builtins, which C code asks for
# ``__import__``.
CALL = _calling(None, None).__code__


def _answerer(system: "System", name: str, lent: "list[tuple[str, Any]]") -> "Callable[[str], Any]":
    """Make what answers the imports of C code: it imports in the world, and lends what came of it."""
    from ..importing import import_name  # which imports this file, by way of the loaders

    def answer(wanted: str) -> "Any":
        module = import_name(system, wanted, (name, None, None))
        _lend_all(system, lent)
        return module

    return answer


def _lend_all(system: "System", lent: "list[tuple[str, Any]]") -> None:
    """Lend what is the world's own, but for the modules that only stand in for the interpreter's."""
    there, standing_in = sys.modules, system.sharing.standing_in()
    loans = [
        (key, module)
        for key, module in list(system.state.modules.items())
        if there.get(key, _NOT_THERE) is not module and id(module) not in standing_in
    ]
    _lend(loans)
    lent += loans


def _bring_in(system: "System", name: str, there: "dict[str, Any]") -> None:
    """Take over what C code has put into the interpreter's modules, and put right what was there.

    An extension of the old kind (single-phase) is put there by the C code that makes it, and some put
    submodules and what they share with each other there by themselves. These have no spec at first;
    whatever other threads import meanwhile has one.
    """
    changed = _changed_since(there)
    if not changed:
        return
    below = f"{name}."
    for key, now in changed:
        if key in _LENT:
            continue
        before = there.get(key, _NOT_THERE)
        if key != name and not key.startswith(below) and not _is_bare(now):
            continue
        system.record.import_escaped(key, "moved-in")
        if before is _NOT_THERE:
            del sys.modules[key]
        else:
            sys.modules[key] = before
        if key != name:  # the module itself is registered in its turn
            system.state.modules[key] = now


def _theirs() -> "dict[str, Any]":
    """Copy the interpreter's modules, at once; whatever others have put in their place, as a dict."""
    modules: Any = sys.modules
    # To make a dict of one that has lost items since it grew takes five times as long as to copy it.
    copy: dict[str, Any] = modules.copy() if modules.__class__ is dict else dict(modules)
    return copy


def _changed_since(there: "dict[str, Any]") -> "list[tuple[str, Any]]":
    """Tell the interpreter's modules that are new since, or others under an old name."""
    if sys.modules == there:  # who is the same object is equal
        return []
    now = _theirs()
    names, modules = [*now], [*now.values()]
    known = len(there)
    # At the end only, as nearly always: lists compare their items by identity first.
    if names[:known] == [*there] and modules[:known] == [*there.values()]:
        return list(zip(names[known:], modules[known:], strict=True))
    return [pair for pair in now.items() if there.get(pair[0], _NOT_THERE) is not pair[1]]


def _is_bare(module: "Any") -> bool:
    return not isinstance(module, type(sys)) or module.__dict__.get("__spec__") is None
