"""Live tracing: the functions that stand at the seam while the interpreter's imports are recorded.

Decides what is recorded of an import of the running program, and that nothing of it can be noticed:
each function calls the interpreter's own, leaves no frame in a traceback, and goes on without a
record if recording fails. ``seam.py`` puts the functions in place; ``asker.py`` tells who imports.
"""

import sys
from _thread import get_ident

from .asker import asker
from .ending import tell_passing
from .find.answer import describe_error, label
from .find.specs import KINDS_OF_LOADERS
from .genuine import BuiltinImporter, FrozenImporter, ModuleSpec, NamespaceLoader, bootstrap, zipimporter
from .path_watch import PathWatch
from .record import SharedRecord
from .seam import Seam, relabelled, uncovered

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .retelling import Retelling
    from .seam import Maker

# The versions on which CPython's own tests end the same under our search (tests/conformance). On any
# other the interpreter's own functions are only observed.
RETOLD_ON = ((3, 11), (3, 12), (3, 13))

_NOT_TOLD: "Any" = object()
_GAP = "events at the limit of recursion"
_ASKS_FOR_LAZY_ONES = "lazy_submodule" in bootstrap._find_and_load.__code__.co_varnames


class Live:
    """What one process records of its own imports, for all who watch.

    Attributes:
        record: the rows.
        on: whether imports are recorded now.
        open: an item for each import that has begun and not ended, in all threads.
        flush: called when rows should leave the process; None where they are kept.
        breaks: what to call, with the frame and the name, when a name is first asked for, by name.
        after_load: what to call with a module when it has been loaded, by name.
        path_watch: what tells who changed ``sys.path``.
    """

    def __init__(self) -> None:
        self.record = SharedRecord()
        self.path_watch = PathWatch(self.record)
        self.on = False
        self._told = 0  # the id of the error that was told last
        self.open: list[str] = []
        self.flush: Callable[[], None] | None = None
        self.breaks: dict[str, Callable[[Any, str], None]] = {}
        self.after_load: dict[str, Callable[[Any], None]] = {}
        self._loaded: dict[int, str] = {}  # thread -> the module that it loaded last
        self._lost = False  # whether an event was lost since a gap was recorded last
        self.retelling: Retelling | None = None
        self._seam: Seam | None = None

    @property
    def how(self) -> str:
        """Whether the steps of finding are retold, or only observed."""
        return "observed" if self.retelling is None else "retold"

    # -- beginning and ending -----------------------------------------------------------------

    def begin(self) -> None:
        """Put our functions in the place of the interpreter's, and record from now on.

        Raises:
            AttributeError: this interpreter has no such functions.
        """
        seam = Seam()
        self.open.clear()
        self.path_watch.begin()
        self.on = True
        seam.put_in(self.makers())
        self._seam = seam

    def end(self) -> None:
        """Stop recording and put the interpreter's functions back."""
        self.on = False
        seam, self._seam = self._seam, None
        if seam is not None:
            seam.take_out()

    def makers(self) -> "dict[str, Maker]":
        """Tell which functions are replaced, and by what."""
        find_and_load = self._make_lazy_find_and_load if _ASKS_FOR_LAZY_ONES else self._make_find_and_load
        return {
            "_find_and_load": find_and_load,
            "_find_spec": self._make_find_spec,
            "_load_unlocked": self._make_load_unlocked,
        }

    # -- the functions at the seam ----------------------------------------------------------------
    # Each is rebuilt with the interpreter's own globals, so all that they use is in their closure.

    def _make_find_and_load(self, seam: Seam, genuine: "Any") -> "Any":
        live, is_new, uncover = self, self.is_new, uncovered
        began, ended, failed = self.import_began, self.import_ended, self.import_failed

        def _find_and_load(name: "Any", import_: "Any") -> "Any":
            new = live.on and seam.alive and is_new(name)
            if new:
                began(name)
            try:
                module = genuine(name, import_)
            except BaseException as error:
                if new:
                    failed(name, error)
                uncover(error)
                raise
            if new:
                ended(name)
            return module

        return _find_and_load

    def _make_lazy_find_and_load(self, seam: Seam, genuine: "Any") -> "Any":
        """Make the function for versions whose lazily imported submodules may turn out to be none (3.15)."""
        live, is_new, uncover = self, self.is_new, uncovered
        began, ended, failed = self.import_began, self.import_ended, self.import_failed

        def _find_and_load(name: "Any", import_: "Any", *, lazy_submodule: bool = False) -> "Any":
            new = live.on and seam.alive and is_new(name)
            if new:
                began(name)
            try:
                module = genuine(name, import_, lazy_submodule=lazy_submodule)
            except BaseException as error:
                if new:
                    failed(name, error)
                uncover(error)
                raise
            if new:
                ended(name)
            return module

        return _find_and_load

    def _make_find_spec(self, seam: Seam, genuine: "Any") -> "Any":
        live, uncover = self, uncovered
        began, ended, failed = self.find_began, self.find_ended, self.find_failed
        retold, not_told = self.find_retold, _NOT_TOLD

        def _find_spec(name: "Any", path: "Any", target: "Any" = None) -> "Any":
            recorded = live.on and seam.alive
            if recorded:
                spec = retold(name, path, target)
                if spec is not not_told:
                    return spec
                began(name)
            try:
                spec = genuine(name, path, target)
            except BaseException as error:
                if recorded:
                    failed(name)
                uncover(error)
                raise
            if recorded:
                ended(name, spec)
            return spec

        return _find_spec

    def _make_load_unlocked(self, seam: Seam, genuine: "Any") -> "Any":
        live, uncover = self, uncovered
        began, ended, failed = self.load_began, self.load_ended, self.load_failed

        def _load_unlocked(spec: "Any") -> "Any":
            name = began(spec) if live.on and seam.alive else None
            try:
                module = genuine(spec)
            except BaseException as error:
                if name is not None:
                    failed(name, error)
                uncover(error)
                raise
            if name is not None:
                ended(name, module)
            return module

        return _load_unlocked

    # -- what is recorded -------------------------------------------------------------------------
    # An observer that fails never breaks the observed: each method keeps its own errors.

    def is_new(self, name: "Any") -> bool:
        """Say whether an import is more than a look into ``sys.modules``."""
        try:
            return name.__class__ is str and sys.modules.get(name) is None
        except Exception:  # the program may have put anything in the place of sys.modules
            return False

    def import_began(self, name: str) -> None:
        try:
            self.open.append(name)
            frame, importer, file, line = asker()
            self.path_watch.import_began(name, frame)
            self.record.import_began(name, importer, file, line)
            stop = self.breaks.pop(name, None) if self.breaks else None
            if stop is not None:
                self._break(stop, frame, name)
        except Exception as error:
            self._lose(error)

    def _break(self, stop: "Callable[[Any, str], None]", frame: "Any", name: str) -> None:
        """Stop in a debugger; if that fails, the program goes on and so does the record."""
        try:
            stop(frame, name)
        except Exception as error:
            self.record.break_failed(name, described(error))

    def import_ended(self, name: str) -> None:
        try:
            outcome = "loaded" if self._loaded.pop(get_ident(), None) == name else "there"
            self.record.import_ended(name, outcome)
            self._closed()
        except Exception as error:
            self._lose(error)

    def import_failed(self, name: str, error: BaseException) -> None:
        try:
            self.path_watch.import_failed(name)
            outcome = _outcome(name, error)
            if outcome == "failed" and self._told != id(error):
                # Once for each error, where it arose: the importers around it let the same one pass.
                self._told = id(error)
                tell_passing(self.record, error)
            self.record.import_ended(name, outcome, described(error))
            self._closed()
        except Exception as problem:
            self._lose(problem)

    def _closed(self) -> None:
        if self._lost:
            self._lost = False
            self.record.record_gap(_GAP)
        opened = self.open
        if opened:
            opened.pop()
        if not opened and self.flush is not None:
            self.flush()

    def find_retold(self, name: str, path: "Any", target: "Any") -> "Any":
        """Search with our own steps, if it is ours to do; else give `_NOT_TOLD`."""
        if self.retelling is None:
            return _NOT_TOLD
        try:
            return self.retelling.find_spec(name, path, target)
        except Exception:  # no more ours, or not ours at all: the interpreter searches
            return _NOT_TOLD

    def find_began(self, name: str) -> None:
        try:
            self.record.find_began(name, name.rpartition(".")[0])
        except Exception as error:
            self._lose(error)

    def find_ended(self, name: str, spec: "Any") -> None:
        try:
            if spec is None:
                self.record.find_ended(name, "not-found", "no-finder-knows-it", None, None)
            else:
                self.record.find_ended(name, "found", None, *seen(spec))
        except Exception as error:
            self._lose(error)

    def find_failed(self, name: str) -> None:
        try:
            finders: Any = sys.meta_path  # None when the interpreter ends
            reason = "no-meta-path" if finders is None else "finder-raised"
            self.record.find_ended(name, "failed", reason, None, None)
        except Exception as error:
            self._lose(error)

    def load_began(self, spec: "Any") -> "str | None":
        try:
            # Only a genuine spec is asked: another class may compute its attributes.
            name: str = spec.name
            loader = spec.loader
            self.path_watch.load_began(name, spec)
            self.record.load_began(name, "NamespaceLoader" if loader is None else label(loader))
            if self.flush is not None:
                # The code that runs now may be the end of the process.
                self.flush()
        except Exception as error:
            self._lose(error)
            return None
        return name

    def load_ended(self, name: str, module: "Any") -> None:
        try:
            self._loaded[get_ident()] = name
            self.path_watch.load_ended(name)
            self.record.load_ended(name, "loaded")
            if name in self.after_load:
                self.after_load[name](module)
        except Exception as error:
            self._lose(error)

    def load_failed(self, name: str, error: BaseException) -> None:
        try:
            self.path_watch.load_ended(name)
            self.record.load_ended(name, "failed", described(error))
        except Exception as problem:
            self._lose(problem)

    def look_at_path(self, frame: "Any" = None, file: "str | None" = None) -> None:
        """See whether ``sys.path`` has been changed since an import last began or ended."""
        if not self.on:
            return
        try:
            self.path_watch.look(frame, file)
            if self.flush is not None:
                self.flush()
        except Exception as error:
            self._lose(error)

    # -- when recording fails ---------------------------------------------------------------------

    def _lose(self, error: Exception) -> None:
        """Go on without a record, or, at the limit of recursion, without this event."""
        if isinstance(error, RecursionError):
            try:
                self.record.record_gap(_GAP)
            except Exception:  # no room for this either: told when the next import ends
                self._lost = True
            return
        self.stop(f"recording failed: {type(error).__name__}")

    def stop(self, reason: str) -> None:
        """Record nothing more, and say so."""
        if self.on is False:
            return
        self.on = False
        try:
            self.record.record_stopped(reason)
            if self.flush is not None:
                self.flush()
        except Exception:  # no memory, no disk: the end of the rows is all that there is to see
            pass


def seen(spec: "Any") -> "tuple[str, str | None]":
    """Tell the kind and the origin of what a finder answered, without running anybody's code."""
    if spec.__class__ is not ModuleSpec:
        return "other", None
    loader, origin = spec.loader, spec.origin
    if origin.__class__ is not str:
        origin = None
    cls = type(loader)
    if cls in KINDS_OF_LOADERS:
        return KINDS_OF_LOADERS[cls], origin
    if loader is None or cls is NamespaceLoader:
        return "other" if spec.submodule_search_locations is None else "namespace", origin
    if loader is BuiltinImporter:
        return "built-in", origin
    if loader is FrozenImporter:
        return "frozen", origin
    if cls is zipimporter:
        return "bytecode" if origin is not None and origin.endswith(".pyc") else "source", origin
    return "other", origin


def described(error: BaseException) -> str:
    """Put an exception into one line, without running code of a class that is not built in."""
    cls = type(error)
    if cls.__module__ != "builtins":
        return cls.__name__
    return describe_error(error)


def _outcome(name: str, error: BaseException) -> str:
    if isinstance(error, ModuleNotFoundError) and error.name == name:
        # None in sys.modules forbids the import.
        return "halted" if name in sys.modules else "not-found"
    return "failed"


for _function in (*vars(Live).values(), seen, described, _outcome):
    if type(_function) is type(seen):
        relabelled(_function)
del _function
