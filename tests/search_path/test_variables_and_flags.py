"""PYTHON* variables and flags: what each brings, what takes it away, and what people get wrong."""

from __future__ import annotations

import os

import pytest

from wherefrom.search_path import invocation, tables

from .conftest import FOLDER, SHOW, World, codes, reasons


def test_every_item_of_pythonpath_keeps_its_number(world: World) -> None:
    world.folder("a")

    answer = world("-c", SHOW, PYTHONPATH="a:missing::../world/a")
    items = [(entry.path, entry.detail) for entry in answer if entry.source == "pythonpath"]

    assert [(str(world.root / "a"), 1), (str(world.root / "missing"), 2), (str(world.root), 3)] == items
    assert world.real("-c", SHOW, PYTHONPATH="a:missing::../world/a") == list(answer.paths)
    assert ["PYTHONPATH[2]"] == [entry.label for entry in answer if entry.detail == 2]


def test_a_duplicate_names_the_entry_that_it_repeats(world: World) -> None:
    answer = world("-c", SHOW, PYTHONPATH="a:a/")
    missing = next(missing for missing in answer.left_out if missing.reason == "duplicate")

    assert ("pythonpath", 2, 1) == (missing.source, missing.detail, missing.entry)
    assert "PYTHONPATH[1]" in missing.because


def test_without_site_nothing_is_made_unique(world: World) -> None:
    answer = world("-S", "-c", SHOW, PYTHONPATH="a:a")

    assert [1, 2] == [entry.detail for entry in answer if entry.source == "pythonpath"]
    assert world.real("-S", "-c", SHOW, PYTHONPATH="a:a") == list(answer.paths)
    assert reasons(answer, "site-packages") == {"site-disabled"}


@pytest.mark.parametrize("flag", ["-E", "-I"])
def test_an_ignored_pythonpath_is_said_item_by_item(world: World, flag: str) -> None:
    answer = world(flag, "-c", SHOW, PYTHONPATH="a:b")

    assert "pythonpath" not in {entry.source for entry in answer}
    assert ["a", "b"] == [missing.path for missing in answer.left_out if missing.source == "pythonpath"]
    assert "isolated-mode-ignores-pythonpath" in codes(answer)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("~/lib", "path-entry-tilde-not-expanded"),
        ("{root}/a;{root}/b", "path-entry-wrong-separator"),
        ('"{root}/a"', "path-entry-quoted"),
        ("{root}/nothing", "path-entry-does-not-exist"),
        ("{root}/a:", "pythonpath-empty-component-adds-cwd"),
        ("{root}/lib/python2.7/site-packages", "pythonpath-points-at-another-python"),
        ("{root}/shadow", "stdlib-shadowed-by-path-entry"),
        ("{root}/withpth", "pth-in-non-site-directory"),
    ],
)
def test_a_mistake_in_pythonpath_is_found(world: World, value: str, code: str) -> None:
    for folder in ("a", "b", "lib/python2.7/site-packages", "shadow"):
        world.folder(folder)
    world.write("shadow/random.py")
    world.write("withpth/x.pth", "a\n")

    answer = world("-c", SHOW, PYTHONPATH=value.format(root=world.root))
    found = [finding for finding in answer.findings if finding.code == code]

    assert found, codes(answer)
    assert found[0].evidence
    assert found[0].fix


def test_a_good_pythonpath_has_no_finding(world: World) -> None:
    world.folder("a")

    answer = world("-P", "-c", SHOW, PYTHONPATH=str(world.root / "a"))

    assert not {code for code in codes(answer) if "path-entry" in code or "pythonpath" in code}


@pytest.mark.parametrize(
    ("value", "on"), [("1", True), ("x", True), ("-1", True), ("0", False), ("00", False), ("", False)]
)
def test_pythonnousersite_is_a_number(world: World, value: str, on: bool) -> None:
    world.folder(f"home/.local/lib/{FOLDER}/site-packages")

    answer = world("-c", SHOW, PYTHONNOUSERSITE=value)

    assert on is ("user-site" not in {entry.source for entry in answer})
    assert world.real("-c", SHOW, PYTHONNOUSERSITE=value) == list(answer.paths)


@pytest.mark.parametrize("value", ["0", "1", "no"])
def test_pythonsafepath_is_on_whatever_it_says(world: World, value: str) -> None:
    answer = world("-c", SHOW, PYTHONSAFEPATH=value)

    assert answer[0].source != "cwd"
    assert (value == "0") is ("safe-path-value-misread" in codes(answer))


@pytest.mark.parametrize("flags", [("-s",), ("-I",)])
def test_user_site_says_which_flag_switched_it_off(world: World, flags: tuple[str, ...]) -> None:
    world.folder(f"home/.local/lib/{FOLDER}/site-packages")

    answer = world(*flags, "-c", SHOW)
    missing = next(missing for missing in answer.left_out if missing.source == "user-site")

    assert ("user-site-disabled", True) == (missing.reason, flags[0] in missing.because)


def test_pythonuserbase_counts_even_under_e(world: World) -> None:
    world.folder(f"base/lib/{FOLDER}/site-packages")

    answer = world("-E", "-c", SHOW, PYTHONUSERBASE="base")

    assert [str(world.root / "base/lib" / FOLDER / "site-packages")] == [
        entry.path for entry in answer if entry.source == "user-site"
    ]


def test_a_wrong_pythonhome_is_an_error(world: World) -> None:
    answer = world("-c", SHOW, PYTHONHOME=str(world.root / "nowhere"))

    assert answer.error is not None
    assert "would not start" in answer.error
    assert not answer.entries


def test_a_launchers_variable_is_pointed_out(world: World) -> None:
    answer = world("-c", SHOW, PYTHONEXECUTABLE="/somewhere/python")

    assert "launcher-variable-set" in codes(answer) or answer.error is not None


@pytest.mark.parametrize("name", sorted(tables.SWITCHES))
def test_every_switch_has_its_effect(name: str) -> None:
    read = invocation.read([name] if name.startswith("-") else [])
    env = {name: "1"} if name.startswith("PYTHON") else {}
    has_pth = name == "._pth"

    for effect in ("environment", "first", "user-site", "site"):
        expected = [name] if effect in tables.SWITCHES[name].effects else []

        assert expected == invocation.switched_off(effect, read, env, has_pth=has_pth)


@pytest.mark.parametrize(
    ("arguments", "mode", "operand", "flags"),
    [
        ([], "interactive", "", ""),
        (["-"], "stdin", "-", ""),
        (["x.py", "-I"], "script", "x.py", ""),
        (["-IS", "x.py"], "script", "x.py", "-I -S"),
        (["-ISc", "code", "-E"], "command", "code", "-I -S"),
        (["-mMOD"], "module", "MOD", ""),
        (["-X", "utf8", "-Xdev", "-W", "error", "x"], "script", "x", ""),
        (["--", "-c"], "script", "-c", ""),
        (["--check-hash-based-pycs", "always", "x"], "script", "x", "--check-hash-based-pycs"),
        ([""], "script", "", ""),
        (["-i", "-q"], "interactive", "", "-i -q"),
    ],
)
def test_a_command_line_is_read_as_python_reads_it(
    arguments: list[str], mode: str, operand: str, flags: str
) -> None:
    read = invocation.read(arguments)

    assert (mode, operand, flags, None) == (read.mode, read.operand, " ".join(sorted(read.flags)), read.error)


def test_one_text_is_not_a_sequence_of_arguments(world: World) -> None:
    import wherefrom

    with pytest.raises(TypeError, match="sequence"):
        wherefrom.search_path(args="-c pass")


def test_a_missing_working_directory_is_told_from_a_missing_interpreter(world: World) -> None:
    answer = world("-c", SHOW, cwd="gone")

    assert answer.error is not None
    assert "working directory" in answer.error


def test_a_deleted_working_directory_still_gets_an_answer(world: World) -> None:
    gone = world.folder("gone")
    code = (
        "import os, sys; os.chdir(sys.argv[1]); os.rmdir(sys.argv[1]); import wherefrom; "
        "answer = wherefrom.search_path(args=['-m', 'json.tool']); "
        "print(ascii([[m.reason for m in answer.left_out if m.source == 'cwd'], answer.error]))"
    )
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-c", code, gone],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(os.path.abspath, filter(None, sys.path)))},
    )

    assert done.stdout.strip() == "[['cwd-gone'], None]"
