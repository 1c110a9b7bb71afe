"""What ``wherefrom resolve`` answers, with which exit status, and where it writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.installation import Installation


def test_status_is_0_when_every_name_is_found(installed: Installation, tree: Path) -> None:
    done = installed.resolve("json", "email.mime.text", "sys", cwd=tree)

    assert (done.returncode, done.stderr) == (0, "")


def test_status_is_1_when_one_name_is_not_found_and_the_others_are_answered(
    installed: Installation, tree: Path
) -> None:
    done = installed.resolve("json", "no_such_module", "sys", cwd=tree)

    assert (done.returncode, done.stderr) == (1, "")
    heads = [answer.splitlines()[0] for answer in done.stdout.split("\n\n")]
    assert [
        head[: head.find(", ") + 2] if head.startswith("json") else head.partition(",")[0] for head in heads
    ] == ["json: package, ", "no_such_module: not found", "sys: built-in module"]


def test_a_name_that_is_found_is_told_with_the_winning_entry_marked(
    installed: Installation, tree: Path
) -> None:
    done = installed.resolve("tool", "--path", "first", "--path", "second", cwd=tree)

    assert done.stdout.splitlines() == [
        f"tool: module, {tree}/first/tool.py",
        "   BuiltinImporter: not built in",
        "   FrozenImporter: not frozen",
        "   PathFinder, along the path:",
        "   => first: tool.py",
        "      1 entry behind it not searched",
    ]


def test_all_tells_the_losers_with_the_rule_by_which_they_lose(installed: Installation, tree: Path) -> None:
    done = installed.resolve("tool", "--all", "--path", "first", "--path", "second", cwd=tree)

    loser = f"{tree}/second/tool.py: module, by FileFinder: an entry before its own holds the module"
    assert ["losers:", loser] == [line.strip() for line in done.stdout.splitlines()[-2:]]


def test_a_missing_name_is_told_with_near_misses(installed: Installation, tree: Path) -> None:
    done = installed.resolve("cased", "--path", "second", cwd=tree)

    assert done.returncode == 1
    assert f"{tree}/second/Cased.py: upper and lower case differ" in done.stdout


def test_the_path_option_replaces_the_whole_path(installed: Installation, tree: Path) -> None:
    done = installed.resolve("attrs", "--path", "first", cwd=tree)

    assert done.returncode == 1
    assert str(installed.site) not in done.stdout


def test_an_empty_path_entry_is_the_current_directory(installed: Installation, tree: Path) -> None:
    done = installed.resolve("tool", "--path", "", cwd=tree / "first")

    assert f"tool: module, {tree}/first/tool.py" == done.stdout.splitlines()[0]


def test_package_is_what_relative_names_start_from(installed: Installation, tree: Path) -> None:
    done = installed.resolve(".sub", "..tool", "--package", "pack.sub", "--path", "second", cwd=tree)

    # A name without its leading dots is looked for in the package, as the interpreter does it.
    assert [answer.splitlines()[0] for answer in done.stdout.split("\n\n")] == [
        "pack.sub.sub: not found, its parent pack.sub is no package",
        "pack.tool: not found, no finder knows it",
    ]


def test_what_the_environment_installs_is_found_in_it(installed: Installation, tree: Path) -> None:
    done = installed.resolve("attrs", cwd=tree)

    assert f"attrs: package, {installed.site}/attrs/__init__.py" == done.stdout.splitlines()[0]


def test_the_script_leaves_the_current_directory_out_and_python_m_puts_it_first(
    installed: Installation, tree: Path
) -> None:
    script = installed.resolve("tool", cwd=tree / "first")
    module = installed.run(installed.python, "-m", "wherefrom", "resolve", "tool", cwd=tree / "first")

    assert script.returncode == 1
    assert f"{tree}/first" not in script.stdout
    assert module.returncode == 0
    assert f"tool: module, {tree}/first/tool.py" == module.stdout.splitlines()[0]


def test_safe_path_keeps_the_current_directory_out_of_python_m_too(
    installed: Installation, tree: Path
) -> None:
    command = (installed.python, "-P", "-m", "wherefrom", "resolve", "tool")

    done = installed.run(*command, cwd=tree / "first")

    assert done.returncode == 1


def test_the_directory_of_the_script_is_not_searched(installed: Installation, tree: Path) -> None:
    done = installed.resolve("wherefrom_no_such", cwd=tree)

    assert f"{installed.home}/bin:" not in done.stdout


def test_a_module_that_the_command_itself_has_loaded_is_searched_like_any_other(
    installed: Installation, tree: Path
) -> None:
    done = installed.resolve("argparse", "json.decoder", "attr.setters", cwd=tree)

    assert done.returncode == 0
    assert "already imported" not in done.stdout


def test_no_code_of_the_modules_is_run(installed: Installation, tree: Path) -> None:
    for file in (tree / "second" / "pack").iterdir():
        file.write_text("raise SystemExit('module code ran')", encoding="utf-8")

    done = installed.resolve("pack.sub", "--path", "second", cwd=tree)

    assert (done.returncode, done.stderr) == (0, "")


def test_a_finder_that_raises_is_told_and_the_name_is_not_found(installed: Installation, tree: Path) -> None:
    unruly = tree / "unruly.py"
    unruly.write_text(
        "import sys\n"
        "class Unruly:\n"
        "    @staticmethod\n"
        "    def find_spec(name, path=None, target=None):\n"
        "        if name == 'unlucky':\n"
        "            raise RuntimeError('out of order')\n"
        "sys.meta_path.insert(0, Unruly)\n",
        encoding="utf-8",
    )
    pth = installed.site / "unruly.pth"
    pth.write_text(f"import sys; exec(open({str(unruly)!r}).read())\n", encoding="utf-8")
    try:
        done = installed.resolve("unlucky", "json", cwd=tree)
    finally:
        pth.unlink()

    assert (done.returncode, done.stderr) == (1, "")
    assert "RuntimeError: out of order" in done.stdout
    assert "json: package, " in done.stdout


def test_a_path_of_300_entries_is_summarised(installed: Installation, tree: Path) -> None:
    options: list[str] = []
    for number in range(300):
        (tree / f"entry{number}").mkdir()
        options += ["--path", f"entry{number}"]
    options += ["--path", "missing", "--path", "packed.zip", "--path", "first"]

    done = installed.resolve("tool", *options, cwd=tree)

    lines = done.stdout.splitlines()
    assert "      300 entries, from entry0 to entry299: nothing of that name" in lines
    assert "   => first: tool.py" in lines
    assert len(lines) < 12


def test_version_and_help_answer_on_standard_output(installed: Installation, tree: Path) -> None:
    version = installed.run(installed.script, "--version", cwd=tree)
    help_text = installed.run(installed.script, "resolve", "--help", cwd=tree)

    assert (version.returncode, version.stderr) == (0, "")
    assert version.stdout.startswith("wherefrom ")
    assert (help_text.returncode, help_text.stderr) == (0, "")
    assert "--path ENTRY" in help_text.stdout


@pytest.mark.parametrize("name", ["a b", "1.2", "über", "x" * 10_000, "a..b", "a.", "-", "a/b", "*"])
def test_odd_names_are_answered_and_never_end_in_a_traceback(
    installed: Installation, tree: Path, name: str
) -> None:
    done = installed.resolve("--path", "first", "--path", "packed.zip", "--", name, cwd=tree)

    assert (done.returncode, done.stderr) == (1, "")
    assert "not found" in done.stdout.splitlines()[0]
