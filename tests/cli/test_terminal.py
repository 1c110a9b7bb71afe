"""Terminals, pipes and odd bytes: how output behaves where it is not read line by line."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.children import environment

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.installation import Installation

ESCAPE = "\x1b["
pty = pytest.importorskip("pty", reason="pseudo-terminals are a thing of POSIX")


def on_terminal(installed: Installation, cwd: Path, **env: str) -> str:
    """Run the command with a pseudo-terminal for its standard output."""
    master, slave = pty.openpty()
    try:
        process = subprocess.Popen(
            [installed.script, "resolve", "json"],
            stdout=slave,
            stderr=slave,
            stdin=subprocess.DEVNULL,
            cwd=cwd,
            env=environment(**({"TERM": "xterm", "NO_COLOR": ""} | env)),
        )
        os.close(slave)
        output = b""
        while True:
            try:
                read = os.read(master, 4096)
            except OSError:  # how Linux says that the other end is closed
                break
            if not read:
                break
            output += read
        assert process.wait(60) == 0
    finally:
        os.close(master)
    return output.decode()


def test_a_terminal_gets_colour(installed: Installation, tree: Path) -> None:
    output = on_terminal(installed, tree)

    assert ESCAPE in output


@pytest.mark.parametrize("setting", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=["NO_COLOR", "dumb"])
def test_a_terminal_that_asks_for_no_colour_gets_none(
    installed: Installation, tree: Path, setting: dict[str, str]
) -> None:
    output = on_terminal(installed, tree, **setting)

    assert "json: package" in output
    assert ESCAPE not in output


def test_what_is_no_terminal_gets_no_colour(installed: Installation, tree: Path) -> None:
    done = installed.resolve("json", cwd=tree, env={"TERM": "xterm"})

    assert ESCAPE not in done.stdout


@pytest.mark.parametrize("form", [(), ("--json",)], ids=["text", "json"])
def test_a_pipe_that_is_closed_early_ends_it_silently(
    installed: Installation, tree: Path, form: tuple[str, ...]
) -> None:
    # More than a pipe holds, so that writing is still going on when the reader leaves.
    names = [f"missing_{number}" for number in range(200)]
    process = subprocess.Popen(
        [installed.script, "resolve", "--all", *form, *names],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        cwd=tree,
        env=environment(),
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.read(10)
    process.stdout.close()
    complaint = process.stderr.read()
    process.stderr.close()

    assert (process.wait(60), complaint) == (0, b"")


def test_a_pipe_that_nobody_reads_at_all_ends_it_silently(installed: Installation, tree: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    try:
        done = installed.run(installed.script, "resolve", "json", cwd=tree, stdout=write)
    finally:
        os.close(write)

    assert (done.returncode, done.stderr) == (0, "")


def test_a_closed_standard_output_is_no_traceback(installed: Installation, tree: Path) -> None:
    done = installed.run("sh", "-c", f"{installed.script} resolve json >&-", cwd=tree)

    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
def test_a_full_disk_is_told_in_one_line(installed: Installation, tree: Path) -> None:
    done = installed.run("sh", "-c", f"{installed.script} resolve json >/dev/full", cwd=tree)

    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="other file systems take no undecodable names")
@pytest.mark.parametrize("locale", ["C.UTF-8", "C"])
def test_undecodable_file_names_are_escaped(installed: Installation, tree: Path, locale: str) -> None:
    entry = os.fsencode(tree) + b"/caf\xe9"
    os.mkdir(entry)
    with open(entry + b"/tool.py", "wb"):
        pass
    env = {"LC_ALL": locale}

    text = installed.resolve("tool", "--path", os.fsdecode(entry), cwd=tree, env=env)
    document = installed.resolve("tool", "--json", "--path", os.fsdecode(entry), cwd=tree, env=env)

    assert (text.returncode, text.stderr) == (0, "")
    assert f"tool: module, {tree}/caf\\udce9/tool.py" == text.stdout.splitlines()[0]
    assert (document.returncode, document.stderr) == (0, "")
    assert f'"origin": "{tree}/caf\\udce9/tool.py"' in document.stdout


def test_an_output_encoding_that_lacks_letters_gets_them_escaped(installed: Installation, tree: Path) -> None:
    (tree / "first" / "über.py").touch()
    env = {"PYTHONIOENCODING": "ascii"}

    done = installed.resolve("über", "--path", "first", cwd=tree, env=env)

    assert (done.returncode, done.stderr) == (0, "")
    assert "\\xfcber: module, " in done.stdout
