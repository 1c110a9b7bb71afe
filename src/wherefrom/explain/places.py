"""Where modules lie: what a directory or an archive offers under a name, by its listing alone.

Decides no finding: it answers "what would be found there" from surroundings, so that it works where
tracing only observed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .case import Case

_SUFFIXES = (".py", ".pyc")


@attrs.frozen
class Offer:
    """What a directory offers under a name.

    Attributes:
        kind: ``package`` (with an ``__init__`` file), ``module``, or ``directory`` (without one).
        file: the ``__init__`` file, the module file, or the directory.
        entry: where it was found.
    """

    kind: str
    file: str
    entry: str

    @property
    def directory(self) -> str:
        """The directory of a package, or the one that a module file lies in."""
        return self.file if self.kind == "directory" else self.file.rpartition("/")[0]


def suffixes(case: Case) -> tuple[str, ...]:
    """Give the suffixes of module files, in the order in which they are tried."""
    return (*(case.facts.get("extension_suffixes") or (".so", ".pyd")), *_SUFFIXES)


def full(case: Case, entry: str) -> str:
    """Give an entry of the path without regard to the working directory."""
    if entry.startswith(("<", "/")):
        return entry.rstrip("/") or "/"
    return f"{case.cwd.rstrip('/')}/{entry}".rstrip("/") if case.cwd else entry


def listing(case: Case, directory: str) -> list[str]:
    """Name what lies in a directory or in an archive; empty for what is neither."""
    found = case.listing(directory)
    if found or not (directory.endswith((".zip", ".whl", ".egg", ".pyz")) or ".zip/" in directory):
        return found
    archive, inner = directory, ""
    if ".zip/" in directory:
        head, _, inner = directory.partition(".zip/")
        archive, inner = f"{head}.zip", f"{inner}/"
    names = case.archive_names(archive)
    below = [name[len(inner) :] for name in names if name.startswith(inner)]
    return sorted(
        {part + "/" * bool(cut) for part, cut, _ in (name.partition("/") for name in below) if part}
    )


def offer(case: Case, directory: str, name: str) -> Offer | None:
    """Tell what a directory offers under the last part of a name; None for nothing."""
    here = listing(case, directory)
    if f"{name}/" in here:
        inner = listing(case, f"{directory}/{name}")
        for suffix in suffixes(case):
            if f"__init__{suffix}" in inner:
                return Offer("package", f"{directory}/{name}/__init__{suffix}", directory)
    for suffix in suffixes(case):
        if name + suffix in here:
            return Offer("module", f"{directory}/{name}{suffix}", directory)
    if f"{name}/" in here:
        return Offer("directory", f"{directory}/{name}", directory)
    return None


def entries(case: Case) -> tuple[str, ...]:
    """Give the entries of the search path, each once, in full."""
    return tuple(dict.fromkeys(full(case, entry) for entry in case.path if not entry.startswith("<")))


def offers(case: Case, name: str) -> Iterator[Offer]:
    """Tell what the entries of the search path offer under a top-level name, in their order."""
    for entry in entries(case):
        found = offer(case, entry, name)
        if found is not None:
            yield found


def winner(case: Case, name: str) -> Offer | None:
    """Tell which file the search path gives for a dotted name; a namespace package has none.

    It goes by the directories alone: what finders and hooks of the program answer is not regarded.
    """
    places = entries(case)
    found: Offer | None = None
    for part in name.split("."):
        seen = [one for place in places if (one := offer(case, place, part)) is not None]
        found = next((one for one in seen if one.kind != "directory"), seen[0] if seen else None)
        if found is None:
            return None
        alone = found.kind == "package"
        places = (found.directory,) if alone else tuple(one.file for one in seen if one.kind == "directory")
    return found


def locations(case: Case, package: str) -> tuple[str, ...]:
    """Give the directories that a package's submodules are looked for in.

    What the package had at the end of the program comes first, then what the trail shows, then what
    the directories themselves say.
    """
    held = case.held(package)
    if held is not None and held.locations and not held.locations[0].startswith("<"):
        return held.locations
    origin = case.origin(package)
    if origin and origin.rpartition("/")[2].startswith("__init__."):
        return (origin.rpartition("/")[0],)
    if origin and "/" in origin:
        return ()
    parent, _, tail = package.rpartition(".")
    above = locations(case, parent) if parent else entries(case)
    found = [one for place in above if (one := offer(case, place, tail)) is not None]
    best = next((one for one in found if one.kind == "package"), None)
    if best is not None:
        return (best.directory,)
    return tuple(one.file for one in found if one.kind == "directory")


def submodule(case: Case, package: str, tail: str) -> Offer | None:
    """Tell what a package's locations offer under a name."""
    for place in locations(case, package):
        found = offer(case, place, tail)
        if found is not None:
            return found
    return None


def names_in(case: Case, directory: str) -> dict[str, str]:
    """Give the modules that a directory offers, by name, each with its file or directory."""
    found: dict[str, str] = {}
    for item in listing(case, directory):
        if item.endswith("/"):
            name = item[:-1]
            if name.isidentifier() and name != "__pycache__":
                init = f"{directory}/{name}/__init__.py"
                found[name] = init if case.exists(init) else f"{directory}/{name}"
            continue
        suffix = next((one for one in suffixes(case) if item.endswith(one)), None)
        if suffix and (name := item.removesuffix(suffix)).isidentifier() and not name.startswith("__"):
            found[name] = f"{directory}/{item}"
    return found


def owner(case: Case, path: str) -> str:
    """Name the distribution that a file, or what lies in a directory, was installed by; empty for none."""
    for one in case.distributions:
        home = one["entry"].rstrip("/") + "/"
        if not path.startswith(home):
            continue
        below = path[len(home) :]
        if any(file == below or file.startswith(f"{below}/") for file in one["files"]):
            return f"{one['name']} {one['version']}".strip()
    return ""
