"""Resolutions as one document of plain data, as ``wherefrom resolve --json`` prints it.

This file decides the keys of that document; the published schema and the tests hold it to them. It
makes no text and searches nothing by itself, but a question for losers or near misses makes the
resolution look for them. Read ``docs/reference/json.md`` next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..documents import SCHEMA
from ..stories import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .resolved import LoserShape, NearMissShape, Resolved


def resolution_document(
    resolutions: Iterable[Resolved],
    *,
    all: bool = False,  # noqa: A002
    sources: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Give resolutions as plain lists, dictionaries, text and numbers.

    Args:
        resolutions: the resolutions, in the order of their names on the command line.
        all: whether losers are searched for and given too.
        sources: for path entries, in words, why they are on the path.

    Returns:
        ``{"schema": "wherefrom/1", "resolutions": […]}``, and the ``"sources"`` where they are known.
    """
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "resolutions": [_resolution(r, all) for r in resolutions],
    }
    if sources:
        document["sources"] = {text_of(entry): text_of(source) for entry, source in sources.items()}
    return document


def _resolution(r: Resolved, everything: bool) -> dict[str, Any]:
    document: dict[str, Any] = {
        "name": r.name,
        "found": r.found,
        "kind": r.kind,
        "origin": None if r.origin is None else text_of(r.origin),
        "locations": None if r.locations is None else [text_of(place) for place in r.locations],
        "is_package": r.is_package,
        "loader": r.loader,
        "finder": r.finder,
        "reason": r.why or None,
        "near_misses": [] if r.found else [_near_miss(miss) for miss in r.near_misses],
        "watch": list(r.watch),
        "findings": [finding.to_document() for finding in r.findings],
    }
    document |= {key: value for key, value in r.trace.to_document().items() if key != "schema"}
    if everything:
        document["shadowed"] = [_loser(loser) for loser in r.shadowed]
    return document


def _near_miss(miss: NearMissShape) -> dict[str, Any]:
    return {"path": miss.path, "reason": miss.reason}


def _loser(loser: LoserShape) -> dict[str, Any]:
    return {
        "kind": loser.kind,
        "origin": None if loser.origin is None else text_of(loser.origin),
        "entry": loser.entry,
        "finder": loser.finder,
        "reason": loser.reason,
    }
