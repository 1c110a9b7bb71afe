"""What an answer about the search path is made of: entries, what was left out, findings, the whole.

Plain values without behaviour beyond reading and showing them; nothing here looks at the disk or
at a process. Read `model.py` for how they come about and `picture.py` for how they are shown.
"""

from __future__ import annotations

import attrs

from wherefrom.search_path import tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any, TypeAlias

    Detail: TypeAlias = "int | str | Place | None"


def _known_source(_instance: object, _attribute: object, value: str) -> None:
    tables.source(value)


def _known_reason(_instance: object, _attribute: object, value: str) -> None:
    tables.REASONS[value]


def _known_finding(_instance: object, _attribute: object, value: str) -> None:
    tables.FINDINGS[value]


@attrs.frozen
class Place:
    """A file and, where there is one, the line in it that an entry comes from."""

    file: str
    line: int | None = None

    def __str__(self) -> str:
        """Show it as people write it: file, colon, line."""
        return self.file if self.line is None else f"{self.file}:{self.line}"


@attrs.frozen
class Added:
    """An entry that code added to `sys.path`, and what is known of that code.

    Attributes:
        path: The entry.
        importer: The module whose code ran, empty where that is not known.
        file: The file of that code, None where it is not known.
        after: The line that the code was at when the entry was not there yet, None for its beginning.
        before: The line that the code was at when the entry was there, None for its end.
        towards: The function that the line `before` was in the middle of calling then, as
            `file:line`, None for none.
        line: The line of the only statement that can have added it; inferred, None where there is
            none or more than one.
        line_file: The file of that statement; another one than `file` if it stands in a function.
        doubt: Why it may have been somebody else, None if there is no reason to think so.
    """

    path: str
    importer: str = ""
    file: str | None = None
    after: int | None = None
    before: int | None = None
    towards: str | None = None
    line: int | None = None
    line_file: str | None = None
    doubt: str | None = None

    @property
    def place(self) -> Place | None:
        """The statement, or else the file of the code that ran; None where nothing is known."""
        if self.line is not None and self.line_file is not None:
            return Place(self.line_file, self.line)
        if self.file is None:
            return None
        return Place(self.file, self.before if self.before == self.after else None)

    @property
    def certainty(self) -> str:
        """`"inferred"` if a statement is named, `"observed"` if only what ran meanwhile."""
        return "observed" if self.line is None else "inferred"


@attrs.frozen
class PathEntry:
    """One entry of a search path and why it is there.

    Attributes:
        path: The entry as `sys.path` holds it; `''` stays `''`.
        source: A name out of the table of sources, such as `"pythonpath"`.
        detail: What the source adds: an item's number, `"venv"` or `"base"`, a `Place`, or nothing.
        exists: Whether there is a file or directory at the path.
        label: The source in words, as in `PYTHONPATH[2]` or `line 3 of dev.pth`.
        added: What tracing has seen of the code that added it; None for other entries.
    """

    path: str
    source: str = attrs.field(validator=_known_source)
    detail: Detail = None
    exists: bool = True
    label: str = ""
    added: Added | None = None


@attrs.frozen
class LeftOut:
    """Something that is not on the path although it might be expected there, and why.

    Attributes:
        path: The path that is not there, or None where only a source is known.
        source: The source that would have brought it.
        detail: As in `PathEntry`.
        reason: A name out of the table of reasons, such as `"duplicate"`.
        because: The reason in one sentence, with its evidence.
        entry: The index of the entry that is the same path, for a duplicate.
    """

    path: str | None
    source: str = attrs.field(validator=_known_source)
    reason: str = attrs.field(validator=_known_reason)
    because: str
    detail: Detail = None
    entry: int | None = None


@attrs.frozen
class StartupCode:
    """Code that runs while Python starts: an import line, an entry point, a customize module.

    Attributes:
        place: Where the code is.
        text: The line, or the name of the module.
        kind: The source that its entries carry: `pth-import`, `start`, `sitecustomize`, `usercustomize`.
        effect: What it does to the path, in words.
        predicted: Whether that is certain; if not, the code was taken to leave the path alone.
    """

    place: Place
    text: str
    kind: str
    effect: str
    predicted: bool


@attrs.frozen
class Finding:
    """Something that looks wrong with a search path, with its evidence and what mends it."""

    code: str = attrs.field(validator=_known_finding)
    severity: str
    summary: str
    evidence: tuple[str, ...] = ()
    fix: str = ""


@attrs.frozen
class Shadow:
    """A module in the first entry that hides the standard library's module of the same name."""

    name: str
    file: str


@attrs.frozen
class FirstEntry:
    """What stands first, whether that is safe, and what in it hides the standard library.

    Attributes:
        path: The directory that is searched first, or None if nothing was put first.
        safe: False if whoever can write there decides what the program imports.
        because: Why, in one sentence.
        shadows: The modules in it that hide standard library modules.
    """

    path: str | None
    safe: bool
    because: str
    shadows: tuple[Shadow, ...] = ()


@attrs.frozen
class SearchPath:
    """The search path of one invocation of Python, entry by entry, with what is not there and why.

    It is a sequence of `PathEntry`; `list(result.paths)` is what `sys.path` would be.

    Attributes:
        python: The interpreter that was asked about, as it was given.
        argv: The arguments after it.
        entries: The entries in order.
        left_out: What is not there, and why.
        startup: The code that runs during start-up, none of which was run to give this answer.
        first: The safety of the first entry.
        error: Why Python would not reach the program, or None.
        findings: What looks wrong, with a fix.
        notes: Sentences that a reader should know and that are no finding.
        version: The version of the interpreter, such as `3.12.1`, once it could be asked.
    """

    python: str
    argv: tuple[str, ...] = ()
    entries: tuple[PathEntry, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    startup: tuple[StartupCode, ...] = ()
    first: FirstEntry | None = None
    error: str | None = None
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    version: str | None = None

    @property
    def paths(self) -> tuple[str, ...]:
        """The entries' paths alone: what `sys.path` would be."""
        return tuple(entry.path for entry in self.entries)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that are more than a note."""
        return tuple(finding for finding in self.findings if finding.severity != "note")

    @property
    def complete(self) -> bool:
        """Whether the answer is certain: no start-up code whose effect could not be told."""
        return self.error is None and all(code.predicted for code in self.startup)

    def label(self, path: str, *, cwd: str | None = None) -> str | None:
        """Return the words for the source of a path entry, or None for a path that is not on it.

        Args:
            path: The entry as a search shows it.
            cwd: The directory that stands for an entry `''`: a search shows `''` as the directory.

        Example:
            >>> from wherefrom.search_path.result import PathEntry, SearchPath
            >>> SearchPath("python", entries=(PathEntry("", "cwd", label="current directory"),)).label("")
            'current directory'
        """
        exact = next((entry.label for entry in self.entries if entry.path == path), None)
        if exact is None and cwd is not None and path == cwd:
            return self.label("")
        return exact

    def labels(self, paths: Iterable[str], *, cwd: str | None = None) -> dict[str, str]:
        """Return the words for the sources of some path entries, for those that are known.

        Args:
            paths: Path entries, such as those that a resolution looked at.
            cwd: The directory that stands for an entry `''`.

        Example:
            >>> from wherefrom.search_path.result import PathEntry, SearchPath
            >>> answer = SearchPath("python", entries=(PathEntry("/a", "stdlib", label="library"),))
            >>> answer.labels(["/a", "/b"])
            {'/a': 'library'}
        """
        found = {path: self.label(path, cwd=cwd) for path in paths}
        return {path: label for path, label in found.items() if label is not None}

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as plain data, as `wherefrom path --json` prints it."""
        from wherefrom.search_path import picture

        return picture.as_data(self)

    def to_json(self) -> str:
        """Return the answer as one JSON document."""
        import json

        return json.dumps(self.to_dict(), indent=2)

    def __len__(self) -> int:
        """Return the number of entries."""
        return len(self.entries)

    def __iter__(self) -> Iterator[PathEntry]:
        """Iterate over the entries in order."""
        return iter(self.entries)

    def __getitem__(self, index: int) -> PathEntry:
        """Return one entry by its index in `sys.path`."""
        return self.entries[index]

    def __str__(self) -> str:
        """Draw the answer for people."""
        from wherefrom.search_path import picture

        return picture.as_text(self)

    def __repr__(self) -> str:
        """Say it in one line."""
        state = f"error={self.error!r}" if self.error else f"{len(self.entries)} entries"
        return f"<SearchPath of {' '.join((self.python, *self.argv))!r}: {state}>"
