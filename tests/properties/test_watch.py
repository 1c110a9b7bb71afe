"""Law: the watch list is complete. If a change of the tree changes the answer, a watched path changed."""

from __future__ import annotations

import os
import shutil
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import wherefrom
from tests.support.trees import SUFFIXES, TAILS, Entry, forests, laid_out, names
from tests.support.worlds import forget, judged, world

# The ways of asking note different things of a directory; each must note enough.
ASKED = ("once", "again", "as one of many")
changes = st.tuples(
    st.sampled_from(("create", "create", "mkdir", "remove", "remove", "link", "replace")),
    st.integers(0, 3),
    st.lists(st.sampled_from((*TAILS[:3], "a.zip")), max_size=3),
    st.sampled_from((*TAILS[:3], "__init__")),
    st.sampled_from(SUFFIXES),
)


def seen(path: str) -> Any:
    """Give what a watcher would notice of a path: what it is, and what is in it."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    holds = sorted(os.listdir(path)) if os.path.isdir(path) else None
    return status.st_ino, status.st_mode, status.st_mtime_ns, status.st_size, holds


def make(change: tuple[str, int, list[str], str, str], path: list[Any]) -> None:
    """Change the tree, as far as what lies there lets it be changed."""
    what, at, inside, stem, suffix = change
    entry = path[at % len(path)]
    if not isinstance(entry, str):
        return
    full = os.path.join(entry or ".", *inside, stem + suffix)
    try:
        if what in ("remove", "replace"):
            shutil.rmtree(full) if os.path.isdir(full) and not os.path.islink(full) else os.remove(full)
        if what in ("create", "replace"):
            os.makedirs(os.path.dirname(full) or ".", exist_ok=True)
            open(full, "x").close()
        elif what == "mkdir":
            os.makedirs(full)
        elif what == "link":
            os.symlink("a", full)
    except OSError:
        return


@given(
    forest=forests(), name=names(), made=st.lists(changes, min_size=1, max_size=3), how=st.sampled_from(ASKED)
)
def test_no_change_of_the_answer_escapes_the_watch_list(
    forest: list[Entry], name: str, made: list[tuple[str, int, list[str], str, str]], how: str
) -> None:
    with laid_out(forest) as path, world(path):
        found = wherefrom.resolve(name)
        if how == "again":
            found = wherefrom.resolve(name)
        elif how == "as one of many":
            found = wherefrom.resolve_many(["b", name])[name]
        before = judged(found)
        watched = {place: seen(place) for place in found.watch}
        for change in made:
            make(change, path)
        forget()
        after = judged(wherefrom.resolve(name))

        if after != before:
            assert {place: seen(place) for place in found.watch} != watched
