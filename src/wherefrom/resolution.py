"""`resolve`: where a name would come from, with the whole trail, and no module code run.

Builds a system over the interpreter's state, lets the engine find the name, and wraps what came of
it. The state is only read. `Resolution` computes everything beyond the answer when it is first
looked at. Read ``_engine/steps.py`` next.
"""

from __future__ import annotations

import sys

from ._engine.find.answer import label
from ._engine.find.specs import answer_from_spec, make_spec
from ._engine.find.static import NOT_THERE, static
from ._engine.names import absolute
from ._engine.record import Record
from ._engine.state import State
from ._engine.steps import find
from ._engine.system import System

# A question is answered without importing anything but our own: not even typing, which a file of
# that name in the current directory would break. Checkers know this name.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from importlib.machinery import ModuleSpec
    from typing import Any

    from ._engine.find.answer import Answer
    from ._engine.interpreter import Interpreter
    from .finding import Finding
    from .offers import Loser, NearMiss
    from .surroundings import Surroundings
    from .trace import Trace

__all__ = ["Resolution", "resolve", "resolve_many"]

_NO_MODULES: dict[str, Any] = {}


def resolve(
    name: str,
    package: str | None = None,
    *,
    path: Iterable[object] | None = None,
    python: str | None = None,
) -> Resolution:
    """Tell where a module would come from, without running any code of it or of its parents.

    The finders of ``sys.meta_path`` are asked in their order, as an ``import`` would ask them, and
    the state of the interpreter is left as it was. A module that is not there is an answer, not an
    error. The name is searched afresh even if a module of that name is loaded; parents that are
    loaded are used as they are.

    Args:
        name: an absolute name, or a relative one (leading dots) together with `package`.
        package: the package that a relative name is relative to.
        path: entries to search instead of ``sys.path``, as if the interpreter had started with
            them: modules that are already loaded do not count then.
        python: the executable of another interpreter to answer for, by its path, its suffixes and its
            built-in modules; it is asked for those once, and runs no code that is installed for it.

    Returns:
        The resolution: true if the module was found.

    Raises:
        TypeError: the name is not a str, or the path is not an iterable of entries.
        ValueError: the name is empty.
        ImportError: a relative name has no package, or leads beyond the top level.
        InterpreterError: the other interpreter is not there, is not Python, or did not answer.

    Example:
        >>> import wherefrom
        >>> wherefrom.resolve("email.mime.text").kind
        'source'
        >>> wherefrom.resolve("no_such_module").found
        False

    The rules are those of the language reference, "The import system".
    """
    if name.__class__ is not str or not name or name[0] == "." or package is not None:
        name = absolute(name, package)
    if python is not None:
        from .foreign import ask_other

        other, interpreter, _ = ask_other(python, None if path is None else _entries(path))
        return resolve_in(other, interpreter, name=name, python=python)
    state = sys if path is None else State(sys, modules=_NO_MODULES, path=_entries(path))
    system = System(state, Record())
    return Resolution(name, find(system, name), system)


def resolve_in(
    state: Any, interpreter: Interpreter | None = None, *, name: str, python: str | None = None
) -> Resolution:
    """Find an absolute name in a state: ``sys``, or something of its shape.

    Args:
        state: the state.
        interpreter: the interpreter to answer for, where it is not the running one.
        name: the name.
        python: that interpreter's executable.
    """
    system = System(state, Record())
    if interpreter is not None:
        system.interpreter = interpreter
    resolution = Resolution(name, find(system, name), system)
    if python is not None:
        resolution.python = python
    return resolution


def resolve_many(names: Iterable[str], path: Iterable[object] | None = None) -> dict[str, Resolution]:
    """Tell where many modules would come from, looking at each directory once.

    All answers are of one moment: a file that appears while the names are being resolved may be
    missed. Each answer is the one that `resolve` would give.

    Args:
        names: absolute names.
        path: entries to search instead of ``sys.path``, as for `resolve`.

    Returns:
        The resolutions by name, in the order of the names.

    Raises:
        TypeError: a name is not a str, `names` is a single str, or the path is not an iterable of
            entries.
        ValueError: a name is empty.
        ImportError: a name is relative.

    Example:
        >>> import wherefrom
        >>> {name: r.found for name, r in wherefrom.resolve_many(["json", "no_such"]).items()}
        {'json': True, 'no_such': False}
    """
    if isinstance(names, (str, bytes)):
        raise TypeError(f"names must be an iterable of module names, not one name: {names!r}")
    state = sys if path is None else State(sys, modules=_NO_MODULES, path=_entries(path))
    system = System(state, Record())
    if not system.interpreter.relaxes_case():
        system.sweeps = {}
    resolutions: dict[str, Resolution] = {}
    rows = system.record.rows
    for given in names:
        name = absolute(given)
        begin = len(rows)
        resolutions[name] = Resolution(name, find(system, name), system, begin)
    return resolutions


def _entries(path: Iterable[object]) -> Sequence[object]:
    if isinstance(path, (str, bytes)):
        raise TypeError(f"path must be an iterable of path entries, not one entry; write path=[{path!r}]")
    try:
        return tuple(path)
    except TypeError:
        raise TypeError(
            f"path must be an iterable of path entries, not {type(path).__name__}: {path!r}"
        ) from None


class Resolution:
    """Where a module would come from, and the trail that led there.

    True if the module was found. ``print()`` tells it as a story; every attribute beyond the answer
    is worked out when it is first read.

    Attributes:
        name: the absolute name.
        python: the interpreter that it is answered for.
    """

    python: str = sys.executable
    _kept: dict[str, Any] | None = None
    _found_in_modules = False

    def __init__(self, name: str, answer: Answer | None, system: System, begin: int = 0) -> None:
        self.name = name
        self._answer = answer
        self._system = system
        # One record may hold the trails of many resolutions; ours is a part of it.
        self._begin = begin
        if answer is None and name in system.state.modules:
            self._answer_from_modules(system.state.modules[name])
        self._end = len(system.record.rows)

    def _answer_from_modules(self, module: object) -> None:
        """Take a loaded module for the answer to a name that no finder knows, like ``os.path``."""
        if module is None:
            return
        spec = static(module, "__spec__")
        origin = static(module, "__file__")
        self._system.record.module_cached(
            self.name,
            "module" if static(module, "__path__") is NOT_THERE else "package",
            origin if isinstance(origin, str) else None,
        )
        self._found_in_modules = True
        if spec is not NOT_THERE and spec is not None:
            self._answer = answer_from_spec(self.name, spec, "sys.modules")

    # -- the answer -------------------------------------------------------------------------------

    @property
    def found(self) -> bool:
        """Whether an import of the name would find a module."""
        return self._answer is not None or self._found_in_modules

    def __bool__(self) -> bool:
        return self._answer is not None or self._found_in_modules

    @property
    def kind(self) -> str | None:
        """What kind of module was found, or None.

        One of ``built-in frozen source bytecode extension namespace other``.
        """
        if self._answer is not None:
            return self._answer.kind
        return "other" if self._found_in_modules else None

    @property
    def origin(self) -> str | None:
        """Where the module comes from: a file's path, ``built-in``, ``frozen``; None if unknown."""
        return None if self._answer is None else self._answer.origin

    @property
    def is_package(self) -> bool:
        """Whether the module has submodules, or could have some."""
        return self._answer is not None and self._answer.locations is not None

    @property
    def locations(self) -> tuple[str, ...] | None:
        """The directories and archives where submodules are searched; None for what is no package.

        These are the spec's ``submodule_search_locations``.
        """
        if self._answer is None or self._answer.locations is None:
            return None
        return tuple(self._answer.locations)

    @property
    def finder(self) -> str | None:
        """Who answered: the name of a finder, or ``sys.modules``."""
        if self._answer is None:
            return "sys.modules" if self._found_in_modules else None
        return self._answer.finder

    @property
    def loader(self) -> str | None:
        """The class of the loader that would load the module, or None."""
        spec = self.spec
        loader = getattr(spec, "loader", None)
        return None if loader is None else label(loader)

    @property
    def entry(self) -> str | None:
        """The entry of the search path that the module was found in, if it was found in one."""
        return None if self._answer is None else self._answer.entry

    @property
    def spec(self) -> ModuleSpec | None:
        """The spec: field by field what the interpreter's finders would make; None if not found."""
        if self._answer is None:
            return None
        spec: ModuleSpec = make_spec(self._system, self._answer)
        return spec

    @property
    def why(self) -> str:
        """Why the module was not found, as one word of the closed set of reasons; empty if it was."""
        if self:
            return ""
        rows = [row for row in self._rows if isinstance(row, tuple)]  # imports served meanwhile are none
        ended = [row for row in rows if row[0] == "find.ended" and row[3] == self.name]
        return str(ended[-1][5])

    def require(self) -> ModuleSpec:
        """Give the spec, or raise if the module was not found.

        Returns:
            The spec.

        Raises:
            ResolutionError: the module was not found; a ``ModuleNotFoundError`` with the trace.
        """
        spec = self.spec
        if spec is None:
            from .errors import ResolutionError

            raise ResolutionError(self)
        return spec

    @property
    def _rows(self) -> Sequence[Any]:
        return self._system.record.rows[self._begin : self._end]

    # -- the trail --------------------------------------------------------------------------------

    def _once(self, key: str, make: Callable[[], Any]) -> Any:
        """Work a value out once and keep it."""
        if self._kept is None:
            self._kept = {}
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]

    @property
    def trace(self) -> Trace:
        """Every step of the search: who was asked, what was looked for, and what was not there."""
        from .trace import Trace

        trace: Trace = self._once("trace", lambda: Trace(self._rows, self._surroundings()))
        return trace

    def _surroundings(self) -> Surroundings:
        from .looking import Start, look_around, working_directory

        path = tuple(entry for entry in self._system.state.path if isinstance(entry, str))
        return look_around(
            Start(self.python, target=self.name, cwd=working_directory(), path=path, status=0 if self else 1)
        )

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What looks wrong, with evidence and a fix; looked for when this is first read.

        Files and distributions around the search are read for it; no code is run.
        """
        return self.trace.findings

    @property
    def shadowed(self) -> tuple[Loser, ...]:
        """The losers: what the rest of the search would have offered, each with its reason.

        Searched when this is first read, by the state of that moment; code of third-party finders
        behind the winner is run for it, code of modules is not.
        """
        from .offers import losers_of

        losers: tuple[Loser, ...] = self._once(
            "shadowed", lambda: losers_of(self._system, self.name, self._answer)
        )
        return losers

    @property
    def near_misses(self) -> tuple[NearMiss, ...]:
        """What lies where the module was looked for and almost fits: another case, another ABI.

        Looked for when this is first read; directories are listed for it.
        """
        from .offers import near_misses_of

        misses: tuple[NearMiss, ...] = self._once(
            "near_misses", lambda: near_misses_of(self._system, self.name, self.trace)
        )
        return misses

    @property
    def watch(self) -> tuple[str, ...]:
        """The files and directories whose creation, change or removal could alter this answer.

        Absolute paths, sorted. A directory is changed when something is created in it or removed.
        """
        from .offers import watch_list

        paths: tuple[str, ...] = self._once("watch", lambda: watch_list(self._system, self.trace))
        return paths

    # -- for people -------------------------------------------------------------------------------

    def __repr__(self) -> str:
        if not self:
            return f"<Resolution {self.name!r}: not found>"
        where = self.origin if self.origin is not None else ", ".join(map(str, self.locations or ()))
        return f"<Resolution {self.name!r}: {self.kind} {where}>".replace("  ", " ")

    def __str__(self) -> str:
        from .render.text import resolution_text

        return resolution_text(self)
