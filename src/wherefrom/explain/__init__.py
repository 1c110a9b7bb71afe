"""What is wrong, in plain words, with proof: a room of its own and, at once, the function to call.

`wherefrom.explain` is this package and can be called like the function that is its purpose. Inside,
``weighing.py`` conducts the rules, which are pure: a trace and its surroundings give findings, on
whatever machine they are read. Read ``case.py`` first.
"""

from __future__ import annotations

import sys
import types

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from ..explanation import Explanation

    class _Callable(Protocol):
        """What this module is to a type checker: a function."""

        def __call__(self, error: BaseException) -> Explanation:
            """See `_explain` below."""

    explain: _Callable

__all__ = ["explain"]


def _explain(error: BaseException) -> Explanation:
    """Explain why an import failed: what happened, why, and what to do.

    Any ImportError will do, and any other error that an import may be the cause of, such as an
    AttributeError of a module; also one that was caught long ago. Nothing needs to have been traced:
    the name that the error speaks of is searched afresh. No code of any module is run for it.

    Args:
        error: the exception.

    Returns:
        The explanation; ``print()`` tells it, ``findings`` holds it as objects.

    Raises:
        TypeError: what was given is no exception.

    Example:
        >>> import wherefrom
        >>> try:
        ...     from json import dump_everything
        ... except ImportError as error:
        ...     explanation = wherefrom.explain(error)
        >>> explanation.error.partition(" (")[0]
        "ImportError: cannot import name 'dump_everything' from 'json'"
    """
    from ..explanation import explained

    return explained(error)


class _CallableModule(types.ModuleType):
    """A module that is called like its main function."""

    __call__ = staticmethod(_explain)


# `from wherefrom.explain import explain`, which the front door does, gives the module too: so it is one
# and the same object under each of its names.
if not TYPE_CHECKING:
    explain = sys.modules[__name__]
    explain.__class__ = _CallableModule
