"""Executes the examples of one page, as a reader would who types them in one after the other.

All blocks of a page share a directory and an interpreter that was started there, as ``python`` starts
one without a program; console blocks run in a shell in the same directory. Pages are written as if
that directory were ``/srv/app`` with its virtual environment in ``/srv/app/.venv``, on Python 3.13
under ``/usr``: output is put into these terms before it is compared.
"""

from __future__ import annotations

import doctest
import marshal
import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.children import environment

if TYPE_CHECKING:
    from tests.cli.installation import Installation
    from tests.docs.pages import Block

# Executes what it is sent and sends back what was printed, importing nothing that it can do without.
_INTERPRETER = """\
def _serve():
    import io, marshal, sys
    questions, answers = sys.stdin.buffer, sys.stdout.buffer
    names = {"__name__": "__main__", "__builtins__": __builtins__}
    while True:
        try:
            source, mode = marshal.load(questions)
        except EOFError:
            return
        error = None
        sys.stdout = io.StringIO()
        try:
            exec(compile(source, "<example>", mode), names)
        except BaseException as problem:
            kind = type(problem)
            home = "" if kind.__module__ == "builtins" else kind.__module__ + "."
            error = f"{home}{kind.__qualname__}: {problem}\\n"
        marshal.dump((sys.stdout.getvalue(), error), answers)
        answers.flush()
_serve()
"""

_CHECKER = doctest.OutputChecker()
_PARSER = doctest.DocTestParser()


class Session:
    """What the examples of one page run in."""

    def __init__(self, installed: Installation, folder: Path) -> None:
        self.cwd = folder / "app"
        self.temporary = folder / "tmp"
        self.cwd.mkdir()
        self.temporary.mkdir()
        (self.cwd / ".venv").symlink_to(installed.home)
        path = os.pathsep.join((str(self.cwd / ".venv" / "bin"), os.environ.get("PATH", "")))
        # Width and colour are the terminal's; a page shows neither.
        self.env = environment(
            PATH=path, TMPDIR=str(self.temporary), COLUMNS="100", NO_COLOR="1", LC_ALL="C.UTF-8"
        )
        self.status = 0
        self.python = subprocess.Popen(
            [self.cwd / ".venv" / "bin" / "python", "-c", _INTERPRETER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=self.cwd,
            env=self.env,
        )
        self._terms = _terms(installed, folder)

    def close(self) -> None:
        """End the interpreter."""
        self.python.communicate(timeout=60)

    def in_terms_of_pages(self, text: str) -> str:
        """Put output into the terms that pages are written in."""
        for pattern, term in self._terms:
            text = pattern.sub(term, text)
        return text

    def run(self, block: Block) -> list[str]:
        """Run one block; give what was not as the page says."""
        if block.file:
            file = self.cwd / block.file
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.text, encoding="utf-8")
            return []
        if block.language == "console":
            return self._console(block)
        if ">>>" in block.text:
            return self._interactive(block)
        printed, error = self._ask(block.text, "exec")
        return [f"line {block.line}: {error or printed}"] if error or printed else []

    def _ask(self, source: str, mode: str) -> tuple[str, str | None]:
        questions, answers = self.python.stdin, self.python.stdout
        assert questions is not None
        assert answers is not None
        marshal.dump((source, mode), questions)
        questions.flush()
        answer: tuple[str, str | None] = marshal.load(answers)
        return answer

    def _interactive(self, block: Block) -> list[str]:
        problems = []
        for example in _PARSER.get_examples(block.text):
            printed, error = self._ask(example.source, "single")
            got = self.in_terms_of_pages(printed + (error or ""))
            want = example.want if example.exc_msg is None else example.exc_msg
            where = f"line {block.line + example.lineno}: {example.source.strip()}"
            problems += _compared(where, want, got)
        return problems

    def _console(self, block: Block) -> list[str]:
        problems = []
        for at, command, want in _commands(block.text):
            done = subprocess.run(
                # The shell of before told its last status; $? must be that.
                ["sh", "-c", f"(exit {self.status}); {command}"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                cwd=self.cwd,
                env=self.env,
                text=True,
                encoding="utf-8",
                timeout=120,
                check=False,
            )
            self.status = done.returncode
            got = self.in_terms_of_pages(done.stdout)
            problems += _compared(f"line {block.line + at}: {command}", want, got)
        return problems


def _commands(text: str) -> list[tuple[int, str, str]]:
    """Part a console block into commands, each with its line and the output that is shown."""
    parts: list[tuple[int, str, str]] = []
    for at, line in enumerate(text.splitlines()):
        if line.startswith("$ "):
            parts.append((at, line[2:], ""))
        else:
            assert parts, f"a console block begins with '$ ', not with {line!r}"
            number, command, want = parts[-1]
            parts[-1] = number, command, f"{want}{line}\n"
    return parts


def _compared(where: str, want: str, got: str) -> list[str]:
    if _CHECKER.check_output(want, got, doctest.ELLIPSIS | doctest.DONT_ACCEPT_BLANKLINE):
        return []
    return [f"{where}\n--- on the page\n{want}--- in truth\n{got}"]


def _terms(installed: Installation, folder: Path) -> list[tuple[re.Pattern[str], str]]:
    version = "{}.{}".format(*sys.version_info[:2])
    library = Path(sysconfig.get_path("stdlib")).parent
    tag = str(sysconfig.get_config_var("SOABI") or "")
    pairs = [
        (rf"{re.escape(str(folder))}/tmp/tmp\w+", "/tmp/tree"),
        (re.escape(str(folder)), "/srv"),
        (re.escape(str(installed.home)), "/srv/app/.venv"),
        (re.escape(str(library)), "/usr/lib"),
        (re.escape(tag) if tag else "(?!)", "cpython-313-x86_64-linux-gnu"),
        (rf"\bpython{re.escape(version)}\b", "python3.13"),
        (rf"\bpython{version.replace('.', '')}\b", "python313"),
    ]
    return [(re.compile(pattern), term) for pattern, term in pairs]
