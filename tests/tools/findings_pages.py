"""Writes the pages of findings: each code with its cause, its smallest example, what is shown, and the fix.

This file decides how the pages look; the causes come from ``explain/codes.py``, the examples from
``tests/cases/findings``, where each is run. Run it after a change of those:
``python -m tests.tools.findings_pages``; a test compares the results with ``docs/reference``.
"""

from __future__ import annotations

import json
import re
from itertools import groupby
from pathlib import Path
from typing import Any

from tests.support.finding_cases import case_files, read_case
from wherefrom.explain.codes import CODES

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
_LONGEST = 600


def pages() -> dict[str, str]:
    """Give the text of each page by its file name below ``docs/reference``."""
    cases = {told["code"]: told for told in map(read_case, reversed(case_files()))}
    families = [
        (family, list(codes)) for family, codes in groupby(CODES, key=lambda code: CODES[code].family)
    ]
    made = {"findings.md": _index(families)}
    for family, codes in families:
        entries = [_entry(code, cases.get(code)) for code in codes]
        head = f"# Findings: {family[0].lower()}{family[1:]}"
        part = "\nPart of the [list of findings](../findings.md).\n"
        made[f"findings/{_file(family)}"] = "\n".join([head, part, *entries])
    return made


def _file(family: str) -> str:
    return "-".join(re.findall(r"[a-z]+", family.lower())) + ".md"


def _anchor(code: str) -> str:
    return code.replace(".", "")


def _index(families: list[tuple[str, list[str]]]) -> str:
    lines = [
        "# Findings",
        "",
        "What an explanation can name as the cause of a failed or wrong import. Each code has its entry:",
        "the cause, the smallest example, what is shown as evidence, and what mends it. The examples are",
        "run by the tests; mended, the finding is gone. Each finding says whether its cause was *observed*",
        "or *inferred*.",
    ]
    for family, codes in families:
        lines += ["", f"## [{family}](findings/{_file(family)})", ""]
        lines += [
            f"- [`{code}`](findings/{_file(family)}#{_anchor(code)}): {CODES[code].cause}" for code in codes
        ]
    return "\n".join(lines) + "\n"


def _entry(code: str, case: dict[str, Any] | None) -> str:
    lines = [f"## {code}", "", f"{CODES[code].cause.rstrip('.')}.", ""]
    if case is None:
        return "\n".join(lines)
    lines += ["For example, " + case["about"].rstrip(".") + ":", ""]
    lines += ["<!-- not run: tests/explain runs every case -->", "```text", *_example(case), "```", ""]
    lines += ["Shown: " + "; ".join(f"`{_fact(fact)}`" for fact in case["mention"]) + ".", ""]
    if case.get("mended"):
        lines += ["Mended by: " + "; ".join(_change(*one) for one in case["mended"].items()) + ".", ""]
    return "\n".join(lines)


def _fact(fact: str | list[str]) -> str:
    return fact if isinstance(fact, str) else fact[0]


def _example(case: dict[str, Any]) -> list[str]:
    lines = []
    for name, described in case.get("files", {}).items():
        lines += [f"{name}:", *_shown(described)]
    lines += [f"$ {command}" for command in case.get("setup", [])]
    variables = "".join(f"{name}={value} " for name, value in case.get("env", {}).items())
    if "run" in case:
        lines.append(f"$ {variables}wherefrom run {' '.join(map(_quoted, case['run']))}")
    elif "resolve" in case:
        lines.append(f"$ {variables}wherefrom resolve {case['resolve']}")
    else:
        lines += [_error(event) for event in case["trace"] if event["kind"] == "error.raised"]
    return lines


def _quoted(word: str) -> str:
    return word if re.fullmatch(r"[\w./{}=:-]+", word) else json.dumps(word)


def _error(event: dict[str, Any]) -> str:
    return f"{event['error']}: {event['message']}"


def _shown(described: Any) -> list[str]:
    if isinstance(described, str) or "text" in described:
        text = described if isinstance(described, str) else described["text"]
        text = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
        return [f"    {line}" for line in text.splitlines()] or ["    (empty)"]
    if "symlink" in described:
        return [f"    -> {described['symlink']}"]
    words = {
        "dir": "a directory",
        "zip": "an archive",
        "pyc": "bytecode",
        "ext": "a library",
        "fifo": "a fifo",
    }
    words["base64"] = "bytes"
    kind = next(word for key, word in words.items() if key in described)
    return [f"    ({kind}{', mode ' + described['mode'] if 'mode' in described else ''})"]


def _change(name: str, described: Any) -> str:
    if described is None:
        return f"taking away `{name}`"
    if isinstance(described, str) and 0 < len(described) <= 80 and described.count("\n") <= 1:
        return f"`{name}` with `{described.strip()}`"
    return f"`{name}`"


def main() -> None:
    """Write the pages."""
    for name, text in pages().items():
        file = REFERENCE / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
