"""An import system: one state, one disk, one record, and how much it may change.

Every step receives a `System` first. It holds things together and decides nothing; ``steps.py``
tells what is done with it.
"""

from .disk import Disk
from .interpreter import HERE, Interpreter
from .record import Record

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

    from .find.answer import Answer
    from .find.places import Place

REAL_DISK = Disk()


class System:
    """One import world, as the steps see it.

    A system that *asks* only wants to know where a name would come from: it leaves the state as it
    is (what it learns of path entries stays in `places`) and gives no warnings.

    Attributes:
        state: the five pieces; the module ``sys`` or something of its shape.
        record: where every step is written down.
        disk: the door to the file system.
        interpreter: the facts of the interpreter that is answered for.
        places: what this system learned about path entries that the state has no finder for.
        found: the answers for parents with the rows that tell them, so that a parent is searched
            once, however many of its submodules are asked for.
        hook_plan: the path hooks, sorted when the first one is needed.
        sweeps: sweeps over search paths, for systems that answer many names at once; else None.
        keeps_finders: whether this system imports: finders are then made and kept in the state.
        locks: the module locks.
        builtins: what modules get as ``__builtins__``; None for the interpreter's own.
        sharing: decides which modules are the interpreter's own ones; None if all are this system's.
        make_path: makes the path object of a namespace package; None for the interpreter's own class.
        reloading: the modules that are being reloaded, by name.
        paths: the search paths that the record has told for rows that speak of them.
    """

    # Set on the class, since a system is made for every question and most never differ.
    disk: Disk = REAL_DISK
    interpreter: Interpreter = HERE
    hook_plan: "Any" = None
    sweeps: "Any" = None
    # What only a system that imports has.
    keeps_finders = False
    locks: "Any" = None
    builtins: "dict[str, Any] | None" = None
    sharing: "Any" = None
    make_path: "Any" = None
    reloading: "dict[str, Any]"
    paths: "Any" = None

    def __init__(self, state: "Any", record: Record) -> None:
        self.state = state
        self.record = record
        self.places: dict[str, Place] = {}
        self.found: dict[str, tuple[Answer | None, list[Any]]] = {}
