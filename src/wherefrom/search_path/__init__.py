"""How `sys.path` comes about, entry by entry: a room of its own and, at once, the function to call.

`wherefrom.search_path` is this package and can be called like the function that is its purpose:
`wherefrom.search_path(args=["-m", "app"])`, `wherefrom.search_path.current()`. Inside, `model.py`
conducts the stages; read it first. The rest of the package is loaded at the first call.
"""

from __future__ import annotations

import sys
import types

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence
    from typing import Protocol

    from wherefrom.search_path.interpreter import Interpreter
    from wherefrom.search_path.result import SearchPath

    class _Callable(Protocol):
        """What this module is to a type checker: a function with two companions."""

        def __call__(
            self,
            python: str | None = None,
            args: Sequence[str] = (),
            *,
            env: Mapping[str, str] | None = None,
            cwd: str | os.PathLike[str] | None = None,
            timeout: float = 10.0,
        ) -> SearchPath:
            """See `_search_path` below."""

        def current(
            self, added: Mapping[str, tuple[str, int | None]] | None = None, *, timeout: float = 10.0
        ) -> SearchPath:
            """See `current` below."""

        def facts_of(
            self, python: str | None = None, *, env: Mapping[str, str] | None = None, timeout: float = 10.0
        ) -> Interpreter:
            """See `facts_of` below."""

    search_path: _Callable

__all__ = ["current", "facts_of", "search_path"]


def _search_path(
    python: str | None = None,
    args: Sequence[str] = (),
    *,
    env: Mapping[str, str] | None = None,
    cwd: str | os.PathLike[str] | None = None,
    timeout: float = 10.0,
) -> SearchPath:
    """Return the search path that `python args…` would start with, every entry with its source.

    See `wherefrom.search_path.model.search_path`, which this loads and calls.

    Args:
        python: The interpreter; a bare name is looked up on `PATH`. The running one if left out.
        args: What stands after it on the command line: flags, `-c CODE`, `-m MOD`, a script …
        env: The environment of the invocation, `os.environ` if left out.
        cwd: Its working directory, ours if left out.
        timeout: Seconds to wait for the interpreter.

    Returns:
        The answer; its `error` says why Python would not reach the program, if so.

    Raises:
        TypeError: `args` is a single text instead of a sequence of arguments.

    Example:
        >>> import wherefrom
        >>> wherefrom.search_path(args=["-c", "pass"]).entries[0].source
        'cwd'
    """
    from wherefrom.search_path.model import search_path as answer

    return answer(python, args, env=env, cwd=cwd, timeout=timeout)


def current(
    added: Mapping[str, tuple[str, int | None]] | None = None, *, timeout: float = 10.0
) -> SearchPath:
    """Explain the entries of the running process's `sys.path`.

    See `wherefrom.search_path.running.current`, which this loads and calls.

    Args:
        added: For entries that code added, the file and line of the code; what live tracing has seen
            if left out.
        timeout: Seconds to wait for the interpreter, which is asked how it starts.

    Returns:
        The answer; its entries are those of `sys.path` at this moment.

    Example:
        >>> import wherefrom
        >>> wherefrom.search_path.current().error is None
        True
    """
    from wherefrom.search_path.running import current as answer

    return answer(added, timeout=timeout)


def facts_of(
    python: str | None = None, *, env: Mapping[str, str] | None = None, timeout: float = 10.0
) -> Interpreter:
    """Return the facts about an interpreter, asked of it at most once per state of its executable.

    See `wherefrom.search_path.interpreter.facts_of`, which this loads and calls.

    Args:
        python: The executable; a bare name is looked up on `PATH`. The running one if left out.
        env: The environment to ask in, `os.environ` if left out.
        timeout: Seconds to wait for the answer.

    Returns:
        The facts.

    Raises:
        AskingError: There is no such interpreter, it is not Python, or it did not answer.

    Example:
        >>> import sys, wherefrom
        >>> wherefrom.search_path.facts_of().cache_tag == sys.implementation.cache_tag
        True
    """
    from wherefrom.search_path.interpreter import facts_of as answer

    return answer(python, env=env, timeout=timeout)


class _CallableModule(types.ModuleType):
    """A module that is called like its main function."""

    __call__ = staticmethod(_search_path)


# `from wherefrom.search_path import search_path`, which the front door does, gives the module too:
# so it is one and the same object under each of its names.
if not TYPE_CHECKING:
    search_path = sys.modules[__name__]
    search_path.__class__ = _CallableModule
