"""One file that is loaded more than once: as ``__main__`` and by its name, or under two names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...finding import Evidence
from .. import chains, locations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ...spans import ImportSpan
    from ..case import Case

_ABOUT_IMPORTS = ("ImportError", "ModuleNotFoundError", "SyntaxError", "IndentationError", "RecursionError")


def module_imported_twice_as_main(case: Case) -> Iterator[Finding]:
    """Say that the file that runs as ``__main__`` was imported again under its name."""
    main = locations.script(case)
    again = [] if main is None else [span for span in _loads(case) if case.found[span.name].origin == main]
    if main is None or not again or locations.is_site(main):
        return
    span = again[0]
    severity, weight = _gravity(case, main)
    yield case.finding(
        "module-imported-twice-as-main",
        f"{main} runs twice: as __main__, and a second time as {span.name!r}, with two copies of its classes "
        f"and variables",
        Evidence(f"{main} was started as __main__", main),
        Evidence(
            f"{span.importer or 'the program'} imports it again as {span.name!r}",
            span.file,
            span.line,
            span.began.order,
        ),
        fix=f"move what {span.importer or 'others'} needs from {main} into a module that nothing runs as a "
        f"script, or run {span.name} by a thin script that only imports it",
        about=span.name,
        severity=severity,
        weight=weight,
    )


def module_imported_under_two_names(case: Case) -> Iterator[Finding]:
    """Say that one file was imported under two names."""
    first: dict[str, ImportSpan] = {}
    for span in _loads(case):
        file = case.found[span.name].origin
        if file is None or not file.endswith(".py") or locations.is_site(file) or case.is_stdlib(file):
            continue
        before = first.setdefault(file, span)
        if before.name == span.name or before.name.rpartition(".")[2] != span.name.rpartition(".")[2]:
            continue
        severity, weight = _gravity(case, file)
        yield case.finding(
            "module-imported-under-two-names",
            f"{file} is imported under two names, {before.name!r} and {span.name!r}: two modules, each with "
            "its own classes and variables",
            *[
                Evidence(
                    f"{one.importer or 'the program'} imports it as {one.name!r}",
                    one.file,
                    one.line,
                    one.began.order,
                )
                for one in (before, span)
            ],
            *[Evidence(_entry(case, file, one.name)) for one in (before, span)],
            fix=f"import it as {max(before.name, span.name, key=len)} everywhere, and take "
            f"{_entry_of(file, min(before.name, span.name, key=len))} off the search path",
            about=span.name,
            severity=severity,
            weight=weight + 2,
        )
        return


def _loads(case: Case) -> list[ImportSpan]:
    return [span for span in case.imports if span.name in case.found and span.outcome != "not-found"]


def _gravity(case: Case, file: str) -> tuple[str, int]:
    """Weigh a file that is there twice: it explains failures of identity and state, no others."""
    failure = case.failure
    if failure is None:
        return "warning", 60
    error = failure.error
    if error is None or error.error in _ABOUT_IMPORTS or failure.kind == "not-found":
        return "note", 25
    if chains.binding(case, file, error.error) is not None:
        return "error", 90
    touched = any(step.file == file for step in chains.steps_of(failure.frames))
    identity = error.error in ("AssertionError", "TypeError", "KeyError", "LookupError", "RuntimeError")
    return ("error", 74) if touched or identity else ("warning", 30)


def _entry_of(file: str, name: str) -> str:
    here = locations.parent(file)
    for _ in range(name.count(".") + file.endswith("/__init__.py")):
        here = locations.parent(here)
    return here


def _entry(case: Case, file: str, name: str) -> str:
    entry = _entry_of(file, name)
    return f"{name!r} comes from the entry {entry} ({case.source(entry) or 'added at run time'})"


def runpy_double_import(case: Case) -> Iterator[Finding]:
    """Say that ``-m`` runs a module that its package has imported already."""
    target = case.start.get("target") or ""
    if case.start.get("program") != "module":
        return
    for span in case.imports:
        package, _, tail = span.name.rpartition(".")
        if span.name not in (target, f"{target}.__main__") or not package:
            continue
        around = span.parent
        while around is not None and around.name != package:
            around = around.parent
        if around is None or span.outcome in ("not-found", "failed"):
            continue
        file = span.file or package
        yield case.finding(
            "runpy-double-import-warning",
            f"{file} imports {span.name}, which -m {target} then runs a second time as __main__",
            Evidence(
                f"{span.importer} imports {span.name}",
                span.file,
                span.line,
                span.began.order,
            ),
            Evidence(f"-m imports the package {package} first, and then runs {tail} from its file again"),
            fix=f"do not import {tail} in {file}, or run it by another module: a thin __main__.py",
            about=span.name,
            severity="warning",
            weight=62,
        )
        return


def script_imports_itself(case: Case) -> Iterator[Finding]:
    """Say that a script has the name of the module that it imports."""
    main = locations.script(case)
    if main is None or case.failure is None:
        return
    for span in _loads(case):
        if case.found[span.name].origin != main or span.file != main or span.importer != "__main__":
            continue
        name = span.name
        hidden = [
            one for one in locations.on_path(case, name) if one.file != main and one.kind != "directory"
        ]
        what = "a module of the standard library" if name in case.stdlib_names else "another module"
        evidence = [
            Evidence(f"the script imports {name!r}", span.file, span.line, span.began.order),
            Evidence(f"{name!r} is {main}, the script itself, a second time beside __main__", main),
            *[
                Evidence(f"{name!r} of {_owner(case, one)} lies in {one.home}", one.file)
                for one in hidden[:1]
            ],
        ]
        yield case.finding(
            "script-imports-itself",
            f"the script {main} has the same name as {what} that it imports, so it imports itself",
            *evidence,
            fix=f"rename {main} to something else than {name}.py, and delete its __pycache__",
            about=name,
            weight=94 if hidden or name in case.stdlib_names else 84,
        )
        return


def _owner(case: Case, place: locations.Place) -> str:
    if case.is_stdlib(place.file):
        return "the standard library"
    return locations.named(locations.owner(case, place)) or "another entry of the path"


RULES = (
    script_imports_itself,
    module_imported_twice_as_main,
    module_imported_under_two_names,
    runpy_double_import,
)
