"""Rows for tests: written by hand with a steady clock, or generated.

Hand-written rows are a millisecond apart, so that golden outputs can show durations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from wherefrom._engine.kinds import KINDS
from wherefrom.documents import NUMBER_OR_NULL, TEXT, TEXT_OR_NULL, field_types

if TYPE_CHECKING:
    from collections.abc import Sequence

MS = 1_000_000

Row = tuple[Any, ...]


def at_steady_pace(*rows: Sequence[object], thread: int = 1) -> list[Row]:
    """Give rows, written without time and thread, a time and a thread."""
    return [(row[0], at * MS, thread, *row[1:]) for at, row in enumerate(rows)]


# Paths hold lone surrogates where a file's name is no UTF-8: os.fsdecode puts them there.
TEXTS = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.characters(min_codepoint=0xDC80, max_codepoint=0xDCFF, categories=["Cs"]),
    ),
    max_size=8,
)
_THREADS = st.integers(1, 3)
_TIMES = st.integers(0, 2**63)
# Few names, so that beginnings and ends meet.
_NAMES = st.sampled_from(["a", "a.b", "c"])


def _values(name: str, wanted: str) -> st.SearchStrategy[Any]:
    if name in ("name", "finder", "entry") and wanted == TEXT:
        return _NAMES
    if wanted == TEXT:
        return TEXTS
    if wanted == NUMBER_OR_NULL:
        return st.none() | st.integers(-(2**63), 2**63)
    return st.none() | TEXTS if wanted == TEXT_OR_NULL else st.lists(TEXTS, max_size=3).map(tuple)


def _rows_of(kind: str) -> st.SearchStrategy[Row]:
    fields = [_values(name, wanted) for name, wanted in field_types(kind).items()]
    return st.tuples(st.just(kind), _TIMES, _THREADS, *fields)


_CANDIDATES = st.lists(TEXTS, min_size=1, max_size=3).map(tuple)
_HOOKS = st.none() | st.lists(
    st.tuples(TEXTS, st.sampled_from(["took", "declined"]), st.none() | TEXTS), max_size=2
).map(tuple)
_HOW = st.sampled_from(["listed", "recalled", "looked"])
_PLACES = st.lists(st.tuples(TEXTS, TEXTS), min_size=2, max_size=3).map(tuple)


def _folded(kind: str, *fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Row]:
    return st.tuples(st.just(kind), _TIMES, _THREADS, *fields)


_DOUBTS = st.sampled_from((None, "written-in-the-same-tick"))
FOLDED_ROWS = st.one_of(
    _folded("ask.declined", _NAMES, st.lists(TEXTS, max_size=2).map(tuple)),
    _folded("search.missed", _NAMES, TEXTS, TEXTS, _CANDIDATES, _HOW, _HOOKS),
    _folded("search.hit", _NAMES, TEXTS, TEXTS, st.none() | TEXTS, _CANDIDATES, st.just(0), _HOW, _HOOKS),
    _folded("search.portion", _NAMES, TEXTS, TEXTS, _CANDIDATES, _CANDIDATES, _HOW, _HOOKS),
    _folded("search.run", _NAMES, _CANDIDATES, st.just(0), st.just(("/a",)), _CANDIDATES),
    _folded("search.answered", _NAMES, _PLACES, st.integers(0, 1), TEXTS, _CANDIDATES, st.just(1)),
    _folded("load.prepared", _NAMES, TEXTS, st.sampled_from(["default", "by-loader"])),
    _folded("search.swept", _NAMES, _PLACES, st.integers(0, 1), st.integers(1, 2), _CANDIDATES),
    _folded(
        "entries.rest", _NAMES, st.lists(TEXTS | st.integers() | st.none()).map(tuple), st.integers(0, 2)
    ),
)
# Rows of a plain find, with the row that tells its path or without it.
_WAYS = st.text("rlhknu", min_size=1, max_size=2)
_CHOSEN = st.integers(-1, 1)
FOLDED_ROWS |= st.one_of(
    _folded(
        "path.told",
        st.integers(0, 1),
        st.tuples(TEXTS, TEXTS),
        st.just((".so", ".py")),
        st.just(("extension", "source")),
        st.lists(TEXTS, max_size=1).map(tuple),
        st.lists(TEXTS, max_size=1).map(tuple),
    ),
    _folded("find.plain", _NAMES, st.integers(0, 1), _WAYS, TEXTS, st.booleans(), _CHOSEN),
    _folded("search.plain", _NAMES, st.integers(0, 1), _WAYS, TEXTS, st.booleans(), _CHOSEN),
    _folded(
        "find.asked",
        _NAMES,
        st.tuples(_TIMES, _TIMES),
        st.integers(0, 1),
        _WAYS,
        TEXTS,
        st.booleans(),
        _CHOSEN,
    ),
    _folded("load.plain", _NAMES, TEXTS, st.integers(0, 2**40), st.integers(0, 2**40), _DOUBTS),
    _folded("import.loaded", _NAMES, _TIMES, st.booleans()),
    _folded("import.bound", _NAMES, _TIMES),
)
PLAIN_ROWS = st.one_of([_rows_of(kind) for kind in KINDS])
SPAN_ROWS = st.one_of([_rows_of(kind) for kind in KINDS if kind.endswith((".began", ".ended"))])

RECORDS = st.lists(PLAIN_ROWS | FOLDED_ROWS, max_size=12)
RECORDS_OF_SPANS = st.lists(SPAN_ROWS, max_size=20)
