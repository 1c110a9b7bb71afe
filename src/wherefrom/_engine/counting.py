"""Counting what is served from ``sys.modules``: by an ``__import__`` around the interpreter's own.

Decides what counts as served: an import of a name that was there before it. Off unless it is asked
for, since it costs something at every import statement and can be noticed: ``builtins.__import__`` is
another function then. ``live.py`` records the sums.
"""

# ruff: noqa: A001, A002  # one function here has the name and the parameters of __import__

import builtins
import sys

from .asker import asker
from .seam import relabelled, uncovered

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

    from .live import Live
    from .live_record import LiveRecord


class Counting:
    """Counts, while it is installed, who asks for modules that are there.

    Attributes:
        sums: how many times, by name and importer.
    """

    def __init__(self) -> None:
        self.sums: dict[tuple[str, str], int] = {}
        self._genuine: Any = None
        self._ours: Any = None

    def put_in(self) -> None:
        """Replace ``builtins.__import__``."""
        genuine, count = builtins.__import__, self._count

        # The names of its parameters are those of the function whose place it takes.
        def __import__(  # noqa: N807
            name: "Any",
            globals: "Any" = None,
            locals: "Any" = None,
            fromlist: "Any" = (),
            level: int = 0,
        ) -> "Any":
            try:
                if level == 0 and name in sys.modules:
                    count(name)
            except Exception:  # an observer that fails never breaks the observed
                pass
            try:
                return genuine(name, globals, locals, fromlist, level)
            except BaseException as error:
                uncovered(error)
                raise

        relabelled(__import__)
        __import__.__module__ = "builtins"
        self._genuine, self._ours = genuine, __import__
        builtins.__import__ = __import__

    def _count(self, name: str) -> None:
        key = name, asker()[1]
        self.sums[key] = self.sums.get(key, 0) + 1

    def tell(self, record: "LiveRecord") -> None:
        """Record the sums since they were told last."""
        sums, self.sums = self.sums, {}
        for (name, importer), times in sums.items():
            record.import_counted(name, importer, times)

    def tell_at_end(self, live: "Live") -> None:
        """Record the sums as the interpreter ends."""
        try:
            self.tell(live.record)
            if live.flush is not None:
                live.flush()
        except Exception:  # no disk any more: the sums are lost, and the program is over
            pass


relabelled(Counting._count)
