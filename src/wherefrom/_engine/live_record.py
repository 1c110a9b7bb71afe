"""The record of a traced program: the rows by which live tracing tells of imports, and of itself.

One short method per kind of row, each of which appends one plain tuple ``(kind, at_ns, thread, *fields)``;
nothing here judges or formats. Every traced program loads this file; ``record.py`` has the other kinds, which
tell of single steps. The fields of each kind stand in ``kinds.py``.
"""

from _thread import get_ident
from time import perf_counter_ns as clock

Row = tuple[object, ...]


class LiveRecord:
    """A flat list of rows that several threads write: each row has the thread that wrote it.

    Fields hold plain values only (text, numbers, tuples of text), never modules, frames or live
    exceptions: a record keeps nothing of the program alive and can be sent to another machine.
    """

    __slots__ = ("add", "rows")

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.add = self.rows.append

    @property
    def thread(self) -> int:
        """The calling thread."""
        return get_ident()

    # -- one find ---------------------------------------------------------------------------------

    def find_began(self, name: str, parent: str) -> None:
        self.add(("find.began", clock(), self.thread, name, parent))

    def find_ended(
        self,
        name: str,
        outcome: str,
        reason: "str | None",
        module_kind: "str | None",
        origin: "str | None",
    ) -> None:
        self.add(("find.ended", clock(), self.thread, name, outcome, reason, module_kind, origin))

    # -- the finders of sys.meta_path -------------------------------------------------------------

    def ask_began(self, name: str, finder: str) -> None:
        self.add(("ask.began", clock(), self.thread, name, finder))

    def ask_ended(self, name: str, finder: str, outcome: str, error: "str | None" = None) -> None:
        self.add(("ask.ended", clock(), self.thread, name, finder, outcome, error))

    def ask_declined(self, name: str, finders: tuple[str, ...]) -> None:
        self.add(("ask.declined", clock(), self.thread, name, finders))

    def finders_unasked(self, name: str, finders: tuple[str, ...]) -> None:
        self.add(("finders.unasked", clock(), self.thread, name, finders))

    # -- the plain import, in few rows ------------------------------------------------------------

    def path_told(
        self,
        number: int,
        entries: tuple[str, ...],
        suffixes: tuple[str, ...],
        kinds: tuple[str, ...],
        ahead: tuple[str, ...] = (),
        behind: tuple[str, ...] = (),
    ) -> None:
        self.add(("path.told", clock(), get_ident(), number, entries, suffixes, kinds, ahead, behind))

    def find_asked(
        self,
        name: str,
        times: tuple[int, ...],
        path: int,
        ways: str,
        here: "str | None",
        is_package: "bool | None",
        chosen: int,
    ) -> None:
        self.add(("find.asked", clock(), get_ident(), name, times, path, ways, here, is_package, chosen))

    def find_plain(
        self,
        name: str,
        path: int,
        ways: str,
        here: "str | None",
        is_package: "bool | str | None",
        chosen: int,
    ) -> None:
        self.add(("find.plain", clock(), get_ident(), name, path, ways, here, is_package, chosen))

    def search_plain(
        self, name: str, path: int, ways: str, here: "str | None", is_package: "bool | None", chosen: int
    ) -> None:
        self.add(("search.plain", clock(), get_ident(), name, path, ways, here, is_package, chosen))

    def load_plain(self, name: str, cached: str, mtime: int, size: int, doubt: "str | None" = None) -> None:
        self.add(("load.plain", clock(), get_ident(), name, cached, mtime, size, doubt))

    def import_loaded(self, name: str, loaded_ns: int, ran: bool) -> None:
        self.add(("import.loaded", clock(), get_ident(), name, loaded_ns, ran))

    # -- one import -------------------------------------------------------------------------------
    # From here on the thread is asked for each time: threads import in one world together.

    def import_began(self, name: str, importer: str, file: "str | None", line: "int | None") -> None:
        self.add(("import.began", clock(), get_ident(), name, importer, file, line))

    def import_ended(self, name: str, outcome: str, error: "str | None" = None) -> None:
        self.add(("import.ended", clock(), get_ident(), name, outcome, error))

    # -- making and running a module --------------------------------------------------------------

    def load_began(self, name: str, loader: str) -> None:
        self.add(("load.began", clock(), get_ident(), name, loader))

    def load_ended(self, name: str, outcome: str, error: "str | None" = None) -> None:
        self.add(("load.ended", clock(), get_ident(), name, outcome, error))

    def run_ended(self, name: str, outcome: str, error: "str | None" = None) -> None:
        self.add(("run.ended", clock(), get_ident(), name, outcome, error))

    def module_removed(self, name: str, outcome: str) -> None:
        self.add(("module.removed", clock(), get_ident(), name, outcome))

    # -- the record itself ------------------------------------------------------------------------

    def tracing_installed(self, how: str, modules: tuple[str, ...]) -> None:
        self.add(("tracing.installed", clock(), self.thread, how, modules))

    def import_counted(self, name: str, importer: str, count: int) -> None:
        self.add(("import.counted", clock(), self.thread, name, importer, count))

    def error_raised(
        self,
        relation: str,
        error: str,
        message: str,
        name: "str | None",
        path: "str | None",
        line: "int | None",
        text: "str | None",
        holder: "str | None",
        origin: "str | None",
        held: tuple[str, ...],
        files: tuple[str, ...],
        lines: tuple[str, ...],
        modules: tuple[str, ...],
        functions: tuple[str, ...],
    ) -> None:
        head = ("error.raised", clock(), self.thread, relation, error, message, name, path, line, text)
        self.add((*head, holder, origin, held, files, lines, modules, functions))

    def module_held(
        self,
        name: str,
        type: str,  # noqa: A002  # the field's name
        origin: "str | None",
        outcome: str,
        locations: "tuple[str, ...]" = (),
    ) -> None:
        self.add(("module.held", clock(), self.thread, name, type, origin, outcome, locations))

    def program_ended(
        self,
        outcome: str,
        path: tuple[str, ...] = (),
        meta_path: tuple[str, ...] = (),
        path_hooks: tuple[str, ...] = (),
    ) -> None:
        self.add(("program.ended", clock(), self.thread, outcome, path, meta_path, path_hooks))

    def path_changed(
        self,
        name: str,
        seen: str,
        outcome: str,
        importer: str,
        file: "str | None",
        after: "int | None",
        before: "int | None",
        doubt: "str | None",
        added: tuple[str, ...],
        removed: tuple[str, ...],
        entries: tuple[str, ...],
        frames: tuple[str, ...],
    ) -> None:
        where = importer, file, after, before, doubt
        what = added, removed, entries, frames
        self.add(("path.changed", clock(), self.thread, name, seen, outcome, *where, *what))

    def break_failed(self, name: str, error: str) -> None:
        self.add(("break.failed", clock(), self.thread, name, error))

    def record_gap(self, reason: str) -> None:
        self.add(("record.gap", clock(), self.thread, reason))

    def record_stopped(self, reason: str) -> None:
        self.add(("record.stopped", clock(), self.thread, reason))
