"""The chain of ``sys.meta_path``: each finder in turn, until one answers.

Tells what ``_find_spec`` does (``importlib/_bootstrap.py``). The interpreter's own finders are told
again here, in full; strangers are asked (``strangers.py``). Decides who is whose: a finder counts
as the interpreter's only if it is the very class and nobody has replaced its method.
"""

from ..genuine import BuiltinImporter, FrozenImporter, PathFinder
from ..interpreter import all_untouched, is_untouched
from .answer import describe_error, label
from .directories import SearchFailedError
from .entries import search_entries
from .inner import find_builtin, find_frozen
from .strangers import CannotBeAskedError, RubbishAnswerError, ask_meta_path_finder
from .sweep import search_sweep

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

    from ..system import System
    from .answer import Answer


_BUILTIN, _FROZEN = ("BuiltinImporter",), ("FrozenImporter",)


class ChainFailedError(Exception):
    """The chain ended with an exception of a finder, or with an answer that is no spec.

    Attributes:
        reason: from the closed set of reasons of a find.
        text: the error in one line.
    """

    def __init__(self, reason: str, text: str) -> None:
        super().__init__(text)
        self.reason = reason
        self.text = text


def ask_meta_path(system: "System", name: str, tail: str, path: "Any") -> "Answer | None":
    """Ask the finders of the meta path for a module, in their order.

    Args:
        system: the import system that asks.
        name: the absolute name.
        tail: its last part.
        path: the locations of the parent package; None for a top-level name.

    Returns:
        The first answer, or None if no finder knows the name.

    Raises:
        ChainFailedError: a finder raised or answered rubbish; the interpreter's import would end there.
    """
    meta_path = system.state.meta_path
    if meta_path is None:
        raise ChainFailedError("no-meta-path", "sys.meta_path is None, Python is likely shutting down")
    finders = list(meta_path)
    interpreter, own = system.interpreter, all_untouched()
    declined: tuple[str, ...] = ()  # finders that declined at once, told together
    for at, finder in enumerate(finders):
        # The interpreter's own two finders of modules inside it mostly decline.
        if own and finder is BuiltinImporter and not interpreter.is_builtin(name):
            declined += _BUILTIN
            continue
        if own and finder is FrozenImporter and not interpreter.find_frozen(name):
            declined += _FROZEN
            continue
        if declined:
            system.record.ask_declined(name, declined)
            declined = ()
        if own and finder is PathFinder:
            answer = _search(system, name, tail, path)
        else:
            answer = ask(system, finder, name, tail, path)
        if answer is not None:
            if at + 1 < len(finders):
                system.record.finders_unasked(name, tuple([label(rest) for rest in finders[at + 1 :]]))
            return answer
    if declined:
        system.record.ask_declined(name, declined)
    return None


def ask(system: "System", finder: "Any", name: str, tail: str, path: "Any") -> "Answer | None":
    """Ask one finder of the meta path.

    Raises:
        ChainFailedError: it raised or answered rubbish.
    """
    if finder is PathFinder and is_untouched(PathFinder):
        return _search(system, name, tail, path)
    if finder is BuiltinImporter and is_untouched(BuiltinImporter):
        answer = find_builtin(system, name)
        return _at_once(system, name, "BuiltinImporter", answer)
    if finder is FrozenImporter and is_untouched(FrozenImporter):
        answer = find_frozen(system, name)
        return _at_once(system, name, "FrozenImporter", answer)
    record = system.record
    who = label(finder)
    record.ask_began(name, who)
    try:
        answer = ask_meta_path_finder(name, path, finder)
    except CannotBeAskedError as error:
        record.ask_ended(name, who, "cannot-be-asked", str(error))
        return None
    except RubbishAnswerError as error:
        record.ask_ended(name, who, "rubbish", str(error))
        raise ChainFailedError("rubbish-answer", f"{who}: {error}") from None
    except Exception as error:  # recorded; the interpreter's import ends with it
        text = describe_error(error)
        record.ask_ended(name, who, "raised", text)
        raise ChainFailedError("finder-raised", text) from None
    record.ask_ended(name, who, "declined" if answer is None else "found")
    return answer


def _at_once(system: "System", name: str, who: str, answer: "Answer | None") -> "Answer | None":
    if answer is None:
        system.record.ask_declined(name, (who,))
    else:
        system.record.ask_began(name, who)
        system.record.ask_ended(name, who, "found")
    return answer


def _search(system: "System", name: str, tail: str, path: "Any") -> "Answer | None":
    record = system.record
    record.ask_began(name, "PathFinder")
    search = search_entries if system.sweeps is None else search_sweep
    try:
        answer = search(system, name, tail, system.state.path if path is None else path)
    except SearchFailedError as error:
        record.ask_ended(name, "PathFinder", "raised", str(error))
        raise ChainFailedError("finder-raised", str(error)) from None
    except TypeError as error:  # a __path__ that cannot be walked through
        text = describe_error(error)
        record.ask_ended(name, "PathFinder", "raised", text)
        raise ChainFailedError("finder-raised", text) from None
    record.ask_ended(name, "PathFinder", "declined" if answer is None else "found")
    return answer
