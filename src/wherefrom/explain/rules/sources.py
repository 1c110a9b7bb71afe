"""Source files that cannot be compiled: broken, too new, too old, or no text at all."""

from __future__ import annotations

import keyword
import re
from typing import TYPE_CHECKING

from ...finding import Evidence
from ..grammar import NEWER, PYTHON2
from ..locations import absolute, entries
from ..sought import event_of, failures, locations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case, Failure

_SYNTAX = ("SyntaxError", "IndentationError", "TabError", "_IncompleteInputError")
_MARKERS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_ENCODING = re.compile(
    r"codec can't decode|Non-UTF-8 code|unknown encoding|encoding problem|with BOM"
    r"|invalid or missing encoding"
)
_NUL = re.compile(r"null bytes")


def not_compiled(case: Case) -> Iterator[Finding]:
    """Say why a source file cannot be compiled."""
    for failure in failures(case):
        error = failure.error
        if error is None:
            continue
        if _NUL.search(failure.message) and error.error in ("SyntaxError", "ValueError"):
            yield _nul(case, failure)
            return
        if error.error not in (*_SYNTAX, "UnicodeDecodeError", "LookupError"):
            continue
        if _ENCODING.search(failure.message) and (error.error in _SYNTAX or _compiles(failure)):
            yield _encoding(case, failure)
            return
        if error.error in _SYNTAX and error.path:
            yield _syntax(case, failure, absolute(case, error.path), error.line or 0)
            return


def _compiles(failure: Failure) -> bool:
    return failure.where is not None and failure.where.file.startswith("<frozen importlib")


def _file(case: Case, failure: Failure) -> str:
    """Name the file that was compiled: the error's, or that of the import that failed last."""
    path = failure.error.path if failure.error is not None else None
    if path and not path.startswith("<"):
        return absolute(case, path)
    names = [span.name for span in case.failed if span.name in case.found]
    for name in reversed(names):
        origin = case.found[name].origin
        if origin:
            return absolute(case, origin)
    return str(case.start.get("target") or "the file")


def _where(case: Case, failure: Failure, file: str) -> list[Evidence]:
    frames = [frame for frame in failure.frames if frame.file != file and not frame.file.startswith("<")]
    return [Evidence("it is imported here", frames[-1].file, frames[-1].line)] if frames else []


def _nul(case: Case, failure: Failure) -> Finding:
    file = _file(case, failure)
    text = case.around.ask("head", file) or ""
    raw = bytes.fromhex(text)
    wide = raw[:2] in (b"\xff\xfe", b"\xfe\xff") or (
        raw[1::2].count(0) > len(raw) // 4 or raw[::2].count(0) > len(raw) // 4
    )
    kind = "it is UTF-16 text, in which every other byte is zero" if wide else "it is no text"
    if file.rpartition("/")[2].startswith("._"):
        kind = "it is an AppleDouble file, which macOS writes beside the real one"
    return case.finding(
        "null-bytes-in-source",
        f"{file} has null bytes: {kind}",
        Evidence(f"the error: {failure.message}", file, event=event_of(failure)),
        Evidence(f"it begins with {raw[:12]!r}", file),
        *_where(case, failure, file),
        fix=f"save {file} as UTF-8" if wide else f"restore {file}",
        about=_module(case, file),
        weight=88,
    )


def _encoding(case: Case, failure: Failure) -> Finding:
    file = _file(case, failure)
    line = failure.error.line if failure.error is not None else None
    unknown = re.search(r"(?:unknown encoding|encoding problem): ?'?([\w.-]*)", failure.message)
    says = f"names the encoding {unknown[1]!r}, which is unknown" if unknown else (
        "is not written in the encoding that it is read in, UTF-8 unless its first lines say another"
    )  # fmt: skip
    return case.finding(
        "source-encoding-error",
        f"{file} {says}",
        Evidence(f"the error: {failure.message}", file, line, event_of(failure)),
        *_where(case, failure, file),
        fix=f"save {file} as UTF-8"
        + (" and correct its coding line" if unknown else ", or declare its encoding"),
        about=_module(case, file),
        weight=88,
    )


def _module(case: Case, file: str) -> str:
    return next((name for name, one in case.found.items() if one.origin == file), "")


def _syntax(case: Case, failure: Failure, file: str, line: int) -> Finding:
    text = (failure.error.text if failure.error is not None else "") or case.line(file, line)
    place = Evidence(f"line {line}: {text.strip()[:200]}", file, line)
    base = [Evidence(f"the error: {failure.message}", event=event_of(failure)), place]
    base += _where(case, failure, file)
    for judge in (_future, _name, _conflict, _newer, _old):
        found = judge(case, failure, file, line, text, base)
        if found is not None:
            return found
    return case.finding(
        "syntax-error-in-module",
        f"{file} cannot be compiled: line {line}: {failure.message.partition(' (')[0]}",
        *base,
        fix=f"correct line {line} of {file}",
        about=_module(case, file),
        weight=70,
    )


def _future(
    case: Case, failure: Failure, file: str, line: int, text: str, base: list[Evidence]
) -> Finding | None:
    match = re.search(r"future feature (\w+) is not defined", failure.message)
    if match is None:
        return None
    return case.finding(
        "unknown-future-feature",
        f"{file} asks in line {line} for the future feature {match[1]!r}, which Python "
        f"{_version(case)} does not know",
        *base,
        fix=f"take {match[1]!r} out of the import, or run it with a Python that knows it",
        about=_module(case, file),
        weight=88,
    )


def _name(
    case: Case, failure: Failure, file: str, line: int, text: str, base: list[Evidence]
) -> Finding | None:
    """Tell of an import of a file whose name is no identifier."""
    match = re.match(r"\s*(?:from\s+(?P<above>[\w.]*)\s+)?import\s+(?P<rest>[^#;]+)", text)
    from_ = re.match(r"\s*from\s+(?P<name>[^\s]+)\s+import", text)
    names = re.split(r"\s*,\s*|\s+as\s+", match["rest"].strip(" ()\n")) if match else []
    above = (match["above"] or "") if match else ""
    if from_ and not above:
        names = [from_["name"]]
    for name in names:
        *outer, tail = name.strip().split(".")
        package = ".".join([one for one in [above.strip("."), *outer] if one])
        if tail.isidentifier() and not keyword.iskeyword(tail):
            continue
        for home in locations(case, package) if package else (*entries(case), file.rpartition("/")[0]):
            for end in (".py", "/__init__.py"):
                if tail and case.exists(f"{home}/{tail}{end}"):
                    return _not_identifier(case, f"{home}/{tail}{end}", tail, file, base)
    return None


def _not_identifier(case: Case, module: str, tail: str, file: str, base: list[Evidence]) -> Finding:
    if keyword.iskeyword(tail):
        why, better = f"{tail!r} is a keyword", f"{tail}_"
    elif "-" in tail:
        why, better = f"{tail!r} has a hyphen, which is a minus sign in Python", tail.replace("-", "_")
    else:
        why, better = (
            f"{tail!r} is no identifier",
            re.sub(r"\W", "_", f"_{tail}" if tail[:1].isdigit() else tail),
        )
    return case.finding(
        "module-name-not-an-identifier",
        f"{module} cannot be imported by a statement: {why}",
        *base,
        Evidence(f"the file is there: {module}", module),
        fix=f"rename it to {better}.py, or import it with importlib.import_module({tail!r})",
        about=tail,
        weight=90,
    )


def _conflict(
    case: Case, failure: Failure, file: str, line: int, text: str, base: list[Evidence]
) -> Finding | None:
    marked = [one for one in (line, line - 1, line + 1) if case.line(file, one).startswith(_MARKERS)]
    if not marked and not text.strip().startswith(_MARKERS):
        return None
    at = marked[0] if marked else line
    return case.finding(
        "syntax-error-in-module",
        f"{file} has the marks of a merge conflict that was not resolved, in line {at}",
        *base,
        Evidence(f"conflict marker: {case.line(file, at)}", file, at),
        fix=f"resolve the merge conflict in {file}",
        about=_module(case, file),
        weight=88,
    )


def _newer(
    case: Case, failure: Failure, file: str, line: int, text: str, base: list[Evidence]
) -> Finding | None:
    lines = [text, case.line(file, line), case.line(file, line - 1)]
    for since, words, feature in NEWER:
        if case.python < since and any(re.search(words, one) for one in lines):
            return _too_new(case, failure, file, line, base, ".".join(map(str, since)), feature)
    outline = case.outline(file)
    if (
        outline is not None
        and outline["error"] is None
        and not any(re.search(one, text) for one, _ in PYTHON2)
    ):
        # The interpreter that looks can parse it, and the one that ran it could not.
        return _too_new(case, failure, file, line, base, "a later version", "syntax")
    return None


def _too_new(
    case: Case, failure: Failure, file: str, line: int, base: list[Evidence], since: str, feature: str
) -> Finding:
    owner = case.distribution_of(file)
    if owner is not None and owner.get("requires_python"):
        base = [
            *base,
            Evidence(f"{owner['name']} {owner['version']} requires Python {owner['requires_python']}"),
        ]
    newer = f"Python {since}" if since[:1].isdigit() else since
    return case.finding(
        "syntax-newer-than-interpreter",
        f"{file} uses in line {line} {feature} of {newer}; it runs on Python {_version(case)}",
        *base,
        Evidence(f"{feature}: since {newer}"),
        fix=f"run it with {newer} or later, or write line {line} without it",
        about=_module(case, file),
        weight=85,
    )


def _old(
    case: Case, failure: Failure, file: str, line: int, text: str, base: list[Evidence]
) -> Finding | None:
    for words, what in PYTHON2:
        if re.search(words, text) or re.search(words, failure.message):
            return case.finding(
                "python2-syntax",
                f"{file} is written for Python 2: line {line} has {what}",
                *base,
                fix=f"port {file} to Python 3, or install a version of it for Python 3",
                about=_module(case, file),
                weight=85,
            )
    return None


def _version(case: Case) -> str:
    return ".".join(map(str, case.python))


RULES = (not_compiled,)
