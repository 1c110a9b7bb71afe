"""A `._pth` file: it lies beside the executable and replaces everything else on the path.

It finds the file the interpreter would find and reads its lines. It is read by us, because asking
the interpreter would run `site`: a line `import site` overrules even `-S`. It mirrors the `._pth`
part of `Modules/getpath.py`.
"""

from __future__ import annotations

import os

import attrs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

# The interpreter reads no more than this of a ._pth file.
_LIMIT = 32 * 1024


@attrs.frozen
class UnderscorePth:
    """A `._pth` file, read.

    Attributes:
        file: Where it is.
        lines: The path lines: number and absolute path, missing ones and duplicates included.
        import_site: Whether it brings `site` back.
        ignored: The lines that are neither: `import` of something else.
    """

    file: str
    lines: tuple[tuple[int, str], ...]
    import_site: bool
    ignored: tuple[tuple[int, str], ...] = ()


def find(python: str, env: Mapping[str, str], cwd: str | None = None) -> UnderscorePth | None:
    """Find and read the `._pth` file that rules an interpreter, if there is one.

    Args:
        python: The executable as the invocation spells it.
        env: The environment; `PATH` is used for a bare name.
        cwd: The working directory.

    Returns:
        The file, or None, which is the usual case outside embedded distributions.
    """
    # A launcher's variable moves the first place only: the links followed are those of the file that runs.
    for place in (program(python, env, cwd), _follow(_found(python, env, cwd))):
        candidate = place + "._pth"
        text = _read(candidate) if place else None
        if text is not None:
            return _parse(candidate, text)
    return None


def program(python: str, env: Mapping[str, str], cwd: str | None = None) -> str:
    """Return the absolute path under which the interpreter will know itself, or `""`."""
    return _found(env.get("PYTHONEXECUTABLE") or env.get("__PYVENV_LAUNCHER__") or python, env, cwd)


def _found(named: str, env: Mapping[str, str], cwd: str | None) -> str:
    if os.sep in named:
        return os.path.normpath(os.path.join(_directory(cwd), named))
    import shutil

    found = shutil.which(named, path=env.get("PATH") or os.defpath)
    return os.path.normpath(os.path.join(_directory(cwd), found)) if found else ""


def _directory(cwd: str | None) -> str:
    """Return the working directory; if it was deleted, a relative name leads nowhere anyway."""
    try:
        return cwd or os.getcwd()
    except OSError:
        return "/nonexistent"


def _follow(executable: str) -> str:
    """Follow the links of the file itself, not those of its directories."""
    for _ in range(40):
        try:
            target = os.readlink(executable)
        except OSError:
            return executable
        executable = os.path.normpath(os.path.join(os.path.dirname(executable), target))
    return executable


def _read(path: str) -> str | None:
    try:
        with open(path, "rb") as file:
            return file.read(_LIMIT).decode("utf-8", "surrogateescape")
    except OSError:
        return None


def _parse(file: str, text: str) -> UnderscorePth:
    directory = os.path.dirname(file)
    lines: list[tuple[int, str]] = []
    ignored: list[tuple[int, str]] = []
    import_site = False
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.partition("#")[0].strip()
        if line == "import site":
            import_site = True
        elif line.startswith("import "):
            ignored.append((number, line))
        elif line:
            lines.append((number, os.path.normpath(os.path.join(directory, line))))
    return UnderscorePth(file, tuple(lines), import_site, tuple(ignored))
