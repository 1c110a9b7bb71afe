"""Finders of somebody else around the interpreter's three, asked one by one and told in few rows.

Decides when this is ours: while ``find_spec`` of each is a plain method, and the meta path stays as it was.
What a finder causes while it is asked is told behind the beginning of the question. ``standing_in.py`` asks;
where this does not come to an end, ``chained.py`` goes on. Read that first.

Mirrors ``_find_spec`` (``importlib/_bootstrap.py``).
"""

import sys
from _thread import get_ident
from time import perf_counter_ns as clock

from .find.answer import label
from .genuine import acquire_lock, release_lock
from .lines import at_line, line_of_question
from .meta_path import COPIES, OWN_THREE, are_first, are_own_three, are_same
from .plain import NOT_THERE, NOT_TOLD
from .seam import Function, all_relabelled

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

    from .chained import Question
    from .live_record import LiveRecord
    from .searching import Search

_METHODS = (Function, classmethod, staticmethod)
_MISSING: "Any" = object()
# Given back where the finders behind the three are to be asked.
ASK_MORE: "Any" = object()
_GET_ATTRIBUTE: "Any" = object.__getattribute__


def asker_of(genuine: "Any") -> "Callable[[Any, str, Any, Any], Any]":
    """Give what asks one finder, on the line on which the interpreter's function does.

    Args:
        genuine: the interpreter's ``_find_spec``.
    """
    acquire, release = acquire_lock, release_lock

    def ask(finder: "Any", name: str, path: "Any", target: "Any") -> "Any":
        acquire()
        try:
            return finder.find_spec(name, path, target)
        finally:
            release()

    asking: Callable[[Any, str, Any, Any], Any] = at_line(ask, genuine, line_of_question(genuine))
    return asking


class Ahead:
    """The finders ahead of the interpreter's three, as they stood when somebody looked last, and who asks.

    Attributes:
        silent: thread -> the question that it asks just now, of which nothing has been told.
    """

    def __init__(self, search: "Search", record: "LiveRecord") -> None:
        self.search = search
        self.record = record
        self.silent: dict[int, Asked] = {}
        self.finders: tuple[Any, ...] = ()
        self.row: tuple[Any, ...] = OWN_THREE  # they and the three: what the meta path begins with
        self.labels: tuple[str, ...] = ()

    def let_go(self) -> None:
        """Hold no object of the program any longer."""
        self.silent.clear()
        self._forget()

    def asked(self, name: str) -> "Asked | None":
        """Begin to ask the finders around the three; None if there are none, or if they are no plain ones."""
        try:
            meta_path = sys.meta_path
            if meta_path.__class__ is not list or name in sys.modules:
                return None
            # Who stands behind it matters when it has answered.
            if not self.finders or meta_path[0] is not self.finders[0]:
                self._look(meta_path)
                if not self.finders and not (are_own_three(meta_path, 0) and meta_path[3:]):
                    return None
            asked = self.silent[get_ident()] = Asked(self, name, meta_path)
        except Exception:  # whoever asks now comes to it too
            return None
        return asked

    def _forget(self) -> None:
        self.finders = self.labels = ()
        self.row = OWN_THREE

    def _look(self, meta_path: "list[Any]") -> None:
        self._forget()
        for at in range(1, len(meta_path) - 2):
            if are_own_three(meta_path, at):
                finders = tuple(meta_path[:at])
                if all(_is_plain(finder) for finder in finders):
                    self.finders, self.labels = finders, _labels_of(finders)
                    self.row = finders + OWN_THREE
                return

    def tell(self) -> None:
        """Tell how the question of this thread began, for something happens while it is asked."""
        asked = self.silent.get(get_ident())
        if asked is not None:
            asked.tell()


class Asked:
    """One question to the finders around the three.

    Attributes:
        finders: those ahead of the three, whom to ask first.
        labels: their names.
        times: when it began, and when each of them had declined.
        is_told: whether it has been told how the question began.
    """

    is_told = False
    _goes_on = True  # whether the meta path is still as it was
    _behind: "Sequence[Any]" = ()  # the finders behind the three, as soon as those are asked
    _last: "int | None" = None  # the place of the finder behind the three that was asked last

    def __init__(self, ahead: Ahead, name: str, meta_path: "list[Any]") -> None:
        self._ahead = ahead
        self._name = name
        self._meta_path = meta_path
        self._asked = meta_path[:] if COPIES else meta_path  # what would be walked through
        self.finders = ahead.finders
        self._row = ahead.row
        self.labels = ahead.labels
        self.times = [clock()]

    # -- what the finders ahead answer ------------------------------------------------------------

    def declined(self, spec: "Any") -> bool:
        """Take in an answer; say whether the next finder is still the one that was next before."""
        if spec is not None:
            return False
        meta_path = self._meta_path
        if sys.meta_path is not meta_path or not are_first(self._row, meta_path):
            self._goes_on = False
            self._ahead.finders = ()  # to be looked at anew
        try:
            self.times.append(clock())
            if self.is_told:
                self._tell_declined()
        except Exception as error:
            self._ahead.search.lose(error)
        return self._goes_on

    def _tell_declined(self) -> None:
        record, at = self._ahead.record, len(self.times) - 1
        record.ask_ended(self._name, self.labels[at - 1], "declined")
        if self._goes_on and at < len(self.labels):
            record.ask_began(self._name, self.labels[at])

    def answer(self, spec: "Any", path: "Any") -> "Any":
        """Give the spec, found by the finder that was asked last, or else by the interpreter's three.

        Args:
            spec: what the finder that was asked last has answered.
            path: where the three would search.

        Returns:
            The spec; None if nobody knows it; `ASK_MORE` if those behind the three are to be asked now;
            `NOT_TOLD` if the interpreter's code has to go on.
        """
        if spec is not None:
            return self._found(spec)
        if not self._goes_on or self._name in sys.modules:
            return NOT_TOLD
        search = self._ahead.search
        behind = self._behind = self._asked[len(self._row) :]
        try:
            spec = search.plain.find_spec(self._name, path, behind, self)
        except Exception as error:  # whoever searches now comes to it too, unless nothing can be told
            search.lose_if_untellable(error)
            return NOT_TOLD
        if spec is None:
            return NOT_TOLD
        self._ahead.silent.pop(get_ident(), None)
        if spec is not NOT_THERE:
            return spec
        return ASK_MORE if behind else None

    def _found(self, spec: "Any") -> "Any":
        self._ended("found")
        try:
            labels = _labels_of(self._asked[self._place() + 1 :])
            if labels:
                self._ahead.record.finders_unasked(self._name, labels)
        except Exception as error:
            self._ahead.search.lose(error)
        return self.counting(spec)

    def raised(self, text: str) -> None:
        """Tell that the finder that was asked last has raised."""
        self._ended("raised", text)

    def _ended(self, outcome: str, error: "str | None" = None) -> None:
        self.tell()
        try:
            at = self._place()
            asked = self.labels[at] if self._last is None else label(self._asked[at])
            self._ahead.record.ask_ended(self._name, asked, outcome, error)
        except Exception as problem:
            self._ahead.search.lose(problem)

    def _place(self) -> int:
        """Give the place on the meta path of the finder that was asked last."""
        return len(self.times) - 1 if self._last is None else self._last

    def counting(self, spec: "Any") -> "Any":
        """Give the spec that counts: that of the module itself if somebody has loaded it meanwhile."""
        module = sys.modules.get(self._name, _MISSING)
        own = None if module is _MISSING or spec is None else getattr(module, "__spec__", None)
        return spec if own is None else own

    # -- the rest of the meta path ----------------------------------------------------------------

    def goes_behind(self, behind: "Sequence[Any]") -> bool:
        """Say whether those behind the three are asked here, if the three do not know the name."""
        return all(_is_plain(finder) for finder in behind)

    def more(self) -> "Sequence[Any]":
        """Give those behind the three, and begin to ask them."""
        self._asked = self._asked[:]  # they may change the meta path
        self._last = len(self._row)
        self._tell_next()
        return self._behind

    def declined_too(self, spec: "Any") -> bool:
        """Take in an answer from behind the three; say whether the next finder is asked here, too."""
        if spec is not None:
            return False
        self._ended("declined")
        self._last = self._place() + 1
        if not COPIES and not (sys.meta_path is self._meta_path and are_same(self._asked, self._meta_path)):
            self._goes_on = False
        elif self._last < len(self._asked):
            self._tell_next()
        return self._goes_on

    def _tell_next(self) -> None:
        try:
            self._ahead.record.ask_began(self._name, label(self._asked[self._place()]))
        except Exception as error:
            self._ahead.search.lose(error)

    def answer_of_more(self, spec: "Any") -> "Any":
        """Give what the finder behind the three that was asked last has found; as `answer` does."""
        if spec is not None:
            return self._found(spec)
        return None if self._goes_on else NOT_TOLD

    def answered(
        self, name: str, path: int, ways: str, here: "str | None", is_package: "bool | None", chosen: int
    ) -> None:
        """Tell what the three have answered, where not the whole question is told at once."""
        record, behind = self._ahead.record, self._behind
        if chosen < 0:
            self.tell(asking=False)  # it goes on behind the three
        record.search_plain(name, path, ways, here, is_package, chosen)
        if behind and chosen >= 0:
            record.finders_unasked(name, _labels_of(behind))

    def question(self) -> "Question | None":
        """Give the question to those who have not been asked."""
        self.tell(asking=False)
        return self._ahead.search.question(self._name, self._place(), self._asked if COPIES else None)

    def tell(self, *, asking: bool = True) -> None:
        """Tell how the question began, up to now.

        Args:
            asking: whether one of the finders is being asked.
        """
        self._ahead.silent.pop(get_ident(), None)
        if self.is_told:
            return
        self.is_told = True
        thread, name, times = get_ident(), self._name, self.times
        try:
            add = self._ahead.record.add
            add(("find.began", times[0], thread, name, name.rpartition(".")[0]))
            for at, asked in enumerate(self.labels[: len(times)]):  # the last time is when the three begin
                ended = at + 1 < len(times)
                if ended or asking:
                    add(("ask.began", times[at], thread, name, asked))
                if ended:
                    add(("ask.ended", times[at + 1], thread, name, asked, "declined", None))
        except Exception as error:
            self._ahead.search.lose(error)


def _labels_of(finders: "Iterable[Any]") -> "tuple[str, ...]":
    return tuple([label(finder) for finder in finders])


def _is_plain(finder: "Any") -> bool:
    """Say whether to get a finder's ``find_spec`` runs no code."""
    cls: Any = finder if type(finder) is type else type(finder)
    if type(cls) is not type or cls.__getattribute__ is not _GET_ATTRIBUTE:
        return False
    for base in cls.__mro__:
        method = base.__dict__.get("find_spec", _MISSING)
        if method is not _MISSING:
            return type(method) in _METHODS
    return False


all_relabelled(globals())
