"""`wherefrom.explain`: exceptions caught here, explained without a trace, and without running anything."""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING

import pytest

import wherefrom

if TYPE_CHECKING:
    from pathlib import Path


def caught(name: str) -> ImportError:
    with pytest.raises(ImportError) as failure:
        importlib.import_module(name)
    return failure.value


def test_an_error_that_was_caught_is_explained_later() -> None:
    explanation = wherefrom.explain(caught("no_such_thing_at_all"))

    assert explanation
    assert [one.code for one in explanation.findings] == ["distribution-not-installed"]
    assert explanation.error == "ModuleNotFoundError: No module named 'no_such_thing_at_all'"
    assert str(explanation).startswith(explanation.error)
    assert "fix: " in str(explanation)


def test_the_findings_are_the_same_when_the_trace_was_saved() -> None:
    explanation = wherefrom.explain(caught("no_such_thing_at_all"))
    again = wherefrom.Trace.from_json(explanation.trace.to_json())

    assert again.findings == explanation.findings != ()


def test_nothing_is_imported_for_an_explanation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fragile.py").write_text("import no_such_thing_at_all\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    importlib.invalidate_caches()
    error = caught("fragile")
    (tmp_path / "fragile.py").write_text("raise SystemExit('ran')\n", encoding="utf-8")

    assert wherefrom.explain(error)
    assert "fragile" not in sys.modules


def test_an_error_of_nothing_like_an_import_has_no_findings() -> None:
    explanation = wherefrom.explain(ZeroDivisionError("division by zero"))

    assert not explanation
    assert str(explanation) == "ZeroDivisionError: division by zero\nnothing was found that explains it"
    assert repr(explanation) == "<Explanation of ZeroDivisionError: nothing found>"


def test_what_is_no_exception_is_refused() -> None:
    with pytest.raises(TypeError, match="an exception was expected, not str: 'yaml'"):
        wherefrom.explain("yaml")  # type: ignore[arg-type]  # the mistake under test


def test_errors_in_a_circle_are_explained() -> None:
    one, other = ImportError("a", name="a"), ImportError("b", name="b")
    one.__cause__, other.__cause__ = other, one

    assert wherefrom.explain(one).error == "ImportError: a"


@pytest.mark.parametrize("name", ["", ".relative", "nul\0nul", "no such", 3])
def test_names_that_are_no_names_are_no_obstacle(name: object) -> None:
    error = ImportError("odd", name=name)  # type: ignore[arg-type]  # whatever people raise

    assert wherefrom.explain(error).error == "ImportError: odd"
