"""Live tracing: what is recorded while the interpreter imports.

Decides what is recorded of an import of the running program, and that the program goes on without a record
if recording fails. The functions at the seam call this: ``standing.py`` has those that observe,
``standing_in.py`` those that work; ``seam.py`` puts them in place; ``asker.py`` tells who imports.
"""

import sys
from _thread import get_ident
from time import perf_counter_ns as clock

from .asker import asker
from .ending import tell_passing
from .find.answer import describe_error, label
from .genuine import (
    KINDS_OF_LOADERS,
    BuiltinImporter,
    FrozenImporter,
    ModuleSpec,
    NamespaceLoader,
    zipimporter,
)
from .live_record import LiveRecord
from .path_watch import PathWatch
from .seam import Seam, relabelled
from .standing import makers_for

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .asking import Asked
    from .chained import Question
    from .plain_load import Ready
    from .searching import Search

# The versions on which CPython's own tests end the same under our search (tests/conformance). On any
# other the interpreter's own functions are only observed.
RETOLD_ON = ((3, 11), (3, 12), (3, 13), (3, 14), (3, 15))

_GAP = "events at the limit of recursion"


class Live:
    """What one process records of its own imports, for all who watch.

    Attributes:
        record: the rows.
        on: whether imports are recorded now.
        open: the imports that have begun and not ended, by thread.
        flush: called when rows should leave the process; None where they are kept.
        breaks: what to call, with the frame and the name, when a name is first asked for, by name.
        after_load: what to call with a module when it has been loaded, by name.
        path_watch: what tells who changed ``sys.path``.
        search: our own search; None where the interpreter's is only observed.

    Args:
        bring: gives a module of the engine by its name: of those that not every process needs.
    """

    def __init__(self, bring: "Callable[[str], Any]") -> None:
        self.record = LiveRecord()
        self.path_watch = PathWatch(self.record)
        self._bring = bring
        self.on = False
        self._told = 0  # the id of the error that was told last
        self.open: dict[int, list[str]] = {}
        self.flush: Callable[[], None] | None = None
        self.breaks: dict[str, Callable[[Any, str], None]] = {}
        self.after_load: dict[str, Callable[[Any], None]] = {}
        # thread -> the module that it loaded and whose import goes on; when; whether its run is told
        self._loaded: dict[int, tuple[str, int, bool]] = {}
        self._lost = False  # whether an event was lost since a gap was recorded last
        self.search: Search | None = None
        self._seam: Seam | None = None

    @property
    def how(self) -> str:
        """Whether the steps of finding are retold, or only observed."""
        return "observed" if self.search is None else "retold"

    # -- beginning and ending -----------------------------------------------------------------

    def begin(self) -> None:
        """Put our functions in the place of the interpreter's, and record from now on.

        Raises:
            AttributeError: this interpreter has no such functions.
        """
        seam = Seam()
        self.forget()
        self.path_watch.begin()
        self.on = True
        steps = self._bring("observing") if self.search is None else self.search
        seam.put_in(makers_for(self) | steps.makers_for(self))
        self._seam = seam

    def tell_installed(self) -> None:
        """Record that this process is traced from now on, and which modules were loaded before."""
        self.record.tracing_installed(self.how, tuple([name for name in sys.modules if type(name) is str]))

    def forget(self) -> None:
        """Forget what was going on: who reads the record from here on has seen nothing of it."""
        self.open.clear()
        self._loaded.clear()
        if self.search is not None:
            self.search.forget()

    def end(self) -> None:
        """Stop recording and put the interpreter's functions back."""
        self.on = False
        seam, self._seam = self._seam, None
        if seam is not None:
            self._bring("leaving").take_out(seam)

    # -- what is recorded -------------------------------------------------------------------------
    # An observer that fails never breaks the observed: each method keeps its own errors.

    def import_began(self, name: "Any") -> bool:
        """Record the beginning of an import, if it is more than a look into ``sys.modules``."""
        try:
            if name.__class__ is not str or sys.modules.get(name) is not None:
                return False
        except Exception:  # the program may have put anything in the place of sys.modules
            return False
        try:
            thread = get_ident()
            if self.search is not None and self.search.ahead.silent:
                self.search.ahead.tell()  # a finder imports while it is asked
            if thread in self._loaded:
                self._tell_loaded(thread)
            self.open.setdefault(thread, []).append(name)
            frame, importer, file, line = asker()
            self.path_watch.import_began(name, frame, line)
            self.record.import_began(name, importer, file, line)
            stop = self.breaks.pop(name, None) if self.breaks else None
            if stop is not None:
                self._break(stop, frame, name)
        except Exception as error:
            self._lose(error)
        return True

    def _break(self, stop: "Callable[[Any, str], None]", frame: "Any", name: str) -> None:
        """Stop in a debugger; if that fails, the program goes on and so does the record."""
        try:
            stop(frame, name)
        except Exception as error:
            self.record.break_failed(name, described(error))

    def import_ended(self, name: str) -> None:
        try:
            thread = get_ident()
            loaded = self._loaded.pop(thread, None)
            if loaded is None:
                self.record.import_ended(name, "there")
            else:
                self.record.import_loaded(*loaded)
            self._closed(thread, name)
        except Exception as error:
            self._lose(error)

    def import_was_none(self, name: str) -> None:
        """Record that what was asked for lazily is no submodule: no error, another way is tried now."""
        try:
            self.path_watch.import_failed(name)
            self.record.import_ended(name, "not-found")
            self._closed(get_ident(), name)
        except Exception as error:
            self._lose(error)

    def import_failed(self, name: str, error: BaseException) -> None:
        try:
            self.path_watch.import_failed(name)
            thread = get_ident()
            if thread in self._loaded:
                self._tell_loaded(thread)
            outcome = _outcome(name, error)
            if outcome == "failed" and self._told != id(error):
                # Once for each error, where it arose: the importers around it let the same one pass.
                self._told = id(error)
                tell_passing(self.record, error)
            self.record.import_ended(name, outcome, described(error))
            self._closed(thread, name)
        except Exception as problem:
            self._lose(problem)

    def _closed(self, thread: int, name: str) -> None:
        if self._lost:
            self._lost = False
            self.record.record_gap(_GAP)
        opened = self.open[thread]
        while opened and opened.pop() != name:
            pass  # its end was lost at the limit of recursion
        if not opened:
            del self.open[thread]
            if self.flush is not None:
                self.flush()

    def _tell_loaded(self, thread: int) -> None:
        """Record the end of a load that would have been told together with the end of its import."""
        name, _, ran = self._loaded.pop(thread)
        if ran:
            self.record.run_ended(name, "ran")
        self.record.load_ended(name, "loaded")

    def find_began(self, name: str) -> None:
        try:
            self.record.find_began(name, name.rpartition(".")[0])
        except Exception as error:
            self._lose(error)

    def find_begun(self, name: str, asked: "Asked | None") -> "Question | None":
        """Record the beginning of a find by the whole chain, or what is left of it; give the question."""
        if asked is not None:
            return asked.question()
        self.find_began(name)
        return None if self.search is None else self.search.question(name)

    def find_ended(self, name: str, question: "Question | None", spec: "Any") -> None:
        try:
            if spec is None:
                self.record.find_ended(name, "not-found", "no-finder-knows-it", None, None)
                return
            if question is not None:
                question.answered()
            self.record.find_ended(name, "found", None, *seen(spec))
        except Exception as error:
            self._lose(error)

    def find_failed(self, name: str, question: "Question | Asked | None", error: BaseException) -> None:
        try:
            if question is not None:
                question.raised(described(error))
            finders: Any = sys.meta_path  # None when the interpreter ends
            reason = "no-meta-path" if finders is None else "finder-raised"
            self.record.find_ended(name, "failed", reason, None, None)
        except Exception as problem:
            self._lose(problem)

    def load_prepared(self, spec: "Any") -> "Ready | None":
        """Make the module of a plain load, and record it up to its run; None if the load is not plain."""
        if self.search is None:
            return None
        try:
            plain = self.search.plain
            ready = self.search.prepared(spec, plain.found)
            plain.found = None, None
            if ready is None:
                return None
        except Exception:  # the interpreter comes to it too
            return None
        try:
            self.path_watch.load_began(spec.name, spec)
            self.record.load_plain(spec.name, ready.cached, int(ready.status.st_mtime), ready.status.st_size)
            if self.flush is not None:
                # The code that runs now may be the end of the process.
                self.flush()
        except Exception as error:
            self._lose(error)
        return ready

    def load_began(self, spec: "Any") -> "str | None":
        try:
            # Only a genuine spec is asked: another class may compute its attributes.
            name: str = spec.name
            loader = spec.loader
            self.path_watch.load_began(name, spec)
            self.record.load_began(name, "NamespaceLoader" if loader is None else label(loader))
            if self.flush is not None:
                self.flush()  # as above
        except Exception as error:
            self._lose(error)
            return None
        return name

    def load_ended(self, name: str, module: "Any", ready: "Ready | None") -> None:
        try:
            thread = get_ident()
            if thread in self._loaded:
                self._tell_loaded(thread)
            self._loaded[thread] = name, clock(), ready is not None
            self.path_watch.load_ended(name)
            opened = self.open.get(thread)
            if not opened or opened[-1] != name:
                self._tell_loaded(thread)  # no import of it ends now that could tell it
            if name in self.after_load:
                self.after_load[name](module)
        except Exception as error:
            self._lose(error)

    def load_failed(self, name: str, error: BaseException, ready: "Ready | None") -> None:
        try:
            self.path_watch.load_ended(name)
            text = described(error)
            if ready is not None:
                self.record.run_ended(name, "raised", text)
                self.record.module_removed(name, "undone")
            self.record.load_ended(name, "failed", text)
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
