"""One directory: is the module here, and as what?

Tells what ``FileFinder.find_spec`` does (``importlib/_bootstrap_external.py``): the package before
the module, the suffixes in their order, a directory without ``__init__`` as a portion at most.
Whether the listing is fresh was settled before (``entries.py``). Runs no code, reads no file.
"""

from ..genuine import KINDS_OF_LOADERS
from ..paths import absolute, join
from .answer import Answer
from .certain import init_or_portion, is_plain_file
from .specs import spec_by_stranger

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from typing import Any

    from ..hooks import Tried
    from ..interpreter import Interpreter
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

    def __init__(self, name: str, tail: str, interpreter: "Interpreter") -> None:
        self.name = name
        self.tail = tail
        self.loaders = interpreter.loaders
        self.candidates = (tail, *[tail + suffix for suffix in interpreter.suffixes])


class Found:
    """A directory at hand: what is searched, and how it was come by.

    Attributes:
        entry: the path entry, as it stands on the path.
        directory: the absolute path that the entry stands for.
        loaders: the suffixes and loader classes of the finder that serves the entry.
        names: what the directory is known to hold; lower case where case is relaxed.
        how: how the listing was come by, for the record.
        tried: the hooks that were tried to get here; None if the finder was there already.
        problem: why the listing failed and counts as empty, if it did.
    """

    __slots__ = ("directory", "entry", "how", "loaders", "names", "problem", "tried")

    def __init__(
        self,
        entry: str,
        directory: str,
        loaders: "list[tuple[str, Any]]",
        names: "AbstractSet[str]",
        how: str,
        tried: "Tried | None" = None,
        problem: "str | None" = None,
    ) -> None:
        self.entry = entry
        self.directory = directory
        self.loaders = loaders
        self.names = names
        self.how = how
        self.tried = tried
        self.problem = problem


def search_plain(
    system: "System",
    question: Question,
    entry: str,
    directory: str,
    names: "AbstractSet[str]",
    how: str,
    tried: "Tried | None",
    status: "Any" = None,
    plain: "AbstractSet[str]" = frozenset(),
) -> "Answer | None":
    """Search a directory by the interpreter's own loaders, telling the usual things in one row.

    The usual things are that nothing is there, that a regular package is, or a module and no
    directory of its name. Anything else is told candidate by candidate.

    Args:
        system: the import system that asks.
        question: the name and its candidates.
        entry: the path entry, as it stands on the path.
        directory: the absolute path that the entry stands for.
        names: what the directory holds.
        how: how the listing was come by, for the record.
        tried: the hooks that were tried to get here; None if the finder was there already.
        status: what ``stat`` said of the directory just now, if it was asked.
        plain: names that are known to be plain files, if there are any.

    Returns:
        The answer; one of kind ``namespace`` is only a portion. None if nothing is there.
    """
    name, candidates = question.name, question.candidates
    root = directory.rstrip("/")
    if question.tail in names:
        base = f"{root}/{question.tail}"
        inits = system.interpreter.inits
        at = init_or_portion(system, base, inits)
        if at.__class__ is not int:
            found = Found(entry, directory, question.loaders, names, how, tried)
            return _without_init(system, question, found, base, is_directory=at is not None)
        system.record.search_hit(name, entry, directory, question.tail, inits, at, how, tried)
        return answer_file(system, name, entry, f"{base}/{inits[at]}", question.loaders[at][1], [base])
    for candidate in candidates:
        if candidate in names:
            full = f"{root}/{candidate}"
            if candidate not in plain and not is_plain_file(system, directory, status, candidate, full):
                found = Found(entry, directory, question.loaders, names, how, tried)
                return search_directory(system, question, found)
            at = candidates.index(candidate)
            system.record.search_hit(name, entry, directory, None, candidates, at, how, tried)
            return answer_file(system, name, entry, full, question.loaders[at - 1][1], None)
    system.record.search_missed(name, entry, directory, candidates, how, tried)
    return None


def _without_init(
    system: "System", question: Question, found: Found, base: str, *, is_directory: bool
) -> "Answer | None":
    """Go on where there is no regular package: a portion alone is told in one row."""
    candidates = question.candidates
    if not is_directory or not found.names.isdisjoint(candidates[1:]):
        return search_directory(system, question, found, directory_known=is_directory)
    system.record.search_portion(
        question.name,
        found.entry,
        found.directory,
        system.interpreter.inits,
        candidates,
        found.how,
        found.tried,
    )
    return Answer(question.name, "namespace", FINDER, None, None, None, found.entry, [base])


def search_directory(
    system: "System", question: Question, found: Found, *, directory_known: "bool | None" = None
) -> "Answer | None":
    """Search one directory whose listing is known, telling every candidate.

    Args:
        system: the import system that asks.
        question: the name and its candidates.
        found: the directory.
        directory_known: whether what has the package's name is a directory, where it is known that
            there is no regular package; None where neither was looked at.

    Returns:
        The answer; one of kind ``namespace`` is only a portion. None if nothing is there.

    Raises:
        Exception: what a loader class of somebody else raises.
    """
    record, disk = system.record, system.disk
    begin_search(system, question, found)
    tail, names, directory = question.tail, found.names, found.directory
    # The file system may ignore case; then the names given are lower case, and so must be the key.
    key = tail.lower() if system.interpreter.relaxes_case() else tail
    portion = None
    if key in names:
        base = join(directory, tail)
        known = directory_known is not None
        package = _search_package(system, question, found, base, no_init=known)
        if package is not None:
            return package
        if directory_known if known else disk.is_directory(base):
            record.candidate_seen(question.name, base, "no-init")
            portion = base
        else:
            record.candidate_seen(question.name, base, "not-a-directory")
    else:
        record.candidate_seen(question.name, join(directory, tail), "absent")
    for suffix, loader in found.loaders:
        full = join(directory, tail + suffix)
        if key + suffix not in names:
            record.candidate_seen(question.name, full, "absent")
        elif disk.is_file(full):
            record.candidate_seen(question.name, full, "chosen")
            answer = answer_file(system, question.name, found.entry, full, loader, None)
            record.search_ended(question.name, found.entry, "found")
            return answer
        else:
            record.candidate_seen(question.name, full, "not-a-file")
    if portion is None:
        unreadable = found.problem is not None and "Permission" in found.problem
        record.search_ended(
            question.name, found.entry, "missed", "unreadable" if unreadable else "nothing-there"
        )
        return None
    record.portion_kept(question.name, portion)
    record.search_ended(question.name, found.entry, "portion")
    return Answer(question.name, "namespace", FINDER, origin=None, entry=found.entry, locations=[portion])


def begin_search(system: "System", question: Question, found: Found) -> None:
    """Tell how a directory and its listing were come by."""
    record = system.record
    record.search_began(question.name, found.entry)
    if found.tried is None:
        record.finder_recalled(found.entry, FINDER, "finder")
    else:
        for hook, outcome, error in found.tried:
            record.hook_tried(found.entry, hook, outcome, error)
    record.directory_listed(found.directory, found.how, found.problem)


def _search_package(
    system: "System", question: Question, found: Found, base: str, *, no_init: bool
) -> "Answer | None":
    record, disk = system.record, system.disk
    for suffix, loader in found.loaders:
        full = join(base, "__init__" + suffix)
        if not no_init and disk.exists(full) and disk.is_file(full):
            record.candidate_seen(question.name, full, "chosen")
            answer = answer_file(system, question.name, found.entry, full, loader, [base])
            record.search_ended(question.name, found.entry, "found")
            return answer
        record.candidate_seen(question.name, full, "absent")
    return None


def answer_file(
    system: "System", name: str, entry: str, full: str, loader: "Any", locations: "list[str] | None"
) -> Answer:
    """Answer with a file that was found.

    Raises:
        Exception: what a loader class of somebody else raises.
    """
    kind = KINDS_OF_LOADERS.get(loader)
    if kind is None:
        # A loader class of somebody else: CPython calls it at once, so it is called here too.
        return spec_by_stranger(name, loader, full, locations, entry, FINDER)
    origin = full
    if full[0] != "/":
        try:
            cuts_dot = system.interpreter.habits.cuts_leading_dot
            origin = absolute(full, system.disk.getcwd, cuts_dot=cuts_dot)
        except OSError:
            pass
    return Answer(name, kind, FINDER, origin, loader, full, entry, locations)
