"""However a program ends, it ends as without us, and what it had imported until then can be read."""

# ruff: noqa: E501  # programs as data, a line each

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.live.test_running import START, run, traced
from tests.support import children
from tests.support.versions import each_version, python_of

# A program, its exit status, and how the import of `le_last`, which holds the end, stands in the trace.
ENDINGS: dict[str, tuple[str, int, str | None]] = {
    "a segmentation fault": ("import faulthandler\nfaulthandler._sigsegv()\n", -signal.SIGSEGV, None),
    "a kill": ("import os\nos.kill(os.getpid(), 9)\n", -signal.SIGKILL, None),
    "an abort": ("import os\nos.abort()\n", -signal.SIGABRT, None),
    "a signal that is not handled": ("import os\nos.kill(os.getpid(), 15)\n", -signal.SIGTERM, None),
    "an interrupt": ("import signal\nsignal.raise_signal(2)\n", -signal.SIGINT, "failed"),
    "an exit past everything": ("import os\nos._exit(7)\n", 7, None),
    "an exit": ("import sys\nsys.exit('bye')\n", 1, "failed"),
    "an error": ("1 / 0\n", 1, "failed"),
    "another program in its place": ("import os\nos.execv('/bin/echo', ['echo', 'bye'])\n", 0, None),
    "a signal that a handler turns into an exit": (
        "import os, signal, sys\nsignal.signal(15, lambda *_: sys.exit(5))\nos.kill(os.getpid(), 15)\nimport time\ntime.sleep(9)\n",
        5,
        "failed",
    ),
}
NO_CORE = "import resource\nresource.setrlimit(resource.RLIMIT_CORE, (0, 0))\n"


@each_version
@pytest.mark.parametrize("case", ENDINGS)
def test_a_program_ends_as_without_us_and_its_trace_goes_to_the_end(
    tmp_path: Path, case: str, version: tuple[int, int]
) -> None:
    python = python_of(version)
    text, status, outcome = ENDINGS[case]
    (tmp_path / "le_last.py").write_text(text)
    (tmp_path / "main.py").write_text(
        f"{NO_CORE}import atexit, csv\natexit.register(print, 'at exit')\nprint('begun', flush=True)\nimport le_last\nimport wave\n"
    )

    plain = run(tmp_path, python, "main.py")
    ours = traced(tmp_path, "--quiet", "--json", "trace.json", "--python", python, "main.py")

    assert status == plain[0]
    assert plain == ours
    found = json.loads((tmp_path / "trace.json").read_text())
    told = {one["name"]: one["outcome"] for one in found["imports"]}
    assert status == found["exit_status"]
    assert ("loaded", outcome) == (told["csv"], told["le_last"])
    assert "wave" not in told


def wait_until_asleep(pid: int) -> None:
    status = Path(f"/proc/{pid}/stat")
    while status.exists() and status.read_text().rpartition(")")[2].split()[0] != "S":
        time.sleep(0.01)


@each_version
def test_a_fatal_error_ends_it_alike_and_its_dump_begins_alike(
    tmp_path: Path, version: tuple[int, int]
) -> None:
    # Further down the dump has frames that no traceback has: the import system's, and ours among them.
    python = python_of(version)
    (tmp_path / "main.py").write_text(
        f"{NO_CORE}import csv, faulthandler\nfaulthandler._fatal_error_c_thread()\n"
    )

    plain = run(tmp_path, python, "main.py")
    ours = traced(tmp_path, "--quiet", "--json", "trace.json", "--python", python, "main.py")

    assert (-signal.SIGABRT, "") == plain[:2] == ours[:2]
    assert plain[2].splitlines()[:5] == ours[2].splitlines()[:5]
    assert 'main.py", line 4 in <module>' in ours[2]
    found = json.loads((tmp_path / "trace.json").read_text())
    assert "csv" in {one["name"] for one in found["imports"]}


@each_version
@pytest.mark.parametrize(
    "number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGUSR1, signal.SIGQUIT]
)
def test_a_signal_from_outside_ends_it_and_us_alike(
    tmp_path: Path, number: signal.Signals, version: tuple[int, int]
) -> None:
    python = python_of(version)
    (tmp_path / "waits.py").write_text(
        f"{NO_CORE}import csv, os, time\nprint(os.getpid(), flush=True)\ntime.sleep(60)\n"
    )
    ours = [sys.executable, "-I", "-c", START, str(children.SOURCES), "--json", "trace.json"]
    ends = []
    for command in ([python, "waits.py"], [*ours, "--quiet", "--python", python, "waits.py"]):
        process = subprocess.Popen(
            command,
            cwd=tmp_path,
            env=children.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            # Whoever runs the tests may ignore it (nohup does), and what is ignored is inherited.
            preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),
        )
        with process:
            assert process.stdout is not None
            wait_until_asleep(int(process.stdout.readline()))
            process.send_signal(number)
            ends.append((process.wait(30), *process.communicate()))

    assert ends[0] == ends[1]
    assert -number == ends[0][0]
    found = json.loads((tmp_path / "trace.json").read_text())
    assert "csv" in {one["name"] for one in found["imports"]}


@each_version
def test_a_thread_that_imports_while_the_interpreter_ends_does_not_change_the_end(
    tmp_path: Path, version: tuple[int, int]
) -> None:
    python = python_of(version)
    (tmp_path / "slow.py").write_text("import time\nprint('slow begins', flush=True)\ntime.sleep(30)\n")
    (tmp_path / "main.py").write_text(
        "import sys, threading, time\nthreading.Thread(target=lambda: __import__('slow'), daemon=True).start()\n"
        "while 'slow' not in sys.modules:\n    time.sleep(0.01)\ntime.sleep(0.2)\nprint('ends')\n"
    )

    began = time.monotonic()
    plain = run(tmp_path, python, "main.py")
    ours = traced(tmp_path, "--quiet", "--json", "trace.json", "--python", python, "main.py")

    assert plain == ours
    assert time.monotonic() - began < 30
    found = json.loads((tmp_path / "trace.json").read_text())
    assert [one["outcome"] for one in found["imports"] if one["name"] == "slow"] == [None]


@each_version
def test_what_c_imports_when_the_program_is_over_is_recorded(
    tmp_path: Path, version: tuple[int, int]
) -> None:
    python = python_of(version)
    (tmp_path / "fails.py").write_text("import nope\n")
    traced(tmp_path, "--quiet", "--json", "trace.json", "--python", python, "fails.py")
    found = json.loads((tmp_path / "trace.json").read_text())

    assert not [event for event in found["events"] if event["kind"] == "record.stopped"]


POOL = """
import multiprocessing, sys
def double(x):
    import colorsys
    return x * 2
if __name__ == "__main__":
    with multiprocessing.get_context(sys.argv[1]).Pool(2) as pool:
        print(sorted(pool.map(double, range(4))), [name for name in sys.modules if "colorsys" in name])
    process = multiprocessing.get_context(sys.argv[1]).Process(target=sys.exit, args=(3,))
    process.start()
    process.join()
    print(process.exitcode)
"""


@each_version
@pytest.mark.parametrize("how", ["fork", "spawn", "forkserver"])
def test_multiprocessing_works_as_without_us(tmp_path: Path, how: str, version: tuple[int, int]) -> None:
    python = python_of(version)
    (tmp_path / "pool.py").write_text(POOL)

    plain = run(tmp_path, python, "pool.py", how)

    assert "[0, 2, 4, 6] []\n3\n" == plain[1]
    assert plain == traced(tmp_path, "--quiet", "--python", python, "pool.py", how)
