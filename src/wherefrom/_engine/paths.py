"""Paths as text, joined and made absolute the way the import system does it.

These are not ``os.path``'s rules: trailing separators are cut before joining, nothing is
normalized, and what counts as absolute is simpler. Looks at no disk. Mirrors ``_path_join``,
``_path_split``, ``_path_isabs`` and ``_path_abspath`` of ``importlib/_bootstrap_external.py``;
on Windows, where drives and roots make these rules long, the interpreter's own functions are used.
"""

import sys

from .genuine import external as _external

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from collections.abc import Callable

ON_WINDOWS = sys.platform == "win32"
SEPARATOR = "\\" if ON_WINDOWS else "/"


def _join_posix(head: str, tail: str) -> str:
    # An empty part vanishes, trailing slashes are cut: "/a/" + "b" is "/a/b", "/" + "b" is "/b".
    if not head:
        return tail.rstrip("/")
    return f"{head.rstrip('/')}/{tail.rstrip('/')}" if tail else head.rstrip("/")


def _is_absolute_posix(path: str) -> bool:
    return path.startswith("/")


def _split_posix(path: str) -> tuple[str, str]:
    cut = path.rfind("/")
    return ("", path) if cut < 0 else (path[:cut], path[cut + 1 :])


if ON_WINDOWS:
    join: "Callable[[str, str], str]" = _external._path_join
    split: "Callable[[str], tuple[str, str]]" = _external._path_split
    is_absolute: "Callable[[str], bool]" = _external._path_isabs
else:
    join = _join_posix
    split = _split_posix
    is_absolute = _is_absolute_posix


def absolute(path: str, getcwd: "Callable[[], str]", *, cuts_dot: bool = True) -> str:
    """Put the current directory before a relative path, textually.

    Args:
        path: the path.
        getcwd: tells the current directory.
        cuts_dot: whether a leading ``./`` goes, as since 3.12.

    Raises:
        OSError: the path is relative and the current directory is gone.
    """
    if is_absolute(path):
        return path
    if cuts_dot:
        for separator in ("\\", "/") if ON_WINDOWS else ("/",):
            path = path.removeprefix(f".{separator}")
    return join(getcwd(), path)
