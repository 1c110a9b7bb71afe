"""Near misses: names that somebody may have meant who wrote another.

Decides how far a name may be from another to be taken for a slip of the pen; knows no modules. The
distance is that of Damerau and Levenshtein, restricted to neighbours: a letter more, less, other, or
two that changed places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHORT, _LONG = 4, 7


def distance(one: str, other: str, most: int) -> int:
    """Count the slips between two names.

    Args:
        one: a name.
        other: another.
        most: the largest number that is of interest.

    Returns:
        The number; ``most + 1`` for any larger one.

    Example:
        >>> distance("seralizer", "serializer", 2)
        1
        >>> distance("form", "from", 2)
        1
        >>> distance("json", "yaml", 2)
        3
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, left in enumerate(one, 1):
        now = [row]
        for column, right in enumerate(other, 1):
            best = min(last[column] + 1, now[-1] + 1, last[column - 1] + (left != right))
            if row > 1 and column > 1 and left == other[column - 2] and one[row - 2] == right:
                best = min(best, before[column - 2] + 1)
            now.append(best)
        before, last = last, now
    return min(last[-1], most + 1)


def allowed(name: str) -> int:
    """Tell how many slips a name may hold and still be recognised: none in the shortest."""
    if len(name) < _SHORT:
        return 0
    return 1 if len(name) < _LONG else 2


def near(name: str, known: Iterable[str], *, slips: int | None = None) -> list[str]:
    """Name what somebody may have meant, the nearest first.

    Args:
        name: what was written.
        known: what there is.
        slips: how many slips to allow; by the length of the name if None.

    Returns:
        At most three; none of them is the name itself. Those that differ in case, underscores or an
        ``s`` at the end count as nearest.

    Example:
        >>> near("serialisers", ["serializers", "server", "utils"])
        ['serializers']
        >>> near("Dataframe", ["DataFrame", "Series"])
        ['DataFrame']
    """
    most = allowed(name) if slips is None else slips
    found = []
    for other in sorted(set(known)):
        if other == name or other.startswith("_") != name.startswith("_"):
            continue
        if _bare(other) == _bare(name):
            found.append((0, other))
        elif (far := distance(name, other, most)) <= most and allowed(other) >= min(far, 1):
            found.append((far, other))
    return [other for _, other in sorted(found)[:3]]


def _bare(name: str) -> str:
    return name.replace("_", "").replace("-", "").lower().removesuffix("s")
