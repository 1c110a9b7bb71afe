"""From an answer to the genuine ``ModuleSpec``, and from a spec to its kind.

The spec is the interpreter's own object, field by field what its finders would have made; it is
made late, when somebody wants it. Creates loaders, runs no module code.
"""

import sys

from ..genuine import (
    KINDS_OF_LOADERS,
    BuiltinImporter,
    FrozenImporter,
    ModuleSpec,
    NamespaceLoader,
    NamespacePath,
    PathFinder,
    spec_from_file_location,
    zipimport,
)
from .answer import Answer
from .static import NOT_THERE, static

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

    from ..system import System

SimpleNamespace: "Any" = type(sys.implementation)


def kind_of(spec: "Any") -> str:
    """Tell the kind of module that a spec, from whatever finder, describes."""
    loader = getattr(spec, "loader", None)
    if loader is None or isinstance(loader, NamespaceLoader):
        return "other" if getattr(spec, "submodule_search_locations", None) is None else "namespace"
    if loader is BuiltinImporter:
        return "built-in"
    if loader is FrozenImporter:
        return "frozen"
    for cls, kind in KINDS_OF_LOADERS.items():
        if isinstance(loader, cls):
            return kind
    if isinstance(loader, zipimport.zipimporter):
        return "bytecode" if str(getattr(spec, "origin", "")).endswith(".pyc") else "source"
    return "other"


def answer_from_spec(name: str, spec: "Any", finder: str, entry: "str | None" = None) -> Answer:
    """Wrap the spec that a stranger gave."""
    origin = getattr(spec, "origin", None)
    answer = Answer(
        name,
        kind_of(spec),
        finder,
        origin if isinstance(origin, str) else None,
        loader=spec.loader,
        entry=entry,
        locations=spec.submodule_search_locations,
    )
    answer.spec = spec
    return answer


def spec_by_stranger(
    name: str, loader_class: "Any", full: str, locations: "list[str] | None", entry: str, finder: str
) -> Answer:
    """Make the spec for a file whose loader class is not the interpreter's own.

    Raises:
        Exception: whatever the loader class raises.
    """
    spec = spec_from_file_location(
        name, full, loader=loader_class(name, full), submodule_search_locations=locations
    )
    return answer_from_spec(name, spec, finder, entry)


def make_spec(system: "System", answer: Answer) -> "Any":
    """Make the genuine spec of an answer.

    Args:
        system: the system that found it.
        answer: what was found.

    Returns:
        The ``ModuleSpec`` that the interpreter's finders would have made.
    """
    if answer.spec is None:
        answer.spec = _new_spec(system, answer)
    return answer.spec


def _new_spec(system: "System", answer: Answer) -> "Any":
    loader = answer.loader
    if answer.file is not None:
        loader = loader(answer.name, answer.file)
    elif answer.kind not in ("built-in", "frozen", "namespace"):
        loader = _zip_loader(system, answer)
    spec = ModuleSpec(answer.name, loader, origin=answer.origin)
    if answer.locations is not None:
        spec.submodule_search_locations = _fresh_locations(system, answer)
    if answer.file is not None or answer.has_location:
        spec.has_location = True
    if answer.state is not None:
        filename, original_name = answer.state
        spec.loader_state = SimpleNamespace(filename=filename, origname=original_name)
    tag = system.interpreter.cache_tag
    if tag is not None and spec.cached is not None:
        # A spec names the running interpreter's bytecode file; this one is another interpreter's.
        spec.cached = spec.cached.replace(f".{sys.implementation.cache_tag}.", f".{tag}.")
    return spec


def _fresh_locations(system: "System", answer: Answer) -> "Any":
    locations = answer.locations
    if answer.kind != "namespace":
        return list(locations)
    if system.make_path is not None:
        return system.make_path(answer.name, list(locations))
    parent = answer.name.rpartition(".")[0]
    if parent and static(sys.modules.get(parent), "__path__") is NOT_THERE:
        # The interpreter's own path object asks its parent module for a path when it is made and
        # whenever it is read; without that module it could only fail, so the portions stand alone.
        return list(locations)
    return NamespacePath(answer.name, list(locations), PathFinder._get_spec)


def _zip_loader(system: "System", answer: Answer) -> "Any":
    """Find or make the ``zipimporter`` for an answer, leaving zipimport's cache as it was."""
    finder = system.state.path_importer_cache.get(answer.entry)
    if type(finder) is zipimport.zipimporter:
        return finder
    cache = zipimport._zip_directory_cache
    before = set(cache)
    loader = zipimport.zipimporter(answer.loader)
    for archive in set(cache) - before:
        del cache[archive]
    return loader
