"""The first file of a traced child: it brings the engine in, and runs the program in its own place.

Decides nothing: the program is made ready by ``program.py``. What it does is to leave no trace of
itself: the engine comes in beside the path, the finders and ``sys.modules``, and the program gets the
namespace ``__main__`` as if nobody had been there. The interpreter is given this file, or its text.
"""

import sys


def _start() -> "object":
    """Import the engine with a path of its own, and take its modules out again."""
    options = eval(sys.argv[2])
    path, finders, cache = sys.path, sys.meta_path, sys.path_importer_cache
    others = {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "wherefrom"}
    for name in others:
        del sys.modules[name]
    sys.path, sys.path_importer_cache = [sys.argv[1]], {}
    sys.meta_path = [finder for finder in finders if getattr(finder, "__name__", "") == "PathFinder"]
    try:
        from wherefrom._engine.program import RETOLD_ON, Start

        if options["retold"] and sys.version_info[:2] in RETOLD_ON:
            from wherefrom._engine.retelling import Retelling

            options["retelling"] = Retelling
    finally:
        sys.path, sys.meta_path, sys.path_importer_cache = path, finders, cache
        for name in [name for name in sys.modules if name.partition(".")[0] == "wherefrom"]:
            del sys.modules[name]
        sys.modules.update(others)
    return Start(options, sys.argv[3:], globals(), _start.__code__.co_filename)


# The object that makes the program ready stays on the interpreter's stack, where no name holds it, and
# takes this frame out of the traceback of whatever ends the program.
with _start() as __loader__:  # type: ignore[attr-defined]  # a name that every __main__ has, for a moment
    __loader__.call(*__loader__.ready())
