"""``wherefrom run``: every program twice, plain and traced; it cannot tell, and its trace tells all."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

import wherefrom
from tests.live.programs import CASES, PORTRAIT, lay_out
from tests.support import children
from tests.support.versions import each_version, python_of

if TYPE_CHECKING:
    from pathlib import Path

_ADDRESS = re.compile(r"0x[0-9a-f]+")
START = """
import sys
sys.path.insert(0, sys.argv.pop(1))
from wherefrom.run_command import run
sys.exit(run(sys.argv[1:]))
"""


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("programs").resolve()
    lay_out(folder)
    return folder


def run(here: Path, *command: str) -> tuple[int, str, str]:
    done = subprocess.run(
        command,
        cwd=here,
        env=children.environment(),
        input=PORTRAIT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )  # fmt: skip
    return done.returncode, _ADDRESS.sub("0x", done.stdout), _ADDRESS.sub("0x", done.stderr)


def traced(here: Path, *arguments: str) -> tuple[int, str, str]:
    # By the interpreter itself, isolated: the environment is the program's alone.
    return run(here, sys.executable, "-I", "-c", START, str(children.SOURCES), *arguments)


def document(here: Path, *arguments: str) -> dict[str, Any]:
    traced(here, "--json", "trace.json", "--quiet", *arguments)
    loaded: dict[str, Any] = json.loads((here / "trace.json").read_text(encoding="utf-8"))
    return loaded


def place_of(here: Path, case: str) -> Path:
    """Give the directory that a program runs in: a random.py is in the way of some of the library."""
    return here / "shadowing" if case == "shadowed" else here


@pytest.mark.parametrize("case", CASES)
def test_a_program_does_the_same_as_without_us(here: Path, case: str) -> None:
    arguments = [argument.format(here=here) if "{here}" in argument else argument for argument in CASES[case]]

    where = place_of(here, case)
    assert run(where, sys.executable, *arguments) == traced(where, "--quiet", *arguments)


@each_version
@pytest.mark.parametrize("case", ["a script", "a text", "mixed", "shadowed"])
def test_another_interpreter_runs_programs_without_a_wherefrom_of_its_own(
    here: Path, version: tuple[int, int], case: str
) -> None:
    executable, where = python_of(version), place_of(here, case)

    assert run(where, executable, *CASES[case]) == traced(
        where, "--quiet", "--python", executable, *CASES[case]
    )


@each_version
def test_a_program_that_imports_nothing_has_nothing_more_in_its_modules(
    here: Path, version: tuple[int, int]
) -> None:
    executable, told = python_of(version), "import sys; print(*sys.modules)"

    assert run(here, executable, "-c", told) == traced(here, "--quiet", "--python", executable, "-c", told)
    assert document(here, "--python", executable, "-c", "pass")["imports"] == []


GROWS = """
import sys
before = set(sys.modules)
import argparse, asyncio, contextlib, json, pathlib, pickle, signal, subprocess, tempfile, zipfile
print(*[name for name in sys.modules if name not in before])
"""


@each_version
def test_every_module_that_a_program_adds_is_recorded_as_loaded_by_it(
    tmp_path: Path, version: tuple[int, int]
) -> None:
    executable = python_of(version)
    (tmp_path / "grows.py").write_text(GROWS)
    # Some modules put others into sys.modules without an import; the interpreter's own list has none of them.
    _, added, timed = run(tmp_path, executable, "-X", "importtime", "grows.py")
    imported = {line.rpartition("|")[2].strip() for line in timed.splitlines()}
    found = document(tmp_path, "--python", executable, "grows.py")
    loaded = {one["name"] for one in found["imports"] if one["outcome"] == "loaded"}

    # What we use ourselves is among it: none of it may be there already, or come another way.
    assert {"argparse", "asyncio", "subprocess"} <= loaded  # the start of an installation may load the rest
    assert imported.intersection(added.split()) == loaded


def test_what_we_depend_on_is_loaded_by_the_program_at_its_true_cost(here: Path) -> None:
    found = document(here, "-c", "import attrs, typing_extensions")
    spans = {one["name"]: one for one in found["imports"]}

    for name in ("attrs", "attr", "attr._make", "typing_extensions"):
        assert "loaded" == spans[name]["outcome"]
    assert spans["attrs"]["elapsed_ns"] > spans["attr._make"]["elapsed_ns"] > 0


def test_what_was_recorded_before_a_kill_is_there(here: Path) -> None:
    found = document(here, "killed.py")

    assert found["exit_status"] == -signal.SIGKILL
    assert {"json", "json.decoder"} <= {one["name"] for one in found["imports"]}
    assert all(one["outcome"] == "loaded" for one in found["imports"])


def test_a_module_that_ends_the_process_is_the_last_in_the_trace(here: Path) -> None:
    (here / "ends_all.py").write_text("import os\nos.kill(os.getpid(), 9)\n")
    found = document(here, "-c", "import ends_all")

    assert [(one["name"], one["outcome"]) for one in found["imports"]][-1] == ("ends_all", None)


def test_the_summary_tells_the_failed_and_the_shadowing(here: Path) -> None:
    _, _, told = traced(here, "fails.py")
    _, _, shadowed = traced(here / "shadowing", "shadowed.py")

    assert "nope: not found, asked for by __main__" in told
    assert "raises: failed: KeyError: 1" in told
    assert f"random comes from {here}/shadowing/random.py, not from the standard library" in shadowed


def test_an_import_says_who_asked_and_from_where(here: Path) -> None:
    found = document(here, "mixed.py")
    (nope,) = [one for one in found["imports"] if one["name"] == "nope"]

    assert ("__main__", f"{here}/mixed.py", 3) == (nope["importer"], nope["file"], nope["line"])
    assert found["argv"] == ["mixed.py"]
    assert found["schema"] == "wherefrom/1"
    trace = wherefrom.Trace.from_json(json.dumps(found))
    assert [one["name"] for one in found["imports"] if one["name"] == "raises"] == [
        trace.imports["raises"].name
    ]


def test_a_module_that_we_use_ourselves_is_loaded_by_the_program(here: Path) -> None:
    for module in ("json", "argparse", "subprocess"):
        (one, *_) = document(here, "-c", f"import {module}")["imports"]

        assert (module, "loaded", "__main__", 1) == (
            one["name"],
            one["outcome"],
            one["importer"],
            one["line"],
        )


def test_forked_processes_are_followed_if_asked_for(here: Path) -> None:
    found = document(here, "--follow", "forks.py")

    assert "csv" in {one["name"] for one in found["imports"]}
    assert "json" not in {one["name"] for one in found["imports"]}
    (child,) = found["processes"]
    assert "json" in {one["name"] for one in child["imports"]}
    assert child["process"]["parent"] == found["process"]["pid"]
    assert "processes" not in document(here, "forks.py")


def test_served_modules_are_counted_if_asked_for(here: Path) -> None:
    (here / "asks.py").write_text("import csv\nfor _ in range(5):\n    import csv\n")
    events = document(here, "--cached", "asks.py")["events"]

    counts = [
        event["count"] for event in events if event["kind"] == "import.counted" and event["name"] == "csv"
    ]
    assert counts == [5]


def test_a_debugger_stops_at_the_statement_that_first_asks(tmp_path: Path) -> None:
    (tmp_path / "stops.py").write_text("def f():\n    import csv\n    return csv\nf()\n")
    done = subprocess.run(
        [
            *(sys.executable, "-I", "-c", START, str(children.SOURCES)),
            *("--quiet", "--break-on", "csv", "stops.py"),
        ],
        cwd=tmp_path,
        env=children.environment(),
        input="where\ncontinue\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )  # fmt: skip

    assert "stops.py(2)f()" in done.stdout
    assert done.returncode == 0


def test_a_debugger_that_cannot_be_imported_is_told_and_the_program_goes_on(tmp_path: Path) -> None:
    (tmp_path / "pdb.py").write_text("no_such_name\n")
    (tmp_path / "stops.py").write_text("import csv\nimport json\nprint(json.dumps(csv.__name__))\n")
    status, out, told = traced(tmp_path, "--json", "trace.json", "--break-on", "csv", "stops.py")
    trace = wherefrom.Trace.from_json((tmp_path / "trace.json").read_text(encoding="utf-8"))

    assert (0, '"csv"\n') == (status, out)
    assert "no debugger stopped at csv: NameError: name 'no_such_name' is not defined" in told
    assert [("csv", "NameError: name 'no_such_name' is not defined")] == [
        (event.name, event.error) for event in trace.select(wherefrom.events.BreakFailed)
    ]
    assert "loaded" == trace.imports["json"].outcome
    assert trace.select(wherefrom.events.RecordStopped) == ()


def test_a_signal_is_passed_on_and_we_die_as_the_program_dies(here: Path) -> None:
    (here / "waits.py").write_text("import time\nprint('ready', flush=True)\ntime.sleep(60)\n")
    process = subprocess.Popen(
        [sys.executable, "-I", "-c", START, str(children.SOURCES), "--quiet", "waits.py"],
        cwd=here, env=children.environment(), stdout=subprocess.PIPE,
    )  # fmt: skip
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)

        assert process.wait(30) == -signal.SIGTERM
        assert time.monotonic() - began < 30


def test_a_terminal_stays_a_terminal(here: Path) -> None:
    import pty

    controller, terminal = pty.openpty()
    try:
        command = [sys.executable, "-I", "-c", START, str(children.SOURCES), "--quiet", "-c"]
        text = "import os; print([os.isatty(number) for number in range(3)])"
        subprocess.run(
            [*command, text], cwd=here, env=children.environment(), stdin=terminal, stdout=terminal,
            stderr=terminal, timeout=60, check=True,
        )  # fmt: skip
        told = os.read(controller, 1000)
    finally:
        os.close(controller)
        os.close(terminal)

    assert told.strip() == b"[True, True, True]"


def test_a_page_for_a_browser_is_written_beside_the_summary(here: Path) -> None:
    plain = run(here, sys.executable, "mixed.py")

    status, out, told = traced(here, "--html", "page.html", "mixed.py")

    assert plain[:2] == (status, out)
    assert "nope: not found" in told
    text = (here / "page.html").read_text(encoding="utf-8")
    assert "<code class=bad>nope</code> not found" in text
    assert f"{here}/mixed.py:3" in text
    assert "cannot write the trace" in traced(here, "--html", "no/such/page.html", "mixed.py")[2]


def test_a_full_disk_does_not_end_the_program(here: Path) -> None:
    status, out, told = traced(here, "full.py")

    assert (status, out) == run(here, sys.executable, "full.py")[:2]
    assert "what was recorded could not all be written" in told


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "no program"),
        (["--nope", "x.py"], "no option --nope"),
        (["--json"], "--json needs a value"),
        (["-c"], "argument expected for the -c option"),
        (["--python", "/no/such/python", "portrait.py"], "cannot run /no/such/python"),
    ],
)
def test_wrong_usage_is_told_in_one_line(here: Path, arguments: list[str], message: str) -> None:
    status, out, told = traced(here, *arguments)

    assert (status, out) == (2, "")
    assert message in told
    assert told.count("\n") == 1
