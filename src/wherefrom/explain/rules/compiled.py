"""Bytecode that is for another Python, damaged, without its source, or older than its source."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any

from ...finding import Evidence
from ..locations import absolute, entries
from ..sought import ended_badly, failures, is_directory, is_file, locations, place, sought

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case, Failure
    from ..sought import Sought


def cached_file(case: Case, source: str) -> str:
    """Name the file in ``__pycache__`` for a source file (PEP 3147)."""
    home, name = posixpath.split(source)
    return f"{home}/__pycache__/{name.removesuffix('.py')}.{case.facts.get('cache_tag')}.pyc"


def bytecode(case: Case, file: str, source: str = "", name: str = "") -> dict[str, Any]:
    """Tell what a bytecode file says of itself; empty if that is not known."""
    return case.around.ask("bytecode", file, source, name) or {}


def bad_magic(case: Case) -> Iterator[Finding]:
    """Say that a module without source was compiled by another Python."""
    for failure in failures(case):
        error = failure.error
        if error is not None and failure.message.startswith("bad magic number in") and error.name:
            yield _magic(case, error.name, error.path or case.origin(error.name) or error.name, failure)
            return
    if case.question is None:
        return
    for found in case.found.values():
        if found.module_kind == "bytecode" and found.origin:
            told = bytecode(case, found.origin)
            magic = int.from_bytes(bytes((case.facts.get("magic") or [0, 0])[:2]), "little")
            if told and magic and told["magic"] != magic:
                yield _magic(case, found.name, found.origin, None)
                return


def _magic(case: Case, name: str, file: str, failure: Failure | None) -> Finding:
    told = bytecode(case, file)
    made = f"Python {told['python']}" if told.get("python") else "no known Python"
    at = place(failure, case) if failure is not None else None
    return case.finding(
        "pyc-bad-magic",
        f"{file} was compiled by {made}; it has no source, and this is Python {_version(case)}",
        Evidence(f"its magic number is {told.get('magic')}, that of {made}", file),
        *([Evidence(f"{name!r} is imported here", *at)] if at else []),
        fix=f"install {name!r} with its source, or for Python {_version(case)}; or run it with {made}",
        about=name,
        weight=88,
    )


def damaged(case: Case) -> Iterator[Finding]:
    """Say that a file in ``__pycache__`` is cut off."""
    for failure in failures(case):
        error = failure.error
        if error is None or not _is_damage(error.error, failure.message):
            continue
        # What failed without being found is another story, such as a module that showing the error tries.
        found = [case.found[span.name] for span in case.failed if span.name in case.found]
        name, origin = next(((one.name, one.origin) for one in reversed(found) if one.origin), ("", None))
        if not origin:
            continue
        file = origin if origin.endswith(".pyc") else cached_file(case, absolute(case, origin))
        told = bytecode(case, file)
        if not told:
            continue
        at = place(failure, case)
        yield case.finding(
            "pyc-corrupt",
            f"{file} is damaged or truncated: {failure.message}",
            Evidence(f"it has only {told['size']} bytes", file, event=error.order),
            Evidence(f"it is the compiled form of {origin}, which itself is not read then"),
            *([Evidence(f"{name!r} is imported here", *at)] if at else []),
            fix=f"delete {file}; it is made again",
            about=name,
            weight=88,
        )
        return


def _is_damage(error: str, message: str) -> bool:
    words = (
        r"marshal data too short|bad marshal data|EOF read where|reached EOF while reading|Non-code object in"
    )
    return error in ("EOFError", "ValueError", "TypeError", "ImportError") and bool(re.search(words, message))


def only_cache_left(case: Case) -> Iterator[Finding]:
    """Say that of a module only its file in ``__pycache__`` is left, which does not count without source."""
    for one in sought(case):
        above = one.name.rpartition(".")[0]
        homes = one.homes or (locations(case, above) if above else ())
        for home in homes:
            cached = [name for name in case.listing(f"{home}/__pycache__") if name.startswith(f"{one.tail}.")]
            inner = (
                case.listing(f"{home}/{one.tail}/__pycache__") if _bare(case, f"{home}/{one.tail}") else []
            )
            inside = [name for name in inner if name.startswith("__init__.")]
            if inside:
                yield _left(
                    case, one, f"{home}/{one.tail}/__pycache__/{inside[0]}", f"{home}/{one.tail}/__init__.py"
                )
                return
            if cached and not case.exists(f"{home}/{one.tail}.py"):
                yield _left(case, one, f"{home}/__pycache__/{cached[0]}", f"{home}/{one.tail}.py")
                return


def _bare(case: Case, directory: str) -> bool:
    return is_directory(case, directory) and not is_file(case, f"{directory}/__init__.py")


def _left(case: Case, one: Sought, cached: str, source: str) -> Finding:
    above = one.name.rpartition(".")[0]
    evidence = [Evidence(f"{source} is missing", source)]
    home = posixpath.dirname(posixpath.dirname(cached))
    if above and not is_file(case, f"{home}/__init__.py"):
        evidence.append(Evidence(f"{home} has no __init__.py: {above!r} is a namespace package", home))
    at = place(one.failure, case)
    return case.finding(
        "only-pycache-left",
        f"of {one.name!r} only {cached} is left, which does not count without its source {source}",
        Evidence(f"left over: {cached}", cached),
        *evidence,
        *([Evidence(f"{one.name!r} is asked for here", *at)] if at else []),
        fix=f"restore {source} (from version control, another branch, or by installing it again)",
        about=one.name,
        weight=85,
    )


def without_source(case: Case) -> Iterator[Finding]:
    """Say that a bytecode file beside no source was imported, while the source lies elsewhere or is newer."""
    wanted = [case.question] if case.question else [one.module for one in failures(case) if one.item]
    for name in wanted:
        found = case.found.get(name)
        file = (found.origin if found is not None else None) or case.origin(name) or ""
        if not file.endswith(".pyc") or "/__pycache__/" in file:
            continue
        failure = next((one for one in failures(case) if one.module == name and one.item), None)
        sources = _sources(case, name, file)
        if not sources and failure is None:
            continue
        lacks = [Evidence(f"it has no {failure.item!r}, which is asked for", file)] if failure else []
        elsewhere = f"; the source is {sources[0]}" if sources else "; its source is gone"
        yield case.finding(
            "stale-legacy-pyc",
            f"{name!r} was taken from {file}, bytecode without source{elsewhere}",
            Evidence(f"there is no {posixpath.basename(file)[:-1]} beside it", file),
            *lacks,
            *(Evidence(f"a source of that name: {one}", one) for one in sources),
            fix=f"delete {file}",
            about=name,
            weight=85 if sources else 60,
            certainty="observed" if sources else "inferred",
        )
        return


def _sources(case: Case, name: str, file: str) -> list[str]:
    parts = name.replace(".", "/")
    ends = (f"{parts}.py", f"{parts}/__init__.py")
    return [f"{home}/{end}" for home in entries(case) for end in ends if is_file(case, f"{home}/{end}")]


def older_than_source(case: Case) -> Iterator[Finding]:
    """Say that a module was run from bytecode that is older than its source."""
    asked = [
        (one.module, one.item) for one in failures(case) if one.kind in ("name", "attribute") and one.item
    ]
    if case.question:
        asked.append((case.question, ""))
    elif not asked and ended_badly(case):
        asked += [
            (name, "") for name, one in case.found.items() if one.origin and not case.is_stdlib(one.origin)
        ][:50]
    for name, item in asked:
        source = case.origin(name) or (case.found[name].origin if name in case.found else None) or ""
        if source.endswith(".py"):
            source = absolute(case, source)
            cached = cached_file(case, source)
            told = bytecode(case, cached, source, item) if is_file(case, cached) else {}
            if told:
                yield from _older(case, name, item, source, cached, told)


def _older(
    case: Case, name: str, item: str, source: str, cached: str, told: dict[str, Any]
) -> Iterator[Finding]:
    lines = [one["line"] for one in (case.outline(source) or {}).get("bindings", ()) if one["name"] == item]
    shown = [Evidence(f"the source binds {item!r} here", source, lines[0])] if lines else []
    if told["kind"] == "unchecked" and told["fits"] is False:
        yield case.finding(
            "unchecked-pyc-stale",
            f"{name!r} was run from {cached}, which is never compared with {source} and no longer fits it",
            Evidence("it is an unchecked hash pyc (PEP 552)", cached),
            Evidence("the hash in it is not that of the source", cached),
            *shown,
            fix=f"delete {cached}, or compile again with --invalidation-mode checked-hash",
            about=name,
            weight=90,
        )
    elif told["kind"] == "timestamp" and told["fits"] and lines and not told["names"]:
        yield case.finding(
            "pyc-same-mtime-and-size",
            f"{name!r} was run from {cached}, made from another state of {source} of the same time and size",
            Evidence(f"{item!r} is not in the bytecode", cached),
            Evidence(
                f"time {told['mtime']} (whole seconds) and size {told['length']} are those of the source",
                source,
            ),
            *shown,
            fix=f"touch {source}, or delete {cached}",
            about=name,
            weight=90,
        )


def _version(case: Case) -> str:
    return ".".join(map(str, case.python))


RULES = (bad_magic, damaged, only_cache_left, without_source, older_than_source)
