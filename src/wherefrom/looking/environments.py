"""The question for other environments: virtual ones, users', tools', the system's, those of other Pythons.

Decides where on this machine a module may lie that the explained interpreter does not see. Nothing is
run; directories are listed.
"""

from __future__ import annotations

import glob
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .start import Start

_SUFFIXES = (".py", ".so", ".pyd", ".pyc")
_SITES = ("lib/python*/site-packages", "lib64/python*/site-packages", "Lib/site-packages")
_DEBIAN = ("lib/python3/dist-packages", "lib/python3*/dist-packages", "local/lib/python3*/dist-packages")
_TOOLS = (".local/share/pipx/venvs/*", ".local/pipx/venvs/*", ".local/share/uv/tools/*")
_CONDA = ("miniconda3", "anaconda3", "miniforge3", "mambaforge", "micromamba", ".conda")
_USUAL = ("venv", ".venv", "env", ".env", "virtualenv", ".virtualenv")
_MOST_UP = 4


def elsewhere(start: Start, name: str) -> list[dict[str, Any]]:
    """Tell in which environments a top-level module lies, those nearest to the program first.

    Returns:
        For each: ``kind`` (venv, own, user, conda, tool, kernel, interpreter, system), ``prefix``,
        ``directory``, ``path`` of the module, ``version`` of the Python it is for (such as ``3.12``,
        empty for any), ``active`` (whether the environment's variable names it), ``distribution`` and
        ``release`` of what provides it, if that is known.
    """
    found: dict[str, dict[str, Any]] = {}
    for kind, prefix in _prefixes(start):
        for directory in _directories(kind, prefix):
            real = os.path.realpath(directory)
            lies = None if real in found else _offer(directory, name)
            if lies is not None:
                found[real] = _told(kind, prefix, directory, lies, name)
    return list(found.values())


def _prefixes(start: Start) -> Iterator[tuple[str, str]]:
    home = os.environ.get("HOME") or str(Path("~").expanduser())
    yield "own", str(Path(start.python).parent.parent)
    for variable, kind in (("VIRTUAL_ENV", "venv"), ("CONDA_PREFIX", "conda")):
        if os.environ.get(variable):
            yield kind, os.environ[variable]
    for place, names in _near(start):
        yield from (("venv", str(config.parent)) for config in _environments_in(place, names))
    yield "user", os.environ.get("PYTHONUSERBASE") or f"{home}/.local"
    if os.environ.get("SUDO_USER"):
        yield "user", str(Path(f"~{os.environ['SUDO_USER']}").expanduser() / ".local")
    for one in _many([os.environ.get("PIPX_HOME", "") + "/venvs/*", *(f"{home}/{one}" for one in _TOOLS)]):
        yield "tool", one
    bases = [
        os.environ.get("CONDA_PREFIX", ""),
        str(Path("/", "opt", "conda")),
        *(f"{home}/{one}" for one in _CONDA),
    ]
    for base in bases:
        if base and Path(base).is_dir():
            yield "conda", base
            yield from (("conda", one) for one in _many([f"{base}/envs/*"]))
    yield from (("kernel", prefix) for prefix in _kernels(home))
    yield from (("interpreter", one) for one in _interpreters(start, home))
    yield from (("system", one) for one in ("/usr", "/usr/local", str(Path("/", "opt", "homebrew"))))


def _near(start: Start) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Give the directories of the program with all that is in them, and those above by usual names only."""
    places = [Path(start.cwd)] if start.cwd else []
    if start.program == "script" and start.cwd:
        places.append((Path(start.cwd) / start.target).parent)
    for place in dict.fromkeys(places):
        yield place, tuple(_listed(place))
        yield from ((above, _USUAL) for above in list(place.parents)[:_MOST_UP])


def _listed(place: Path) -> list[str]:
    try:
        return sorted(os.listdir(place))[:300]  # noqa: PTH208  # names alone
    except OSError:
        return []


def _environments_in(place: Path, names: tuple[str, ...]) -> Iterator[Path]:
    yield from (place / name / "pyvenv.cfg" for name in names if (place / name / "pyvenv.cfg").is_file())


def _many(patterns: list[str]) -> Iterator[str]:
    for pattern in patterns:
        if pattern.startswith("/") and not pattern.startswith("/venvs/"):
            yield from sorted(glob.glob(pattern))  # noqa: PTH207  # a pattern of absolute paths


def _interpreters(start: Start, home: str) -> Iterator[str]:
    """Give the prefixes of the interpreters on PATH, of the base of ours, and of those of pyenv."""
    base = Path(start.python).resolve()
    yield str(base.parent.parent)
    for directory in os.environ.get("PATH", "").split(os.pathsep):
        for one in _many([f"{directory}/python3*"]):
            if Path(one).name.removeprefix("python").replace(".", "").isdigit():
                yield str(Path(directory).parent)
                yield str(Path(one).resolve().parent.parent)
    yield from _many([f"{home}/.pyenv/versions/*", f"{home}/.local/share/uv/python/*"])


def _kernels(home: str) -> Iterator[str]:
    for file in _many([f"{home}/.local/share/jupyter/kernels/*/kernel.json"]):
        try:
            told = json.loads(Path(file).read_text("utf-8"))
            yield str(Path(told["argv"][0]).parent.parent)
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            continue


def _directories(kind: str, prefix: str) -> Iterator[str]:
    patterns = [*_SITES, *_DEBIAN] if kind in ("system", "interpreter") else [*_SITES]
    for pattern in patterns:
        yield from sorted(glob.glob(f"{glob.escape(prefix)}/{pattern}"))  # noqa: PTH207  # a pattern as text


def _offer(directory: str, name: str) -> str | None:
    """Give the file or directory that a name would come from; several suffixes of extensions count."""
    place = Path(directory)
    for suffix in _SUFFIXES[:1]:
        if (place / f"{name}{suffix}").is_file():
            return str(place / f"{name}{suffix}")
    package = place / name
    if package.is_dir() and any(item.suffix in _SUFFIXES for item in package.iterdir()):
        return str(package)
    built = [one for one in sorted(place.glob(f"{glob.escape(name)}.*")) if one.suffix in _SUFFIXES]
    return str(built[0]) if built else None


def _told(kind: str, prefix: str, directory: str, lies: str, name: str) -> dict[str, Any]:
    from .distributions import distributions

    owners = [one for one in distributions((directory,)) if name in one["modules"]]
    version = next((part[6:] for part in Path(directory).parts if part.startswith("python3.")), "")
    active = prefix in (os.environ.get("VIRTUAL_ENV"), os.environ.get("CONDA_PREFIX"))
    return {
        "kind": kind,
        "prefix": prefix,
        "directory": directory,
        "path": lies,
        "version": version,
        "active": active,
        "distribution": owners[0]["name"] if owners else None,
        "release": owners[0]["version"] if owners else None,
    }
