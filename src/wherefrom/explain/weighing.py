"""Which findings stand first, and which say nothing beyond what others say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .case import Case
from .rules import RULES

if TYPE_CHECKING:
    from ..finding import Finding
    from ..surroundings import Surroundings
    from ..trace import Trace

_GRAVE = {"error": 0, "warning": 1, "note": 2}
_FALLBACK = 20


def findings_of(trace: Trace, around: Surroundings) -> tuple[Finding, ...]:
    """Say what looks wrong, the cause of a failure first.

    It is a function of its arguments alone: the same trace and the same answers give the same
    findings, wherever they are read.

    Args:
        trace: the trail.
        around: its surroundings.

    Returns:
        The findings: errors before warnings before notes, the most specific first.
    """
    case = Case(trace, around)
    found = [finding for rule in RULES for finding in rule(case)]
    unique = list({(one.code, one.about): one for one in reversed(found)}.values())[::-1]
    better = {one.about for one in unique if one.weight > _FALLBACK and one.severity != "note"}
    kept = [one for one in unique if one.weight > _FALLBACK or not (better & {one.about, ""} or better)]
    return tuple(sorted(kept, key=lambda one: (_GRAVE[one.severity], -one.weight)))
