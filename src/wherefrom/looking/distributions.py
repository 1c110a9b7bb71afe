"""The question for installed distributions, read from their metadata on given path entries."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.metadata import Distribution

_MOST_FILES = 3_000
# What was told of a distribution, by entry and metadata, with what changes when that does: many names may
# be asked about in a row.
_STAMPED = ("METADATA", "PKG-INFO", "RECORD", "direct_url.json", "top_level.txt", "INSTALLER")
_KNOWN: dict[tuple[str, str], tuple[tuple[int, ...], dict[str, Any]]] = {}


def distributions(entries: tuple[str, ...]) -> list[dict[str, Any]]:
    """Tell which distributions are installed in directories, in their order.

    Returns:
        For each: ``name``, ``version``, ``entry`` (the directory), ``metadata`` (its ``.dist-info``),
        ``files`` (paths below the entry), ``modules`` (top-level names that it provides), ``requires``,
        ``requires_python``, ``installer``, ``editable`` (the directory of its sources, or None), ``source``
        (the directory that it was built from, editable or not, or None).
    """
    return [one for entry in dict.fromkeys(entries) for one in _in(entry)]


def _in(entry: str) -> Iterator[dict[str, Any]]:
    from importlib.metadata import Distribution

    place = Path(entry)
    if not place.is_dir():
        return
    for found in sorted(place.glob("*.dist-info")) + sorted(place.glob("*.egg-info")):
        try:
            stamp = tuple((found / file).stat().st_mtime_ns for file in _STAMPED if (found / file).exists())
            key = entry, str(found)
            if key not in _KNOWN or _KNOWN[key][0] != stamp:
                _KNOWN[key] = stamp, _told(entry, found, Distribution.at(found))
            yield _KNOWN[key][1]
        except (OSError, ValueError, KeyError):
            continue


def _told(entry: str, metadata: Path, one: Distribution) -> dict[str, Any]:
    files = [str(file) for file in one.files or ()][:_MOST_FILES]
    head: Any = one.metadata  # a message; its type says nothing of get()
    return {
        "name": head.get("Name") or metadata.name.partition("-")[0],
        "version": head.get("Version") or "",
        "entry": entry,
        "metadata": str(metadata),
        "files": files,
        "modules": _modules(one, files),
        "requires": list(one.requires or ()),
        "requires_python": head.get("Requires-Python"),
        "installer": (one.read_text("INSTALLER") or "").strip(),
        "editable": _source(one, editable=True),
        "source": _source(one, editable=False),
    }


def _modules(one: Distribution, files: list[str]) -> list[str]:
    listed = (one.read_text("top_level.txt") or "").split()
    found = {
        file.split("/")[0].split(".")[0] for file in files if file.endswith((".py", ".so", ".pyd", ".pyc"))
    }
    return sorted({*listed, *(name for name in found if name.isidentifier() and name != "__pycache__")})


def _source(one: Distribution, *, editable: bool) -> str | None:
    try:
        told = json.loads(one.read_text("direct_url.json") or "null")
    except ValueError:
        return None
    if not isinstance(told, dict) or not isinstance(info := told.get("dir_info"), dict):
        return None
    if info.get("editable") or not editable:
        return str(told.get("url", "")).removeprefix("file://")
    return None
