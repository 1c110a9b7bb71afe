"""Asks an interpreter one question through a tiny child, and puts every failure into words.

The child runs with `-S -P -c`: no site, no first entry, so no code but our few lines. What may go
wrong (no such file, not Python, too old, would not start, hangs) becomes an `AskingError` that
names the input and the fix. It never decides what to ask: see `interpreter.py` and `start.py`.
"""

from __future__ import annotations

import os

from wherefrom.errors import WherefromError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

# A shell that is mistaken for Python runs this line and leaves; to Python it is a docstring.
_SHELL_LEAVES = '""":"; exit 97; """\n'

# The answer stands between two marks, because start-up code of a ._pth file may print as well.
_MARK = "wherefrom-answer:"

# Variables that would only make the child slow, noisy or interactive. None of them moves a path.
_NOISE = (
    "PYTHONINSPECT",
    "PYTHONVERBOSE",
    "PYTHONPROFILEIMPORTTIME",
    "PYTHONPERFSUPPORT",
    "PYTHON_PERF_JIT_SUPPORT",
    "PYTHON_PRESITE",
    "PYTHONDUMPREFS",
    "PYTHONDUMPREFSFILE",
)


class AskingError(WherefromError):
    """An interpreter could not be asked; the message names the input and the fix.

    Attributes:
        python: The interpreter as it was given.
        would_not_start: True if it is a Python that does not start in these circumstances,
            False if there is no such Python or it did not answer.
    """

    def __init__(self, message: str, *, python: str, would_not_start: bool = False) -> None:
        super().__init__(message)
        self.python = python
        self.would_not_start = would_not_start


def ask(
    python: str,
    code: str,
    *,
    flags: Sequence[str] = (),
    arguments: Sequence[str] = (),
    env: Mapping[str, str],
    cwd: str | None = None,
    timeout: float = 10.0,
    program_name: str | None = None,
) -> dict[str, Any]:
    """Run `code` in a child of `python` and return the dictionary that it binds to `answer`.

    Args:
        python: The interpreter, spelled as the invocation in question spells it.
        code: Statements that bind `answer`; they may use what every interpreter has loaded.
        flags: Interpreter flags in front of `-S -P -c`.
        arguments: What the code finds in `sys.argv[1:]`.
        env: The environment of the invocation.
        cwd: Its working directory.
        timeout: Seconds after which the child is ended.
        program_name: What to call the interpreter by instead of `python` (its `argv[0]`).

    Raises:
        AskingError: There is no such interpreter, it is not Python, or it did not answer.
    """
    _check_directory(cwd, python)
    text = f"{_SHELL_LEAVES}{code}\nimport sys\nsys.stdout.write({_MARK!r} + ascii(answer) + {_MARK!r})\n"
    command = [program_name or python, *flags, "-S", "-P", "-c", text, *arguments]
    quiet = {name: value for name, value in env.items() if name not in _NOISE}
    status, out, err = _run(command, python=python, env=quiet, cwd=cwd, timeout=timeout)
    return _parse(python, status, out, err)


def _check_directory(cwd: str | None, python: str) -> None:
    """Tell a missing working directory from a missing interpreter: both are ENOENT to the system."""
    if cwd is not None and not os.path.isdir(cwd):
        raise AskingError(f"the working directory {cwd!r} does not exist: give one that does", python=python)


def _run(
    command: list[str], *, python: str, env: Mapping[str, str], cwd: str | None, timeout: float
) -> tuple[int, str, str]:
    import subprocess

    try:
        process = subprocess.Popen(
            command,
            executable=python if command[0] != python else None,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=env,
            cwd=cwd,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        raise AskingError(_why_not_run(python, error), python=python) from error
    try:
        out, err = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        _end_group(process.pid)
        process.communicate()
        raise AskingError(
            f"{python!r} did not answer within {timeout:g} seconds, so it was ended: "
            "is it a Python interpreter? If it is only slow, give it more time (timeout=, --timeout)",
            python=python,
        ) from None
    return process.returncode, out.decode("ascii", "replace"), err.decode("utf-8", "replace")


def _end_group(pid: int) -> None:
    """End the child and what it started: a wrapper script's grandchild may hold our pipes open."""
    import signal

    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def _why_not_run(python: str, error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        if os.path.lexists(python) and not os.path.exists(python):
            return (
                f"{python!r} is a link to {os.path.realpath(python)!r}, which does not exist: "
                "make the environment anew, or name another interpreter"
            )
        where = "is not a file" if os.sep in python else "was not found on PATH"
        return f"the interpreter {python!r} {where}: check the spelling, or give its full path"
    if isinstance(error, PermissionError):
        kind = "is a directory" if os.path.isdir(python) else "may not be executed"
        return f"{python!r} {kind}: give the path of a Python interpreter, such as {_example(python)!r}"
    return f"{python!r} is not a Python interpreter: the system refused to run it ({error})"


def _example(python: str) -> str:
    return os.path.join(python, "bin", "python") if os.path.isdir(python) else "/usr/bin/python3"


def _parse(python: str, status: int, out: str, err: str) -> dict[str, Any]:
    parts = out.split(_MARK)
    if len(parts) == 3:
        import ast

        answer: dict[str, Any] = ast.literal_eval(parts[1])
        return answer
    raise _failure(python, status, err)


def _failure(python: str, status: int, err: str) -> AskingError:
    last = _telling_line(err)
    if "Unknown option: -P" in err or "unknown option -P" in err:
        return AskingError(
            f"{python!r} is a Python older than 3.11, which is not supported: name a newer one", python=python
        )
    if "Fatal Python error" in err or "Python path configuration" in err or "Python runtime" in err:
        return AskingError(f"{python!r} would not start: {last}", python=python, would_not_start=True)
    if "Traceback (most recent call last)" in err:
        return AskingError(f"{python!r} failed while it started: {last}", python=python, would_not_start=True)
    said = f" and said {last!r}" if last else ""
    return AskingError(
        f"{python!r} is not a Python interpreter that can be asked: it ended with status {status}{said}; "
        "give the path of one",
        python=python,
    )


def _telling_line(err: str) -> str:
    """Pick the line of an error output that says most: the fatal error and the exception after it."""
    lines = [line.strip() for line in err.splitlines() if line.strip()]
    fatal = [line for line in lines if line.startswith("Fatal Python error")]
    reason = [line for line in lines if "Error: " in line and not line.startswith("Fatal")]
    return "; ".join([*fatal[:1], *reason[-1:]]) or (lines[-1] if lines else "")
