"""How a program ended: the errors that ended it, and what the import system held at that moment.

Decides what of a dying program is worth keeping for an explanation. It looks at exceptions and
modules without running any of their code: messages are built only by the interpreter's own methods,
attributes are read from the dictionaries that hold them. Called by ``program.py`` and ``live.py``.
"""

import sys

from .find.static import NOT_THERE, own_dictionary, static
from .live_record import LiveRecord

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType
    from typing import Any

_MODULE = type(sys)
_MOST_ERRORS = 10
_MOST_FRAMES = 200  # of each end of a longer traceback
_MOST_ODD = 50
_MOST_HELD = 20  # frames whose modules are looked at
_MOST_TEXT = 2000
_MOST_PATH = 10_000  # a path may be too long, and then its length is what matters


def tell_end(record: LiveRecord, error: "BaseException | None") -> None:
    """Record how a program ended.

    Args:
        record: where to.
        error: what ended it, its traceback as the program's users see it; None if it ran to its end.
    """
    if error is None:
        record.program_ended("finished")
        return
    try:
        outcome = "exited" if isinstance(error, SystemExit) else "raised"
        if outcome == "exited" and error.args in ((), (0,), (None,)):
            record.program_ended(outcome)
            return
        tell_error(record, error)
        record.program_ended(
            outcome,
            tuple([_entry(entry) for entry in list(sys.path)]),
            tuple([_named(finder) for finder in list(sys.meta_path)]),
            tuple([_named(hook) for hook in list(sys.path_hooks)]),
        )
    except Exception as failure:  # whatever the program did to sys: it dies of its own error
        record.record_gap(f"how the program ended: {type(failure).__name__}")


def tell_error(record: LiveRecord, error: BaseException) -> None:
    """Record an error with those behind it, and the modules that they speak of."""
    wanted: dict[str, None] = {}
    for relation, one in _chain(error):
        _tell_one(record, relation, one, wanted)
    given: Any = sys.modules  # whatever the program has made of it
    modules: dict[str, Any] = given if isinstance(given, dict) else {}
    odd = [name for name, module in list(modules.items()) if type(name) is str and _is_odd(module)]
    for name in [*wanted, *[name for name in odd[:_MOST_ODD] if name not in wanted]]:
        _tell_module(record, name, modules)


def tell_passing(record: LiveRecord, error: BaseException) -> None:
    """Record an error that an import failed with; the program may still catch it."""
    _tell_one(record, "passing", error, {})


def _chain(error: BaseException) -> "Iterator[tuple[str, BaseException]]":
    """Give an error and those behind it, the last first, as a traceback does from its end upwards."""
    relation = "final"
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen and len(seen) < _MOST_ERRORS:
        seen.add(id(one))
        yield relation, one
        if one.__cause__ is not None:
            relation, one = "cause", one.__cause__
        else:
            relation, one = ("suppressed" if one.__suppress_context__ else "context"), one.__context__


def _tell_one(record: LiveRecord, relation: str, error: BaseException, wanted: "dict[str, None]") -> None:
    name, path, line, text = _plain(error, "name"), _plain(error, "path"), None, None
    if isinstance(error, SyntaxError):
        path, line, text = _plain(error, "filename"), _number(error, "lineno"), _plain(error, "text")
    elif isinstance(error, OSError):
        path = _plain(error, "filename")
    holder = _holder(error, name)
    held: tuple[str, ...] = ()
    if holder is not None:
        held = tuple([key for key in list(own_dictionary(holder)) if type(key) is str])
    frames = tuple(_frames(error.__traceback__))
    for module in (name, _text(holder, "__name__"), *[frame[2] for frame in frames[-_MOST_HELD:]]):
        if module:
            wanted[module] = None
            while "." in module:
                module = module.rpartition(".")[0]
                wanted[module] = None
    record.error_raised(
        relation,
        type(error).__name__,
        _message(error),
        name,
        path,
        line,
        None if text is None else text[:_MOST_TEXT],
        _text(holder, "__name__"),
        _text(holder, "__file__"),
        held,
        tuple([frame[0] for frame in frames]),
        tuple([frame[1] for frame in frames]),
        tuple([frame[2] for frame in frames]),
        tuple([frame[3] for frame in frames]),
    )


def _holder(error: BaseException, name: "str | None") -> "Any":
    """Give the module that lacked what the error misses, if it is one."""
    if isinstance(error, AttributeError):
        obj = getattr(error, "obj", None)
        return obj if isinstance(obj, _MODULE) else None
    if isinstance(error, ImportError) and name is not None:
        module = sys.modules.get(name)
        return module if isinstance(module, _MODULE) else None
    return None


# -- reading without running ----------------------------------------------------------------------


def _message(error: BaseException) -> str:
    """Give the message, where making it runs no code of the program."""
    own = type(error).__str__
    if type(own) is type(BaseException.__str__) and all(
        type(part) in (str, int, type(None), tuple, bytes, float) for part in error.args
    ):
        return _clean(str(error))
    return _clean(" ".join([part for part in error.args if type(part) is str]))


def _clean(text: str, most: int = _MOST_TEXT) -> str:
    return text[:most].encode("utf-8", "backslashreplace").decode("utf-8")


def _plain(error: BaseException, name: str) -> "str | None":
    value = (
        getattr(error, name, None) if type(error).__getattribute__ is BaseException.__getattribute__ else None
    )
    return _clean(value) if type(value) is str else None


def _number(error: BaseException, name: str) -> "int | None":
    value = getattr(error, name, None)
    return value if type(value) is int else None


def _text(module: object, name: str) -> "str | None":
    value = NOT_THERE if module is None else static(module, name)
    return _clean(value) if type(value) is str else None


def _frames(traceback: "TracebackType | None") -> "list[tuple[str, str, str, str]]":
    """Give file, line, module and function of each frame, the outermost first."""
    found = []
    while traceback is not None:
        code, space = traceback.tb_frame.f_code, traceback.tb_frame.f_globals
        module = space.get("__name__")
        name = _clean(module) if type(module) is str else ""
        found.append((_clean(code.co_filename), str(traceback.tb_lineno), name, code.co_name))
        traceback = traceback.tb_next
    if len(found) > 2 * _MOST_FRAMES:
        found[_MOST_FRAMES:-_MOST_FRAMES] = []
    return found


def _is_odd(module: object) -> bool:
    return not isinstance(module, _MODULE) or static(module, "__spec__") in (NOT_THERE, None)


def _tell_module(record: LiveRecord, name: str, modules: "dict[str, Any]") -> None:
    if name not in modules:
        record.module_held(name, "", None, "absent")
        return
    module = modules[name]
    origin = _text(module, "__file__")
    if module is None:
        outcome = "none"
    elif not isinstance(module, _MODULE):
        outcome = "no-module"
    else:
        spec = static(module, "__spec__")
        initializing = static(spec, "_initializing") if spec is not NOT_THERE else False
        outcome = "initializing" if initializing is True else "module"
    record.module_held(name, _type(type(module)), origin, outcome, _locations(module))


def _locations(module: object) -> "tuple[str, ...]":
    """Give the ``__path__`` of what ``sys.modules`` held; one that is no list of text with its type."""
    value = static(module, "__path__")
    if value is NOT_THERE:
        return ()
    if type(value).__module__ == "_frozen_importlib_external":  # a namespace package's
        value = static(value, "_path")
    if type(value) in (list, tuple) and value and all(type(part) is str for part in value):
        return tuple([_clean(part) for part in value])
    if value is None or type(value) in (str, bytes) or (type(value) in (list, tuple) and not value):
        return (f"<{type(value).__name__}> {_clean(repr(value)[:200])}",)
    return (f"<{_type(type(value))}>",)


def _type(cls: type) -> str:
    return _clean(f"{cls.__module__}.{cls.__qualname__}") if cls.__module__ != "builtins" else cls.__name__


def _entry(entry: object) -> str:
    """Give an entry of the path as text; one that is none with its type in front."""
    if type(entry) is str:
        return _clean(entry, _MOST_PATH)
    if isinstance(entry, (bytes, type(None), list, tuple)):
        return f"<{type(entry).__name__}> {_clean(repr(entry)[:200])}"
    shown = ""
    for kept in (
        "_raw_paths",
        "_parts",
    ):  # what a pathlib.Path keeps (since 3.12, before): no code of it is run
        parts = static(entry, kept)
        if type(parts) is list and all(type(part) is str for part in parts):
            shown = "/".join(parts).replace("//", "/")
            break
    return f"<{_type(type(entry))}> {_clean(shown)}".rstrip()


def _named(finder: object) -> str:
    """Name a finder or hook with the file that defines it."""
    cls = finder if isinstance(finder, type) else type(finder)
    name = static(finder, "__qualname__")
    shown = name if type(name) is str else cls.__qualname__
    home = static(finder, "__module__")  # a function's own, where its type's is builtins
    home = home if type(home) is str else str(cls.__module__)
    where = _text(sys.modules.get(home), "__file__")
    return _clean(f"{home}.{shown}") + (f" ({where})" if where else "")
