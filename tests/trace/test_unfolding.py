"""A folded row tells the same story as the events that it stands for, written one by one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import get_ident
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.trace.rows import MS, TEXTS, at_steady_pace
from wherefrom import Trace, events
from wherefrom._engine.kinds import FOLDED
from wherefrom._engine.record import Record

CANDIDATES = ("mod", "mod.so", "mod.py")
INITS = ("__init__.so", "__init__.py")
HOOKS = (("zipimporter", "declined", "not a Zip file"), ("FileFinder", "took", None))


def _absent(record: Record, directory: str, *names: str) -> None:
    for name in names:
        record.candidate_seen("mod", f"{directory}/{name}", "absent")


def _declined(record: Record) -> None:
    record.ask_began("mod", "BuiltinImporter")
    record.ask_ended("mod", "BuiltinImporter", "declined")
    record.ask_began("mod", "FrozenImporter")
    record.ask_ended("mod", "FrozenImporter", "declined")


def _missed_by_a_remembered_finder(record: Record) -> None:
    record.search_began("mod", "lib/")
    record.finder_recalled("lib/", "FileFinder", "finder")
    record.directory_listed("/srv/lib/", "recalled")
    _absent(record, "/srv/lib", *CANDIDATES)
    record.search_ended("mod", "lib/", "missed", "nothing-there")


def _missed_by_a_new_finder(record: Record) -> None:
    record.search_began("mod", "")
    for hook, outcome, error in HOOKS:
        record.hook_tried("", hook, outcome, error)
    record.directory_listed("/srv", "looked")
    _absent(record, "/srv", *CANDIDATES)
    record.search_ended("mod", "", "missed", "nothing-there")


def _hit_a_module(record: Record) -> None:
    record.search_began("mod", "/srv")
    record.finder_recalled("/srv", "FileFinder", "finder")
    record.directory_listed("/srv", "recalled")
    _absent(record, "/srv", "mod", "mod.so")
    record.candidate_seen("mod", "/srv/mod.py", "chosen")
    record.search_ended("mod", "/srv", "found")


def _hit_a_package(record: Record) -> None:
    record.search_began("mod", "/srv")
    for hook, outcome, error in HOOKS:
        record.hook_tried("/srv", hook, outcome, error)
    record.directory_listed("/srv", "listed")
    _absent(record, "/srv/mod", "__init__.so")
    record.candidate_seen("mod", "/srv/mod/__init__.py", "chosen")
    record.search_ended("mod", "/srv", "found")


def _portion(record: Record) -> None:
    record.search_began("mod", "/srv")
    record.finder_recalled("/srv", "FileFinder", "finder")
    record.directory_listed("/srv", "recalled")
    _absent(record, "/srv/mod", *INITS)
    record.candidate_seen("mod", "/srv/mod", "no-init")
    _absent(record, "/srv", "mod.so", "mod.py")
    record.portion_kept("mod", "/srv/mod")
    record.search_ended("mod", "/srv", "portion")


def _swept(record: Record) -> None:
    _swept_one(record, "b", "/b")
    _swept_one(record, "c", "/c")


def _swept_one(record: Record, entry: str, directory: str) -> None:
    record.search_began("mod", entry)
    record.finder_recalled(entry, "FileFinder", "finder")
    record.directory_listed(directory, "recalled")
    _absent(record, directory, *CANDIDATES)
    record.search_ended("mod", entry, "missed", "nothing-there")


def _answered(record: Record) -> None:
    _swept_one(record, "a", "/a")
    record.search_began("mod", "b")
    record.finder_recalled("b", "FileFinder", "finder")
    record.directory_listed("/b", "recalled")
    _absent(record, "/b", "mod", "mod.so")
    record.candidate_seen("mod", "/b/mod.py", "chosen")
    record.search_ended("mod", "b", "found")
    record.add(("entries.unsearched", 0, record.thread, "mod", ("c", "d")))


def _rest(record: Record) -> None:
    # The only kind without a method of its own: its method writes the folded form.
    record.add(("entries.unsearched", 0, record.thread, "mod", ("/b", "3")))


def _prepared(record: Record) -> None:
    record.load_began("mod", "SourceFileLoader")
    record.module_created("mod", "default")
    record.module_registered("mod", "new")


SUFFIXES, MODULE_KINDS = (".so", ".py", ".pyc"), ("extension", "source", "bytecode")
PLAIN = ("mod", "mod.so", "mod.py", "mod.pyc")
ENTRIES = ("/a", "", "/b", "/c")


def _plainly_found(
    tell: Callable[..., None],
    record: Record,
    ways: str,
    *,
    chosen: int,
    is_package: bool = False,
    ahead: tuple[str, ...] = (),
    behind: tuple[str, ...] = (),
) -> None:
    record.path_told(7, ENTRIES, SUFFIXES, MODULE_KINDS, ahead, behind)
    tell("pkg.mod", 7, ways, "/here", is_package, chosen)


def _after_others(record: Record, name: str, *found: Any) -> None:
    record.find_asked(name, (1, 2), *found)


def _asked_in_vain(record: Record) -> None:
    for finder in ("BuiltinImporter", "FrozenImporter"):
        record.ask_began("pkg.mod", finder)
        record.ask_ended("pkg.mod", finder, "declined")
    record.ask_began("pkg.mod", "PathFinder")


def _found_as_a_module(record: Record) -> None:
    _searched_for_a_module(record)
    record.find_ended("pkg.mod", "found", None, "bytecode", "/b/mod.pyc")


def _found_before_others_are_asked(record: Record) -> None:
    _searched_for_a_module(record)
    record.finders_unasked("pkg.mod", ("six.Importer",))
    record.find_ended("pkg.mod", "found", None, "bytecode", "/b/mod.pyc")


def _found_after_others_were_asked(record: Record) -> None:
    record.find_began("pkg.mod", "pkg")
    record.ask_began("pkg.mod", "hook.Rewriting")
    record.ask_ended("pkg.mod", "hook.Rewriting", "declined")
    _searched(record)
    record.find_ended("pkg.mod", "found", None, "bytecode", "/b/mod.pyc")


def _searched_for_a_module(record: Record) -> None:
    record.find_began("pkg.mod", "pkg")
    _searched(record)


def _searched(record: Record) -> None:
    _asked_in_vain(record)
    record.search_missed("pkg.mod", "/a", "/a", PLAIN, "recalled", None)
    record.search_missed("pkg.mod", "", "/here", PLAIN, "listed", None)
    record.search_hit("pkg.mod", "/b", "/b", None, PLAIN, 3, "listed", HOOKS)
    record.add(("entries.unsearched", 0, record.thread, "pkg.mod", ("/c",)))
    record.ask_ended("pkg.mod", "PathFinder", "found")


def _found_as_a_package(record: Record) -> None:
    inits = tuple("__init__" + suffix for suffix in SUFFIXES)
    _asked_in_vain(record)
    record.search_missed("pkg.mod", "/a", "/a", PLAIN, "recalled", None)
    record.search_hit("pkg.mod", "", "/here", "mod", inits, 1, "recalled", None)
    record.add(("entries.unsearched", 0, record.thread, "pkg.mod", ("/b", "/c")))
    record.ask_ended("pkg.mod", "PathFinder", "found")


def _not_found(record: Record) -> None:
    record.find_began("pkg.mod", "pkg")
    _asked_in_vain(record)
    record.search_began("pkg.mod", "/a")
    record.finder_recalled("/a", None, "none")
    record.search_ended("pkg.mod", "/a", "skipped", "remembered-as-none")
    for entry, directory in (("", "/here"), ("/b", "/b"), ("/c", "/c")):
        record.search_missed("pkg.mod", entry, directory, PLAIN, "recalled", None)
    record.ask_ended("pkg.mod", "PathFinder", "declined")
    record.find_ended("pkg.mod", "not-found", "no-finder-knows-it", None, None)


def _loaded_up_to_the_run(record: Record) -> None:
    record.load_began("pkg.mod", "SourceFileLoader")
    record.module_created("pkg.mod", "default")
    record.module_registered("pkg.mod", "new")
    record.bytecode_judged("pkg.mod", "/c/mod.pyc", "valid", 5, 5, 6, 6)
    record.run_began("pkg.mod")


def _loaded_and_run(record: Record) -> None:
    record.run_ended("pkg.mod", "ran")
    _loaded(record)


def _loaded(record: Record) -> None:
    record.load_ended("pkg.mod", "loaded")
    record.import_ended("pkg.mod", "loaded")


def _loaded_and_bound(record: Record) -> None:
    record.run_ended("pkg.mod", "ran")
    record.load_ended("pkg.mod", "loaded")
    record.attribute_bound("pkg.mod", "pkg", "new")
    record.import_ended("pkg.mod", "loaded")


PLACES = (("a", "/a"), ("b", "/b"), ("c", "/c"), ("d", "/d"))
STORIES: list[tuple[Callable[[Record], None], Callable[[Record], None]]] = [
    (lambda r: r.ask_declined("mod", ("BuiltinImporter", "FrozenImporter")), _declined),
    (
        lambda r: r.search_missed("mod", "lib/", "/srv/lib/", CANDIDATES, "recalled", None),
        _missed_by_a_remembered_finder,
    ),
    (lambda r: r.search_missed("mod", "", "/srv", CANDIDATES, "looked", HOOKS), _missed_by_a_new_finder),
    (
        lambda r: r.search_hit("mod", "/srv", "/srv", None, CANDIDATES, 2, "recalled", None),
        _hit_a_module,
    ),
    (lambda r: r.search_hit("mod", "/srv", "/srv", "mod", INITS, 1, "listed", HOOKS), _hit_a_package),
    (lambda r: r.search_portion("mod", "/srv", "/srv", INITS, CANDIDATES, "recalled", None), _portion),
    (lambda r: r.search_run("mod", ("a", "b", "c", 4), 1, ("/b", "/c"), CANDIDATES), _swept),
    (lambda r: r.search_run("mod", ("a", "b", "c"), 1, ("/b", "/c"), CANDIDATES), _swept),
    (lambda r: r.search_answered("mod", PLACES, 1, "mod", (".so", ".py"), 2), _answered),
    (lambda r: r.search_swept("mod", PLACES, 1, 3, CANDIDATES), _swept),
    (lambda r: r.entries_unsearched("mod", ("/a", "/b", 3), 1), _rest),
    (lambda r: r.load_prepared("mod", "SourceFileLoader", "default"), _prepared),
    (lambda r: _plainly_found(r.find_plain, r, "rlh", chosen=2), _found_as_a_module),
    (
        lambda r: _plainly_found(r.find_plain, r, "rlh", chosen=2, behind=("six.Importer",)),
        _found_before_others_are_asked,
    ),
    (
        lambda r: _plainly_found(partial(_after_others, r), r, "rlh", chosen=2, ahead=("hook.Rewriting",)),
        _found_after_others_were_asked,
    ),
    (lambda r: _plainly_found(r.search_plain, r, "rr", chosen=1, is_package=True), _found_as_a_package),
    (lambda r: _plainly_found(r.find_plain, r, "nrrr", chosen=-1), _not_found),
    (lambda r: r.load_plain("pkg.mod", "/c/mod.pyc", 5, 6), _loaded_up_to_the_run),
    (lambda r: r.import_loaded("pkg.mod", 3, ran=True), _loaded_and_run),
    (lambda r: r.import_loaded("pkg.mod", 3, ran=False), _loaded),
    (lambda r: r.import_bound("pkg.mod", 3), _loaded_and_bound),
]


def _told(tell: Callable[[Record], None]) -> list[tuple[str, dict[str, Any]]]:
    record = Record()
    tell(record)
    return [(event.kind, event.fields()) for event in Trace(record.rows).events]


@pytest.mark.parametrize(("folded", "in_full"), STORIES)
def test_a_folded_row_unfolds_to_its_story(
    folded: Callable[[Record], None], in_full: Callable[[Record], None]
) -> None:
    assert _told(in_full) == _told(folded)


def test_every_folded_kind_is_among_the_stories() -> None:
    record = Record()
    for folded, _ in STORIES:
        folded(record)

    assert set(FOLDED) == {row[0] for row in record.rows}


def test_a_folded_story_takes_the_time_since_the_row_before_it_in_its_thread() -> None:
    rows = at_steady_pace(
        ("ask.began", "mod", "PathFinder"),
        ("record.stopped", "something in another thread"),
        ("search.missed", "mod", "/a", "/a", CANDIDATES, "recalled", None),
        ("ask.ended", "mod", "PathFinder", "declined", None),
    )
    rows[1] = (*rows[1][:2], 99, *rows[1][3:])

    (ask,) = Trace(rows).roots
    (search,) = ask.children

    assert ask.elapsed_ns == 3 * MS
    assert search.elapsed_ns == 2 * MS
    assert ask.self_ns == 1 * MS


def test_of_several_stories_in_one_row_the_first_takes_the_time() -> None:
    rows = at_steady_pace(
        ("ask.began", "mod", "PathFinder"),
        ("search.swept", "mod", PLACES, 0, 2, CANDIDATES),
        ("search.run", "mod", ("a", "b"), 0, ("/a", "/b"), CANDIDATES),
        ("ask.declined", "mod", ("X", "Y")),
    )
    (ask,) = Trace(rows).roots

    assert [child.elapsed_ns for child in ask.children] == [MS, 0, MS, 0, MS, 0]


def test_a_folded_story_that_comes_first_takes_no_time() -> None:
    (ask,) = Trace([("ask.declined", 5, 1, "mod", ("BuiltinImporter",))]).roots

    assert ask.elapsed_ns == 0
    assert ask.began == events.AskBegan(5, 1, "mod", "BuiltinImporter")


@given(st.lists(st.tuples(TEXTS, TEXTS) | st.just(("", None))))
def test_imports_that_were_served_are_told_among_the_others(asked: list[tuple[str, str | None]]) -> None:
    record = Record()
    for name, importer in asked:
        if importer is None:
            record.import_escaped(name, "moved-in")
        else:
            record.import_served(name, importer)
    told = Trace(record.rows).events

    assert [
        events.ImportEscaped(event.at_ns, get_ident(), name, "moved-in")
        if importer is None
        else events.ImportServed(event.at_ns, get_ident(), name, importer)
        for event, (name, importer) in zip(told, asked, strict=True)
    ] == [*told]
    assert sorted(event.at_ns for event in told) == [event.at_ns for event in told]
