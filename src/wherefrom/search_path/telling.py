"""What a program did to its `sys.path`, as lines for a summary and as plain data for a document.

Puts together what tracing has observed and what can be inferred from the source. Judges nothing.
"""

from __future__ import annotations

from wherefrom.search_path import labels
from wherefrom.search_path.statements import added_by

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from wherefrom.events import PathChanged
    from wherefrom.search_path.result import Added


def lines_of_changes(changes: Iterable[PathChanged]) -> list[str]:
    """Tell each entry that was added or taken out in one line.

    Args:
        changes: The events that say so.

    Returns:
        The lines, what was added first.
    """
    changes = list(changes)
    added = [f"{one.path or repr(one.path)}: {labels.of_added(one)}" for one in added_by(changes)]
    removed = [
        f"{path or repr(path)}: taken out{_by(change)}" for change in changes for path in change.removed
    ]
    return [*added, *removed]


def _by(change: PathChanged) -> str:
    if change.file is None:
        return ""
    lines = [] if change.after is None else [f"after line {change.after}"]
    lines += [] if change.before is None else [f"before line {change.before}"]
    between = f", {' and '.join(lines)}" if lines and change.after != change.before else ""
    line = f":{change.before}" if change.before is not None and change.after == change.before else ""
    return f" by {change.file}{line}{between}"


def changes_document(changes: Iterable[PathChanged]) -> list[dict[str, Any]]:
    """Give the same as plain data, each with how certain it is.

    Args:
        changes: The events that say so.

    Returns:
        An object for each entry that was added, then one for each that was taken out.
    """
    changes = list(changes)
    added = [_document(one) for one in added_by(changes)]
    removed = [
        {
            "path": path,
            "change": "removed",
            "module": change.importer,
            "file": change.file,
            "line": None,
            "after": change.after,
            "before": change.before,
            "certainty": "observed",
            "doubt": change.doubt,
        }
        for change in changes
        for path in change.removed
    ]
    return [*added, *removed]


def _document(added: Added) -> dict[str, Any]:
    return {
        "path": added.path,
        "change": "added",
        "module": added.importer,
        "file": added.file if added.line_file is None else added.line_file,
        "line": added.line,
        "after": added.after,
        "before": added.before,
        "certainty": added.certainty,
        "doubt": added.doubt,
    }
