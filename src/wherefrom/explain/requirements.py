"""Requirements and versions of distributions, as far as an explanation needs to read them.

Decides whether an installed version meets a requirement. The rules are those of the specifications
"Dependency specifiers" (PEP 508) and "Version specifiers" (PEP 440) of the packaging user guide; what
is not understood counts as met, since nothing is said that is not known.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

import attrs

from .tables.distributions import canonical

if TYPE_CHECKING:
    from collections.abc import Callable

_REQUIREMENT = re.compile(r"^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[([^\]]*)\])?\s*\(?([^;()]*)\)?\s*(?:;\s*(.*))?$")
_EXTRA = re.compile(r"extra\s*==\s*['\"]([^'\"]+)['\"]")
_CLAUSE = re.compile(r"^(===|==|!=|<=|>=|<|>|~=)\s*([\w.*+!-]+)$")
_VERSION = re.compile(
    r"^v?(?:(\d+)!)?(\d+(?:\.\d+)*)[-_.]?(?:(a|b|c|rc|alpha|beta|pre|preview)[-_.]?(\d*))?"
    r"(?:[-_.]?(post|rev|r)[-_.]?(\d*)|-(\d+))?(?:[-_.]?(dev)[-_.]?(\d*))?(?:\+.*)?$",
    re.IGNORECASE,
)

Key = tuple[int, tuple[int, ...], tuple[int, int], int, int]


@attrs.frozen
class Requirement:
    """A line of ``Requires-Dist``.

    Attributes:
        name: the distribution that is required, in canonical spelling.
        written: its name as written.
        versions: the clauses about its version, such as ``>=2,<3``.
        extra: the extra that the requirement belongs to; empty for none.
        marker: the condition, as written.
    """

    name: str
    written: str
    versions: str
    extra: str
    marker: str

    def met_by(self, version: str) -> bool:
        """Say whether a version meets it."""
        return all(_holds(clause.strip(), version) for clause in self.versions.split(",") if clause.strip())

    def __str__(self) -> str:
        """Write it without its condition."""
        return f"{self.written}{self.versions.replace(' ', '')}"


def requirement(line: str) -> Requirement | None:
    """Read a line of ``Requires-Dist``; None if it is none.

    >>> str(requirement("betalib (>=2.0) ; extra == 'fast'"))
    'betalib>=2.0'
    """
    match = _REQUIREMENT.match(line)
    if match is None:
        return None
    marker = match[4] or ""
    extra = _EXTRA.search(marker)
    versions = (match[3] or "").partition("@")[0].strip()
    return Requirement(canonical(match[1]), match[1], versions, extra[1] if extra else "", marker)


def key_of(version: str) -> Key | None:
    """Give what versions are ordered by; None for what is no version.

    >>> key_of("2.0rc1") < key_of("2.0") < key_of("2.0.1")
    True
    """
    match = _VERSION.match(version.strip())
    if match is None:
        return None
    numbers = [int(part) for part in match[2].split(".")]
    while len(numbers) > 1 and numbers[-1] == 0:
        numbers.pop()
    word = (match[3] or "").lower()[:1]
    pre = {"a": 0, "b": 1, "c": 2, "r": 2, "p": 2}.get(word, 3)
    if not word and match[8] and not match[5]:
        pre = -1  # a development release of what is not even in its first pre-release
    post = int(match[6] or match[7] or 0) + 1 if match[5] or match[7] else 0
    dev = int(match[9] or 0) if match[8] else 1_000_000_000
    return int(match[1] or 0), tuple(numbers), (pre, int(match[4] or 0)), post, dev


_COMPARE: dict[str, Callable[[Key, Key], bool]] = {
    "==": lambda one, other: one == other,
    "!=": lambda one, other: one != other,
    "<=": lambda one, other: one <= other,
    ">=": lambda one, other: one >= other,
    "<": lambda one, other: one < other,
    ">": lambda one, other: one > other,
}


def _holds(clause: str, version: str) -> bool:
    match = _CLAUSE.match(clause)
    if match is None:
        return True
    sign, wanted = match[1], match[2]
    if sign == "===":
        return version == wanted
    if wanted.endswith(".*"):
        return (_begins(version, wanted[:-2])) == (sign == "==")
    mine, theirs = key_of(version), key_of(wanted)
    if mine is None or theirs is None:
        return True
    if sign == "~=":
        return mine >= theirs and _begins(version, wanted.rpartition(".")[0])
    return _COMPARE[sign](mine, theirs)


def _begins(version: str, start: str) -> bool:
    mine = [*takewhile(str.isdigit, re.split(r"[.+-]", version))]
    wanted = start.split(".")
    return mine[: len(wanted)] == wanted


def capped(versions: str) -> bool:
    """Say whether clauses about a version have an upper bound."""
    return any(clause.strip().startswith(("<", "==", "~=")) for clause in versions.split(","))
