"""`tracing`: the running interpreter's imports, recorded as they happen.

Decides when recording begins and ends, and which rows belong to which tracer; several may watch at
once, and leave in any order. What is recorded, and how it stays unnoticed, is told in
``_engine/live.py``.
"""

from __future__ import annotations

import sys
from _thread import RLock
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from ._engine import leaving, observing
from ._engine.asker import asker
from ._engine.breaking import stop_at
from ._engine.chained import Question
from ._engine.ending import tell_end
from ._engine.live import RETOLD_ON, Live
from ._engine.retelling import Retelling
from ._engine.searching import Search
from .events import PathChanged
from .looking import Start, look_around, working_directory
from .trace import Trace

if TYPE_CHECKING:
    from types import TracebackType

    from .surroundings import Surroundings

__all__ = ["Tracing", "break_on", "install", "tracing", "uninstall"]

# Here before it is needed, since nothing of ours is imported while imports are traced.
_AT_HAND = {"leaving": leaving, "observing": observing}
_LIVE = Live(_AT_HAND.__getitem__)
if sys.version_info[:2] in RETOLD_ON:
    _LIVE.search = Search(_LIVE.record, Retelling, Question, _LIVE._lose)
_LOCK = RLock()
_WATCHING: list[Watch] = []
_INSTALLED: list[Watch] = []


class Watch:
    """The part of the common record that one tracer sees: from its beginning to its end.

    Looks like a list of rows to `Trace`, and goes on growing until it is closed.
    """

    def __init__(self) -> None:
        self._own: list[Any] | None = None
        self._begin = len(_LIVE.record.rows)

    def close(self) -> None:
        """Keep what was recorded so far and see nothing more."""
        self._own = _LIVE.record.rows[self._begin :]

    def __len__(self) -> int:
        return len(_LIVE.record.rows) - self._begin if self._own is None else len(self._own)

    def __getitem__(self, at: slice) -> list[Any]:
        rows = _LIVE.record.rows[self._begin :] if self._own is None else self._own
        return rows[at]


def _begin() -> Watch:
    with _LOCK:
        if not _WATCHING:
            _LIVE.record.rows.clear()
            _LIVE.begin()
            _LIVE.path_watch.begin(asker()[0])
        _LIVE.look_at_path(asker()[0])
        watch = Watch()
        if _LIVE.search is not None:
            _LIVE.search.plain.forget()  # what the others have been told, this watch has not seen
        _WATCHING.append(watch)
        _LIVE.record.tracing_installed(_LIVE.how, _loaded())
        return watch


def surroundings_here() -> Surroundings:
    """Give what lies around this process, looked at when somebody asks."""
    arguments = tuple(sys.orig_argv[1:])
    return look_around(Start(sys.executable, arguments, "running", cwd=working_directory()))


def path_changes() -> tuple[PathChanged, ...]:
    """Give what was seen of changes of ``sys.path`` since recording last began, until now."""
    _LIVE.look_at_path(asker()[0])
    rows = [row for row in _LIVE.record.rows if row[0] == "path.changed"]
    return Trace(rows).select(PathChanged)


def _loaded() -> tuple[str, ...]:
    names: list[object] = list(sys.modules)  # whatever a program may have put there
    return tuple(name for name in names if isinstance(name, str))


def _end(watch: Watch) -> None:
    with _LOCK:
        if watch not in _WATCHING:
            return
        _LIVE.look_at_path(asker()[0])
        watch.close()
        _WATCHING.remove(watch)
        if not _WATCHING:
            _LIVE.end()


def break_on(name: str) -> None:
    """Stop in a debugger at the import statement that first asks for a module.

    It works while imports are recorded: in a `tracing` block, or after `install`. The debugger is
    ``sys.breakpointhook``'s if one was set, or ``PYTHONBREAKPOINT``'s, else pdb in the frame of the
    statement. It stops once.

    Args:
        name: the absolute name of the module.

    Raises:
        TypeError: the name is not a str.
        ValueError: the module is loaded already, so nothing will ask for it first.

    Example:
        >>> import sys, wherefrom
        >>> wherefrom.break_on("sys")
        Traceback (most recent call last):
            ...
        ValueError: 'sys' is loaded already
    """
    if not isinstance(name, str):
        raise TypeError(f"module name must be str, not {type(name).__name__}: {name!r}")
    if name in sys.modules:
        raise ValueError(f"{name!r} is loaded already")
    _LIVE.breaks[name] = stop_at


class Tracing:
    """A context in which the imports of the whole process are recorded; `tracing` makes it.

    Entering it gives the trace, which may be looked at while it grows.
    """

    def __init__(self) -> None:
        self._watches: list[Watch] = []

    def __enter__(self) -> Trace:
        watch = _begin()
        self._watches.append(watch)
        return Trace(watch, surroundings_here())  # type: ignore[arg-type]  # grows like a list and is sliced like one

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if error is not None and _LIVE.on:
            with suppress(Exception):  # the error is the program's, and nothing of ours comes before it
                tell_end(_LIVE.record, error)
        _end(self._watches.pop())


def tracing() -> Tracing:
    """Record every import of this process, in all its threads, while a ``with`` block runs.

    The program cannot tell: modules, their order, exceptions and tracebacks are what they would be
    without. Tracers may be nested and may end in any order; when the last one has ended, nothing of
    them is left in the interpreter.

    Returns:
        A context manager that gives the `Trace`, which may be read during the block and after it.

    Example:
        >>> import sys, wherefrom
        >>> _ = sys.modules.pop("colorsys", None)
        >>> with wherefrom.tracing() as trace:
        ...     import colorsys
        >>> trace.imports["colorsys"].outcome
        'loaded'
    """
    return Tracing()


def install() -> Trace:
    """Record every import of this process from now on, until `uninstall`.

    For places that have no block to put ``with`` around: a ``conftest.py``, a notebook,
    ``sitecustomize``. Installing again gives another trace, which begins now.

    Returns:
        The trace, which grows.

    Example:
        >>> import wherefrom
        >>> trace = wherefrom.install()
        >>> wherefrom.uninstall() == trace
        True
    """
    with _LOCK:
        watch = _begin()
        _INSTALLED.append(watch)
    return Trace(watch, surroundings_here())  # type: ignore[arg-type]  # see above


def uninstall() -> Trace:
    """End what the last `install` began.

    Returns:
        The trace of that time.

    Raises:
        RuntimeError: nothing is installed.
    """
    with _LOCK:
        if not _INSTALLED:
            raise RuntimeError("nothing is installed: call wherefrom.install() first")
        watch = _INSTALLED.pop()
        _end(watch)
    return Trace(watch, surroundings_here())  # type: ignore[arg-type]  # see above
