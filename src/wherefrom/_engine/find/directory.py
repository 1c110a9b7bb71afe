"""One directory: is the module here, and as what?

Tells what ``FileFinder.find_spec`` does (``importlib/_bootstrap_external.py``): the package before
the module, the suffixes in their order, a directory without ``__init__`` as a portion at most.
Whether the listing is fresh was settled before (``entries.py``). Runs no code, reads no file.
"""

from ..paths import absolute, join
from .answer import Answer
from .specs import KINDS_OF_LOADERS, spec_by_stranger

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from typing import Any

    from ..system import System

FINDER = "FileFinder"


class Question:
    """One name asked of many directories, with the file names that would answer it.

    Attributes:
        name: the absolute name.
        tail: its last part, by which directories are searched.
        loaders: the standard ``(suffix, loader class)`` pairs.
        candidates: what a standard directory could hold: the tail itself (a package or portion) and
            the tail with each suffix.
    """

    __slots__ = ("candidates", "loaders", "name", "tail")

    def __init__(self, name: str, tail: str, loaders: "list[tuple[str, Any]]") -> None:
        self.name = name
        self.tail = tail
        self.loaders = loaders
        self.candidates = (tail, *[tail + suffix for suffix, _ in loaders])


def candidates_of(question: Question, loaders: "list[tuple[str, Any]]") -> tuple[str, ...]:
    """Name what a directory could hold for a question, for a finder with its own loaders too."""
    if loaders == question.loaders:
        return question.candidates
    tail = question.tail
    return (tail, *[tail + suffix for suffix, _ in loaders])


def search_directory(
    system: "System",
    question: Question,
    entry: str,
    directory: str,
    loaders: "list[tuple[str, Any]]",
    names: "AbstractSet[str]",
) -> "Answer | None":
    """Search one directory whose listing is known.

    Args:
        system: the import system that asks.
        question: the name and its candidates.
        entry: the path entry, as it stands on the path.
        directory: the absolute path that the entry stands for.
        loaders: the suffixes and loader classes of the finder that serves the entry.
        names: what the directory is known to hold; lower case where case is relaxed.

    Returns:
        The answer; one of kind ``namespace`` is only a portion. None if nothing is there.
    """
    record, disk = system.record, system.disk
    tail = question.tail
    # The file system may ignore case; then the names given are lower case, and so must be the key.
    key = tail.lower() if system.interpreter.relaxes_case() else tail
    portion = None
    if key in names:
        base = join(directory, tail)
        package = _search_package(system, question, entry, base, loaders)
        if package is not None:
            return package
        if disk.is_directory(base):
            record.candidate_seen(question.name, base, "no-init")
            portion = base
        else:
            record.candidate_seen(question.name, base, "not-a-directory")
    else:
        record.candidate_seen(question.name, join(directory, tail), "absent")
    for suffix, loader in loaders:
        full = join(directory, tail + suffix)
        if key + suffix not in names:
            record.candidate_seen(question.name, full, "absent")
        elif disk.is_file(full):
            record.candidate_seen(question.name, full, "chosen")
            return _answer(system, question, entry, full, loader, None)
        else:
            record.candidate_seen(question.name, full, "not-a-file")
    if portion is not None:
        return Answer(question.name, "namespace", FINDER, origin=None, entry=entry, locations=[portion])
    return None


def _search_package(
    system: "System", question: Question, entry: str, base: str, loaders: "list[tuple[str, Any]]"
) -> "Answer | None":
    record, is_file = system.record, system.disk.is_file
    for suffix, loader in loaders:
        full = join(base, "__init__" + suffix)
        if is_file(full):
            record.candidate_seen(question.name, full, "chosen")
            return _answer(system, question, entry, full, loader, [base])
        record.candidate_seen(question.name, full, "absent")
    return None


def _answer(
    system: "System", question: Question, entry: str, full: str, loader: "Any", locations: "list[str] | None"
) -> Answer:
    kind = KINDS_OF_LOADERS.get(loader)
    if kind is None:
        # A loader class of somebody else: CPython calls it at once, so it is called here too.
        return spec_by_stranger(question.name, loader, full, locations, entry, FINDER)
    try:
        origin = absolute(full, system.disk.getcwd)
    except OSError:
        origin = full
    return Answer(
        question.name,
        kind,
        FINDER,
        origin=origin,
        loader=loader,
        file=full,
        entry=entry,
        locations=locations,
        has_location=True,
    )
