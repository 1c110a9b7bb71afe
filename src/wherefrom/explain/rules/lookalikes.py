"""Names that look like the one that was asked for: other code points, look-alike letters, invisible ones.

Identifiers are compared in NFKC (language reference, "Identifiers and keywords"), file names byte by byte.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from ...finding import Evidence
from ..sought import place, sought

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ...finding import Finding
    from ..case import Case
    from ..sought import Sought

# Letters of other scripts that look like Latin ones; a part of Unicode's confusables.txt (UTS 39).
_ALIKE = str.maketrans(
    "асеорхуіјѕһԁԛԝвкмнтгпАВЕКМНОРСТХІЈЅαονρυικτΑΒΕΖΗΙΚΜΝΟΡΤΥΧıſɡ",
    "aceopxyijshdqwbkmhtrnABEKMHOPCTXIJSaovpuiktABEZHIKMNOPTYXisg",
)
_ENDS = (".py", ".pyc", "/")


def unlike(case: Case) -> Iterator[Finding]:
    """Say that something of nearly this name is there, with other characters."""
    for one in sought(case):
        for stem, file in _stems(case, one.homes):
            if stem == one.tail:
                continue
            found = _compared(case, one, stem, file)
            if found is not None:
                yield found
                return
        for name in case.stdlib_names if "." not in one.name else ():
            if name != one.tail and not one.tail.isascii() and _skeleton(one.tail) == name:
                yield _homoglyph(case, one, name, f"the standard library's {name!r}")
                return


def _stems(case: Case, homes: Iterable[str]) -> Iterator[tuple[str, str]]:
    for home in homes:
        for name in case.listing(home):
            for end in _ENDS:
                if name.endswith(end):
                    yield name.removesuffix(end), f"{home}/{name.rstrip('/')}"


def _compared(case: Case, one: Sought, stem: str, file: str) -> Finding | None:
    if _visible(stem) == _visible(one.tail):
        return _invisible(case, one, stem, file)
    if unicodedata.normalize("NFKC", stem) == unicodedata.normalize("NFKC", one.tail):
        return _unnormalised(case, one, stem, file)
    if not (stem.isascii() and one.tail.isascii()) and _skeleton(stem) == _skeleton(one.tail):
        return _homoglyph(case, one, stem, file)
    return None


def _visible(name: str) -> str:
    return "".join(char for char in name if unicodedata.category(char) not in ("Zs", "Cf", "Cc"))


def _skeleton(name: str) -> str:
    return unicodedata.normalize("NFKC", name).translate(_ALIKE)


def _points(name: str, other: str) -> str:
    """Name the characters that one name has and the other has not."""
    odd = [char for char in name if char not in other] or [char for char in name if not char.isascii()]
    shown = [f"U+{ord(char):04X} {unicodedata.name(char, 'without a name')}" for char in dict.fromkeys(odd)]
    return ", ".join(shown[:5]) or f"{len(name)} characters"


def _asked(case: Case, one: Sought) -> list[Evidence]:
    at = place(one.failure, case)
    return [Evidence(f"{one.name!r} is asked for here", *at)] if at else []


def _invisible(case: Case, one: Sought, stem: str, file: str) -> Finding:
    odd, name = (
        (stem, "the file name") if _visible(stem) != stem else (one.tail, "the name that is asked for")
    )
    hidden = ", ".join(
        f"U+{ord(char):04X} {unicodedata.name(char, 'a control character')}"
        for char in dict.fromkeys(odd)
        if _visible(char) == ""
    )
    return case.finding(
        "invisible-character-in-name",
        f"{file!r} is not {one.name!r}: {name} has a blank or an invisible character",
        Evidence(f"{name} {odd!r} has {hidden} (space or invisible)", file),
        *_asked(case, one),
        fix=f"rename {file!r} to {_visible(stem)!r} without the invisible character"
        if odd is stem
        else f"ask for {_visible(one.tail)!r}",
        about=one.name,
        weight=85,
    )


def _unnormalised(case: Case, one: Sought, stem: str, file: str) -> Finding:
    return case.finding(
        "unicode-normalisation-mismatch",
        f"{file} is not found for {one.name!r}: names in source are normalised (NFKC), file names are not",
        Evidence(f"the file name has {_points(stem, one.tail)}", file),
        Evidence(f"the name that is looked for has {_points(one.tail, stem)}"),
        *_asked(case, one),
        fix=f"rename {file} to the normalised name {unicodedata.normalize('NFKC', stem)}",
        about=one.name,
        weight=85,
    )


def _homoglyph(case: Case, one: Sought, stem: str, what: str) -> Finding:
    return case.finding(
        "homoglyph-in-name",
        f"{one.name!r} only looks like {what}: a letter of another script stands in one of the names",
        Evidence(f"{one.tail!r} is written with {_points(one.tail, stem)}"),
        Evidence(f"{stem!r} is written with {_points(stem, one.tail)}", what if "/" in what else None),
        *_asked(case, one),
        fix=f"write both names with the same letters: {_skeleton(one.tail)}",
        about=one.name,
        weight=85,
    )


RULES = (unlike,)
