"""The functions that stand at the seam of a find and of a load, where these are the interpreter's.

Each calls the function whose place it has; what is recorded is decided in ``live.py``. ``standing_in.py`` has
those that do the work themselves, and have these places where our own search is at work. As in
``standing.py``, all that a function uses is in its closure.
"""

from .seam import uncovered

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

    from .live import Live
    from .seam import Maker, Seam


def makers_for(live: "Live") -> "dict[str, Maker]":
    """Tell which functions are replaced, and what makes those that take their places."""
    return {
        "_find_spec": lambda seam, genuine: _find_spec(live, seam, genuine),
        "_load_unlocked": lambda seam, genuine: _load_unlocked(live, seam, genuine),
    }


def _find_spec(live: "Live", seam: "Seam", genuine: "Any") -> "Any":
    uncover = uncovered
    began, ended, failed = live.find_began, live.find_ended, live.find_failed

    def _find_spec(name: "Any", path: "Any", target: "Any" = None) -> "Any":
        recorded = live.on and seam.alive
        if recorded:
            began(name)
        try:
            spec = genuine(name, path, target)
        except BaseException as error:
            if recorded:
                failed(name, None, error)
            uncover(error)
            raise
        if recorded:
            ended(name, None, spec)
        return spec

    return _find_spec


def _load_unlocked(live: "Live", seam: "Seam", genuine: "Any") -> "Any":
    uncover = uncovered
    began, ended, failed = live.load_began, live.load_ended, live.load_failed

    def _load_unlocked(spec: "Any") -> "Any":
        name = began(spec) if live.on and seam.alive else None
        try:
            module = genuine(spec)
        except BaseException as error:
            if name is not None:
                failed(name, error, None)
            uncover(error)
            raise
        if name is not None:
            ended(name, module, None)
        return module

    return _load_unlocked
