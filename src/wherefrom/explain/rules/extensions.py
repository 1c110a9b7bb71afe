"""Extension modules that are found and cannot be loaded, told by the dynamic loader's words.

The loader's message says what failed; the file itself says why. `tags.py` has those that are not
found since their name says that they are for another interpreter.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any

from ...finding import Evidence
from ..sought import failures, is_file, place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ...finding import Finding
    from ..case import Case, Failure

_PROVED = 90
# Where the dynamic loader of Linux looks by itself; ld.so(8).
_SYSTEM = ("/lib", "/usr/lib", "/lib64", "/usr/lib64", "/usr/local/lib")


def extension_of(failure: Failure) -> str | None:
    """Name the extension that a failure is about: the ``path`` of the error, or the file in its message."""
    error = failure.error
    if error is None or error.error not in ("ImportError", "OSError", "SystemError"):
        return None
    if error.path and re.search(r"\.(so|pyd|dylib|dll)$", error.path):
        return error.path
    match = re.match(r"^(\S+\.(?:so|pyd|dylib))(?:: |$)", error.message)
    return match[1] if match else None


def binary(case: Case, file: str) -> dict[str, Any]:
    """Tell what is inside a binary file; empty if that is not known."""
    return case.around.ask("binary", file) or {}


def refused(case: Case) -> Iterator[Finding]:
    """Say why the dynamic loader refused an extension."""
    for failure in failures(case):
        file = extension_of(failure) or _opened(case, failure)
        if file is None:
            continue
        for pattern, tell in _WORDS:
            match = re.search(pattern, failure.message)
            if match and (finding := tell(case, failure, file, match)):
                yield finding
                return


def _opened(case: Case, failure: Failure) -> str | None:
    """Name the extension that was being loaded, where the error does not say it."""
    error = failure.error
    if error is None or error.name is None:
        return None
    origin = case.origin(error.name)
    return origin if origin and origin.endswith((".so", ".pyd")) else None


def _base(case: Case, failure: Failure, file: str) -> list[Evidence]:
    event = None if failure.error is None else failure.error.order
    evidence = [Evidence(f"loading it failed: {failure.message}", file, event=event)]
    at = place(failure, case)
    return evidence + ([Evidence("it is imported here", *at)] if at else [])


def _missing_library(case: Case, failure: Failure, file: str, match: re.Match[str]) -> Finding:
    library = match[1]
    if library == file and is_file(case, file):
        # So the loader of glibc says that it passed over a file for another machine (elf/dl-load.c).
        return _architecture(case, failure, file, match)
    chain = _chain(case, file, library)
    needed_by = chain[-1] if chain else file
    evidence = [
        Evidence(f"{one} needs {two}", one) for one, two in zip(chain, [*chain[1:], library], strict=True)
    ]
    through = f", which {needed_by} needs," if needed_by != file else ""
    return case.finding(
        "extension-missing-shared-library",
        f"{file} cannot be loaded: the shared library {library}{through} is not found",
        *_base(case, failure, file),
        *evidence,
        fix=f"install the library that provides {library}, or put its directory into LD_LIBRARY_PATH "
        f"(ldd {file} lists what is missing)",
        about=_about(failure),
        weight=_PROVED,
    )


def _chain(case: Case, file: str, library: str) -> list[str]:
    """Give the files from the extension to the one that needs a library."""
    paths, seen = [[file]], {file}
    while paths:
        path = paths.pop(0)
        needed = binary(case, path[-1]).get("needed") or []
        if library in needed:
            return path
        for name in needed[:50]:
            found = next(iter(_libraries(case, path[-1], name)), None)
            if found and found not in seen and len(path) < 6 and not found.startswith(_SYSTEM):
                seen.add(found)
                paths.append([*path, found])
    return []


def _libraries(case: Case, file: str, name: str) -> Iterator[str]:
    """Give the copies of a library that the loader of a file can reach, in its order; ld.so(8)."""
    told = binary(case, file)
    own = posixpath.dirname(file)
    listed = (told.get("rpath") if not told.get("runpath") else "") or ""
    listed += ":" + case.environment.get("LD_LIBRARY_PATH", "") + ":" + (told.get("runpath") or "")
    places = [one.replace("$ORIGIN", own).replace("${ORIGIN}", own) for one in listed.split(":") if one]
    multiarch = case.facts.get("multiarch") or ""
    places += [*_SYSTEM, *(f"{one}/{multiarch}" for one in _SYSTEM[:2] if multiarch)]
    for one in dict.fromkeys(posixpath.normpath(one) for one in places):
        if is_file(case, f"{one}/{name}"):
            yield f"{one}/{name}"


def _undefined_symbol(case: Case, failure: Failure, file: str, match: re.Match[str]) -> Finding:
    symbol = match[1]
    if elsewhere := _found_elsewhere(case, failure, file, symbol):
        return elsewhere
    from_python = re.match(r"_?Py[A-Z_]", symbol) is not None
    fitting = _python(case) if from_python else "the installed libraries"
    owner = "Python's own C interface" if from_python else "a library that it was linked with"
    return case.finding(
        "extension-undefined-symbol",
        f"{file} cannot be loaded: it uses the symbol {symbol}, which nothing defines that is loaded",
        *_base(case, failure, file),
        Evidence(f"{symbol} would be part of {owner}; what is loaded is another version of it"),
        fix=f"install a build of {file} made for {fitting}, or build it again here",
        about=_about(failure),
        weight=80,
    )


def _found_elsewhere(case: Case, failure: Failure, file: str, symbol: str) -> Finding | None:
    """Tell of two copies of a library, of which the wrong one is found first."""
    for name in binary(case, file).get("needed") or []:
        first, *others = [*_libraries(case, file, name)] or [""]
        for other in others:
            defined = symbol in (binary(case, other).get("defined") or [])
            if not defined or symbol in (binary(case, first).get("defined") or []):
                continue
            return case.finding(
                "shared-library-found-elsewhere-first",
                f"{file} gets the wrong copy of {name}: {first}, found first through LD_LIBRARY_PATH, "
                f"has no {symbol}",
                *_base(case, failure, file),
                Evidence(f"LD_LIBRARY_PATH is {case.environment.get('LD_LIBRARY_PATH', '')!r}"),
                Evidence(f"{first} does not define {symbol}", first),
                Evidence(f"{other} defines {symbol}", other),
                fix=f"unset LD_LIBRARY_PATH, or take {posixpath.dirname(first)} out of it",
                about=_about(failure),
                weight=_PROVED,
            )
    return None


def _too_old(case: Case, failure: Failure, file: str, match: re.Match[str]) -> Finding:
    library = match[1]
    return case.finding(
        "shared-library-too-old",
        f"{file} cannot be loaded: it needs {match[2]} of {library}, and the one here is older",
        *_base(case, failure, file),
        Evidence(f"the version {match[2]} is not in {library}", library),
        fix=f"use a system with a newer {posixpath.basename(library)}, or a build of {file} for older ones "
        "(a manylinux wheel)",
        about=_about(failure),
        weight=_PROVED,
    )


def _architecture(case: Case, failure: Failure, file: str, match: re.Match[str]) -> Finding:
    told = binary(case, file)
    bits, machine = told.get("bits"), told.get("machine")
    inside = f"{bits}-bit {machine}" if bits else "another architecture"
    return case.finding(
        "extension-wrong-architecture",
        f"{file} is for another architecture ({inside}) than this interpreter",
        *_base(case, failure, file),
        Evidence(f"inside is {told.get('format', 'a library')}, {inside}", file),
        Evidence(f"the interpreter runs on {case.facts.get('multiarch') or case.facts.get('platform')}"),
        fix=f"install the build for this machine in the place of {file}",
        about=_about(failure),
        weight=_PROVED,
    )


def _damaged(case: Case, failure: Failure, file: str, match: re.Match[str]) -> Finding:
    told = binary(case, file)
    state = {
        "empty": "is empty (0 bytes)",
        "lfs": "is a pointer of Git LFS, not the library itself",
        "html": "is a page of HTML, not a library",
    }.get(str(told.get("format")), "is cut off or no library")
    fix = "git lfs pull" if told.get("format") == "lfs" else f"fetch or build {file} again"
    head = case.around.ask("head", file) or ""
    return case.finding(
        "extension-file-damaged",
        f"{file} {state}",
        *_base(case, failure, file),
        Evidence(f"it has {told.get('size', 0)} bytes and begins with {bytes.fromhex(head)[:16]!r}", file),
        fix=fix,
        about=_about(failure),
        weight=_PROVED,
    )


def _no_init(case: Case, failure: Failure, file: str, match: re.Match[str]) -> Finding:
    told = [name for name in binary(case, file).get("defined") or [] if name.startswith("PyInit_")]
    has = f"it has {', '.join(told)}: it was built as another module" if told else (
        "it has no such function at all: it is a plain shared library, not a Python module"
    )  # fmt: skip
    fix = (
        f"name the file as it was built ({told[0].removeprefix('PyInit_')}), or build it again as "
        f"{match[1].removeprefix('PyInit_')}"
        if told
        else f"rename {file}, or load it with ctypes"
    )
    return case.finding(
        "extension-no-init-function",
        f"{file} is no module of that name: it does not define {match[1]}; {has}",
        *_base(case, failure, file),
        Evidence(has, file),
        fix=fix,
        about=_about(failure),
        weight=_PROVED,
    )


def _python(case: Case) -> str:
    return "Python " + ".".join(map(str, case.python))


def _about(failure: Failure) -> str:
    return (failure.error.name if failure.error is not None else None) or failure.module


_WORDS: tuple[tuple[str, Callable[[Case, Failure, str, re.Match[str]], Finding | None]], ...] = (
    (r"(?:^|: )([^\s:]+): cannot open shared object file: No such file", _missing_library),
    (r"(\S+): version [`']([\w.]+)' not found", _too_old),
    (r"undefined symbol: (\w+)", _undefined_symbol),
    (r"wrong ELF class|Exec format error|cannot open shared object file: wrong|e_machine", _architecture),
    (r"file too short|invalid ELF header|not a valid Win32|ELF file's phentsize|ELF load command", _damaged),
    (r"does not define (?:module )?export function \((\w+)\)", _no_init),
)

RULES = (refused,)
