"""Lines under lines: indentation, marks, and foreign text that cannot break out of its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherefrom.render.lines import Line, layout, shown, shown_entry


def test_each_level_is_indented_and_winners_are_marked_in_the_margin() -> None:
    tree = [Line("a", (Line("b", (Line("c", winner=True),)), Line("d"))), Line("e", winner=True)]

    assert layout(tree) == "a\n   b\n   => c\n   d\ne"


@given(st.text())
def test_shown_text_is_printable_and_encodable_and_plain_text_stays(text: str) -> None:
    result = shown(text)

    assert result.isprintable()
    assert result.encode().decode() == result
    assert result == text or not text.isprintable()


@pytest.mark.parametrize(
    ("text", "escaped"),
    [("a\nb", r"a\nb"), ("\x1b[0m", r"\x1b[0m"), ("\udce9", r"\udce9"), ("é", "é"), ("a b", "a b")],
)
def test_the_unprintable_is_escaped(text: str, escaped: str) -> None:
    assert shown(text) == escaped


def test_the_empty_entry_is_the_current_directory() -> None:
    assert shown_entry("") == "'' (the current directory)"
    assert shown_entry("/srv") == "/srv"
