"""wherefrom tells where an import comes from, and why.

This file is the front door: a list of the public names and of the rooms they live in. A name is
imported when it is first touched (PEP 562), so ``import wherefrom`` itself loads nothing.
"""

TYPE_CHECKING = False  # importing typing would be more than this file may load; checkers know this name
if TYPE_CHECKING:
    # For type checkers, which do not run __getattr__; held to _HOMES by a test.
    from . import events as events
    from ._version import __version__ as __version__
    from .errors import InterpreterError as InterpreterError
    from .errors import ResolutionError as ResolutionError
    from .errors import TraceFormatError as TraceFormatError
    from .errors import WherefromError as WherefromError
    from .explain import explain as explain
    from .explanation import Explanation as Explanation
    from .finding import Evidence as Evidence
    from .finding import Finding as Finding
    from .live import break_on as break_on
    from .live import install as install
    from .live import tracing as tracing
    from .live import uninstall as uninstall
    from .memory import MemoryFinder as MemoryFinder
    from .resolution import Resolution as Resolution
    from .resolution import resolve as resolve
    from .resolution import resolve_many as resolve_many
    from .search_path import search_path as search_path
    from .systems import Binding as Binding
    from .systems import ImportSystem as ImportSystem
    from .trace import Trace as Trace

_HOMES = {
    "__version__": "_version",
    "resolve": "resolution",
    "resolve_many": "resolution",
    "Resolution": "resolution",
    "ImportSystem": "systems",
    "Binding": "systems",
    "tracing": "live",
    "break_on": "live",
    "install": "live",
    "uninstall": "live",
    "explain": "explain",
    "Explanation": "explanation",
    "Finding": "finding",
    "Evidence": "finding",
    "MemoryFinder": "memory",
    "Trace": "trace",
    "events": "events",
    "search_path": "search_path",
    "WherefromError": "errors",
    "InterpreterError": "errors",
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
