"""The front door: a list of public names, bound on first touch, that loads nothing itself."""

from __future__ import annotations

import ast
import sys

import pytest

import wherefrom
from tests.support import children

HOMES: dict[str, str] = vars(wherefrom)["_HOMES"]
# The public contract; more is welcome.
PROMISED = (
    "__version__",
    "resolve",
    "resolve_many",
    "Resolution",
    "ResolutionError",
    "WherefromError",
    "Trace",
    "events",
)


@pytest.mark.parametrize("name", PROMISED)
def test_a_promised_name_is_there(name: str) -> None:
    assert name in HOMES
    assert getattr(wherefrom, name) is not None


@pytest.mark.parametrize("name", HOMES)
def test_a_public_name_is_bound_from_its_home(name: str) -> None:
    value = getattr(wherefrom, name)
    home = sys.modules[f"wherefrom.{HOMES[name]}"]

    # A room that is public itself is bound under its own name.
    assert value is (home if HOMES[name] == name else vars(home)[name])


def test_all_is_what_is_public() -> None:
    assert sorted(wherefrom.__all__) == sorted(name for name in HOMES if not name.startswith("_"))
    assert set(HOMES) <= set(dir(wherefrom))


def test_what_type_checkers_are_shown_is_what_is_bound() -> None:
    tree = ast.parse((children.SOURCES / "wherefrom" / "__init__.py").read_text(encoding="utf-8"))
    shown = {
        alias.asname for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names
    }

    assert shown == set(HOMES)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = wherefrom.no_such_name


def test_importing_wherefrom_loads_nothing_else() -> None:
    script = "import sys; before = set(sys.modules); import wherefrom; print(*set(sys.modules) - before)"

    assert children.run(sys.executable, "-S", "-c", script) == "wherefrom\n"


def test_a_star_import_binds_what_is_public() -> None:
    script = "before = set(dir()); from wherefrom import *; print(*sorted(set(dir()) - before - {'before'}))"

    assert children.run(sys.executable, "-c", script, env=environment()).split() == sorted(wherefrom.__all__)


def environment() -> dict[str, str]:
    return children.environment(children.SOURCES)
