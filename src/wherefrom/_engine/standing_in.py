"""The functions that stand at the seam and do the work of those whose places they have.

Decides how a retold import goes: what is plain is done here, everything else by the interpreter's function.
What is recorded is decided in ``live.py``. As in ``standing.py``, all that a function uses is in its closure.

Mirrors ``_load_unlocked`` (``importlib/_bootstrap.py``).
"""

import sys

from .asking import ASK_MORE, asker_of
from .genuine import bootstrap
from .lines import at_line, lines_of_load
from .locking import CAN_BE_TAKEN, taken
from .plain import NOT_TOLD
from .plain_load import run
from .seam import uncovered

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

    from .live import Live
    from .seam import Maker, Seam
    from .searching import Search

_TAKES_LOCKS = CAN_BE_TAKEN and "_ModuleLockManager" in bootstrap._find_and_load.__code__.co_names


def working_makers_for(live: "Live", search: "Search") -> "dict[str, Maker]":
    """Tell which functions are replaced by working ones, and what makes these."""
    makers: dict[str, Maker] = {
        "_find_spec": lambda seam, genuine: _find_spec(live, search, seam, genuine),
        "_load_unlocked": lambda seam, genuine: _load_unlocked(live, seam, genuine),
    }
    if _TAKES_LOCKS:
        makers["_ModuleLockManager"] = _lock_manager
    return makers


def _lock_manager(seam: "Seam", genuine: "Any") -> "Any":
    take = taken

    def __new__(cls: "Any", name: "Any") -> "Any":  # noqa: N807  # the method of the class that is put there
        return (take(name) if seam.alive else None) or genuine(name)

    return __new__


def _find_spec(  # noqa: C901  # for the function in it
    live: "Live", search: "Search", seam: "Seam", genuine: "Any"
) -> "Any":
    uncover = uncovered
    begun, ended, failed = live.find_begun, live.find_ended, live.find_failed
    by_own, not_told, ask_more = search.by_own, NOT_TOLD, ASK_MORE
    ahead, ask = search.ahead.asked, asker_of(genuine)

    def _find_spec(  # noqa: C901  # it is one frame, as the interpreter's, whoever is asked from here
        name: "Any", path: "Any", target: "Any" = None
    ) -> "Any":
        asked = question = None
        find = genuine
        recorded = live.on and seam.alive
        if recorded:
            spec = by_own(name, path, target)
            if spec is not not_told:
                return spec
            asked = ahead(name)
            if asked is not None:
                spec = None
                try:
                    for finder in asked.finders:
                        spec = ask(finder, name, path, target)
                        if not asked.declined(spec):
                            break
                except BaseException as error:
                    failed(name, asked, error)
                    uncover(error)
                    raise
                spec = asked.answer(spec, path)
                if spec is ask_more:
                    try:
                        for finder in asked.more():
                            spec = ask(finder, name, path, target)
                            if not asked.declined_too(spec):
                                break
                    except BaseException as error:
                        failed(name, asked, error)
                        uncover(error)
                        raise
                    spec = asked.answer_of_more(spec)
                if spec is not not_told:
                    if asked.is_told:
                        ended(name, None, spec)
                    return spec
            question = begun(name, asked)
            if question is not None:
                find = question.chain(genuine)
        try:
            spec = find(name, path, target)
        except BaseException as error:
            if recorded:
                failed(name, question, error)
            uncover(error)
            raise
        if recorded:
            ended(name, question, spec)
        return spec if asked is None else asked.counting(spec)

    return _find_spec


def _load_unlocked(live: "Live", seam: "Seam", genuine: "Any") -> "Any":
    uncover, execute = uncovered, run
    prepared, began, ended, failed = live.load_prepared, live.load_began, live.load_ended, live.load_failed
    run_line, settle_line = lines_of_load(genuine)

    def settle(name: "Any") -> "Any":
        module = sys.modules.pop(name)
        sys.modules[name] = module
        return module

    settled = at_line(settle, genuine, settle_line)

    def _load_unlocked(spec: "Any") -> "Any":
        ready = name = None
        if live.on and seam.alive:
            ready = prepared(spec)
            if ready is None:
                name = began(spec)
        try:
            if ready is None:
                module = genuine(spec)
            else:
                name = spec.name
                plainly(spec, name, ready)
                module = settled(name)
        except BaseException as error:
            if name is not None:
                failed(name, error, ready)
            uncover(error)
            raise
        if name is not None:
            ended(name, module, ready)
        return module

    def plain(spec: "Any", name: str, ready: "Any") -> None:
        # As the function whose place is taken, line by line; see there for the why of each step.
        spec._initializing = True
        try:
            sys.modules[name] = ready.module
            try:
                execute(ready, ready.module)
            except:  # as there: whatever ends the module's run
                try:
                    del sys.modules[name]
                except KeyError:
                    pass
                raise
        finally:
            spec._initializing = False

    plainly = at_line(plain, genuine, run_line)
    return _load_unlocked
