"""What the rest of a search would have offered: the losers, searched only when somebody asks.

After the winner the interpreter looks no further. Here the search is continued, entry by entry and
finder by finder, on a record of its own, and each offer is told with the rule by which it lost.
Decides nothing about the answer. Read ``entries.py`` for the rules themselves.
"""

from ..genuine import KINDS_OF_LOADERS, PathFinder
from ..interpreter import is_untouched
from ..paths import join
from .answer import label
from .chain import ChainFailedError, ask
from .directories import SearchFailedError, directory_of
from .directory import Question
from .entries import search_entry

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from ..system import System
    from .answer import Answer

# The rules by which an offer loses.
LATER_FINDER = "later-finder"
LATER_ENTRY = "later-entry"
PACKAGE_FIRST = "package-before-module"
EARLIER_SUFFIX = "earlier-suffix"
MODULE_BEATS_PORTION = "module-before-portion"

Offer = tuple[str, "str | None", "str | None", str, str]  # kind, where, entry, finder, rule


def losers(system: "System", name: str, tail: str, path: "Any", winner: "Answer") -> "list[Offer]":
    """Continue the search behind a winner.

    Args:
        system: a system on the same state, with a record that takes these steps.
        name: the absolute name.
        tail: its last part.
        path: the locations of the parent; None for a top-level name.
        winner: the answer that won.

    Returns:
        The offers in the order in which they would have been met.
    """
    offers: list[Offer] = []
    passed = False  # whether the winner's finder is behind us
    for finder in list(system.state.meta_path or ()):
        is_path_finder = finder is PathFinder and is_untouched(PathFinder)
        if is_path_finder:
            entries = tuple(system.state.path if path is None else path)
            offers += _along(system, name, tail, entries, winner, passed=passed)
        elif passed:
            offers += _from_finder(system, finder, name, tail, path)
        passed = passed or _is_winner(finder, winner, is_path_finder=is_path_finder)
    return offers


def _is_winner(finder: "Any", winner: "Answer", *, is_path_finder: bool) -> bool:
    if is_path_finder:
        return winner.entry is not None or winner.finder == "PathFinder"
    return winner.entry is None and winner.finder == label(finder)


def _from_finder(system: "System", finder: "Any", name: str, tail: str, path: "Any") -> "Iterator[Offer]":
    try:
        answer = ask(system, finder, name, tail, path)
    except ChainFailedError:
        return
    if answer is not None:
        yield answer.kind, answer.origin, answer.entry, answer.finder, LATER_FINDER


def _along(
    system: "System", name: str, tail: str, entries: "tuple[Any, ...]", winner: "Answer", *, passed: bool
) -> "Iterator[Offer]":
    """Tell what each entry offers besides the winner."""
    question = Question(name, tail, system.interpreter)
    behind = passed  # whether the winner's entry is behind us
    for entry in entries:
        try:
            answer = search_entry(system, question, entry)
        except SearchFailedError:
            continue
        if answer is None:
            continue
        wins = not behind and answer.kind != "namespace" and answer.origin == winner.origin
        if answer.kind == "namespace":
            if winner.kind != "namespace":
                for location in answer.locations:
                    yield "namespace", location, entry, answer.finder, MODULE_BEATS_PORTION
        elif not wins:
            yield answer.kind, answer.origin, entry, answer.finder, (LATER_FINDER if passed else LATER_ENTRY)
        if answer.kind != "namespace":
            yield from _beside(system, question, entry, answer)
        behind = behind or wins


def _beside(system: "System", question: Question, entry: str, answer: "Answer") -> "Iterator[Offer]":
    """Tell what lies beside an answer in its own directory and would answer too."""
    found = directory_of(system, entry)
    if found is None:
        return
    directory, loaders, names = found
    base = join(directory, question.tail)
    if answer.locations is not None:
        for kind, full in _files(system, base, "__init__", loaders, None):
            if full != answer.origin:
                yield kind, full, entry, answer.finder, EARLIER_SUFFIX
    elif question.tail in names and system.disk.is_directory(base):
        yield "namespace", base, entry, answer.finder, MODULE_BEATS_PORTION
    rule = EARLIER_SUFFIX if answer.locations is None else PACKAGE_FIRST
    for kind, full in _files(system, directory, question.tail, loaders, names):
        if full != answer.origin:
            yield kind, full, entry, answer.finder, rule


def _files(
    system: "System", directory: str, stem: str, loaders: "list[tuple[str, Any]]", names: "Any"
) -> "Iterator[tuple[str, str]]":
    for suffix, loader in loaders:
        full = join(directory, stem + suffix)
        if (names is None or stem + suffix in names) and system.disk.is_file(full):
            yield KINDS_OF_LOADERS.get(loader, "other"), full
