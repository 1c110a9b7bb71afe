"""Programs that were packed into one file, and search paths that only an editor knows."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from ...finding import Evidence
from ..locations import absolute, entries
from ..sought import event_of, failures, is_file, own_frame, place, sought

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case

_DYNAMIC = re.compile(r"\bimport_module\s*\(|\b__import__\s*\(|\brun_module\s*\(|\bfind_spec\s*\(")
_LITERAL = re.compile(r"(?:import_module|__import__|run_module|find_spec)\s*\(\s*['\"][^'\"]*['\"]\s*[,)]")
_PACKED = (".pyz", ".zip", ".exe", ".pex", ".shiv", ".xar")
# Where editors keep the directories of sources: PyCharm, VS Code (Pylance), Pyright.
_EDITORS = (".vscode/settings.json", "pyrightconfig.json", ".env")


def bundle(case: Case) -> str:
    """Name the archive that the program is; empty if it is none."""
    target = absolute(case, str(case.start.get("target") or ""))
    found = case.around.ask("archive", target) if case.start.get("program") in ("script", "place") else None
    if found and not found.get("error") and found.get("names"):
        return target
    return target if target.endswith(_PACKED) and is_file(case, target) else ""


def misses_dynamic_import(case: Case) -> Iterator[Finding]:
    """Say that a packed program has no module whose name it builds while it runs."""
    packed = bundle(case)
    if not packed:
        return
    names = case.archive_names(packed)
    for one in sought(case):
        above = one.name.rpartition(".")[0].replace(".", "/")
        inside = above and any(name.startswith(f"{above}/") for name in names)
        frame = own_frame(case, one.failure) or one.failure.where
        line = _line(case, frame.file, frame.line) if frame is not None else ""
        dynamic = any(frame.function in ("import_module", "_gcd_import") for frame in one.failure.frames)
        if not (inside or dynamic) or (line and not _DYNAMIC.search(line)) or _LITERAL.search(line):
            continue
        source = _source(case, one.name, packed)
        yield case.finding(
            "bundle-misses-dynamic-import",
            f"the bundle {packed} has no module {one.name!r}: its name is made at run time, and what "
            "packed the archive saw no import of it",
            Evidence(f"the archive has {len(names)} files, and none for {one.name!r}", packed),
            *(
                [Evidence("it is asked for here", frame.file, frame.line, event_of(one.failure))]
                if frame
                else []
            ),
            *([Evidence(f"its source lies in {source}", source)] if source else []),
            fix=f"name {one.name!r} as a hidden import when the bundle is made",
            about=one.name,
            certainty="observed" if line else "inferred",
            weight=86,
        )
        return


def _line(case: Case, file: str, number: int) -> str:
    return case.line(file, number)


def _source(case: Case, name: str, packed: str) -> str:
    end = name.replace(".", "/")
    home = posixpath.dirname(packed)
    for file in case.around.ask("tree", home) or ():
        if file.endswith((f"{end}.py", f"{end}/__init__.py")):
            return f"{home}/{file}"
    return ""


def codec_missing(case: Case) -> Iterator[Finding]:
    """Say that a packed program lacks a codec, which is imported when it is first used."""
    for failure in failures(case):
        match = re.match(r"unknown encoding: '?([\w.-]+)'?", failure.message)
        if match is None or failure.error is None or failure.error.error != "LookupError":
            continue
        name = match[1].replace("-", "_").lower()
        packed = bundle(case)
        homes = [entry for entry in entries(case) if is_file(case, f"{entry}/encodings/{name}.py")]
        if not packed and homes:
            continue
        known = f"encodings.{name}"
        if not packed and known not in _codecs(case):
            continue
        at = place(failure, case)
        yield case.finding(
            "encodings-module-missing-in-bundle",
            f"the codec {match[1]!r} is missing: the module {known!r} is not in {packed or 'this bundle'}",
            Evidence(f"the error: {failure.message}", event=event_of(failure)),
            Evidence(f"a codec is imported when it is first used: {known}"),
            *([Evidence("it is used here", *at)] if at else []),
            fix=f"put the package encodings, with {known!r}, into the bundle",
            about=known,
            certainty="inferred",
            weight=80,
        )
        return


def _codecs(case: Case) -> tuple[str, ...]:
    """Name codecs of the standard library that bundles are known to leave out."""
    return tuple(
        f"encodings.{name}" for name in ("idna", "mbcs", "punycode", "cp437", "utf_8_sig", "cp1252", "oem")
    )


def editors_path(case: Case) -> Iterator[Finding]:
    """Say that a module lies in a directory that only an editor has on its search path."""
    for one in sought(case):
        if "." in one.name:
            continue
        at = place(one.failure, case)
        homes = dict.fromkeys([case.cwd, *_above(posixpath.dirname(at[0]) if at else "")])
        for home in homes:
            for file, entry in _roots(case, home):
                ends = (f"{one.tail}.py", f"{one.tail}/__init__.py")
                found = next((f"{entry}/{end}" for end in ends if is_file(case, f"{entry}/{end}")), None)
                if found is None or entry in entries(case):
                    continue
                yield case.finding(
                    "ide-only-search-path",
                    f"{one.name!r} is {found}, and {entry} is a source root for the editor only ({file})",
                    Evidence(f"{file} names the directory {entry}", file),
                    Evidence(f"{entry} is not on sys.path"),
                    *([Evidence("it is imported here", *at)] if at else []),
                    fix=f"install the project (python -m pip install -e {home}), or set PYTHONPATH={entry}",
                    about=one.name,
                    weight=83,
                )
                return


def _above(directory: str) -> list[str]:
    found: list[str] = []
    while directory.count("/") > 1 and len(found) < 4:
        found.append(directory)
        directory = posixpath.dirname(directory)
    return found


def _roots(case: Case, home: str) -> Iterator[tuple[str, str]]:
    """Give the source roots that editors' files in a directory name: file and directory."""
    for name in case.listing(f"{home}/.idea"):
        if name.endswith(".iml"):
            file = f"{home}/.idea/{name}"
            for root in re.findall(
                r'sourceFolder url="file://\$MODULE_DIR\$/?([^"]*)"', case.text(file) or ""
            ):
                yield file, posixpath.normpath(f"{home}/{root}")
    for name in _EDITORS:
        text = case.text(f"{home}/{name}") or ""
        listed = re.findall(r'"(?:python\.(?:analysis|autoComplete)\.)?extraPaths"\s*:\s*\[([^\]]*)\]', text)
        roots = re.findall(r'"([^"]+)"', " ".join(listed))
        roots += re.findall(r"^PYTHONPATH=['\"]?([^'\"\n]+)", text, re.MULTILINE)
        for root in roots:
            inner = root.replace("${workspaceFolder}", home).replace("${workspaceRoot}", home)
            yield f"{home}/{name}", posixpath.normpath(posixpath.join(home, inner))


RULES = (misses_dynamic_import, codec_missing, editors_path)
