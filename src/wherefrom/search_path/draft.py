"""The list under construction: its entries with their sources, and what is left out of it.

Every step of `site` and all start-up code write to this one list; who writes at the moment is known
(`by`), so that an entry that code appends carries the code's own source. It decides nothing.
"""

from __future__ import annotations

import contextlib

import attrs

from wherefrom.search_path.result import Place, StartupCode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from wherefrom.search_path.result import Detail


class FatalError(Exception):
    """The interpreter would end while it starts; the message says where and why."""


@attrs.frozen
class Unnamed:
    """Something that is not there and of which only the source is known, such as an unread file."""

    source: str
    detail: Detail = None
    text: str | None = None
    path: None = attrs.field(default=None, init=False)


@attrs.frozen
class Draft:
    """An entry to be: its path, source, detail, and the text of the line that it comes from."""

    path: str
    source: str
    detail: Detail = None
    text: str | None = None


@attrs.frozen
class Omission:
    """What did not become an entry: the reason, its evidence, and the entry it repeats."""

    draft: Draft | Unnamed
    reason: str
    evidence: str = ""
    of: str | None = None


@attrs.define
class Drafts:
    """The entries so far, the omissions so far, the start-up code so far.

    Attributes:
        entries: The list under construction.
        omissions: What was left out.
        startup: The code that runs during start-up.
        site_directories: The directories whose `.pth` files were read, with their detail.
        owner: The source and detail that entries added by code get at the moment.
    """

    entries: list[Draft] = attrs.Factory(list)
    omissions: list[Omission] = attrs.Factory(list)
    startup: list[StartupCode] = attrs.Factory(list)
    site_directories: dict[str, Detail] = attrs.Factory(dict)
    owner: tuple[str, Detail] = ("unknown", None)

    def paths(self) -> list[str]:
        """Return the paths so far."""
        return [draft.path for draft in self.entries]

    def append(self, draft: Draft) -> None:
        """Add an entry at the end."""
        self.entries.append(draft)

    def replace(self, paths: list[str]) -> None:
        """Make these the paths, as code does that works on `sys.path`; new ones belong to the code."""
        left = list(self.entries)
        made = []
        for path in paths:
            known = next((draft for draft in left if draft.path == path), None)
            if known is not None:
                left.remove(known)
            made.append(known or Draft(path, *self.owner))
        self.entries[:] = made

    @contextlib.contextmanager
    def by(self, source: str, detail: Detail) -> Iterator[None]:
        """Give what code adds within the block this source."""
        outer, self.owner = self.owner, (source, detail)
        try:
            yield
        finally:
            self.owner = outer

    def leave_out(
        self, draft: Draft | Unnamed, reason: str, evidence: str = "", *, of: int | None = None
    ) -> None:
        """Note what is not there, once: a second pass over a directory says nothing new."""
        twin = None if of is None else draft.path
        omission = Omission(draft, reason, evidence, twin)
        if omission not in self.omissions:
            self.omissions.append(omission)

    def leave_out_again(self, draft: Draft, ledger: list[Draft]) -> None:
        """Note a duplicate, unless it is the very line that made the entry (a second pass)."""
        origins = (*self.entries, *ledger)
        if any((draft.source, draft.detail) == (first.source, first.detail) for first in origins):
            return
        same = Omission(draft, "duplicate", "", draft.path)
        if same not in self.omissions:
            self.omissions.append(same)

    def ran(self, place: Place, text: str, kind: str, effect: str, predicted: bool) -> None:
        """Note code that runs during start-up, once."""
        code = StartupCode(place, text, kind, effect, predicted)
        if not any((known.place, known.kind) == (place, kind) for known in self.startup):
            self.startup.append(code)
