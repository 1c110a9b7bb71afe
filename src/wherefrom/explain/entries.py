"""Entries of the search path, and what is wrong with those that lead nowhere.

Decides what an entry was perhaps meant to be. ``rules/entries.py`` makes findings of it.
"""

from __future__ import annotations

import difflib
import posixpath
import re
from typing import TYPE_CHECKING

import attrs

from .absent import absolute, join

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .case import Case

_QUOTES = "\"'“”‘’"
_ODD = re.compile(r"^<([\w.]+)>\s*(.*)$")
_ARCHIVES = (".zip", ".whl", ".egg", ".pyz", ".jar")


@attrs.frozen
class Entry:
    """An entry of the search path.

    Attributes:
        value: as ``sys.path`` has it.
        written: as it was written, where that is known: an item of PYTHONPATH before it was made absolute.
        source: where it comes from, in words.
        kind: the source as the search path's table of sources names it; ``run-time`` for code.
    """

    value: str
    written: str
    source: str
    kind: str


@attrs.frozen
class Flaw:
    """What is wrong with an entry.

    Attributes:
        code: the code of the finding.
        tells: what is wrong, in words, after the entry.
        meant: the directories that were perhaps meant.
        fix: what to write instead.
    """

    code: str
    tells: str
    meant: tuple[str, ...]
    fix: str


def entries_of(case: Case) -> Iterator[Entry]:
    """Give the entries that can be wrong: not those that the interpreter itself puts there."""
    known = {entry["path"]: entry for entry in case.start_path.get("entries", ())}
    items = (case.environment.get("PYTHONPATH") or "").split(":")
    for value in case.path:
        entry = known.get(value)
        if entry is None:
            yield Entry(value, value, _by_code(case), "run-time")
        elif entry["source"] == "pythonpath":
            at = entry["detail"]
            written = items[at - 1] if isinstance(at, int) and 0 < at <= len(items) else value
            yield Entry(value, written, "PYTHONPATH", "pythonpath")
        elif entry["source"] not in ("stdlib", "stdlib-zip", "lib-dynload", "site-packages", "user-site"):
            yield Entry(value, value, entry["label"], entry["source"])


def _by_code(case: Case) -> str:
    return "the path that was asked about" if case.question is not None else "sys.path, added at run time"


def flaw_of(case: Case, entry: Entry) -> Flaw | None:
    """Say what is wrong with an entry; None if it is a directory, an archive, or an unknown thing."""
    odd = _ODD.match(entry.value)
    if odd is not None:
        return _no_text(case, odd[1], odd[2])
    if "\0" in entry.value or not entry.value:
        return None
    place = absolute(case, entry.value)
    found = case.stat(place)
    if found is not None and found["kind"] == "directory":
        return None
    if found is not None and found["kind"] == "file":
        return _file(case, place)
    if _inside_archive(case, place):
        return None
    written = entry.written
    return (
        _tilde(case, written) or _separator(case, written) or _quoted(case, written) or _missing(case, place)
    )


def _no_text(case: Case, kind: str, shown: str) -> Flaw:
    name = kind.rpartition(".")[2]
    meant: tuple[str, ...] = (absolute(case, shown),) if shown.startswith("/") or "Path" in kind else ()
    if kind in ("bytes", "list", "tuple"):
        meant = tuple(absolute(case, text) for text in re.findall(r"'([^']+)'", shown))
    what = "a pathlib object" if "Path" in name else "not a string"
    return Flaw(
        "non-string-path-entry",
        f"is {what}, of type {name}: what is not a string is skipped silently",
        meant,
        "put text there: sys.path.insert(0, str(path))",
    )


def _file(case: Case, place: str) -> Flaw | None:
    if place.endswith(_ARCHIVES) or not place.endswith(
        (".py", ".pyc", ".pyw", ".so", ".pyd", ".txt", ".toml", ".pth")
    ):
        return None
    home = posixpath.dirname(place)
    return Flaw(
        "path-entry-is-file",
        "is a file, not a directory or an archive, and is not looked into",
        (home,),
        f"put its directory there: {home}",
    )


def _inside_archive(case: Case, place: str) -> bool:
    while place not in ("", "/"):
        place = posixpath.dirname(place)
        found = case.stat(place)
        if found is not None:
            return bool(found["kind"] == "file")
    return False


def _tilde(case: Case, written: str) -> Flaw | None:
    if not written.startswith("~"):
        return None
    home = case.environment.get("HOME", "~")
    meant = home + written[1:] if written[1:2] in ("", "/") else written
    return Flaw(
        "path-entry-tilde-not-expanded",
        f"begins with a tilde, which Python does not expand to the home directory {home}",
        (meant,),
        f"write {meant}, $HOME for ~ in a shell, or os.path.expanduser in code",
    )


def _separator(case: Case, written: str) -> Flaw | None:
    for mark in (";", ",", " "):
        parts = tuple(part.strip(_QUOTES + " \t\r\n") for part in written.split(mark))
        meant = tuple(part for part in parts if part and case.exists(absolute(case, part)))
        if len(parts) > 1 and (len(meant) > 1 or (meant and mark != " " and all(parts[:2]))):
            shown = "a blank" if mark == " " else repr(mark)
            return Flaw(
                "path-entry-wrong-separator",
                f"has {shown} in it where the separator of this system is ':', so it is one entry that "
                "does not exist",
                meant,
                "write " + ":".join(part for part in parts if part),
            )
    return None


def _quoted(case: Case, written: str) -> Flaw | None:
    bare = written.strip(_QUOTES + " \t\r\n")
    if bare == written:
        return None
    marks = set(written[: len(written) - len(written.lstrip(_QUOTES + " \t\r\n"))])
    marks |= set(written[len(written.rstrip(_QUOTES + " \t\r\n")) :])
    if "\r" in marks:
        what = "a carriage return (\\r) at its end, from a file with CRLF line endings"
        fix = "convert the file that sets it to LF line endings"
    elif marks & set(_QUOTES):
        what = "quotation marks as part of it: no shell has removed them"
        fix = f"remove the quotes: {bare}"
    else:
        what = "white space at its beginning or end"
        fix = f"remove the white space: {bare}"
    return Flaw("path-entry-quoted-or-spaced", f"has {what}", (absolute(case, bare),), fix)


def _missing(case: Case, place: str) -> Flaw:
    near = near_directories(case, place)
    hint = f"; {near[0]} does" if near else ""
    return Flaw(
        "path-entry-does-not-exist",
        f"does not exist{hint}; a missing entry is ignored silently",
        near,
        f"correct it to {near[0]}" if near else "correct it, or take it out",
    )


def near_directories(case: Case, place: str) -> tuple[str, ...]:
    """Give the directories that a path with a misspelt part may have meant, the nearest first."""
    rest: list[str] = []
    above = place
    while above not in ("", "/") and not case.exists(above):
        above, last = posixpath.split(above)
        rest.insert(0, last)
    if not rest:
        return ()
    names = [name[:-1] for name in case.listing(above) if name.endswith("/") and not name.startswith(".")]
    alike = difflib.get_close_matches(rest[0], names, n=3, cutoff=0.5)
    same = [name for name in names if name.lower() == rest[0].lower() and name not in alike]
    return tuple(join(above, name, *rest[1:]) for name in [*same, *alike])


def is_regular_package(case: Case, directory: str) -> bool:
    """Say whether a directory has an ``__init__.py``."""
    return "__init__.py" in case.listing(directory)
