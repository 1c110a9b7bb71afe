"""wherefrom tells where an import comes from, and why.

This file is the front door: a list of the public names and of the rooms they live in. A name is
imported when it is first touched (PEP 562), so ``import wherefrom`` itself loads nothing.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from wherefrom.search_path import search_path as search_path

_HOMES = {
    "__version__": "_version",
    "search_path": "search_path",
}

__all__ = [name for name in _HOMES if not name.startswith("_")]


def __getattr__(name: str) -> object:
    """Bind a public name on first touch."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = __import__(f"{__name__}.{home}", fromlist=[name])
    value = getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Name what a reader may use."""
    return sorted({*globals(), *_HOMES})
