"""Extension modules whose library is there, and which refuse to start, or are refused by the system.

The words are those of CPython (Python/importdl.c, Objects/moduleobject.c), of the dynamic loaders of
Linux, macOS and Windows, and of numpy, which was the first to count how often it is loaded.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...finding import Evidence
from ..locations import entries
from ..sought import ended_badly, failures, is_file, place
from .extensions import binary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case, Failure

# code, words of the message, what it means (after the file's name), what to do
_TOLD = (
    (
        "extension-init-fails",
        r"initialization of (?P<name>\S+) failed without raising an exception"
        r"|initialization of (?P<name2>\S+) raised unreported exception"
        r"|init function of (?P<name3>\S+) returned uninitialized object"
        r"|(?:creation|execution) of module (?P<name4>\S+) (?:failed without setting|raised unreported)",
        "breaks the rules for extensions: its init function fails without saying why",
        "install another version of it, or build it again for this Python",
    ),
    (
        "extension-not-for-subinterpreters",
        r"module (?P<name>\S+) does not support loading in subinterpreters"
        r"|(?P<name2>\S+): .*PyO3 modules .*(?:subinterpreters|initialized once)"
        r"|PyO3 modules do not yet support subinterpreters"
        r"|PyO3 modules (?:compiled for CPython 3.8 or older )?may only be initialized once per interpreter",
        "does not support subinterpreters, and is imported in one",
        "import it in the main interpreter; with mod_wsgi set WSGIApplicationGroup %{GLOBAL}",
    ),
    (
        "static-tls-exhausted",
        r"cannot allocate memory in static TLS block",
        "needs room in the static TLS block, and there is none left",
        "import it before the other libraries, or name it in LD_PRELOAD",
    ),
    (
        "selinux-or-antivirus-removed-file",
        r"cannot restore segment prot after reloc|cannot enable executable stack"
        r"|Application Control policy has blocked|contains a virus|blocked by group policy"
        r"|WinError (?:225|1260|4551)",
        "is blocked by the security software of the system",
        "make an exception for it there, or install a build that needs none",
    ),
    (
        "extension-on-noexec-mount",
        r"failed to map segment from shared object|cannot open shared object file: Operation not permitted",
        "lies on a file system from which nothing may be executed (noexec)",
        "move it to a file system that is mounted with exec; for unpacked ones set TMPDIR",
    ),
    (
        "macos-wrong-architecture",
        r"incompatible architecture|wrong architecture|code signature (?:in|invalid)|library load disallowed"
        r"|not valid for use in process|mach-o file, but is",
        "is for another architecture, or not signed for this process",
        "install the wheel for this machine (arm64 or x86_64), or run Python under the same architecture",
    ),
    (
        "dll-load-failed",
        r"DLL load failed(?: while importing (?P<name>\w+))?",
        "needs a DLL that Windows does not find, or is for another Windows",
        "install the runtime that it needs (the Visual C++ redistributable), or name its directory with "
        "os.add_dll_directory",
    ),
    (
        "free-threaded-gil-enabled-by-import",
        r"global interpreter lock \(GIL\) has been enabled to load module '(?P<name>[^']+)'",
        "does not say that it can run without the GIL, so its import switches the GIL on",
        "install a version of it for free-threaded Python, or set PYTHON_GIL=0 at your own risk",
    ),
)  # fmt: skip
_TWICE = re.compile(
    r"cannot load module more than once|loaded more than once per process|can only be initialized once"
)
_REMOVES = re.compile(r"\bdel\s+sys\.modules\b|\bsys\.modules\.(?:pop|clear|popitem)\b|\bdel\s+modules\[")
_SUBINTERPRETERS = (
    "_interpreters",
    "_xxsubinterpreters",
    "concurrent.interpreters",
    "test.support.interpreters",
)


def told_by_message(case: Case) -> Iterator[Finding]:
    """Say what the message of the loader or of the init function means."""
    for failure in failures(case):
        if failure.kind != "other" or failure.error is None:
            continue
        for code, words, meaning, fix in _TOLD:
            match = re.search(words, failure.message)
            if match is None:
                continue
            name = next((one for one in match.groupdict().values() if one), failure.error.name) or ""
            file = (
                failure.error.path
                or case.origin(name)
                or _named(failure.message)
                or _extension(case, name)
                or name
            )
            yield case.finding(
                code,
                f"{file or 'the extension'} {meaning}",
                Evidence(f"the error: {failure.message}", failure.error.path, event=failure.error.order),
                *_asked(case, failure),
                fix=fix,
                about=name,
                weight=85,
            )
            return


def _named(message: str) -> str:
    match = re.search(r"(/\S+\.(?:so|dylib)[\w.]*|\S+\.(?:pyd|dll))", message)
    return match[1].rstrip(":,") if match else ""


def _asked(case: Case, failure: Failure) -> list[Evidence]:
    at = place(failure, case)
    return [Evidence("it is imported here", *at)] if at else []


def loaded_twice(case: Case) -> Iterator[Finding]:
    """Say who removed an extension from ``sys.modules`` that can be loaded once only."""
    for failure in failures(case):
        if not _TWICE.search(failure.message) or failure.error is None:
            continue
        name = _twice_loaded(case)
        file = case.origin(name) or name
        removed = [
            Evidence(f"sys.modules is changed here: {text}", file_, line)
            for file_, line, text in _removals(case)
        ]
        by = removed[0].file if removed else "something"
        yield case.finding(
            "extension-loaded-twice",
            f"{file} is loaded a second time, which it refuses: {by} removed {name!r} from sys.modules",
            Evidence(f"the error: {failure.message}", event=failure.error.order),
            *removed,
            *_asked(case, failure),
            fix=f"leave {name!r} in sys.modules: do not delete it in {by}",
            about=name,
            certainty="observed" if removed else "inferred",
            weight=85,
        )
        return


def _twice_loaded(case: Case) -> str:
    """Name the module that failed to load, after it was loaded before."""
    failed = [span.name for span in case.failed]
    return next((name for name in failed if name in case.imported), failed[-1] if failed else "")


def _removals(case: Case) -> Iterator[tuple[str, int, str]]:
    """Give the lines of the program's own modules that take something out of ``sys.modules``."""
    for name in [*case.imported, "__main__"]:
        file = case.origin(name)
        if name == "__main__" and not file:
            file = str(case.start.get("target") or "")
        if not file or not file.endswith(".py") or case.is_stdlib(file):
            continue
        for number, line in enumerate((case.text(file) or "").splitlines(), 1):
            if _REMOVES.search(line):
                yield file, number, line.strip()


def in_subinterpreter(case: Case) -> Iterator[Finding]:
    """Say that a program runs an extension in a subinterpreter that cannot be run there.

    What happens in another interpreter is in no record; it is read from what the program hands to it,
    and from the extension: one that calls ``PyModule_Create2`` initialises in a single phase (PEP 489).
    """
    if not ended_badly(case) or not any(name in case.imported for name in _SUBINTERPRETERS):
        return
    main = str(case.start.get("target") or "")
    text = main if case.start.get("program") == "code" else case.text(main) or ""
    for name in dict.fromkeys(re.findall(r"\bimport\s+(\w+)", text)):
        file = _extension(case, name)
        if file is None or "PyModule_Create2" not in (binary(case, file).get("undefined") or []):
            continue
        yield case.finding(
            "extension-not-for-subinterpreters",
            f"{file} does not support subinterpreters, and the program imports {name!r} in one",
            Evidence("it initialises in a single phase: it calls PyModule_Create2", file),
            Evidence(f"the program makes a subinterpreter, and code that it runs imports {name!r}", main),
            fix=f"import {name!r} in the main interpreter, or install a version of it with multi-phase "
            "initialisation",
            about=name,
            certainty="inferred",
            weight=75,
        )
        return


def _extension(case: Case, name: str) -> str | None:
    for home in entries(case):
        for suffix in case.facts.get("extension_suffixes") or ():
            if is_file(case, f"{home}/{name}{suffix}"):
                return f"{home}/{name}{suffix}"
    return None


RULES = (told_by_message, loaded_twice, in_subinterpreter)
