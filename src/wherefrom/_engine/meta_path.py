"""Who stands on ``sys.meta_path``: the interpreter's three finders in a row, and others around them.

Decides by identity alone, so that nobody's code runs. ``searching.py``, ``asking.py`` and ``chained.py`` ask.
"""

from .genuine import BuiltinImporter, FrozenImporter, PathFinder, bootstrap
from .seam import all_relabelled

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

OWN_THREE = BuiltinImporter, FrozenImporter, PathFinder
# Since 3.14, finders that change the meta path do so for later questions only.
COPIES = "list" in bootstrap._find_spec.__code__.co_names


def are_own_three(meta_path: "Any", at: int) -> bool:
    """Say whether the interpreter's three finders stand in a row, from a place of the meta path on."""
    return (
        len(meta_path) > at + 2
        and meta_path[at] is BuiltinImporter
        and meta_path[at + 1] is FrozenImporter
        and meta_path[at + 2] is PathFinder
    )


def has_own_three(meta_path: "Any") -> bool:
    """Say whether the interpreter's three finders stand in a row somewhere on a meta path."""
    if meta_path.__class__ is not list:
        return False
    return any(are_own_three(meta_path, at) for at in range(len(meta_path) - 2))


def are_first(finders: "Sequence[Any]", meta_path: "Sequence[Any]") -> bool:
    """Say whether a meta path begins with these finders."""
    if len(finders) > len(meta_path):
        return False
    for at, finder in enumerate(finders):  # noqa: SIM110  # a generator for all() is a frame more
        if meta_path[at] is not finder:
            return False
    return True


def are_same(finders: "Sequence[Any]", others: "Sequence[Any]") -> bool:
    """Say whether two rows of finders are of the same ones."""
    return len(finders) == len(others) and are_first(finders, others)


all_relabelled(globals())
