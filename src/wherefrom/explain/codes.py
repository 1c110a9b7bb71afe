"""The codes of findings as data: each with its family, how grave it is, and its cause in one line.

The single source: rules, the page of findings and the tests are held to it. It decides no finding.
"""

from __future__ import annotations

import attrs

from . import causes, causes_around


@attrs.frozen
class Code:
    """A cause that a finding can name.

    Attributes:
        family: the section of the page of findings that it stands in.
        severity: how grave it is unless the rule says otherwise.
        cause: the cause in one line.
    """

    family: str
    severity: str
    cause: str


SHADOWING = "Search order and shadowing"
PACKAGES = "Packages, submodules, bound names"
STARTING = "How the program is started"
CYCLES = "Cycles, order and threads"
ENVIRONMENT = "Environment, installation, search path"
FILES = "Files, bytecode, extensions"
HOOKS = "Hooks, sys.modules, lazy imports"

# Codes that are not an error unless the rule says so.
_MILDER: dict[str, str] = {}


def _codes() -> dict[str, Code]:
    families = {
        SHADOWING: causes.SHADOWING,
        PACKAGES: causes.PACKAGES,
        STARTING: causes.STARTING,
        CYCLES: causes.CYCLES,
        ENVIRONMENT: causes_around.ENVIRONMENT,
        FILES: causes_around.FILES,
        HOOKS: causes_around.HOOKS,
    }
    return {
        code: Code(family, _MILDER.get(code, "error"), cause)
        for family, table in families.items()
        for code, cause in table.items()
    }


CODES: dict[str, Code] = _codes()
