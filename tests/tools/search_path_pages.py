"""Draws what the documentation says about the search path from the tables that the code runs on.

    python tests/tools/search_path_pages.py

writes the tables of `docs/reference/search-path.md`, the picture beside it and the JSON schema. A
test draws them again and compares, so they cannot say something else than the code.
"""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

from wherefrom.search_path import tables

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/reference/search-path.md"
PICTURE = ROOT / "docs/reference/search-path.svg"
SCHEMA = ROOT / "docs/reference/search-path.schema.json"


def page(text: str) -> str:
    """Return the page with each marked table drawn anew."""
    for name, rows in _tables().items():
        body = "\n".join(["| " + " | ".join(row) + " |" for row in rows])
        before, begun, rest = text.partition(f"<!-- table: {name} -->\n")
        _, ended, after = rest.partition("<!-- end -->")
        if not begun or not ended:
            raise ValueError(f"the page has no place for the table {name}")
        text = f"{before}{begun}{body}\n{ended}{after}"
    return text


def _tables() -> dict[str, list[list[str]]]:
    def head(*names: str) -> list[list[str]]:
        return [list(names), ["---"] * len(names)]

    def code(text: str) -> str:
        return f"`{text}`"

    firsts = tables.FIRST_ENTRIES.values()
    return {
        "sources": [
            *head("source", "what it is", "detail"),
            *([code(row.name), row.means, row.detail] for row in tables.SOURCES),
        ],
        "first": [
            *head("started as", "first entry", "source", "with safe path"),
            *(
                [
                    code(rule.shown),
                    rule.value,
                    code(rule.source),
                    "none" if rule.safe_path_removes else "the same",
                ]
                for rule in firsts
            ),
        ],
        "switches": [
            *head("switch", "leaves out", "meaning"),
            *(
                [code(row.name), ", ".join(sorted(row.effects)), row.means]
                for row in tables.SWITCHES.values()
            ),
        ],
        "reasons": [
            *head("reason", "meaning"),
            *([code(row.name), row.means] for row in tables.REASONS.values()),
        ],
        "findings": [
            *head("code", "meaning"),
            *([code(row.name), row.means] for row in tables.FINDINGS.values()),
        ],
    }


def schema() -> str:
    """Return the JSON schema of `wherefrom path --json`."""
    return json.dumps(_schema(), indent=2) + "\n"


def _schema() -> dict[str, Any]:
    text, place = {"type": "string"}, {"$ref": "#/$defs/place"}
    maybe_text = {"type": ["string", "null"]}
    source, detail = {"$ref": "#/$defs/source"}, {"$ref": "#/$defs/detail"}
    texts = {"type": "array", "items": text}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "wherefrom path --json",
        **_object(
            {
                "schema": {"const": "wherefrom/1"},
                "python": text,
                "version": maybe_text,
                "argv": texts,
                "entries": _list(
                    path=text, source=source, detail=detail, exists={"type": "boolean"}, label=text
                ),
                "left_out": _list(
                    path=maybe_text,
                    source=source,
                    reason={"$ref": "#/$defs/reason"},
                    because=text,
                    detail=detail,
                    entry={"type": ["integer", "null"]},
                ),
                "startup": _list(
                    place=place, text=text, kind=source, effect=text, predicted={"type": "boolean"}
                ),
                "first": {
                    "oneOf": [
                        {"type": "null"},
                        _object(
                            {
                                "path": maybe_text,
                                "safe": {"type": "boolean"},
                                "because": text,
                                "shadows": _list(name=text, file=text),
                            }
                        ),
                    ]
                },
                "findings": _list(
                    code={"$ref": "#/$defs/code"},
                    severity={"enum": ["error", "warning", "note"]},
                    summary=text,
                    evidence=texts,
                    fix=text,
                ),
                "notes": texts,
                "error": text,
            },
            optional=("error",),
        ),
        "$defs": {
            "source": {"enum": [row.name for row in tables.SOURCES]},
            "reason": {"enum": list(tables.REASONS)},
            "code": {"enum": list(tables.FINDINGS)},
            "place": _object({"file": text, "line": {"type": "integer", "minimum": 1}}, optional=("line",)),
            "detail": {
                "description": "an item's number, `venv` or `base`, a file and line, or nothing",
                "oneOf": [
                    {"type": "null"},
                    {"type": "integer", "minimum": 1},
                    {"enum": ["venv", "base"]},
                    place,
                ],
            },
        },
    }


def _object(properties: dict[str, Any], *, optional: tuple[str, ...] = ()) -> dict[str, Any]:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _list(**properties: Any) -> dict[str, Any]:
    return {"type": "array", "items": _object(properties)}


# The picture ------------------------------------------------------------------------------------

_WIDTH, _ROW, _LEFT = 1000, 22, 16
_INK, _SOFT, _BOX = "#1f2430", "#5b6475", "#eef1f6"


def picture() -> str:
    """Return the picture of how the path is built, as SVG: stages from top to bottom, their sources."""
    parts: list[str] = []
    top = 34
    for number, stage in enumerate(tables.STAGES, 1):
        top = _stage(parts, top, number, stage) + 18
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {top}" '
        f'width="{_WIDTH}" height="{top}" font-family="sans-serif" font-size="13" '
        'role="img" aria-labelledby="title">'
    )
    title = '<title id="title">How sys.path is built, stage by stage</title>'
    ground = f'<rect width="{_WIDTH}" height="{top}" fill="#ffffff"/>'
    return "\n".join([head, title, ground, *parts, "</svg>"]) + "\n"


def _stage(parts: list[str], top: int, number: int, stage: tables.Row) -> int:
    rows = list(_stage_rows(stage.name))
    height = 34 + _ROW * len(rows)
    parts.append(
        f'<rect x="{_LEFT}" y="{top}" width="{_WIDTH - 2 * _LEFT}" height="{height}" rx="6" fill="{_BOX}"/>'
    )
    parts.append(_text(_LEFT + 12, top + 22, f"{number}. {stage.name}: {stage.means}", bold=True))
    for index, (name, means, switches) in enumerate(rows):
        line = top + 44 + _ROW * index
        parts.append(_text(_LEFT + 24, line, name, mono=True))
        parts.append(_text(_LEFT + 250, line, means))
        parts.append(_text(_WIDTH - _LEFT - 12, line, switches, soft=True, end=True))
    return top + height


def _stage_rows(stage: str) -> list[tuple[str, str, str]]:
    """List what a stage adds, in order, each with what leaves it out."""
    if stage == "main":
        return [
            (rule.shown, f"{rule.value} ({rule.source})", _without("first") if rule.safe_path_removes else "")
            for rule in tables.FIRST_ENTRIES.values()
        ]
    return [
        (row.name, row.means, _without(*_effects(row.name, stage)))
        for row in tables.SOURCES
        if row.stage == stage
    ]


def _effects(source: str, stage: str) -> tuple[str, ...]:
    """Name the parts that a source belongs to, as the table of switches names them."""
    of_source = {"pythonpath": ("environment",), "user-site": ("user-site",)}.get(source, ())
    return (*of_source, "site") if stage == "site" else of_source


def _without(*effects: str) -> str:
    names = [row.name for row in tables.SWITCHES.values() if row.effects & set(effects)]
    return f"not with {' '.join(names)}" if names else ""


def _text(x: int, y: int, text: str, **how: bool) -> str:
    style = f'fill="{_SOFT if how.get("soft") else _INK}"'
    style += ' font-weight="bold"' if how.get("bold") else ""
    style += ' font-family="monospace"' if how.get("mono") else ""
    style += ' text-anchor="end"' if how.get("end") else ""
    return f'<text x="{x}" y="{y}" {style}>{escape(text)}</text>'


def main() -> None:
    """Write the page's tables, the picture and the schema."""
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    PICTURE.write_text(picture(), encoding="utf-8")
    SCHEMA.write_text(schema(), encoding="utf-8")


if __name__ == "__main__":
    main()
