"""Resolution as another interpreter would do it: its path, its suffixes, its built-in modules.

Turns the facts that an interpreter told about itself (``search_path/interpreter.py``) into what the
engine searches by. Nothing that is installed for that interpreter is run: finders that its start-up
code would put on ``sys.meta_path`` are not there, and the search says so by not asking them.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from ._engine.genuine import BuiltinImporter, FrozenImporter, PathFinder
from ._engine.interpreter import HERE, Habits, Interpreter
from ._engine.state import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .search_path.interpreter import Interpreter as Facts
    from .search_path.result import SearchPath


def engine_interpreter(facts: Facts) -> Interpreter:
    """Describe an interpreter to the engine.

    Args:
        facts: what it told about itself.

    Returns:
        The description; loaders are the running interpreter's classes of the same names.
    """
    own = dict(HERE.loaders)
    kinds = (
        (facts.extension_suffixes, own[HERE.suffixes[0]]),
        (facts.source_suffixes, own[".py"]),
        (facts.bytecode_suffixes, own[".pyc"]),
    )
    builtin = frozenset(facts.builtin_module_names)
    frozen = {module.name: module for module in facts.frozen}

    def find_frozen(name: str) -> tuple[None, bool, str | None] | None:
        found = frozen.get(name)
        return None if found is None else (None, found.is_package, found.origname)

    return Interpreter(
        loaders=[(suffix, loader) for suffixes, loader in kinds for suffix in suffixes],
        is_builtin=builtin.__contains__,
        find_frozen=find_frozen,
        stdlib_dir=facts.stdlib_dir,
        relaxes_case=HERE.relaxes_case,
        habits=Habits(facts.version_info[:2], bytes(facts.magic)),
        cache_tag=facts.cache_tag,
    )


def state_of(path: Iterable[object]) -> State:
    """Give the state of an interpreter that has just started with a path."""
    state = State(sys, modules={}, path=path, path_importer_cache={})
    state.meta_path = [BuiltinImporter, FrozenImporter, PathFinder]
    return state


def ask_other(python: str, path: Sequence[object] | None) -> tuple[State, Interpreter, Mapping[str, str]]:
    """Ask an interpreter what is needed to resolve names as it would.

    Args:
        python: the executable; a bare name is looked up on ``PATH``.
        path: entries to search; None for the path that it starts with, without a first entry for a
            program.

    Returns:
        The state and the interpreter, for the engine, and the entries' sources in words.

    Raises:
        InterpreterError: there is no such interpreter, it is not Python, or it did not answer.
    """
    from .errors import InterpreterError
    from .search_path.asking import AskingError
    from .search_path.interpreter import facts_of

    try:
        facts = facts_of(python)
    except AskingError as failure:
        raise InterpreterError(str(failure)) from None
    if path is not None:
        return state_of(path), engine_interpreter(facts), {}
    answer = _path_of(python, facts)
    return state_of(answer.paths), engine_interpreter(facts), answer.labels(answer.paths)


# What an interpreter's path was: by its facts, which are one object for each state of the executable,
# and by what else decides the path; with the stamp of the files that it was made from.
_PATHS: dict[object, tuple[object, SearchPath]] = {}


def _path_of(python: str, facts: Facts) -> SearchPath:
    """Tell the path that an interpreter starts with, asking it anew only if something has changed."""
    from .errors import InterpreterError
    from .search_path.model import search_path

    telling = [(name, value) for name, value in os.environ.items() if name.startswith(("PYTHON", "HOME"))]
    key = (python, id(facts), tuple(sorted(telling)))
    known = _PATHS.get(key)
    if known is not None and known[0] == _stamp(known[1]):
        return known[1]
    answer = search_path(python, ["-P", "-c", ""])
    if answer.error is not None:
        raise InterpreterError(answer.error)
    _PATHS[key] = _stamp(answer), answer
    return answer


def _stamp(answer: SearchPath) -> object:
    """Give what changes when a path comes about otherwise: its places, and the .pth files in them."""
    places = [*answer.paths, *(missing.path for missing in answer.left_out if missing.path)]
    stamps: list[object] = []
    for place in places:
        try:
            stamps.append(os.stat(place).st_mtime_ns)
            with os.scandir(place) as found:
                configuration = sorted(item.path for item in found if item.name.endswith((".pth", ".start")))
            stamps += [(path, os.stat(path).st_mtime_ns) for path in configuration]
        except (OSError, ValueError):
            stamps.append(None)
    return stamps


def own_sources(path: Sequence[str]) -> Mapping[str, str]:
    """Tell the sources of the running interpreter's path entries in words, as far as they are known."""
    from .search_path.running import current

    answer = current()
    return answer.labels(path) if answer.error is None else {}
