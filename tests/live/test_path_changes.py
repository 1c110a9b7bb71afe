"""Who changed ``sys.path``: what tracing says, held to a run in which each line is watched."""

# ruff: noqa: E501  # programs as data, a line each

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

import wherefrom
from tests.live.test_running import START
from tests.support import children
from tests.support.versions import each_version, python_of

if TYPE_CHECKING:
    from pathlib import Path

# Runs a program and looks at the path after each of its lines: the truth, far too dear for tracing.
LINE_BY_LINE = """
import json, os, sys
def tracer(frame, event, _):
    global path, at
    if not frame.f_code.co_filename.startswith(here):
        return None
    if list(sys.path) != path:
        truth.extend([entry, *at] for entry in sys.path if entry not in path)
        path = list(sys.path)
    at = frame.f_code.co_filename, frame.f_lineno
    return tracer
here, program = sys.argv[1:]
sys.path[0] = here
truth, at, path = [], ("", 0), list(sys.path)
code = compile(open(program).read(), program, "exec")
sys.settrace(tracer)
try:
    exec(code, {"__name__": "__main__", "__file__": program})
except SystemExit:
    pass
sys.settrace(None)
truth.extend([entry, *at] for entry in sys.path if entry not in path)
sys.stdout = sys.__stdout__
print(json.dumps(truth))
"""

# A helper that every program may import, and the programs: a name, and the lines.
HELPERS = {
    "lt_helper.py": "import sys\nsys.path += ['/by/helper']\n\ndef add(entry):\n    sys.path.append(entry)\n",
    "lt_quiet.py": "import csv\n",
    "lt_silent.py": "",
    "lt_broken.py": "import sys\nsys.path.insert(0, '/by/broken')\n1 / 0\n",
    "lt_meta.py": (
        "import sys\nclass Finder:\n    @staticmethod\n    def find_spec(name, path, target=None):\n"
        "        if name == 'lt_silent':\n            sys.path.append('/by/finder')\n"
        "sys.meta_path.insert(0, Finder)\n"
    ),
}
PROGRAMS = {
    "append": "import sys\nsys.path.append('/a')\nimport lt_quiet\n",
    "insert": "import sys\nimport lt_quiet\nx = '/a'\nsys.path.insert(0, x)\nimport lt_silent\n",
    "extend": "import sys\nsys.path.extend(['/a', '/b'])\nimport lt_quiet\nsys.path += ['/c']\n",
    "a slice": "import sys\nimport lt_quiet\nsys.path[:0] = ['/a']\nsys.path[1:1] = [str(x) for x in (1, 2)]\n",
    "another list": "import sys\nsys.path = ['/a', *sys.path]\nimport lt_quiet\n",
    "from sys": "from sys import path as where\nimport lt_quiet\nwhere.append('/a')\nimport lt_silent\n",
    "addsitedir": "import site\nimport lt_quiet\nsite.addsitedir('/a')\nimport lt_silent\n",
    "a module that is imported": "import lt_helper\nimport lt_quiet\n",
    "a module that breaks": "try:\n    import lt_broken\nexcept ZeroDivisionError:\n    pass\nimport lt_quiet\n",
    "a function of another module": "import lt_helper\nlt_helper.add('/a')\nimport lt_quiet\n",
    "a function of its own": (
        "import sys\ndef add():\n    sys.path.append('/a')\nimport lt_quiet\nadd()\nimport lt_silent\n"
    ),
    "within main": (
        "import sys\ndef main():\n    import lt_quiet\n    sys.path.append(str(1))\n    import lt_silent\nmain()\n"
    ),
    "after the last import": "import sys\nimport lt_quiet\nx = 1\nsys.path.append('/a')\nx = 2\n",
    "a loop": (
        "import sys\nfor name in ('lt_quiet', 'lt_silent'):\n    __import__(name)\n    x = 1\n    sys.path.append(name)\n"
    ),
    "a branch not taken": (
        "import sys\nimport lt_helper\nif not sys:\n    sys.path.append(str(1))\nlt_helper.add('/a')\nimport lt_silent\n"
    ),
    "an error at the end": "import sys\nimport lt_quiet\nsys.path.append('/a')\nsys.exit()\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in HELPERS.items():
        (tmp_path / name).write_text(text)
    return tmp_path.resolve()


def changes(folder: Path, program: str, *, python: str = sys.executable) -> list[dict[str, Any]]:
    command = [sys.executable, "-I", "-c", START, str(children.SOURCES)]
    options = ["--json", str(folder / "trace.json"), "--quiet", "--python", python]
    subprocess.run([*command, *options, program], check=True, env=children.environment(), cwd=folder)
    document = json.loads((folder / "trace.json").read_text())
    changed: list[dict[str, Any]] = document["path_changes"]
    return changed


@pytest.mark.parametrize("case", PROGRAMS)
def test_what_is_said_of_a_change_is_what_happened(folder: Path, case: str) -> None:
    program = folder / "program.py"
    program.write_text(PROGRAMS[case])
    told = children.run(sys.executable, "-c", LINE_BY_LINE, folder, program, env=children.environment())
    truth = {entry: (file, line) for entry, file, line in json.loads(told)}

    found = {one["path"]: one for one in changes(folder, str(program)) if one["change"] == "added"}

    assert set(truth) == set(found)
    for entry, (file, line) in truth.items():
        one = found[entry]
        if one["line"] is not None:
            assert (one["certainty"], one["file"], one["line"]) == ("inferred", file, line)
        else:
            assert one["certainty"] == "observed"
            assert one["file"] in (file, str(program))


# What has to be said to the line; the others have more than one statement that can have done it.
@pytest.mark.parametrize(
    "case",
    [case for case in PROGRAMS if case not in ("a function of another module", "a branch not taken")],
)
def test_where_one_statement_can_have_done_it_it_is_named(folder: Path, case: str) -> None:
    (folder / "program.py").write_text(PROGRAMS[case])

    assert None not in [
        one["line"] for one in changes(folder, "program.py") if one["path"] not in ("1", "2", "lt_silent")
    ]


@each_version
def test_every_version_tells_them(folder: Path, version: tuple[int, int]) -> None:
    python = python_of(version)
    (folder / "program.py").write_text(
        "import sys\nimport lt_helper\nimport lt_silent\nsys.path.insert(0, '/a')\nimport lt_quiet\nsys.path.remove('/a')\n"
    )

    found = changes(folder, "program.py", python=python)

    assert [
        ("/by/helper", "added", "lt_helper", 2),
        ("/a", "added", "__main__", 4),
        ("/a", "removed", "__main__", None),
    ] == [(one["path"], one["change"], one["module"], one["line"]) for one in found]


def test_a_finder_that_changes_the_path_is_not_taken_for_the_code_that_asks(folder: Path) -> None:
    (folder / "program.py").write_text("import lt_meta\nimport lt_silent\nimport lt_quiet\n")

    (one,) = changes(folder, "program.py")

    assert ("/by/finder", None, None) == (one["path"], one["file"], one["line"])


def test_where_other_threads_ran_no_line_is_claimed(folder: Path) -> None:
    (folder / "program.py").write_text(
        "import sys, threading\ndone, go = threading.Event(), threading.Event()\n"
        "def add():\n    sys.path.append('/by/thread')\n    done.set()\n    go.wait()\n"
        "threading.Thread(target=add).start()\ndone.wait()\n"
        "if not done:\n    sys.path.append(str(1))\nimport lt_silent\ngo.set()\n"
    )

    (one,) = changes(folder, "program.py")

    assert ("/by/thread", "other-threads-ran", None) == (one["path"], one["doubt"], one["line"])


IN_PROCESS = """
import sys
import wherefrom
trace = wherefrom.install()
genuine = sys.path
sys.path.append("/by/hand")
import lt_helper
lt_helper.add(str(1))
where = {entry.path: entry for entry in wherefrom.search_path.current()}
assert sys.path is genuine and type(genuine) is list
for path in ("/by/hand", "/by/helper", "1"):
    entry = where[path]
    print(entry.source, entry.label, entry.added.certainty, entry.detail.line, sep="|")
print([event.added for event in trace.select(wherefrom.events.PathChanged)])
wherefrom.uninstall()
sys.path.append("/untraced")
print(wherefrom.search_path.current()[-1].label)
"""


def test_the_running_path_is_explained_with_what_was_traced(folder: Path) -> None:
    (folder / "app.py").write_text(IN_PROCESS)
    out = children.run(
        sys.executable, folder / "app.py", env=children.environment(children.SOURCES, *_installed())
    )

    app, helper = folder / "app.py", folder / "lt_helper.py"
    assert out.splitlines() == [
        f"run-time|added at run time, it seems by {app}:6|inferred|6",
        f"run-time|added at run time, it seems by {helper}:2|inferred|2",
        f"run-time|added at run time by {app}, after line 7 and before line 9|observed|None",
        "[('/by/hand',), ('/by/helper',), ('1',)]",
        "added at run time",
    ]


def _installed() -> list[str]:
    return [path for path in sys.path if path.endswith("-packages")]


def test_a_tracer_does_not_answer_for_what_was_changed_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path, "/before"])
    with wherefrom.tracing() as outer:
        sys.path.append("/between")
        with wherefrom.tracing() as inner:
            sys.path.append("/within")

    added = [
        [event.added for event in trace.select(wherefrom.events.PathChanged)] for trace in (outer, inner)
    ]
    assert added == [[("/between",), ("/within",)], [("/within",)]]
