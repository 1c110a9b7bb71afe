"""Portraits of specs: every field of a spec and of its loader, as values that can be compared.

Two specs are the same answer if their portraits are equal. Imports little, since it runs in
children that count what they import.
"""

from __future__ import annotations

import sys
from typing import Any

_PLAIN = (str, int, float, bool, bytes, type(None))
_DEEPEST = 4


def portrait(spec: Any, *, exact_locations: bool = True) -> dict[str, Any] | None:
    """Put a spec into plain values: its fields, the loader's type and the loader's fields.

    Args:
        spec: a module spec, or None.
        exact_locations: whether the type of the locations counts. The interpreter's path object of
            a nested namespace package cannot exist while its parent is not imported.
    """
    if spec is None:
        return None
    locations = spec.submodule_search_locations
    seen: dict[str, Any] = {
        "type": _type_name(type(spec)),
        "name": spec.name,
        "loader": _of(spec.loader, 0),
        "origin": spec.origin,
        "cached": spec.cached,
        "locations": None if locations is None else list(locations),
        "has_location": spec.has_location,
        "parent": spec.parent,
        "loader_state": _of(spec.loader_state, 0),
    }
    if exact_locations:
        seen["type of locations"] = _type_name(type(locations))
        # Private fields too, by which later steps tell specs apart.
        skipped = ("name", "loader", "origin", "submodule_search_locations", "loader_state", "_cached")
        seen["more"] = {key: _of(value, 0) for key, value in vars(spec).items() if key not in skipped}
    return seen


def _type_name(cls: type) -> str:
    return f"{cls.__module__}.{cls.__qualname__}"


def _of(value: Any, depth: int) -> Any:
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, type):
        return f"class {_type_name(value)}"
    if depth > _DEEPEST:
        return _type_name(type(value))
    if isinstance(value, (list, tuple)):
        return [_of(item, depth + 1) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted(repr(_of(item, depth + 1)) for item in value)
    if isinstance(value, dict):
        return {repr(_of(key, depth + 1)): _of(item, depth + 1) for key, item in value.items()}
    if _type_name(type(value)).endswith("._NamespacePath"):
        return [_type_name(type(value)), list(value)]
    if isinstance(value, type(sys)):
        return f"module {value.__name__}"
    try:
        own = vars(value)
    except TypeError:
        return _type_name(type(value))
    return [_type_name(type(value)), {key: _of(item, depth + 1) for key, item in own.items()}]


def difference(ours: dict[str, Any] | None, theirs: dict[str, Any] | None) -> str:
    """Say in which fields two portraits differ; empty if in none."""
    if ours == theirs:
        return ""
    if ours is None or theirs is None:
        return f"wherefrom {ours or 'finds nothing'}, the interpreter {theirs or 'finds nothing'}"
    return "; ".join(
        f"{key}: wherefrom {ours.get(key)!r}, the interpreter {theirs.get(key)!r}"
        for key in {**ours, **theirs}
        if ours.get(key) != theirs.get(key)
    )
