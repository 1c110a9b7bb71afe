"""``wherefrom check``: each check finds its trouble, is content when it is mended, and runs nothing."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.laying import fill, lay
from wherefrom import Trace, check_command
from wherefrom.cli import run
from wherefrom.explain.case import Case
from wherefrom.explain.checks import checked
from wherefrom.looking import Start, look_around
from wherefrom.surroundings import Surroundings

if TYPE_CHECKING:
    from pathlib import Path

SITE = "libs/{name}-{version}.dist-info"


def installed(name: str, version: str, *files: str, **more: str) -> dict[str, str]:
    home = SITE.format(name=name, version=version)
    return {
        f"{home}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{home}/RECORD": "".join(f"{file},,\n" for file in files),
        **{f"{home}/{file.replace('__', '.')}": text for file, text in more.items()},
        **{f"libs/{file}": "" for file in files},
    }


MOVED = json.dumps({"url": "file:///nowhere/at/all", "dir_info": {"editable": True}})
# code, the files, what mends them
TROUBLE: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("stdlib-shadowed-by-script-directory", {"random.py": ""}, {"random.py": None, "kit/random.py": ""}),
    (
        "third-party-shadowed-by-local-file",
        {"yonder.py": "", **installed("yonder", "1", "yonder.py")},
        {"yonder.py": None, "here.py": ""},
    ),
    (
        "circular-import-name",
        {"one.py": "import two\nx = 1\n", "two.py": "from one import x\n"},
        {"one.py": "x = 1\nimport two\n"},
    ),
    ("stale-legacy-pyc", {"old.pyc": {"pyc": {"source": ""}}}, {"old.py": ""}),
    (
        "unchecked-pyc-stale",
        {"old.py": "x = 1\n", "__pycache__/old.{tag}.pyc": {"pyc": {"source": "", "checked": False}}},
        {"old.py": ""},
    ),
    ("extension-wrong-python-tag", {"fast.cpython-38-x86_64-linux-gnu.so": "?"}, {"fast.py": ""}),
    ("extension-file-damaged", {"fast{ext}": ""}, {"fast{ext}": None}),
    (
        "two-distributions-own-the-same-files",
        {**installed("one", "1", "kit.py"), **installed("two", "1", "kit.py")},
        {"libs/two-1.dist-info/RECORD": ""},
    ),
    (
        "duplicate-dist-info",
        {**installed("one", "1", "kit.py"), **installed("one", "2", "kit.py")},
        {"libs/one-1.dist-info": None},
    ),
    (
        "editable-source-moved",
        installed("one", "1", direct_url__json=MOVED),
        {"libs/one-1.dist-info/direct_url.json": None},
    ),
    (
        "regular-package-hides-namespace-portion",
        {"kit/part.py": "", "libs/kit/__init__.py": ""},
        {"kit/part.py": None, "kit": None, "kits/part.py": ""},
    ),
    ("path-entry-is-package-itself", {"libs/__init__.py": ""}, {"libs/__init__.py": None}),
]


@pytest.fixture(autouse=True)
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "libs").mkdir()
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "libs"))


def codes(project: Path) -> list[str]:
    case = Case(Trace(), look_around(Start(sys.executable, ("-c", ""), "check", str(project), str(project))))
    return [one.code for one in checked(case) if one.severity != "note"]


@pytest.mark.parametrize(("code", "files", "mended"), TROUBLE, ids=[code for code, _, _ in TROUBLE])
def test_trouble_is_found_and_gone_when_it_is_mended(
    code: str, files: dict[str, Any], mended: dict[str, Any], tmp_path: Path
) -> None:
    lay(tmp_path, fill(files, tmp_path))
    before = codes(tmp_path)
    lay(tmp_path, fill(mended, tmp_path))

    assert [code] == before
    assert [] == codes(tmp_path)


# Each is nearly trouble.
FINE: list[dict[str, Any]] = [
    {},
    {"kit/__init__.py": "", "kit/random.py": "", "test/__init__.py": ""},
    {"one.py": "def f():\n    from two import y\nx = 1\n", "two.py": "from one import x\ny = 1\n"},
    {"one.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import two\nx = 1\n",
     "two.py": "from one import x\n"},
    {"kit/__init__.py": "", "kit/a.py": "from . import b\n", "kit/b.py": "from kit import a\n"},
    {"data/notes.txt": "", "libs/data/__init__.py": ""},
    {"fast.py": "", "fast.cpython-38-x86_64-linux-gnu.so": "?"},
    {**installed("one", "1", "corp/__init__.py"), **installed("two", "1", "corp/__init__.py"),
     "libs/corp/__init__.py": "__path__ = __import__('pkgutil').extend_path(__path__, __name__)\n"},
]  # fmt: skip


@pytest.mark.parametrize(
    "files", FINE, ids=[f"{next(iter(files), 'nothing')}-{len(files)}" for files in FINE]
)
def test_what_only_looks_like_trouble_is_passed_over(files: dict[str, Any], tmp_path: Path) -> None:
    lay(tmp_path, fill(files, tmp_path))

    assert [] == codes(tmp_path)


def test_the_checks_are_a_function_of_the_answers(tmp_path: Path) -> None:
    lay(tmp_path, {"random.py": "", "one.py": "import two\nx = 1\n", "two.py": "from one import x\n"})
    around = look_around(Start(sys.executable, ("-c", ""), "check", str(tmp_path), str(tmp_path)))
    seen = checked(Case(Trace(), around))

    assert seen == checked(Case(Trace(), Surroundings.from_document(around.to_document())))


def check(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    status = run(["check", *arguments], path=list(sys.path), modules=dict(sys.modules))
    return status, capsys.readouterr().out


def test_the_exit_status_says_whether_there_is_trouble(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(str(tmp_path), capsys=capsys)[0] == check_command.FINE

    lay(tmp_path, {"random.py": "raise SystemExit('it was run')\n"})

    assert check(str(tmp_path), capsys=capsys)[0] == check_command.TROUBLE
    with pytest.raises(SystemExit, match="2"):
        check(str(tmp_path / "nowhere"), capsys=capsys)


def test_the_document_has_the_findings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay(tmp_path, {"random.py": ""})
    document = json.loads(check("--json", str(tmp_path), capsys=capsys)[1])

    assert document["path"] == str(tmp_path.resolve())
    assert [one["code"] for one in document["findings"]] == ["stdlib-shadowed-by-script-directory"]
