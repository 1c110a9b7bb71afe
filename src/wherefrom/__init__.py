"""wherefrom tells where an import comes from, and why.

This file is the front door: a list of the public names and of the rooms they live in. A name is
imported when it is first touched (PEP 562), so ``import wherefrom`` itself loads nothing.
"""

_HOMES = {
    "__version__": "_version",
    "resolve": "resolution",
    "resolve_many": "resolution",
    "Resolution": "resolution",
    "Trace": "trace",
    "events": "events",
    "WherefromError": "errors",
    "ResolutionError": "errors",
    "TraceFormatError": "errors",
}

__all__ = [name for name in _HOMES if not name.startswith("_")]


def __getattr__(name: str) -> object:
    """Bind a public name on first touch."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = __import__(f"{__name__}.{home}", fromlist=[name])
    # A room of its own, such as wherefrom.events, is offered under its own name.
    value = module if name == home else getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Name what a reader may use."""
    return sorted({*globals(), *_HOMES})
