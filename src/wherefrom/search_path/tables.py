"""The vocabulary of the search path as data: sources, stages, switches, first entries, reasons.

It decides nothing by itself: the model looks things up here, and the reference page and its picture
are drawn from the same rows, so that neither can say something else than the code does. Read
`model.py` next for the order in which the rows come to life.
"""

from __future__ import annotations

from typing import Final

import attrs


@attrs.frozen
class Row:
    """One word of a closed set and the sentence that explains it."""

    name: str
    means: str


@attrs.frozen
class SourceRow:
    """One source of path entries: its name, the stage that adds it, what its detail holds."""

    name: str
    stage: str
    means: str
    detail: str = ""


@attrs.frozen
class FirstRule:
    """What one way of running Python puts first, and whether safe path takes it away."""

    mode: str
    shown: str
    source: str
    value: str
    safe_path_removes: bool = True


@attrs.frozen
class Switch:
    """A flag, variable or file that leaves out a part of the path."""

    name: str
    effects: frozenset[str]
    means: str


STAGES: Final = (
    Row("start", "the interpreter finds its installation and makes the initial list"),
    Row("site", "the module site makes that list absolute and unique, then appends"),
    Row("main", "just before the program runs, its first entry is put in front"),
    Row("run", "code of the program changes the list"),
)

SOURCES: Final = (
    SourceRow("script-dir", "main", "the directory of the script, all its links resolved"),
    SourceRow("cwd", "main", "the working directory: '' asks for it at every import, -m fixes it at start"),
    SourceRow("main-path", "main", "the directory or archive that was given as the program"),
    SourceRow("pythonpath", "start", "an item of PYTHONPATH", "the item's number, from 1"),
    SourceRow("_pth", "start", "a line of the ._pth file that replaces the whole path", "file and line"),
    SourceRow("stdlib-zip", "start", "the archive that may hold the standard library"),
    SourceRow("stdlib", "start", "the standard library"),
    SourceRow("lib-dynload", "start", "the standard library's extension modules"),
    SourceRow("site-packages", "site", "installed distributions", "`venv` or `base`"),
    SourceRow("user-site", "site", "distributions installed for this user only"),
    SourceRow("pth", "site", "a path line of a .pth file in a site directory", "file and line"),
    SourceRow("pth-import", "site", "an import line of a .pth file", "file and line"),
    SourceRow("start", "site", "an entry point of a .start file (3.15)", "file and line"),
    SourceRow("sitecustomize", "site", "the module sitecustomize", "file"),
    SourceRow("usercustomize", "site", "the module usercustomize", "file"),
    SourceRow("run-time", "run", "code that ran after start-up", "file and line, if traced"),
    SourceRow("unknown", "start", "an initial entry that the interpreter has beyond the known ones"),
)

FIRST_ENTRIES: Final = {
    rule.mode: rule
    for rule in (
        FirstRule("script", "python FILE", "script-dir", "the directory of FILE, links resolved"),
        FirstRule("main-path", "python DIR, python ARCHIVE", "main-path", "DIR or ARCHIVE itself", False),
        FirstRule("module", "python -m MOD", "cwd", "the working directory at start"),
        FirstRule("command", "python -c CODE", "cwd", "''"),
        FirstRule("stdin", "python - < FILE", "cwd", "''"),
        FirstRule("interactive", "python", "cwd", "''"),
    )
}

SWITCHES: Final = {
    switch.name: switch
    for switch in (
        Switch("-E", frozenset({"environment"}), "PYTHON* variables are not looked at"),
        Switch(
            "-I",
            frozenset({"environment", "first", "user-site"}),
            "isolated: -E, -P and -s together",
        ),
        Switch("-P", frozenset({"first"}), "no first entry, unless the program is a directory or an archive"),
        Switch("-s", frozenset({"user-site"}), "no user site directory"),
        Switch("-S", frozenset({"site"}), "the module site is not imported: nothing is appended"),
        Switch("PYTHONSAFEPATH", frozenset({"first"}), "any text but the empty one works as -P"),
        Switch("PYTHONNOUSERSITE", frozenset({"user-site"}), "any text but the empty one and 0 works as -s"),
        Switch(
            "._pth",
            frozenset({"environment", "first", "site"}),
            "the file is the whole path; only its line `import site` brings site back",
        ),
    )
}

REASONS: Final = {
    row.name: row
    for row in (
        Row("duplicate", "an earlier entry is the same path"),
        Row("does-not-exist", "there is nothing at that path"),
        Row("environment-ignored", "PYTHON* variables are not looked at"),
        Row("variable-empty", "an empty variable counts as unset"),
        Row("safe-path", "safe path is on, so nothing is put first"),
        Row("cwd-gone", "the working directory no longer exists"),
        Row("site-disabled", "the module site did not run"),
        Row("user-site-disabled", "a flag or variable switched the user site directory off"),
        Row("user-site-off-in-venv", "the virtual environment does without system site-packages"),
        Row("user-site-unsafe", "the process runs with another user's or group's rights"),
        Row("base-hidden-by-venv", "the virtual environment does without system site-packages"),
        Row("directory-unreadable", "the directory could not be listed, so its .pth files were not seen"),
        Row("pth-hidden", "this version skips .pth files whose name begins with a dot"),
        Row("pth-unreadable", "the file could not be opened, and Python goes on without it"),
        Row("pth-line-broken", "the line raises when Python runs it"),
        Row("pth-rest-ignored", "an earlier line of the file raised, so the rest of it is ignored"),
        Row("import-line-suppressed", "a .start file of the same name replaces the import lines (3.15)"),
        Row("start-line-broken", "the line is not of the form package.module:callable, or it raises"),
        Row("start-undecodable", "the .start file is not UTF-8"),
        Row("removed-at-run-time", "it was there at start-up; code took it out"),
    )
}

FINDINGS: Final = {
    row.name: row
    for row in (
        Row("path-entry-tilde-not-expanded", "Python does not expand ~ in PYTHONPATH or in a .pth file"),
        Row(
            "path-entry-wrong-separator",
            "the items of PYTHONPATH are not separated by this system's separator",
        ),
        Row("path-entry-quoted", "quotes are part of the item: a shell did not remove them"),
        Row("path-entry-does-not-exist", "an item of PYTHONPATH leads nowhere"),
        Row("pythonpath-empty-component-adds-cwd", "an empty item of PYTHONPATH is the working directory"),
        Row("pythonpath-points-at-another-python", "an item of PYTHONPATH belongs to another Python version"),
        Row("isolated-mode-ignores-pythonpath", "PYTHONPATH is set, and a flag makes Python ignore it"),
        Row("safe-path-value-misread", "PYTHONSAFEPATH=0 switches safe path on"),
        Row(
            "stdlib-shadowed-by-script-directory", "a file beside the script hides a standard library module"
        ),
        Row(
            "stdlib-shadowed-by-working-directory",
            "a file in the first entry hides a standard library module",
        ),
        Row("stdlib-shadowed-by-path-entry", "an item of PYTHONPATH hides standard library modules"),
        Row("pth-hidden-file-skipped", "a .pth file is skipped because its name begins with a dot"),
        Row("pth-in-non-site-directory", "a .pth file lies where Python does not read it"),
        Row("pth-import-line-raises", "an import line of a .pth file raises"),
        Row(
            "pth-line-malformed",
            "a line of a .pth file is quoted, indented or commented so that it has no effect",
        ),
        Row("pth-path-does-not-exist", "a path line of a .pth file leads nowhere"),
        Row("startup-code-not-predictable", "start-up code may change the path; it was not run to find out"),
        Row("sitecustomize-shadowed", "a second sitecustomize or usercustomize never runs"),
        Row("site-patched-by-vendor", "this interpreter's site module differs in a way that is not modelled"),
        Row("launcher-variable-set", "a launcher's variable decides where Python looks for its installation"),
    )
}


def source(name: str) -> SourceRow:
    """Return the row of a source; an unknown name is our own mistake."""
    return _SOURCES_BY_NAME[name]


_SOURCES_BY_NAME: Final = {row.name: row for row in SOURCES}
