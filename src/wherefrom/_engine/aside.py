"""The engine's own modules in a traced child, beside the program's: no part of the import system sees them.

Decides where the code of a module of the engine comes from, the bundle or its file, and keeps the modules to
itself: ``sys.modules``, the path, the finders and their caches are the program's alone. ``boot.py`` runs this
file; ``program.py`` is the first module that it brings in. ``bundle.py``, outside, makes the bundle.
"""

import builtins
import sys

# Before disk.py and genuine.py are here, which are the doors to these for everybody else.
from _frozen_importlib_external import MAGIC_NUMBER, SourceFileLoader
from _io import FileIO
from marshal import loads

if sys.platform == "win32":
    from nt import stat
else:
    from posix import stat

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

PACKAGE = "wherefrom._engine"
_HEADER_SIZE = 16
_DATED = MAGIC_NUMBER + bytes(4)

Module: "Any" = type(sys)
_MISSING: "Any" = object()


class Bundle:
    """The code of many modules in one file, of which no more is read than is needed.

    Attributes:
        places: a module -> the bytes from and up to which its group lies: the code of it and of those that
            come with it. A group that was taken out is not here any more.

    Args:
        path: the file.
        head: what it begins with, if it is the very one that was meant.
        places: see there.
    """

    def __init__(self, path: str, head: bytes, places: "dict[str, tuple[int, int]]") -> None:
        # Another version of Python reads another's bytecode as something else.
        self.places = dict(places) if head[: len(MAGIC_NUMBER)] == MAGIC_NUMBER else {}
        self._path, self._head = path, head
        self._read: dict[str, bytes] = {}

    def read(self, *names: str) -> None:
        """Read groups, in the order in which they lie in the file.

        Raises:
            OSError: they cannot be read.
            ValueError: it is another bundle meanwhile.
        """
        with FileIO(self._path) as file:
            at = len(self._head)
            if file.read(at) != self._head:
                raise ValueError
            for name in names:
                begin, end = self.places[name]
                if begin != at:
                    file.seek(begin)
                self._read[name] = file.read(end - begin)
                at = end

    def codes(self, name: str) -> "dict[str, Any]":
        """Take a group out: give the code of each of its modules.

        Raises:
            Exception: it cannot be read, or is no code.
        """
        if name not in self._read:
            self.read(name)
        codes: dict[str, Any] = loads(self._read[name])
        del self.places[name], self._read[name]
        return codes


class Aside:
    """Modules that know each other and that nobody else knows.

    They get builtins of their own, in which ``__import__`` looks for relative names here.

    Attributes:
        folder: the directory that holds the engine's files.
        modules: what was brought in, by name below the package.
        builtins: what the modules get as ``__builtins__``.

    Args:
        folder: see there.
        bundle: where there is one.
    """

    def __init__(self, folder: str, bundle: "Bundle | None" = None) -> None:
        self.folder = folder
        self.modules: dict[str, Any] = {}
        self._bundle = bundle
        self._codes: dict[str, Any] = {}  # what of the groups is loaded and not run yet
        self.builtins = dict(builtins.__dict__)
        self._import = builtins.__import__  # the program may put another one there
        self.builtins["__import__"] = self._imported

    def bring(self, name: str) -> "Any":
        """Give a module of the engine by its name below the package, brought in if it is not here yet.

        Raises:
            Exception: whatever its code raises, or that it cannot be read.
        """
        module = self.modules.get(name, _MISSING)
        if module is not _MISSING:
            return module
        full = f"{PACKAGE}.{name}"
        module = Module(full)
        namespace = module.__dict__
        namespace["__package__"] = full.rpartition(".")[0]
        namespace["__builtins__"] = self.builtins
        code = self._bundled(name) or _code(full, f"{self.folder}/{name.replace('.', '/')}")
        exec(code, namespace)
        # C code that imports something for us (open_code does) looks here for the __import__ that the program
        # may have replaced, as it does on behalf of the interpreter's own functions.
        namespace["__builtins__"] = builtins.__dict__
        self._codes.pop(name, None)
        # Not earlier, for another thread may come for it; if that was quicker, it counts.
        return self.modules.setdefault(name, module)

    def _bundled(self, name: str) -> "Any":
        """Give the code of a module if the bundle has it."""
        if self._bundle is not None and name in self._bundle.places:
            try:
                self._codes.update(self._bundle.codes(name))
            except Exception:  # taken away or spoilt since it was looked at: the files do, too
                pass
        return self._codes.get(name)

    def _imported(
        self,
        name: str,
        globals: "Any" = None,  # noqa: A002  # as the parameters of __import__ are called
        locals: "Any" = None,  # noqa: A002  # see above
        fromlist: "Any" = (),
        level: int = 0,
    ) -> "Any":
        if level == 0:
            return self._import(name, globals, locals, fromlist, level)
        base = globals["__package__"].split(".")[2:]  # below the package
        return self.bring(".".join([*base[: len(base) - level + 1], name]))


def start(main: "dict[str, Any]") -> "Any":
    """Bring the engine in, and give what makes the program ready.

    Args:
        main: the namespace of ``boot.py``, which is to become the program's.
    """
    options = loads(bytes.fromhex(sys.argv[2]))
    bundle = Bundle(*options["bundle"])
    bring = Aside(options["engine"], bundle).bring
    if bundle.places:
        try:
            steps = "searching" if options["retold"] else "observing"
            bundle.read("program", options["code_from"], steps)
        except Exception:  # taken away or spoilt since it was looked at: the files do, too
            bundle.places.clear()
    return bring("program").Start(options, sys.argv[3:], main, bring)


def _code(name: str, stem: str) -> "Any":
    """Come by the code of a file, by cached bytecode if that fits the file.

    Raises:
        OSError: there is no such file.
    """
    folder, _, last = stem.rpartition("/")
    source = f"{stem}.py"
    status = stat(source)
    try:
        with FileIO(f"{folder}/__pycache__/{last}.{sys.implementation.cache_tag}.pyc") as file:
            data = file.readall()
    except OSError:
        data = b""
    if data[:_HEADER_SIZE] == _DATED + _four(int(status.st_mtime)) + _four(status.st_size):
        return loads(memoryview(data)[_HEADER_SIZE:])
    # This writes bytecode for the next time, as every import does.
    return SourceFileLoader(name, source).get_code(name)


def _four(number: int) -> bytes:
    return (number & 0xFFFFFFFF).to_bytes(4, "little")
