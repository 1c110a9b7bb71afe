"""Following the processes that a program starts: Python processes are started on ``boot.py``, like it.

Decides which commands are this same interpreter with a program, and puts ours in their place at the
last moment: the program has handed its command over by then and does not see it again. Anything that
is not surely ours to change is started as it is. ``launching.py`` spells the command.

Nothing of ``subprocess`` is touched. It tells audit hooks (PEP 578) of the very list that it passes on
to the kernel. ``multiprocessing`` has a way past that, one function, which is disguised as the seam's.
"""

import sys

from .command_line import CommandLineError, parse
from .disk import system as os
from .launching import Place
from .seam import disguised, uncovered
from .stream import Stream, process_head

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

    from .live import Live

# The kernel takes no argument longer than this (32 pages), and fails the start.
_LONGEST = 100_000
_READ = 4
_ENCODING = sys.getfilesystemencoding()


class Following:
    """Sees to it that the Python processes that this one starts are recorded too."""

    def __init__(self, live: "Live", options: "dict[str, Any]") -> None:
        self._live = live
        self._options = options

    def begin(self) -> None:
        """Take notice of processes from now on."""
        sys.addaudithook(self._hear)
        self._live.after_load["multiprocessing.util"] = self._stand_before

    def forked(self) -> None:
        """Record the forked process that this is beside the one that it is a copy of."""
        live, options = self._live, self._options
        head = process_head(os.getppid(), "forked", options["orig"])
        try:
            stream = Stream(f"{options['stream']}.{os.getpid()}", head, live.record.rows)
        except OSError:
            live.on = False
            return
        live.flush = stream.flush
        live.tell_installed()
        live.flush()

    def _hear(self, event: str, arguments: "Any") -> None:
        if event == "subprocess.Popen" and self._live.on:
            try:
                executable, command, cwd, env = arguments
                self._change(executable, command, cwd, env)
            except Exception:  # an observer that fails never breaks the observed: it is not followed
                pass

    def _stand_before(self, util: "Any") -> None:
        """Put a function before the one by which ``multiprocessing`` starts processes."""
        genuine = util.spawnv_passfds
        live, change, uncover = self._live, self._change, uncovered

        def spawnv_passfds(path: "Any", args: "Any", passfds: "Any") -> "Any":
            if live.on:
                try:
                    args = [*args]
                    change(path, args, None, None)
                except Exception:  # see above
                    pass
            try:
                return genuine(path, args, passfds)
            except BaseException as error:
                uncover(error)
                raise

        util.spawnv_passfds = disguised(spawnv_passfds, genuine)

    def _change(self, executable: "Any", command: "list[Any]", cwd: "Any", env: "Any") -> None:
        """Change a command, in place, if it is this interpreter with a program to trace."""
        path = sys.modules["posixpath"]
        where = os.getcwd() if cwd is None else path.join(os.getcwd(), _plain(cwd))
        if not self._is_us(_plain(executable), where, env):
            return
        try:
            line = parse([_plain(argument) for argument in command[1:]])
        except CommandLineError:
            return
        if line.answers or line.kind == "stdin":
            return  # for the interpreter alone, or perhaps for somebody at a terminal
        place = Place(self._options["engine"], self._options["stream"], where, path)
        if line.kind == "file" and not os.access(path.join(where, line.target), _READ):
            return
        inherited = {name: self._options[name] for name in ("follow", "cached", "bundle")}
        settings = place.settings(line) | inherited | {"how": "spawned", "break_on": ()}
        changed = place.arguments(line, settings)
        if max(map(len, changed)) < _LONGEST:
            command[1:] = changed

    def _is_us(self, executable: str, where: str, env: "Any") -> bool:
        """Say whether a command is run by the very file that runs this process."""
        own = os.stat(sys.executable)
        for candidate in self._candidates(executable, where, env):
            try:
                status = os.stat(candidate)
            except OSError:
                continue
            return (own.st_dev, own.st_ino) == (status.st_dev, status.st_ino)
        return False

    def _candidates(self, executable: str, where: str, env: "Any") -> list[str]:
        path = sys.modules["posixpath"]
        if "/" in executable:
            return [path.join(where, executable)]
        known = sys.modules["os"].environ if env is None else env
        folders = _plain(known.get("PATH", "")).split(":")
        return [path.join(where, folder, executable) for folder in folders]


def _plain(value: "Any") -> str:
    """Give an argument as text.

    Raises:
        TypeError: it is something else, whose code would have to be run.
    """
    if value.__class__ is str:
        text: str = value
        return text
    if value.__class__ is bytes:
        return str(value, _ENCODING, "surrogateescape")
    module = type(value).__module__
    if module == "pathlib" or module.startswith("pathlib."):
        return str(value)
    raise TypeError
