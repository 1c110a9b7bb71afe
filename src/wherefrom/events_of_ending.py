"""The vocabulary of a program's end as classes: the errors, and what the import system held then.

This file decides what these events look like to a reader, as ``events.py`` does for those of finding;
readers find all of them there. ``_engine/ending.py`` records them.
"""

from __future__ import annotations

import attrs

from .event import Event
from .event import many as _many


@attrs.frozen
class ErrorRaised(Event):
    """An error that ended the program, one behind it, or one that an import failed with.

    Attributes:
        relation: ``final`` for the one that ended it; ``cause``, ``context`` or ``suppressed`` for the
            one behind the error before, as in a traceback; ``passing`` for one that an import failed with,
            told once, where it arose, whether the program catches it or not.
        error: the type's name.
        message: its text, where that can be had without running code of the program.
        name: the ``name`` of an ImportError, AttributeError or NameError.
        path: the ``path`` of an ImportError, the file of an OSError or SyntaxError.
        line: the line of a SyntaxError.
        text: the source line of a SyntaxError.
        holder: the name of the module that lacks what the error misses, if it is one.
        origin: the file of that module.
        held: the names that this module had at that moment.
        files: for each frame of the traceback, the outermost first, its file,
        lines: its line number,
        modules: the ``__name__`` of its module,
        functions: and its function.
    """

    kind = "error.raised"
    relation: str
    error: str
    message: str
    name: str | None
    path: str | None
    line: int | None
    text: str | None
    holder: str | None
    origin: str | None
    held: tuple[str, ...] = _many()
    files: tuple[str, ...] = _many()
    lines: tuple[str, ...] = _many()
    modules: tuple[str, ...] = _many()
    functions: tuple[str, ...] = _many()


@attrs.frozen
class ModuleHeld(Event):
    """What ``sys.modules`` held for a name when the program died.

    Attributes:
        name: the name.
        type: the type of what it held; empty for nothing.
        origin: its ``__file__``.
        outcome: whether it is a module, a half-made one, None, or something else, or absent.
        locations: its ``__path__``; one that is no list of text is shown with its type, and so is an
            empty one.
    """

    kind = "module.held"
    name: str
    type: str
    origin: str | None
    outcome: str
    locations: tuple[str, ...] = _many()


@attrs.frozen
class ProgramEnded(Event):
    """The program's main thread came to its end.

    Attributes:
        outcome: whether it ran to its end, left with ``SystemExit``, or died of an error.
        path: after an error, ``sys.path`` at that moment; what is no text is shown with its type.
        meta_path: after an error, the finders, each with the file that defines it.
        path_hooks: after an error, the path hooks, each with the file that defines it.
    """

    kind = "program.ended"
    outcome: str
    path: tuple[str, ...] = _many()
    meta_path: tuple[str, ...] = _many()
    path_hooks: tuple[str, ...] = _many()
