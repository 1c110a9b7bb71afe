"""Law: a change is seen when CPython's finders see it, and not before or after.

Files come and go, directories get an older time back, caches are dropped, the current directory
changes; between these both are asked. wherefrom goes first, since the interpreter's own search changes what
the interpreter remembers.
"""

from __future__ import annotations

import importlib
import os
import shutil
import sys
import tempfile
from contextlib import chdir
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.support.worlds import disagreements, world

PLACES = ("one", "two", "one/a", "two/a")
FILES = ("a.py", "b.py", "a/__init__.py", "a/b.py", "a.pyc")
ENTRIES = ("one", "two", "", "ROOT/one", "ROOT/two", "missing")
LONG_AGO = 1_000_000_000

steps = st.one_of(
    st.tuples(st.just("create"), st.sampled_from(PLACES[:2]), st.sampled_from(FILES)),
    st.tuples(st.just("remove"), st.sampled_from(PLACES[:2]), st.sampled_from((*FILES, "a"))),
    st.tuples(st.just("set back"), st.sampled_from(PLACES), st.just("")),
    st.tuples(st.just("swap"), st.just(""), st.just("")),
    st.tuples(st.just("drop listings"), st.just(""), st.just("")),
    st.tuples(st.just("drop finders"), st.just(""), st.just("")),
    st.tuples(st.just("change directory"), st.sampled_from(PLACES), st.just("")),
    st.tuples(st.just("ask"), st.just(""), st.sampled_from(("a", "b", "a.b"))),
    st.tuples(st.just("ask"), st.just(""), st.sampled_from(("a", "b", "a.b"))),
)


def make(step: tuple[str, str, str], root: str) -> None:
    what, place, name = step
    full = os.path.join(root, place, name)
    try:
        if what == "create":
            os.makedirs(os.path.dirname(full), exist_ok=True)
            open(full, "x").close()
        elif what == "remove":
            shutil.rmtree(full) if os.path.isdir(full) else os.remove(full)
        elif what == "set back":
            os.utime(full.rstrip("/"), (LONG_AGO, LONG_AGO))
        elif what == "swap":
            os.rename(os.path.join(root, "one"), os.path.join(root, "three"))
            os.rename(os.path.join(root, "two"), os.path.join(root, "one"))
            os.rename(os.path.join(root, "three"), os.path.join(root, "two"))
        elif what == "change directory":
            os.chdir(full)
    except OSError:
        return
    if what == "drop listings":
        importlib.invalidate_caches()
    elif what == "drop finders":
        sys.path_importer_cache.clear()


@given(
    path=st.lists(
        st.sampled_from(("one", "two", "", "ROOT/one", "ROOT/two", "missing")), min_size=1, max_size=3
    ),
    made=st.lists(steps, min_size=2, max_size=14),
)
def test_a_change_is_seen_when_the_interpreter_sees_it(path: list[str], made: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as made_root:
        root = os.path.realpath(made_root)
        for place in PLACES[:2]:
            os.mkdir(os.path.join(root, place))
            os.utime(os.path.join(root, place), (LONG_AGO, LONG_AGO))
        with chdir(root), world([entry.replace("ROOT", root) for entry in path]):
            for step in made:
                make(step, root)
                if step[0] == "ask":
                    found = disagreements([step[2]])

                    assert found == []
