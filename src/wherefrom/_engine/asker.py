"""Who asks: the module, file and line of the statement that an import comes from.

Decides which frames are the import system's own and are passed over. Keeps no frame. ``live.py`` asks
at the beginning of every import.
"""

from sys import _getframe

from .seam import relabelled

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

# Files of the import system: its two frozen halves. importlib.import_module may lie in a file.
_MACHINERY = "<frozen importlib"
# Import runpy in the interpreter's place, which has no frame of Python.
_LAUNCHERS = (f"{__package__}.program", f"{__package__}.aside")
_name_in = dict.get


def asker() -> "tuple[Any, str, str | None, int | None]":
    """Find the frame that the present import comes from.

    Returns:
        The frame, its module's name, its file and its line; None, an empty name and nothing else for
        an import that no Python code asked for.
    """
    # Two up is the function at the seam, and there may be nothing above it: C code imports when the program
    # is over, to print its traceback. An audit hook sees an event for this, and does not see an
    # exception that is raised for its traceback, which costs twice as much.
    frame: Any = _getframe(2).f_back
    while frame is not None:
        file = frame.f_code.co_filename
        if not file.startswith(_MACHINERY):
            name = _name_in(frame.f_globals, "__name__")
            if name in _LAUNCHERS:
                break
            if name == "importlib" and frame.f_code.co_name == "import_module":
                frame = frame.f_back
                continue
            return frame, name if name.__class__ is str else "", file, frame.f_lineno
        frame = frame.f_back
    return None, "", None, None


relabelled(asker)
