"""Law: no input makes `resolve` raise anything but its documented errors, as the interpreter has them."""

from __future__ import annotations

import importlib.util
import sys
import unicodedata
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import wherefrom
from tests.support.worlds import disagreements, world

DOCUMENTED = (TypeError, ValueError, ImportError)

pieces = st.one_of(
    st.sampled_from(
        ("os", "json", "a", "..", ".", "", "\0", "\ud800", "/", "a/b", "~", "é", "e\u0301", "\u200b", "\\")
    ),
    st.text(max_size=6),
    st.text(st.characters(categories=["Cs", "Cc", "Zs", "Lm", "Mn"]), max_size=4),
)
texts = st.one_of(
    st.text(max_size=40),
    st.lists(pieces, max_size=6).map("".join),
    st.lists(pieces, max_size=6).map(".".join),
    st.builds(unicodedata.normalize, st.sampled_from(("NFC", "NFD", "NFKC", "NFKD")), st.text(max_size=10)),
    st.builds(lambda piece: piece * 10_000, st.sampled_from(("a", ".", "é", "a."))),
)
rubbish = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.binary(max_size=5),
    st.lists(texts, max_size=3),
    st.just(object()),
)


def interpreters_error(name: Any, package: Any) -> type[BaseException] | None:
    """Say what the interpreter raises for the arguments themselves, before it searches anything."""
    try:
        importlib.util.resolve_name(name, package)
    except DOCUMENTED as error:
        return type(error)
    return ValueError if name == "" else None


@given(name=texts, package=st.one_of(st.none(), texts))
@example(name=".a", package=None)
@example(name=".a", package="")
@example(name="...a", package="p.q")
@example(name="a" * 10_000, package=None)
@example(name="a" + ".a" * 10_000, package=None)
@example(name="a\0b", package=None)
@example(name="\ud800", package=None)
def test_text_is_found_or_not_or_rejected_as_the_interpreter_does(name: str, package: str | None) -> None:
    expected = interpreters_error(name, package)
    with world(sys.path):
        if expected is not None:
            with pytest.raises(expected):
                wherefrom.resolve(name, package)
        else:
            found = wherefrom.resolve(name, package)

            assert found.name == importlib.util.resolve_name(name, package)
            assert bool(found) == (found.why == "")
            assert repr(found).count("\n") == 0


@given(name=st.one_of(texts, rubbish), package=st.one_of(texts, rubbish), path=st.one_of(rubbish, texts))
def test_rubbish_is_found_or_not_or_rejected_with_a_message(name: Any, package: Any, path: Any) -> None:
    try:
        found = wherefrom.resolve(name, package, path=path)
    except DOCUMENTED as error:
        rejected = error
    else:
        _ = found.spec, found.kind, found.locations, found.watch, found.shadowed
        return

    assert str(rejected)


@given(entries=st.lists(st.one_of(texts, rubbish), max_size=4), name=st.sampled_from(("a", "a.b", "é")))
@example(entries=["\0"], name="a")
@example(entries=["\ud800"], name="a")
@example(entries=["a" * 10_000], name="a")
def test_any_entries_of_a_path_are_searched_or_passed_over(entries: list[Any], name: str) -> None:
    found = wherefrom.resolve(name, path=entries)

    assert not found or found.spec is not None
    assert isinstance(str(found), str)
    assert found.trace.to_json()


@given(names=st.one_of(rubbish, st.lists(st.one_of(texts, rubbish), max_size=4)))
def test_many_names_are_answered_or_rejected_with_a_documented_error(names: Any) -> None:
    try:
        answers = wherefrom.resolve_many(names)
    except DOCUMENTED as error:
        rejected = error
    else:
        assert list(answers) == list(dict.fromkeys(names))
        return

    assert str(rejected)


@given(entries=st.lists(texts, min_size=1, max_size=3), name=st.one_of(st.sampled_from(("a", "a.b")), texts))
@example(entries=["\0"], name="a")
@example(entries=["\ud800"], name="a")
def test_text_as_entries_and_names_gives_what_the_interpreter_gives(entries: list[str], name: str) -> None:
    # What is loaded is an answer of ours even where no finder knows it.
    if interpreters_error(name, None) is None and name not in sys.modules:
        with world(entries):
            found = disagreements([name])

        assert found == []
