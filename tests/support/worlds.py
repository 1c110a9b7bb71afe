"""A world to import in: the five pieces of state replaced, every cache emptied, all put back after.

And the two judges that are asked in it: `interpreter` and `wherefrom_says`. The interpreter imports
no parent here: a stand-in module that has the found locations for its path takes the parent's
place, so that code of generated modules is never run.
"""

from __future__ import annotations

import codecs
import importlib
import importlib.metadata
import pkgutil
import sys
import unicodedata
import zipimport
from contextlib import contextmanager
from importlib import machinery
from typing import TYPE_CHECKING, Any

import wherefrom
from tests.support.portraits import portrait
from wherefrom import errors, events, offers, resolution, trace
from wherefrom._engine.find.archive_index import forget_archives
from wherefrom._engine.find.directories import LISTINGS
from wherefrom.render import text as render_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# In a world of generated trees nothing can be imported from anywhere else, so what is bound or imported
# on first touch is there before.
_PRELOADED = (errors, events, offers, resolution, trace, render_text, unicodedata, importlib.metadata)
for _room in ("explain", "looking", "search_path"):
    _package: Any = importlib.import_module(f"wherefrom.{_room}")
    for _file in pkgutil.walk_packages(_package.__path__, f"wherefrom.{_room}."):
        importlib.import_module(_file.name)
# What an explanation loads of the standard library when it first looks around.
str(wherefrom.resolve("no_such_module_anywhere"))
for _encoding in ("cp437", "latin-1", "unicode_escape", "utf-8-sig"):  # of names in archives, and of text
    codecs.lookup(_encoding)

_bootstrap: Any = importlib.import_module("_frozen_importlib")  # the judge itself
_zip_indexes: dict[str, Any] = vars(zipimport)["_zip_directory_cache"]


GENUINE_FINDERS = (machinery.BuiltinImporter, machinery.FrozenImporter, machinery.PathFinder)
GENUINE_HOOKS = (
    zipimport.zipimporter,
    machinery.FileFinder.path_hook(
        (machinery.ExtensionFileLoader, machinery.EXTENSION_SUFFIXES),
        (machinery.SourceFileLoader, machinery.SOURCE_SUFFIXES),
        (machinery.SourcelessFileLoader, machinery.BYTECODE_SUFFIXES),
    ),
)


def forget() -> None:
    """Empty every memory of the disk: the interpreter's and wherefrom's."""
    sys.path_importer_cache.clear()
    _zip_indexes.clear()
    importlib.invalidate_caches()
    LISTINGS.kept.clear()
    LISTINGS.looked.clear()
    forget_archives()


@contextmanager
def world(
    path: Iterable[Any],
    *,
    meta_path: Iterable[Any] = GENUINE_FINDERS,
    path_hooks: Iterable[Any] = GENUINE_HOOKS,
) -> Iterator[None]:
    """Be in a world with this path and these finders, where nothing was searched before."""
    kept = sys.path, sys.meta_path, sys.path_hooks, dict(sys.path_importer_cache), dict(sys.modules)
    archives = dict(_zip_indexes)
    sys.path, sys.meta_path, sys.path_hooks = list(path), list(meta_path), list(path_hooks)
    forget()
    try:
        yield
    finally:
        sys.path, sys.meta_path, sys.path_hooks, importers, modules = kept
        forget()
        sys.path_importer_cache.update(importers)
        _zip_indexes.update(archives)
        for name in [name for name in sys.modules if name not in modules]:
            del sys.modules[name]
        sys.modules.update(modules)


@contextmanager
def modules_restored() -> Iterator[None]:
    """Take out of ``sys.modules`` what was added."""
    before = dict(sys.modules)
    try:
        yield
    finally:
        for name in [name for name in sys.modules if name not in before]:
            del sys.modules[name]
        sys.modules.update(before)


class Failure:
    """An import that ends with an exception instead of an answer."""

    def __init__(self, error: BaseException) -> None:
        self.error = error

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Failure)

    def __hash__(self) -> int:
        return hash(Failure)

    def __repr__(self) -> str:
        return f"<failure {self.error!r}>"


def stand_in(name: str, path: Any) -> Any:
    """Put a module into ``sys.modules`` that has a path and nothing else."""
    module: Any = type(sys)(name)
    module.__path__ = path
    sys.modules[name] = module
    return module


def parents_stand_in(name: str) -> tuple[bool, Any]:
    """Let the interpreter find a name's parents and put stand-ins for them into ``sys.modules``.

    Returns:
        Whether all are packages, and the path of the last.
    """
    path: Any = None
    parts = name.split(".")
    for depth in range(1, len(parts)):
        parent = ".".join(parts[:depth])
        if parent in sys.modules:
            if not hasattr(sys.modules[parent], "__path__"):
                return False, None
            path = sys.modules[parent].__path__
            continue
        spec = _bootstrap._find_spec(parent, path)
        if spec is None or spec.submodule_search_locations is None:
            return False, None
        path = stand_in(parent, spec.submodule_search_locations).__path__
    return True, path


def interpreter(name: str, *, exact_locations: bool = True) -> Any:
    """Ask the interpreter: a portrait, None, or a `Failure`. Stand-ins for parents stay."""
    try:
        there, path = parents_stand_in(name)
        if not there:
            return None
        return portrait(_bootstrap._find_spec(name, path), exact_locations=exact_locations)
    except Exception as error:
        return Failure(error)


def wherefrom_says(name: str, *, exact_locations: bool = True, **options: Any) -> Any:
    """Ask wherefrom: a portrait, None, or a `Failure` where it says that an import would fail."""
    return judged(wherefrom.resolve(name, **options), exact_locations=exact_locations)


def judged(resolution: wherefrom.Resolution, *, exact_locations: bool = True) -> Any:
    """Put a resolution into the form in which the interpreter's answer is."""
    failures = [row for row in resolution._rows if row[0] == "find.ended" and row[4] == "failed"]
    if not resolution.found and failures:
        return Failure(ImportError(resolution.why))
    return portrait(resolution.spec, exact_locations=exact_locations)


def disagreements(names: Iterable[str]) -> list[str]:
    """Ask both judges in the present world, with parents absent and with parents there."""
    found: list[str] = []
    names = list(names)
    with modules_restored():
        cold = {name: wherefrom_says(name, exact_locations=False) for name in names}
        together = wherefrom.resolve_many(names)
        many = {name: judged(r, exact_locations=False) for name, r in together.items()}
    for name in names:
        with modules_restored():
            theirs: Any = None
            try:
                there, _ = parents_stand_in(name)
            except Exception as error:
                there, theirs = False, Failure(error)  # what ends a search for a parent ends this one
            if there:
                warm = wherefrom_says(name)
                theirs = interpreter(name)
                after = wherefrom_says(name)
                found += [
                    f"{name} ({when}): wherefrom {ours}, the interpreter {theirs}"
                    for when, ours in (("warm", warm), ("after", after))
                    if ours != theirs
                ]
            loose = _loose(theirs)
            found += [
                f"{name} ({when}): wherefrom {ours}, the interpreter {theirs}"
                for when, ours in (("cold", cold[name]), ("resolve_many", many[name]))
                if _loose(ours) != loose
            ]
    return found


def _loose(seen: Any) -> Any:
    """Forget the type of a nested namespace package's locations: it needs the parent's module."""
    if not isinstance(seen, dict):
        return seen
    kept = {key: value for key, value in seen.items() if key not in ("type of locations", "more")}
    if isinstance(kept["loader"], list) and kept["loader"][0].endswith("NamespaceLoader"):
        kept["loader"] = "NamespaceLoader"
    return kept
