"""Tracebacks without the import system's own frames, as the interpreter's are.

Decides which frames are ours: those of the code in this folder. The interpreter takes the frames of
its importlib out of tracebacks too (``remove_importlib_frames``, ``Python/import.c``). Changes nothing
else of an exception.
"""

from .paths import split


def without_our_frames(error: BaseException) -> None:
    """Take our frames out of an exception's traceback, all but the one that is handling it."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        following = place.tb_next
        if following.tb_frame.f_code.co_filename.startswith(_FOLDER):
            place.tb_next = following.tb_next
        else:
            place = following


_FOLDER = split(without_our_frames.__code__.co_filename)[0]
