"""Reads the configuration files of a site directory: `.pth` and, since 3.15, `.start` files.

It decodes a file as the interpreter's version does and sorts its lines into paths, import lines and
entry points; what becomes of them is decided in `site_stage.py`. It mirrors `addpackage` and, for
3.15, `_read_pth_file` and `_read_start_file` in `Lib/site.py`. Reference: PEP 829.
"""

from __future__ import annotations

import io

import attrs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from wherefrom.search_path.site_rules import SiteRules


class UndecodableError(Exception):
    """A file that the interpreter cannot decode: at a `.pth` file it dies, a `.start` file it skips."""


@attrs.frozen
class Line:
    """A line that counts: its number, what it is (`path`, `import`, `start`) and its text."""

    number: int
    kind: str
    text: str


def names_that_count(names: list[str], suffix: str, rules: SiteRules) -> tuple[list[str], list[str]]:
    """Split a directory's sorted names into the configuration files that are read and the hidden ones."""
    of_kind = [name for name in names if name.endswith(suffix)]
    hidden = [name for name in of_kind if name.startswith(".") and rules.skips_hidden]
    return [name for name in of_kind if name not in hidden], hidden


def pth_lines(raw: bytes, rules: SiteRules, locale: str) -> list[Line]:
    """Read the lines of a `.pth` file that count.

    Args:
        raw: The file's content.
        rules: The habits of the interpreter.
        locale: Its locale's encoding.

    Returns:
        The path lines and import lines, trailing blanks cut.

    Raises:
        UndecodableError: The interpreter cannot decode it.
    """
    lines = []
    for number, text in enumerate(_text_lines(raw, rules, locale), 1):
        line = text.strip() if rules.batched else text
        if line.startswith("#") or not line.strip():
            continue
        kind = "import" if line.startswith(("import ", "import\t")) else "path"
        lines.append(Line(number, kind, line.rstrip()))
    return lines


def start_lines(raw: bytes) -> list[Line]:
    """Read the entry points of a `.start` file.

    Raises:
        UndecodableError: It is not UTF-8.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UndecodableError(str(error)) from None
    stripped = ((number, line.strip()) for number, line in enumerate(text.splitlines(), 1))
    return [Line(number, "start", line) for number, line in stripped if line and not line.startswith("#")]


def _text_lines(raw: bytes, rules: SiteRules, locale: str) -> list[str]:
    if not rules.utf8:
        # A text file of old: universal newlines only.
        return io.StringIO(_decode(raw, locale), newline=None).read().split("\n")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _decode(raw, locale)
    return text.splitlines()


def _decode(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise UndecodableError(str(error)) from None
