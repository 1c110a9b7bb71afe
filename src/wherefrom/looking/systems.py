"""Questions about the start of a program: its interpreter, its search path, its environment."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from .start import Start

_TELLING = ("PATH", "HOME", "USER", "SUDO_USER", "VIRTUAL_ENV", "CONDA_PREFIX", "CONDA_DEFAULT_ENV", "TMPDIR")
_TELLING_BEGIN = ("PYTHON", "LD_", "DYLD_", "DJANGO_", "FLASK_", "UV_", "PIP_", "AWS_LAMBDA_", "LC_", "LANG")


def start(start: Start) -> dict[str, Any]:
    """Tell how the program was started: the attributes of `Start`."""
    return attrs.asdict(start)


def facts(start: Start) -> dict[str, Any] | None:
    """Tell the facts about the interpreter: the attributes of ``search_path.interpreter.Interpreter``."""
    from ..search_path.asking import AskingError
    from ..search_path.interpreter import facts_of

    try:
        told = facts_of(start.python).to_dict()
    except AskingError as failure:
        return {"error": str(failure)}
    del told["site"], told["loaded"]
    told["frozen"] = [module["name"] for module in told["frozen"]]
    told["release"] = told["version"].split()[0]
    return told


def search_path(start: Start) -> dict[str, Any] | None:
    """Tell the search path at the start, as ``wherefrom path --json`` does."""
    from ..search_path.model import search_path as answer
    from ..search_path.picture import as_data

    return as_data(answer(start.python, list(start.arguments), cwd=start.cwd))


def environment(start: Start) -> dict[str, str]:
    """Give the environment variables that imports depend on."""
    return {
        name: value
        for name, value in os.environ.items()
        if name in _TELLING or name.startswith(_TELLING_BEGIN)
    }
