"""Leaving the seam: the interpreter's functions are put back where ours stood, and ours perhaps once more.

Decides what leaving means when others have replaced our functions meanwhile. ``seam.py`` puts them in.
"""

import sys

from .genuine import bootstrap
from .seam import MARK

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

    from .seam import Seam

# Modules that copy functions of the import system into their own namespace when they are imported.
_COPIERS = ("importlib", "importlib.util", "importlib.abc", "imp", "pkgutil", "runpy")


def take_out(seam: "Seam") -> None:
    """Put the interpreter's functions back wherever ours still stand.

    Where somebody has replaced ours since, theirs stays, and ours behind it only passes on. Where
    what we replaced was a tracer that has ended since, what it had replaced is put back.
    """
    seam.alive = False
    for name, ours in seam.ours.items():
        genuine = _still_living(name, seam.genuine[name])
        if getattr(bootstrap, name, None) is ours:
            setattr(bootstrap, name, genuine)
        _put_into_copiers(name, ours, genuine)


def put_in_again(seam: "Seam") -> bool:
    """Let functions that were taken out stand again; they were dear to make.

    Returns:
        Whether they do: not if there are none, or something else stands now where they stood.
    """
    if not seam.genuine:
        return False
    for name, genuine in seam.genuine.items():
        if getattr(bootstrap, name, None) is not genuine:
            return False
    seam.stand()
    return True


def _still_living(name: str, function: "Any") -> "Any":
    while True:
        seam = getattr(function, "__dict__", {}).get(MARK)
        if seam is None or seam.alive:
            return function
        function = seam.genuine[name]


def _put_into_copiers(name: str, ours: "Any", genuine: "Any") -> None:
    try:
        modules = [sys.modules.get(copier) for copier in _COPIERS]
    except Exception:  # the program may have put anything in the place of sys.modules
        return
    for module in modules:
        namespace = getattr(module, "__dict__", None)
        if namespace is not None and namespace.get(name) is ours:
            namespace[name] = genuine
