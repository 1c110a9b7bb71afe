"""The command line of a traced process: the interpreter is started on ``boot.py``, with the program's wishes.

Decides what of the program the process is told, and in which form ``boot.py`` is given to it. Starts
nothing. ``child.py`` starts the first process by this, ``following.py`` those that the program starts.
"""

from marshal import dumps

from .genuine import zipimporter
from .system import REAL_DISK

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

    from .command_line import CommandLine

# Every version reads it. What is there more than once, as the text of a program, is written once.
_FORMAT = 4


class Place:
    """Where a process is started, and by which rules paths are text there.

    Args:
        engine: the directory of the engine's files.
        stream: the file for its rows.
        cwd: its working directory.
        path: ``os.path``, which every program that starts another one has loaded.
    """

    def __init__(self, engine: str, stream: str, cwd: str, path: "Any") -> None:
        self.engine = engine
        self.stream = stream
        self.cwd = cwd
        self.path = path

    def settings(self, line: "CommandLine") -> "dict[str, Any]":
        """Tell the process what it is to run.

        Raises:
            OSError: the program's file cannot be read.
        """
        kind, file = line.kind, ""
        if kind == "file":
            # As the interpreter makes it absolute: nothing is normalized.
            file = line.target if self.path.isabs(line.target) else self.path.join(self.cwd, line.target)
            kind = "place" if self._is_place(file) else "script"
        return {
            "kind": kind,
            "target": line.target,
            "file": file,
            "argv0": {"module": "-m", "code": "-c"}.get(kind, line.target),
            "orig": line.spelled(),
            "path0": self._first_entry(kind, file),
            "skips_line": line.skips_line,
            "engine": self.engine,
            "stream": self.stream,
            # What of the engine comes by its code.
            "code_from": "program_text" if kind == "code" else "program_file",
            # A text without the word imports nothing by itself; the rest of the engine is not brought in.
            "retold": kind not in ("code", "script") or b"import" in _text(line, file),
        }

    def arguments(self, line: "CommandLine", settings: "dict[str, Any]") -> list[str]:
        """Give the process's arguments: by path, or as text where that gives it the same first entry.

        The interpreter remembers what the first entry of the path was when it started, and since 3.13
        mentions it in messages about modules that shadow the standard library.
        """
        boot = f"{self.engine}/boot.py"
        # As hexadecimal digits, which any encoding of the command line lets through.
        own = [f"{self.engine}/aside.py", dumps(settings, _FORMAT).hex(), *line.arguments]
        at_home = settings["kind"] != "place" and settings["path0"] in ("", self.cwd)
        start = ["-c", REAL_DISK.read(boot).decode()] if at_home else [boot]
        return [*line.flags, *start, *own]

    def _is_place(self, file: str) -> bool:
        """Say whether a file is entered like a path entry: a directory, or an archive."""
        if self.path.isdir(file):
            return True
        try:
            zipimporter(file)
        except (ImportError, EOFError, UnicodeDecodeError):
            return False
        return True

    def _first_entry(self, kind: str, file: str) -> str:
        if kind == "script":
            first: str = self.path.dirname(self.path.realpath(file))
            return first
        return self.cwd if kind == "module" else ""


def _text(line: "CommandLine", file: str) -> bytes:
    return line.target.encode("utf-8", "surrogateescape") if line.kind == "code" else REAL_DISK.read(file)
