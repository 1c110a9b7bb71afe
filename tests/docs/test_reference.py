"""Reference pages say what the code says."""

from __future__ import annotations

import re

import wherefrom
from tests.docs import api_page
from tests.support.children import ROOT
from wherefrom.render.sentences import NEAR_MISS_REASONS, SHADOW_REASONS

REFERENCE = ROOT / "docs" / "reference"


def test_the_python_interface_is_what_the_docstrings_say() -> None:
    shown = (REFERENCE / "api.md").read_text(encoding="utf-8")

    assert shown == api_page.page(), "run python tests/docs/api_page.py"


def test_every_public_name_is_in_the_python_interface() -> None:
    shown = set(re.findall(r"^## ([\w.]+)", (REFERENCE / "api.md").read_text(encoding="utf-8"), re.MULTILINE))

    assert set(wherefrom.__all__) <= {name.partition(".")[0] for name in shown}


def test_every_reason_is_told_in_the_words_of_the_views() -> None:
    shown = (REFERENCE / "reasons.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([\w-]+)` \| (.+?) \|", shown, re.MULTILINE)

    assert dict(rows) == {**SHADOW_REASONS, **NEAR_MISS_REASONS}


def test_the_command_line_page_has_every_option_of_the_command() -> None:
    from wherefrom.cli import _parser

    shown = (REFERENCE / "command-line.md").read_text(encoding="utf-8")
    parser = _parser()
    commands = next(action.choices for action in parser._actions if isinstance(action.choices, dict))
    options = {
        option
        for each in (parser, *commands.values())
        for action in each._actions
        for option in action.option_strings
    }

    assert {option for option in options if f"`{option}" not in shown} == set()
