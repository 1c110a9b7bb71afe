"""What the views need of a resolution: its shape, without the room that makes it.

This file decides nothing. A trace that was read from a file can be told like a resolution by any
object of this shape; ``resolution.py`` holds the one that searches.
"""

# ruff: noqa: D102  # the attributes are described where they are made

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..finding import Finding
    from ..trace import Trace


class LoserShape(Protocol):
    """Something of the same name that lost, with the rule by which it did."""

    @property
    def kind(self) -> str: ...
    @property
    def origin(self) -> str | None: ...
    @property
    def entry(self) -> str | None: ...
    @property
    def finder(self) -> str: ...
    @property
    def reason(self) -> str: ...


class NearMissShape(Protocol):
    """Something that almost fits, with what is wrong with it."""

    @property
    def path(self) -> str: ...
    @property
    def reason(self) -> str: ...


class Resolved(Protocol):
    """Where a module would come from, as far as the views look at it."""

    @property
    def name(self) -> str: ...
    @property
    def found(self) -> bool: ...
    @property
    def kind(self) -> str | None: ...
    @property
    def origin(self) -> str | None: ...
    @property
    def is_package(self) -> bool: ...
    @property
    def locations(self) -> Sequence[str] | None: ...
    @property
    def finder(self) -> str | None: ...
    @property
    def loader(self) -> str | None: ...
    @property
    def why(self) -> str: ...
    @property
    def trace(self) -> Trace: ...
    @property
    def findings(self) -> Sequence[Finding]: ...
    @property
    def shadowed(self) -> Sequence[LoserShape]: ...
    @property
    def near_misses(self) -> Sequence[NearMissShape]: ...
    @property
    def watch(self) -> Sequence[str]: ...
