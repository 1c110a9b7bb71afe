"""Submodules as attributes of their packages: never imported, hidden, or put over something else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...finding import Evidence
from .. import places
from ..program import (
    asks,
    bindings,
    called,
    line,
    outline,
    own_frames,
    program_frames,
    ranked,
    sources,
    sources_of,
    used,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case, Failure, Frame

_NOT_CALLABLE = "'module' object is not callable"
# Modules in C, which no outline shows: https://docs.python.org/3/library/time.html#time.time
_MEMBERS_IN_C = {"time": "time"}
_NO_CLASS = (
    "module() takes at most 2 arguments",
    "module.__init__() takes at most 2 arguments",
    "isinstance() arg 2",
    "issubclass() arg",
    "'module' object is not",
)


def never_imported(case: Case) -> Iterator[Finding]:
    """Say that a submodule exists but nobody imported it."""
    for failure, minus in ranked(case):
        if failure.kind != "attribute" or not failure.item or "circular" in failure.message:
            continue
        package, tail = failure.module, failure.item
        offered = places.submodule(case, package, tail)
        held = case.held(f"{package}.{tail}")
        if offered is None or (held is not None and held.outcome != "absent"):
            continue
        if offered.kind == "directory" and not places.listing(case, offered.file):
            continue
        whole = f"{package}.{tail}"
        accident = _who_imports(case, failure, whole)
        code = "submodule-available-by-accident" if accident else "submodule-never-imported"
        says = (
            f"{whole} is there ({offered.file}), but nothing imported it by then: an attribute of the "
            f"package "
            "exists only after the submodule was imported"
        )
        yield case.finding(
            code,
            says if not accident else f"{says}; so far only {accident[0]} imports it, and that did not run",
            Evidence(f"{whole} is {offered.file}", offered.file),
            *([Evidence(f"imports {whole}, but had not run", accident[0], accident[1])] if accident else ()),
            *asks(case, failure),
            fix=f"import {whole}, in the file that uses it ({_user(case, failure)}); or: from {package} "
            f"import {tail}",
            about=whole,
            weight=(79 if accident else 77) - minus,
        )


def _user(case: Case, failure: Failure) -> str:
    frames = program_frames(case, failure) or own_frames(failure)
    return frames[0].file if frames else "the program"


def _who_imports(case: Case, failure: Failure, whole: str) -> tuple[str, int] | None:
    """Give a place in the program that imports a submodule, but only later, or under a condition."""
    user = _user(case, failure)
    seen = list(sources(case))
    for file in list(seen):
        told = outline(case, file)
        for one in told["imports"] if told else ():
            if one["guards"] or one["where"] != "top":
                best = places.winner(case, one["module"] or "") if one["module"] else None
                if best is not None and best.kind != "directory" and not case.is_stdlib(best.file):
                    seen.append(best.file)
    package, _, tail = whole.rpartition(".")
    for file in dict.fromkeys(seen):
        told = outline(case, file)
        for one in told["imports"] if told and file != user else ():
            names = [item for item, _ in one["names"] or ()]
            if one["module"] == whole or (one["module"] == package and tail in names):
                return file, one["line"]
    return None


def attribute_hides(case: Case) -> Iterator[Finding]:
    """Say that a package binds another thing under the name of its submodule."""
    for failure, minus in ranked(case):
        if failure.error is None or failure.error.error != "AttributeError" or failure.kind == "attribute":
            continue
        for frame in program_frames(case, failure)[:1]:
            for package, tail, item in _asked_of_submodules(case, failure, frame):
                offered = places.submodule(case, package, tail)
                file = case.origin(package)
                own = bindings(outline(case, file), tail) if file else []
                if file is None or offered is None or not own:
                    continue
                if not bindings(outline(case, offered.file), item):
                    continue
                bound = own[-1]
                yield case.finding(
                    "attribute-hides-submodule",
                    f"{file}, line {bound['line']}, binds {tail!r} to something else than the submodule "
                    f"{offered.file}",
                    Evidence(f"bound here: {line(case, file, bound['line'])}", file, bound["line"]),
                    Evidence(f"the submodule has {item!r}: {offered.file}", offered.file),
                    Evidence(f"what was got instead: {failure.message}"),
                    *asks(case, failure),
                    fix=f"rename one of them; until then: sys.modules['{package}.{tail}'], or "
                    f"from {package}.{tail} import {item}",
                    about=f"{package}.{tail}",
                    weight=85 - minus,
                )
                return


def _asked_of_submodules(case: Case, failure: Failure, frame: Frame) -> Iterator[tuple[str, str, str]]:
    """Give package, submodule and item, as the failing line may have meant them."""
    item = failure.error.name if failure.error is not None else None
    for name in used(outline(case, frame.file), frame.line):
        parts = name.split(".")
        if not item or item not in parts[1:]:
            continue
        middle = parts[1 : parts.index(item, 1)]
        for module, taken, _ in sources_of(case, frame, parts[0]):
            whole = [part for part in (*module.split("."), taken, *middle) if part]
            if len(whole) > 1:
                yield ".".join(whole[:-1]), whole[-1], item


def module_not_callable(case: Case) -> Iterator[Finding]:
    """Say that a module was used where something of its name in it, or in its package, was meant."""
    for failure, minus in ranked(case):
        if failure.error is None or failure.error.error not in ("TypeError", "AttributeError"):
            continue
        if failure.error.error == "TypeError" and not any(said in failure.message for said in _NO_CLASS):
            continue
        for frame in program_frames(case, failure)[:1]:
            for module in _modules_used(case, failure, frame):
                found = _overwrites(case, failure, module, minus) or _member(case, failure, module, minus)
                if found is not None:
                    yield found
                    return


def _modules_used(case: Case, failure: Failure, frame: Frame) -> Iterator[str]:
    """Name the modules that the failing line uses like something else."""
    if failure.kind == "attribute":
        yield failure.module
        return
    told = outline(case, frame.file)
    names = called(told, frame.line) if _NOT_CALLABLE in failure.message else []
    said = line(case, frame.file, frame.line)
    names = (
        names
        or used(told, frame.line)
        or [one["name"] for one in (told or {}).get("bindings", ()) if one["name"] in said]
    )
    for name in names:
        base, _, rest = name.partition(".")
        for module, item, _ in sources_of(case, frame, base):
            whole = ".".join(part for part in (module, item, rest) if part)
            known = whole in case.imported or whole in case.stdlib_names
            if known or places.winner(case, whole) is not None:
                yield whole


def _overwrites(case: Case, failure: Failure, module: str, minus: int) -> Finding | None:
    package, _, tail = module.rpartition(".")
    file = case.origin(package) if package else None
    own = [one for one in bindings(outline(case, file), tail) if one["kind"] != "import"] if file else []
    if file is None or not own:
        return None
    own_file = case.origin(module) or getattr(places.winner(case, module), "file", module)
    when = case.imported.get(module)
    return case.finding(
        "submodule-overwrites-attribute",
        f"importing {own_file} bound the submodule {module!r} over the {own[-1]['kind']} {tail!r} of {file}",
        Evidence(
            f"{package!r} binds {tail!r} first: {line(case, file, own[-1]['line'])}", file, own[-1]["line"]
        ),
        Evidence(
            f"a submodule is bound in its package when its import is done; that replaces {tail!r}", own_file
        ),
        *(
            [Evidence(f"{module!r} was imported here", when.file, when.line)]
            if when is not None and when.file and when.line
            else ()
        ),
        *asks(case, failure),
        fix=f"rename the submodule {own_file} or the {own[-1]['kind']} {tail!r} in {file}",
        about=module,
        weight=87 - minus,
    )


def _member(case: Case, failure: Failure, module: str, minus: int) -> Finding | None:
    tail = module.rpartition(".")[2]
    file = case.origin(module) or getattr(places.winner(case, module), "file", None)
    told = outline(case, file) if file else None
    known = {one["name"] for one in told["bindings"]} if told else set()
    known |= {name for name in told["all"]["items"] if name} if told and told["all"] else set()
    known |= {_MEMBERS_IN_C[module]} if module in _MEMBERS_IN_C else set()
    known |= set(failure.error.held if failure.error is not None and failure.kind == "attribute" else ())
    member = next((name for name in sorted(known) if name.lower() == tail.lower()), None)
    if member is None or (failure.kind == "attribute" and not _has(case, file, member, failure.item)):
        return None
    at = next((one["line"] for one in bindings(told, member)), None)
    return case.finding(
        "module-used-instead-of-its-member",
        f"{module!r} is the module {file or ''}; what is meant is {module}.{member}, which is in it",
        Evidence(f"{module!r} has a member {member!r}: {module}.{member}", file, at),
        *asks(case, failure),
        fix=f"from {module} import {member}; or write {module}.{member}",
        about=module,
        weight=76 - minus,
    )


def _has(case: Case, file: str | None, cls: str, item: str) -> bool:
    """Say whether a class has a method; where the module is only a front, the file behind it is read."""
    if file is None:
        return False
    directory, _, base = file.rpartition("/")
    for place in (file, f"{directory}/_py{base}"):
        told: dict[str, Any] | None = outline(case, place)
        if told and any(one["name"] == item and one["where"] == cls for one in told["locals"]):
            return True
    return False


def import_gives_top(case: Case) -> Iterator[Finding]:
    """Say that ``__import__('a.b')`` gives ``a``."""
    for failure, minus in ranked(case):
        if failure.kind != "attribute":
            continue
        for frame in program_frames(case, failure)[:1]:
            for at, name, given in (outline(case, frame.file) or {}).get("calls", ()):
                if name not in ("__import__", "builtins.__import__"):
                    continue
                whole = given or next(
                    (span.name for span in case.imports if span.file == frame.file and span.line == at), None
                )
                if not whole or not whole.startswith(f"{failure.module}."):
                    continue
                file = case.origin(whole) or getattr(places.winner(case, whole), "file", None)
                if file is None or not bindings(outline(case, file), failure.item):
                    continue
                yield case.finding(
                    "dunder-import-returns-top",
                    f"__import__({whole!r}) in {frame.file}, line {at}, gives the top package "
                    f"{failure.module!r}, not {whole!r}",
                    Evidence(f"call: {line(case, frame.file, at)}", frame.file, at),
                    Evidence(f"{failure.item!r} is in {file}", file),
                    *asks(case, failure),
                    fix=f"importlib.import_module({whole!r})",
                    about=whole,
                    weight=90 - minus,
                )
                return


RULES = (never_imported, attribute_hides, module_not_callable, import_gives_top)
