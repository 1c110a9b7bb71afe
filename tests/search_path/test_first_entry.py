"""What stands first: one law per way of running Python, and what takes it away."""

from __future__ import annotations

import os
import zipfile

import pytest

from wherefrom.search_path import tables

from .conftest import SHOW, World, reasons


def test_the_table_has_a_row_for_every_mode() -> None:
    assert set(tables.FIRST_ENTRIES) == {"script", "main-path", "module", "command", "stdin", "interactive"}


@pytest.mark.parametrize("args", [(), ("-c", "pass"), ("-",), ("-i",), ("-cpass",)])
def test_code_prompt_and_standard_input_search_the_current_directory_at_each_import(
    world: World, args: tuple[str, ...]
) -> None:
    first = world(*args)[0]

    assert ("", "cwd") == (first.path, first.source)


def test_a_module_searches_the_directory_in_which_python_was_started(world: World) -> None:
    world.write("work/mod.py")
    os.symlink("work", world.root / "link")

    first = world("-m", "mod", cwd="link")[0]

    assert (str(world.root / "work"), "cwd") == (first.path, first.source)


def test_a_script_searches_the_directory_of_its_links_target(world: World) -> None:
    world.write("real/tool.py", SHOW)
    world.folder("bin")
    os.symlink("../real/tool.py", world.root / "bin/tool")

    answer = world("bin/tool")

    assert (str(world.root / "real"), "script-dir") == (answer[0].path, answer[0].source)
    assert world.real("bin/tool") == list(answer.paths)


@pytest.mark.parametrize(
    ("spelled", "expected"), [("app", "app"), ("app/", "app/"), ("./app", "./app"), ("../w/app", "../w/app")]
)
def test_a_directory_is_searched_under_the_name_it_was_given(
    world: World, spelled: str, expected: str
) -> None:
    world.write("w/app/__main__.py", SHOW)

    answer = world(spelled, cwd="w")

    assert (str(world.root / "w") + "/" + expected, "main-path") == (answer[0].path, answer[0].source)
    assert world.real(spelled, cwd="w") == list(answer.paths)


def test_an_archive_is_known_by_its_content_not_by_its_name(world: World) -> None:
    with zipfile.ZipFile(world.root / "tool.py", "w") as archive:
        archive.writestr("__main__.py", SHOW)

    answer = world("tool.py")

    assert (str(world.root / "tool.py"), "main-path") == (answer[0].path, answer[0].source)


@pytest.mark.parametrize("how", ["-P", "-I", "PYTHONSAFEPATH"])
def test_safe_path_puts_nothing_first(world: World, how: str) -> None:
    flags, env = ((), {how: "0"}) if how.startswith("PYTHON") else ((how,), {})

    answer = world(*flags, "-c", "pass", **env)

    assert answer[0].source == "stdlib-zip"
    assert reasons(answer, "cwd") == {"safe-path"}
    assert answer.first is not None
    assert answer.first.safe
    assert how in answer.first.because


def test_safe_path_leaves_an_archive_where_it_is(world: World) -> None:
    world.write("app/__main__.py")

    assert world("-I", "app")[0].source == "main-path"


def test_a_file_beside_the_script_that_hides_the_standard_library_is_named(world: World) -> None:
    world.write("random.py")
    world.write("sys.py")
    world.write("string/notes.txt")
    world.write("main.py")

    answer = world("main.py")

    assert answer.first is not None
    assert not answer.first.safe
    assert ["random"] == [shadow.name for shadow in answer.first.shadows]
    assert "stdlib-shadowed-by-script-directory" in {finding.code for finding in answer.findings}


def test_a_file_called_dash_moves_the_first_entry_of_standard_input(world: World) -> None:
    world.folder("other")
    world.write("other/-")

    assert world("-", cwd="other")[0].path == str(world.root / "other")


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("missing.py",), "can't open file"),
        (("-m", "missing_module_of_nobody"), "no module named"),
        (("-m", "package"), "without a __main__"),
        (("empty",), "can't find '__main__'"),
        (("-Z",), "unknown option -Z"),
        (("--nonsense",), "unknown option --nonsense"),
        (("-c",), "argument expected"),
        (("-V",), "no program runs"),
        (("--check-hash-based-pycs", "often"), "must be one of"),
    ],
)
def test_an_invocation_that_never_reaches_a_program_is_an_error(
    world: World, args: tuple[str, ...], says: str
) -> None:
    world.folder("empty")
    world.write("package/__init__.py")

    answer = world(*args)

    assert answer.error is not None
    assert says in answer.error


def test_a_submodule_that_a_package_may_find_elsewhere_is_no_error(world: World) -> None:
    world.write("package/__init__.py", "__path__.append('elsewhere')")

    assert world("-m", "package.sub").error is None


def test_a_main_module_may_come_from_anywhere_on_the_path(world: World) -> None:
    world.folder("empty")
    world.write("lib/__main__.py", SHOW)

    answer = world("empty", PYTHONPATH=str(world.root / "lib"))

    assert answer.error is None
    assert world.real("empty", PYTHONPATH=str(world.root / "lib")) == list(answer.paths)


def test_names_are_decoded_as_the_interpreter_decodes_them(world: World) -> None:
    world.write("café/s.py", SHOW)
    world.folder("naïve")
    env = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONPATH": "naïve"}

    answer = world("café/s.py", **env)

    assert answer.error is None
    assert world.real("café/s.py", **env) == list(answer.paths)
    assert all(entry.exists for entry in answer if entry.source in ("script-dir", "pythonpath"))
