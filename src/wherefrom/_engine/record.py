"""The record: the raw trail of what was asked, looked for and found.

One short method per kind of event, each of which appends one plain tuple
``(kind, at_ns, thread, *fields)``. Order, nesting, durations and classes are derived when somebody
looks (``wherefrom.trace``); nothing here judges or formats. The fields of each kind stand in
``kinds.py``.
"""

from _thread import get_ident
from time import perf_counter_ns as clock

Row = tuple[object, ...]


class Record:
    """A flat list of rows, and one method per kind of row.

    Fields hold plain values only (text, numbers, tuples of text), never modules, frames or live
    exceptions: a record keeps nothing of the program alive and can be sent to another machine.
    """

    __slots__ = ("add", "rows", "thread")

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.add = self.rows.append
        self.thread = get_ident()

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

    def module_cached(self, name: str, outcome: str, origin: "str | None") -> None:
        self.add(("module.cached", clock(), self.thread, name, outcome, origin))

    # -- the finders of sys.meta_path -------------------------------------------------------------

    def ask_began(self, name: str, finder: str) -> None:
        self.add(("ask.began", clock(), self.thread, name, finder))

    def ask_ended(self, name: str, finder: str, outcome: str, error: "str | None" = None) -> None:
        self.add(("ask.ended", clock(), self.thread, name, finder, outcome, error))

    def ask_declined(self, name: str, finders: tuple[str, ...]) -> None:
        self.add(("ask.declined", clock(), self.thread, name, finders))

    def finders_unasked(self, name: str, finders: tuple[str, ...]) -> None:
        self.add(("finders.unasked", clock(), self.thread, name, finders))

    # -- the entries of a search path -------------------------------------------------------------

    def search_began(self, name: str, entry: str) -> None:
        self.add(("search.began", clock(), self.thread, name, entry))

    def search_ended(
        self, name: str, entry: str, outcome: str, reason: "str | None" = None, error: "str | None" = None
    ) -> None:
        self.add(("search.ended", clock(), self.thread, name, entry, outcome, reason, error))

    def search_missed(
        self,
        name: str,
        entry: str,
        directory: str,
        candidates: tuple[str, ...],
        how: str,
        hooks: "tuple[tuple[str, str, str | None], ...] | None",
    ) -> None:
        self.add(("search.missed", clock(), self.thread, name, entry, directory, candidates, how, hooks))

    def search_hit(
        self,
        name: str,
        entry: str,
        directory: str,
        package: "str | None",
        candidates: tuple[str, ...],
        chosen: int,
        how: str,
        hooks: "tuple[tuple[str, str, str | None], ...] | None",
    ) -> None:
        self.add(
            (
                "search.hit",
                clock(),
                self.thread,
                name,
                entry,
                directory,
                package,
                candidates,
                chosen,
                how,
                hooks,
            )
        )

    def search_portion(
        self,
        name: str,
        entry: str,
        directory: str,
        inits: tuple[str, ...],
        candidates: tuple[str, ...],
        how: str,
        hooks: "tuple[tuple[str, str, str | None], ...] | None",
    ) -> None:
        self.add(
            ("search.portion", clock(), self.thread, name, entry, directory, inits, candidates, how, hooks)
        )

    def search_run(
        self,
        name: str,
        entries: "tuple[object, ...]",
        first: int,
        directories: tuple[str, ...],
        candidates: tuple[str, ...],
    ) -> None:
        self.add(("search.run", clock(), self.thread, name, entries, first, directories, candidates))

    def search_swept(
        self,
        name: str,
        places: "tuple[tuple[str, str], ...]",
        first: int,
        last: int,
        candidates: tuple[str, ...],
    ) -> None:
        self.add(("search.swept", clock(), self.thread, name, places, first, last, candidates))

    def search_answered(
        self,
        name: str,
        places: "tuple[tuple[str, str], ...]",
        at: int,
        tail: str,
        suffixes: tuple[str, ...],
        chosen: int,
    ) -> None:
        self.add(("search.answered", clock(), self.thread, name, places, at, tail, suffixes, chosen))

    def entries_unsearched(self, name: str, entries: "tuple[object, ...]", first: int) -> None:
        self.add(("entries.rest", clock(), self.thread, name, entries, first))

    def finder_recalled(self, entry: str, finder: "str | None", outcome: str) -> None:
        self.add(("finder.recalled", clock(), self.thread, entry, finder, outcome))

    def hook_tried(self, entry: str, hook: str, outcome: str, error: "str | None" = None) -> None:
        self.add(("hook.tried", clock(), self.thread, entry, hook, outcome, error))

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
        is_package: bool,
        chosen: int,
    ) -> None:
        self.add(("find.asked", clock(), get_ident(), name, times, path, ways, here, is_package, chosen))

    def find_plain(
        self, name: str, path: int, ways: str, here: "str | None", is_package: bool, chosen: int
    ) -> None:
        self.add(("find.plain", clock(), get_ident(), name, path, ways, here, is_package, chosen))

    def search_plain(
        self, name: str, path: int, ways: str, here: "str | None", is_package: bool, chosen: int
    ) -> None:
        self.add(("search.plain", clock(), get_ident(), name, path, ways, here, is_package, chosen))

    def load_plain(self, name: str, cached: str, mtime: int, size: int) -> None:
        self.add(("load.plain", clock(), get_ident(), name, cached, mtime, size))

    def import_loaded(self, name: str, loaded_ns: int, ran: bool) -> None:
        self.add(("import.loaded", clock(), get_ident(), name, loaded_ns, ran))

    def import_bound(self, name: str, ran_ns: int) -> None:
        self.add(("import.bound", clock(), get_ident(), name, ran_ns))

    # -- one directory, one archive ---------------------------------------------------------------

    def directory_listed(self, directory: str, outcome: str, error: "str | None" = None) -> None:
        self.add(("directory.listed", clock(), self.thread, directory, outcome, error))

    def archive_read(self, archive: str, outcome: str, error: "str | None" = None) -> None:
        self.add(("archive.read", clock(), self.thread, archive, outcome, error))

    def candidate_seen(self, name: str, path: str, outcome: str) -> None:
        self.add(("candidate.seen", clock(), self.thread, name, path, outcome))

    # -- namespace packages -----------------------------------------------------------------------

    def portion_kept(self, name: str, location: str) -> None:
        self.add(("portion.kept", clock(), self.thread, name, location))

    def portion_dropped(self, name: str, location: str, winner: "str | None") -> None:
        self.add(("portion.dropped", clock(), self.thread, name, location, winner))

    def path_recomputed(self, name: str, outcome: str) -> None:
        self.add(("path.recomputed", clock(), self.thread, name, outcome))

    def path_extended(self, name: str, style: str, locations: tuple[str, ...]) -> None:
        self.add(("path.extended", clock(), self.thread, name, style, locations))

    # -- one import -------------------------------------------------------------------------------
    # From here on the thread is asked for each time: threads import in one world together.

    def import_began(self, name: str, importer: str, file: "str | None", line: "int | None") -> None:
        self.add(("import.began", clock(), get_ident(), name, importer, file, line))

    def import_ended(self, name: str, outcome: str, error: "str | None" = None) -> None:
        self.add(("import.ended", clock(), get_ident(), name, outcome, error))

    def import_served(self, name: str, importer: str) -> None:
        self.add(("import.served", clock(), get_ident(), name, importer))

    def import_escaped(self, name: str, outcome: str) -> None:
        self.add(("import.escaped", clock(), get_ident(), name, outcome))

    def lock_waited(self, name: str, outcome: str) -> None:
        self.add(("lock.waited", clock(), get_ident(), name, outcome))

    # -- making and running a module --------------------------------------------------------------

    def module_shared(self, name: str, outcome: str) -> None:
        self.add(("module.shared", clock(), get_ident(), name, outcome))

    def load_prepared(self, name: str, loader: str, how: str) -> None:
        self.add(("load.prepared", clock(), get_ident(), name, loader, how))

    def load_began(self, name: str, loader: str) -> None:
        self.add(("load.began", clock(), get_ident(), name, loader))

    def load_ended(self, name: str, outcome: str, error: "str | None" = None) -> None:
        self.add(("load.ended", clock(), get_ident(), name, outcome, error))

    def module_created(self, name: str, outcome: str) -> None:
        self.add(("module.created", clock(), get_ident(), name, outcome))

    def module_registered(self, name: str, outcome: str) -> None:
        self.add(("module.registered", clock(), get_ident(), name, outcome))

    def bytecode_judged(
        self,
        name: str,
        path: "str | None",
        outcome: str,
        source_mtime: "int | None" = None,
        cached_mtime: "int | None" = None,
        source_size: "int | None" = None,
        cached_size: "int | None" = None,
        source_hash: "str | None" = None,
        cached_hash: "str | None" = None,
        magic: "str | None" = None,
        doubt: "str | None" = None,
    ) -> None:
        self.add(
            (
                "bytecode.judged",
                clock(),
                get_ident(),
                name,
                path,
                outcome,
                source_mtime,
                cached_mtime,
                source_size,
                cached_size,
                source_hash,
                cached_hash,
                magic,
                doubt,
            )
        )

    def source_compiled(self, name: str, path: str, outcome: str, error: "str | None" = None) -> None:
        self.add(("source.compiled", clock(), get_ident(), name, path, outcome, error))

    def bytecode_written(
        self, name: str, path: "str | None", outcome: str, error: "str | None" = None
    ) -> None:
        self.add(("bytecode.written", clock(), get_ident(), name, path, outcome, error))

    def run_began(self, name: str) -> None:
        self.add(("run.began", clock(), get_ident(), name))

    def run_ended(self, name: str, outcome: str, error: "str | None" = None) -> None:
        self.add(("run.ended", clock(), get_ident(), name, outcome, error))

    def module_removed(self, name: str, outcome: str) -> None:
        self.add(("module.removed", clock(), get_ident(), name, outcome))

    def module_replaced(self, name: str, type: str) -> None:  # noqa: A002  # the field's name
        self.add(("module.replaced", clock(), get_ident(), name, type))

    def state_changed(self, name: str, piece: str, outcome: str) -> None:
        self.add(("state.changed", clock(), get_ident(), name, piece, outcome))

    # -- binding names ----------------------------------------------------------------------------

    def attribute_bound(self, name: str, parent: str, outcome: str, was: "str | None" = None) -> None:
        self.add(("attribute.bound", clock(), get_ident(), name, parent, outcome, was))

    def bind_began(self, name: str, statement: str) -> None:
        self.add(("bind.began", clock(), get_ident(), name, statement))

    def bind_ended(self, name: str, outcome: str, error: "str | None" = None) -> None:
        self.add(("bind.ended", clock(), get_ident(), name, outcome, error))

    def item_resolved(self, name: str, item: str, outcome: str) -> None:
        self.add(("item.resolved", clock(), get_ident(), name, item, outcome))

    def name_bound(self, name: str, value: str, outcome: str, was: "str | None" = None) -> None:
        self.add(("name.bound", clock(), get_ident(), name, value, outcome, was))

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


class SharedRecord(Record):
    """A record that several threads write: each row has the thread that wrote it."""

    __slots__ = ()

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.add = self.rows.append

    @property
    def thread(self) -> int:  # type: ignore[override]  # read-only here
        """The calling thread."""
        return get_ident()
