"""One installation for all tests of the command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.installation import Installation, install

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Give wherefrom in a virtual environment of its own."""
    return install(tmp_path_factory.mktemp("installed") / "venv")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A directory with something of each kind, which is also the current directory of the command."""
    import zipfile

    (tmp_path / "first" / "space").mkdir(parents=True)
    (tmp_path / "second" / "space").mkdir(parents=True)
    (tmp_path / "second" / "pack").mkdir()
    (tmp_path / "second" / "pack" / "__init__.py").touch()
    (tmp_path / "second" / "pack" / "sub.py").touch()
    (tmp_path / "first" / "tool.py").touch()
    (tmp_path / "second" / "tool.py").touch()
    (tmp_path / "second" / "Cased.py").touch()
    with zipfile.ZipFile(tmp_path / "packed.zip", "w") as archive:
        archive.writestr("zipped/__init__.py", "")
        archive.writestr("zipped/inner.py", "")
    (tmp_path / "broken.zip").write_bytes(b"PK\x05\x06 and no more")
    return tmp_path
