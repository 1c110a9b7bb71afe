"""The first stage: the initial list, asked of the interpreter, each entry with its source.

How an interpreter finds its installation is the part that vendors patch and that changes between
patch releases, so it is not modelled but asked (`EXE -S -P -c`, same environment, same directory,
same spelling). What is decided here is only which entry is which: that is known by position. Read
`site_stage.py` for what happens to the list next. It mirrors the end of `Modules/getpath.py`.
"""

from __future__ import annotations

import os

import attrs

from wherefrom.search_path import underscore_pth
from wherefrom.search_path.asking import ask
from wherefrom.search_path.result import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from wherefrom.search_path.invocation import Invocation
    from wherefrom.search_path.result import Detail

# posix, _locale and zipimport are built in or frozen and loaded before any file is read.
# The path of the program is handed in so that the interpreter's own zipimport judges it.
_START = r"""
import sys, posix, zipimport, _imp
def cwd():
    try:
        return posix.getcwd()
    except OSError:
        return None
def kind(path):
    if not path:
        return None
    try:
        zipimport.zipimporter(path)
        return "archive"
    except Exception:
        pass
    try:
        return "directory" if posix.stat(path).st_mode & 0o170000 == 0o040000 else None
    except (OSError, ValueError):
        return None
def locale_encoding():
    try:
        import _locale
        return _locale.getencoding()
    except Exception:
        return "utf-8"
def cuts_at_null():
    normalise = getattr(posix, "_path_normpath", None)
    return normalise is not None and "\0" not in normalise("/a\0b")
def run_path(name):
    if name is None:
        return None
    here = cwd()
    if name[:1] == "/" or here is None:
        return name if name[:1] == "/" else None
    return here if name in (".", "") else here + "/" + name
names = sys.argv[1:]
main = run_path(names[0] if names else None)
answer = {
    "version": tuple(sys.version_info[:2]), "path": tuple(sys.path), "executable": sys.executable,
    "prefix": sys.prefix, "exec_prefix": sys.exec_prefix,
    "base_prefix": sys.base_prefix, "base_exec_prefix": sys.base_exec_prefix, "platlibdir": sys.platlibdir,
    "no_user_site": bool(sys.flags.no_user_site), "cwd": cwd(), "main_path": main, "main_kind": kind(main),
    "encoding": sys.getfilesystemencoding(), "locale": locale_encoding(), "cuts_at_null": cuts_at_null(),
    "ids_differ": posix.getuid() != posix.geteuid() or posix.getgid() != posix.getegid(),
}
"""


@attrs.frozen
class Initial:
    """An entry of the initial list: its path, its source and that source's detail."""

    path: str
    source: str
    detail: Detail = None


@attrs.frozen
class Start:
    """What the interpreter says of itself before `site` runs, for one invocation.

    Attributes:
        version: Major and minor.
        entries: The initial list, each entry with its source.
        executable, prefix, exec_prefix, base_prefix, base_exec_prefix, platlibdir: As in `sys`.
        no_user_site: Whether a variable or flag that it was asked with switches user site off.
        cwd: The working directory, or None if it is gone.
        main_path: The program as a path entry, if it were a directory or an archive.
        main_kind: `"directory"` or `"archive"`, if the program is one.
        encoding: The file system encoding.
        locale: The locale's encoding.
        cuts_at_null: Whether its `normpath` cuts at a null character.
        ids_differ: Whether it runs with another user's or group's rights.
        pth: The `._pth` file that rules it, or None.
    """

    version: tuple[int, int]
    entries: tuple[Initial, ...]
    executable: str
    prefix: str
    exec_prefix: str
    base_prefix: str
    base_exec_prefix: str
    platlibdir: str
    no_user_site: bool
    cwd: str | None
    main_path: str | None
    main_kind: str | None
    encoding: str
    locale: str
    cuts_at_null: bool
    ids_differ: bool
    pth: underscore_pth.UnderscorePth | None = None


def start(
    python: str, invocation: Invocation, *, env: Mapping[str, str], cwd: str | None, timeout: float
) -> Start:
    """Ask the interpreter how it would start for this invocation.

    Args:
        python: The executable as the invocation spells it.
        invocation: The command line.
        env: The environment.
        cwd: The working directory, None for ours.
        timeout: Seconds to wait.

    Returns:
        What it says.

    Raises:
        AskingError: It would not start, or is no interpreter.
    """
    pth = underscore_pth.find(python, env, cwd)
    arguments = (invocation.operand,) if invocation.mode == "script" else ()
    if pth is not None and pth.import_site:
        answer = ask(
            python,
            _START,
            flags=tuple(flag for flag in invocation.probe_flags if flag not in ("-E", "-I")),
            arguments=arguments,
            env=around(pth, invocation, env),
            cwd=cwd,
            timeout=timeout,
            program_name=NOWHERE,
        )
        answer.update(_as_ruled_by(pth, python, env, cwd, answer["version"]))
    else:
        answer = ask(
            python,
            _START,
            flags=invocation.probe_flags,
            arguments=arguments,
            env=env,
            cwd=cwd,
            timeout=timeout,
        )
    return _labelled(answer, invocation, env, pth)


# A program name with nothing beside it: under it the interpreter does not find its ._pth file.
NOWHERE = "/nonexistent/wherefrom/python"


def around(
    pth: underscore_pth.UnderscorePth, invocation: Invocation, env: Mapping[str, str]
) -> dict[str, str]:
    """Make an environment in which the interpreter starts without its `._pth` file and without `site`.

    Variables such as PYTHONPLATLIBDIR and PYTHONUTF8 stay: they are read before the file is found.
    """
    moving = ("PYTHONHOME", "PYTHONEXECUTABLE", "__PYVENV_LAUNCHER__")
    hidden = moving if invocation.uses_environment else ("PYTHON", "__PYVENV_LAUNCHER__")
    kept = {name: value for name, value in env.items() if not name.startswith(hidden)}
    return {**kept, "PYTHONPATH": os.pathsep.join(path for _, path in pth.lines)}


def _as_ruled_by(
    pth: underscore_pth.UnderscorePth,
    python: str,
    env: Mapping[str, str],
    cwd: str | None,
    version: tuple[int, int],
) -> dict[str, Any]:
    """Say what the interpreter would have said of itself, had the file been heeded."""
    home = os.path.dirname(pth.file)
    executable = underscore_pth.program(python, env, cwd)
    # Since 3.14 the prefix of a virtual environment is set before site runs, ._pth or not.
    prefix = _venv_prefix(executable) or home if version >= (3, 14) else home
    return {
        "path": tuple(path for _, path in pth.lines),
        "executable": executable,
        "prefix": prefix,
        "exec_prefix": prefix,
        "base_prefix": home,
        "base_exec_prefix": home,
        "no_user_site": False,
    }


def _venv_prefix(executable: str) -> str | None:
    """Find `pyvenv.cfg` as the interpreter does: one level up first, then beside the executable."""
    directory = os.path.dirname(executable)
    places = (os.path.dirname(directory), directory)
    return next((place for place in places if os.path.isfile(os.path.join(place, "pyvenv.cfg"))), None)


def _labelled(
    answer: dict[str, Any],
    invocation: Invocation,
    env: Mapping[str, str],
    pth: underscore_pth.UnderscorePth | None,
) -> Start:
    paths = answer.pop("path")
    if pth is not None:
        entries = _from_pth(paths, pth)
    else:
        value = env.get("PYTHONPATH", "") if invocation.uses_environment else ""
        entries = _by_position(paths, value.count(os.pathsep) + 1 if value else 0)
    return Start(entries=entries, pth=pth, **answer)


def _from_pth(paths: tuple[str, ...], pth: underscore_pth.UnderscorePth) -> tuple[Initial, ...]:
    if len(paths) != len(pth.lines):
        return tuple(Initial(path, "unknown") for path in paths)
    return tuple(
        Initial(path, "_pth", Place(pth.file, number))
        for path, (number, _) in zip(paths, pth.lines, strict=True)
    )


def _by_position(paths: tuple[str, ...], items: int) -> tuple[Initial, ...]:
    """Label the list from both ends: PYTHONPATH in front, the installation's three behind."""
    own = ("stdlib-zip", "stdlib", "lib-dynload")
    if len(paths) < items + len(own):
        return tuple(Initial(path, "unknown") for path in paths)
    tail = len(paths) - len(own)
    return (
        *(Initial(path, "pythonpath", number) for number, path in enumerate(paths[:items], 1)),
        *(Initial(path, "unknown") for path in paths[items:tail]),
        *(Initial(path, source) for path, source in zip(paths[tail:], own, strict=True)),
    )
