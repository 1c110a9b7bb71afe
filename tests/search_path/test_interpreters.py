"""Facts about an interpreter, and every way in which asking for them goes wrong."""

from __future__ import annotations

import json
import os
import stat
import sys
import time
from pathlib import Path

import pytest

import wherefrom
from wherefrom.search_path import interpreter
from wherefrom.search_path.asking import AskingError

from .conftest import BASE, World


def _script(path: Path, text: str) -> str:
    path.write_text(text)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_the_facts_about_the_running_interpreter_are_its_own() -> None:
    import importlib.machinery

    facts = interpreter.facts_of()

    assert tuple(sys.version_info) == facts.version_info
    assert tuple(sys.builtin_module_names) == facts.builtin_module_names
    assert set(sys.stdlib_module_names) == set(facts.stdlib_module_names)
    assert importlib.machinery.EXTENSION_SUFFIXES == list(facts.extension_suffixes)
    assert importlib.machinery.SOURCE_SUFFIXES == list(facts.source_suffixes)
    assert importlib.machinery.BYTECODE_SUFFIXES == list(facts.bytecode_suffixes)
    assert sys.implementation.cache_tag == facts.cache_tag
    assert {"os", "site", "_frozen_importlib"} <= {module.name for module in facts.frozen}
    assert facts.site_origin == "frozen"


def test_the_tag_of_extension_modules_is_told() -> None:
    import sysconfig

    assert sysconfig.get_config_var("SOABI") == interpreter.facts_of().soabi


def test_frozen_modules_say_whether_they_are_packages() -> None:
    frozen = {module.name: module for module in interpreter.facts_of().frozen}

    assert (True, False) == (frozen["__phello__"].is_package, frozen["os"].is_package)


def test_the_facts_are_plain_data() -> None:
    facts = interpreter.facts_of()

    assert json.loads(json.dumps(facts.to_dict()))["cache_tag"] == sys.implementation.cache_tag


def test_an_interpreter_is_asked_once_per_state(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    python = world.venv()
    first = interpreter.facts_of(python)
    asked = []

    def ask(*args: object) -> interpreter.Interpreter:
        asked.append(args)
        return first

    monkeypatch.setattr(interpreter, "_ask", ask)

    assert interpreter.facts_of(python) is first
    assert not asked

    config = world.root / ".venv/pyvenv.cfg"
    config.write_text(config.read_text() + "# touched\n")
    interpreter.facts_of(python)

    assert len(asked) == 1


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("missing", "is not a file"),
        ("unknown-name", "was not found on PATH"),
        ("directory", "is a directory"),
        ("not-executable", "may not be executed"),
        ("text", "refused to run it"),
        ("shell", "is not a Python interpreter"),
        ("silent", "is not a Python interpreter"),
        ("dangling", "is a link to"),
        ("old", "older than 3.11"),
    ],
)
def test_what_is_no_interpreter_is_named_with_a_way_out(tmp_path: Path, kind: str, says: str) -> None:
    target = tmp_path / "python"
    if kind == "directory":
        target.mkdir()
    elif kind == "not-executable":
        target.write_text("x")
    elif kind == "text":
        _script(target, "no program at all\n")
    elif kind == "shell":
        os.symlink("/bin/sh", target)
    elif kind == "silent":
        _script(target, "#!/bin/sh\nexit 0\n")
    elif kind == "dangling":
        os.symlink("nowhere", target)
    elif kind == "old":
        _script(target, "#!/bin/sh\necho 'Unknown option: -P' >&2\nexit 2\n")
    python = "no-such-python-anywhere" if kind == "unknown-name" else str(target)

    with pytest.raises(AskingError, match=says) as caught:
        interpreter.facts_of(python)

    assert python in str(caught.value)
    assert wherefrom.search_path(python, ["-c", "pass"]).error is not None


def test_an_executable_that_hangs_is_ended_after_the_timeout(tmp_path: Path) -> None:
    python = _script(tmp_path / "python", "#!/bin/sh\nsleep 60\nexit 0\n")
    begun = time.monotonic()

    answer = wherefrom.search_path(python, ["-c", "pass"], timeout=0.3)

    assert answer.error is not None
    assert "did not answer within 0.3 seconds" in answer.error
    assert python in answer.error
    assert time.monotonic() - begun < 20


def test_an_interpreter_that_needs_pythonhome_is_asked_with_it(world: World) -> None:
    facts = interpreter.facts_of(BASE)

    answer = world("-c", "pass", PYTHONHOME=facts.base_prefix)

    assert answer.error is None


def test_start_up_code_does_not_run_for_the_facts(world: World) -> None:
    python = world.venv()
    proof = world.root / "it-ran"
    (world.site() / "spy.pth").write_text(f"import os; open({str(proof)!r}, 'w').close()\n")

    interpreter.facts_of(python)

    assert not proof.exists()


def test_a_pth_file_beside_the_executable_rules_alone(world: World) -> None:
    facts = interpreter.facts_of(BASE)
    python = world.root / "ruled" / "python"
    python.parent.mkdir()
    python.write_bytes(Path(os.path.realpath(BASE)).read_bytes())
    python.chmod(0o755)
    (python.parent / "python._pth").write_text(f"{facts.stdlib_dir}\n# comment\nmissing\nimport os\n")

    answer = world("-c", "pass", python=str(python), PYTHONPATH="/x")

    assert [(facts.stdlib_dir, 1), (str(python.parent / "missing"), 3)] == [
        (entry.path, entry.detail.line)  # type: ignore[union-attr]
        for entry in answer
    ]
    assert {"_pth"} == {entry.source for entry in answer}


def test_a_pth_file_that_imports_site_does_not_make_us_run_it(world: World) -> None:
    facts = interpreter.facts_of(BASE)
    python = world.root / "ruled" / "python"
    folder = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    site = world.root / "ruled/lib" / folder / ("dist-packages" if facts.debian else "site-packages")
    site.mkdir(parents=True)
    python.write_bytes(Path(os.path.realpath(BASE)).read_bytes())
    python.chmod(0o755)
    (python.parent / "python._pth").write_text(
        f"{facts.stdlib_dir}\n{facts.stdlib_dir}/lib-dynload\nimport site\n"
    )
    proof = world.root / "it-ran"
    (site / "spy.pth").write_text(f"import os; open({str(proof)!r}, 'w').close()\n")

    answer = world("-c", "import sys; print(ascii(sys.path))", python=str(python))

    assert not proof.exists()
    assert str(site) in answer.paths
    assert world.real("-c", "import sys; print(ascii(sys.path))", python=str(python)) == list(answer.paths)
    assert proof.exists()


@pytest.mark.parametrize("variable", ["PYTHONEXECUTABLE", "__PYVENV_LAUNCHER__"])
def test_a_launchers_variable_moves_the_first_place_of_a_pth_file_only(world: World, variable: str) -> None:
    stdlib = interpreter.facts_of(BASE).stdlib_dir
    binary = Path(os.path.realpath(BASE)).read_bytes()
    for name in ("ruled", "launcher"):
        world.write(f"{name}/python", binary)
        (world.root / name / "python").chmod(0o755)
        world.write(f"{name}/python._pth", f"{stdlib}\n{name}-only\n")
    world.folder("links")
    os.symlink("../launcher/python", world.root / "links/python")
    ruled = str(world.root / "ruled/python")
    show = "import sys; print(ascii(sys.path))"

    for launcher, expected in (("launcher/python", "launcher"), ("links/python", "ruled")):
        env = {variable: str(world.root / launcher)}
        answer = world("-c", show, python=ruled, **env)

        assert answer.paths[-1] == str(world.root / expected / f"{expected}-only")
        assert world.real("-c", show, python=ruled, **env) == list(answer.paths)
