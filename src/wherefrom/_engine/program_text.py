"""A program that is a text, behind ``-c``: its code, as the interpreter makes it.

Decides what of the text is kept for tracebacks, and how. ``program.py`` brings this in for such programs.

Mirrors ``pymain_run_command`` (``Modules/main.c``) and ``_PyRun_SimpleStringFlagsWithName``
(``Python/pythonrun.c``).
"""

import sys

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

    from .program import Start

_DEDENTS_CODE = sys.version_info >= (3, 14)
# What a text has that holds more code than that of its module: blocks and annotations, loops in
# expressions, aliases of types.
_SIGNS_OF_CODE = ":", "for", "type"


def code_of(start: "Start") -> "Any":
    """Give the program as something that `exec` takes: code, or its text.

    Raises:
        SyntaxError: it is no program.
        UnicodeEncodeError: it is no text that could be in a file.
    """
    text = start.options["target"] + "\n"
    if _DEDENTS_CODE:
        text = _dedented(text)
    try:
        text.encode()
    except UnicodeEncodeError:
        # pymain_run_command tells it so, and then ends by the error.
        sys.stderr.write("Unable to decode the command from the command line:\n")
        raise
    linecache = sys.modules.get("linecache")
    if linecache is None or not hasattr(linecache, "_register_code"):
        # As text: the first call of compile() makes the classes of the syntax tree, which is dear.
        return text
    if not hasattr(linecache, "_interactive_cache"):
        # The first of the versions that do this keep the lines by file name.
        linecache._register_code("<string>", text, "<string>")
        return text
    if not any(sign in text for sign in _SIGNS_OF_CODE):
        # There is no code but the module's, and of that the names are known by which its lines are kept.
        names: dict[str, Any] = {"co_filename": "<string>", "co_name": "<module>", "co_qualname": "<module>"}
        module = (lambda: None).__code__.replace(**names, co_firstlineno=1, co_consts=())
        linecache._register_code(module, text, "<string>")
        return text
    code = compile(text, "<string>", "exec", dont_inherit=True)
    linecache._register_code(code, text, "<string>")
    return code


def _dedented(text: str) -> str:
    """Take the common indentation away, as newer versions do with ``-c``."""
    lines = text.split("\n")
    common: str | None = None
    for line in lines:
        if line.strip(" \t"):
            indent = line[: len(line) - len(line.lstrip(" \t"))]
            common = indent if common is None else _common(common, indent)
    if not common:
        return text
    return "\n".join([line[len(common) :] if line.strip(" \t") else "" for line in lines])


def _common(one: str, other: str) -> str:
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return one[:length]
