"""CPython's own tests of importlib, run with wherefrom's engine as a third implementation.

The default run does it on the running version; as a script
(``python -m tests.conformance.test_importlib_suite``) on every version that is here, with the counts.
``importlib_not_passed.json`` names each test that is not passed, by version, with its reason.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from tests.support import children, interpreters

HERE = Path(__file__).parent
CHILD = HERE / "importlib_child.py"
TOLD = Path(__file__).parents[2] / "docs/explanation/how-python-loads-a-module.md"
NOT_PASSED: dict[str, dict[str, str]] = json.loads(
    (HERE / "importlib_not_passed.json").read_text(encoding="utf-8")
)
BAR = 0.98
# In every version there are more tests than this that have our implementation.
FEWEST = 450


def report_of(executable: str, folder: Path) -> dict[str, Any]:
    """Run the suite in a child, in an empty directory and an environment without settings."""
    target = folder / "report.json"
    environment = children.environment(children.SOURCES, children.ROOT)
    del environment["PYTHONDONTWRITEBYTECODE"]  # half of the tests of source loaders would be skipped
    # Not as a script: its folder would be on the path.
    code = "import sys, runpy; sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"
    children.run(executable, "-c", code, CHILD, target, env=environment, cwd=folder)
    report: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
    return report


def has_suite() -> bool:
    """Say whether this interpreter came with its tests."""
    return os.path.exists(os.path.join(os.path.dirname(os.__file__), "test", "test_importlib", "util.py"))


@pytest.mark.skipif(not has_suite(), reason="this interpreter was installed without its tests")
def test_the_engine_passes_cpythons_own_tests_of_importlib(tmp_path: Path) -> None:
    version = ".".join(map(str, sys.version_info[:2]))

    report = report_of(sys.executable, tmp_path)

    excused = NOT_PASSED.get(version, {})
    assert set(excused) == set(report["failed"]), "\n".join(report["failed"].values())
    assert report["ours"] > FEWEST
    assert report["events"] > report["ours"]  # the engine was asked, and not CPython behind its back
    assert (report["ours"] - len(excused)) / report["ours"] >= BAR
    # The page tells the counts of some versions, to the micro version.
    told = TOLD.read_text(encoding="utf-8")
    row = f"| {report['version']} | {report['run']:,} | {report['ours']} | {len(report['failed'])} |"
    assert row in told or f"| {report['version']} |" not in told


def test_every_excuse_is_a_reason() -> None:
    for excuses in NOT_PASSED.values():
        for reason in excuses.values():
            assert len(reason) > 20


def test_the_adapter_can_be_loaded_by_its_path_beside_other_tests(tmp_path: Path) -> None:
    (tmp_path / "tests.py").write_text("mine = 1\n", encoding="utf-8")
    code = (
        "import sys, tests, importlib.util as u, importlib.machinery as m\n"
        f"spec = u.spec_from_file_location('plug', {str(HERE / 'importlib_plug.py')!r})\n"
        "plug = u.module_from_spec(spec); spec.loader.exec_module(plug)\n"
        "ours = plug.modules()['importlib.machinery']\n"
        "print(tests.mine, ours.PathFinder is not m.PathFinder, ours.PathFinder.find_spec('json').origin)"
    )

    environment = children.environment(tmp_path, children.SOURCES)
    told = children.run(sys.executable, "-c", code, env=environment, cwd=tmp_path)

    assert f"1 True {json.__spec__.origin}\n" == told


def main() -> None:
    """Run the suite on every version that is here, and print the counts."""
    print("version   run  passed  skipped  failed | ours  passed")
    for executable in interpreters.available().values():
        with tempfile.TemporaryDirectory() as folder:
            report = report_of(executable, Path(folder))
        print(
            f"{report['version']:8} {report['run']:5} {report['passed']:6} {len(report['skipped']):8}"
            f" {len(report['failed']):7} | {report['ours']:5} {report['ours_passed']:6}"
        )
        for name in report["failed"]:
            print("  not passed:", name)


if __name__ == "__main__":
    main()
