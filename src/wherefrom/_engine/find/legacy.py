"""Packages of many portions from before PEP 420: the pkgutil and the pkg_resources style.

Such a package has an ``__init__.py`` whose one purpose is to collect the package's directories from
the whole path. Searching below it without running that file would miss all portions but one, so
what the file would do is read from its text and done here, on a path of our own. Whatever else an
``__init__.py`` does to ``__path__`` cannot be known without running it.

Mirrors ``pkgutil.extend_path`` and ``pkg_resources.declare_namespace``.
"""

from ..paths import join, split

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from ..system import System
    from .answer import Answer

PKGUTIL, PKG_RESOURCES = "pkgutil", "pkg_resources"

# An __init__.py of these styles is a few lines long; a long one is read to here.
_LONGEST = 64 * 1024


def style_of(source: bytes) -> "tuple[str, ...]":
    """Tell how an ``__init__.py`` extends its path, from its text alone.

    Args:
        source: the file's content.

    Returns:
        The styles in the order in which the file tries them; empty if it does neither. Two where it
        falls back from ``pkg_resources`` to ``pkgutil``.

    >>> style_of(b"__path__ = __import__('pkgutil').extend_path(__path__, __name__)")
    ('pkgutil',)
    """
    if b"extend_path" not in source and b"declare_namespace" not in source:
        return ()
    styles: list[str] = []
    for line in _statements(source[:_LONGEST].decode("utf-8", "replace")):
        if "declare_namespace(" in line and "__name__" in line:
            styles.append(PKG_RESOURCES)
        elif "extend_path(" in line and line.replace(" ", "").startswith("__path__="):
            styles.append(PKGUTIL)
    return tuple(dict.fromkeys(styles))


def _statements(text: str) -> "list[str]":
    """Give the lines that hold code outside functions and strings, each stripped."""
    lines: list[str] = []
    quote = ""
    hidden: int | None = None  # the indentation of a def or class whose body is passed over
    for raw in text.splitlines():
        line = raw.strip()
        if quote:
            quote = "" if quote in line else quote
            continue
        indent = len(raw) - len(raw.lstrip())
        if hidden is not None and line and indent > hidden:
            continue
        if line:
            hidden = None
        if line.startswith(("def ", "class ", "async def ")):
            hidden = indent
            continue
        opened = next((mark for mark in ('"""', "'''") if line.lstrip("rRbBuU").startswith(mark)), "")
        if opened:
            quote = opened if line.count(opened) % 2 else ""
            continue
        if line and not line.startswith("#"):
            lines.append(line.split(" #")[0])
    return lines


def extended_locations(system: "System", package: "Answer") -> "list[Any]":
    """Give the locations of a package whose ``__init__`` was not run, as that file would extend them.

    Args:
        system: the import system that asks.
        package: the found package.

    Returns:
        Its locations; longer than the finder's if its ``__init__.py`` collects portions.
    """
    locations = list(package.locations)
    source = _init_source(system, package)
    styles = style_of(source) if source else ()
    if not styles:
        return locations
    from ..steps import find  # here, since steps.py is above this file

    style = styles[0]
    if style == PKG_RESOURCES and find(system, PKG_RESOURCES) is None:
        if len(styles) == 1:
            return locations  # running this file would fail
        style = styles[1]
    search_path = _search_path(system, package.name)
    if style == PKGUTIL:
        locations = _extend(system, package.name, locations, search_path)
    else:
        locations = _declare(system, package.name, locations, search_path)
    if locations != list(package.locations):
        system.record.path_extended(package.name, style, tuple(map(str, locations)))
    return locations


def _init_source(system: "System", package: "Answer") -> bytes:
    """Read the package's ``__init__.py``; nothing if it has none that can be read as text."""
    if package.kind != "source" or package.origin is None:
        return b""
    try:
        if package.file is not None:
            return system.disk.read(package.file)
        if package.finder == "zipimporter":
            return _init_in_archive(system, package)
    except (OSError, EOFError, ValueError, ImportError):
        return b""
    return b""


def _init_in_archive(system: "System", package: "Answer") -> bytes:
    from .archive import member_data
    from .archive_index import ArchiveError, archive_index

    place = system.places.get(package.loader)
    finder = system.state.path_importer_cache.get(package.loader)
    archive = place.path if place is not None else getattr(finder, "archive", None)
    if archive is None or package.origin is None:
        return b""
    try:
        entry = archive_index(system, archive).get(package.origin[len(archive) + 1 :])
        return member_data(system, archive, entry) if entry else b""
    except ArchiveError:
        return b""


def _search_path(system: "System", name: str) -> "list[Any]":
    """Give the path that the portions are collected from: the parent's, or the whole one."""
    from ..steps import locations_of

    parent = name.rpartition(".")[0]
    path: Iterable[Any] | None = locations_of(system, parent) if parent else system.state.path
    return [entry for entry in path or () if isinstance(entry, str)]


def _offers(system: "System", name: str, entry: str) -> "Answer | None":
    from .directories import SearchFailedError
    from .directory import Question
    from .entries import search_entry

    question = Question(name, name.rpartition(".")[2], system.interpreter)
    try:
        return search_entry(system, question, entry)
    except SearchFailedError:
        return None


def _extend(system: "System", name: str, locations: "list[Any]", path: "list[Any]") -> "list[Any]":
    """Collect portions as ``pkgutil.extend_path`` does, ``*.pkg`` files included."""
    locations = list(locations)
    for entry in path:
        answer = _offers(system, name, entry)
        for portion in (answer.locations if answer is not None else None) or ():
            if portion not in locations:
                locations.append(portion)
        pkg_file = join(entry, f"{name}.pkg")
        if system.disk.is_file(pkg_file):
            locations += _lines(system, pkg_file)
    return locations


def _lines(system: "System", file: str) -> "list[str]":
    try:
        text = system.disk.read(file).decode("utf-8", "replace")
    except OSError:
        return []
    lines = (line.rstrip("\n") for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _declare(system: "System", name: str, locations: "list[Any]", path: "list[Any]") -> "list[Any]":
    """Collect portions as ``pkg_resources.declare_namespace`` does: those with an ``__init__`` only."""
    found = list(locations)
    for entry in path:
        answer = _offers(system, name, entry)
        if answer is None or answer.kind == "namespace":
            continue
        for portion in answer.locations or ():
            if portion not in found:
                found.append(portion)
    order: dict[str, int] = {entry: at for at, entry in reversed(list(enumerate(path)))}
    depth = name.count(".") + 1

    def position(location: str) -> int:
        root = location
        for _ in range(depth):
            root = split(root)[0]
        return order.get(root, len(order))

    return sorted(found, key=position)
