"""``.pth`` files that bring nothing: broken, hidden, misnamed, in the wrong place; and editable installs."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

from ...finding import Evidence
from ..absent import absent_top, absolute, join, offered, python_of
from ..entries import Flaw, entries_of, near_directories

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..absent import Absent
    from ..case import Case

PROVED, LIKELY = 87, 46


def _of_pth(case: Case, *reasons: str) -> Iterator[tuple[dict[str, Any], str, int | None]]:
    """Give what a .pth file brought to nothing, with file and line."""
    for one in case.start_path.get("left_out", ()):
        detail = one["detail"]
        if one["reason"] in reasons and isinstance(detail, dict) and detail["file"].endswith(".pth"):
            yield one, detail["file"], detail.get("line")


def line_raises(case: Case) -> Iterator[Finding]:
    """Say that an import line of a .pth file raises, so that the rest of the file is not read."""
    absent = absent_top(case)
    if absent is None:
        return
    lost = list(_of_pth(case, "pth-rest-ignored"))
    for one, file, line in _of_pth(case, "pth-line-broken"):
        mine = [skipped["path"] for skipped, other, _ in lost if other == file and skipped["path"]]
        gives = [path for path in mine if offered(case, path, absent.top)]
        yield case.finding(
            "pth-import-line-raises",
            f"line {line} of {file} raises, so the rest of the file is skipped"
            + (f": {', '.join(mine)} never came on the path" if mine else ""),
            Evidence(f"the line: {case.line(file, line or 0)}", file, line),
            Evidence(one["because"]),
            *(Evidence(f"{absent.top!r} lies in {path}, a skipped entry", path) for path in gives),
            *absent.asked(case),
            fix=f"repair or remove line {line} of {file}, or install again what wrote it",
            about=absent.name,
            weight=PROVED if gives else LIKELY,
        )


def hidden(case: Case) -> Iterator[Finding]:
    """Say that a .pth file is skipped because it is hidden."""
    absent = absent_top(case)
    if absent is None:
        return
    for file in _hidden_files(case):
        gives = [path for path in _lines_of(case, file) if offered(case, path, absent.top)]
        yield case.finding(
            "pth-hidden-file-skipped",
            f"{file} is skipped because it is hidden: its name begins with a dot, or the system marks it so",
            Evidence("since 3.11.8, 3.12.2 and 3.13 site skips hidden .pth files", file),
            *(Evidence(f"it leads to {path}, which has {absent.top!r}", path) for path in gives),
            *absent.asked(case),
            fix=f"rename it to {posixpath.basename(file).lstrip('.')} (on macOS also: chflags nohidden)",
            about=absent.name,
            weight=PROVED if gives else LIKELY,
        )


def _hidden_files(case: Case) -> list[str]:
    """Name the hidden .pth files of site directories whose lines did not come on the path.

    Versions before the change read them; then their entries are on the path and nothing is hidden.
    """
    found = [file for _, file, _ in _of_pth(case, "pth-hidden")]
    for place in _site_directories(case):
        for name in case.listing(place):
            file = join(place, name)
            if (
                name.startswith(".")
                and name.endswith(".pth")
                and not name.startswith("._")
                and file not in found
            ):
                lines = _lines_of(case, file)
                if lines and not any(line in case.path for line in lines):
                    found.append(file)
    return found


def _site_directories(case: Case) -> Iterator[str]:
    for entry in case.start_path.get("entries", ()):
        if entry["source"] in ("site-packages", "user-site"):
            yield entry["path"]


def _lines_of(case: Case, file: str) -> list[str]:
    """Give the paths that a .pth file names."""
    home, found = posixpath.dirname(file), []
    for line in (case.text(file) or "").splitlines():
        text = line.strip()
        if text and not text.startswith(("#", "import ", "import\t")):
            found.append(text if text.startswith("/") else posixpath.normpath(join(home, text)))
    return found


def misnamed(case: Case) -> Iterator[Finding]:
    """Say that a file that was meant as a .pth file does not end in ``.pth``."""
    absent = absent_top(case)
    if absent is None:
        return
    for place in _site_directories(case):
        for name in case.listing(place):
            stem, _, rest = name.partition(".pth")
            if ".pth" not in name.lower() or name.endswith((".pth", "/")) or not stem:
                continue
            file = join(place, name)
            gives = [path for path in _lines_of(case, file) if offered(case, path, absent.top)]
            if gives:
                yield case.finding(
                    "pth-line-malformed",
                    f"{file} is not read: only files whose names end in .pth are",
                    Evidence(f"it leads to {gives[0]}, which has {absent.top!r}", file),
                    *absent.asked(case),
                    fix=f"rename it to {stem}.pth" if rest else f"rename it to {name.lower()}",
                    about=absent.name,
                    weight=PROVED,
                )


def line_leads_nowhere(case: Case) -> Iterator[Finding]:
    """Say that a line of a .pth file leads nowhere: quoted, commented, relative, or to what has moved."""
    absent = absent_top(case)
    if absent is None:
        return
    for one, file, line in _of_pth(case, "does-not-exist"):
        text = case.line(file, line or 0)
        flaw = _meaning(case, file, text, one["path"] or "")
        code = flaw.code
        gives = [path for path in flaw.meant if offered(case, path, absent.top)]
        owner = _editable_of(case, file, one["path"] or "")
        if code == "editable-source-moved" and owner is None and not _is_install(file):
            code = "path-entry-does-not-exist"
        mine = owner is not None and absent.top in (owner["modules"] or [owner["name"].replace("-", "_")])
        yield case.finding(
            code,
            f"line {line} of {file} {flaw.tells}",
            Evidence(f"the line: {text}; it leads to {one['path']}", file, line),
            Evidence(f"{one['path']} does not exist"),
            *(Evidence(f"{absent.top!r} lies in {path}", path) for path in gives),
            *_whose(owner),
            *absent.asked(case),
            fix=flaw.fix,
            about=absent.name,
            certainty="observed" if gives or mine else "inferred",
            weight=PROVED if gives or mine else 66 if code == "editable-source-moved" else LIKELY,
        )


def _is_install(file: str) -> bool:
    name = posixpath.basename(file)
    return name.startswith(("__editable__", "easy-install", "_editable", "_")) or name.endswith("nspkg.pth")


def _meaning(case: Case, file: str, text: str, path: str) -> Flaw:
    """Tell what a line that leads nowhere was meant to be."""
    bare = text.partition("#")[0].strip(" \t\"'").strip()
    if bare != text.strip() and bare:
        meant = bare if bare.startswith("/") else join(posixpath.dirname(file), bare)
        says = "is not a bare path: quotes and comments are part of it"
        return Flaw("pth-line-malformed", says, (meant,), f"write {bare} and nothing else on the line")
    if text.startswith("~"):
        home = case.environment.get("HOME", "~") + text[1:]
        says = "begins with a tilde, which Python does not expand"
        return Flaw("path-entry-tilde-not-expanded", says, (home,), f"write {home}")
    if not text.startswith("/"):
        places = (absolute(case, text), *near_directories(case, path)[:1])
        says = f"is relative: it is taken from the directory of the file, as {path}"
        return Flaw("pth-relative-entry", says, places, f"write the absolute path, such as {places[0]}")
    says = f"leads to {path}, which no longer exists: it was moved or deleted"
    fix = f"install again from where the sources are: {python_of(case)} -m pip install -e DIRECTORY"
    return Flaw("editable-source-moved", says, near_directories(case, path), fix)


def _editable_of(case: Case, file: str, path: str) -> dict[str, Any] | None:
    """Give the distribution that a .pth file, or the directory that it leads to, belongs to."""
    name = posixpath.basename(file)
    for one in case.distributions:
        editable = one["editable"]
        if name in one["files"] or (editable and (path == editable or path.startswith(f"{editable}/"))):
            return one
    return None


def _whose(owner: dict[str, Any] | None) -> tuple[Evidence, ...]:
    if owner is None:
        return ()
    return (Evidence(f"{owner['name']} {owner['version']} is installed in editable form", owner["metadata"]),)


def not_a_site_directory(case: Case) -> Iterator[Finding]:
    """Say that a .pth file lies in a directory where such files are not read."""
    absent = absent_top(case)
    if absent is None:
        return
    sites = set(_site_directories(case))
    for entry in entries_of(case):
        place = absolute(case, entry.value)
        if place in sites or not place.startswith("/"):
            continue
        for name in case.listing(place):
            file = join(place, name)
            gives = [path for path in _lines_of(case, file) if offered(case, path, absent.top)] if (
                name.endswith(".pth")
            ) else []  # fmt: skip
            if gives:
                yield _unread(case, absent, file, gives[0], entry.source)


def _unread(case: Case, absent: Absent, file: str, gives: str, source: str) -> Finding:
    return case.finding(
        "pth-in-non-site-directory",
        f"{file} is not read: {posixpath.dirname(file)} is on the path ({source}), but .pth files "
        "count in site "
        "directories only",
        Evidence(f"it leads to {gives}, which has {absent.top!r}", file),
        *absent.asked(case),
        fix=f"put {gives} into PYTHONPATH, or the file into a site directory (site.addsitedir)",
        about=absent.name,
        weight=PROVED,
    )


def wrong_encoding(case: Case) -> Iterator[Finding]:
    """Say that a .pth file is not UTF-8 text."""
    absent = absent_top(case)
    if absent is None:
        return
    for place in _site_directories(case):
        for name in case.listing(place):
            if not name.endswith(".pth"):
                continue
            head = case.around.ask("head", join(place, name)) or ""
            what = _encoding(case, head, name, join(place, name))
            if what is not None:
                yield _undecodable(case, absent, join(place, name), what, head)


def _encoding(case: Case, head: str, name: str, file: str) -> str | None:
    if head.startswith(("fffe", "feff")):
        return "UTF-16 text, as PowerShell writes it"
    if name.startswith("._") and head.startswith("00051607"):
        return "a file of macOS's (AppleDouble), no text"
    if "00" in [head[at : at + 2] for at in range(0, len(head), 2)]:
        return "no text: there are NUL bytes in it"
    if "\\x" in (case.text(file) or ""):
        return "not UTF-8 text"
    return None


def _undecodable(case: Case, absent: Absent, file: str, what: str, head: str) -> Finding:
    raw = bytes.fromhex(head)
    meant = raw.decode("utf-16", "replace") if head.startswith(("fffe", "feff")) else ""
    gives = [line.strip() for line in meant.splitlines() if line.strip().startswith("/")]
    return case.finding(
        "pth-wrong-encoding",
        f"{file} is {what}: its lines cannot be read as paths",
        Evidence(f"it begins with the bytes {head[:16]}", file),
        *(Evidence(f"it was meant to lead to {path}…") for path in gives[:1]),
        *absent.asked(case),
        fix="write the file again as UTF-8"
        if not file.rpartition("/")[2].startswith("._")
        else "delete the file",
        about=absent.name,
        certainty="inferred",
        weight=70,
    )


RULES = (
    line_raises,
    hidden,
    misnamed,
    line_leads_nowhere,
    not_a_site_directory,
    wrong_encoding,
)
