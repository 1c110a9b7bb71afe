"""`run_traced`: another program, run as ``python`` would run it, with all its imports recorded.

Decides how the program's process is started, what it is told of signals, and how its rows come back;
it is the parent's side of ``_engine/boot.py``. Tells nothing of what was recorded: ``render/`` does.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from ._engine.launching import Place
from ._engine.stream_file import StreamFile
from .bundle import bundle_of
from .looking import working_directory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ._engine.command_line import CommandLine

__all__ = ["Ended", "run_plain", "run_traced"]

_ENGINE = Path(__file__).with_name("_engine")
# A signal of the terminal reaches the whole foreground group, the program included.
_FROM_KERNEL = 0x80
_KEPT_BY_PYTHON = ("SIGPIPE", "SIGXFZ", "SIGXFSZ")
# How often it is looked whether a program has come any further, in seconds.
_GLANCE = 0.6
_NOT_PASSED_ON = ("SIGKILL", "SIGSTOP", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGCONT", "SIGWINCH", "SIGURG")


@attrs.frozen
class Ended:
    """A program that has ended.

    Attributes:
        argv: what ``sys.argv`` was at its start.
        status: its exit status; minus the number of the signal that it died of; None if it still runs.
        files: the rows of its processes, its own first.
    """

    argv: tuple[str, ...]
    status: int | None
    files: tuple[StreamFile, ...]


@contextlib.contextmanager
def run_traced(
    line: CommandLine,
    *,
    executable: str,
    follow: bool = False,
    stuck: Callable[[Ended], None] | None = None,
    **options: Any,
) -> Iterator[Ended]:
    """Run a program with its imports recorded, and wait for its end.

    Args:
        line: what to run.
        executable: the interpreter; it needs no wherefrom of its own.
        follow: whether the Python processes that it starts are recorded too.
        stuck: called with what there is so far whenever the program records nothing for a while: it may
            never end by itself.
        **options: further wishes, plain values, for ``_engine/program.py``.

    Yields:
        How it ended. The rows can be read until the context is left.

    Raises:
        OSError: the interpreter cannot be started.
    """
    with tempfile.TemporaryDirectory(prefix="wherefrom-", ignore_cleanup_errors=True) as folder:
        stream = str(Path(folder, "rows"))
        argv, arguments = traced_arguments(line, stream, {"follow": follow, **options})
        glance = None if stuck is None else _Glance(stream, lambda file: stuck(Ended(argv, None, (file,))))
        status = _wait(executable, [executable, *arguments], glance)
        main = [StreamFile(stream)] if Path(stream).exists() else []
        others = [StreamFile(str(path)) for path in Path(folder).glob("rows.*")]
        # A file without a head is of a process that was ended while it began.
        others = sorted(filter(lambda file: file.process, others), key=lambda file: file.process["began_ns"])
        yield Ended(argv, status, (*main, *others))


def traced_arguments(
    line: CommandLine, stream: str, wishes: dict[str, Any]
) -> tuple[tuple[str, ...], list[str]]:
    """Spell the command line of a traced process, behind the interpreter's name.

    Args:
        line: what it is to run.
        stream: the file for its rows.
        wishes: for ``_engine/program.py``.

    Returns:
        What ``sys.argv`` is to be for the program, and the arguments for the interpreter.
    """
    place = Place(str(_ENGINE), stream, working_directory() or "", os.path)
    settings = place.settings(line) | wishes | {"how": "started", "bundle": bundle_of(_ENGINE)}
    return (settings["argv0"], *line.arguments), place.arguments(line, settings)


def run_plain(line: CommandLine, *, executable: str) -> int:
    """Run what cannot be traced: questions to the interpreter, a session, a file that is not there.

    Returns:
        Its exit status; minus the number of the signal that it died of.

    Raises:
        OSError: the interpreter cannot be started.
    """
    return _wait(executable, [executable, *line.spelled()])


def can_be_traced(line: CommandLine) -> bool:
    """Say whether there is a program to trace, and not something for the interpreter alone."""
    if line.answers:
        return False
    if line.kind == "stdin":
        return sys.stdin is not None and not os.isatty(0)
    return line.kind != "file" or os.access(line.target, os.R_OK)


# -- the child's life -----------------------------------------------------------------------------


class _Glance:
    """Looks at the rows of a running program, and tells when there are no more since the last glance."""

    def __init__(self, stream: str, stuck: Callable[[StreamFile], None]) -> None:
        self._stream = Path(stream)
        self._stuck = stuck
        self._size = self._told = -1

    def __call__(self) -> None:
        before, self._size = self._size, self._stream.stat().st_size if self._stream.exists() else -1
        if self._size == before and self._size not in (-1, self._told):
            self._told = self._size
            self._stuck(StreamFile(str(self._stream)))


def _wait(executable: str, arguments: Sequence[str], glance: _Glance | None = None) -> int:
    if not hasattr(os, "posix_spawn"):
        with subprocess.Popen(arguments, executable=executable) as process:
            return process.wait()
    passed = {
        number
        for number in signal.valid_signals()
        if number < 32 and getattr(number, "name", "") not in _NOT_PASSED_ON
    }
    before = signal.pthread_sigmask(signal.SIG_BLOCK, passed)
    handler = signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    try:
        child = _spawned(executable, arguments, before)
        return _wait_for(child, passed, glance)
    finally:
        signal.signal(signal.SIGCHLD, handler)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _spawned(executable: str, arguments: Sequence[str], mask: Any) -> int:
    # What Python ignores for itself, a program started by a shell finds as it always was.
    default = [getattr(signal, name) for name in _KEPT_BY_PYTHON if hasattr(signal, name)]
    return os.posix_spawnp(executable, list(arguments), os.environ, setsigmask=mask, setsigdef=default)


def _wait_for(child: int, passed: set[Any], glance: _Glance | None) -> int:
    """Pass on the signals that this process gets, until the child has ended."""
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        info = signal.sigwaitinfo(passed) if glance is None else signal.sigtimedwait(passed, _GLANCE)
        if info is None:
            if glance is not None:
                glance()
            continue
        if info.si_signo != signal.SIGCHLD and info.si_code != _FROM_KERNEL:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, info.si_signo)


def end_like(status: int) -> int:
    """End as the program ended.

    Returns:
        The exit status; does not return if the program died of a signal.
    """
    if status >= 0:
        return status
    number = -status
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # one core file is enough, and that is the program's

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    with contextlib.suppress(OSError, ValueError):
        signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
    return 128 + number
