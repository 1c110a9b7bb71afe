"""The rules: each looks at a case and says what it can show to be wrong.

A rule yields findings of its code and decides nothing about others; `weighing` in the parent decides
which stand first. ``RULES`` lists all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from .beside import RULES as _BESIDE
from .missing import RULES as _MISSING
from .namespaces import RULES as _NAMESPACES
from .packages import RULES as _PACKAGES
from .shadowing import RULES as _SHADOWING
from .spelling import RULES as _SPELLING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ...finding import Finding
    from ..case import Case

Rule: TypeAlias = "Callable[[Case], Iterator[Finding]]"

RULES: tuple[Rule, ...] = (*_SHADOWING, *_MISSING, *_NAMESPACES, *_BESIDE, *_PACKAGES, *_SPELLING)
