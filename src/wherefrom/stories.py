"""The little stories that the engine writes as one row each, told step by step.

The commonest (an entry searched in vain, a finder that declined at once, a plain import) are folded. What
such a row says in the public vocabulary is decided here, in the order in which it happened; ``unfold.py``
asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._engine.hooks import DIRECTORY_TRIED, NOTHING_TRIED
from ._engine.paths import join

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Row = tuple[Any, ...]
Hooks = tuple[tuple[str, str, "str | None"], ...]
# Entries, suffixes, kinds of modules, finders ahead and behind.
Path = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def text_of(value: object) -> str:
    """Give any object as text: text as it is, everything else by its ``repr``, even a broken one."""
    if isinstance(value, str):
        return str.__str__(value)
    try:
        return repr(value)
    except Exception:  # a stranger's __repr__ may do anything
        return f"<{type(value).__name__}>"


def _ask_declined(began: int, at: int, thread: int, name: str, finders: Iterable[str]) -> Iterator[Row]:
    for finder in finders:
        yield "ask.began", began, thread, name, finder
        yield "ask.ended", at, thread, name, finder, "declined", None
        began = at


def _looked_into(
    at: int, thread: int, entry: str, directory: str, how: str, hooks: Hooks | None
) -> Iterator[Row]:
    """Tell how a directory's finder was come by, and how its content."""
    if hooks is None:
        yield "finder.recalled", at, thread, entry, "FileFinder", "finder"
    else:
        for hook, outcome, error in hooks:
            yield "hook.tried", at, thread, entry, hook, outcome, error
    yield "directory.listed", at, thread, directory, how, None


def _search_missed(
    began: int,
    at: int,
    thread: int,
    name: str,
    entry: str,
    directory: str,
    candidates: tuple[str, ...],
    how: str,
    hooks: Hooks | None,
) -> Iterator[Row]:
    yield "search.began", began, thread, name, entry
    yield from _looked_into(at, thread, entry, directory, how, hooks)
    for candidate in candidates:
        yield "candidate.seen", at, thread, name, join(directory, candidate), "absent"
    yield "search.ended", at, thread, name, entry, "missed", "nothing-there", None


def _search_hit(
    began: int,
    at: int,
    thread: int,
    name: str,
    entry: str,
    directory: str,
    package: str | None,
    candidates: tuple[str, ...],
    chosen: int,
    how: str,
    hooks: Hooks | None,
    beside: tuple[str, ...] = (),
) -> Iterator[Row]:
    yield "search.began", began, thread, name, entry
    yield from _looked_into(at, thread, entry, directory, how, hooks)
    place = directory if package is None else join(directory, package)
    if beside:  # a directory that has none of these files, and would come before the module
        yield from _no_init(at, thread, name, join(place, candidates[0]), beside)
    for candidate in candidates[bool(beside) : chosen]:
        yield "candidate.seen", at, thread, name, join(place, candidate), "absent"
    yield "candidate.seen", at, thread, name, join(place, candidates[chosen]), "chosen"
    yield "search.ended", at, thread, name, entry, "found", None, None


def _search_portion(
    began: int,
    at: int,
    thread: int,
    name: str,
    entry: str,
    directory: str,
    inits: tuple[str, ...],
    candidates: tuple[str, ...],
    how: str,
    hooks: Hooks | None,
) -> Iterator[Row]:
    yield "search.began", began, thread, name, entry
    yield from _looked_into(at, thread, entry, directory, how, hooks)
    portion = join(directory, candidates[0])
    yield from _no_init(at, thread, name, portion, inits)
    for candidate in candidates[1:]:
        yield "candidate.seen", at, thread, name, join(directory, candidate), "absent"
    yield "portion.kept", at, thread, name, portion
    yield "search.ended", at, thread, name, entry, "portion", None, None


def _no_init(at: int, thread: int, name: str, portion: str, inits: tuple[str, ...]) -> Iterator[Row]:
    for init in inits:
        yield "candidate.seen", at, thread, name, join(portion, init), "absent"
    yield "candidate.seen", at, thread, name, portion, "no-init"


def _search_run(
    began: int,
    at: int,
    thread: int,
    name: str,
    entries: tuple[str, ...],
    first: int,
    directories: tuple[str, ...],
    candidates: tuple[str, ...],
) -> Iterator[Row]:
    run = entries[first : first + len(directories)]
    places = tuple(zip(run, directories, strict=True))
    yield from _search_swept(began, at, thread, name, places, 0, len(places), candidates)


def _search_swept(
    began: int,
    at: int,
    thread: int,
    name: str,
    places: tuple[tuple[str, str], ...],
    first: int,
    last: int,
    candidates: tuple[str, ...],
) -> Iterator[Row]:
    for entry, directory in places[first:last]:
        yield from _search_missed(began, at, thread, name, entry, directory, candidates, "recalled", None)
        began = at


def _search_answered(
    began: int,
    at_ns: int,
    thread: int,
    name: str,
    places: tuple[tuple[str, str], ...],
    at: int,
    tail: str,
    suffixes: tuple[str, ...],
    chosen: int,
) -> Iterator[Row]:
    candidates = (tail, *[tail + suffix for suffix in suffixes])
    yield from _search_swept(began, at_ns, thread, name, places, 0, at, candidates)
    began = at_ns if at else began
    entry, directory = places[at]
    hit = thread, name, entry, directory, None, candidates, chosen, "recalled", None
    yield from _search_hit(began, at_ns, *hit)
    if at + 1 < len(places):
        yield "entries.unsearched", at_ns, thread, name, tuple([entry for entry, _ in places[at + 1 :]])


def _entries_rest(
    began: int, at: int, thread: int, name: str, entries: tuple[object, ...], first: int
) -> Iterator[Row]:
    yield "entries.unsearched", at, thread, name, tuple(map(text_of, entries[first:]))


def _load_prepared(began: int, at: int, thread: int, name: str, loader: str, how: str) -> Iterator[Row]:
    yield "load.began", began, thread, name, loader
    yield "module.created", at, thread, name, how
    yield "module.registered", at, thread, name, "new"


# -- the plain import -----------------------------------------------------------------------------


def kind_and_origin(row: Row, path: Path) -> tuple[str, str]:
    """Tell what kind of module a row of a plain find has found, and where.

    Args:
        row: the row, of kind ``find.plain`` or ``search.plain``.
        path: the path that it speaks of.
    """
    _, _, _, name, _, ways, here, is_package, chosen = row
    entries, suffixes, kinds = path[:3]
    stem = join(entries[len(ways) - 1] or here, name.rpartition(".")[2])
    return kinds[chosen], (join(stem, "__init__") if is_package else stem) + suffixes[chosen]


def without_times(row: Row) -> Row:
    """Give a row of a find after others were asked, as if it had been found at once."""
    return ("find.plain", *row[1:4], *row[5:])


def found_after_others(path: Path | None, row: Row) -> Iterator[Row]:
    """Tell the story of a ``find.asked``: the finders ahead of the interpreter's three declined.

    Args:
        path: the path that it speaks of; None if that has not been told.
        row: the row.
    """
    _, _, thread, name, times = row[:5]
    yield "find.began", times[0], thread, name, name.rpartition(".")[0]
    for finder, began, ended in zip(path[3] if path else (), times, times[1:], strict=False):
        yield "ask.began", began, thread, name, finder
        yield "ask.ended", ended, thread, name, finder, "declined", None
    yield from found_plainly(times[-1], path, without_times(row), is_begun=True)


def found_plainly(began: int, path: Path | None, row: Row, *, is_begun: bool = False) -> Iterator[Row]:
    """Tell the story of a ``find.plain`` or ``search.plain``: the interpreter's three searched a path.

    Args:
        began: the time when it began.
        path: the path that it speaks of; None if that has not been told.
        row: the row.
        is_begun: whether the beginning of the find has been told.
    """
    kind, at, thread, name, _, ways, here, is_package, chosen = row
    if kind == "find.plain" and not is_begun:
        yield "find.began", began, thread, name, name.rpartition(".")[0]
    if path is None:  # the row that told it was cut off
        if kind == "find.plain":
            found = ("found", None) if chosen >= 0 else ("not-found", "no-finder-knows-it")
            yield "find.ended", at, thread, name, *found, None, None
        return
    entries, suffixes, _, _, behind = path
    yield from _ask_declined(began, began, thread, name, ("BuiltinImporter", "FrozenImporter"))
    yield "ask.began", began, thread, name, "PathFinder"
    tail = name.rpartition(".")[2]
    candidates = (tail, *[tail + suffix for suffix in suffixes])
    last = len(ways) - 1 if chosen >= 0 else len(ways)
    for entry, way in zip(entries[:last], ways, strict=False):
        yield from _passed_by(began, at, thread, name, entry, entry or here, candidates, way)
        began = at
    if chosen < 0:
        yield "ask.ended", at, thread, name, "PathFinder", "declined", None
        if kind == "find.plain":
            yield "find.ended", at, thread, name, "not-found", "no-finder-knows-it", None, None
        return
    entry = entries[last]
    directory = entry or here
    how = _looked(ways[last])
    inits = tuple(["__init__" + suffix for suffix in suffixes]) if is_package is not False else ()
    place = began, at, thread, name, entry, directory
    if is_package == "known":  # the interpreter has it already; nobody looked for the others
        yield from _search_hit(*place, tail, inits[chosen : chosen + 1], 0, *how)
    elif is_package:
        yield from _search_hit(*place, tail, inits, chosen, *how)
    else:
        yield from _search_hit(*place, None, candidates, chosen + 1, *how, inits)
    if last + 1 < len(entries):
        yield "entries.unsearched", at, thread, name, entries[last + 1 :]
    yield "ask.ended", at, thread, name, "PathFinder", "found", None
    if kind == "find.plain":
        if behind:
            yield "finders.unasked", at, thread, name, behind
        yield "find.ended", at, thread, name, "found", None, *kind_and_origin(row, path)


def _passed_by(
    began: int,
    at: int,
    thread: int,
    name: str,
    entry: str,
    directory: str,
    candidates: tuple[str, ...],
    way: str,
) -> Iterator[Row]:
    if way not in "nu":
        yield from _search_missed(began, at, thread, name, entry, directory, candidates, *_looked(way))
        return
    yield "search.began", began, thread, name, entry
    if way == "n":
        yield "finder.recalled", at, thread, entry, None, "none"
    else:
        for tried in NOTHING_TRIED:
            yield "hook.tried", at, thread, entry, *tried
    reason = "remembered-as-none" if way == "n" else "no-hook-took-it"
    yield "search.ended", at, thread, name, entry, "skipped", reason, None


def _looked(way: str) -> tuple[str, Hooks | None]:
    if way == "r":
        return "recalled", None
    if way == "k":
        return "recalled", DIRECTORY_TRIED
    return "listed", DIRECTORY_TRIED if way == "h" else None


def _load_plain(
    began: int, at: int, thread: int, name: str, cached: str, mtime: int, size: int, doubt: str | None
) -> Iterator[Row]:
    yield from _load_prepared(began, at, thread, name, "SourceFileLoader", "default")
    judged = "bytecode.judged", at, thread, name, cached, "valid", mtime, mtime, size, size
    yield *judged, None, None, None, doubt
    yield "run.began", at, thread, name


def _import_loaded(began: int, at: int, thread: int, name: str, loaded_ns: int, ran: bool) -> Iterator[Row]:
    if ran:
        yield "run.ended", loaded_ns, thread, name, "ran", None
    yield "load.ended", loaded_ns, thread, name, "loaded", None
    yield "import.ended", at, thread, name, "loaded", None


def _import_bound(began: int, at: int, thread: int, name: str, ran_ns: int) -> Iterator[Row]:
    yield "run.ended", ran_ns, thread, name, "ran", None
    yield "load.ended", ran_ns, thread, name, "loaded", None
    yield "attribute.bound", at, thread, name, name.rpartition(".")[0], "new", None
    yield "import.ended", at, thread, name, "loaded", None


# What tells a row, by its kind: called with the time when its story began, and what is in the row.
STORIES: dict[str, Any] = {
    "ask.declined": _ask_declined,
    "search.missed": _search_missed,
    "search.hit": _search_hit,
    "search.portion": _search_portion,
    "search.run": _search_run,
    "search.swept": _search_swept,
    "search.answered": _search_answered,
    "entries.rest": _entries_rest,
    "load.prepared": _load_prepared,
    "load.plain": _load_plain,
    "import.loaded": _import_loaded,
    "import.bound": _import_bound,
}
