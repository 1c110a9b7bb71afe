"""The first file of a traced child: it brings the engine in, and runs the program in its own place.

Decides nothing: the program is made ready by ``program.py``. What it does is to leave no trace of
itself: the engine comes in beside the path, the finders and ``sys.modules`` (``aside.py``), and the
program gets the namespace ``__main__`` as if nobody had been there. The interpreter is given this file,
or its text.
"""

import sys

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any


def _start() -> "object":
    """Bring the engine in."""
    # Not by an import, which the program could see: aside.py is run by its code, and brings in the rest.
    from _frozen_importlib_external import SourceFileLoader

    folder, name = sys.argv[1], "wherefrom._engine.aside"
    namespace: dict[str, Any] = {"__name__": name}
    exec(SourceFileLoader(name, f"{folder}/aside.py").get_code(name) or "", namespace)
    bring = namespace["Aside"](folder).bring
    start: object = bring("program").Start(
        eval(sys.argv[2]), sys.argv[3:], globals(), _start.__code__.co_filename, bring
    )
    return start


# The object that makes the program ready stays on the interpreter's stack, where no name holds it, and
# takes this frame out of the traceback of whatever ends the program.
with _start() as __loader__:  # type: ignore[attr-defined]  # a name that every __main__ has, for a moment
    __loader__.call(*__loader__.ready())
