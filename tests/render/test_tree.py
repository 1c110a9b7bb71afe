"""A printed trace shows every span with what happened in it."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

from hypothesis import given

from tests.render.doubles import found_on_path, hit, skipped
from tests.trace.rows import RECORDS, at_steady_pace
from wherefrom import Trace
from wherefrom.render.tree import trace_tree


def test_the_tree_of_a_find() -> None:
    r = found_on_path(*skipped("3", "not-a-string"), hit("/lib"), behind=("/a",))

    assert (
        str(r.trace)
        == dedent(
            """
            find mod: found, source, /lib/mod.py [8.00 ms]
               ask BuiltinImporter: does not know it
               ask FrozenImporter: does not know it
               ask PathFinder: found it
                  search 3: not a string, passed over
               => search /lib: found
                     hook zipimporter declined: not a Zip file
                     hook FileFinder took it
                     directory /lib: listed
                     not there: mod, mod.so
                  => /lib/mod.py: chosen
                  1 entry behind it not searched
            """
        ).strip()
    )


def test_points_of_every_kind_have_a_line() -> None:
    rows = at_steady_pace(
        ("module.cached", "a", "none", None),
        ("finder.recalled", "/x", None, "none"),
        ("archive.read", "/x.zip", "failed", "bad"),
        ("candidate.seen", "a", "/x/a.pyc", "unusable-bytecode"),
        ("path.recomputed", "a", "kept"),
        ("path.extended", "a", "pkgutil", ("/x/a", "/y/a")),
        ("portion.kept", "a", "/x/a"),
        ("record.stopped", "no memory"),
    )

    assert (
        str(Trace(rows))
        == dedent(
            """
            a: None in sys.modules, which blocks its import
            remembered that no path hook takes it
            archive /x.zip: cannot be read: bad
            /x/a.pyc: bytecode that is stale or of another version
            a: namespace package, it keeps its portions although they are no longer found
            a: its __init__ extends its path by pkgutil.extend_path, 2 locations
            portion kept: /x/a
            recording stopped: no memory
            """
        ).strip()
    )


@given(RECORDS)
def test_the_tree_leaves_no_event_out(record: list[Any]) -> None:
    trace = Trace(record)
    lines = trace_tree(trace).split("\n")
    # What was not there shares lines, and an end shares the line of its beginning.
    own_line = [event for event in trace.events if not event.kind.endswith((".ended", "candidate.seen"))]

    assert len(lines) >= len(own_line) if record else lines == ["(nothing was recorded)"]
    assert all(line.isprintable() for line in lines)
