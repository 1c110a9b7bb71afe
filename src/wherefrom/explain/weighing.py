"""Which findings stand first, and which say nothing beyond what others say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .case import Case
from .rules import RULES

if TYPE_CHECKING:
    from ..finding import Finding
    from ..surroundings import Surroundings
    from ..trace import Trace
    from .rules import Rule

_GRAVE = {"error": 0, "warning": 1, "note": 2}
_FALLBACK = 20


def findings_of(trace: Trace, around: Surroundings, *, strict: bool = False) -> tuple[Finding, ...]:
    """Say what looks wrong, the cause of a failure first.

    It is a function of its arguments alone: the same trace and the same answers give the same
    findings, wherever they are read.

    Args:
        trace: the trail.
        around: its surroundings.
        strict: whether a rule that fails is an error; otherwise it says nothing, since a file may
            hold what no program did, and an explanation must not end what it explains.

    Returns:
        The findings: errors before warnings before notes, the most specific first.
    """
    case = Case(trace, around)
    found = [finding for rule in RULES for finding in _asked(rule, case, strict)]
    unique = list({(one.code, one.about): one for one in reversed(found)}.values())[::-1]
    better = any(one.weight > _FALLBACK and one.severity != "note" for one in unique)
    kept = [one for one in unique if one.weight > _FALLBACK or not better]
    return tuple(sorted(kept, key=lambda one: (_GRAVE[one.severity], -one.weight)))


def _asked(rule: Rule, case: Case, strict: bool) -> list[Finding]:
    try:
        return list(rule(case))
    except Exception:
        if strict:
            raise
        return []
