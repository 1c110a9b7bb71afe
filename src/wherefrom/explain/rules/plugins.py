"""Modules that are loaded from files by hand, and names that installed distributions promise."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any

from ...finding import Evidence
from ..locations import absolute
from ..sought import event_of, failures, own_frame

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case, Failure

_SCRIPT_DIRECTORIES = ("bin", "Scripts")
_CALL = re.compile(r"spec_from_file_location\(\s*[^,]+,\s*(?:location\s*=\s*)?['\"]([^'\"]+)['\"]")
_UNREGISTERED = re.compile(
    r"'NoneType' object has no attribute '__dict__'|import of module|no known parent package|No module named"
    r"|not found as|not in sys\.modules"
)


def not_registered(case: Case) -> Iterator[Finding]:
    """Say that a module that was loaded from its file is not in ``sys.modules``."""
    for failure in failures(case):
        if failure.error is None:
            continue
        for frame in reversed(failure.frames):
            held = case.held(frame.module)
            looked_up = failure.error.error == "KeyError" and failure.message == repr(frame.module)
            if not looked_up and not _UNREGISTERED.search(failure.message):
                continue
            # What it imports and nobody has is another matter: a module whose import failed is taken out.
            if (
                failure.kind == "not-found"
                and failure.module.partition(".")[0] != frame.module.partition(".")[0]
            ):
                continue
            if not frame.module or held is None or held.outcome != "absent" or frame.file.startswith("<"):
                continue
            if frame.module in case.found or not frame.file.endswith(".py") or case.is_stdlib(frame.file):
                continue
            loader = _loader(case, failure)
            if not loader:
                continue
            file = absolute(case, frame.file)
            yield case.finding(
                "module-loaded-but-not-registered",
                f"{file} was loaded as {frame.module!r}, and nobody put that into sys.modules",
                Evidence(f"its code runs as {frame.module!r}", file, frame.line, event_of(failure)),
                Evidence(f"sys.modules has no {frame.module!r}", event=held.order),
                Evidence(f"what looks it up there fails: {failure.message}"),
                *loader,
                fix=f"sys.modules[{frame.module!r}] = module, before spec.loader.exec_module(module)",
                about=frame.module,
                weight=86,
            )
            return


def _loader(case: Case, failure: Failure) -> list[Evidence]:
    for frame in failure.frames:
        if "exec_module" in case.line(frame.file, frame.line):
            return [Evidence("it is loaded here", frame.file, frame.line)]
    return []


def unknown_suffix(case: Case) -> Iterator[Finding]:
    """Say that no loader is known for the suffix of a file that was to be loaded."""
    for failure in failures(case):
        frame = own_frame(case, failure)
        if frame is None or not re.search(
            r"'NoneType' object has no attribute '(?:loader|name)'", failure.message
        ):
            continue
        text = case.text(frame.file) or ""
        if "spec_from_file_location" not in text:
            continue
        match = _CALL.search(text)
        file = match[1] if match else "the file"
        suffix = posixpath.splitext(file)[1] if match else ""
        known = (".py", ".pyc", *(case.facts.get("extension_suffixes") or ()))
        if match and file.endswith(known):
            continue
        yield case.finding(
            "spec-from-unknown-suffix",
            f"spec_from_file_location gave None for {file}: it knows no loader for the suffix {suffix!r}",
            Evidence(f"the spec is used here: {case.line(frame.file, frame.line)}", frame.file, frame.line),
            Evidence(f"suffixes that it knows: {', '.join(known)}"),
            fix="give it a loader: spec_from_loader(name, importlib.machinery.SourceFileLoader(name, path))",
            certainty="observed" if match else "inferred",
            weight=82 if match else 60,
        )
        return


def stale_script(case: Case) -> Iterator[Finding]:
    """Say that an installed command refers to what its distribution no longer has."""
    target = absolute(case, str(case.start.get("target") or ""))
    if (
        case.start.get("program") != "script"
        or posixpath.basename(posixpath.dirname(target)) not in _SCRIPT_DIRECTORIES
    ):
        return
    for failure in failures(case):
        if (
            failure.kind not in ("not-found", "name")
            or not failure.frames
            or failure.frames[-1].module != "__main__"
        ):
            continue
        frame = failure.frames[-1]
        line = case.line(frame.file, frame.line)
        match = re.match(r"from (\S+) import (\w+)", line)
        if match is None and "entry_point" not in line:
            continue
        now = _script_entry(case, posixpath.basename(target))
        says = [
            Evidence(f"the command is now {value}, of {one['name']} {one['version']}", one["metadata"])
            for one, value in now
        ]
        if now and match and now[0][1].partition(":")[0].strip() == match[1]:
            continue  # it is the module that is broken, not the script
        yield case.finding(
            "stale-console-script",
            f"{target} was made for another state of its distribution: it asks for {failure.module!r}, "
            "which is not there" + (f"; the command is now {now[0][1]}" if now else ""),
            Evidence(line, frame.file, frame.line, event_of(failure)),
            *says,
            fix=f"install {now[0][0]['name'] if now else 'it'} again, so that the command is written anew",
            about=failure.module,
            weight=84,
        )
        return


def _script_entry(case: Case, command: str) -> list[tuple[dict[str, Any], str]]:
    return [
        (one, value)
        for one, group, name, value in _entry_points(case)
        if name == command and group.endswith("_scripts")
    ]


def _entry_points(case: Case) -> Iterator[tuple[dict[str, Any], str, str, str]]:
    """Give each entry point of the installed distributions: distribution, group, name, value."""
    for one in case.distributions:
        group = ""
        for line in (case.text(f"{one['metadata']}/entry_points.txt") or "").splitlines():
            if line.startswith("["):
                group = line.strip("[] ")
            elif "=" in line:
                name, _, value = line.partition("=")
                yield one, group, name.strip(), value.strip()


def broken_entry_point(case: Case) -> Iterator[Finding]:
    """Say which installed plug-in promises a module that is not there."""
    for failure in failures(case):
        loads = [
            frame
            for frame in failure.frames
            if frame.function in ("load", "resolve")
            and ("metadata" in frame.file or "pkg_resources" in frame.file)
        ]
        if failure.kind not in ("not-found", "name", "attribute") or not loads:
            continue
        for one, group, name, value in _entry_points(case):
            module = value.partition(":")[0].strip()
            item = value.partition(":")[2].strip().partition(" ")[0]
            asked = module == failure.module or module.startswith(f"{failure.module}.")
            if not asked or (failure.item and failure.item not in (item, module.rpartition(".")[2])):
                continue
            file = f"{one['metadata']}/entry_points.txt"
            yield case.finding(
                "entry-point-plugin-broken",
                f"the entry point {name!r} of {one['name']} {one['version']} ({file}) names {value}, "
                "which is not there",
                Evidence(f"[{group}] {name} = {value}", file),
                Evidence(f"loading it failed: {failure.message}", event=event_of(failure)),
                *_asked(case, failure),
                fix=f"upgrade {one['name']}, or uninstall it",
                about=failure.module,
                weight=86,
            )
            return


def _asked(case: Case, failure: Failure) -> list[Evidence]:
    frame = own_frame(case, failure)
    return [Evidence("entry points are loaded here", frame.file, frame.line)] if frame else []


RULES = (not_registered, unknown_suffix, stale_script, broken_entry_point)
