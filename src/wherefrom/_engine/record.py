"""The record: the raw trail of what was asked, looked for and found, step by step.

One short method per kind of event, each of which appends one plain tuple
``(kind, at_ns, thread, *fields)``; only `Record.import_served` has a form of its own. Order, nesting,
durations and classes are derived when somebody looks (``wherefrom.trace``); nothing here judges or formats.
The kinds that live tracing writes too are in ``live_record.py``; the fields of each kind stand in
``kinds.py``.
"""

from _thread import get_ident
from time import perf_counter_ns as clock

from .live_record import LiveRecord, Row


class Record(LiveRecord):
    """A record that one thread writes, with a method for every kind of row."""

    __slots__ = ("thread",)
    thread: int

    def __init__(self) -> None:
        super().__init__()
        self.thread = get_ident()

    # -- one find ---------------------------------------------------------------------------------

    def module_cached(self, name: str, outcome: str, origin: "str | None") -> None:
        self.add(("module.cached", clock(), self.thread, name, outcome, origin))

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

    def import_served(self, name: str, importer: str) -> None:
        # By far the commonest. As loose items: each tuple would be one more object that the garbage collector
        # counts, and it would come round earlier than without us.
        self.rows.extend((name, importer, clock(), get_ident()))  # type: ignore[arg-type]  # these four are a row

    def import_escaped(self, name: str, outcome: str) -> None:
        self.add(("import.escaped", clock(), get_ident(), name, outcome))

    def lock_waited(self, name: str, outcome: str) -> None:
        self.add(("lock.waited", clock(), get_ident(), name, outcome))

    # -- making and running a module --------------------------------------------------------------

    def module_shared(self, name: str, outcome: str) -> None:
        self.add(("module.shared", clock(), get_ident(), name, outcome))

    def load_prepared(self, name: str, loader: str, how: str) -> None:
        self.add(("load.prepared", clock(), get_ident(), name, loader, how))

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


class SharedRecord(Record):
    """A record with a method for every kind of row that several threads write."""

    __slots__ = ()

    def __init__(self, record: "LiveRecord | None" = None) -> None:
        """Make a record.

        Args:
            record: what takes the rows; a list of its own if not given.
        """
        self.rows: list[Row] = [] if record is None else record.rows
        # Not its method as it is now: somebody may put another in its place.
        self.add = self.rows.append if record is None else lambda row: record.add(row)

    @property
    def thread(self) -> int:  # type: ignore[override]  # read-only here
        """The calling thread."""
        return get_ident()
