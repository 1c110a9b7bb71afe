"""What is named by text and imported far from any import statement: pickles, and spawned processes."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from ...finding import Evidence
from ..locations import entries
from ..sought import ended_badly, event_of, failures, own_frame

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case, Failure, Frame

_LOADS = re.compile(r"\bloads?\s*\(|Unpickler|read_pickle|\bshelve\b|\.recv\s*\(")
_ATTRIBUTE = re.compile(
    r"(?:Can't get|Can't resolve|module '__main__' has no) attribute '?(\w[\w.]*)'?(?: on <module '([^']+)')?"
)
_GUARD = re.compile(r"^if\s+__name__\s*==\s*['\"]__main__['\"]|^if\s+['\"]__main__['\"]\s*==\s*__name__")
_STARTS = re.compile(r"\b(?:Process|Pool|ProcessPoolExecutor|Manager)\s*\(|\.start\s*\(\s*\)")
_SPAWNED = (
    "multiprocessing.popen_spawn_posix",
    "multiprocessing.popen_spawn_win32",
    "multiprocessing.popen_forkserver",
)


def module_of_pickle(case: Case) -> Iterator[Finding]:
    """Say that a pickle names a module that is not there."""
    for failure in failures(case):
        frame = own_frame(case, failure)
        if failure.kind != "not-found" or frame is None or not _unpickles(case, failure, frame):
            continue
        tops = {
            name.split(".")[0]
            for home in entries(case)
            for name in case.listing(home)
            if name.endswith((".py", "/"))
        }
        near = get_close_matches(
            failure.module.split(".")[0], sorted(one.rstrip("/") for one in tops), 1, 0.6
        )
        similar = [Evidence(f"a module of a similar name is there: {near[0]}")] if near else []
        yield case.finding(
            "unpickle-module-missing",
            f"the pickle that {frame.file} loads in line {frame.line} refers to the module "
            f"{failure.module!r}, which is not there",
            Evidence(
                f"it is loaded here: {case.line(frame.file, frame.line)}",
                frame.file,
                frame.line,
                event_of(failure),
            ),
            Evidence(f"the name {failure.module!r} stands in the pickle, not in the program"),
            *similar,
            fix=f"make {failure.module!r} importable, or let sys.modules[{failure.module!r}] be the module "
            "that took its place while loading, and save it again",
            about=failure.module,
            weight=86,
        )
        return


def _unpickles(case: Case, failure: Failure, frame: Frame) -> bool:
    line = case.line(frame.file, frame.line)
    if re.match(r"(?:from|import)\s", line) or "import_module" in line or "__import__" in line:
        return False
    if any("pickle" in one.file.rpartition("/")[2] for one in failure.frames):
        return True
    return bool(_LOADS.search(line)) and any(
        name in case.found for name in ("pickle", "_pickle", "shelve", "joblib")
    )


def main_of_pickle(case: Case) -> Iterator[Finding]:
    """Say that a pickle, or a process that is spawned, needs a name of ``__main__`` that this one has not."""
    for failure in failures(case):
        match = _ATTRIBUTE.search(failure.message)
        if (
            match is None
            or failure.error is None
            or failure.error.error not in ("AttributeError", "UnpicklingError")
        ):
            continue
        if (match[2] or "__main__") not in ("__main__", "__mp_main__"):
            continue
        frame = own_frame(case, failure)
        if any("multiprocessing/" in one.file for one in failure.frames):
            yield _spawned(case, match[1], event_of(failure))
            return
        if frame is None or not (
            _LOADS.search(case.line(frame.file, frame.line)) or "pickle" in str(failure.frames)
        ):
            continue
        yield case.finding(
            "unpickle-main-attribute",
            f"the pickle that {frame.file} loads in line {frame.line} refers to "
            f"__main__.{match[1]}: it was made by another script, in which that was defined",
            Evidence(
                f"it is loaded here: {case.line(frame.file, frame.line)}",
                frame.file,
                frame.line,
                event_of(failure),
            ),
            Evidence(f"__main__ is now {case.start.get('target')}, and has no {match[1]!r}"),
            fix=f"define {match[1]!r} in a module that both import, and save the pickle again",
            about="__main__",
            weight=86,
        )
        return


def spawned_from_text(case: Case) -> Iterator[Finding]:
    """Say that a process was spawned for a function that only exists in the text of this program."""
    if case.start.get("program") not in ("code", "stdin") or not ended_badly(case):
        return
    text = str(case.start.get("target") or "")
    spawned = any(name in case.found for name in _SPAWNED)
    match = re.search(
        r"target\s*=\s*(\w+)|\.(?:map|apply|submit|starmap|apply_async|map_async)\(\s*(\w+)", text
    )
    name = (match[1] or match[2]) if match else ""
    if spawned and name and re.search(rf"\b(?:def|class)\s+{name}\b", text):
        yield _spawned(case, name, None)


def _spawned(case: Case, name: str, event: int | None) -> Finding:
    return case.finding(
        "spawn-cannot-import-main",
        f"a child process that multiprocessing spawns cannot import {name!r}: it is defined in __main__, "
        "which is no file",
        Evidence(
            "a spawned child starts a new interpreter and imports the main module from its file", event=event
        ),
        Evidence(f"the program is given as {case.start.get('program')}; its __main__ has no file"),
        fix=f"put {name!r} into a module, and import it from there; or start the children with fork",
        about="__main__",
        certainty="inferred" if event is None else "observed",
        weight=80,
    )


def unguarded(case: Case) -> Iterator[Finding]:
    """Say that the main module starts processes when a child imports it."""
    told = [one for one in failures(case) if "bootstrapping phase" in one.message]
    main = str(case.start.get("target") or "")
    text = case.text(main) if case.start.get("program") == "script" else None
    spawned = any(name in case.found for name in _SPAWNED)
    if not text or not (told or spawned):
        return
    lines = text.splitlines()
    guarded = next((at for at, line in enumerate(lines, 1) if _GUARD.match(line)), len(lines) + 1)
    for at, line in enumerate(lines[: guarded - 1], 1):
        if line[:1].isspace() or not _STARTS.search(line):
            continue
        file = main if main.startswith("/") else f"{case.cwd}/{main}"
        yield case.finding(
            "main-guard-missing-spawn",
            f"{file} starts processes in line {at} without a guard: each child imports it as __mp_main__, "
            "and would start processes again",
            Evidence(line.strip(), file, at),
            Evidence("the children are spawned, so they import the main module"),
            fix="put what starts processes under if __name__ == '__main__':",
            about="__main__",
            certainty="observed" if told else "inferred",
            weight=85,
        )
        return


RULES = (module_of_pickle, main_of_pickle, spawned_from_text, unguarded)
