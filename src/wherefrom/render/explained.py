"""Findings as a text that a person reads: what happened, why, what to do; at most a screen.

Decides how much of the findings is told: the first in full, the others in a line each. It judges
nothing; ``explain/weighing.py`` has put them in order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from . import sentences as s
from .lines import Line, layout, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..finding import Finding

_MOST_EVIDENCE = 10
_MOST_OTHERS = 5


def explanation_text(findings: Sequence[Finding], *, error: str = "", colour: bool = False) -> str:
    """Tell findings.

    Args:
        findings: the findings, the cause first.
        error: what happened, in one line.
        colour: whether to use terminal codes.

    Returns:
        The text, without a line break at its end.
    """
    head = [Line(shown(error))] if error else []
    told = list(explanation_lines(findings)) or [Line("nothing was found that explains it")]
    return layout([*head, *told], colour=colour)


def explanation_lines(findings: Sequence[Finding], *, evidence: bool = True) -> Iterator[Line]:
    """Tell findings, the first in full and the others in a line each; nothing for none.

    Args:
        findings: the findings, the cause first.
        evidence: whether to tell what the first rests on; left out where that is told already.
    """
    if not findings:
        return
    first, *others = findings
    yield from finding_lines(first if evidence else attrs.evolve(first, evidence=()))
    told = [one for one in others if one.severity != "note"][:_MOST_OTHERS]
    if told:
        yield Line("also:", tuple(Line(f"{shown(one.summary)} [{one.code}]") for one in told))
    left = len(others) - len(told)
    if left:
        yield Line(f"and {s.count(left, 'further finding', 'further findings')}", dim=True)


def finding_lines(finding: Finding) -> Iterator[Line]:
    """Tell one finding in full."""
    likely = ", inferred" if finding.certainty == "inferred" else ""
    evidence = [Line(shown(str(item))) for item in finding.evidence[:_MOST_EVIDENCE]]
    if len(finding.evidence) > _MOST_EVIDENCE:
        evidence.append(Line(f"and {len(finding.evidence) - _MOST_EVIDENCE} more", dim=True))
    yield Line(f"{finding.severity}: {shown(finding.summary)} [{finding.code}{likely}]", tuple(evidence))
    if finding.fix:
        yield Line(f"fix: {shown(finding.fix)}")
