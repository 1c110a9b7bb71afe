"""Archives on the search path that cannot be read, or hold the module elsewhere than at their root."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

from ...finding import Evidence
from ..absent import absent_top, absents, absolute, python_of, suffixes
from ..entries import entries_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...events import FindEnded
    from ...finding import Finding
    from ..absent import Absent
    from ..case import Case

_ZIPS = (".zip", ".whl", ".egg", ".pyz", ".jar")
_OTHER = {".tar.gz": "tar", ".tgz": "tar", ".tar": "tar", ".tar.bz2": "tar", ".tar.xz": "tar", ".7z": "7z",
          ".rar": "RAR", ".deb": "deb", ".rpm": "rpm", ".conda": "conda package"}  # fmt: skip
# First bytes -> what such a file is.
_HEADS = (
    ("1f8b", "gzip, perhaps a tar.gz"),
    ("425a68", "bzip2"),
    ("fd377a585a00", "xz"),
    ("377abcaf271c", "7z"),
    ("52617221", "RAR"),
    ("213c617263683e", "an ar archive (.deb)"),
)
_METHODS = {
    0: "stored",
    8: "deflate",
    9: "deflate64",
    12: "bzip2",
    14: "LZMA",
    93: "Zstandard",
    95: "XZ",
    98: "PPMd",
}


# What zipimport says when a file does not lie where the directory that it has read says.
_SCANNED_BEFORE = "bad local file header"


def _archives(case: Case) -> Iterator[str]:
    """Give the files on the path that are, or are meant to be, archives."""
    for entry in entries_of(case):
        place = absolute(case, entry.value)
        found = case.stat(place) if place.startswith("/") and "\0" not in place else None
        if found is not None and found["kind"] == "file":
            yield place


def unreadable(case: Case) -> Iterator[Finding]:
    """Say that a file on the path is no zip archive, or a damaged one."""
    absent = absent_top(case)
    if absent is None:
        return
    for place in _archives(case):
        told = case.around.ask("archive", place) or {}
        other = _other_format(case, place)
        if other is not None:
            yield _no_zip(case, absent, place, other)
        elif place.endswith(_ZIPS) and told.get("error"):
            yield _corrupt(case, absent, place, told)


def _other_format(case: Case, place: str) -> str | None:
    head = case.around.ask("head", place) or ""
    by_head = next((what for start, what in _HEADS if head.startswith(start)), None)
    by_name = next((what for suffix, what in _OTHER.items() if place.endswith(suffix)), None)
    if place.endswith((".py", ".so", ".pyd", ".pyc")):
        return None
    return by_head or by_name


def _no_zip(case: Case, absent: Absent, place: str, kind: str) -> Finding:
    return case.finding(
        "archive-not-zip",
        f"{place} is on the search path and is no zip archive ({kind}): only zip archives can be "
        "imported from",
        Evidence(f"its format: {kind}", place),
        *absent.asked(case),
        fix=f"install it ({python_of(case)} -m pip install {place}), or unpack it and put the "
        "directory there",
        about=absent.name,
        certainty="inferred",
        weight=66,
    )


def _corrupt(case: Case, absent: Absent, place: str, told: dict[str, Any]) -> Finding:
    begins = (case.text(place) or "")[:200].lstrip().lower()
    what = "an HTML page" if begins.startswith(("<!doctype", "<html")) else str(told["error"])
    size = (case.stat(place) or {}).get("size")
    return case.finding(
        "corrupt-archive",
        f"{place} cannot be read as an archive and is ignored: it is not a valid zip file ({what})",
        Evidence(f"reading it fails: {told['error']}; its size is {size} bytes", place),
        *absent.asked(case),
        fix="fetch or build the archive again",
        about=absent.name,
        certainty="inferred",
        weight=68,
    )


def not_at_root(case: Case) -> Iterator[Finding]:
    """Say that a module lies in a folder inside an archive, not at its root."""
    absent = absent_top(case)
    if absent is None:
        return
    for place in _archives(case):
        names = case.archive_names(place)
        home = _folder_of(case, names, absent.top)
        if home:
            yield case.finding(
                "zip-without-package-at-root",
                f"{absent.top!r} is not at the root of the archive {place}: it lies in its folder {home}",
                Evidence(f"the archive holds {home}/{absent.top}", place),
                *absent.asked(case),
                fix=f"put {place}/{home} on the path, or install the archive",
                about=absent.name,
                weight=86,
            )
            return


def _folder_of(case: Case, names: list[str], module: str) -> str:
    """Give the folder, the nearest to the root, that holds a module; empty for none."""
    wanted = {f"{module}{suffix}" for suffix in suffixes(case)}
    found = set()
    for name in names:
        folder, _, last = name.rpartition("/")
        if last in wanted and folder and f"{folder}/__init__.py" not in names:
            found.add(folder)
        if last.startswith("__init__.") and posixpath.basename(folder) == module and "/" in folder:
            found.add(posixpath.dirname(folder))
    return min(found, key=lambda one: (one.count("/"), one), default="")


def extension_inside(case: Case) -> Iterator[Finding]:
    """Say that a module is an extension inside an archive, which cannot be loaded from there."""
    for absent in absents(case):
        for place in _archives(case):
            names = case.archive_names(place)
            stem = absent.name.replace(".", "/")
            built = [name for name in names if name.startswith(f"{stem}.") and name.endswith((".so", ".pyd"))]
            if not built:
                continue
            yield case.finding(
                "extension-inside-zip",
                f"{absent.name!r} is the extension module {built[0]} inside the archive {place}: extension "
                "modules cannot be loaded from an archive",
                Evidence(f"the archive holds {built[0]}", place),
                *absent.asked(case),
                fix=f"install it ({python_of(case)} -m pip install {place}), or unpack it",
                about=absent.name,
                weight=88,
            )
            return


def namespace_without_entry(case: Case) -> Iterator[Finding]:
    """Say that a namespace package in an archive has no directory entry, without which it is not seen."""
    absent = absent_top(case)
    if absent is None or case.python >= (3, 14):
        return
    for place in _archives(case):
        names = case.archive_names(place)
        inside = [
            name for name in names if name.startswith(f"{absent.top}/") and name.endswith((".py", ".pyc"))
        ]
        init = [name for name in inside if name.startswith(f"{absent.top}/__init__.")]
        if not inside or init or f"{absent.top}/" in names:
            continue
        yield case.finding(
            "archive-namespace-without-directory-entry",
            f"the archive {place} holds {inside[0]} and no entry for the directory {absent.top}/, so Python "
            "before 3.14 does not see the namespace package",
            Evidence(f"no entry {absent.top}/ and no {absent.top}/__init__.py", place),
            *absent.asked(case),
            fix=f"pack it with directory entries, add {absent.top}/__init__.py, or use Python 3.14",
            about=absent.name,
            weight=87,
        )
        return


def compression(case: Case) -> Iterator[Finding]:
    """Say that an archive is compressed by a method that ``zipimport`` does not know."""
    error = case.errors[0] if case.errors else None
    if error is None or error.error not in ("error", "ZipImportError", "ModuleNotFoundError", "ImportError"):
        return
    if error.error == "error" and "decompressing" not in error.message:
        return
    for place in _archives(case):
        methods = (case.around.ask("archive", place) or {}).get("methods") or {}
        odd = {
            name: number for name, number in methods.items() if number not in (0, 8) and name.endswith(".py")
        }
        if not odd or (error.error == "ModuleNotFoundError" and not _held_in(error.message, list(odd))):
            continue
        name, number = next(iter(odd.items()))
        method = _METHODS.get(number, str(number))
        yield case.finding(
            "archive-compression-unsupported",
            f"{place} is compressed with {method}; only stored and deflate can be imported, and "
            f"{error.error!r} "
            "is what comes out",
            Evidence(f"{name} has the compression method {number} ({method})", place),
            Evidence(f"{error.error}: {error.message}", event=error.order),
            fix="pack the archive again with deflate, or unpack it",
            weight=90,
        )
        return


def _held_in(message: str, names: list[str]) -> bool:
    return any(f"'{name.partition('/')[0].removesuffix('.py')}'" in message for name in names)


def changed(case: Case) -> Iterator[Finding]:
    """Say that an archive was replaced after its directory had been read."""
    error = case.errors[0] if case.errors else None
    if error is None or error.error not in ("ZipImportError", "error", "EOFError", "OSError", "SyntaxError",
                                            "ModuleNotFoundError", "ValueError", "BadZipFile"):  # fmt: skip
        return
    for place in _archives(case):
        told = case.around.ask("archive", place) or {}
        gone = _no_longer_there(case, place, told.get("names", []))
        if not gone and not (told.get("names") and _SCANNED_BEFORE in error.message):
            continue
        about = case.failure.module if case.failure is not None else ""
        yield case.finding(
            "archive-changed-after-scan",
            f"the archive {place} was replaced while the program used it: Python keeps the list of contents "
            "that it read first",
            *(
                Evidence(f"{one.name!r} came from it as {one.origin}, which is gone", place)
                for one in gone[:1]
            ),
            Evidence(f"it now holds {', '.join(told.get('names', [])[:5])}", place),
            Evidence(f"{error.error}: {error.message}", event=error.order),
            fix="do not overwrite an archive in use: write a new file and start the program again",
            about=about,
            weight=88,
        )
        return


def _no_longer_there(case: Case, place: str, names: list[str]) -> list[FindEnded]:
    """Give the modules that were found in an archive, in a file that it does not hold now."""
    found = []
    for event in case.found.values():
        origin = absolute(case, event.origin) if event.origin and "/" in event.origin else ""
        if origin.startswith(f"{place}/") and origin[len(place) + 1 :] not in names:
            found.append(event)
    return found


RULES = (unreadable, not_at_root, extension_inside, namespace_without_entry, compression, changed)
