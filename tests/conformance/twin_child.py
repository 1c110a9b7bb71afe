"""The child of the twin test: asks the interpreter and wherefrom for every name that it can see.

Run as ``python -P twin_child.py REPORT [TOP …] [MORE.NAMES …]`` with the sources and the repository's
root on ``PYTHONPATH``; given top-level names, only those are judged. Names are those of the files and
directories on ``sys.path``, of the built-in and frozen modules, and names that do not exist.

For each name the interpreter is asked as ``import`` asks: its parents are imported, then ``_find_spec``
searches the parent's path. wherefrom is asked three times:

- *cold*: before anything was imported, as a tool would ask;
- *warm*: when the parents are imported and the interpreter has not yet searched;
- *after*: when the interpreter has searched and filled its caches.

The warm and the later answer must have every field that the interpreter's has. The cold answer may
differ where a parent's own code changed its path, its module or the finders, which no finder can know
without running it: such names are counted apart. Each top-level package has a process of its own,
forked, so that importing parents disturbs no other name and a crash costs only itself.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
import traceback
import warnings
from importlib import machinery
from typing import Any

import wherefrom
from tests.support.portraits import difference, portrait

_bootstrap: Any = importlib.import_module("_frozen_importlib")  # the judge itself

# One process may take this long over the names of one top-level package.
SECONDS = 300
_DEEPEST = 8


def names_on_path(tops: set[str] | None, also: set[str]) -> list[str]:
    """Name what the entries of ``sys.path``, the built-in and the frozen modules offer."""
    found: set[str] = also | set(sys.builtin_module_names) | set(sys.stdlib_module_names)
    found |= {
        "__hello__",
        "__phello__",
        "__phello__.spam",
        "__phello__.ham",
        "__phello__.ham.eggs",
        "no_such_module",
    }
    suffixes = tuple(machinery.all_suffixes())
    for entry in sys.path:
        if os.path.isdir(entry or "."):
            _names_in(entry or ".", "", suffixes, found, tops, 0)
    # What finders of others serve is on no entry: they say it by what is installed.
    found |= _names_of_mappings(suffixes, tops)
    if tops is not None:
        found = {name for name in found if name.partition(".")[0] in tops}
    packages = {name.rpartition(".")[0] for name in found} - {""}
    found |= {f"{package}.no_such_module" for package in packages}
    found |= {f"{package}.no.such.module" for package in packages if "." not in package}
    found |= {name.swapcase() for name in found if "." not in name and len(name) > 3}
    found |= {f"{name}.below" for name in sys.builtin_module_names}
    found.discard("__main__")  # the child itself
    return sorted(found)


def _names_in(
    directory: str, prefix: str, suffixes: tuple[str, ...], found: set[str], tops: set[str] | None, depth: int
) -> None:
    try:
        with os.scandir(directory) as scan:
            entries = list(scan)
    except OSError:
        return
    for entry in entries:
        stem = entry.name
        is_directory = entry.is_dir()
        if not is_directory:
            suffix = next((suffix for suffix in suffixes if stem.endswith(suffix)), None)
            if suffix is None:
                continue
            stem = stem[: -len(suffix)]
        if not stem.isidentifier() or stem in ("__pycache__", "__init__"):
            continue
        if not prefix and tops is not None and stem not in tops:
            continue
        found.add(prefix + stem)
        if is_directory and depth < _DEEPEST:
            _names_in(entry.path, f"{prefix}{stem}.", suffixes, found, tops, depth + 1)


def _names_of_mappings(suffixes: tuple[str, ...], tops: set[str] | None) -> set[str]:
    """Name what the finders of editable installs say they serve, as far as they say it."""
    found: set[str] = set()
    for finder in sys.meta_path:
        module = sys.modules.get(getattr(finder, "__module__", ""))
        mapping = getattr(module, "MAPPING", None) or getattr(finder, "known_source_files", None) or {}
        namespaces = getattr(module, "NAMESPACES", None) or {}
        tree = getattr(finder, "_top_level_modules", None) or ()
        found.update(map(str, (*mapping, *namespaces, *tree)))
        for name, place in dict(mapping).items():
            directory = str(place) if os.path.isdir(str(place)) else os.path.dirname(str(place))
            if (
                os.path.basename(directory) == name.rpartition(".")[2]
                or name in namespaces
                or "MAPPING" in vars(module or os)
            ):
                _names_in(directory, f"{name}.", suffixes, found, None, 1)
    return found


class Judge:
    """Compares the names of one top-level package, in a process of its own."""

    def __init__(self) -> None:
        self.report: dict[str, Any] = {
            "names": 0,
            "compared": 0,
            "found": 0,
            "differences": [],
            "unimportable": [],
            "changed": [],
        }

    def compare_all(self, names: list[str]) -> dict[str, Any]:
        cold = {name: self._ours(name) for name in names}
        together = wherefrom.resolve_many(names)
        for name in names:
            many = portrait(together[name].spec)
            if difference(many, cold[name]):
                self._differs(name, "resolve_many", difference(many, cold[name]))
        before = (list(sys.path), list(map(id, sys.meta_path)))
        for name in names:
            self.report["names"] += 1
            self._compare(name, cold[name], before)
        return self.report

    def _ours(self, name: str) -> dict[str, Any] | None:
        return portrait(wherefrom.resolve(name).spec)

    def _compare(self, name: str, cold: dict[str, Any] | None, before: Any) -> None:
        parent = name.rpartition(".")[0]
        path: Any = None
        if parent:
            # Not through importlib: its import_module would find the child of a package by itself.
            try:
                module = self._imported(parent)
            except BaseException as error:
                self._compare_unimportable(name, cold, error)
                return
            path = getattr(module, "__path__", None)
            if path is None:
                self._check(name, "no package", self._ours(name), None)
                return
        warm = self._ours(name)
        theirs = portrait(_bootstrap._find_spec(name, path))
        after = self._ours(name)
        self.report["compared"] += 1
        self.report["found"] += theirs is not None
        # A name that no finder knows and that is loaded all the same (os.path) is an answer of ours.
        if theirs is None and name in sys.modules:
            self.report["changed"].append(f"{name}: only in sys.modules")
            return
        self._check(name, "warm", warm, theirs)
        self._check(name, "after", after, theirs)
        self._check_cold(name, cold, theirs, before)

    def _imported(self, name: str) -> Any:
        __import__(name)
        return sys.modules[name]

    def _check(self, name: str, when: str, ours: Any, theirs: Any) -> None:
        told = difference(ours, theirs)
        if told:
            self._differs(name, when, told)

    def _differs(self, name: str, when: str, told: str) -> None:
        self.report["differences"].append(f"{name} ({when}): {told}")

    def _check_cold(self, name: str, cold: Any, theirs: Any, before: Any) -> None:
        loose = [_without_type_of_locations(each) for each in (cold, theirs)]
        told = difference(*loose)
        if not told:
            return
        changed = self._what_parents_changed(name, before)
        if changed:
            self.report["changed"].append(f"{name}: {changed}")
        else:
            self._differs(name, "cold", told)

    def _what_parents_changed(self, name: str, before: Any) -> str:
        """Say what running the parents changed that searching depends on."""
        if sys.path != before[0]:
            return "sys.path was changed"
        if list(map(id, sys.meta_path)) != before[1]:
            return "sys.meta_path was changed"
        parent = name.rpartition(".")[0]
        while parent:
            module = sys.modules.get(parent)
            spec = getattr(module, "__spec__", None)
            path = list(getattr(module, "__path__", ()))
            if spec is None or getattr(spec, "name", None) != parent:
                return f"{parent} was replaced in sys.modules"
            if path != list(spec.submodule_search_locations or ()):
                return f"{parent} changed its __path__"
            above = parent.rpartition(".")[0]
            found = _bootstrap._find_spec(parent, sys.modules[above].__path__ if above else None)
            if found is None or list(found.submodule_search_locations or ()) != path:
                return f"{parent} is not what its finder finds"
            parent = above
        return ""

    def _compare_unimportable(self, name: str, cold: Any, error: BaseException) -> None:
        """Compare where a parent cannot be imported: its finders' locations stand for its path."""
        if not name.endswith((".no_such_module", ".below", ".no.such.module")):
            self.report["unimportable"].append(f"{name}: {type(error).__name__}")
        theirs, before = None, dict(sys.modules)
        try:
            theirs = portrait(_found_below_stand_ins(name))
        finally:
            for added in set(sys.modules) - set(before):
                del sys.modules[added]
            sys.modules.update(before)
        told = difference(*[_without_type_of_locations(each) for each in (cold, theirs)])
        if told:
            self._differs(name, "parent not importable", told)


def _found_below_stand_ins(name: str) -> Any:
    """Let the interpreter find a name below modules that have a path and nothing else."""
    path: Any = None
    parts = name.split(".")
    for depth in range(1, len(parts)):
        parent = ".".join(parts[:depth])
        spec = _bootstrap._find_spec(parent, path)
        if spec is None or spec.submodule_search_locations is None:
            return None
        if parent not in sys.modules:
            stand_in = type(sys)(parent)
            stand_in.__path__ = spec.submodule_search_locations
            sys.modules[parent] = stand_in
        path = spec.submodule_search_locations
    return _bootstrap._find_spec(name, path)


def _without_type_of_locations(seen: dict[str, Any] | None) -> dict[str, Any] | None:
    """Forget that nested portions are a plain list while the parent is not imported."""
    if seen is None:
        return None
    kept = {key: value for key, value in seen.items() if key not in ("type of locations", "more")}
    if kept["loader"] is not None and kept["loader"][0].endswith("NamespaceLoader"):
        kept["loader"] = "NamespaceLoader"
    return kept


def judge_apart(names: list[str]) -> dict[str, Any]:
    """Judge names in a forked process; what it could not tell is told here."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(reading)
            signal.alarm(SECONDS)
            report = Judge().compare_all(names)
            with os.fdopen(writing, "w", encoding="utf-8", errors="backslashreplace") as pipe:
                json.dump(report, pipe)
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        told = pipe.read()
    _, status = os.waitpid(child, 0)
    if status or not told:
        return {"differences": [f"{names[0]}: the child ended with {status}"]}
    told_report: dict[str, Any] = json.loads(told)
    return told_report


def main() -> None:
    """Judge every name, or those of the given top-level names; write the report as JSON."""
    target, *given = sys.argv[1:]
    also = {name for name in given if "." in name}
    tops = set(given) - also
    warnings.simplefilter("ignore")
    # Packages may print, read or open a browser when they are imported.
    os.environ["BROWSER"] = "true"
    silence = os.open(os.devnull, os.O_RDWR)
    os.dup2(silence, 0)
    os.dup2(silence, 1)
    groups: dict[str, list[str]] = {}
    for name in names_on_path(tops or None, also):
        groups.setdefault(name.partition(".")[0], []).append(name)
    # No parent is imported for a name without dots: all of these can share one process.
    plain = [names[0] for names in groups.values() if len(names) == 1]
    groups = {"": plain, **{top: names for top, names in groups.items() if len(names) > 1}}
    total: dict[str, Any] = {}
    for names in filter(None, groups.values()):
        for key, value in judge_apart(names).items():
            total[key] = total.get(key, type(value)()) + value
    with open(target, "w", encoding="utf-8") as file:
        json.dump(total, file, indent=1)


if __name__ == "__main__":
    main()
