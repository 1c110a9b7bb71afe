"""The event vocabulary as data: what can be recorded, with which fields and which words.

This table is the single source: the record's methods, the attrs classes of ``wherefrom.events``,
the reference page and the JSON schema are tested against it. It decides no behaviour. Read
``record.py`` next, which writes these events.

A kind that ends in ``.began`` opens a span, its twin in ``.ended`` closes it and carries the
outcome; every other kind is a point. Outcomes and reasons are closed sets: the sentences that
people read are made from them elsewhere.
"""

# Why an entry of a search path did not serve, and why a name was not found. One word, one thing.
SEARCH_REASONS = (
    "nothing-there",  # the entry was searched, none of the candidates exists in it
    "not-a-string",  # entries that are no str are ignored by the path based finder
    "no-current-directory",  # '' stands for the current directory, and that is gone
    "remembered-as-none",  # path_importer_cache says that no hook took this entry when it was first used
    "does-not-exist",
    "inside-a-file",  # a parent of the entry is a file that is no archive
    "not-an-archive",  # a regular file that the zip hook refused
    "corrupt-archive",  # looks like an archive, and cannot be read as one
    "neither-directory-nor-file",
    "unreadable",
    "link-loop",
    "name-too-long",
    "no-hook-took-it",  # it exists, and still every path hook refused it
    "finder-declined",  # a finder that is not the interpreter's own was asked and knew nothing
    "finder-raised",
    "hook-raised",
    "rubbish-answer",  # a finder answered with something that is no spec
)
FIND_REASONS = (
    "no-finder-knows-it",
    "parent-not-found",
    "parent-not-a-package",
    "parent-is-none",  # sys.modules holds None for the parent: its import is blocked
    "finder-raised",
    "rubbish-answer",
    "no-meta-path",  # sys.meta_path is None: the interpreter is shutting down
)

# What is said of a file of cached bytecode (PEP 3147, PEP 552). All but the first two mean that the
# source was compiled, or that the import failed where there is no source.
BYTECODE_OUTCOMES = (
    "valid",
    "trusted",  # bound to its source by a hash that the settings forbid to check, or that is unchecked
    "absent",
    "unreadable",
    "no-names",  # sys.implementation.cache_tag is None: there are no cached files
    "no-source-times",  # the source could not be looked at, so nothing could be compared with it
    "other-magic",
    "cut-off",
    "bad-flags",
    "other-mtime",
    "other-size",
    "other-hash",
    "not-code",
    "broken",  # its header is right and what follows cannot be read
)

# kind -> (step, fields, {field: allowed values})
KINDS: "dict[str, tuple[str, tuple[str, ...], dict[str, tuple[str, ...]]]]" = {
    "find.began": ("find", ("name", "parent"), {}),
    "find.ended": (
        "find",
        ("name", "outcome", "reason", "module_kind", "origin"),
        {"outcome": ("found", "not-found", "failed"), "reason": FIND_REASONS},
    ),
    "module.cached": (
        "find",
        ("name", "outcome", "origin"),
        {"outcome": ("package", "module", "none")},
    ),
    "ask.began": ("find", ("name", "finder"), {}),
    "ask.ended": (
        "find",
        ("name", "finder", "outcome", "error"),
        {"outcome": ("found", "declined", "raised", "rubbish", "cannot-be-asked")},
    ),
    "search.began": ("find", ("name", "entry"), {}),
    "search.ended": (
        "find",
        ("name", "entry", "outcome", "reason", "error"),
        {"outcome": ("found", "portion", "missed", "skipped", "raised"), "reason": SEARCH_REASONS},
    ),
    "finder.recalled": (
        "find",
        ("entry", "finder", "outcome"),
        {"outcome": ("finder", "none")},
    ),
    "hook.tried": (
        "find",
        ("entry", "hook", "outcome", "error"),
        {"outcome": ("took", "declined", "raised")},
    ),
    "directory.listed": (
        "find",
        ("directory", "outcome", "error"),
        {"outcome": ("listed", "recalled", "looked", "failed")},
    ),
    "archive.read": (
        "find",
        ("archive", "outcome", "error"),
        {"outcome": ("read", "recalled", "failed")},
    ),
    "candidate.seen": (
        "find",
        ("name", "path", "outcome"),
        {
            "outcome": (
                "chosen",
                "absent",
                "not-a-file",
                "not-a-directory",  # a file that has the package's name and no suffix
                "no-init",  # a directory without __init__: at most a portion
                "unusable-bytecode",  # bytecode in an archive that is stale or of another version
                "unreadable",
            )
        },
    ),
    "portion.kept": ("find", ("name", "location"), {}),
    "portion.dropped": ("find", ("name", "location", "winner"), {}),
    "path.recomputed": (
        "find",
        ("name", "outcome"),
        {"outcome": ("changed", "same", "kept")},
    ),
    "path.extended": (
        "find",
        ("name", "style", "locations"),
        {"style": ("pkgutil", "pkg_resources")},
    ),
    "entries.unsearched": ("find", ("name", "entries"), {}),
    "finders.unasked": ("find", ("name", "finders"), {}),
    "import.began": ("import", ("name", "importer", "file", "line"), {}),
    "import.ended": (
        "import",
        ("name", "outcome", "error"),
        {"outcome": ("loaded", "there", "half-made", "shared", "halted", "not-found", "failed")},
    ),
    "import.served": ("import", ("name", "importer"), {}),
    "import.escaped": (
        "import",
        ("name", "outcome"),
        {"outcome": ("loaded-outside", "moved-in")},
    ),
    "lock.waited": ("import", ("name", "outcome"), {"outcome": ("acquired", "deadlock")}),
    "module.shared": ("load", ("name", "outcome"), {"outcome": ("there", "imported", "stand-in")}),
    "load.began": ("load", ("name", "loader"), {}),
    "load.ended": (
        "load",
        ("name", "outcome", "error"),
        {"outcome": ("loaded", "failed")},
    ),
    "module.created": (
        "load",
        ("name", "outcome"),
        {"outcome": ("default", "by-loader", "there")},
    ),
    "module.registered": ("load", ("name", "outcome"), {"outcome": ("new", "over-another")}),
    "bytecode.judged": (
        "load",
        (
            "name",
            "path",
            "outcome",
            "source_mtime",
            "cached_mtime",
            "source_size",
            "cached_size",
            "source_hash",
            "cached_hash",
            "magic",
            "doubt",
        ),
        {"outcome": BYTECODE_OUTCOMES, "doubt": ("written-in-the-same-tick",)},
    ),
    "source.compiled": ("load", ("name", "path", "outcome", "error"), {"outcome": ("compiled", "failed")}),
    "bytecode.written": (
        "load",
        ("name", "path", "outcome", "error"),
        {"outcome": ("written", "not-wanted", "no-directory", "failed")},
    ),
    "run.began": ("load", ("name",), {}),
    "run.ended": ("load", ("name", "outcome", "error"), {"outcome": ("ran", "raised")}),
    "module.removed": ("load", ("name", "outcome"), {"outcome": ("undone", "by-itself")}),
    "module.replaced": ("load", ("name", "type"), {}),
    "state.changed": (
        "load",
        ("name", "piece", "outcome"),
        {
            "piece": ("path", "meta_path", "path_hooks"),
            "outcome": ("rebound", "extended", "shortened", "altered"),
        },
    ),
    "attribute.bound": (
        "bind",
        ("name", "parent", "outcome", "was"),
        {"outcome": ("new", "same", "overwrote", "refused")},
    ),
    "bind.began": ("bind", ("name", "statement"), {}),
    "bind.ended": ("bind", ("name", "outcome", "error"), {"outcome": ("bound", "failed")}),
    "item.resolved": (
        "bind",
        ("name", "item", "outcome"),
        {"outcome": ("attribute", "imported", "from-modules", "missing")},
    ),
    "name.bound": (
        "bind",
        ("name", "value", "outcome", "was"),
        {"outcome": ("new", "same", "overwrote")},
    ),
    "path.changed": (
        "import",
        (
            "name",
            "seen",
            "outcome",
            "importer",
            "file",
            "after",
            "before",
            "doubt",
            "added",
            "removed",
            "entries",
            "frames",
        ),
        {
            "seen": ("import-began", "load-began", "load-ended", "import-failed", "looked"),
            "outcome": ("rebound", "extended", "shortened", "altered"),
            "doubt": ("other-threads-ran",),
        },
    ),
    "import.counted": ("import", ("name", "importer", "count"), {}),
    "tracing.installed": ("record", ("how", "modules"), {"how": ("retold", "observed")}),
    "error.raised": (
        "record",
        (
            "relation",
            "error",
            "message",
            "name",
            "path",
            "line",
            "text",
            "holder",
            "origin",
            "held",
            "files",
            "lines",
            "modules",
            "functions",
        ),
        {"relation": ("final", "cause", "context", "suppressed", "passing")},
    ),
    "module.held": (
        "record",
        ("name", "type", "origin", "outcome", "locations"),
        {"outcome": ("module", "initializing", "none", "no-module", "absent")},
    ),
    "program.ended": (
        "record",
        ("outcome", "path", "meta_path", "path_hooks"),
        {"outcome": ("finished", "exited", "raised")},
    ),
    "break.failed": ("record", ("name", "error"), {}),
    "record.gap": ("record", ("reason",), {}),
    "record.stopped": ("record", ("reason",), {}),
}

# Rows that stand for a whole little story, written as one tuple because they are written thousands
# of times: the trace unfolds them into the kinds above when somebody looks.
FOLDED: "dict[str, tuple[str, ...]]" = {
    # finders that were asked in turn and declined at once: for each, ask.began and ask.ended
    "ask.declined": ("name", "finders"),
    # an entry that was searched in vain: search.began, how the finder was come by, how the directory
    # was looked at, a candidate.seen for each candidate, search.ended
    "search.missed": ("name", "entry", "directory", "candidates", "how", "hooks"),
    # a directory that holds the module: candidates[:chosen] are absent, candidates[chosen] is it;
    # where the candidates are __init__ files they lie in the directory called `package`
    "search.hit": ("name", "entry", "directory", "package", "candidates", "chosen", "how", "hooks"),
    # a directory that holds a portion and no module: the __init__ files are absent in the directory
    # called candidates[0], and so are the other candidates
    "search.portion": ("name", "entry", "directory", "inits", "candidates", "how", "hooks"),
    # search.missed, with a finder and its listing recalled, for a run of entries in a row:
    # entries[first], entries[first + 1] … whose directories are listed
    "search.run": ("name", "entries", "first", "directories", "candidates"),
    # search.missed for a run of entries answered from one index: entries[first:last]
    "search.swept": ("name", "places", "first", "last", "candidates"),
    # a sweep that was answered by a file: the entries before places[at] were searched in vain, the one
    # there holds tail + suffixes[chosen - 1], those behind it were not searched
    "search.answered": ("name", "places", "at", "tail", "suffixes", "chosen"),
    # the whole path of a search that ended early, and where its unsearched rest begins:
    # entries.unsearched
    "entries.rest": ("name", "entries", "first"),
    # the usual load of a module from a file: load.began, module.created, module.registered; how is
    # what module.created says
    "load.prepared": ("name", "loader", "how"),
    # no story: a path with a number, by which the rows below speak of it; what its directories are
    # searched for, with the kind of module that each suffix stands for; and the finders ahead of the
    # interpreter's three, and behind them
    "path.told": ("number", "entries", "suffixes", "kinds", "ahead", "behind"),
    # a module or package found in a directory of that path by the interpreter's three finders: the first
    # two declined, the third came to the last of the entries for which `ways` has a letter, how it dealt
    # with each (plain.py); `here` is the current directory, if an entry stands for it; a package or not,
    # None for a module beside a directory of its name that is no package, ``known`` for a package that the
    # interpreter has already, and of which nothing else was looked for; which suffix, or -1 if none of the
    # entries has it
    "search.plain": ("name", "path", "ways", "here", "is_package", "chosen"),
    # the same as the whole step of finding
    "find.plain": ("name", "path", "ways", "here", "is_package", "chosen"),
    # the same after the finders ahead have declined: when it began, and when each of them had answered
    "find.asked": ("name", "times", "path", "ways", "here", "is_package", "chosen"),
    # the load of a module whose bytecode fits, up to its run: load.began, module.created,
    # module.registered, bytecode.judged, run.began
    "load.plain": ("name", "cached", "mtime", "size", "doubt"),
    # the usual end: load.ended, before it run.ended if the run has been told, and import.ended
    "import.loaded": ("name", "loaded_ns", "ran"),
    # the usual end of a submodule's import: run.ended and load.ended, attribute.bound where its package
    # had nothing of that name, and import.ended
    "import.bound": ("name", "ran_ns"),
}

SPANS = tuple(kind[: -len(".began")] for kind in KINDS if kind.endswith(".began"))
