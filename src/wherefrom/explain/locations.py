"""What lies on the disk for a name: on the search path, in a directory, around the program.

Decides which file of a directory the path based finder would take, from the answers of `Surroundings`
alone, and where else a module of that name lies that the program may have meant. It makes no finding.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .case import Case

_SITE = ("site-packages", "dist-packages")
_PROJECT = ("pyproject.toml", "setup.py", "setup.cfg", ".git/", "tox.ini", "requirements.txt")
_SOURCES = ("src", "lib", "python")
_TOO_WIDE = ("/", "/home", "/root", "/tmp", "/var", "/var/tmp", "/usr", "/opt", "/srv", "/Users")
_LEVELS = 3


@attrs.frozen
class Place:
    """A place where a name is to be had.

    Attributes:
        name: the name that was looked for there.
        entry: the directory that was looked in.
        file: the file that would be loaded; for a directory without ``__init__`` the directory.
        kind: ``package``, ``extension``, ``source``, ``bytecode`` or ``directory``.
    """

    name: str
    entry: str
    file: str
    kind: str

    @property
    def home(self) -> str:
        """What people call the module: the directory of a package, the file of a module."""
        return parent(self.file) if self.kind == "package" else self.file

    @property
    def inside(self) -> str | None:
        """Where its submodules are looked for; None for a module."""
        return self.home if self.kind in ("package", "directory") else None


def join(*parts: str) -> str:
    """Join parts of a path as text, without a slash too many and without ``.`` in between."""
    return posixpath.normpath(posixpath.join(*parts))


def parent(path: str) -> str:
    """Give the directory of a file, as text."""
    return posixpath.dirname(path)


def absolute(case: Case, entry: str) -> str:
    """Give an entry of the path as it stood at the start of the program: '' is the working directory."""
    return join(case.cwd or "/", entry)


def entries(case: Case, path: Iterable[str] | None = None) -> tuple[str, ...]:
    """Give the entries of the search path, absolute, each once, without what is no text."""
    found = case.path if path is None else path
    return tuple(dict.fromkeys(absolute(case, one) for one in found if not one.startswith("<")))


def in_directory(case: Case, name: str, directory: str) -> Place | None:
    """Tell what of a directory a file finder would take for a name.

    Args:
        case: the case.
        name: the last part of a module's name.
        directory: the directory, absolute.

    Returns:
        The place; None if the directory has nothing of that name.
    """
    there = set(case.listing(directory))
    suffixes = _suffixes(case)
    if f"{name}/" in there:
        inner = set(case.listing(join(directory, name)))
        for suffix, _ in suffixes:
            if f"__init__{suffix}" in inner:
                return Place(name, directory, join(directory, name, f"__init__{suffix}"), "package")
    for suffix, kind in suffixes:
        if name + suffix in there:
            return Place(name, directory, join(directory, name + suffix), kind)
    return Place(name, directory, join(directory, name), "directory") if f"{name}/" in there else None


def _suffixes(case: Case) -> list[tuple[str, str]]:
    extensions = [(suffix, "extension") for suffix in case.facts.get("extension_suffixes") or (".so",)]
    return [*extensions, (".py", "source"), (".pyc", "bytecode")]


def on_path(case: Case, name: str, path: Iterable[str] | None = None) -> tuple[Place, ...]:
    """Give every place on the search path where a top-level name is to be had, the first entry's first."""
    found = (in_directory(case, name, entry) for entry in entries(case, path))
    return tuple(place for place in found if place is not None)


def winner(places: Iterable[Place]) -> Place | None:
    """Tell which of several places the path based finder takes: a directory only where nothing else is."""
    found = list(places)
    return next((one for one in found if one.kind != "directory"), found[0] if found else None)


def below(case: Case, place: Place, rest: str) -> Place | None:
    """Follow a dotted name down from the place of its beginning; the place itself for no rest."""
    here: Place | None = place
    for part in rest.split(".") if rest else ():
        if here is None or here.inside is None:
            return None
        here = in_directory(case, part, here.inside)
    return here


def provides(case: Case, place: Place, item: str) -> bool | None:
    """Say whether a module has a name: binds it at its top, or has a submodule of it; None for who knows."""
    if place.inside is not None and in_directory(case, item, place.inside) is not None:
        return True
    if place.kind == "directory":
        return False
    told = case.outline(place.file) if place.file.endswith(".py") else None
    if told is None or told["error"] is not None:
        return None
    if any(one["name"] == item for one in told["bindings"]):
        return True
    names = {one["name"] for one in told["bindings"]}
    stars = any(one["names"] and ["*", None] in one["names"] for one in told["imports"])
    return None if stars or "__getattr__" in names else False


def is_site(path: str) -> bool:
    """Say whether a path leads into a directory that distributions are installed in."""
    return any(f"/{word}/" in f"{path}/" for word in _SITE)


def owner(case: Case, place: Place) -> dict[str, Any] | None:
    """Give the distribution that a place on the path belongs to."""
    owned = case.distribution_of(place.file)
    if owned is not None:
        return owned
    for one in case.distributions:
        if join(one["entry"]) == place.entry and place.name in one["modules"]:
            return one
    return None


def named(distribution: dict[str, Any] | None) -> str:
    """Name a distribution with its version."""
    return "" if distribution is None else f"{distribution['name']} {distribution['version']}".strip()


# -- around the program ---------------------------------------------------------------------------


def script(case: Case) -> str | None:
    """Give the file that was run as a script, absolute; for a directory its ``__main__.py``."""
    kind, target = case.start.get("program"), case.start.get("target") or ""
    if kind == "script":
        return absolute(case, target)
    if kind == "place" and (case.stat(absolute(case, target)) or {}).get("kind") == "directory":
        return join(absolute(case, target), "__main__.py")
    held = case.held("__main__")
    return held.origin if held is not None and kind == "module" else None


def is_project(case: Case, directory: str) -> bool:
    """Say whether a directory looks like the root of a project."""
    return bool(set(_PROJECT) & set(case.listing(directory)))


def levels(case: Case, *starts: str) -> Iterator[str]:
    """Give the directories around the program, the nearest first: up to the root of its project."""
    seen = set()
    for start in starts or _starts(case):
        here = start
        for _ in range(_LEVELS):
            if here in seen or _is_too_wide(case, here):
                break
            seen.add(here)
            yield here
            if is_project(case, here):
                break
            here = parent(here)


def _starts(case: Case) -> list[str]:
    file = script(case)
    asked = [parent(one.where.file) for one in case.failures if one.where is not None]
    asked = [
        one for one in asked if one.startswith("/") and not is_site(one) and not case.is_stdlib(one + "/")
    ]
    return list(dict.fromkeys([case.cwd, *([parent(file)] if file else []), *asked]))


def _is_too_wide(case: Case, directory: str) -> bool:
    home = case.environment.get("HOME") or "/"
    return directory in ("", home, *_TOO_WIDE) or is_site(directory)


def nearby(case: Case, name: str) -> tuple[Place, ...]:
    """Give the places around the program, on the path or not, where a top-level name is to be had.

    The directories around it are looked at, and those directly in them. A directory without
    ``__init__`` counts only if it has modules in it.
    """
    found: dict[str, Place] = {}
    for level in levels(case):
        inner = [
            one[:-1]
            for one in case.listing(level)
            if one.endswith("/") and not one.startswith((".", "__")) and one[:-1] != name
        ]
        inner.sort(key=lambda one: (one not in _SOURCES, one))
        for directory in (level, *[join(level, one) for one in inner[:60]]):
            if "pyvenv.cfg" in case.listing(directory):
                continue
            place = in_directory(case, name, directory)
            if place is not None and (place.kind != "directory" or _has_modules(case, place.file)):
                found.setdefault(place.file, place)
    return tuple(found.values())


def _has_modules(case: Case, directory: str) -> bool:
    return any(one.endswith(".py") for one in case.listing(directory))


def dotted(case: Case, file: str) -> tuple[str, str]:
    """Tell by its directories which module a source file is.

    Returns:
        Its dotted name, and the directory that its topmost package lies in.
    """
    parts, here = [posixpath.basename(file).rpartition(".")[0]], parent(file)
    if parts[0] in ("__init__", "__main__") and "__init__.py" in case.listing(here):
        parts = []
    while "__init__.py" in case.listing(here) and here != "/":
        parts.insert(0, posixpath.basename(here))
        here = parent(here)
    return ".".join(parts), here


def path_changes(case: Case, file: str) -> list[tuple[int, str]]:
    """Give the lines of a source file that seem to change ``sys.path``: number and text."""
    text = case.text(file) or ""
    words = (".append(", ".insert(", ".extend(", "[", " =", "=", ".remove(", " +=", ".pop(")
    return [
        (number, line.strip())
        for number, line in enumerate(text.splitlines(), 1)
        if "sys.path" in line
        and any(f"sys.path{word}" in line for word in words)
        and not line.lstrip().startswith("#")
        and "sys.path_" not in line
    ] + [
        (number, line.strip())
        for number, line in enumerate(text.splitlines(), 1)
        if "site.addsitedir(" in line
    ]
