"""The words for what the record says in closed sets: one short phrase for each outcome and reason.

This file decides how wherefrom speaks of what happened. It never decides what happened, and
computes nothing. Read ``points.py`` next, which makes lines of single events with these words.

Phrases follow a name and a colon, of one thing or of many: ``/srv/lib: no such file or directory``.
"""

from __future__ import annotations

from .lines import shown

SEARCH_REASONS = {
    "nothing-there": "nothing of that name",
    "not-a-string": "not a string, passed over",
    "no-current-directory": "the current directory is gone",
    "remembered-as-none": "passed over, no path hook took it when it was first used",
    "does-not-exist": "no such file or directory",
    "inside-a-file": "leads into a file that is no archive",
    "not-an-archive": "a file, and no archive",
    "corrupt-archive": "an archive that cannot be read",
    "neither-directory-nor-file": "neither a directory nor a file",
    "unreadable": "not readable",
    "link-loop": "symbolic links that lead in a circle",
    "name-too-long": "too long a name for the file system",
    "no-hook-took-it": "no path hook took it",
    "finder-declined": "its finder knows no such module",
    "finder-raised": "its finder raised an error",
    "hook-raised": "a path hook raised an error",
    "rubbish-answer": "its finder answered with something that is no spec",
}

FIND_OUTCOMES = {
    "found": "found",
    "not-found": "not found",
    "failed": "a finder's error ended it; an import would end with it too",
}

# These follow "not found,"; {parent} is the package that the name would be in.
FIND_REASONS = {
    "no-finder-knows-it": "no finder knows it",
    "parent-not-found": "its parent {parent} was not found",
    "parent-not-a-package": "its parent {parent} is no package",
    "parent-is-none": "its parent {parent} is None in sys.modules, which blocks its import",
    "finder-raised": "a finder raised an error",
    "rubbish-answer": "a finder answered with something that is no spec",
    "no-meta-path": "sys.meta_path is None, as when the interpreter shuts down",
}

ASK_OUTCOMES = {
    "found": "found it",
    "declined": "does not know it",
    "raised": "raised an error",
    "rubbish": "answered with something that is no spec",
    "cannot-be-asked": "passed over, it has no find_spec",
}

# What the interpreter's own finders mean by "does not know it".
DECLINED_BY = {
    "BuiltinImporter": "not built in",
    "FrozenImporter": "not frozen",
    "PathFinder": "no entry to search",
}

SEARCH_OUTCOMES = {
    "found": "found",
    "portion": "a portion of a namespace package",
    "missed": "missed",
    "skipped": "skipped",
    "raised": "raised an error",
}

CACHED_OUTCOMES = {
    "package": "package",
    "module": "module",
    "none": "None in sys.modules, which blocks its import",
}

RECALL_OUTCOMES = {
    "finder": "finder remembered",
    "none": "remembered that no path hook takes it",
}

HOOK_OUTCOMES = {
    "took": "took it",
    "declined": "declined",
    "raised": "raised an error",
}

DIRECTORY_OUTCOMES = {
    "listed": "listed",
    "recalled": "listing remembered",
    "looked": "candidates looked at one by one",
    "failed": "cannot be listed",
}

ARCHIVE_OUTCOMES = {
    "read": "index read",
    "recalled": "index remembered",
    "failed": "cannot be read",
}

CANDIDATE_OUTCOMES = {
    "chosen": "chosen",
    "absent": "not there",
    "not-a-file": "there, and not a file",
    "not-a-directory": "a file without a suffix, and no package",
    "no-init": "a directory without __init__, at most a portion",
    "unusable-bytecode": "bytecode that is stale or of another version",
    "unreadable": "not readable",
}

RECOMPUTED_OUTCOMES = {
    "changed": "namespace package, its portions were searched anew",
    "same": "namespace package, its parent's path has not changed",
    "kept": "namespace package, it keeps its portions although they are no longer found",
}

EXTENSION_STYLES = {
    "pkgutil": "its __init__ extends its path by pkgutil.extend_path",
    "pkg_resources": "its __init__ extends its path by pkg_resources.declare_namespace",
}

IMPORT_OUTCOMES = {
    "loaded": "loaded",
    "there": "there in the end, another import on the way or another thread has loaded it",
    "half-made": "taken half-made, it is being run further up (a circular import)",
    "shared": "taken from the interpreter",
    "halted": "None in sys.modules, which blocks its import",
    "not-found": "not found",
    "failed": "failed",
}

ESCAPE_OUTCOMES = {
    "loaded-outside": "imported outside of this world, by code that passes it by",
    "moved-in": "registered outside of this world, and brought back",
}

WAIT_OUTCOMES = {
    "acquired": "waited until another thread had made it",
    "deadlock": "not waited for, the other thread waits for this one",
}

SHARE_OUTCOMES = {
    "there": "taken from the interpreter, which had it",
    "imported": "taken from the interpreter, which imported it for this",
    "stand-in": "the world has its own in the stead of the interpreter's",
}

LOAD_OUTCOMES = {"loaded": "loaded", "failed": "loading failed"}

CREATION_OUTCOMES = {
    "default": "made as an empty module",
    "by-loader": "made by its loader",
    "there": "there already, run once more",
}

REGISTRATION_OUTCOMES = {
    "new": "registered in sys.modules",
    "over-another": "registered in sys.modules, over another one",
}

REMOVAL_OUTCOMES = {
    "undone": "taken out of sys.modules again, since it failed",
    "by-itself": "removed from sys.modules by its own code",
}

BYTECODE_OUTCOMES = {
    "valid": "usable",
    "trusted": "usable, nothing was compared",
    "absent": "not there",
    "unreadable": "not readable",
    "no-names": "no cached files, the interpreter has no tag for them",
    "no-source-times": "not looked at, the source has no times",
    "other-magic": "of another Python version",
    "cut-off": "cut off",
    "bad-flags": "marked in a way that nobody defined",
    "other-mtime": "stale, the source has another time",
    "other-size": "stale, the source has another size",
    "other-hash": "stale, the source has another hash",
    "not-code": "holds no code",
    "broken": "broken",
}

DOUBTS = {
    "written-in-the-same-tick": "written within a second of the source's last change, which proves little"
}

COMPILE_OUTCOMES = {"compiled": "compiled", "failed": "cannot be compiled"}

WRITING_OUTCOMES = {
    "written": "written",
    "not-wanted": "not written, by the settings",
    "no-directory": "not written, there is no directory for it",
    "failed": "not written",
}

RUN_OUTCOMES = {"ran": "ran", "raised": "raised an error"}

PIECES = {"path": "sys.path", "meta_path": "sys.meta_path", "path_hooks": "sys.path_hooks"}

CHANGES = {
    "rebound": "replaced by another one",
    "extended": "made longer",
    "shortened": "made shorter",
    "altered": "altered",
}

ATTRIBUTE_OUTCOMES = {
    "new": "set on its package",
    "same": "on its package already",
    "overwrote": "set on its package, over what was there",
    "refused": "refused by its package",
}

BIND_OUTCOMES = {"bound": "bound", "failed": "failed"}

ITEM_OUTCOMES = {
    "attribute": "an attribute",
    "imported": "a submodule, imported for this",
    "from-modules": "no attribute yet, taken from sys.modules",
    "missing": "neither an attribute nor a submodule",
}

NAME_OUTCOMES = {
    "new": "a new name",
    "same": "bound to the same already",
    "overwrote": "over another value",
}

TRACING_WAYS = {
    "retold": "tracing began, with every step of finding",
    "observed": "tracing began, with questions and answers only",
}

ERROR_RELATIONS = {
    "final": "the program died of",
    "cause": "which was caused by",
    "context": "while this was being handled:",
    "suppressed": "which took the place of",
    "passing": "the import fails with",
}
HELD_OUTCOMES = {
    "module": "a module",
    "initializing": "a module that is still being made",
    "none": "None, which blocks its import",
    "no-module": "something that is no module",
    "absent": "nothing",
}
END_OUTCOMES = {
    "finished": "the program ran to its end",
    "exited": "the program left by SystemExit",
    "raised": "the program ended with an error",
}
PATH_LOOKS = {
    "import-began": "seen at the beginning of the import of",
    "load-began": "seen after the search for",
    "load-ended": "seen after the code of",
    "import-failed": "seen after the failed import of",
    "looked": "seen when it was looked at",
}
PATH_DOUBTS = {"other-threads-ran": "or by another thread"}

# Every closed set of the table, by kind and field.
BY_FIELD = {
    ("find.ended", "outcome"): FIND_OUTCOMES,
    ("find.ended", "reason"): FIND_REASONS,
    ("module.cached", "outcome"): CACHED_OUTCOMES,
    ("ask.ended", "outcome"): ASK_OUTCOMES,
    ("search.ended", "outcome"): SEARCH_OUTCOMES,
    ("search.ended", "reason"): SEARCH_REASONS,
    ("finder.recalled", "outcome"): RECALL_OUTCOMES,
    ("hook.tried", "outcome"): HOOK_OUTCOMES,
    ("directory.listed", "outcome"): DIRECTORY_OUTCOMES,
    ("archive.read", "outcome"): ARCHIVE_OUTCOMES,
    ("candidate.seen", "outcome"): CANDIDATE_OUTCOMES,
    ("path.recomputed", "outcome"): RECOMPUTED_OUTCOMES,
    ("path.extended", "style"): EXTENSION_STYLES,
    ("import.ended", "outcome"): IMPORT_OUTCOMES,
    ("import.escaped", "outcome"): ESCAPE_OUTCOMES,
    ("lock.waited", "outcome"): WAIT_OUTCOMES,
    ("module.shared", "outcome"): SHARE_OUTCOMES,
    ("load.ended", "outcome"): LOAD_OUTCOMES,
    ("module.created", "outcome"): CREATION_OUTCOMES,
    ("module.registered", "outcome"): REGISTRATION_OUTCOMES,
    ("module.removed", "outcome"): REMOVAL_OUTCOMES,
    ("bytecode.judged", "outcome"): BYTECODE_OUTCOMES,
    ("bytecode.judged", "doubt"): DOUBTS,
    ("source.compiled", "outcome"): COMPILE_OUTCOMES,
    ("bytecode.written", "outcome"): WRITING_OUTCOMES,
    ("run.ended", "outcome"): RUN_OUTCOMES,
    ("state.changed", "piece"): PIECES,
    ("state.changed", "outcome"): CHANGES,
    ("attribute.bound", "outcome"): ATTRIBUTE_OUTCOMES,
    ("bind.ended", "outcome"): BIND_OUTCOMES,
    ("item.resolved", "outcome"): ITEM_OUTCOMES,
    ("name.bound", "outcome"): NAME_OUTCOMES,
    ("path.changed", "seen"): PATH_LOOKS,
    ("path.changed", "outcome"): CHANGES,
    ("path.changed", "doubt"): PATH_DOUBTS,
    ("tracing.installed", "how"): TRACING_WAYS,
    ("error.raised", "relation"): ERROR_RELATIONS,
    ("module.held", "outcome"): HELD_OUTCOMES,
    ("program.ended", "outcome"): END_OUTCOMES,
}

SHADOW_REASONS = {
    "later-finder": "a finder before its own answered",
    "later-entry": "an entry before its own holds the module",
    "package-before-module": "in one directory a package comes before a module",
    "earlier-suffix": "another suffix comes first",
    "module-before-portion": "a module comes before a portion of a namespace package",
}

NEAR_MISS_REASONS = {
    "wrong-case": "upper and lower case differ",
    "wrong-abi": "an extension module for another interpreter or platform",
    "no-init": "a directory without __init__",
    "other-unicode-form": "the same letters in another Unicode form",
    "directory-named-like-a-file": "a directory that is named like a file",
    "dangling-link": "a symbolic link that leads nowhere",
    "unseen-by-stale-listing": "there, but the remembered listing is older; "
    "importlib.invalidate_caches() helps",
    "entry-appeared-later": "there, but it was not when it was first used; "
    "importlib.invalidate_caches() helps",
}

_MODULE_KINDS = {
    "built-in": "built-in module",
    "source": "module",
    "other": "module",
}


def module_phrase(kind: str | None, *, is_package: bool) -> str:
    """Say what kind of module something is.

    >>> module_phrase("source", is_package=True), module_phrase("extension", is_package=False)
    ('package', 'extension module')
    """
    if kind == "namespace":
        return "namespace package"
    if is_package:
        return "package" if kind in ("source", "other", None) else f"{shown(kind)} package"
    return _MODULE_KINDS.get(kind or "", f"{shown(kind)} module" if kind else "module")


def phrase(phrases: dict[str, str], word: str | None) -> str:
    """Give the phrase for a word; the word itself if it is one that only a newer version knows.

    A word without a phrase comes from a file, so it is `shown` as foreign text.

    >>> phrase(SEARCH_REASONS, "nothing-there"), phrase(SEARCH_REASONS, "brand-new")
    ('nothing of that name', 'brand-new')
    """
    if not word:
        return ""
    return phrases.get(word) or shown(word)


def between(file: str, after: int | None, before: int | None) -> str:
    """Say between which lines of a file something happened, in time.

    >>> between("app.py", 3, 9), between("app.py", 4, 4), between("app.py", None, None)
    ('by app.py after line 3 and before line 9', 'by app.py in line 4', 'by app.py')
    """
    if after is not None and after == before:
        return f"by {file} in line {after}"
    first = [] if after is None else [f"after line {after}"]
    last = [] if before is None else [f"before line {before}"]
    return " ".join([f"by {file}", " and ".join(first + last)]).rstrip()


def count(number: int, one: str, many: str) -> str:
    """Put a number before its noun.

    >>> count(1, "entry", "entries"), count(12, "entry", "entries")
    ('1 entry', '12 entries')
    """
    return f"{number} {one if number == 1 else many}"
