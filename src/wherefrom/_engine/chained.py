"""The chain of ``sys.meta_path`` where finders of somebody else take part.

Decides nothing of the search: the code of the interpreter's own ``_find_spec`` runs and asks the strangers,
so that frames, warnings and errors are the genuine ones. Only what it takes for ``sys`` is ours: there the
interpreter's three finders are one, which tells every step, and each question to a stranger is told.
``plain.py`` and ``retelling.py`` search in the place of the three.
"""

import sys

from .find.answer import label
from .meta_path import COPIES, OWN_THREE, are_own_three
from .plain import NOT_THERE
from .seam import Function, all_relabelled, uncovered

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from .searching import Search


class Question:
    """One question to the whole chain; it is what the interpreter's code walks through as the meta path."""

    def __init__(self, search: "Search", name: str, first: int = 0, copy: "list[Any] | None" = None) -> None:
        self._record = search.record
        self._name = name
        self._own = OwnFinders(search)
        self._lose = search.lose
        self._asked: str | None = None  # the stranger that has been asked and has not answered
        self._copy = copy  # what the meta path was when the interpreter's code copied it
        self._next = first  # those before have been asked

    def chain(self, genuine: "Any") -> "Any":
        """Give the interpreter's ``_find_spec``, made for this question."""
        code, globals_ = genuine.__code__, genuine.__globals__
        names = {*code.co_names, "__name__", "__package__", "__builtins__", "__spec__", "__loader__"}
        own = {name: globals_[name] for name in names if name in globals_}
        if COPIES:
            own["list"] = _copied  # or all finders would count as asked when it has made its copy
        return Function(code, {**own, "sys": _System(self)}, genuine.__name__, genuine.__defaults__)

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


class OwnFinders:
    """The interpreter's three finders as one, in a chain in which others stand too."""

    def __init__(self, search: "Search") -> None:
        self._search = search

    def find_spec(self, name: str, path: "Any", target: "Any") -> "Any":
        """Find a spec as the three do, one after the other."""
        search = self._search
        try:
            spec = search.plain.find_spec(name, path)
            if spec is None:
                return search.retelling().find_by_own(name, path, target)
            return None if spec is NOT_THERE else spec
        except Exception as error:  # they come to it too, unless it is that nothing can be told
            search.lose_if_untellable(error)
        try:
            for finder in OWN_THREE:
                spec = finder.find_spec(name, path, target)
                if spec is not None:
                    break
        except BaseException as error:
            uncovered(error)
            raise
        return spec


class _System:
    """What the interpreter's code takes for ``sys``."""

    def __init__(self, meta_path: Question) -> None:
        self.meta_path = meta_path

    @property
    def modules(self) -> "Any":
        return sys.modules


def _copied(question: Question) -> Question:
    return question.copied()


all_relabelled(globals())
