"""The rules: each looks at a case and says what it can show to be wrong.

A rule yields findings of its code and decides nothing about others; `weighing` in the parent decides
which stand first. ``RULES`` lists all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from .beside import RULES as _BESIDE
from .commands import RULES as _COMMANDS
from .copies import RULES as _COPIES
from .cycles import RULES as _CYCLES
from .depth import RULES as _DEPTH
from .hidden import RULES as _HIDDEN
from .leftovers import RULES as _LEFTOVERS
from .missing import RULES as _MISSING
from .namespaces import RULES as _NAMESPACES
from .order import RULES as _ORDER
from .packages import RULES as _PACKAGES
from .relative import RULES as _RELATIVE
from .shadowing import RULES as _SHADOWING
from .spelling import RULES as _SPELLING
from .start_up import RULES as _START_UP
from .twice import RULES as _TWICE
from .waiting import RULES as _WAITING
from .whereabouts import RULES as _WHEREABOUTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ...finding import Finding
    from ..case import Case

Rule: TypeAlias = "Callable[[Case], Iterator[Finding]]"

RULES: tuple[Rule, ...] = (
    *_SHADOWING,
    *_HIDDEN,
    *_COPIES,
    *_LEFTOVERS,
    *_CYCLES,
    *_DEPTH,
    *_ORDER,
    *_WAITING,
    *_START_UP,
    *_RELATIVE,
    *_TWICE,
    *_COMMANDS,
    *_WHEREABOUTS,
    *_NAMESPACES,
    *_BESIDE,
    *_PACKAGES,
    *_SPELLING,
    *_MISSING,
)
