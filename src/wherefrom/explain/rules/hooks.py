"""Finders, loaders and hooks that are not the interpreter's own, or that are no longer there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from ...finding import Evidence
from .. import places
from ..program import (
    asked,
    asking,
    asks,
    line,
    lines_like,
    name_asked,
    outline,
    program_frames,
    ranked,
    sources_of,
    text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case, Failure, Frame

_OWN = ("_frozen_importlib", "zipimport.", "builtins.", "importlib.")
_NAMED = re.compile(r"^(?P<name>\S+)(?: \((?P<file>.*)\))?$")
_FIND_SPEC_SINCE = (3, 12)  # https://docs.python.org/3/whatsnew/3.12.html#importlib
_LOADER_LACKS = re.compile(
    r"^(?:'(?P<cls>\w+)' object|type object '(?P<type>\w+)') has no attribute "
    r"'(?P<lacks>load_module|exec_module|create_module)'"
)


@attrs.frozen
class _Hook:
    """A finder or path hook: its class or function, the file that defines it, where it stands."""

    name: str
    file: str | None
    index: int

    @property
    def short(self) -> str:
        return self.name.split(".")[-1] if "<locals>" not in self.name else self.name.rpartition(".")[2]

    @property
    def is_own(self) -> bool:
        return self.name.startswith(_OWN)


def _hooks(case: Case, which: str) -> list[_Hook]:
    listed = getattr(case.ended, which, ()) if case.ended is not None else ()
    found = []
    for index, shown in enumerate(listed):
        match = _NAMED.match(shown)
        if match:
            found.append(_Hook(match["name"], _file(case, match["name"], match["file"]), index))
    return found


def _file(case: Case, name: str, file: str | None) -> str | None:
    if file is None and name.startswith("__main__.") and case.start.get("program") == "script":
        return str(case.start["target"])
    return file


def _strangers(case: Case, which: str = "meta_path") -> list[_Hook]:
    return [one for one in _hooks(case, which) if not one.is_own]


def cleared(case: Case) -> Iterator[Finding]:
    """Say that the finders, or the path hooks, are gone."""
    if case.ended is None or case.ended.outcome != "raised":
        return
    for failure, minus in ranked(case):
        if failure.kind != "not-found":
            continue
        names = [one.name for one in _hooks(case, "meta_path")]
        if not any("PathFinder" in name or not name.startswith(_OWN) for name in names):
            yield _cleared(case, failure, "meta_path", names, minus)
        elif not case.ended.path_hooks:
            yield _cleared(case, failure, "path_hooks", [], minus)
        return


def _cleared(case: Case, failure: Failure, which: str, left: list[str], minus: int) -> Finding:
    found = lines_like(
        case, rf"\b{which}\s*(?:\[[^\]]*\])?\s*=[^=]|\b{which}\.(?:clear|remove|pop)\b|del .*\b{which}\b"
    )
    state = "is empty" if not left else f"holds only {', '.join(left)}"
    what = "no finder is left to ask" if which == "meta_path" else "no entry of sys.path gets a finder"
    return case.finding(
        f"{which.replace('_', '-')}-cleared",
        f"{failure.module!r} is not found because sys.{which} {state}: {what}"
        + (f"; {found[0].file}, line {found[0].line}, empties it" if found else ""),
        Evidence(f"sys.{which} {state}" + (" (empty of what looks at sys.path)" if left else "")),
        *[Evidence(f"changes it: {one.text}", one.file, one.line) for one in found[:3]],
        *asks(case, failure),
        fix=f"do not clear sys.{which}; take out only what you put in",
        about=failure.module,
        weight=92 - minus,
    )


def finder_raises(case: Case) -> Iterator[Finding]:
    """Say that a finder raised instead of answering."""
    for failure, minus in ranked(case):
        if failure.error is None:
            continue
        for at, frame in enumerate(failure.frames):
            if frame.function not in ("find_spec", "find_module") or frame.file.startswith("<frozen"):
                continue
            finder = next((one for one in _strangers(case) if one.file == frame.file), None)
            if finder is None or any(later.function == "<module>" for later in failure.frames[at:]):
                continue
            name = name_asked(case, failure.frames[:at])
            yield case.finding(
                "meta-path-finder-raises",
                f"the finder {finder.short} in {frame.file} raises for {name!r}: "
                f"{failure.error.error}: {failure.message}",
                Evidence(
                    f"{finder.short} stands on sys.meta_path and is asked for every import", finder.file
                ),
                Evidence(f"raises: {line(case, frame.file, frame.line)}", frame.file, frame.line),
                *asking(case, failure.frames[:at]),
                fix=f"repair {finder.short}.{frame.function} in {frame.file}: a finder gives None for "
                f"what it "
                "does not know",
                about=name,
                weight=91 - minus,
            )
            return


def finder_signature(case: Case) -> Iterator[Finding]:
    """Say that a finder cannot be called as the interpreter calls it."""
    for failure, minus in ranked(case):
        match = re.match(r"(?:\w+\.)*?(\w+)\.find_spec\(\) (?:takes|missing|got)", failure.message)
        if failure.error is None or match is None or failure.error.error != "TypeError":
            continue
        finder = next((one for one in _strangers(case) if one.short == match[1] and one.file), None)
        if finder is None or finder.file is None or not failure.frames[-1].file.startswith("<frozen"):
            continue
        name = name_asked(case, failure.frames)
        found = lines_like(case, r"\bdef find_spec\b", (finder.file,))
        yield case.finding(
            "meta-path-finder-raises",
            f"the finder {finder.short} in {finder.file} cannot be asked for {name!r}: {failure.message}",
            Evidence(f"{finder.short} stands on sys.meta_path and is asked for every import", finder.file),
            *[Evidence(f"defined: {one.text}", one.file, one.line) for one in found[:1]],
            *asking(case, failure.frames),
            fix=f"repair it in {finder.file}: def find_spec(self, name, path=None, target=None)",
            about=name,
            weight=91 - minus,
        )
        return


def legacy_finder(case: Case) -> Iterator[Finding]:
    """Say that a finder is not asked because it has no ``find_spec``."""
    if case.python < _FIND_SPEC_SINCE:
        return
    for failure, minus in ranked(case):
        if failure.kind != "not-found":
            continue
        for finder in [*_strangers(case), *_strangers(case, "path_hooks")]:
            told = outline(case, finder.file) if finder.file else None
            methods = {one["name"] for one in told["locals"]} if told else set()
            if "find_module" not in methods or "find_spec" in methods or finder.file is None:
                continue
            related = _speaks_of(case, finder, failure.module)
            yield case.finding(
                "legacy-finder-find-module-only",
                f"the finder {finder.short} in {finder.file} has find_module but no find_spec, so Python "
                f"3.12 and later never ask it for {failure.module!r}",
                Evidence(f"{finder.short} stands in sys.meta_path or sys.path_hooks", finder.file),
                Evidence("since Python 3.12 find_module is no longer called; find_spec is"),
                *asks(case, failure),
                fix=f"upgrade what {finder.file} belongs to (six: 1.16 or later), or give {finder.short} a "
                "find_spec",
                about=failure.module,
                certainty="inferred",
                weight=(86 if related else 35) - minus,
            )
            return


def _speaks_of(case: Case, finder: _Hook, name: str) -> bool:
    module = finder.name.rpartition(".")[0]
    tail = name.rpartition(".")[2]
    return name.startswith(f"{module}.") or bool(
        re.search(rf"\b{re.escape(tail)}\b", text(case, finder.file or ""))
    )


def loader_incomplete(case: Case) -> Iterator[Finding]:
    """Say that a loader lacks a method that every loader needs."""
    for failure, minus in ranked(case):
        match = _LOADER_LACKS.match(failure.message)
        odd = "loaders that define exec_module() must also define create_module()" in failure.message
        odd = odd or failure.message == "missing loader"
        if failure.error is None or not (match or odd):
            continue
        if match and not failure.frames[-1].file.startswith("<frozen importlib"):
            continue
        name = failure.error.name if failure.error.name in case.found else None
        name = name or (case.failed[-1].name if case.failed else "")
        cls = (match["cls"] or match["type"]) if match else ""
        file, at = _defines(case, cls)
        yield case.finding(
            "loader-incomplete",
            f"the loader {cls or ''} of {name!r}{f' in {file}' if file else ''} is incomplete: it has no "
            f"{'create_module' if odd else 'exec_module'}",
            Evidence(f"{failure.error.error}: {failure.message}", event=failure.error.order),
            *([Evidence(f"the loader {cls} is defined here", file, at)] if file else ()),
            *asks(case, failure),
            fix=f"implement exec_module(module) and create_module(spec) in {cls or 'the loader'} "
            f"(derive it from "
            "importlib.abc.Loader)",
            about=name,
            weight=92 - minus,
        )
        return


def _defines(case: Case, cls: str) -> tuple[str | None, int | None]:
    pattern = rf"^\s*class\s+{cls}\b" if cls else r"\bdef\s+exec_module\b|\bdef\s+find_spec\b"
    files = tuple(one.file for one in _strangers(case) if one.file)
    found = lines_like(case, pattern, files) or lines_like(case, pattern)
    return (found[0].file, found[0].line) if found else (None, None)


def answers_name(case: Case) -> Iterator[Finding]:
    """Say that a finder of the program gave another module than the one that lies on the path."""
    for failure, minus in ranked(case):
        wanted = asked(failure)
        if wanted is None:
            continue
        name, item = wanted
        held, real = case.held(name), places.winner(case, name)
        if held is None or held.outcome != "module" or real is None or real.kind == "directory":
            continue
        if (held.origin or "") == real.file or case.is_stdlib(held.origin or "-"):
            continue
        for finder in _strangers(case):
            if finder.file is None or not re.search(
                rf"['\"]{re.escape(name.partition('.')[0])}", text(case, finder.file)
            ):
                continue
            if held.origin and places.entries(case) and finder.index > _path_finder(case):
                continue
            yield case.finding(
                "meta-path-finder-answers-name",
                f"the finder {finder.short} in {finder.file} answers for {name!r} with another module; "
                f"{real.file} is not looked at",
                Evidence(f"{finder.short} stands on sys.meta_path", finder.file),
                Evidence(
                    f"the {name!r} that was imported: {held.origin or 'one without a file'}, without {item!r}"
                ),
                Evidence(f"{real.file} is the real module", real.file),
                *asks(case, failure),
                fix=f"remove the hook {finder.short} from sys.meta_path, or let it give None for {name!r}",
                about=name,
                certainty="inferred",
                weight=83 - minus,
            )
            return


def _path_finder(case: Case) -> int:
    return next((one.index for one in _hooks(case, "meta_path") if "PathFinder" in one.name), 99)


def hook_order(case: Case) -> Iterator[Finding]:
    """Say that a hook that changes modules stands behind the finder that answers before it."""
    for failure, minus in ranked(case):
        if failure.error is None or failure.kind not in ("other", "attribute"):
            continue
        frame = next(iter(program_frames(case, failure)), None)
        if frame is None:
            continue
        for finder in _strangers(case):
            if finder.index < _path_finder(case) or finder.file is None or "site-packages" in finder.file:
                continue
            if not re.search(r"PathFinder|\.loader\b|SourceFileLoader|exec_module", text(case, finder.file)):
                continue
            for module in _modules_at(case, frame):
                span = case.imported.get(module)
                if span is None or span.file == finder.file:
                    continue
                yield _order(case, failure, finder, module, minus)
                return


def _modules_at(case: Case, frame: Frame) -> Iterator[str]:
    told = outline(case, frame.file)
    said = line(case, frame.file, frame.line)
    for one in told["bindings"] if told else ():
        if one["kind"] == "import" and re.search(rf"\b{re.escape(one['name'])}\b", said):
            for module, _, _ in sources_of(case, frame, one["name"]):
                file = case.origin(module)
                if file and not case.is_stdlib(file):
                    yield module


def _order(case: Case, failure: Failure, finder: _Hook, module: str, minus: int) -> Finding:
    found = lines_like(
        case, r"\bmeta_path\.append\b|\bmeta_path\s*\+=|\bmeta_path\.extend\b", (finder.file or "",)
    )
    return case.finding(
        "import-hook-order",
        f"the hook {finder.short} in {finder.file} stands after PathFinder in sys.meta_path, and PathFinder "
        f"answered first for {module!r}",
        Evidence(f"sys.meta_path: {', '.join(one.short for one in _hooks(case, 'meta_path'))}"),
        *[Evidence(f"appended here: {one.text}", one.file, one.line) for one in found[:1]],
        Evidence(f"{module!r} was loaded from {case.origin(module)} by PathFinder", case.origin(module)),
        *asks(case, failure),
        fix=f"put it first: sys.meta_path.insert(0, {finder.short}), before {module!r} is imported",
        about=module,
        certainty="inferred",
        weight=62 - minus,
    )


def path_hook_late(case: Case) -> Iterator[Finding]:
    """Say that a path hook came after an entry that it takes had been given up."""
    for failure, minus in ranked(case):
        hooks = _strangers(case, "path_hooks")
        if failure.kind != "not-found" or not hooks:
            continue
        given_up = {one.entry for one in case.searches(failure.module) if one.reason == "remembered-as-none"}
        lost = [
            entry
            for entry in case.path
            if not entry.startswith("<")
            and not case.exists(places.full(case, entry))
            and not re.search(r"python\d+t?\.zip$", entry)
            and ("://" in entry or ":" in entry or entry in given_up)
        ]
        known = [one for one in hooks if one.file]
        if not lost or not known:
            continue
        added = lines_like(case, r"\bpath_hooks\b", (known[0].file or "",)) or lines_like(
            case, r"\bpath_hooks\b"
        )
        yield case.finding(
            "path-hook-added-too-late",
            f"{lost[0]} has no finder: it was tried before the path hook {known[0].short} in "
            f"{known[0].file} was "
            "added, and sys.path_importer_cache remembers that nobody takes it",
            Evidence(f"{lost[0]} is remembered in sys.path_importer_cache as an entry without a finder"),
            *[Evidence(f"adds the hook: {one.text}", one.file, one.line) for one in added[:1]],
            *asks(case, failure),
            fix=f"add the hook to sys.path_hooks before {lost[0]} is put on sys.path, or then call "
            f"sys.path_importer_cache.pop({lost[0]!r}, None)",
            about=failure.module,
            certainty="inferred",
            weight=84 - minus,
        )
        return


RULES = (
    cleared,
    finder_raises,
    finder_signature,
    legacy_finder,
    loader_incomplete,
    answers_name,
    hook_order,
    path_hook_late,
)
