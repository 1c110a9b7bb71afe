"""Who searches for a module of the running program: our own steps, in a chain or alone, or the interpreter.

Decides how much of the search is ours. Alone means that nobody but the interpreter's three finders stands on
``sys.meta_path``. ``plain.py`` searches where all is usual, ``retelling.py`` where not all is, ``chained.py``
where others stand on the meta path too. Errors are never raised here: whoever searches instead comes to them.
"""

import sys

from .asking import Ahead
from .genuine import BuiltinImporter
from .meta_path import are_own_three, has_own_three
from .plain import NOT_THERE, NOT_TOLD, PlainSearch
from .plain_load import prepared
from .seam import all_relabelled

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .chained import Question
    from .live import Live
    from .live_record import LiveRecord
    from .retelling import Retelling
    from .seam import Maker


class Search:
    """Our search, in the place of the interpreter's.

    Attributes:
        plain: what searches where all is usual.
        prepared: what makes a module where all is usual.
        ahead: what asks the finders around the interpreter's three.
        record: where every step is told.
        lose: see below.

    Args:
        record: see above.
        retelling: makes what searches where not all is usual; it is called when that is needed first.
        asking: makes a question to a chain in which others stand too, and is brought in as late.
        lose: is told of the errors by which something is missing in the record.
    """

    def __init__(
        self,
        record: "LiveRecord",
        retelling: "Callable[[LiveRecord], Retelling]",
        asking: "Callable[..., Question]",
        lose: "Callable[[Exception], None]",
    ) -> None:
        self.plain = PlainSearch(record)
        self.prepared = prepared
        self.record = record
        self._make, self._ask = retelling, asking
        self.lose = lose
        self._retelling: Retelling | None = None
        self.ahead = Ahead(self, record)

    def makers_for(self, live: "Live") -> "dict[str, Maker]":
        """Tell what makes the functions that work at the seam, by name."""
        from .standing_in import working_makers_for  # it uses this file

        return working_makers_for(live, self)

    def forget(self) -> None:
        """Forget what was told: who reads the record from here on has seen nothing of it."""
        self.plain.forget()
        self.ahead.silent.clear()

    def let_go(self) -> None:
        """Hold no object of the program any longer."""
        self.plain.let_go()
        self.ahead.let_go()

    def by_own(self, name: str, path: "Any", target: "Any") -> "Any":
        """Find a spec by the interpreter's three finders alone; give `NOT_TOLD` if the search is not ours."""
        try:
            if self.ahead.silent:
                self.ahead.tell()  # a finder that is being asked searches
            meta_path = sys.meta_path
            if (
                meta_path.__class__ is not list
                or meta_path[0] is not BuiltinImporter  # asked here, since it often is not
                or not are_own_three(meta_path, 0)
            ):
                return NOT_TOLD
            others = meta_path[3:]
            spec = self._plainly(name, path, others)
            if spec is not None:
                return None if spec is NOT_THERE else spec
            if not others:
                return self.retelling().find_spec(name, path, target)
        except Exception:  # no more ours, or not ours at all
            pass
        return NOT_TOLD

    def _plainly(self, name: str, path: "Any", others: "list[Any]") -> "Any":
        try:
            return self.plain.find_spec(name, path, others)
        except Exception:  # whoever searches now comes to it too
            return None

    def lose_if_untellable(self, error: Exception) -> None:
        """Tell of an error of ours, unless it is one that the interpreter's search comes to, too."""
        cause = error.__cause__ or error
        if isinstance(cause, (MemoryError, RecursionError)):
            self.lose(cause)

    def question(self, name: str, first: int = 0, copy: "list[Any] | None" = None) -> "Question | None":
        """Give the question to a chain in which others stand too; None where ours is not among them.

        Args:
            name: what is sought.
            first: the place of the finder that is asked first; those before have been asked.
            copy: the meta path, where it was copied before.
        """
        try:
            if first or has_own_three(sys.meta_path):
                return self._ask(self, name, first, copy)
        except Exception:  # the interpreter asks all by itself
            pass
        return None

    def retelling(self) -> "Retelling":
        """Give what searches where not all is usual."""
        if self._retelling is None:
            self._retelling = self._make(self.record)
        return self._retelling


all_relabelled(globals())
