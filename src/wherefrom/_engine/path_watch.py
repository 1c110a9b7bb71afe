"""Who changes ``sys.path``: the list is looked at where imports begin and end, and differences are told.

Decides what is known of a difference: whose code ran between two looks, and from which line to which.
The list stays the program's own, and nobody is told when it is changed; so a line is never observed,
only the two lines that it lies between in time. ``live.py`` asks for the looks; which statement it
was is worked out when somebody reads the record (``search_path/statements.py``).
"""

import sys
from _thread import _count, allocate_lock

from .genuine import ModuleSpec
from .seam import relabelled

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

    from .live_record import LiveRecord

# What the program has bound, without asking whatever class the module may have been given.
_SYS = sys.__dict__
_MODULE_LEVEL = "<module>"
# Frames of the import system, and of what the interpreter itself runs programs by.
_FROZEN = "<frozen "
_OURS = __package__.partition(".")[0]
_MOST_FRAMES = 20
_name_in = dict.get
_plain = str.__str__  # a str of another class may have its own
_join = "\0".join
_get = _SYS.get


class PathWatch:
    """Remembers ``sys.path`` as it was at the last look, and who was where then.

    Attributes:
        launcher: the code that runs the program in the interpreter's place; no part of the program.
    """

    def __init__(self, record: "LiveRecord") -> None:
        self.launcher: Any = None
        self._record = record
        self._path: Any = None
        self._list: list[Any] = []
        self._texts: list[str] = []
        self._joined = ""
        self._lines: dict[str, int] = {}  # file -> the line of its module's code at the last look there
        self._origins: dict[str, str | None] = {}  # module that is being loaded -> its file
        self._lock = allocate_lock()

    def begin(self, frame: "Any" = None) -> None:
        """Take the path as it is for what there was before."""
        self._lines.clear()
        self._origins.clear()
        self._remember(_SYS.get("path"))
        while frame is not None:
            self._was_at(frame)
            frame = frame.f_back

    # -- the looks --------------------------------------------------------------------------------

    def import_began(self, name: str, frame: "Any", line: "int | None") -> None:
        """Look as a statement asks for a module."""
        if self._differs():
            self._tell(name, "import-began", frame)
        if line is not None:
            file = _file_of_module(frame)
            if file is not None:
                self._lines[file] = line  # to ask the frame for its line is dear

    def load_began(self, name: str, spec: "Any") -> None:
        """Look as a module has been found: by whom it was sought, its code does not answer for."""
        if self._differs():
            self._tell(name, "load-began", None)
        origin = spec.origin if spec.__class__ is ModuleSpec else None
        if origin.__class__ is str:
            self._origins[name] = origin
            self._lines.pop(origin, None)

    def load_ended(self, name: str) -> None:
        """Look as a module's code has run, to its end or to an error."""
        origin = self._origins.pop(name, None)
        if self._differs():
            self._tell(name, "load-ended", None, origin)

    def import_failed(self, name: str) -> None:
        """Look as an import has failed: finders were asked in vain, or a look has been since."""
        if self._differs():
            self._tell(name, "import-failed", None)

    def look(self, frame: "Any" = None, file: "str | None" = None) -> None:
        """Look because somebody wants to know, or because the program or the recording ends."""
        if self._differs():
            self._tell("__main__" if file is not None else "", "looked", frame, file)
        while frame is not None:
            self._was_at(frame)
            frame = frame.f_back

    # -- what is seen -----------------------------------------------------------------------------

    def _differs(self) -> bool:
        # Comparing the entries might run a stranger's code, and id() is heard of by audit hooks.
        # To join them does neither, and costs next to nothing.
        try:
            return _get("path") is not self._path or _join(self._list) != self._joined
        except TypeError:  # an entry that is no text
            return [*map(_text, self._list)] != self._texts

    def _remember(self, path: "Any") -> None:
        self._path = path
        self._list = path if path.__class__ is list else []
        self._texts = [*map(_text, self._list)]
        self._joined = _join(self._texts)

    def _was_at(self, frame: "Any") -> None:
        file = _file_of_module(frame)
        if file is not None:
            self._lines[file] = frame.f_lineno

    def _tell(self, name: str, seen: str, frame: "Any", file: "str | None" = None) -> None:
        """Record a difference; of two threads that see it, one does."""
        if not self._lock.acquire(False):
            return
        try:
            before, old = self._path, self._texts
            path = _SYS.get("path")
            self._remember(path)
            new = self._texts
            if path is before and old == new:
                return  # another thread has told it
            importer, line = name if file is not None else "", None
            frames: list[str] = []
            if frame is not None:
                importer, file, line, frames = self._running(frame)
            after = None if file is None else self._lines.get(file)
            if file is not None and line is not None:
                self._lines[file] = line
            self._record.path_changed(
                name,
                seen,
                _how(path is not before, len(new) - len(old)),
                importer,
                file,
                after,
                line,
                "other-threads-ran" if _count() else None,
                _without(new, old),
                _without(old, new),
                tuple(new),
                tuple(frames),
            )
        finally:
            self._lock.release()

    def _running(self, frame: "Any") -> "tuple[str, str | None, int | None, list[str]]":
        """Find the module whose code runs, its file and line, and the functions that it has called."""
        frames: list[str] = []
        while frame is not None:
            code, name = frame.f_code, _name_in(frame.f_globals, "__name__")
            file = code.co_filename
            name = name if name.__class__ is str else ""
            passed_over = file.startswith(_FROZEN) or name.partition(".")[0] == _OURS or code is self.launcher
            if not passed_over:
                if _file_of_module(frame) is not None:
                    return name, file, frame.f_lineno, frames
                if len(frames) < _MOST_FRAMES:
                    frames.append(f"{file}:{frame.f_lineno}")
            frame = frame.f_back
        return "", None, None, frames


def _file_of_module(frame: "Any") -> "str | None":
    """Give a frame's file if it runs the code of a module, not a function or a text that was executed."""
    code = frame.f_code
    if code.co_name != _MODULE_LEVEL:
        return None
    file: str = code.co_filename
    if file[:1] == "<" and _name_in(frame.f_globals, "__name__") != "__main__":
        return None
    return file


def _how(rebound: bool, longer: int) -> str:
    if rebound:
        return "rebound"
    if not longer:
        return "altered"
    return "extended" if longer > 0 else "shortened"


def _text(entry: "Any") -> str:
    if entry.__class__ is str or isinstance(entry, str):
        return _plain(entry)
    return f"<{type(entry).__name__}>"


def _without(entries: "list[str]", others: "list[str]") -> "tuple[str, ...]":
    """Give the entries without those that are among the others, each as often as it is there."""
    left = others[:]
    over = []
    for entry in entries:
        if entry in left:
            left.remove(entry)
        else:
            over.append(entry)
    return tuple(over)


for _function in (*vars(PathWatch).values(), _file_of_module, _how, _text, _without):
    if type(_function) is type(_without):
        relabelled(_function)
del _function
