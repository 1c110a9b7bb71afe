"""What ``sys.modules`` held in place of a module: nothing, None, a stand-in, or what the module put there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...finding import Evidence
from .. import places
from ..program import (
    absolute,
    asked,
    asks,
    lines_like,
    outline,
    program_frames,
    ranked,
    sources_of,
    statements,
    used,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case, Failure
    from ..program import Place

_HALTED = re.compile(r"^import of (\S+) halted; None in sys\.modules")
_NO_SPEC = re.compile(r"^(\S+)\.__spec__ is (?:None|not set)")
_NOT_THERE = re.compile(r"^(?:module|parent) '?([^' ]+)'? not in sys\.modules")
_REMOVES = r"\bdel\s+(?:sys\.)?modules\b|\bmodules\.(?:pop|clear|popitem)\b|\bdel\s+.*sys\.modules"


def _setters(case: Case, name: str) -> tuple[Place, ...]:
    """Find the lines of the program that put something into ``sys.modules`` under a name."""
    quoted = rf"['\"]{re.escape(name)}['\"]"
    return lines_like(
        case,
        rf"modules\s*\[\s*{quoted}|modules\.(?:setdefault|update|__setitem__)\(.*{quoted}"
        rf"|(?:dict|setitem)\(\s*(?:sys\.modules|['\"]sys\.modules['\"]).*{quoted}",
    ) or lines_like(case, r"modules\s*\[[^\]]+\]\s*=[^=]|\(\s*sys\.modules\s*,")


def _shown(found: tuple[Place, ...], says: str) -> list[Evidence]:
    return [Evidence(f"{says}: {one.text}", one.file, one.line) for one in found[:3]]


def _file_of(case: Case, name: str) -> str | None:
    """Give the file that the search path has for a name, whatever ``sys.modules`` holds."""
    best = places.winner(case, name)
    return best.file if best is not None else None


def blocked(case: Case) -> Iterator[Finding]:
    """Say that ``sys.modules`` holds None for a name, which blocks its import."""
    for failure, minus in ranked(case):
        match = _HALTED.match(failure.message)
        name = match[1] if match else None
        if name is None and failure.kind == "name":
            held = case.held(f"{failure.module}.{failure.item}")
            name = held.name if held is not None and held.outcome == "none" else None
        if name is None:
            continue
        file = _file_of(case, name)
        found = _setters(case, name)
        yield case.finding(
            "blocked-by-none-in-sys-modules",
            f"sys.modules[{name!r}] is None, which blocks the import of {name!r}"
            + (f" although {file} is there" if file else "")
            + (f"; set in {found[0].file}, line {found[0].line}" if found else ""),
            Evidence(f"sys.modules holds None for {name!r}"),
            *([Evidence(f"{file} would be found", file)] if file else ()),
            *_shown(found, "sets it"),
            *asks(case, failure),
            fix=f"remove the block: do not set sys.modules[{name!r}] = None, or del sys.modules[{name!r}] "
            "before the import",
            about=name,
            weight=92 - minus,
        )
        return


def _lacking(case: Case, failure: Failure) -> Iterator[tuple[str, str]]:
    """Give module and name that a failing line asked for, read from the line itself if need be."""
    wanted = asked(failure)
    if wanted is not None and not wanted[0].startswith("<"):
        yield wanted
    for frame in program_frames(case, failure)[:1]:
        told = outline(case, frame.file)
        for one in statements(told, frame.line) if told else ():
            module = absolute(case, frame, one)
            for item, _ in one["names"] or ():
                yield module, item
            while "." in module:
                module, _, tail = module.rpartition(".")
                yield module, tail
        missing = failure.error.name if failure.error and failure.error.error == "AttributeError" else None
        for name in used(told, frame.line) if missing else ():
            base, _, item = name.partition(".")
            for module, taken, _ in sources_of(case, frame, base):
                if item == missing and not taken:
                    yield module, item


def stand_in(case: Case) -> Iterator[Finding]:
    """Say that what ``sys.modules`` held for a name is not the module that its file would give."""
    for failure, minus in ranked(case):
        if failure.kind == "other" and (failure.error is None or "sys.modules" in failure.message):
            continue
        for name, item in _lacking(case, failure):
            held = case.held(name)
            if held is None or held.outcome not in ("no-module", "module"):
                continue
            if held.outcome == "module" and held.type == "module" and held.origin:
                continue
            own = _replaces_itself(case, name)
            if own is not None:
                yield _replaced(case, failure, name, item, own, minus)
                return
            if held.outcome == "module" and (held.origin or held.locations):
                continue
            found = _setters(case, name)
            if not found and held.outcome == "module":
                continue
            yield _stub(case, failure, name, item, found, minus)
            return


def _replaces_itself(case: Case, name: str) -> Place | None:
    """Give the line in which a module puts another object in its own place."""
    found = case.found.get(name)
    if found is None or not found.origin:
        return None
    quoted = rf"__name__|__spec__\.name|['\"]{re.escape(name)}['\"]"
    places_found = lines_like(case, rf"modules\s*\[\s*(?:{quoted})\s*\]\s*=[^=]", (found.origin,))
    return places_found[0] if places_found else None


def _replaced(case: Case, failure: Failure, name: str, item: str, own: Place, minus: int) -> Finding:
    held = case.held(name)
    kind = held.type if held is not None else "another object"
    return case.finding(
        "module-replaced-itself",
        f"{own.file}, line {own.line}, replaces the module {name!r} in sys.modules by an object of type "
        f"{kind}, "
        f"which has no {item!r}",
        Evidence(f"replaces itself: {own.text}", own.file, own.line),
        Evidence(f"sys.modules[{name!r}] was of type {kind}"),
        *asks(case, failure),
        fix=f"give that object a {item!r} (and a __path__, if submodules are wanted), or keep the module and "
        "write a module __getattr__",
        about=name,
        weight=87 - minus,
    )


def _stub(
    case: Case, failure: Failure, name: str, item: str, found: tuple[Place, ...], minus: int
) -> Finding:
    held = case.held(name)
    kind = held.type if held is not None else "another object"
    file = _file_of(case, name)
    who = f"{found[0].file}, line {found[0].line}," if found else "the program"
    return case.finding(
        "object-in-sys-modules",
        f"{who} put an object of type {kind} into sys.modules for {name!r}, which has no {item!r}"
        + (f"; {file} is not looked at" if file else ""),
        *_shown(found, "puts it there"),
        Evidence(f"sys.modules[{name!r}] holds a {kind}, not the module of a file"),
        *([Evidence(f"{file} is the real {name!r}", file)] if file else ()),
        *asks(case, failure),
        fix=f"remove the stub from sys.modules, or give it {item!r}"
        + (
            " (for submodules: a __path__ and entries of their own in sys.modules)" if "." not in item else ""
        ),
        about=name,
        weight=87 - minus,
    )


def removed_itself(case: Case) -> Iterator[Finding]:
    """Say that a module took itself out of ``sys.modules`` while it was being imported."""
    for failure, minus in ranked(case):
        if failure.error is None or failure.error.error not in ("KeyError", "ImportError"):
            continue
        name = failure.message.strip("'\"")
        match = re.search(r"'?([\w.]+)'? not in sys\.modules", failure.message)
        name = match[1] if match else name
        found = case.found.get(name)
        if found is None or not found.origin or name in case.imported:
            continue
        own = rf"\bmodules\b.*(?:__name__|__spec__|['\"]{re.escape(name)}['\"])|\bmodules\.clear\("
        lines = lines_like(case, own, (found.origin,))
        lines = tuple(one for one in lines if re.search(_REMOVES, one.text))
        if not lines:
            continue
        yield case.finding(
            "module-removed-itself",
            f"{found.origin}, line {lines[0].line}, removes {name!r} from sys.modules while it is imported",
            *_shown(lines, "removes it"),
            *asks(case, failure),
            fix="do not remove a module from sys.modules during its own import",
            about=name,
            weight=90 - minus,
        )
        return


def without_spec(case: Case) -> Iterator[Finding]:
    """Say that a module in ``sys.modules`` has no ``__spec__``."""
    for failure, minus in ranked(case):
        match = _NO_SPEC.match(failure.message)
        if failure.error is None or failure.error.error != "ValueError" or match is None:
            continue
        name = match[1]
        if name == "__main__":
            continue
        found = _setters(case, name)
        file = _file_of(case, name)
        yield case.finding(
            "module-without-spec",
            f"the module {name!r} in sys.modules has no __spec__ ({failure.message}): it was made by hand"
            + (f" in {found[0].file}, line {found[0].line}" if found else ""),
            *_shown(found, "made here"),
            *([Evidence(f"{file} is the real {name!r}", file)] if file else ()),
            *asks(case, failure),
            fix=f"set it: module.__spec__ = importlib.machinery.ModuleSpec({name!r}, None), or take the "
            f"module "
            "out of sys.modules",
            about=name,
            weight=92 - minus,
        )
        return


def reload_removed(case: Case) -> Iterator[Finding]:
    """Say that a module was reloaded that ``sys.modules`` no longer holds."""
    for failure, minus in ranked(case):
        match = _NOT_THERE.match(failure.message)
        if failure.error is None or failure.error.error != "ImportError" or match is None:
            continue
        if not any(frame.function == "reload" for frame in failure.frames):
            continue
        name = match[1]
        found = lines_like(case, _REMOVES)
        yield case.finding(
            "reload-of-removed-module",
            f"{name!r} cannot be reloaded because sys.modules no longer holds it"
            + (f": {found[0].file}, line {found[0].line}, removes it" if found else ""),
            *_shown(found, "removes it from sys.modules"),
            Evidence(f"{name!r} is not in sys.modules"),
            *asks(case, failure),
            fix=f"import {name} again (importlib.import_module({name!r})) instead of reloading it",
            about=name,
            weight=92 - minus,
        )
        return


def nul_in_name(case: Case) -> Iterator[Finding]:
    """Say that a module name holds a NUL character."""
    for failure, minus in ranked(case):
        for name in (failure.module, failure.error.name if failure.error is not None else None):
            if name and ("\0" in name or "\\x00" in name):
                yield case.finding(
                    "pickle-fuzz-nul-in-module-name",
                    f"the module name {name!r} holds a NUL character, which no name of a module may have",
                    Evidence(f"asked for {name!r}"),
                    *asks(case, failure),
                    fix="do not import names from data that is not trusted (a pickle); upgrade Python",
                    about=name,
                    weight=90 - minus,
                )
                return


RULES = (blocked, stand_in, removed_itself, without_spec, reload_removed, nul_in_name)
