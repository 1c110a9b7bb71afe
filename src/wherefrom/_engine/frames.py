"""Our own frames: taken out of tracebacks, as the interpreter's are, and laid so that they cost little.

Decides which frames are ours: those of the code in this folder, and of what it calls to have the
interpreter import a module that is shared. The interpreter takes the frames of
its importlib out of tracebacks too (``remove_importlib_frames``, ``Python/import.c``). Changes nothing
else of an exception.
"""

from .paths import split
from .seam import roomy

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def without_our_frames(error: BaseException) -> None:
    """Take our frames out of an exception's traceback, all but the one that is handling it."""
    place = error.__traceback__
    is_ours = True  # what is handling it
    while place is not None and place.tb_next is not None:
        following = place.tb_next
        frame = following.tb_frame
        called = is_ours and frame.f_globals.get("__name__") in _CALLED
        is_ours = called or frame.f_code.co_filename.startswith(_FOLDER)
        if is_ours:
            place.tb_next = following.tb_next
        else:
            place = following


def with_room(work: "Callable[..., Any]", *arguments: "Any") -> "Any":
    """Do something that runs modules, with much room for frames on top of this one."""
    return work(*arguments)


roomy(with_room)
_FOLDER = split(without_our_frames.__code__.co_filename)[0]
# Where an import of the interpreter goes through that is made for a world.
_CALLED = (
    "wherefrom.sharing",
    "importlib",
    "importlib._bootstrap",
    "importlib._bootstrap_external",
    "_frozen_importlib",
    "_frozen_importlib_external",
)
