"""Reads a command line as the interpreter does: its flags, and what it is asked to run.

It decides the run mode (`command`, `module`, `script`, `stdin`, `interactive`) and which flags are
set; whether a script is in truth a directory or an archive is decided in `first_entry.py`, by the
disk. It mirrors `Python/getopt.c` and the command line part of `Python/initconfig.c`.
"""

from __future__ import annotations

import os

import attrs

from wherefrom.search_path import tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_WITHOUT_ARGUMENT = frozenset("bBdEhiIOPqRsStuvVx?")
_WITH_ARGUMENT = frozenset("cmWX")
_LONG = {
    "help": False,
    "help-all": False,
    "help-env": False,
    "help-xoptions": False,
    "version": False,
    "check-hash-based-pycs": True,
}
_TELLS_AND_LEAVES = frozenset(
    {"-h", "-?", "-V", "--help", "--help-all", "--help-env", "--help-xoptions", "--version"}
)

# -X options that write files, flood stderr or run code, and move no path: a probe does without.
_NOT_FOR_PROBES = frozenset(
    {"perf", "perf_jit", "presite", "importtime", "showrefcount", "showalloccount", "tracemalloc", "pystats"}
)


@attrs.frozen
class Invocation:
    """A command line, read.

    Attributes:
        argv: The arguments as given, without the interpreter.
        flags: The single letters and long options that were set, such as `"-I"`.
        x_options: The arguments of `-X`.
        mode: `command`, `module`, `script`, `stdin` or `interactive`.
        operand: The code, module or file; `"-"` for `python -`; empty otherwise.
        error: Why the interpreter would stop at this command line, or None.
    """

    argv: tuple[str, ...]
    flags: frozenset[str] = frozenset()
    x_options: tuple[str, ...] = ()
    mode: str = "interactive"
    operand: str = ""
    error: str | None = None

    @property
    def probe_flags(self) -> tuple[str, ...]:
        """The flags that a probe needs so that it starts, or fails to start, as the invocation does."""
        hiding = tuple(flag for flag in ("-E", "-I") if flag in self.flags)
        options = [option for option in self.x_options if option.partition("=")[0] not in _NOT_FOR_PROBES]
        return (*hiding, *(text for option in options for text in ("-X", option)))

    @property
    def uses_environment(self) -> bool:
        """Whether PYTHON* variables are looked at."""
        return not self.flags & {"-E", "-I"}


@attrs.define
class _Reading:
    """The state of reading one command line."""

    left: list[str]
    flags: set[str] = attrs.Factory(set)
    x_options: list[str] = attrs.Factory(list)
    program: tuple[str, str] | None = None
    error: str | None = None


def read(arguments: Sequence[str]) -> Invocation:
    """Read the arguments that stand after the interpreter.

    Args:
        arguments: As the interpreter gets them, in `sys.argv` style.

    Returns:
        The invocation; a command line that the interpreter rejects has its `error` set.

    Example:
        >>> found = read(["-IS", "-c", "pass"])
        >>> found.mode, sorted(found.flags)
        ('command', ['-I', '-S'])
    """
    reading = _Reading(list(arguments))
    while reading.error is None and reading.program is None and _read_option(reading):
        pass
    mode, operand = reading.program or _program(reading)
    return Invocation(
        argv=tuple(arguments),
        flags=frozenset(reading.flags),
        x_options=tuple(reading.x_options),
        mode=mode,
        operand=operand,
        error=reading.error or _tells_and_leaves(reading.flags),
    )


def _read_option(reading: _Reading) -> bool:
    """Read one argument if it is one of options; say whether there was one."""
    if not reading.left or reading.left[0] in ("", "-") or not reading.left[0].startswith("-"):
        return False
    word = reading.left.pop(0)
    if word == "--":
        return False
    if word.startswith("--"):
        _read_long(reading, word[2:])
    else:
        _read_cluster(reading, word[1:])
    return True


def _read_long(reading: _Reading, name: str) -> None:
    if name not in _LONG:
        reading.error = f"Python would stop: unknown option --{name}"
        return
    reading.flags.add(f"--{name}")
    if not _LONG[name]:
        return
    if not reading.left:
        reading.error = f"Python would stop: argument expected for the --{name} option"
    elif reading.left.pop(0) not in ("always", "default", "never"):
        reading.error = "Python would stop: --check-hash-based-pycs must be one of always, default, never"


def _read_cluster(reading: _Reading, letters: str) -> None:
    """Read `-ISc` letter by letter; the first that takes an argument swallows the rest."""
    for position, letter in enumerate(letters):
        if letter in _WITH_ARGUMENT:
            _read_argument(reading, letter, letters[position + 1 :])
            return
        if letter not in _WITHOUT_ARGUMENT:
            reading.error = f"Python would stop: unknown option -{letter}"
            return
        reading.flags.add(f"-{letter}")


def _read_argument(reading: _Reading, letter: str, attached: str) -> None:
    if not attached and not reading.left:
        reading.error = f"Python would stop: argument expected for the -{letter} option"
        return
    value = attached or reading.left.pop(0)
    if letter == "c":
        reading.program = ("command", value)
    elif letter == "m":
        reading.program = ("module", value)
    elif letter == "X":
        reading.x_options.append(value)


def _program(reading: _Reading) -> tuple[str, str]:
    """Tell what runs when neither -c nor -m said it: a file, or whatever comes over standard input."""
    if not reading.left:
        return ("interactive", "")
    if reading.left[0] == "-":
        return ("stdin", "-")
    return ("script", reading.left[0])


def _tells_and_leaves(flags: set[str]) -> str | None:
    shown = sorted(flags & _TELLS_AND_LEAVES)
    return f"Python would answer {shown[0]} and stop, no program runs" if shown else None


def switched_off(
    effect: str, invocation: Invocation, env: Mapping[str, str], *, has_pth: bool = False
) -> list[str]:
    """Name the flags, variables and files that switch off a part of the path.

    Args:
        effect: `"environment"`, `"first"`, `"user-site"` or `"site"`.
        invocation: The command line.
        env: The environment.
        has_pth: Whether a `._pth` file rules this interpreter.

    Returns:
        The names out of the table of switches that are on and have the effect.

    Example:
        >>> switched_off("first", read(["-I"]), {"PYTHONSAFEPATH": "0"})
        ['-I']
        >>> switched_off("first", read([]), {"PYTHONSAFEPATH": "0"})
        ['PYTHONSAFEPATH']
    """
    # A ._pth file hides the variables only after they were read for the flags, so those still count.
    on = {
        name
        for name in tables.SWITCHES
        if name in invocation.flags
        or (name == "._pth" and has_pth)
        or (name.startswith("PYTHON") and invocation.uses_environment and _is_set(name, env.get(name, "")))
    }
    return [name for name, switch in tables.SWITCHES.items() if name in on and effect in switch.effects]


def _is_set(name: str, value: str) -> bool:
    """Tell whether a variable is on: PYTHONNOUSERSITE is a number, PYTHONSAFEPATH is any text at all.

    Mirrors `_Py_get_env_flag` in `Python/preconfig.c`: what is no number, or a negative one, is 1.
    """
    if name == "PYTHONSAFEPATH" or not value:
        return bool(value)
    return not (value.isascii() and value.lstrip(" \t\n\v\f\r").lstrip("+-").isdigit() and int(value) == 0)


def environment_at_start() -> dict[str, str]:
    """Return the environment with which this process was started, where the system tells it.

    The program may have changed `os.environ` since, and the interpreter takes `__PYVENV_LAUNCHER__`
    out of it while it starts.
    """
    try:
        with open("/proc/self/environ", "rb") as file:
            raw = file.read()
    except OSError:
        return dict(os.environ)
    pairs = (os.fsdecode(item).partition("=") for item in raw.split(b"\0") if b"=" in item)
    return {name: value for name, _, value in pairs}
