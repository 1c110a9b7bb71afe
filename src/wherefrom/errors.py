"""The exceptions that wherefrom raises itself.

All share the base `WherefromError`; where callers expect a standard exception it is the second
parent. What the interpreter itself rejects (an empty name, a relative name without a package) is
raised with the interpreter's own type and is not one of these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .resolution import Resolution
    from .trace import Trace


class WherefromError(Exception):
    """Base of every exception that wherefrom raises on its own account."""


class InterpreterError(WherefromError, RuntimeError):
    """An interpreter that was to be asked is not there, is not Python, or did not answer in time."""


class ResolutionError(WherefromError, ModuleNotFoundError):
    """A module that was required and not found, with the resolution that shows why.

    Attributes:
        resolution: the resolution that came to nothing; its ``trace`` is the whole trail.
        name: the module's absolute name.
    """

    def __init__(self, resolution: Resolution) -> None:
        super().__init__(f"No module named {resolution.name!r}: {resolution.why}", name=resolution.name)
        self.resolution = resolution

    @property
    def trace(self) -> Trace:
        """The trail of the search."""
        return self.resolution.trace

    def __reduce__(self) -> tuple[type[ModuleNotFoundError], tuple[str]]:
        """Travel to another process as what it is to everybody else: a module that was not found."""
        return ModuleNotFoundError, (str(self),)


class TraceFormatError(WherefromError, ValueError):
    """A text that should be a trace and is none; the message names what is wrong, and where."""
