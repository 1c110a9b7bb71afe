"""A resolution is told in one line, then as a trail: golden outputs."""

from __future__ import annotations

import re
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.render.doubles import (
    CANDIDATES,
    INITS,
    Loser,
    NearMiss,
    Told,
    found_on_path,
    hit,
    missed,
    not_found,
    skipped,
)
from tests.trace.rows import RECORDS, at_steady_pace
from wherefrom.render.folding import MOST
from wherefrom.render.text import headline, resolution_text


def _golden(text: str) -> str:
    return dedent(text).strip("\n")


def test_a_module_on_the_path_is_told_entry_by_entry_with_the_winner_marked() -> None:
    r = found_on_path(
        missed("/src"), *skipped("/lib.zip", "remembered-as-none"), hit("/lib"), behind=("/a", "/b")
    )

    assert resolution_text(r) == _golden(
        """
        mod: module, /lib/mod.py
           BuiltinImporter: not built in
           FrozenImporter: not frozen
           PathFinder, along the path:
              /src: nothing of that name
              /lib.zip: passed over, no path hook took it when it was first used
           => /lib: mod.py
              2 entries behind it not searched
        """
    )


def test_all_tells_every_step_and_the_losers() -> None:
    r = found_on_path(missed("/src"), hit("/lib"), behind=("/a", "'odd'"))
    loser = Loser("extension", "/a/mod.so", "/a", "FileFinder", "later-entry")
    r = Told(**{"shadowed": (loser,), **_fields(r)})

    assert resolution_text(r, all=True) == _golden(
        """
        mod: module, /lib/mod.py
           BuiltinImporter: not built in
           FrozenImporter: not frozen
           PathFinder, along the path:
              /src: nothing of that name
                 finder remembered: FileFinder
                 directory /src: listing remembered
                 not there: mod, mod.so, mod.py
           => /lib: mod.py
                 hook zipimporter declined: not a Zip file
                 hook FileFinder took it
                 directory /lib: listed
                 not there: mod, mod.so
              => /lib/mod.py: chosen
              2 entries behind it not searched
                 /a
                 'odd'
           losers:
              /a/mod.so: extension module, by FileFinder: an entry before its own holds the module
        """
    )
    assert "nothing else has this name" in resolution_text(found_on_path(hit("/lib")), all=True)


def _fields(r: Told) -> dict[str, Any]:
    return {"kind": r.kind, "origin": r.origin, "finder": r.finder, "rows": r.rows}


def test_a_module_that_is_not_there_is_told_with_its_near_misses() -> None:
    misses = (NearMiss("/src/Mod.py", "wrong-case"), NearMiss("/src/mod.cpython-27.so", "wrong-abi"))
    r = not_found(missed(""), near_misses=misses)

    assert resolution_text(r) == _golden(
        """
        mod: not found, no finder knows it
           PathFinder, along the path:
              '' (the current directory): nothing of that name
           near misses:
              /src/Mod.py: upper and lower case differ
              /src/mod.cpython-27.so: an extension module for another interpreter or platform
        """
    )


def test_many_near_misses_are_counted_unless_all_are_wanted() -> None:
    misses = tuple(NearMiss(f"/{at}/Mod.py", "wrong-case") for at in range(30))
    r = not_found(missed("/src"), near_misses=misses)

    assert "/9/Mod.py" in resolution_text(r)
    assert "/10/Mod.py" not in resolution_text(r)
    assert "and 20 more" in resolution_text(r)
    assert "/29/Mod.py" in resolution_text(r, all=True)


def test_parents_come_first_in_a_line_each() -> None:
    r = Told(
        name="a.b.mod",
        kind="source",
        origin="/lib/a/b/mod.py",
        finder="FileFinder",
        rows=at_steady_pace(
            ("module.cached", "a", "package", "/lib/a/__init__.py"),
            ("find.began", "a.b", "a"),
            ("ask.began", "a.b", "PathFinder"),
            ("search.portion", "a.b", "/lib/a", "/lib/a", INITS, ("b", "b.py"), "recalled", None),
            ("ask.ended", "a.b", "PathFinder", "found", None),
            ("find.ended", "a.b", "found", None, "namespace", None),
            ("find.began", "a.b.mod", "a.b"),
            ("ask.began", "a.b.mod", "PathFinder"),
            ("search.hit", "a.b.mod", "/lib/a/b", "/lib/a/b", None, CANDIDATES, 2, "recalled", None),
            ("ask.ended", "a.b.mod", "PathFinder", "found", None),
            ("find.ended", "a.b.mod", "found", None, "source", "/lib/a/b/mod.py"),
        ),
    )

    assert resolution_text(r) == _golden(
        """
        a.b.mod: module, /lib/a/b/mod.py
           a: package, /lib/a/__init__.py (already imported)
           a.b: namespace package, 1 portion
           PathFinder, in the locations of a.b:
           => /lib/a/b: mod.py
        """
    )


def test_a_parent_that_is_missing_is_told_in_full() -> None:
    r = Told(
        name="no.mod",
        why="parent-not-found",
        rows=at_steady_pace(
            ("find.began", "no", ""),
            ("ask.declined", "no", ("BuiltinImporter",)),
            ("find.ended", "no", "not-found", "no-finder-knows-it", None, None),
            ("find.began", "no.mod", "no"),
            ("find.ended", "no.mod", "not-found", "parent-not-found", None, None),
        ),
    )

    assert resolution_text(r) == _golden(
        """
        no.mod: not found, its parent no was not found
           no: not found, no finder knows it
              BuiltinImporter: not built in
        """
    )


def test_the_portions_of_a_namespace_package_are_winners() -> None:
    def portion(entry: str) -> tuple[Any, ...]:
        return "search.portion", "mod", entry, entry, INITS, CANDIDATES, "recalled", None

    r = found_on_path(portion("/a"), missed("/b"), portion("/c"))
    r = Told(
        kind="namespace", locations=("/a/mod", "/c/mod"), is_package=True, finder="PathFinder", rows=r.rows
    )

    assert resolution_text(r).splitlines()[0] == "mod: namespace package, /a/mod, /c/mod"
    assert resolution_text(r).splitlines()[-3:] == [
        "   => /a: a portion of a namespace package",
        "      /b: nothing of that name",
        "   => /c: a portion of a namespace package",
    ]


def test_portions_that_a_module_beats_are_losers() -> None:
    r = found_on_path(
        ("search.portion", "mod", "/a", "/a", INITS, CANDIDATES, "recalled", None),
        hit("/lib"),
        ("portion.dropped", "mod", "/a/mod", "/lib/mod.py"),
    )

    assert resolution_text(r).splitlines()[-2:] == [
        "      /a: a directory without __init__, which a module on a later entry beats",
        "   => /lib: mod.py",
    ]
    assert "portion dropped: /a/mod, for /lib/mod.py" in resolution_text(r, all=True)


def test_what_fits_by_name_and_cannot_be_used_is_told_below_its_entry() -> None:
    r = not_found(
        ("search.began", "mod", "/src"),
        ("directory.listed", "/src", "listed", None),
        ("candidate.seen", "mod", "/src/mod", "absent"),
        ("candidate.seen", "mod", "/src/mod.py", "not-a-file"),
        ("search.ended", "mod", "/src", "missed", "nothing-there", None),
    )

    assert resolution_text(r).splitlines()[-2:] == [
        "      /src: nothing of that name",
        "         /src/mod.py: there, and not a file",
    ]


def test_errors_of_hooks_listings_and_finders_are_told_where_they_explain() -> None:
    r = not_found(
        ("search.began", "mod", "/bad.zip"),
        ("hook.tried", "/bad.zip", "zipimporter", "declined", "can't read it"),
        ("search.ended", "mod", "/bad.zip", "skipped", "corrupt-archive", None),
        ("search.began", "mod", "/secret"),
        ("directory.listed", "/secret", "failed", "PermissionError: Permission denied"),
        ("search.ended", "mod", "/secret", "missed", "unreadable", None),
        ("search.began", "mod", "/odd"),
        ("search.ended", "mod", "/odd", "raised", "finder-raised", "KeyError: 'a\nb'"),
    )

    assert resolution_text(r).splitlines()[-3:] == [
        "      /bad.zip: an archive that cannot be read: can't read it",
        "      /secret: not readable: PermissionError: Permission denied",
        r"      /odd: its finder raised an error: KeyError: 'a\nb'",
    ]


def test_the_chosen_file_is_named_as_it_lies_below_its_entry() -> None:
    in_archive = found_on_path(
        ("archive.read", "/a.zip", "read", None),
        ("search.began", "mod", "/a.zip/sub"),
        ("hook.tried", "/a.zip/sub", "zipimporter", "took", None),
        ("candidate.seen", "mod", "/a.zip/sub/mod/__init__.py", "chosen"),
        ("search.ended", "mod", "/a.zip/sub", "found", None, None),
    )
    relative = found_on_path(("search.hit", "mod", "lib", "/srv/lib", None, CANDIDATES, 2, "recalled", None))

    assert resolution_text(in_archive).splitlines()[-2:] == [
        "   PathFinder, along the path:",
        "   => /a.zip/sub: mod/__init__.py",
    ]
    assert resolution_text(relative).splitlines()[-1] == "   => lib: mod.py"


def test_finders_of_others_are_named_with_the_answer() -> None:
    rows = at_steady_pace(
        ("find.began", "mod", ""),
        ("ask.began", "mod", "six.Importer"),
        ("ask.ended", "mod", "six.Importer", "cannot-be-asked", "no find_spec"),
        ("ask.began", "mod", "their.Finder"),
        ("ask.ended", "mod", "their.Finder", "found", None),
        ("finders.unasked", "mod", ("PathFinder",)),
        ("find.ended", "mod", "found", None, "other", None),
    )

    assert resolution_text(Told(kind="other", finder="their.Finder", rows=rows)) == _golden(
        """
        mod: module (by their.Finder)
           six.Importer: passed over, it has no find_spec: no find_spec
        => their.Finder: found it
           not asked: PathFinder
        """
    )


def test_a_loaded_module_that_no_finder_knows_says_so() -> None:
    rows = at_steady_pace(
        ("module.cached", "os", "module", "/lib/os.py"),
        ("find.began", "os.path", "os"),
        ("find.ended", "os.path", "not-found", "parent-not-a-package", None, None),
        ("module.cached", "os.path", "module", "/lib/posixpath.py"),
    )
    r = Told(name="os.path", kind="source", origin="/lib/posixpath.py", finder="sys.modules", rows=rows)

    assert resolution_text(r) == _golden(
        """
        os.path: module, /lib/posixpath.py (already imported), known to no finder
           os: module, /lib/os.py (already imported)
           os.path: not found, its parent os is no package
        => os.path: module, /lib/posixpath.py (already imported)
        """
    )


@pytest.mark.parametrize(
    ("r", "line"),
    [
        (Told(kind="built-in", origin="built-in", finder="BuiltinImporter"), "mod: built-in module"),
        (
            Told(kind="frozen", origin="frozen", finder="FrozenImporter", is_package=True),
            "mod: frozen package, in the interpreter itself",
        ),
        (
            Told(kind="bytecode", origin="/x/mod.pyc", finder="zipimporter"),
            "mod: bytecode module, /x/mod.pyc",
        ),
        (
            Told(kind="namespace", locations=("/1", "/2", "/3"), is_package=True, finder="PathFinder"),
            "mod: namespace package, /1, and 2 more portions",
        ),
        (Told(name="a\x1b[31m\udce9"), r"a\x1b[31m\udce9: not found"),
    ],
)
def test_the_answer_is_one_line(r: Told, line: str) -> None:
    assert headline(r) == line


# -- long paths -----------------------------------------------------------------------------------


def test_runs_of_entries_with_the_same_reason_are_told_together() -> None:
    searches = [row for at in range(150) for row in skipped(f"/no/{at}", "does-not-exist")]
    r = found_on_path(*searches, missed("/src"), *[missed(f"/lib/{at}") for at in range(148)], hit("/lib"))

    assert resolution_text(r).splitlines()[-4:] == [
        "   PathFinder, along the path:",
        "      150 entries, from /no/0 to /no/149: no such file or directory",
        "      149 entries, from /src to /lib/147: nothing of that name",
        "   => /lib: mod.py",
    ]
    assert "/lib/77: nothing of that name" in resolution_text(r, all=True)


def test_reasons_that_take_turns_are_told_together_too() -> None:
    searches = []
    for at in range(150):
        searches += [*skipped(f"/no/{at}", "does-not-exist"), missed(f"/lib/{at}")]

    assert resolution_text(found_on_path(*searches, hit("/lib"))).splitlines()[-3:] == [
        "      150 entries, from /no/0 to /no/149: no such file or directory",
        "      150 entries, from /lib/0 to /lib/149: nothing of that name",
        "   => /lib: mod.py",
    ]


def test_the_same_entry_many_times_is_named_once() -> None:
    r = found_on_path(*[missed("/src")] * 9, hit("/lib"))

    assert "      9 entries, such as /src: nothing of that name" in resolution_text(r).splitlines()


_REASONS = st.sampled_from(["nothing-there", "does-not-exist", "not-a-string", "unreadable"])


@given(st.lists(_REASONS, max_size=200))
def test_the_winner_is_always_told_and_the_telling_does_not_grow_with_the_path(reasons: list[str]) -> None:
    searches = [row for at, reason in enumerate(reasons) for row in skipped(f"/{at}", reason)]
    lines = resolution_text(found_on_path(*searches, hit("/lib"))).splitlines()
    entries = [line for line in lines if line.startswith("      ")]

    assert "   => /lib: mod.py" in lines
    assert len(entries) <= MOST
    counted = [int(match[1]) for line in entries if (match := re.match(r" +(\d+) entries,", line))]
    assert len(reasons) == sum(counted) + len(entries) - len(counted)


# -- anything -------------------------------------------------------------------------------------


@given(RECORDS, st.booleans(), st.booleans())
def test_any_record_can_be_told_in_printable_lines(record: list[Any], everything: bool, found: bool) -> None:
    r = Told(name="a.b", rows=record, finder="FileFinder" if found else None)
    text = resolution_text(r, all=everything)

    assert text.replace("\n", "").isprintable()
    assert "a.b: " in text


def test_colour_changes_nothing_but_codes_and_marks_the_winner_green() -> None:
    r = found_on_path(missed("/src"), hit("/lib"))
    coloured = resolution_text(r, colour=True)

    assert re.sub("\x1b\\[\\d+m", "", coloured) == resolution_text(r)
    assert "\x1b[32m=> /lib: mod.py\x1b[0m" in coloured
    assert "\x1b[2m/src: nothing of that name\x1b[0m" in coloured
