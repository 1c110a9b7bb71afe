"""Extensions that are passed by since their suffix is for another interpreter, and such as cannot be loaded.

The first are never considered: the suffix is not one of the interpreter's own (PEP 3149). The second are
answers to a question, for which nothing is loaded: what is inside the file is read instead.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...finding import Evidence
from ..sought import place, sought
from .extensions import binary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case
    from ..sought import Sought

_TAGGED = re.compile(r"^(?P<stem>[^.]+)\.(?P<tag>[\w.+-]+)\.(?P<end>so|pyd|dylib|dll)$")
_FOREIGN = {"linux": ("pyd", "dll", "dylib"), "darwin": ("pyd", "dll"), "win32": ("so", "dylib")}
_PYTHON = re.compile(r"^(?:cpython-|cp)(?P<major>\d)(?P<minor>\d+)(?P<flags>[a-z]*)")
_SYSTEMS = (
    ("win", "Windows"), ("darwin", "macOS"), ("musl", "Linux with musl"), ("linux", "Linux"),
    ("emscripten", "Emscripten"),
)  # fmt: skip


def passed_by(case: Case) -> Iterator[Finding]:
    """Say that an extension of the name lies there, for another Python or platform."""
    suffixes = tuple(case.facts.get("extension_suffixes") or ())
    if not suffixes:
        return
    for one in sought(case):
        for home in one.homes:
            for name in case.listing(home):
                match = re.match(rf"{re.escape(one.tail)}\.(?:[\w+.-]+\.)?(?:so|pyd|dylib|dll)$", name)
                if match and not any(name == one.tail + suffix for suffix in suffixes):
                    yield _foreign(case, one, f"{home}/{name}", name[len(one.tail) :], suffixes)
                    return


def _foreign(case: Case, one: Sought, file: str, suffix: str, suffixes: tuple[str, ...]) -> Finding:
    code, meaning = read_suffix(case, suffix)
    running = ".".join(map(str, case.python)) + ("t" if "t" in (case.facts.get("abiflags") or "") else "")
    at = place(one.failure, case)
    asked = [Evidence(f"{one.name!r} is asked for here", *at)] if at else []
    return case.finding(
        code,
        f"{one.name!r} is there as {file}, which is made for {meaning}; this is Python {running} on "
        f"{case.facts.get('multiarch') or case.facts.get('platform')}",
        Evidence(f"the suffix {suffix} is not one of this interpreter's: {', '.join(suffixes)}", file),
        *asked,
        fix=f"install the build of {one.name!r} for this Python ({suffixes[0]}), or run it with the Python "
        "that it was made for",
        about=one.name,
        weight=88,
    )


def read_suffix(case: Case, suffix: str) -> tuple[str, str]:
    """Read from a suffix whether it is the Python or the platform that differs, and which it is for."""
    tag = suffix.strip(".").rpartition(".")[0]
    python = _PYTHON.match(tag)
    system = next((name for word, name in _SYSTEMS if re.search(rf"[-_]?{word}", _platform(tag))), "")
    if suffix.endswith((".pyd", ".dll")):
        system = "Windows"
    elif suffix.endswith(".dylib"):
        system = "macOS"
    words = [f"Python {python['major']}.{python['minor']}"] if python else []
    if python and "t" in python["flags"]:
        words.append("(free-threaded)")
    if python and "d" in python["flags"]:
        words.append("(debug)")
    if system and not _fits(case, suffix, tag):
        shown = f"{system} ({_platform(tag)})" if _platform(tag) else system
        return "extension-wrong-platform-tag", " ".join([*words, "on", shown] if words else [shown])
    return "extension-wrong-python-tag", " ".join(words) or "another interpreter"


def _platform(tag: str) -> str:
    match = re.match(r"^(?:cpython-|cp|pypy)?\w+?-(.+)$", tag)
    return match[1] if match else ""


def _fits(case: Case, suffix: str, tag: str) -> bool:
    """Say whether the platform in a suffix is that of the interpreter."""
    if suffix.rpartition(".")[2] in _FOREIGN.get(str(case.facts.get("platform")), ()):
        return False
    own = str(case.facts.get("multiarch") or "")
    return not _platform(tag) or not own or _platform(tag) == own


def not_loadable(case: Case) -> Iterator[Finding]:
    """Say that the extension that answers a question cannot be loaded."""
    if case.question is None:
        return
    for found in case.found.values():
        if found.module_kind != "extension" or not found.origin:
            continue
        home, _, file = found.origin.rpartition("/")
        # Beside its source it is in the way, whatever is inside.
        if not case.exists(f"{home}/{file.partition('.')[0]}.py"):
            yield from judged(case, found.name, found.origin)


def judged(case: Case, name: str, file: str) -> Iterator[Finding]:
    """Say what speaks against an extension by what is inside its file."""
    told = binary(case, file)
    format_, own = told.get("format"), {"linux": "ELF", "win32": "PE", "darwin": "Mach-O"}
    wanted = own.get(str(case.facts.get("platform")))
    if not told or wanted is None:
        return
    if format_ in ("empty", "lfs", "html", "other") or told.get("damaged"):
        state = {"empty": "is empty (0 bytes)", "lfs": "is a pointer of Git LFS", "html": "is a page of HTML"}
        yield case.finding(
            "extension-file-damaged",
            f"{file} {state.get(str(format_), 'is cut off or no library')}",
            Evidence(f"it has {told['size']} bytes", file),
            fix="git lfs pull" if format_ == "lfs" else f"fetch or build {file} again",
            about=name,
            weight=88,
        )
        return
    machine = str(case.facts.get("multiarch") or "").partition("-")[0]
    if format_ != wanted or (machine and told.get("machine") and not _same(machine, told["machine"])):
        yield case.finding(
            "extension-wrong-architecture",
            f"{file} is for another architecture than this interpreter: "
            f"{format_}, {told.get('bits') or ''}-bit {told.get('machine')}",
            Evidence(f"the interpreter runs on {machine}, whose files are {wanted}"),
            fix=f"install the build for this machine in the place of {file}",
            about=name,
            weight=88,
        )
        return
    yield from _without_init(case, name, file, told.get("defined"))


def _same(multiarch: str, machine: str) -> bool:
    return {"i386": "x86", "i686": "x86", "armhf": "arm"}.get(multiarch, multiarch) == machine


def _without_init(case: Case, name: str, file: str, defined: list[str] | None) -> Iterator[Finding]:
    tail = name.rpartition(".")[2]
    wanted = f"PyInit_{tail}"
    if defined is None or not tail.isascii() or wanted in defined:
        return
    others = [symbol for symbol in defined if symbol.startswith("PyInit_")]
    has = f"it defines {others[0]}" if others else "it is a plain shared library, not a Python module"
    fix = f"name it {others[0].removeprefix('PyInit_')}, as it was built" if others else (
        "load it with ctypes, or give it another name"
    )  # fmt: skip
    yield case.finding(
        "extension-no-init-function",
        f"{file} would be loaded for {name!r}, and does not define {wanted}: {has}",
        Evidence(f"{wanted} is not among its {len(defined)} symbols", file),
        fix=fix,
        about=name,
        weight=88,
    )


RULES = (passed_by, not_loadable)
