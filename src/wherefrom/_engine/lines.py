"""Functions that stand on one line of another: what a traceback says of them is what it says there.

Decides which lines of ``_load_unlocked`` and ``_find_spec`` a traceback can show, by running their code with
everything that they use replaced. Loads no module. ``standing_in.py`` and ``asking.py`` use it.
"""

import sys

from .seam import Function

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

# An entry of the table of lines for up to eight units of code (PEP 626, Objects/locations.md): a line, no
# columns.
_NO_COLUMNS = 0x80 | 13 << 3
_MOST_UNITS = 8


def at_line(function: "Any", model: "Any", line: int) -> "Any":
    """Give a function the looks of another one that is always on the same line.

    Args:
        function: the function; what it uses must be in its closure or among the model's globals.
        model: whose names, file and globals it gets.
        line: a line of the model.
    """
    code = model.__code__
    first = code.co_firstlineno
    twin = function.__code__.replace(
        co_filename=code.co_filename,
        co_name=code.co_name,
        co_qualname=code.co_qualname,
        co_firstlineno=first,
        co_linetable=_table(len(function.__code__.co_code) // 2, line - first),
    )
    return Function(twin, model.__globals__, model.__name__, None, function.__closure__)


def _table(units: int, delta: int) -> bytes:
    entries = bytearray()
    rest = delta << 1  # a signed number: its sign in the lowest bit
    for at in range(0, units, _MOST_UNITS):
        entries.append(_NO_COLUMNS | min(_MOST_UNITS, units - at) - 1)
        while rest >= 64:
            entries.append(64 | rest & 63)
            rest >>= 6
        entries.append(rest)
        rest = 0
    return bytes(entries)


class _Probe:
    """Stands for all that the code of a load or a find touches, and notes on which lines it is called."""

    submodule_search_locations = name = None

    def __init__(self) -> None:
        self.lines: list[int] = []
        self.loader = self.modules = self
        self.meta_path = [self]

    def _called(self, *arguments: object) -> "Any":
        self.lines.append(sys._getframe(1).f_lineno)
        return self

    exec_module = pop = find_spec = _called

    def __contains__(self, name: object) -> bool:
        return False

    def __setitem__(self, name: object, module: object) -> None:
        pass


def lines_of_load(load: "Any") -> "tuple[int, int]":
    """Tell on which lines a load runs its module, and takes what the module has left of itself.

    Args:
        load: the interpreter's ``_load_unlocked``.
    """
    probe = _Probe()
    names: dict[str, Any] = dict.fromkeys(load.__code__.co_names, lambda *_: probe)
    Function(load.__code__, names | {"sys": probe, "__builtins__": {"hasattr": lambda *_: True}})(probe)
    run_line, settle_line = probe.lines
    return run_line, settle_line


def line_of_question(find: "Any") -> int:
    """Tell on which line a finder of the meta path is asked.

    Args:
        find: the interpreter's ``_find_spec``.
    """
    probe = _Probe()
    Function(find.__code__, {**find.__globals__, "sys": probe}, "", find.__defaults__)("", None)
    return probe.lines[0]
