"""How `site` sees a virtual environment, and where the user's own directory lies.

`site` looks for `pyvenv.cfg` beside the executable first, then one level up, and reads one key. (The
interpreter itself looked before, in the other order: that is part of what `start.py` asks.) It
mirrors `venv` and `_getuserbase` of `Lib/site.py`. Reference: PEP 405, PEP 370.
"""

from __future__ import annotations

import os

import attrs

from wherefrom.search_path.draft import FatalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from wherefrom.search_path.disk import Disk


@attrs.frozen
class Configuration:
    """A `pyvenv.cfg` as `site` reads it.

    Attributes:
        file: Where it is.
        prefix: The directory that `site` takes for the environment's.
        system_site: Whether the base's site directories count as well; true if not said otherwise.
    """

    file: str
    prefix: str
    system_site: bool


def venv_configuration(executable: str, disk: Disk) -> Configuration | None:
    """Find and read the configuration of the virtual environment that an executable belongs to.

    Args:
        executable: The interpreter's `sys.executable`.
        disk: The disk as it sees it.

    Returns:
        The configuration, or None outside a virtual environment.

    Raises:
        FatalError: The file is not UTF-8, which kills the interpreter.
    """
    directory = os.path.dirname(disk.absolute(executable))
    prefix = os.path.dirname(directory)
    for place in (directory, prefix):
        file = os.path.join(place, "pyvenv.cfg")
        if disk.is_file(file):
            return Configuration(file, prefix, _system_site(file, disk))
    return None


def _system_site(file: str, disk: Disk) -> bool:
    """Read the one key that counts: the last of several wins, anything but `true` is false."""
    try:
        text = disk.read(file).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FatalError(
            f"Python would die while it starts: {file} cannot be read as UTF-8 ({error})"
        ) from None
    value = "true"
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        key, equals, said = line.partition("=")
        if equals and key.strip().lower() == "include-system-site-packages":
            value = said.strip().lower()
    return value == "true"


def user_base(env: Mapping[str, str]) -> str:
    """Return the directory below which the user site directory lies.

    `PYTHONUSERBASE` counts even under `-E`, and its `~` is not expanded.

    Args:
        env: The environment.
    """
    return env.get("PYTHONUSERBASE") or f"{_home(env)}/.local"


def _home(env: Mapping[str, str]) -> str:
    """Mirror `os.path.expanduser("~")`: the variable, even if empty, else the user database."""
    if "HOME" in env:
        return env["HOME"].rstrip("/")
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_dir.rstrip("/")
    except KeyError:
        return "~"
