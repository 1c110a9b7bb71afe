"""The first file of a traced child: it brings the engine in, and runs the program in its own place.

Decides nothing: the program is made ready by ``program.py``. What it does is to leave no trace of
itself: the engine comes in beside the path, the finders and ``sys.modules`` (``aside.py``), and the
program gets the namespace ``__main__`` as if nobody had been there. The interpreter is given this file,
or its text, and has to compile it each time: it is short for that.
"""

import sys
from _frozen_importlib_external import SourceFileLoader

# Not by an import, which the program could see: aside.py is run by its code, and brings in the rest.
aside = {"__name__": "wherefrom._engine.aside"}
exec(SourceFileLoader(aside["__name__"], sys.argv[1]).get_code(aside["__name__"]) or "", aside)
# The object that makes the program ready stays on the interpreter's stack, where no name holds it, and
# takes this frame out of the traceback of whatever ends the program.
with aside["start"](globals()) as __loader__:  # type: ignore[operator]  # what aside.py defines
    __loader__.call(*__loader__.ready())
