"""Shows an answer: as text for people, as plain data for programs.

Pure functions from a `SearchPath` to a text or a dictionary; the words come from `labels.py` and
the answer itself. The form of the data is described by the schema in the documentation.
"""

from __future__ import annotations

import attrs

from wherefrom.search_path.result import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from wherefrom.search_path.result import Detail, SearchPath

SCHEMA = "wherefrom/1"


def as_data(answer: SearchPath) -> dict[str, Any]:
    """Return an answer as plain data, in the form that `wherefrom path --json` prints.

    Args:
        answer: The answer.

    Returns:
        A dictionary of texts, numbers, lists and dictionaries. It has `error` only if there is one.

    Example:
        >>> from wherefrom.search_path.result import PathEntry, SearchPath
        >>> as_data(SearchPath("python", entries=(PathEntry("/lib", "pythonpath", 1),)))["entries"]
        [{'path': '/lib', 'source': 'pythonpath', 'detail': 1, 'exists': True, 'label': ''}]
    """
    return {
        "schema": SCHEMA,
        "python": answer.python,
        "version": answer.version,
        "argv": list(answer.argv),
        "entries": [_plain(entry) for entry in answer.entries],
        "left_out": [_plain(missing) for missing in answer.left_out],
        "startup": [_plain(code) for code in answer.startup],
        "first": None if answer.first is None else _plain(answer.first),
        "findings": [_plain(finding) for finding in answer.findings],
        "notes": list(answer.notes),
        **({} if answer.error is None else {"error": answer.error}),
    }


def _plain(value: Any) -> dict[str, Any]:
    """Turn one attrs object into plain data; a place without a line is its file alone."""
    names = [field.name for field in attrs.fields(type(value))]
    # What was added at run time is no part of a start: the command never has it.
    return {name: _plain_value(getattr(value, name)) for name in names if name != "added"}


def _plain_value(value: Any) -> Any:
    if isinstance(value, Place):
        return {"file": value.file} if value.line is None else {"file": value.file, "line": value.line}
    if isinstance(value, tuple):
        return [_plain_value(item) for item in value]
    return _plain(value) if attrs.has(type(value)) else value


def as_text(answer: SearchPath, *, everything: bool = True) -> str:
    """Draw an answer for people.

    Args:
        answer: The answer.
        everything: Whether to show what is not there and the start-up code as well.

    Returns:
        Lines without a line end at the last.

    Example:
        >>> from wherefrom.search_path.result import PathEntry, SearchPath
        >>> print(as_text(SearchPath("python", entries=(PathEntry("", "cwd", label="current directory"),))))
        sys.path of python
          0  ''  current directory
    """
    command = " ".join((answer.python, *map(_quoted, answer.argv)))
    version = f" (Python {answer.version})" if answer.version else ""
    parts = [f"sys.path of {command}{version}", *_entries(answer)]
    if answer.error is not None:
        parts += ["", f"error: {answer.error}"]
    if everything:
        parts += [*_first(answer), *_left_out(answer), *_startup(answer)]
    parts += [*_findings(answer), *(f"note: {note}" for note in answer.notes)]
    return "\n".join(parts)


def _quoted(text: str) -> str:
    import shlex

    return shlex.quote(text)


def _entries(answer: SearchPath) -> Iterator[str]:
    width = max((len(entry.path) for entry in answer.entries), default=0)
    width = min(max(width, 2), 60)
    for number, entry in enumerate(answer.entries):
        missing = "" if entry.exists else "  (does not exist)"
        yield f"{number:>3}  {_path(entry.path):<{width}}  {entry.label}{missing}"


def _path(path: str) -> str:
    """Show a path so that it can be printed: the empty one, odd characters and lone surrogates in quotes."""
    return path if path and path.isprintable() and path == path.strip() else ascii(path)


def _first(answer: SearchPath) -> Iterator[str]:
    if answer.first is None or answer.error is not None:
        return
    yield ""
    yield f"first entry: {'safe' if answer.first.safe else 'not safe'}: {answer.first.because}"
    if answer.first.shadows:
        names = ", ".join(shadow.name for shadow in answer.first.shadows)
        yield f"  it hides the standard library's {names}"


def _left_out(answer: SearchPath) -> Iterator[str]:
    if answer.left_out:
        yield ""
        yield "not there:"
    for missing in answer.left_out:
        shown = f"{_path(missing.path)}  " if missing.path is not None else ""
        yield f"  {shown}{_source(missing.source, missing.detail)}: {missing.because}"


def _source(source: str, detail: Detail) -> str:
    if source == "pythonpath" and detail is not None:
        return f"PYTHONPATH[{detail}]"
    return source if detail is None else f"{source} ({_path(str(detail))})"


def _startup(answer: SearchPath) -> Iterator[str]:
    if answer.startup:
        yield ""
        yield "code that runs at start-up (it was not run for this answer):"
    for code in answer.startup:
        yield f"  {_path(str(code.place))}: {_path(code.text)}"
        yield f"      {code.effect}"


def _findings(answer: SearchPath) -> Iterator[str]:
    for finding in answer.findings:
        yield ""
        yield f"{finding.severity}: {finding.summary} [{finding.code}]"
        yield from (f"  {_path(line)}" for line in finding.evidence)
        if finding.fix:
            yield f"  fix: {finding.fix}"
