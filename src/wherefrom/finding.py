"""`Finding` and `Evidence`: what looks wrong, with the facts that show it and what mends it.

This file decides what a finding is made of, in Python and in JSON. ``explain/`` makes findings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Evidence", "Finding"]

SEVERITIES = ("error", "warning", "note")
CERTAINTIES = ("observed", "inferred")


@attrs.frozen
class Evidence:
    """One fact that a finding rests on.

    Attributes:
        text: the fact, in words.
        file: the file or directory that it is about, None if it is about none.
        line: the line of that file.
        event: the position in the trace of the event that shows it, None if it was looked up around it.
    """

    text: str
    file: str | None = None
    line: int | None = None
    event: int | None = None

    def __str__(self) -> str:
        """Give the fact with its place, as people write it.

        >>> str(Evidence("asks for yaml", "app.py", 3))
        'asks for yaml (app.py:3)'
        """
        if self.file is None or (self.file in self.text and self.line is None):
            return self.text
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return self.text if place in self.text else f"{self.text} ({place})"


def _tuple(items: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(items)


@attrs.frozen
class Finding:
    """Something that looks wrong, with its evidence and a fix.

    Attributes:
        code: the cause, kebab-case; each has its entry on the page of findings.
        severity: ``error`` for what made something fail, ``warning`` for what will or may, ``note``
            for what is only worth knowing.
        summary: one sentence that names the culprit.
        evidence: the facts.
        fix: what to do.
        certainty: ``observed`` if the facts themselves show the cause, ``inferred`` if it is the
            likeliest reading of them.
        about: the module that it is about; empty if it is about none.
        weight: how specific it is, from 0 to 100; the heaviest comes first.
    """

    code: str
    severity: str = attrs.field(validator=attrs.validators.in_(SEVERITIES))
    summary: str
    evidence: tuple[Evidence, ...] = attrs.field(converter=_tuple)
    fix: str
    certainty: str = attrs.field(default="observed", validator=attrs.validators.in_(CERTAINTIES))
    about: str = ""
    weight: int = attrs.field(default=50, repr=False)

    def to_document(self) -> dict[str, Any]:
        """Give it as plain data, as it stands in JSON."""
        document = attrs.asdict(self) | {"evidence": [attrs.asdict(item) for item in self.evidence]}
        del document["weight"]
        return document

    def __str__(self) -> str:
        """Tell it in a few lines: what, why, and what to do."""
        lines = [f"{self.severity}: {self.summary} [{self.code}]"]
        lines += [f"  {item}" for item in self.evidence]
        return "\n".join([*lines, f"  fix: {self.fix}"])
