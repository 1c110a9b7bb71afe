"""What site adds: virtual environments, the user's directory, .pth lines, start-up code."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from .conftest import FOLDER, SHOW, World, codes, reasons, sources


def _labels(world: World, python: str, *args: str, **env: str) -> dict[str, str]:
    answer = world("-c", SHOW, *args, python=python, **env)

    assert answer.error is None
    return {entry.path: entry.label for entry in answer}


def test_a_virtual_environment_hides_the_bases_and_the_users_directory(world: World) -> None:
    python = world.venv()
    world.folder(f"home/.local/lib/{FOLDER}/site-packages")

    answer = world("-c", SHOW, python=python)

    assert [("site-packages", "venv")] == [(e.source, e.detail) for e in answer if "site" in e.source]
    assert [str(world.site())] == [entry.path for entry in answer if entry.detail == "venv"]
    assert ["site-packages of .venv"] == [entry.label for entry in answer if entry.detail == "venv"]
    assert reasons(answer, "user-site") == {"user-site-off-in-venv"}
    assert world.real("-c", SHOW, python=python) == list(answer.paths)


def test_system_site_packages_come_behind_the_users(world: World) -> None:
    python = world.venv(".venv", "--system-site-packages")
    world.folder(f"home/.local/lib/{FOLDER}/site-packages")

    answer = world("-c", SHOW, python=python)
    order = [(entry.source, entry.detail) for entry in answer if "site" in entry.source]

    assert [("site-packages", "venv"), ("user-site", None)] == order[:2]
    assert {("site-packages", "base")} >= set(order[2:])
    assert world.real("-c", SHOW, python=python) == list(answer.paths)


@pytest.mark.parametrize(
    ("said", "system"),
    [("TRUE", True), ("yes", False), ('"true"', False), ("true # x", False), (None, True)],
)
def test_only_the_word_true_includes_system_site_packages(
    world: World, said: str | None, system: bool
) -> None:
    python = world.venv()
    config = world.root / ".venv/pyvenv.cfg"
    lines = [line for line in config.read_text().splitlines() if not line.startswith("include-system")]
    config.write_text("\n".join(lines + ([f"include-system-site-packages = {said}"] if said else [])) + "\n")
    world.folder(f"home/.local/lib/{FOLDER}/site-packages")

    answer = world("-c", SHOW, python=python)

    assert system is ("user-site" in sources(answer))
    assert world.real("-c", SHOW, python=python) == list(answer.paths)


def test_each_line_of_a_pth_file_says_its_number(world: World) -> None:
    python = world.venv()
    folder = world.folder("src")
    (world.site() / "dev.pth").write_text(f"# comment\n\n{folder}\nmissing\n{folder}\n")

    answer = world("-c", SHOW, python=python)
    entry = next(entry for entry in answer if entry.path == folder)
    left = {(missing.reason, missing.detail.line) for missing in answer.left_out if missing.source == "pth"}  # type: ignore[union-attr]

    assert ("pth", "line 3 of dev.pth") == (entry.source, entry.label)
    assert {("does-not-exist", 4), ("duplicate", 5)} == left
    assert world.real("-c", SHOW, python=python) == list(answer.paths)


@pytest.mark.parametrize(
    ("line", "effect"),
    [
        ("import sys; sys.path.append({folder!r})", "changes the path"),
        ("import sys; sys.path.insert(0, {folder!r})", "changes the path"),
        ("import site; site.addsitedir({folder!r})", "changes the path"),
        ("import os, sys; sys.path.append(os.path.join({folder!r}, '..', 'src'))", "changes the path"),
        ("import sys; sys.path[0:0] = [{folder!r}]", "changes the path"),
        ("import sys; p = {folder!r}; sys.path.append(p) if p not in sys.path else None", "changes the path"),
        ("import os", "stays as it is"),
        ("import os; os.getpid()", "cannot be predicted"),
        ("import missing_module_of_nobody", "raises ModuleNotFoundError"),
        ("import sys; raise ValueError('x')", "raises ValueError"),
        ("import sys,", "raises SyntaxError"),
    ],
)
def test_an_import_line_is_reported_and_not_run(world: World, line: str, effect: str) -> None:
    python = world.venv()
    folder = world.folder("src")
    proof = world.root / "it-ran"
    text = line.format(folder=folder)
    (world.site() / "code.pth").write_text(f"{text}\n{world.folder('behind')}\n")
    (world.site() / "spy.pth").write_text(f"import os; open({str(proof)!r}, 'w').close()\n")

    answer = world("-c", SHOW, python=python)
    code = next(code for code in answer.startup if code.place.file.endswith("code.pth"))

    assert not proof.exists()
    assert effect in code.effect
    assert world.real("-c", SHOW, python=python) == list(answer.paths)
    assert proof.exists()


def test_an_entry_that_an_import_line_makes_carries_its_line(world: World) -> None:
    python = world.venv()
    folder = world.folder("src")
    (world.site() / "code.pth").write_text(f"\nimport sys; sys.path.append({folder!r})\n")

    entry = next(entry for entry in world("-c", SHOW, python=python) if entry.path == folder)

    assert ("pth-import", "code in line 2 of code.pth") == (entry.source, entry.label)


def test_what_stands_behind_a_broken_line_is_listed(world: World) -> None:
    python = world.venv()
    (world.site() / "a.pth").write_text(f"import missing_module_of_nobody\n{world.folder('behind')}\n")

    answer = world("-c", SHOW, python=python)

    assert "pth-line-broken" in reasons(answer, "pth-import")
    assert "pth-import-line-raises" in codes(answer)
    # Since 3.15 only that line is lost.
    assert (sys.version_info < (3, 15)) is ("pth-rest-ignored" in reasons(answer, "pth"))


@pytest.mark.parametrize("namespaces", [{}, {"ns": ["/x"]}])
def test_a_setuptools_finder_is_recognised(world: World, namespaces: dict[str, list[str]]) -> None:
    python = world.venv()
    module = "__editable___proj_1_0_finder"
    (world.site() / f"{module}.py").write_text(
        f"import sys\nMAPPING: dict = {{'proj': '/x/proj'}}\nNAMESPACES: dict = {namespaces!r}\n"
        "PATH_PLACEHOLDER = '__editable__.proj-1.0.finder' + '.__path_hook__'\n"
        "def install():\n    if NAMESPACES:\n        sys.path.append(PATH_PLACEHOLDER)\n"
    )
    (world.site() / "__editable__.proj-1.0.pth").write_text(f"import {module}; {module}.install()\n")

    answer = world("-c", SHOW, python=python)
    code = next(code for code in answer.startup if "editable" in code.place.file)

    assert code.predicted
    assert "proj" in code.effect
    assert bool(namespaces) is ("__editable__.proj-1.0.finder.__path_hook__" in answer.paths)


def test_a_stale_finder_is_a_finding(world: World) -> None:
    python = world.venv()
    (world.site() / "old.pth").write_text(
        "import __editable___old_1_finder; __editable___old_1_finder.install()\n"
    )

    assert "pth-import-line-raises" in codes(world("-c", SHOW, python=python))


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("  {folder}", "pth-line-malformed"),
        ("'{folder}'", "pth-line-malformed"),
        ("~/lib", "path-entry-tilde-not-expanded"),
        ("gone", "pth-path-does-not-exist"),
    ],
)
def test_a_line_without_effect_is_a_finding(world: World, line: str, code: str) -> None:
    if sys.version_info >= (3, 15) and line.startswith("  "):
        pytest.skip("3.15 strips the blanks in front of a line")
    python = world.venv()
    (world.site() / "dev.pth").write_text(line.format(folder=world.folder("src")) + "\n")

    assert code in codes(world("-c", SHOW, python=python))


def test_a_pth_file_of_binary_rubbish_ends_python_and_the_answer_says_where(world: World) -> None:
    python = world.venv()
    (world.site() / "rubbish.pth").write_bytes(b"\xff\xfe\x00\x80")

    answer = world("-c", SHOW, python=python)

    assert answer.error is not None
    assert "rubbish.pth" in answer.error
    assert "stdlib" in sources(answer)


def test_files_that_cannot_be_opened_do_not_end_the_answer(world: World) -> None:
    python = world.venv()
    (world.site() / "folder.pth").mkdir()
    (world.site() / "dangling.pth").symlink_to("nowhere")
    os.mkfifo(world.site() / "pipe.pth")

    answer = world("-c", SHOW, python=python)

    assert answer.error is None
    assert "pth-unreadable" in reasons(answer, "pth")


def test_a_directory_that_cannot_be_listed_does_not_end_the_answer(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = world.venv()
    listing = os.listdir

    def refuse(path: str) -> list[str]:
        if str(path) == str(world.site()):
            raise PermissionError(13, "Permission denied", path)
        return listing(path)

    monkeypatch.setattr(os, "listdir", refuse)

    answer = world("-c", SHOW, python=python)

    assert str(world.site()) in answer.paths
    assert "directory-unreadable" in reasons(answer, "site-packages")


def test_hidden_files_are_skipped_where_the_version_skips_them(world: World) -> None:
    python = world.venv()
    folder = world.folder("src")
    (world.site() / ".hidden.pth").write_text(f"{folder}\n")

    answer = world("-c", SHOW, python=python)

    assert world.real("-c", SHOW, python=python) == list(answer.paths)
    assert (folder in answer.paths) is ("pth-hidden" not in reasons(answer, "pth"))


@pytest.mark.parametrize("name", ["sitecustomize", "usercustomize"])
def test_a_customize_module_is_followed_and_named(world: World, name: str) -> None:
    folder = world.folder("added")
    library = Path(world.write(f"lib/{name}.py", f"import sys\nsys.path.insert(0, {folder!r})\n")).parent

    answer = world("-c", SHOW, PYTHONPATH=str(library))
    entry = next(entry for entry in answer if entry.path == folder)

    assert (name, str(library / f"{name}.py")) == (entry.source, str(entry.detail))
    assert world.real("-c", SHOW, PYTHONPATH=str(library)) == list(answer.paths)


def test_a_customize_module_that_does_more_is_said_to_be_unpredictable(world: World) -> None:
    world.write("lib/sitecustomize.py", "import os\nos.system('true')\n")

    answer = world("-c", SHOW, PYTHONPATH=str(world.root / "lib"))

    assert not answer.complete
    assert "startup-code-not-predictable" in codes(answer)


def test_a_second_sitecustomize_never_runs(world: World) -> None:
    world.write("a/sitecustomize.py")
    world.write("b/sitecustomize.py")

    assert "sitecustomize-shadowed" in codes(world("-c", SHOW, PYTHONPATH=f"{world.root}/a:{world.root}/b"))


def test_start_up_code_that_ends_python_is_an_error(world: World) -> None:
    world.write("lib/sitecustomize.py", "raise SystemExit(1)\n")

    answer = world("-c", SHOW, PYTHONPATH=str(world.root / "lib"))

    assert answer.error is not None
    assert "sitecustomize.py" in answer.error


def test_a_sitecustomize_beside_the_script_does_not_count(world: World) -> None:
    world.write("sitecustomize.py", "raise SystemExit(1)\n")
    world.write("main.py", SHOW)

    assert world("main.py").error is None


def test_an_easy_install_file_moves_its_entries_to_the_front(world: World) -> None:
    python = world.venv()
    folder = world.folder("egg")
    (world.site() / "easy-install.pth").write_text(
        "import sys; sys.__plen = len(sys.path)\n"
        f"{folder}\n"
        "import sys; new=sys.path[sys.__plen:]; del sys.path[sys.__plen:]; p=getattr(sys,'__egginsert',0); "
        "sys.path[p:p]=new; sys.__egginsert = p+len(new)\n"
    )

    answer = world("-c", SHOW, python=python)

    assert world.real("-c", SHOW, python=python) == list(answer.paths)
    assert (sys.version_info < (3, 15)) is (answer.paths.index(folder) == 1)


@pytest.mark.skipif(sys.version_info < (3, 15), reason=".start files are read since 3.15")
def test_a_start_file_is_followed_and_replaces_import_lines(world: World) -> None:
    python = world.venv()
    folder = world.folder("started")
    (world.site() / "boot.py").write_text(f"import sys\ndef main():\n    sys.path.append({folder!r})\n")
    (world.site() / "own.start").write_text("boot:main\nnot an entry\n")
    (world.site() / "own.pth").write_text("import missing_module_of_nobody\n")

    answer = world("-c", SHOW, python=python)
    entry = next(entry for entry in answer if entry.path == folder)

    assert ("start", "entry point in line 1 of own.start") == (entry.source, entry.label)
    assert reasons(answer, "start") == {"start-line-broken"}
    assert reasons(answer, "pth-import") == {"import-line-suppressed"}
    assert world.real("-c", SHOW, python=python) == list(answer.paths)
