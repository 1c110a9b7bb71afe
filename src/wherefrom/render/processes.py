"""The processes of a run as a tree: which started which, how, and what each of them imported.

Decides what of a process is worth its one line. Judges nothing; ``summary.py`` tells one process in full.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import sentences as s
from .lines import Line, layout, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..imports import Imports

    Process = tuple[dict[str, Any], Imports]

_NS_PER_MS = 1_000_000
_LONGEST = 60


def processes_text(processes: Sequence[Process], *, colour: bool = False) -> str:
    """Tell which processes there were.

    Args:
        processes: what each said of itself, and its imports; the first is the one that was run.
        colour: whether to use terminal codes.

    Returns:
        The text, without a line break at its end.
    """
    known = {described.get("pid") for described, _ in processes}
    top = [at for at, one in enumerate(processes) if not at or one[0].get("parent") not in known]
    return layout([Line("processes:", tuple(_told(at, processes) for at in top))], colour=colour)


def _told(at: int, processes: Sequence[Process]) -> Line:
    described, imports = processes[at]
    # They are in the order of their beginnings, and numbers of processes come round.
    below = [
        later
        for later in range(at + 1, len(processes))
        if processes[later][0].get("parent") == described.get("pid")
    ]
    how = "" if described.get("how") == "started" else f"{shown(str(described.get('how')))}: "
    loaded = s.count(len(imports.loaded), "module", "modules")
    text = f"{described.get('pid')} {how}{_command(described)}: {loaded}"
    if imports.loaded:
        text += f" in {imports.total_ns / _NS_PER_MS:.1f} ms"
    if imports.failed:
        text += f", {len(imports.failed)} failed"
    return Line(text, tuple(_told(later, processes) for later in below))


def _command(described: dict[str, Any]) -> str:
    """Give the command as it was given, each argument cut to what a line has room for."""
    texts = [" ".join(str(argument).split()) for argument in described.get("arguments", ())]
    said = shown(" ".join(["python", *texts]))
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"
