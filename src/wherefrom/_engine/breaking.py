"""Stopping in a debugger at the import statement that first asks for a module.

Decides which debugger, and in which frame: ``sys.breakpointhook`` if somebody has set one or
``PYTHONBREAKPOINT`` names one, else pdb in the frame of the statement. ``live.py`` calls it.
"""

import sys

from .disk import system as os

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any


def stop_at(frame: "Any", name: str) -> None:
    """Stop in a debugger before a module is imported.

    Args:
        frame: the frame of the statement; None for an import by C code alone.
        name: the module.
    """
    chosen = os.environ.get(b"PYTHONBREAKPOINT", b"")
    if frame is None or sys.breakpointhook is not sys.__breakpointhook__ or chosen:
        sys.breakpointhook()
        return
    import pdb  # the debugger is asked for, and with it what it imports

    debugger = pdb.Pdb()
    debugger.message(f"wherefrom: {name} is first asked for here")
    debugger.reset()
    around = frame
    while around is not None:  # stepping on works from any of these
        around.f_trace = debugger.trace_dispatch
        debugger.botframe = around
        around = around.f_back
    debugger.interaction(frame, None)
    if not debugger.quitting and (debugger.stopframe is not debugger.botframe or debugger.breaks):
        sys.settrace(debugger.trace_dispatch)
    else:
        _untraced(frame)
    if debugger.quitting:
        raise KeyboardInterrupt


def _untraced(frame: "Any") -> None:
    while frame is not None:
        frame.f_trace = None
        frame = frame.f_back
