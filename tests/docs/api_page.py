"""Makes docs/reference/api.md from the docstrings of the public names.

    python tests/docs/api_page.py

The page is a rendering and nothing else: what it says is changed in the code. A test compares the two.
"""

from __future__ import annotations

import inspect
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reference" / "api.md"
SECTIONS = ("Args", "Attributes", "Returns", "Raises", "Yields", "Example")
# What search_path() answers with, in the order of the page.
RESULTS = ("SearchPath", "PathEntry", "Place", "LeftOut", "StartupCode", "FirstEntry", "Shadow", "Finding")
LISTS = {"Args": "Arguments", "Attributes": "Attributes", "Raises": "Raises"}

HEAD = """\
# Python interface

<!-- Made by tests/docs/api_page.py from the docstrings; change those instead. -->

Everything here is offered by the module `wherefrom` unless it says otherwise; a name is loaded when it is
first used, `import wherefrom` itself loads nothing. `wherefrom.__version__` is the version. The classes
of events are listed in the [vocabulary](vocabulary.md), the words of near misses and losers under
[reasons](reasons.md), those of search paths under [search path](search-path.md). The types are complete
and checked (`py.typed`).
"""


def _sections(text: str) -> Iterator[tuple[str, str]]:
    """Part a docstring into its prose, under ``""``, and its sections."""
    title, lines = "", list[str]()
    for line in text.splitlines():
        if line.endswith(":") and line[:-1] in SECTIONS:
            yield title, inspect.cleandoc("\n".join(lines))
            title, lines = line[:-1], []
        elif title and line and not line.startswith(" "):
            yield title, inspect.cleandoc("\n".join(lines))
            title, lines = "", [line]
        else:
            lines.append(line)
    yield title, inspect.cleandoc("\n".join(lines))


def _prose(text: str) -> str:
    return re.sub(r"``(.+?)``", r"`\1`", text)


def _example(text: str) -> str:
    return f"```python\n{text}\n```"


def _items(text: str) -> str:
    """Render ``name: meaning`` lines as a list; what has no name is prose."""
    rendered = []
    for line in text.splitlines():
        named = re.match(r"(?P<name>[*\w]+): (?P<rest>.*)", line)
        if named:
            rendered.append(f"- `{named['name']}`: {named['rest']}")
        else:
            rendered.append(f"  {line.strip()}" if rendered else line)
    return _prose("\n".join(rendered))


def _told(thing: object) -> Iterator[str]:
    """Give the paragraphs of a docstring."""
    for title, text in _sections(inspect.getdoc(thing) or ""):
        if not text:
            continue
        if ">>>" in text:
            yield _example(text)
        elif title in LISTS:
            yield f"{LISTS[title]}:\n\n{_items(text)}"
        elif title:
            yield f"{title}: {_prose(text)[:1].lower()}{_prose(text)[1:]}"
        else:
            yield _prose(text)


def _signature(thing: Any) -> str:
    parameters, star = [], False
    for name, parameter in inspect.signature(thing).parameters.items():
        if name in ("self", "cls"):
            continue
        if parameter.kind is parameter.KEYWORD_ONLY and not star:
            parameters.append("*")
            star = True
        mark = "**" if parameter.kind is parameter.VAR_KEYWORD else ""
        default = "" if parameter.default is parameter.empty else f" = {parameter.default!r}"
        parameters.append(f"{mark}{name}: {parameter.annotation}{default}")
    returned = inspect.signature(thing).return_annotation
    return f"({', '.join(parameters)}) -> {returned}"


def _members(cls: type) -> Iterator[tuple[str, Any]]:
    for name, member in vars(cls).items():
        is_member = isinstance(member, (property, classmethod)) or inspect.isfunction(member)
        if is_member and not name.startswith("_"):
            yield name, member


def _class(title: str, cls: type) -> Iterator[str]:
    yield f"## {title}"
    yield from _told(cls)
    for name, member in _members(cls):
        if isinstance(member, property):
            getter: Any = member.fget
            yield f"### `.{name}`: `{getter.__annotations__['return']}`"
            yield from _told(getter)
        else:
            function = member.__func__ if isinstance(member, classmethod) else member
            owner = cls.__name__ if isinstance(member, classmethod) else ""
            yield f"### `{owner}.{name}()`"
            yield f"`{name}{_signature(function)}`"
            yield from _told(function)


def _function(title: str, function: Any) -> Iterator[str]:
    yield f"## {title}"
    yield f"`{function.__name__.lstrip('_')}{_signature(function)}`"
    yield from _told(function)


def page() -> str:
    """Give the text of the page."""
    import wherefrom
    from wherefrom import offers, spans
    from wherefrom.explain import _explain
    from wherefrom.search_path import _search_path, current, facts_of, result

    parts = [HEAD.rstrip()]
    for name in ("resolve", "resolve_many", "tracing", "install", "uninstall", "break_on"):
        parts += _function(f"{name}()", getattr(wherefrom, name))
    parts += _function("explain()", _explain)
    for name in (
        "Explanation",
        "Finding",
        "Evidence",
        "Resolution",
        "Trace",
        "ImportSystem",
        "Binding",
        "MemoryFinder",
    ):
        parts += _class(name, getattr(wherefrom, name))
    parts += _class("Span", spans.Span)
    parts += _class("ImportSpan", spans.ImportSpan)
    parts += _class("Loser", offers.Loser)
    parts += _class("NearMiss", offers.NearMiss)
    parts += _class("events.Event", wherefrom.events.Event)
    parts += _function("search_path()", _search_path)
    parts += _function("search_path.current()", current)
    parts += _function("search_path.facts_of()", facts_of)
    for name in (
        "SearchPath",
        "PathEntry",
        "Place",
        "LeftOut",
        "StartupCode",
        "FirstEntry",
        "Shadow",
        "Finding",
    ):
        parts += _class(f"search_path.result.{name}", getattr(result, name))
    for name in ("WherefromError", "InterpreterError", "ResolutionError", "TraceFormatError"):
        parts += _class(name, getattr(wherefrom, name))
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "src"))
    PAGE.write_text(page(), encoding="utf-8")
