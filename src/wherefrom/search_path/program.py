"""Tells whether Python would get as far as the program: is there a script, a module, a `__main__`?

Only what is certain counts: a name that an unknown finder may offer, or a package that may change
its `__path__`, is given the benefit of the doubt. It mirrors what `runpy` and `pymain_run_file` do
before the first line of a program runs.
"""

from __future__ import annotations

from wherefrom.search_path import offers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from wherefrom.search_path.disk import Disk
    from wherefrom.search_path.draft import Drafts
    from wherefrom.search_path.interpreter import Interpreter
    from wherefrom.search_path.invocation import Invocation
    from wherefrom.search_path.start import Start


def reachable(
    invocation: Invocation, start: Start, drafts: Drafts, facts: Interpreter, disk: Disk, served: set[str]
) -> str | None:
    """Return why Python would not reach the program, or None if it would, as far as can be told.

    Args:
        invocation: The command line.
        start: What the interpreter says of itself.
        drafts: The path, first entry included.
        facts: The interpreter.
        disk: The disk as it sees it.
        served: The top-level names that finders serve which start-up code has put in place.
    """
    missing = None
    if invocation.mode == "module" and invocation.operand.partition(".")[0] not in served:
        missing = _module_missing(invocation.operand, drafts.paths(), facts, disk)
    elif invocation.mode == "script" and start.main_kind is None:
        return _script_missing(invocation.operand, disk)
    elif invocation.mode == "script" and _main_missing(drafts.paths(), facts, disk):
        missing = f"can't find '__main__' module in {invocation.operand!r}"
    if missing is None:
        return None
    doubt = "" if all(code.predicted for code in drafts.startup) else _DOUBT
    return f"Python would stop: {missing}{doubt}"


_DOUBT = " (unless start-up code, which was not run, offers it)"


def _main_missing(path: list[str], facts: Interpreter, disk: Disk) -> bool:
    """Look for `__main__` as runpy does: on the whole path, not in the program's directory alone."""
    found = offers.on_path("__main__", path, facts, disk)
    return found is None or found.kind == "namespace"


def _script_missing(file: str, disk: Disk) -> str | None:
    if not disk.exists(file):
        return f"Python would stop: can't open file {file!r}: there is no such file"
    return None


def _module_missing(name: str, path: list[str], facts: Interpreter, disk: Disk) -> str | None:
    parts = name.split(".")
    if not all(parts):
        return f"{name!r} is no absolute module name"
    for count in range(1, len(parts) + 1):
        head = ".".join(parts[:count])
        found = offers.find(head, path, facts, disk)
        if found is None:
            return None if _may_move(parts[: count - 1], path, facts, disk) else _no_module(head)
    if found is not None and found.locations is not None:
        inside = offers.on_path("__main__", found.locations, facts, disk)
        if inside is None and not _may_move(parts, path, facts, disk):
            return f"{name} is a package without a __main__ and cannot be run"
    return None


def _no_module(name: str) -> str:
    return f"no module named {name!r}"


def _may_move(parts: list[str], path: list[str], facts: Interpreter, disk: Disk) -> bool:
    """Whether a package's own code may change where its submodules are looked for."""
    for count in range(1, len(parts) + 1):
        found = offers.find(".".join(parts[:count]), path, facts, disk)
        if found is not None and not found.stdlib and found.kind != "namespace":
            text = offers.source_text(found, disk)
            if text is None or "__path__" in text or "sys.modules" in text:
                return True
    return False
