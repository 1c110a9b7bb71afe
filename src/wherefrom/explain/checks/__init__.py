"""The checks: each looks at a project and its environment for trouble before it happens.

Like the rules they are pure: they ask the surroundings of a case, and yield findings of the same codes.
The project is the directory that the case was started in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .cycles import CHECKS as _CYCLES
from .installed import CHECKS as _INSTALLED
from .project import CHECKS as _PROJECT

if TYPE_CHECKING:
    from ...finding import Finding
    from ..case import Case

_GRAVE = {"error": 0, "warning": 1, "note": 2}


def checked(case: Case) -> tuple[Finding, ...]:
    """Say what looks wrong with a project and its environment.

    Args:
        case: a case without events; its working directory is the project.

    Returns:
        The findings: errors before warnings before notes.
    """
    found = [one for check in (*_PROJECT, *_CYCLES, *_INSTALLED) for one in check(case)]
    unique = {(one.code, one.summary): one for one in found}
    return tuple(sorted(unique.values(), key=lambda one: (_GRAVE[one.severity], one.code, one.summary)))
