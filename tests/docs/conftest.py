"""One installation for all pages, with what their examples use."""

from __future__ import annotations

import pytest

from tests.cli.installation import Installation, install

# The page on testing runs pytest.
_PYTEST = ("pytest", "_pytest", "pluggy", "iniconfig", "packaging", "pygments", "py")


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Give wherefrom and pytest in a virtual environment of their own."""
    return install(tmp_path_factory.mktemp("docs") / "venv", *_PYTEST)
