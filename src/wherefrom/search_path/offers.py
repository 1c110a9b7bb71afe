"""Tells which file a path would offer for a module name, for an interpreter that is not ours.

Start-up code imports modules (`sitecustomize`, an editable install's finder, what `-m` names). This
is a plain search for them, by the facts about the interpreter: built-in, frozen, then entry by
entry. It knows neither meta path finders nor `__path__` changes, runs nothing, and writes no cache.
"""

from __future__ import annotations

import os

import attrs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wherefrom.search_path.disk import Disk
    from wherefrom.search_path.interpreter import Interpreter


@attrs.frozen
class Offer:
    """What is found for a name.

    Attributes:
        kind: `built-in`, `frozen`, `source`, `bytecode`, `extension`, `archive` or `namespace`.
        file: The file, or None where there is none.
        locations: Where a package's submodules are looked for; None for a plain module.
        stdlib: Whether it is the interpreter's own.
    """

    kind: str
    file: str | None = None
    locations: tuple[str, ...] | None = None
    stdlib: bool = False


def find(name: str, path: Sequence[str], facts: Interpreter, disk: Disk) -> Offer | None:
    """Find what the interpreter would import for an absolute name, without importing anything.

    Args:
        name: An absolute name, dotted or not.
        path: The search path at that moment.
        facts: The interpreter.
        disk: The disk as it sees it.

    Returns:
        The offer, or None if nothing offers it.
    """
    head, _, rest = name.partition(".")
    found = _top(head, path, facts, disk)
    while rest and found is not None:
        head, _, rest = rest.partition(".")
        found = on_path(head, found.locations or (), facts, disk)
    return found


def _top(name: str, path: Sequence[str], facts: Interpreter, disk: Disk) -> Offer | None:
    if name in facts.builtin_module_names:
        return Offer("built-in", stdlib=True)
    frozen = next((module for module in facts.frozen if module.name == name), None)
    if frozen is not None:
        # A frozen package's submodules lie in the standard library's folder.
        where = (os.path.join(facts.stdlib_dir, name),) if frozen.is_package and facts.stdlib_dir else None
        return Offer("frozen", locations=where, stdlib=True)
    return on_path(name, path, facts, disk)


def on_path(name: str, path: Iterable[str], facts: Interpreter, disk: Disk) -> Offer | None:
    """Find what the entries of a path offer for the tail of a name."""
    portions: list[str] = []
    for entry in path:
        found = _in_entry(name, entry, facts, disk)
        if found is not None and found.kind == "namespace":
            portions += found.locations or ()
        elif found is not None:
            own = {facts.stdlib_dir, f"{facts.stdlib_dir}/lib-dynload"}
            return attrs.evolve(found, stdlib=entry in own)
    return Offer("namespace", locations=tuple(portions)) if portions else None


def _in_entry(name: str, entry: str, facts: Interpreter, disk: Disk) -> Offer | None:
    place = entry or disk.cwd or ""
    if disk.is_dir(place):
        return _in_directory(name, place, facts, disk)
    return _in_archive(name, place, facts, disk) if place else None


def _suffixes(facts: Interpreter) -> Iterator[tuple[str, str]]:
    yield from ((suffix, "extension") for suffix in facts.extension_suffixes)
    yield from ((suffix, "source") for suffix in facts.source_suffixes)
    yield from ((suffix, "bytecode") for suffix in facts.bytecode_suffixes)


def _in_directory(name: str, directory: str, facts: Interpreter, disk: Disk) -> Offer | None:
    inner = os.path.join(directory, name)
    for suffix, kind in _suffixes(facts):
        file = os.path.join(inner, f"__init__{suffix}")
        if disk.is_file(file):
            return Offer(kind, file, (inner,))
    for suffix, kind in _suffixes(facts):
        if disk.is_file(inner + suffix):
            return Offer(kind, inner + suffix)
    return Offer("namespace", locations=(inner,)) if disk.is_dir(inner) else None


def _in_archive(name: str, place: str, facts: Interpreter, disk: Disk) -> Offer | None:
    """Look into a zip archive: the entry may go on inside it, as in `app.zip/lib`."""
    archive = place
    while archive and not disk.exists(archive):
        archive = os.path.dirname(archive) if os.path.dirname(archive) != archive else ""
    if not archive or not disk.is_file(archive):
        return None
    members = _members(archive, disk)
    below = f"{place[len(archive) :].strip('/')}/{name}".lstrip("/")
    for inner, locations in ((f"{below}/__init__", (f"{place}/{name}",)), (below, None)):
        for suffix in (*facts.bytecode_suffixes, *facts.source_suffixes):
            if inner + suffix in members:
                return Offer("archive", f"{archive}/{inner}{suffix}", locations)
    return Offer("namespace", locations=(f"{place}/{name}",)) if f"{below}/" in members else None


def _members(archive: str, disk: Disk) -> frozenset[str]:
    import io
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(disk.read(archive))) as opened:
            return frozenset(opened.namelist())
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError):
        return frozenset()


def source_text(offer: Offer, disk: Disk) -> str | None:
    """Return the source text behind an offer, or None if it has none that can be read."""
    if offer.kind != "source" or offer.file is None:
        return None
    import io
    import tokenize

    try:
        raw = disk.read(offer.file)
        encoding, _ = tokenize.detect_encoding(io.BytesIO(raw).readline)
        return raw.decode(encoding)
    except (OSError, SyntaxError, UnicodeDecodeError):
        return None
