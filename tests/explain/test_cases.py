"""Every case of ``tests/cases/findings``: what is wrong is named, mended it is gone, and nearly is not it.

A case has a ``code``, ``files``, what is done (``run`` or ``resolve``), the facts that the findings
``mention``, the files that are ``mended`` by following the fix, and those of one that is ``near`` but
not the same. What cannot be made on this machine is told as a ``trace`` with its ``surroundings``.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.finding_cases import CASES, case_files, explained, prepare, read_case
from tests.support.laying import PLACEHOLDERS, fill, lay
from wherefrom import Trace
from wherefrom.explain.codes import CODES
from wherefrom.explain.weighing import findings_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the cases are laid out and run in forks")


# Each cause is named in every run. That it is gone when mended, and that what is near is not taken for it,
# is tried on every third case by default, since a case is two processes; on all where this is wanted.
_ALL = os.environ.get("WHEREFROM_CASES") == "all"
_SOME = case_files()[:: 1 if _ALL else 3]


@pytest.fixture(params=case_files(), ids=lambda file: file.stem)
def case(request: pytest.FixtureRequest) -> dict[str, Any]:
    return for_this_machine(request.param)


@pytest.fixture(params=_SOME, ids=lambda file: file.stem)
def one_of_them(request: pytest.FixtureRequest) -> dict[str, Any]:
    return for_this_machine(request.param)


def for_this_machine(file: Path) -> dict[str, Any]:
    told = read_case(file)
    if not fits(told.get("only", {})):
        pytest.skip(told["only"]["because"])
    if "gcc" in json.dumps(told.get("setup", "")) or '"ext":' in json.dumps(told):
        if shutil.which("gcc") is None:
            pytest.skip("it needs a C compiler")
        if not Path(PLACEHOLDERS["include"], "Python.h").exists():
            pytest.skip("this Python came without its headers")
    return told


def fits(only: dict[str, Any]) -> bool:
    """Say whether a case is for this machine: its version, its processor, its user."""
    version = sys.version_info[:2]
    if "since" in only and version < _version(only["since"]):
        return False
    if "until" in only and version > _version(only["until"]):
        return False
    if "versions" in only and version not in map(_version, only["versions"]):
        return False
    if "user" in only and (not hasattr(os, "geteuid") or os.geteuid() == 0):
        return False
    return only.get("machine") in (None, platform.machine())


def _version(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(".")))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = (tmp_path / "work").resolve()
    (root / "home").mkdir(parents=True)
    return root


def loud(document: dict[str, Any]) -> list[str]:
    return [one["code"] for one in told(document) if one["severity"] != "note"]


def told(document: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = document["findings"] if "findings" in document else read_again(document)
    return found


def read_again(document: dict[str, Any]) -> list[dict[str, Any]]:
    text = json.dumps({key: document.get(key, {}) for key in ("schema", "events", "surroundings")})
    trace = Trace.from_json(text)
    found = [finding.to_document() for finding in findings_of(trace, trace.surroundings, strict=True)]
    plain: list[dict[str, Any]] = json.loads(json.dumps(found))
    return plain


def test_the_cause_is_named_first_with_its_facts_and_is_told_the_same_on_another_machine(
    case: dict[str, Any], root: Path
) -> None:
    prepare(case, root)
    document = explained(case, root)
    findings = told(document)
    text = json.dumps([[one["summary"], one["fix"], one["evidence"]] for one in findings], ensure_ascii=False)
    plain = text.replace("\\\\", "\\")

    assert [case["code"]] == [one["code"] for one in findings][:1], findings
    assert [] == [fact for fact in fill(case["mention"], root) if not stands(fact, plain)], plain

    root.rename(root.with_name("gone"))  # another machine has none of these files

    assert findings == read_again(document)


def stands(fact: str | list[str], text: str) -> bool:
    """Say whether a fact, or one of its wordings, stands in a text."""
    return any(one.lower() in text.lower() for one in ([fact] if isinstance(fact, str) else fact))


def test_when_the_fix_is_followed_nothing_is_wrong(one_of_them: dict[str, Any], root: Path) -> None:
    case = one_of_them
    if "trace" in case:
        pytest.skip("it is told as a trace; the fix is for another machine")
    prepare(case, root)
    lay(root, fill(case["mended"], root))
    mended = {**case, **{key[7:]: value for key, value in case.items() if key.startswith("mended_")}}

    assert [] == loud(explained(mended, root))


def test_what_is_nearly_the_same_is_not_called_so(one_of_them: dict[str, Any], root: Path) -> None:
    case = one_of_them
    for number, near in enumerate(variants(case)):
        place = root / str(number)
        (place / "home").mkdir(parents=True)
        prepare(near, place)
        lay(place, fill(near.get("near", {}), place))

        assert case["code"] not in [one["code"] for one in told(explained(near, place))]


def variants(case: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the case as it is nearly: with other files or another trace; ``near_run`` replaces ``run``."""
    other = {key[5:]: value for key, value in case.items() if key.startswith("near_")}
    near = case.get("near", {})
    return [{**case, **other, "near": one} for one in (near if isinstance(near, list) else [near])]


def test_every_code_has_a_case() -> None:
    have = {read_case(file)["code"] for file in case_files()}
    awaited = json.loads(CASES.with_name("findings-awaited.json").read_text(encoding="utf-8"))

    assert set() == set(CODES) - have - set(awaited)
    assert set() == have - set(CODES)
