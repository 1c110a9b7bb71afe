"""Imports that happen later than they are written, and what is left of a module after a reload."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ... import events as e
from ...finding import Evidence
from .. import places
from ..program import (
    asks,
    bindings,
    line,
    lines_like,
    outline,
    own_frames,
    program_frames,
    ranked,
    sources,
    sources_of,
    text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case, Failure, Frame

_GETATTR = "__getattr__"
_SHUTDOWN = ("Python is likely shutting down", "sys.meta_path is None", "at interpreter shutdown")
_LAZY_SINCE = (3, 15)


def lazy_fails(case: Case) -> Iterator[Finding]:
    """Say that a deferred import failed when it was first used."""
    for failure, minus in ranked(case):
        if failure.error is None:
            continue
        frames = failure.frames
        at = next((at for at, one in enumerate(frames) if _defers(case, failure, one, at)), None)
        if at is None:
            continue
        inner = [one for one in frames[at + 1 :] if not one.file.startswith("<frozen")]
        user = [one for one in frames[:at] if not one.file.startswith("<frozen")]
        last = inner[-1] if inner else frames[at]
        way = "LazyLoader" if frames[at].function == "__getattribute__" else f"a module {_GETATTR}"
        yield case.finding(
            "lazy-import-fails-late",
            f"{last.file} fails only now, at its first use, because its import was deferred (lazy, by "
            f"{way}): "
            f"{failure.error.error}: {failure.message}",
            Evidence(
                f"real cause: {line(case, last.file, last.line)}", last.file, last.line, failure.error.order
            ),
            *[
                Evidence(f"first use: {line(case, one.file, one.line)}", one.file, one.line)
                for one in user[-1:]
            ],
            *[Evidence(f"deferred by {way}", frames[at].file)],
            fix=_mend(failure, last),
            about=failure.module or last.module,
            weight=85 - minus,
        )
        return


def _defers(case: Case, failure: Failure, frame: Frame, at: int) -> bool:
    """Say whether a frame is that of a deferred import, with the import within it."""
    later = failure.frames[at + 1 :]
    if frame.function == "__getattribute__" and frame.module == "importlib.util":
        return any(one.function == "<module>" for one in later)
    if frame.function != _GETATTR or not bindings(outline(case, frame.file), _GETATTR):
        return False
    if any(one.function == "<module>" for one in later):
        return True
    return failure.kind == "not-found" and not failure.module.startswith(f"{frame.module}.")


def _mend(failure: Failure, last: Frame) -> str:
    if failure.kind == "not-found" and "." not in failure.module:
        mend = f"install what provides {failure.module!r}, which {last.file} needs"
    else:
        mend = f"repair {last.file}, line {last.line}"
    return f"{mend}; import eagerly to see it at the start"


def lazy_statement(case: Case) -> Iterator[Finding]:
    """Say that an import that was written ``lazy`` failed at the first use of its name (PEP 810)."""
    if case.python < _LAZY_SINCE:
        return
    for failure, minus in ranked(case):
        if failure.error is None or failure.kind not in ("not-found", "name"):
            continue
        name = failure.module
        found = lines_like(case, rf"^\s*lazy\s+(?:import|from)\s+.*\b{re.escape(name.partition('.')[0])}\b")
        frames = program_frames(case, failure)
        if (
            not found
            or not frames
            or any((one.file, one.line) == (found[0].file, found[0].line) for one in frames[:1])
        ):
            continue
        yield case.finding(
            "lazy-import-filtered-in-3.15",
            f"the lazy import in {found[0].file}, line {found[0].line}, fails only at the first use of "
            f"the name: "
            f"{failure.error.error}: {failure.message}",
            Evidence(f"lazy statement: {found[0].text}", found[0].file, found[0].line),
            *asks(case, failure),
            fix="write it as a plain import to have the error, and what it finds, at the place of the "
            "statement; "
            f"then repair the import of {name!r}",
            about=name,
            weight=60 - minus,
        )
        return


def getattr_raises(case: Case) -> Iterator[Finding]:
    """Say that a module's ``__getattr__`` raised something other than AttributeError."""
    for failure, minus in ranked(case):
        frames = own_frames(failure)
        if failure.error is None or not frames or failure.error.error == "AttributeError":
            continue
        at = next(
            (
                at
                for at, one in enumerate(frames)
                if one.function == _GETATTR and bindings(outline(case, one.file), _GETATTR)
            ),
            None,
        )
        if at is None or any(one.function == "<module>" for one in frames[at + 1 :]):
            continue
        frame = frames[at]
        if failure.kind == "not-found" and not failure.module.startswith(f"{frame.module}."):
            continue
        item = failure.module.rpartition(".")[2] or _item(case, frames[:at]) or failure.message.strip("'\"")
        offered = places.submodule(case, frame.module, item) if item.isidentifier() else None
        yield case.finding(
            "module-getattr-wrong-exception",
            f"{_GETATTR} in {frame.file}, line {frame.line}, raises {failure.error.error} where only an "
            f"AttributeError says that there is no {item!r}",
            Evidence(
                f"raises: {line(case, frame.file, frame.line)}", frame.file, frame.line, failure.error.order
            ),
            *(
                [
                    Evidence(
                        f"the submodule {offered.file} would be imported after an AttributeError",
                        offered.file,
                    )
                ]
                if offered
                else ()
            ),
            *[
                Evidence(f"asks: {line(case, one.file, one.line)}", one.file, one.line)
                for one in frames[:at][-1:]
            ],
            fix=f"raise AttributeError(name) in {_GETATTR} of {frame.file} for every name that it does "
            f"not know",
            about=frame.module,
            weight=88 - minus,
        )
        return


def _item(case: Case, before: tuple[Frame, ...]) -> str:
    for frame in before[-1:]:
        match = re.search(r"\bimport\s+(\w+)", line(case, frame.file, frame.line))
        if match:
            return match[1]
    return ""


def getattr_answers(case: Case) -> Iterator[Finding]:
    """Say that a module's ``__getattr__`` answers for names that only the interpreter asks for."""
    for failure, minus in ranked(case):
        if failure.error is None or "is not a package" in failure.message:
            continue
        for module in _modules_asked(case, failure):
            held, file = case.held(module), case.origin(module)
            found = bindings(outline(case, file), _GETATTR) if file else []
            if not found or file is None or file.endswith("__init__.py"):
                continue
            if held is not None and (held.locations or held.outcome != "module"):
                continue
            if _guards_dunders(case, file):
                continue
            yield case.finding(
                "module-getattr-answers-everything",
                f"{_GETATTR} in {file} answers for __path__ as well, so {module!r} is taken for a package",
                Evidence(
                    f"answers for every name: {line(case, file, found[0]['line'])}", file, found[0]["line"]
                ),
                Evidence(f"{module!r} has no __path__ of its own; __getattr__ gives one"),
                *asks(case, failure),
                fix="raise AttributeError for names that begin and end with two underscores (dunder "
                "names such as "
                "__path__, __all__)",
                about=module,
                weight=90 - minus,
            )
            return


def _modules_asked(case: Case, failure: Failure) -> Iterator[str]:
    if failure.kind == "not-found" and "." in failure.module:
        yield failure.module.rpartition(".")[0]
    elif (
        failure.kind == "other"
        and failure.error is not None
        and failure.error.error in ("TypeError", "KeyError")
    ):
        for frame in program_frames(case, failure)[:1]:
            match = re.match(
                r"\s*(?:import|from)\s+([\w.]+)(\s+import\s+\*)?", line(case, frame.file, frame.line)
            )
            if match:
                yield match[1] if match[2] else match[1].rpartition(".")[0] or match[1]


def _guards_dunders(case: Case, file: str) -> bool:
    code = text(case, file).partition(f"def {_GETATTR}")[2]
    return bool(re.search(r"AttributeError|['\"]__", code))


def stale_after_reload(case: Case) -> Iterator[Finding]:
    """Say that a name still stands for what a module had before it was reloaded."""
    for failure, minus in ranked(case):
        for at_frame, frame in enumerate(program_frames(case, failure)[:3]):
            told = outline(case, frame.file)
            if told is None or failure.error is None or failure.kind in ("not-found", "name"):
                continue
            # Further out only an except clause counts, which waits for the class of before.
            said = failure.error.error if at_frame else line(case, frame.file, frame.line)
            reloads = [at for at, name, _ in told["calls"] if name.rpartition(".")[2] == "reload"]
            for one in told["bindings"]:
                if one["kind"] != "import" or not re.search(rf"\b{re.escape(one['name'])}\b", said):
                    continue
                for module, item, at in sources_of(case, frame, one["name"]):
                    later = [
                        number
                        for number in reloads
                        if at < number < frame.line or frame.function != "<module>"
                    ]
                    if not item or not later or not _reloads(case, frame, later[0], module):
                        continue
                    yield _stale(case, failure, frame, (module, item, at), later[0], minus)
                    return


def _reloads(case: Case, frame: Frame, number: int, module: str) -> bool:
    said = line(case, frame.file, number)
    return bool(re.search(rf"\b{re.escape(module.rpartition('.')[2])}\b|modules\[", said))


def _stale(
    case: Case, failure: Failure, frame: Frame, taken: tuple[str, str, int], number: int, minus: int
) -> Finding:
    module, item, at = taken
    return case.finding(
        "stale-reference-after-reload",
        f"{item!r} in {frame.file} is still the one from before the reload of {module!r} in line {number}",
        Evidence(f"taken before: {line(case, frame.file, at)}", frame.file, at),
        Evidence(f"reload: {line(case, frame.file, number)}", frame.file, number),
        *asks(case, failure),
        fix=f"use {module}.{item} instead of a name taken by from-import, import it again after the "
        f"reload, or "
        "restart",
        about=module,
        certainty="inferred",
        weight=72 - minus,
    )


def at_shutdown(case: Case) -> Iterator[Finding]:
    """Say that something was imported while the interpreter was ending."""
    told = [(failure, minus) for failure, minus in ranked(case)]
    told += [(failure, 0) for failure in case.passing]
    for failure, minus in told:
        if failure.error is None or not any(said in failure.message for said in _SHUTDOWN):
            continue
        frame = next(iter(program_frames(case, failure)), None)
        where = f"{frame.file}, line {frame.line}" if frame is not None else "the program"
        function = f" in {frame.function}" if frame is not None else ""
        yield case.finding(
            "import-at-shutdown",
            f"{where},{function} imports while the interpreter is ending: {failure.message}",
            *asks(case, failure),
            fix="import at the top of the file, so that the module is there when __del__, an atexit "
            "function or a "
            "thread needs it",
            about=failure.module,
            weight=90 - minus,
        )
        return


def import_in_del(case: Case) -> Iterator[Finding]:
    """Say that an object that lives to the end imports in its ``__del__``, when nothing can be imported."""
    if case.ended is None or case.failures:
        return
    for file in sources(case):
        told = outline(case, file)
        if told is None or "/site-packages/" in file:
            continue
        made = {name for _, name, _ in told["calls"]}
        for one in told["imports"]:
            cls, _, method = one["where"].rpartition(".")
            module = one["module"] or ""
            if method != "__del__" or cls not in made or one["level"] or module in case.imported:
                continue
            if (
                case.trace.select(e.TracingInstalled)
                and module in case.trace.select(e.TracingInstalled)[0].modules
            ):
                continue
            yield case.finding(
                "import-at-shutdown",
                f"{file}, line {one['line']}, imports {module!r} in {cls}.__del__, which had not run "
                f"when the "
                "program ended: while the interpreter is ending nothing can be imported (sys.meta_path "
                "is None)",
                Evidence(f"import in __del__: {line(case, file, one['line'])}", file, one["line"]),
                fix=f"import {module!r} at the top of {file}",
                about=module,
                severity="warning",
                certainty="inferred",
                weight=60,
            )
            return


def two_interpreters(case: Case) -> Iterator[Finding]:
    """Say that an extension module refuses a second interpreter in one process."""
    for failure, minus in ranked(case):
        if failure.error is None or not re.search(
            r"Interpreter change detected|may only be loaded into one interpreter|"
            r"cannot load module more than once per process",
            failure.message,
        ):
            continue
        file = failure.error.path or (failure.where.file if failure.where else "")
        name = failure.error.name or (failure.where.module if failure.where else "")
        yield case.finding(
            "module-imported-on-two-interpreters",
            f"the extension module {name!r} ({file}) was initialised before, by another interpreter of "
            f"this process: "
            f"{failure.message}",
            Evidence(f"{failure.error.error}: {failure.message}", event=failure.error.order),
            *asks(case, failure),
            fix="use one interpreter in the process: do not call Py_Finalize and Py_Initialize again, "
            "and keep the "
            "module out of subinterpreters",
            about=name,
            weight=80 - minus,
        )
        return


RULES = (
    lazy_fails,
    lazy_statement,
    getattr_raises,
    getattr_answers,
    stale_after_reload,
    at_shutdown,
    import_in_del,
    two_interpreters,
)
