"""The function that stands at the seam of each import, in the place of the interpreter's own, and observes.

It calls the function whose place it has; what is recorded is decided in ``live.py``. It is rebuilt with the
interpreter's own globals (``seam.py``), so all that it uses is in its closure. Those that stand at finds and
loads are in ``standing_in.py``, which do the work themselves, and in ``observing.py``, which do not.
"""

from .genuine import bootstrap
from .seam import uncovered

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

    from .live import Live
    from .seam import Maker, Seam

_ASKS_FOR_LAZY_ONES = "lazy_submodule" in bootstrap._find_and_load.__code__.co_varnames


def makers_for(live: "Live") -> "dict[str, Maker]":
    """Tell which function is replaced wherever imports are traced, and what makes the one in its place."""
    find_and_load = _lazy_find_and_load if _ASKS_FOR_LAZY_ONES else _find_and_load
    return {"_find_and_load": lambda seam, genuine: find_and_load(live, seam, genuine)}


def _find_and_load(live: "Live", seam: "Seam", genuine: "Any") -> "Any":
    uncover = uncovered
    began, ended, failed = live.import_began, live.import_ended, live.import_failed

    def _find_and_load(name: "Any", import_: "Any") -> "Any":
        new = live.on and seam.alive and began(name)
        try:
            module = genuine(name, import_)
        except BaseException as error:
            if new:
                failed(name, error)
            uncover(error)
            raise
        if new:
            ended(name)
        return module

    return _find_and_load


def _lazy_find_and_load(live: "Live", seam: "Seam", genuine: "Any") -> "Any":
    """Make the function for versions whose lazily imported submodules may turn out to be none (3.15)."""
    uncover, was_none = uncovered, live.import_was_none
    began, ended, failed = live.import_began, live.import_ended, live.import_failed

    def _find_and_load(name: "Any", import_: "Any", *, lazy_submodule: bool = False) -> "Any":
        new = live.on and seam.alive and began(name)
        try:
            module = genuine(name, import_, lazy_submodule=lazy_submodule)
        except BaseException as error:
            if new:
                failed(name, error)
            uncover(error)
            raise
        if new and module is None:
            was_none(name)
        elif new:
            ended(name)
        return module

    return _find_and_load
