"""Facts about an interpreter, asked of it once through a tiny isolated child.

Version, flags, suffixes, built-in and frozen names, the habits of its `site` module: what one needs
to know to resolve a name, or to model a search path, as that interpreter would. It never runs code
that is installed for the interpreter. Read `asking.py` for the child and `site_rules.py` for what
is read out of the interpreter's `site`.
"""

from __future__ import annotations

import os

import attrs

from wherefrom.search_path.asking import AskingError, ask

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    State = tuple[object, ...]

# Only modules that are there before any file is read: sys, _imp, the frozen import machinery.
# A code object's constants and names tell what a function does without running it.
_FACTS = r"""
import sys, _imp
import _frozen_importlib_external as _external
def words(code, consts, names):
    names.update(code.co_names)
    for const in code.co_consts:
        if isinstance(const, str) and len(const) < 60:
            consts.add(const)
        elif hasattr(const, "co_consts"):
            words(const, consts, names)
def site_code():
    if _imp.is_frozen("site"):
        return _imp.get_frozen_object("site"), "frozen"
    import io
    file = (sys._stdlib_dir or "") + "/site.py"
    with io.open(file, "rb") as f:
        return compile(f.read(), file, "exec"), "file"
def site_words():
    try:
        code, origin = site_code()
    except Exception:
        return None, {}
    found = {"": (set(), set())}
    words(code, *found[""])
    def functions(code, prefix=""):
        for const in code.co_consts:
            if hasattr(const, "co_consts"):
                found.setdefault(const.co_name, (set(), set()))
                words(const, *found[const.co_name])
                functions(const)
    functions(code)
    return origin, {name: (sorted(c), sorted(n)) for name, (c, n) in found.items() if name[:1] != "<"}
def frozen():
    rows = {}
    for name in _imp._frozen_module_names():
        found = _imp.find_frozen(name)
        if found is not None:
            rows[name] = (bool(found[1]), found[2])
    return rows
origin, about_site = site_words()
flags = {name: getattr(sys.flags, name) for name in dir(sys.flags)
         if name[:1] != "_" and name not in ("count", "index") and name[:2] != "n_"}
answer = {
    "version": sys.version, "version_info": tuple(sys.version_info), "hexversion": sys.hexversion,
    "implementation": sys.implementation.name, "cache_tag": sys.implementation.cache_tag,
    "platform": sys.platform, "executable": sys.executable,
    "base_executable": getattr(sys, "_base_executable", ""),
    "prefix": sys.prefix, "exec_prefix": sys.exec_prefix,
    "base_prefix": sys.base_prefix, "base_exec_prefix": sys.base_exec_prefix,
    "stdlib_dir": getattr(sys, "_stdlib_dir", None), "platlibdir": sys.platlibdir,
    "abiflags": getattr(sys, "abiflags", ""), "byteorder": sys.byteorder,
    "multiarch": getattr(sys.implementation, "_multiarch", None),
    "extension_suffixes": tuple(_imp.extension_suffixes()),
    "source_suffixes": tuple(_external.SOURCE_SUFFIXES),
    "bytecode_suffixes": tuple(_external.BYTECODE_SUFFIXES),
    "magic": tuple(_external.MAGIC_NUMBER),
    "builtin_module_names": tuple(sys.builtin_module_names),
    "stdlib_module_names": tuple(sorted(sys.stdlib_module_names)),
    "frozen": frozen(), "loaded": tuple(sys.modules), "flags": flags,
    "initial_path": tuple(sys.path), "filesystem_encoding": sys.getfilesystemencoding(),
    "site_origin": origin, "site": about_site,
}
"""


@attrs.frozen
class FrozenModule:
    """A module that is compiled into the interpreter: its name, kind and the name it had as a file."""

    name: str
    is_package: bool
    origname: str | None


@attrs.frozen
class Interpreter:
    """Facts about one interpreter: plain data that can be written as JSON.

    Attributes:
        python: The executable as it was given.
        version_info: `sys.version_info` as a tuple.
        implementation: `"cpython"`, or another implementation's name.
        cache_tag: The tag of its bytecode files, such as `cpython-312`.
        executable, prefix, exec_prefix, base_prefix, base_exec_prefix, stdlib_dir, platlibdir:
            As in `sys`, before `site` has run.
        abiflags: `"t"` for a free-threaded build.
        soabi: The tag of its extension modules, such as `cpython-312-x86_64-linux-gnu`, or None.
        extension_suffixes, source_suffixes, bytecode_suffixes: As in `importlib.machinery`.
        magic: The first four bytes of its bytecode files.
        builtin_module_names, stdlib_module_names: As in `sys`.
        frozen: The frozen modules.
        loaded: The modules that it has loaded before `site` runs.
        flags: `sys.flags` of the child that was asked.
        initial_path: `sys.path` before `site`, in isolated mode.
        site: What its `site` module's functions mention: name -> (constants, names).
        site_origin: `"frozen"`, `"file"`, or None where it could not be read.
    """

    python: str
    version: str
    version_info: tuple[int, int, int, str, int]
    hexversion: int
    implementation: str
    cache_tag: str | None
    platform: str
    executable: str
    base_executable: str
    prefix: str
    exec_prefix: str
    base_prefix: str
    base_exec_prefix: str
    stdlib_dir: str | None
    platlibdir: str
    abiflags: str
    byteorder: str
    multiarch: str | None
    extension_suffixes: tuple[str, ...]
    source_suffixes: tuple[str, ...]
    bytecode_suffixes: tuple[str, ...]
    magic: tuple[int, ...]
    builtin_module_names: tuple[str, ...]
    stdlib_module_names: tuple[str, ...]
    frozen: tuple[FrozenModule, ...]
    loaded: tuple[str, ...]
    flags: Mapping[str, Any]
    initial_path: tuple[str, ...]
    filesystem_encoding: str
    site_origin: str | None
    site: Mapping[str, tuple[list[str], list[str]]] = attrs.field(repr=False)

    @property
    def release(self) -> str:
        """The version as people write it, such as `3.12.1` or `3.15.0rc2`."""
        major, minor, micro, level, serial = self.version_info
        letters = {"alpha": "a", "beta": "b", "candidate": "rc"}.get(level)
        return f"{major}.{minor}.{micro}" + (f"{letters}{serial}" if letters else "")

    @property
    def soabi(self) -> str | None:
        """The tag between the dots of its most specific extension suffix, or None."""
        first = self.extension_suffixes[0] if self.extension_suffixes else ""
        inner = first.strip(".").rsplit(".", 1)[0]
        return inner if "." in first.strip(".") else None

    @property
    def free_threaded(self) -> bool:
        """Whether the build runs without the global interpreter lock."""
        return "t" in self.abiflags

    @property
    def debian(self) -> bool:
        """Whether its `site` carries Debian's patch (`dist-packages`)."""
        return "dist-packages" in self.site.get("getsitepackages", ([], []))[0]

    def to_dict(self) -> dict[str, Any]:
        """Return the facts as plain data, ready for JSON."""
        return attrs.asdict(self)


def facts_of(
    python: str | None = None, *, env: Mapping[str, str] | None = None, timeout: float = 10.0
) -> Interpreter:
    """Return the facts about an interpreter, asked of it at most once per state of its executable.

    The child is isolated (`-I -S`), so nothing that is installed for the interpreter runs. One that
    only starts with the help of the environment (`PYTHONHOME`) is asked again with it.

    Args:
        python: The executable; a bare name is looked up on `PATH`. The running one if left out.
        env: The environment to ask in, `os.environ` if left out.
        timeout: Seconds to wait for the answer.

    Returns:
        The facts.

    Raises:
        AskingError: There is no such interpreter, it is not Python, or it did not answer.

    Example:
        >>> import sys
        >>> facts_of(sys.executable).version_info[:2] == sys.version_info[:2]
        True

    References: PEP 3147 (cache tags), PEP 3149 (extension suffixes), `sys.stdlib_module_names`.
    """
    import sys

    exe = python or sys.executable
    environment = os.environ if env is None else env
    state = _state(exe, environment)
    known = _KNOWN.get(state)
    if known is None:
        known = _KNOWN[state] = _ask(exe, environment, timeout)
    return known


# Keyed by everything that can change the answer; a state that comes back has the old answer.
_KNOWN: dict[State, Interpreter] = {}

_STARTING_VARIABLES = ("PATH", "PYTHONHOME", "PYTHONEXECUTABLE", "PYTHONPLATLIBDIR", "__PYVENV_LAUNCHER__")


def _state(python: str, env: Mapping[str, str]) -> State:
    """Gather what the answer depends on: the file, its links, pyvenv.cfg, ._pth, a few variables."""
    import shutil

    found = python if os.sep in python else shutil.which(python, path=env.get("PATH")) or python
    try:
        place = os.path.abspath(found)
    except OSError:  # the working directory is gone
        place = found
    directory = os.path.dirname(place)
    beside = (
        os.path.join(directory, "pyvenv.cfg"),
        os.path.join(os.path.dirname(directory), "pyvenv.cfg"),
        place + "._pth",
        os.path.realpath(place) + "._pth",
    )
    variables = tuple(env.get(name) for name in _STARTING_VARIABLES)
    return (python, place, os.path.realpath(place), variables, *map(_stamp, (place, *beside)))


def _stamp(path: str) -> tuple[int, ...] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)


def ask_in(
    python: str,
    env: Mapping[str, str],
    *,
    timeout: float = 10.0,
    program_name: str | None = None,
    cwd: str | None = None,
) -> Interpreter:
    """Ask for the facts in a given environment, neither isolated nor remembered.

    It is for the interpreter that a `._pth` file rules: under its own name it would run `site`.

    Args:
        python: The executable.
        env: The environment to ask in.
        timeout: Seconds to wait for the answer.
        program_name: What to call the interpreter by.
        cwd: The working directory.

    Raises:
        AskingError: It did not answer.
    """
    answer = ask(python, _FACTS, env=env, timeout=timeout, program_name=program_name, cwd=cwd)
    return _made(python, answer)


def _ask(python: str, env: Mapping[str, str], timeout: float) -> Interpreter:
    try:
        answer = ask(python, _FACTS, flags=("-I",), env=env, timeout=timeout)
    except AskingError as failure:
        if not failure.would_not_start or not env.get("PYTHONHOME"):
            raise
        answer = ask(python, _FACTS, env=env, timeout=timeout)
    return _made(python, answer)


def _made(python: str, answer: dict[str, Any]) -> Interpreter:
    return Interpreter(
        python=python,
        **{
            **answer,
            "frozen": tuple(FrozenModule(name, *row) for name, row in sorted(answer["frozen"].items())),
        },
    )
