"""Lines under lines, laid out as indented text.

This file decides indentation, marks and colour; it knows nothing of imports. A view builds `Line`
trees, and `layout` makes the text. Read ``text.py`` next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_INDENT = "   "
_MARK = "=> "
_WINNER, _DIM, _PLAIN = "\x1b[32m", "\x1b[2m", "\x1b[0m"


@attrs.frozen
class Line:
    """One line of a view, with the lines below it.

    Attributes:
        text: what it says; `shown` keeps foreign text to one line.
        below: the lines that belong to it.
        winner: whether it is marked as the one that answered.
        dim: whether it may stand back: a reason, a loser, a detail.
    """

    text: str
    below: tuple[Line, ...] = ()
    winner: bool = attrs.field(default=False, kw_only=True)
    dim: bool = attrs.field(default=False, kw_only=True)


def shown(text: str) -> str:
    r"""Give foreign text so that it fits in a line and can be encoded: the unprintable is escaped.

    Paths and error messages may hold line breaks, terminal codes, and lone surrogates.

    >>> shown("/srv/a\nb")
    '/srv/a\\nb'
    """
    if text.isprintable():
        return text
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii") for letter in text
    )


def shown_entry(entry: str) -> str:
    """Give a path entry for reading: the empty one stands for the current directory.

    >>> shown_entry(""), shown_entry("/srv/lib")
    ("'' (the current directory)", '/srv/lib')
    """
    return shown(entry) if entry else "'' (the current directory)"


def layout(lines: Iterable[Line], *, colour: bool = False) -> str:
    """Lay lines out as text, each level further to the right, winners marked.

    Args:
        lines: the lines of the first level.
        colour: whether to colour winners and dim what may stand back, with terminal codes.

    Returns:
        The text, without a line break at its end.

    >>> print(layout([Line("a", (Line("b"), Line("c", winner=True)))]))
    a
       b
    => c
    """
    return "\n".join(_laid(lines, 0, colour))


def _laid(lines: Iterable[Line], depth: int, colour: bool) -> Iterator[str]:
    for line in lines:
        yield _one(line, depth, colour)
        yield from _laid(line.below, depth + 1, colour)


def _one(line: Line, depth: int, colour: bool) -> str:
    before, text = _INDENT * depth, line.text
    if line.winner and depth:
        before, text = _INDENT * (depth - 1), _MARK + text
    code = _WINNER if line.winner else _DIM if line.dim else ""
    return f"{before}{code}{text}{_PLAIN}" if colour and code else before + text


def with_error(text: str, error: str | None) -> str:
    """Put an error's text behind a phrase."""
    return f"{text}: {shown(error)}" if error else text
