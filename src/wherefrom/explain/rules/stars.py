"""``import *`` and ``__all__``: what they bring, what they leave out, what they replace."""

from __future__ import annotations

import builtins
import re
from typing import TYPE_CHECKING, Any

from ...finding import Evidence
from .. import places
from ..near import near
from ..program import (
    asks,
    bindings,
    called,
    line,
    missing_names,
    outline,
    program_frames,
    ranked,
    stars,
    used,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case, Failure, Frame

_BUILTIN_LACKS = re.compile(r"^(\w+)\(\) (?:missing|takes|got)")


def star_skips(case: Case) -> Iterator[Finding]:
    """Say that ``import *`` does not bring a name that the module has."""
    for failure, frame, name, minus in missing_names(case):
        for module, number in stars(case, frame):
            file = case.origin(module)
            told = outline(case, file) if file else None
            if file is None or told is None:
                continue
            rule, at = _why_skipped(case, module, told, name)
            if not rule:
                continue
            yield case.finding(
                "star-import-skips-name",
                f"import * from {file} does not bring {name!r}: {rule}",
                Evidence(f"star import: {line(case, frame.file, number)}", frame.file, number),
                Evidence(f"{name!r} is there, and left out: {rule}", file, at),
                *asks(case, failure),
                fix=f"from {module} import {name}",
                about=name,
                weight=86 - minus,
            )
            return


def _why_skipped(case: Case, module: str, told: dict[str, Any], name: str) -> tuple[str, int | None]:
    found = bindings(told, name)
    listed = told["all"]
    if not found:
        offered = places.submodule(case, module, name)
        if offered is None or (listed is not None and name in listed["items"]):
            return "", None
        return f"it is a submodule, {offered.file}, that __all__ does not list", None
    if listed is not None:
        return ("it is not listed in __all__", listed["line"]) if name not in listed["items"] else ("", None)
    rule = "without __all__, names that begin with an underscore are left out"
    return (rule, found[0]["line"]) if name.startswith("_") else ("", None)


# -- __all__ --------------------------------------------------------------------------------------

_NO_TEXT = re.compile(r"^(?:Item in (\S+)\.__all__|Key in (\S+)\.__dict__) must be str")


def all_wrong(case: Case) -> Iterator[Finding]:
    """Say that ``__all__`` lists what is not there, or what is no name."""
    for failure, minus in ranked(case):
        match = _NO_TEXT.match(failure.message)
        if match:
            yield from _no_text(case, failure, match[1] or match[2], minus)
        elif failure.kind == "attribute":
            yield from _not_there(case, failure, minus)


def _no_text(case: Case, failure: Failure, module: str, minus: int) -> Iterator[Finding]:
    file = case.origin(module)
    told = outline(case, file) if file else None
    at = told["all"]["line"] if told and told["all"] else None
    yield case.finding(
        "all-contains-non-string",
        f"__all__ in {file or module} holds something that is not a string: {failure.message}",
        Evidence(f"__all__: {line(case, file, at)}" if file and at else failure.message, file, at),
        *asks(case, failure),
        fix="write every item of __all__ as a string: the name in quotes",
        about=module,
        weight=90 - minus,
    )


def _not_there(case: Case, failure: Failure, minus: int) -> Iterator[Finding]:
    for frame in program_frames(case, failure)[:1]:
        if not any(
            number == frame.line and module == failure.module for module, number in stars(case, frame)
        ):
            continue
        file = case.origin(failure.module)
        told = outline(case, file) if file else None
        at = told["all"]["line"] if told and told["all"] else None
        close = near(failure.item, failure.error.held if failure.error else ())
        yield case.finding(
            "all-names-missing-attribute",
            f"__all__ in {file or failure.module} lists {failure.item!r}, but {failure.module!r} has neither "
            "such a name nor such a submodule",
            Evidence(f"__all__: {line(case, file, at)}" if file and at else "__all__ lists it", file, at),
            *asks(case, failure),
            fix=f"remove {failure.item!r} from __all__"
            + (f", or write {close[0]!r} there" if close else "")
            + f", or bind it in {file or failure.module}",
            about=failure.module,
            weight=90 - minus,
        )


# -- import * -------------------------------------------------------------------------------------

# Modules made in C, or with an __all__ that is computed, and the built-in names that they replace.
_KNOWN_STARS = {
    "os": {"open"},  # https://docs.python.org/3/library/os.html#os.open
    "math": {"pow"},  # https://docs.python.org/3/library/math.html#math.pow
    # https://numpy.org/doc/stable/reference/routines.html
    "numpy": {"abs", "all", "any", "max", "min", "pow", "round", "sum"},
}
_NAMES_OF_PYTHON = frozenset(dir(builtins))


def star_overwrites(case: Case) -> Iterator[Finding]:
    """Say that ``import *`` put something else in the place of a built-in or an earlier name."""
    for failure, minus in ranked(case):
        if failure.error is None or failure.kind == "not-found" or failure.error.error == "NameError":
            continue
        for frame in program_frames(case, failure)[:2]:
            told = outline(case, frame.file)
            for name in _used_names(told, frame) if told else ():
                found = _overwritten(case, frame, told or {}, name)
                if found is None or not _about(failure, name, frame):
                    continue
                yield _star(case, failure, frame, name, found, minus)
                return


def _used_names(told: dict[str, Any], frame: Frame) -> list[str]:
    names = [name.partition(".")[0] for name in [*used(told, frame.line), *called(told, frame.line)]]
    return list(dict.fromkeys(names))


def _about(failure: Failure, name: str, frame: Frame) -> bool:
    """Say whether an error speaks of a name: of a call of it, or of what it is asked for."""
    match = _BUILTIN_LACKS.match(failure.message.rpartition(".")[2] if "()" in failure.message else "")
    if f"{name}()" in failure.message or (match is not None and match[1] == name):
        return True
    return failure.frames[-1].function == name or failure.frames[-1] == frame


def _overwritten(
    case: Case, frame: Frame, told: dict[str, Any], name: str
) -> tuple[str, str, int, int | None, str] | None:
    """Tell which star import replaced a name: module, file, line, line of the binding, what it replaced."""
    own = [one["line"] for one in bindings(told, name)]
    before = ""
    for module, number in stars(case, frame):
        if number > frame.line and frame.function == "<module>":
            break
        file, at = _brings(case, module, name)
        if file is None:
            continue
        if not before and not any(one < number for one in own):
            if name in _NAMES_OF_PYTHON and not any(one > number for one in own):
                return module, file, number, at, f"the built-in {name!r}"
            before = module
            continue
        if any(one > number for one in own):
            return None
        replaced = f"the {name!r} of {before!r}" if before else f"the {name!r} bound before"
        return module, file, number, at, replaced
    return None


def _brings(case: Case, module: str, name: str) -> tuple[str | None, int | None]:
    """Tell the file that a star import takes a name from, and the line, if it brings that name."""
    file = case.origin(module)
    told = outline(case, file) if file else None
    if name in _KNOWN_STARS.get(module, ()):
        return file or module, None
    if told is None or name.startswith("_"):
        return None, None
    found = bindings(told, name)
    if not found or (told["all"] is not None and name not in told["all"]["items"]):
        return None, None
    return file, found[0]["line"]


def _star(
    case: Case,
    failure: Failure,
    frame: Frame,
    name: str,
    found: tuple[str, str, int, int | None, str],
    minus: int,
) -> Finding:
    module, file, number, at, replaced = found
    sure = f"{name}()" in failure.message or failure.frames[-1].function == name
    return case.finding(
        "star-import-overwrites-name",
        f"{name!r} in {frame.file} is that of {file}: import * replaced {replaced}",
        Evidence(f"star import: {line(case, frame.file, number)}", frame.file, number),
        Evidence(f"{module!r} binds {name!r}", file, at),
        *asks(case, failure),
        fix=f"import the names that you need explicitly: from {module} import …; without {name!r}, or under "
        "another name (as)",
        about=name,
        certainty="observed" if sure else "inferred",
        weight=(84 if sure else 46) - minus,
    )


RULES = (star_skips, all_wrong, star_overwrites)
