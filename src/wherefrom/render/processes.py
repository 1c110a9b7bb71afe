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
    Branch = tuple[int, Process, list["Branch"]]

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
    return layout([Line("processes:", tuple(_told(*branch) for branch in tree(processes)))], colour=colour)


def tree(processes: Sequence[Process]) -> list[Branch]:
    """Put processes below those that started them.

    Args:
        processes: as above, in the order of their beginnings after the first.

    Returns:
        For each at the top, itself and what is below it in the same form.
    """
    known = {described.get("pid") for described, _ in processes}
    top = [at for at, one in enumerate(processes) if not at or one[0].get("parent") not in known]
    return [_branch(at, processes) for at in top]


def _branch(at: int, processes: Sequence[Process]) -> Branch:
    # Only later ones can be its own: numbers of processes come round.
    pid, later = processes[at][0].get("pid"), range(at + 1, len(processes))
    return (
        at,
        processes[at],
        [_branch(one, processes) for one in later if processes[one][0].get("parent") == pid],
    )


def _told(_: int, process: Process, below: list[Branch]) -> Line:
    return Line(line_of_process(process), tuple(_told(*branch) for branch in below))


def line_of_process(process: Process) -> str:
    """Tell one process in one line."""
    described, imports = process
    how = "" if described.get("how") == "started" else f"{shown(str(described.get('how')))}: "
    text = f"{described.get('pid')} {how}{_command(described)}: "
    text += s.count(len(imports.loaded), "module", "modules")
    if imports.loaded:
        text += f" in {imports.total_ns / _NS_PER_MS:.1f} ms"
    if imports.failures:
        text += f", {len(imports.failures)} failed"
    return text


def _command(described: dict[str, Any]) -> str:
    """Give the command as it was given, each argument cut to what a line has room for."""
    texts = [" ".join(str(argument).split()) for argument in described.get("arguments", ())]
    said = shown(" ".join(["python", *texts]))
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"
