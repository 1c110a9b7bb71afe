"""What looks wrong with a search path: each finding with a code, its evidence and what mends it.

The codes are the rows of `tables.FINDINGS`. A finding never changes the answer. Read `model.py` for
where the evidence comes from.
"""

from __future__ import annotations

import os
import re

from wherefrom.search_path import first_entry, offers, site_rules, tables
from wherefrom.search_path.draft import Draft, Unnamed
from wherefrom.search_path.result import Finding, Place, Shadow

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from wherefrom.search_path.draft import Drafts
    from wherefrom.search_path.model import Case


def of(case: Case, drafts: Drafts, first: Draft | None) -> Iterator[Finding]:
    """Find what looks wrong.

    Args:
        case: The invocation with everything known about it.
        drafts: The finished list and what was left out of it.
        first: What was put first, or None.

    Yields:
        The findings, those about the environment first.
    """
    yield from _about_variables(case)
    yield from _about_items(case, drafts)
    yield from _about_first(case, first)
    yield from _about_path_shadows(case, drafts)
    yield from _about_pth(case, drafts)
    yield from _about_startup(drafts)
    yield from _about_customize(case, drafts)


def _finding(code: str, severity: str, evidence: list[str], fix: str) -> Finding:
    return Finding(code, severity, tables.FINDINGS[code].means, tuple(evidence), fix)


# Variables ------------------------------------------------------------------------------------


def _about_variables(case: Case) -> Iterator[Finding]:
    value = case.env.get("PYTHONPATH")
    off = case.off("environment")
    if value and off:
        yield _finding(
            "isolated-mode-ignores-pythonpath",
            "note",
            [f"PYTHONPATH={value}", f"ignored because of {off[0]}"],
            f"leave out {off[0]}, or install what PYTHONPATH leads to",
        )
    if case.env.get("PYTHONSAFEPATH") == "0" and "PYTHONSAFEPATH" in case.off("first"):
        yield _finding(
            "safe-path-value-misread",
            "warning",
            ["PYTHONSAFEPATH=0"],
            "unset PYTHONSAFEPATH, or set it to nothing: any text switches safe path on",
        )
    for name in ("PYTHONEXECUTABLE", "__PYVENV_LAUNCHER__"):
        if case.env.get(name):
            yield _finding(
                "launcher-variable-set",
                "warning",
                [f"{name}={case.env[name]}", f"sys.executable is {case.start.executable!r}"],
                f"unset {name}, unless a launcher sets it on purpose",
            )
    patched = site_rules.rules(case.facts).patched
    if patched is not None:
        yield _finding(
            "site-patched-by-vendor", "warning", [patched], "compare with what `python -m site` prints"
        )


def _items(case: Case) -> list[tuple[int, str]]:
    value = case.env.get("PYTHONPATH")
    if not value or case.off("environment"):
        return []
    return list(enumerate(value.split(os.pathsep), 1))


def _about_items(case: Case, drafts: Drafts) -> Iterator[Finding]:
    for number, item in _items(case):
        found = _about_item(case, number, item, drafts)
        if found is not None:
            yield found


def _about_item(case: Case, number: int, item: str, drafts: Drafts) -> Finding | None:
    """Name the one thing that explains an item best."""
    where = f"PYTHONPATH[{number}] is {item!r}"
    if not item:
        return _finding(
            "pythonpath-empty-component-adds-cwd",
            "warning",
            [f"PYTHONPATH[{number}] is empty", f"it becomes {case.start.cwd!r}"],
            'write "${PYTHONPATH:+$PYTHONPATH:}…" so that no empty item is left over',
        )
    if _belongs_to_another(item, case):
        return _finding(
            "pythonpath-points-at-another-python",
            "warning",
            [where, f"the interpreter is Python {case.facts.release}"],
            "unset PYTHONPATH, or install the distributions for this Python",
        )
    if case.disk.exists(item):
        return None
    return _about_missing_item(case, item, where)


def _about_missing_item(case: Case, item: str, where: str) -> Finding:
    if item.startswith("~"):
        home = case.env.get("HOME", "~")
        meant = home + item[1:] if item[1:2] in ("", "/") else item
        return _finding(
            "path-entry-tilde-not-expanded",
            "error",
            [where, f"meant was perhaps {meant}"],
            "write $HOME for ~",
        )
    if item[:1] in "\"'" or item[-1:] in "\"'":
        return _finding("path-entry-quoted", "error", [where], "take the quotes out of the value")
    wrong = next((mark for mark in ";," if mark in item), None)
    if wrong is not None and any(
        case.disk.exists(part.strip()) for part in item.split(wrong) if part.strip()
    ):
        return _finding(
            "path-entry-wrong-separator",
            "error",
            [where],
            f"separate the items with {os.pathsep!r}, not {wrong!r}",
        )
    return _finding("path-entry-does-not-exist", "warning", [where], "correct it, or take it out")


def _belongs_to_another(item: str, case: Case) -> bool:
    match = re.search(r"/python(\d)\.(\d+)t?(/|$)", item)
    own = case.facts.version_info[:2]
    return match is not None and (int(match[1]), int(match[2])) != own and case.disk.exists(item)


# The first entry and the items before the standard library --------------------------------------


def _about_first(case: Case, first: Draft | None) -> Iterator[Finding]:
    if first is None:
        return
    code = {
        "script-dir": "stdlib-shadowed-by-script-directory",
        "cwd": "stdlib-shadowed-by-working-directory",
    }.get(first.source)
    if code is None:
        return
    place = first.path or case.start.cwd or ""
    shadows = [] if _is_library(place, case) else first_entry.shadows_in(place, case.facts, case.disk)
    if shadows:
        yield _finding(
            code,
            "warning",
            _hiding(shadows),
            "rename the file and delete its __pycache__, or start Python with -P",
        )


def _about_path_shadows(case: Case, drafts: Drafts) -> Iterator[Finding]:
    for draft in drafts.entries:
        if draft.source != "pythonpath" or _is_library(draft.path, case):
            continue
        shadows = first_entry.shadows_in(draft.path, case.facts, case.disk)
        if shadows:
            yield _finding(
                "stdlib-shadowed-by-path-entry",
                "warning",
                _hiding(shadows),
                f"take {draft.path} out of PYTHONPATH, or rename the files",
            )


def _is_library(path: str, case: Case) -> bool:
    """Whether a directory is a standard library itself, this interpreter's or another's."""
    return case.disk.is_file(os.path.join(path, "os.py")) or os.path.basename(path) == "lib-dynload"


def _hiding(shadows: list[Shadow]) -> list[str]:
    shown = [f"{shadow.file} hides the standard library's {shadow.name}" for shadow in shadows[:_ENOUGH]]
    return [*shown, f"and {len(shadows) - _ENOUGH} more"] if len(shadows) > _ENOUGH else shown


_ENOUGH = 10


# .pth files -------------------------------------------------------------------------------------


def _about_pth(case: Case, drafts: Drafts) -> Iterator[Finding]:
    for omission in drafts.omissions:
        place = omission.draft.detail
        if not isinstance(place, Place):
            continue
        if omission.reason == "pth-hidden":
            yield _finding(
                "pth-hidden-file-skipped", "warning", [place.file], "rename it without the leading dot"
            )
        elif omission.reason == "pth-line-broken":
            yield _finding(
                "pth-import-line-raises",
                "error",
                [f"{place}: {omission.draft.text}", omission.evidence],
                "reinstall the distribution that wrote the file, or delete it",
            )
        elif omission.reason == "does-not-exist" and omission.draft.source == "pth":
            yield _about_missing_line(place, omission.draft)
    yield from _pth_in_other_places(case, drafts)


def _about_missing_line(place: Place, draft: Draft | Unnamed) -> Finding:
    text = draft.text or ""
    evidence = [f"{place}: {text}", f"it leads to {draft.path}"]
    if text.startswith("~"):
        return _finding("path-entry-tilde-not-expanded", "error", evidence, "write the home directory out")
    if text[:1] in "\"' \t" or "#" in text or re.match(r"import\w*$", text):
        return _finding("pth-line-malformed", "warning", evidence, "write the bare path and nothing else")
    return _finding(
        "pth-path-does-not-exist", "warning", evidence, "install again (pip install -e), or delete the line"
    )


def _pth_in_other_places(case: Case, drafts: Drafts) -> Iterator[Finding]:
    if not drafts.site_directories:
        return
    for draft in drafts.entries:
        if draft.source != "pythonpath" or draft.path in drafts.site_directories or not draft.path:
            continue
        try:
            files = [name for name in case.disk.names(draft.path) if name.endswith(".pth")]
        except OSError:
            continue
        if files:
            yield _finding(
                "pth-in-non-site-directory",
                "note",
                [os.path.join(draft.path, name) for name in files],
                "put the file into a site directory, or its paths into PYTHONPATH",
            )


# Start-up code ----------------------------------------------------------------------------------


def _about_startup(drafts: Drafts) -> Iterator[Finding]:
    unknown = [code for code in drafts.startup if not code.predicted]
    if unknown:
        yield _finding(
            "startup-code-not-predictable",
            "note",
            [f"{code.place}: {code.text}: {code.effect}" for code in unknown],
            "start the interpreter and print sys.path to see what the code does",
        )


def _about_customize(case: Case, drafts: Drafts) -> Iterator[Finding]:
    if not drafts.site_directories:
        return
    for name in ("sitecustomize", "usercustomize"):
        files = []
        for path in dict.fromkeys(drafts.paths()):
            offer = offers.on_path(name, [path], case.facts, case.disk) if path else None
            if offer is not None and offer.file is not None:
                files.append(offer.file)
        ran = next((code for code in drafts.startup if code.kind == name), None)
        others = [file for file in files if ran is not None and file != ran.place.file]
        if ran is not None and others:
            yield _finding(
                "sitecustomize-shadowed",
                "warning",
                [f"{ran.place.file} runs", *(f"{file} does not" for file in others)],
                "merge them into one, or use a .pth file",
            )


def notes(case: Case, drafts: Drafts) -> Iterator[str]:
    """Say what a reader should know and what is no finding."""
    if case.facts.implementation != "cpython":
        yield f"the interpreter is {case.facts.implementation}; the rules that were followed are CPython's"
    if case.start.pth is not None:
        yield f"{case.start.pth.file} replaces the whole path"
        for number, text in case.start.pth.ignored:
            yield f"line {number} of {case.start.pth.file} is ignored: {text!r}"
    if case.start.cwd is None:
        yield "the working directory no longer exists: relative entries and '' lead nowhere"
    for source in dict.fromkeys(draft.source for draft in drafts.entries):
        if source == "unknown":
            yield "the interpreter's initial list is longer than the known rules explain"
