"""Generated trees on real disk: what lies where, as plain data, and how it is laid out.

A forest is a list of path entries, each with what lies in it. Names are few, so that things meet:
a package beside a module beside an extension, portions of one namespace package in many entries.
"""

from __future__ import annotations

import importlib.util
import io
import marshal
import os
import tempfile
import zipfile
from contextlib import chdir, contextmanager
from importlib import machinery
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterator

STEMS = ("a", "b", "A", "ä", "__init__")
TAILS = ("a", "b", "A", "ä", "c")
FOREIGN = (
    ".cpython-39-x86_64-linux-gnu.so",
    ".pypy39-pp73-x86_64-linux-gnu.so",
    ".pyd",
    ".PY",
    ".py.txt",
    ".pyo",
)
SUFFIXES = (*machinery.all_suffixes(), *FOREIGN, "")

# How bytecode stands to its source in an archive: only there does finding look into it.
BYTECODES = ("right", "old", "other-magic", "garbage", "short", "flags", "hash", "hash-unchecked", "no-code")


class Item(NamedTuple):
    """One thing in an entry: where, and what.

    `what` is ``file``, ``directory``, ``link:TARGET`` or ``bytecode:STATE``.
    """

    where: tuple[str, ...]
    what: str


class Entry(NamedTuple):
    """One path entry and what lies in it.

    `form` is one of `FORMS`; `below` is the part of the tree that the path entry points to.
    """

    form: str
    items: tuple[Item, ...]
    below: tuple[str, ...] = ()


FORMS = (
    "directory",
    "zip-stored",
    "zip-deflated",
    "zip-prepended",
    "relative",
    "dot-relative",
    "trailing-slash",
    "link",
    "empty",
    "missing",
    "file",
    "bytes",
    "none",
    "again",
)
_NO_TREE = ("missing", "file", "bytes", "none", "again")

stems = st.sampled_from(STEMS)
suffixes = st.sampled_from(SUFFIXES)
_directories = st.lists(st.sampled_from(TAILS[:4]), max_size=2)


@st.composite
def items(draw: st.DrawFn, *, archive: bool = False) -> Item:
    """Draw one thing and its place."""
    where = draw(_directories)
    suffix = draw(suffixes)
    leaf = draw(stems) + suffix
    kinds = ["file", "file", "file", "directory"]
    if not archive:
        kinds += ["link:a", "link:a.py", "link:.", "link:nowhere", f"link:{leaf}", "link:.."]
    what = draw(st.sampled_from(kinds))
    if suffix == ".pyc" and what == "file":
        what = f"bytecode:{draw(st.sampled_from(BYTECODES))}"
    return Item((*where, leaf), what)


@st.composite
def entries(draw: st.DrawFn, forms: tuple[str, ...] = FORMS) -> Entry:
    """Draw one path entry with its tree."""
    form = draw(st.sampled_from(forms))
    if form in _NO_TREE:
        return Entry(form, ())
    inside = draw(st.lists(items(archive=form.startswith("zip")), min_size=0, max_size=8))
    below = draw(st.sampled_from(((), (), (), ("a",), ("b", "a"))))
    return Entry(form, tuple(inside), below)


def forests(
    *, forms: tuple[str, ...] = FORMS, min_size: int = 1, max_size: int = 4
) -> st.SearchStrategy[list[Entry]]:
    """Draw a search path with what lies on it."""
    return st.lists(entries(forms), min_size=min_size, max_size=max_size)


def names(*, deepest: int = 3) -> st.SearchStrategy[str]:
    """Draw a module name that meets the trees."""
    return st.lists(st.sampled_from(TAILS), min_size=1, max_size=deepest).map(".".join)


ALL_NAMES = (
    *TAILS,
    *(f"{one}.{two}" for one in TAILS[:4] for two in TAILS),
    *(f"{one}.{two}.a" for one in TAILS[:2] for two in TAILS[:2]),
)

# -- laying out -----------------------------------------------------------------------------------

_SOURCE = b"value = 1\n"
_TIME = (2020, 2, 2, 2, 2, 2)


def bytecode(state: str) -> bytes:
    """Give the bytes of a ``.pyc`` file that stands so to `_SOURCE`, dated `_TIME`."""
    import time

    code = marshal.dumps(compile(_SOURCE, "x.py", "exec"))
    magic, stamp = importlib.util.MAGIC_NUMBER, int(time.mktime((*_TIME, -1, -1, -1)))
    timed = stamp.to_bytes(4, "little") + len(_SOURCE).to_bytes(4, "little")
    hashed = importlib.util.source_hash(_SOURCE)
    return {
        "right": magic + bytes(4) + timed + code,
        "old": magic + bytes(4) + (stamp - 5).to_bytes(4, "little") + timed[4:] + code,
        "other-magic": b"\0\0\r\n" + bytes(4) + timed + code,
        "garbage": magic + bytes(4) + timed + b"\xff\xfe",
        "short": magic + bytes(3),
        "flags": magic + b"\x08\0\0\0" + timed + code,
        "hash": magic + b"\x03\0\0\0" + hashed + code,
        "hash-unchecked": magic + b"\x01\0\0\0" + bytes(8) + code,
        "no-code": magic + bytes(4) + timed + marshal.dumps(("no", "code")),
    }[state]


def content(item: Item) -> bytes:
    """Give what stands in a file."""
    kind, _, state = item.what.partition(":")
    return bytecode(state) if kind == "bytecode" else _SOURCE


def lay_out(root: str, forest: list[Entry]) -> list[Any]:
    """Make a forest below a directory, which relative entries are relative to.

    What cannot lie where something else already lies is left out.

    Returns:
        The path entries.
    """
    path: list[Any] = []
    for at, entry in enumerate(forest):
        base = os.path.join(root, f"entry{at}")
        if entry.form.startswith("zip"):
            _lay_archive(base + ".zip", entry)
            path.append(os.path.join(base + ".zip", *entry.below))
        elif entry.form in _NO_TREE:
            path.append(_odd(entry.form, base, path))
        else:
            os.mkdir(base)
            for item in entry.items:
                _lay(base, item)
            path.append(_written(entry, root, at))
    return path


@contextmanager
def laid_out(forest: list[Entry]) -> Iterator[list[Any]]:
    """Make a forest in a folder of its own, be in that folder, and give the path entries."""
    with tempfile.TemporaryDirectory() as root, chdir(root):
        # The system may name the folder by a link; the interpreter would tell its true name.
        yield lay_out(os.path.realpath(root), forest)


def _odd(form: str, base: str, path: list[Any]) -> Any:
    if form == "file":
        with open(base, "wb") as file:
            file.write(b"no archive")
    if form == "again" and path:
        return path[0]
    return {"bytes": os.fsencode(base), "none": None}.get(form, base)


def _written(entry: Entry, root: str, at: int) -> str:
    """Say how the entry stands on the path."""
    parts = (f"entry{at}", *entry.below)
    full = os.path.join(root, *parts)
    if entry.form == "link":
        link = os.path.join(root, f"link{at}")
        os.symlink(f"entry{at}", link)
        return os.path.join(link, *entry.below)
    if entry.form == "empty":
        return ""
    return {
        "relative": os.path.join(*parts),
        "dot-relative": os.path.join(".", *parts),
        "trailing-slash": full + "//",
    }.get(entry.form, full)


def _lay(base: str, item: Item) -> None:
    path = os.path.join(base, *item.where)
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        kind, _, target = item.what.partition(":")
        if kind == "directory":
            os.mkdir(path)
        elif kind == "link":
            os.symlink(target, path)
        else:
            with open(path, "xb") as file:
                file.write(content(item))
    except OSError:  # something else lies there, or a link on the way leads nowhere
        return


def _lay_archive(path: str, entry: Entry) -> None:
    how = zipfile.ZIP_STORED if entry.form == "zip-stored" else zipfile.ZIP_DEFLATED
    data = io.BytesIO()
    written: set[str] = set()
    with zipfile.ZipFile(data, "w", how) as archive:
        for item in entry.items:
            name = "/".join(item.where) + ("/" if item.what == "directory" else "")
            if name not in written:
                written.add(name)
                info = zipfile.ZipInfo(name, _TIME)
                info.compress_type = how
                archive.writestr(info, b"" if item.what == "directory" else content(item))
    with open(path, "wb") as file:
        if entry.form == "zip-prepended":
            file.write(b"#!/usr/bin/env python\n")
        file.write(data.getvalue())
