"""The chain of ``sys.meta_path`` where finders of somebody else take part.

Decides nothing of the search: the code of the interpreter's own ``_find_spec`` runs and asks the strangers,
so that frames, warnings and errors are the genuine ones. Only what it takes for ``sys`` is ours: there the
interpreter's three finders are one, which tells every step, and each question to a stranger is told.
``plain.py`` and ``retelling.py`` search in the place of the three.
"""

import sys

from .find.answer import label
from .genuine import bootstrap
from .plain import OWN_FINDERS
from .seam import all_relabelled

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from .live_record import LiveRecord

Function: "Any" = type(lambda: None)


def are_own_three(meta_path: "Any", at: int) -> bool:
    """Say whether the interpreter's three finders stand in a row, from a place of the meta path on."""
    return (
        len(meta_path) > at + 2
        and meta_path[at] is OWN_FINDERS[0]
        and meta_path[at + 1] is OWN_FINDERS[1]
        and meta_path[at + 2] is OWN_FINDERS[2]
    )


def has_own_three(meta_path: "Any") -> bool:
    """Say whether the interpreter's three finders stand in a row somewhere on a meta path."""
    if meta_path.__class__ is not list:
        return False
    return any(are_own_three(meta_path, at) for at in range(len(meta_path) - 2))


class Question:
    """One question to the whole chain; it is what the interpreter's code walks through as the meta path."""

    def __init__(
        self,
        record: "LiveRecord",
        name: str,
        own: "Any",
        lose: "Callable[[Exception], None]",
        first: int = 0,
        copy: "list[Any] | None" = None,
    ) -> None:
        self._record = record
        self._name = name
        self._own = own
        self._lose = lose
        self._asked: str | None = None  # the stranger that has been asked and has not answered
        self._copy = copy  # what the meta path was when the interpreter's code copied it
        self._next = first  # those before have been asked

    def __bool__(self) -> bool:
        return True

    def copied(self) -> "Question":
        """Walk through the meta path as it is now: since 3.14 the interpreter's code asks for this."""
        if self._copy is None:
            self._copy = list(sys.meta_path)
        return self

    def __iter__(self) -> "Iterator[Any]":
        """Walk through the meta path, as it is at each step if it was not copied: a finder may change it."""
        meta_path = sys.meta_path if self._copy is None else self._copy
        while self._next < len(meta_path):
            at = self._next
            if are_own_three(meta_path, at):
                self._next = at + 3
                yield self._own
                continue
            finder = meta_path[at]
            self._next = at + 1
            self._began(finder)
            yield finder
            self._ended("declined")

    def answered(self) -> None:
        """Tell that the finder that was asked last has found it, and who was not asked any more."""
        self._ended("found")
        rest = (sys.meta_path if self._copy is None else self._copy)[self._next :]
        if rest:
            self._record.finders_unasked(self._name, tuple([label(finder) for finder in rest]))

    def raised(self, text: str) -> None:
        """Tell that the finder that was asked last has raised."""
        self._ended("raised", text)

    def _began(self, finder: "Any") -> None:
        try:
            self._asked = label(finder)
            self._record.ask_began(self._name, self._asked)
        except Exception as error:
            self._lose(error)

    def _ended(self, outcome: str, error: "str | None" = None) -> None:
        asked, self._asked = self._asked, None
        try:
            if asked is not None:
                self._record.ask_ended(self._name, asked, outcome, error)
        except Exception as error:
            self._lose(error)


class _System:
    """What the interpreter's code takes for ``sys``."""

    def __init__(self, meta_path: Question) -> None:
        self.meta_path = meta_path

    @property
    def modules(self) -> "Any":
        return sys.modules


# Since 3.14, finders that change the meta path do so for later questions only.
COPIES = "list" in bootstrap._find_spec.__code__.co_names


def _copied(question: Question) -> Question:
    return question.copied()


def chain_of(genuine: "Any") -> "Callable[[Question], Any]":
    """Give what makes the interpreter's ``_find_spec`` for one question."""
    code, globals_ = genuine.__code__, genuine.__globals__
    names = {*code.co_names, "__name__", "__package__", "__builtins__", "__spec__", "__loader__"}
    base = {name: globals_[name] for name in names if name in globals_}
    if COPIES:
        base["list"] = _copied  # or all finders would count as asked when it has made its copy

    def made(question: Question) -> "Any":
        return Function(code, {**base, "sys": _System(question)}, genuine.__name__, genuine.__defaults__)

    return made


all_relabelled(globals())
