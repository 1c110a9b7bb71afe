"""The import lines that one meets in `.pth` files, and what each does to the path.

Tools write the same few lines everywhere: editable installs, namespace shims, coverage, virtualenv.
They are recognised by their text, so that the answer can name them and need not guess. A line that
is not known goes to `evaluation.py`, which follows plain code and gives up at anything else.
"""

from __future__ import annotations

import ast
import re

import attrs

from wherefrom.search_path import offers
from wherefrom.search_path.expressions import RaisedError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from wherefrom.search_path.evaluation import World


@attrs.frozen
class Known:
    """A kind of import line: how it is recognised and what it does.

    Attributes:
        name: What people call it.
        pattern: What its text contains; a group is the module that it needs.
        effect: What it does to the path, in words.
        apply: What it does to the path, in deed, if anything; may return a better sentence.
        finder: Whether it puts a finder in place of which we do not know what it serves.
    """

    name: str
    pattern: str
    effect: str
    apply: Callable[[World, re.Match[str]], str | None] | None = None
    finder: bool = False


def recognise(line: str) -> tuple[Known, re.Match[str]] | None:
    """Return the kind of import line that a text is, or None.

    Args:
        line: The line, from `import` on.

    Example:
        >>> known, _ = recognise("import _virtualenv")
        >>> known.name
        'virtualenv shim'
    """
    for known in KNOWN:
        match = re.search(known.pattern, line)
        if match is not None:
            return known, match
    return None


def run(known: Known, match: re.Match[str], world: World) -> str:
    """Do to the path what a known line does, and say it in words.

    Raises:
        RaisedError: The module that the line needs is not there.
    """
    needed = match.groupdict().get("module")
    if needed and _find(needed, world) is None:
        raise RaisedError("ModuleNotFoundError", f"No module named {needed!r}")
    said = known.apply(world, match) if known.apply is not None else None
    world.doubtful = world.doubtful or known.finder
    return f"{known.name}: {said or known.effect}"


def _find(module: str, world: World) -> offers.Offer | None:
    return offers.find(module, world.path.paths(), world.facts, world.disk)


def _remember_length(world: World, _: re.Match[str]) -> None:
    world.known["sys.__plen"] = len(world.path.paths())


def _move_to_front(world: World, _: re.Match[str]) -> str:
    """Do what the last line of an `easy-install.pth` does: what came since the first goes to the front."""
    paths = world.path.paths()
    length = world.known.get("sys.__plen")
    if length is None:
        raise RaisedError("AttributeError", "module 'sys' has no attribute '__plen'")
    moved = paths[length:]
    place = world.known.get("sys.__egginsert", 0)
    rest = paths[:length]
    world.path.replace([*rest[:place], *moved, *rest[place:]])
    world.known["sys.__egginsert"] = place + len(moved)
    return f"moves the {len(moved)} entries that the file added to the front"


def _install_finder(world: World, match: re.Match[str]) -> str | None:
    """Do what a setuptools finder does: with namespaces it appends a name that leads to its path hook."""
    offer = _find(match["module"], world)
    text = offers.source_text(offer, world.disk) if offer is not None else None
    constants = _constants(text or "")
    mapping = constants.get("MAPPING") or {}
    placeholder = constants.get("PATH_PLACEHOLDER")
    world.served.update(
        str(name).partition(".")[0] for name in (*mapping, *(constants.get("NAMESPACES") or ()))
    )
    served = f"adds a finder to sys.meta_path that serves {', '.join(sorted(mapping)) or 'nothing'}"
    if not constants.get("NAMESPACES") or not isinstance(placeholder, str):
        return f"{served}; the path stays as it is"
    if placeholder not in world.path.paths():
        world.path.replace([*world.path.paths(), placeholder])
    return f"{served}, and appends the name that leads to its path hook"


def _constants(source: str) -> dict[str, Any]:
    """Read a module's constants: literals, and sums of texts."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return {}
    found = {}
    for node in tree.body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        value = getattr(node, "value", None)
        if isinstance(target, ast.Name) and isinstance(value, ast.expr):
            found[target.id] = _literal(value)
    return found


def _literal(node: ast.expr) -> Any:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _literal(node.left), _literal(node.right)
        return left + right if isinstance(left, str) and isinstance(right, str) else None
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError):
        return None


KNOWN = (
    Known(
        "setuptools editable finder",
        r"^import (?P<module>__editable___\w+_finder);\s*(?P=module)\.install\(\)",
        "adds a finder to sys.meta_path",
        _install_finder,
    ),
    Known(
        "editable finder",
        r"^import (?P<module>_editable_impl_\w+|_\w+_editable|_\w+_editable_loader)\s*$",
        "adds a finder to sys.meta_path; the path stays as it is",
        finder=True,
    ),
    Known(
        "setuptools namespace shim (nspkg)",
        r"_getframe\(1\)\.f_locals\[['\"]sitedir['\"]\]",
        "makes namespace modules before any import; the path stays as it is",
    ),
    Known(
        "easy-install, first line",
        r"^import sys; sys\.__plen ?= ?len\(sys\.path\)\s*;?\s*$",
        "remembers the length of the path",
        _remember_length,
    ),
    Known(
        "easy-install, last line",
        r"^import sys; new ?= ?sys\.path\[sys\.__plen:\].*__egginsert",
        "moves the entries that the file added to the front",
        _move_to_front,
    ),
    Known(
        "setuptools distutils shim",
        r"^import os; var = 'SETUPTOOLS_USE_DISTUTILS'.*__import__\('(?P<module>_distutils_hack)'\)",
        "adds a finder for distutils to sys.meta_path; the path stays as it is",
    ),
    Known(
        "virtualenv shim",
        r"^import (?P<module>_virtualenv)\s*$",
        "adds a finder for distutils' configuration to sys.meta_path; the path stays as it is",
    ),
    Known(
        "coverage start",
        r"^import (?P<module>coverage); ?coverage\.process_startup\(\)",
        "starts coverage if its variable is set; the path stays as it is",
    ),
    Known(
        "coverage start",
        r"^import sys; ?exec\(.*coverage.*process_startup",
        "starts coverage if its variable is set; the path stays as it is",
    ),
)
