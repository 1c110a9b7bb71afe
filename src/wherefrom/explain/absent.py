"""`Absent`: the module that was not found, who asked for it, and where such a module could lie.

Decides which failure the rules about missing modules speak of. The rules in ``rules/`` say why it
is missing.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any

import attrs

from ..finding import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .case import Case, Failure, Frame

_MACHINERY = ("<frozen importlib", "<frozen runpy", "<frozen zipimport")
_CALLERS = ("/importlib/__init__.py", "/importlib/_bootstrap.py", "/runpy.py")
SUFFIXES = (".py", ".pyc", ".so", ".pyd", ".abi3.so")

_BY_OPTION = re.compile(r": No module named '?([\w.]+)'?$")


@attrs.frozen
class Absent:
    """A module that was not found.

    Attributes:
        name: its full name.
        failure: the failure that tells of it.
        asker: the frame of the code that asked for it; None for a question or where none is known.
    """

    name: str
    failure: Failure
    asker: Frame | None

    @property
    def top(self) -> str:
        """The first part of the name."""
        return self.name.partition(".")[0]

    @property
    def inner(self) -> bool:
        """Whether another module than the program itself, or one of its tests, asked for it."""
        asker = self.asker
        if asker is None or asker.module in ("", "__main__", "__mp_main__"):
            return False
        if "-packages/" in asker.file:
            return True
        name = posixpath.basename(asker.file)
        return not name.startswith(("test_", "conftest")) and self.failure.frames[0].file != asker.file

    def asked(self, case: Case) -> tuple[Evidence, ...]:
        """Say who asked for it, with the line."""
        if self.asker is None:
            return ()
        line = case.line(self.asker.file, self.asker.line)
        text = f"{self.asker.module} asks for {self.name!r}" + (f": {line}" if line else "")
        event = self.failure.error.order if self.failure.error is not None else None
        return (Evidence(text, self.asker.file, self.asker.line, event),)


def asker_of(failure: Failure) -> Frame | None:
    """Give the innermost frame that is not the import system's own."""
    for frame in reversed(failure.frames):
        if not frame.file.startswith(_MACHINERY) and not frame.file.endswith(_CALLERS):
            return frame
    return None


def absents(case: Case) -> Iterator[Absent]:
    """Give each module that was not found, that of the error which ended the program first."""
    seen: set[str] = set()
    for failure in case.failures:
        if failure.kind == "not-found" and failure.module and failure.module not in seen:
            seen.add(failure.module)
            yield Absent(failure.module, failure, asker_of(failure))
    yield from _by_option(case)


def _by_option(case: Case) -> Iterator[Absent]:
    """Give what ``-m`` did not find: runpy tells of it by an exit only."""
    match = _BY_OPTION.search(case.refusal.message) if case.refusal is not None else None
    if match is not None and case.refusal is not None:
        yield Absent(match[1], case.refusal, None)


def absent_top(case: Case) -> Absent | None:
    """Give the top-level module that was not found first, if there is one."""
    first = next(absents(case), None)
    return first if first is not None and first.name == first.top else None


# -- where it could be ------------------------------------------------------------------------------


def join(directory: str, *names: str) -> str:
    """Join paths as the explained machine does."""
    return posixpath.join(directory, *names)


def absolute(case: Case, path: str) -> str:
    """Make a path absolute, from the working directory at the start."""
    return path if path.startswith("/") or not case.cwd else posixpath.normpath(join(case.cwd, path))


def suffixes(case: Case) -> tuple[str, ...]:
    """Give the suffixes of modules for the interpreter of the case."""
    known = (case.facts.get(f"{kind}_suffixes") or () for kind in ("extension", "source", "bytecode"))
    return tuple(suffix for some in known for suffix in some) or SUFFIXES


def offered(case: Case, directory: str, name: str) -> str | None:
    """Tell which file or package of a directory a top-level name would come from, None for none.

    A directory without ``__init__`` counts if there is a module in it.
    """
    lying = case.listing(directory)
    if f"{name}/" in lying:
        inside = case.listing(join(directory, name))
        if any(f"__init__{suffix}" in inside for suffix in suffixes(case)):
            return join(directory, name)
    for suffix in suffixes(case):
        if name + suffix in lying:
            return join(directory, name + suffix)
    if f"{name}/" in lying and any(one.endswith(SUFFIXES) for one in case.listing(join(directory, name))):
        return join(directory, name)
    return None


def user_files(case: Case) -> list[str]:
    """Name the program's own files that ran: its main file, and imported ones outside the libraries."""
    found: dict[str, None] = {}
    for failure in case.failures:
        found.update(dict.fromkeys(frame.file for frame in failure.frames))
    main = case.held("__main__")
    origins = [main.origin if main is not None else None]
    if case.start.get("program") == "script":
        origins.append(absolute(case, case.start.get("target") or ""))
    origins += [event.origin for event in case.found.values()]
    found.update(dict.fromkeys(origin for origin in origins if origin))
    return [
        file
        for file in found
        if file.endswith((".py", ".pyw")) and not case.is_stdlib(file) and "-packages/" not in file
    ][:50]


def lines_about(case: Case, *words: str) -> Iterator[Evidence]:
    """Give the lines of the program's own files that have one of some words in them."""
    for file in user_files(case):
        for number, line in enumerate((case.text(file) or "").splitlines(), 1):
            code = line.partition("#")[0].strip()
            if any(word in code for word in words):
                yield Evidence(code, file, number)


def script_directory(case: Case) -> str:
    """Give the directory of the program's file, or the working directory."""
    if case.start.get("program") == "script" and case.start.get("target"):
        return posixpath.dirname(absolute(case, case.start["target"]))
    return case.cwd


def python_of(case: Case) -> str:
    """Name the interpreter of the case, for commands."""
    return str(case.start.get("python") or "python")


def version_of(case: Case) -> str:
    """Give the interpreter's version as people write it, such as ``3.13``."""
    return f"{case.python[0]}.{case.python[1]}"


def elsewhere(case: Case, name: str) -> list[dict[str, Any]]:
    """Tell in which other environments a top-level module lies: see ``looking.environments``."""
    return case.around.ask("elsewhere", name) or []
