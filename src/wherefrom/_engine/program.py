"""The traced program: made ready in its child as ``python`` would make it, and its imports recorded.

Decides what the program finds: ``sys.argv``, the first entry of the path, and ``__main__``, all as
without us. ``program_text.py`` and ``program_file.py`` come by its code. Records through ``live.py`` and
``stream.py``; ``boot.py`` runs what is made ready here.

Mirrors ``pymain_run_python`` and what it calls (``Modules/main.c``, ``Python/pythonrun.c``).
"""

import sys

from .disk import system as os
from .ending import tell_end
from .genuine import BuiltinImporter
from .live import RETOLD_ON, Live
from .seam import roomy
from .stream import Stream, process_head

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .chained import Question
    from .following import Following
    from .live_record import LiveRecord
    from .retelling import Retelling

_EXITS_LATE = sys.version_info >= (3, 14)


class Start:
    """Makes a program ready and, as a context, ends it without a frame of ours in its traceback."""

    def __init__(
        self,
        options: "dict[str, Any]",
        arguments: "list[str]",
        main: "dict[str, Any]",
        bring: "Callable[[str], Any]",
    ) -> None:
        self.options = options
        self.bring = bring  # modules of the engine that only some programs need
        self.main = main
        self.boot = main.get("__file__", "<string>")  # what is run now
        self._call: Any = exec
        self.live = Live(bring)
        self._code_from: Any = None
        self.has_file = False  # whether __main__ has been told its file for the time of its run
        self._arguments = arguments

    # -- making ready -----------------------------------------------------------------------------

    def __enter__(self) -> "Start":
        options = self.options
        self._clean_up()
        sys.argv[:] = [options["argv0"], *self._arguments]
        sys.orig_argv[1:] = options["orig"]
        self._set_path()
        self._record()
        if options["kind"] in ("module", "place"):
            import runpy  # as the interpreter does: an import of the program, and recorded as one

            self._call = runpy._run_module_as_main  # type: ignore[attr-defined]  # the interpreter's own entry
        return self

    def _clean_up(self) -> None:
        """Take away what running a file or a text, other than the program, has left."""
        main = self.main
        for name in [name for name in main if name not in _NAMES_OF_MAIN]:
            del main[name]
        main["__doc__"] = None
        by_text = self.boot == "<string>"
        if not by_text:
            sys.path_importer_cache.pop(self.boot, None)
        if not sys.flags.safe_path:
            del sys.path[0]
        linecache = sys.modules.get("linecache")
        if by_text and linecache is not None and sys.version_info >= (3, 13):
            # It was loaded to keep the lines of our text.
            for table in ("cache", "_interactive_cache"):
                getattr(linecache, table, {}).clear()
            if self.options["kind"] != "code":
                del sys.modules["linecache"]
                # It was searched in the current directory, which nothing else has been yet.
                searched = list(sys.path_importer_cache)[-1:]
                if searched == [os.getcwd()]:
                    del sys.path_importer_cache[searched[0]]

    def _set_path(self) -> None:
        options, kind = self.options, self.options["kind"]
        if kind in ("script", "place"):
            self.bring("program_file").try_hooks(options["file"])
        if kind == "place":
            sys.path.insert(0, options["file"])
        elif not sys.flags.safe_path:
            sys.path.insert(0, options["path0"])

    def _record(self) -> None:
        live, options = self.live, self.options
        how, where = options["how"], options["stream"]
        try:
            stream = Stream(
                where if how == "started" else f"{where}.{os.getpid()}",
                process_head(os.getppid(), how, options["orig"]),
                live.record.rows,
            )
        except OSError:
            return  # nothing can be recorded; the program runs all the same
        if options["retold"] and sys.version_info[:2] in RETOLD_ON:
            search = self.bring("searching").Search
            live.search = search(live.record, self._retelling, self._question, live._lose)
        live.flush = stream.flush
        # Forked processes are followed into files of their own, or not at all.
        following: Following | None = None
        if options["follow"]:
            following = self.bring("following").Following(live, options)
        os.register_at_fork(after_in_child=lambda: _forked(live, following))
        if following is not None:
            following.begin()
        live.tell_installed()
        self._wishes(live)
        live.path_watch.launcher = _launcher()
        try:
            live.begin()
        except AttributeError as error:
            live.record.record_stopped(f"this interpreter has another import system: {error}")
        live.flush()

    def _retelling(self, record: "LiveRecord") -> "Retelling":
        retelling: Retelling = self.bring("retelling").Retelling(record)
        return retelling

    def _question(self, *arguments: "Any") -> "Question":
        question: Question = self.bring("chained").Question(*arguments)
        return question

    def _wishes(self, live: Live) -> None:
        """Prepare what was asked for beyond recording."""
        if self.options["break_on"]:
            live.breaks = dict.fromkeys(self.options["break_on"], self.bring("breaking").stop_at)
        if self.options["cached"]:
            counting = self.bring("counting").Counting()
            counting.put_in()
            # Told when the interpreter ends: sums have no earlier moment.
            atexit = __import__("atexit")
            atexit.register(counting.tell_at_end, live)

    # -- the program ------------------------------------------------------------------------------

    def ready(self) -> "tuple[Any, ...]":
        """Give what `call` is called with; from then on ``__main__`` is the program's.

        Raises:
            SyntaxError: the program is none.
        """
        kind = self.options["kind"]
        self.main["__loader__"] = BuiltinImporter
        if kind == "module":
            return (self.options["target"],)
        if kind == "place":
            return "__main__", False
        self._code_from = self.bring(self.options["code_from"])
        return self._code_from.code_of(self), self.main

    def call(self, *arguments: "Any") -> None:
        """Run the program: by `exec`, or by runpy's function."""
        self._call(*arguments)

    roomy(call)

    # -- the end ----------------------------------------------------------------------------------

    def _main_file(self) -> str:
        file = "<string>" if self.options["kind"] == "code" else self.main.get("__file__")
        return file if type(file) is str else self.options["file"]

    def __exit__(self, kind: "Any", error: "Any", traceback: "Any") -> None:
        self.live.look_at_path(file=self._main_file())
        if self.has_file and (error is None or (_EXITS_LATE and kind is SystemExit)):
            # Taken away by whoever set them, as soon as the program has run. What it raised is
            # printed before that, and up to 3.13 sys.exit() ends the process there.
            self.main.pop("__file__", None)
            self.main.pop("__cached__", None)
        if error is not None:
            traceback = traceback.tb_next  # the frame that holds this context
            while traceback is not None and _is_ours(traceback.tb_frame, self._code_from):
                traceback = traceback.tb_next
            BaseException.with_traceback(error, traceback)
        if self.live.on and self.live.flush is not None:
            try:
                tell_end(self.live.record, error)
                self.live.flush()
            except Exception:  # no disk, no memory: the program ends as it would without us
                pass
        # We live longer than the program's namespace and finders, which are to end as soon as they would.
        self.main = {}
        if self.live.search is not None:
            self.live.search.let_go()


_NAMES_OF_MAIN = (
    "__name__",
    "__doc__",
    "__package__",
    "__loader__",
    "__spec__",
    "__annotations__",
    "__builtins__",
    "__file__",
    "__cached__",
)


_OURS = globals()


def _is_ours(frame: "Any", code_from: "Any") -> bool:
    """Say whether a frame is of what makes the program ready, which raises if there is no code of it."""
    return frame.f_globals is _OURS or (code_from is not None and frame.f_globals is code_from.__dict__)


def _launcher() -> "Any":
    """Give the code that runs the program: it has the program's namespace, and is no part of it."""
    try:
        raise LookupError
    except LookupError as probe:
        frame: Any = probe.__traceback__.tb_frame  # type: ignore[union-attr]  # it was just raised
    while frame.f_globals is _OURS:
        frame = frame.f_back
    return frame.f_code


def _forked(live: Live, following: "Following | None") -> None:
    """Record a forked child beside its parent, or nothing of it: it is another process."""
    live.record.rows.clear()  # the parent's, which writes them
    live.forget()
    live.flush = None
    if following is None or not live.on:
        live.on = False
        return
    following.forked()
