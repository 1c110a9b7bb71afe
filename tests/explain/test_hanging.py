"""Programs that cannot be waited for: one that hangs in an import, one whose working directory is gone."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.support import children

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it is about groups of processes and signals")
START = """
import sys
sys.path.insert(0, sys.argv.pop(1))
from wherefrom.run_command import run
sys.exit(run(sys.argv[1:]))
"""
LOOP = "import time\n\ndef wait():\n    while True:\n        time.sleep(0.05)\n\nwait()\n"


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-I", "-c", START, str(children.SOURCES), *arguments]


def hanging(folder: Path) -> dict[str, Any]:
    """Run a program until its document is there, then kill it together with wherefrom."""
    out = folder / "told.json"
    process = subprocess.Popen(
        command("--json", str(out), "--quiet", "main.py"),
        cwd=folder,
        env=children.environment(),
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    limit = time.monotonic() + 60
    try:
        while not out.exists() and process.poll() is None and time.monotonic() < limit:
            time.sleep(0.05)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    told: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return told


def test_a_program_that_hangs_in_an_import_is_explained_before_it_is_killed(tmp_path: Path) -> None:
    folder = tmp_path.resolve()
    (folder / "main.py").write_text("import endless\n")
    (folder / "endless.py").write_text(LOOP)

    told = hanging(folder)

    assert None is told["exit_status"]
    assert ["import-blocks"] == [one["code"] for one in told["findings"]]
    assert f"{folder}/endless.py, which waits in line 7" in told["findings"][0]["summary"]


def test_a_program_that_waits_outside_of_imports_is_not_told_of_before_its_end(tmp_path: Path) -> None:
    folder = tmp_path.resolve()
    # By its own second line the program says whether something was written while it waited.
    (folder / "main.py").write_text("import os, time\ntime.sleep(2.5)\nprint(os.listdir('.'))\n")
    done = subprocess.run(
        command("--json", "told.json", "--quiet", "main.py"),
        cwd=folder, env=children.environment(), capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip

    assert "['main.py']\n" == done.stdout
    assert [] == json.loads((folder / "told.json").read_text())["findings"]


def test_a_program_is_run_in_a_directory_that_is_gone_as_without_us(tmp_path: Path) -> None:
    gone, out = tmp_path / "gone", tmp_path / "told.json"
    program = ["-c", "import absent_module"]
    plain = _in_vain([sys.executable, *program], gone)
    traced = _in_vain(command("--json", str(out), "--quiet", *program), gone)

    assert plain == traced
    assert "cwd-deleted" == json.loads(out.read_text())["findings"][0]["code"]


def _in_vain(line: list[str], gone: Path) -> tuple[int, str]:
    gone.mkdir()
    script = 'cd "$1" && rmdir "$1" && shift && exec "$@"'
    done = subprocess.run(
        ["/bin/sh", "-c", script, "sh", str(gone), *line],
        env=children.environment(), capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    return done.returncode, done.stderr
