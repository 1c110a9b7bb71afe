"""Editable installs by a finder: mappings that lead nowhere, and directories that come before the finder."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from ...finding import Evidence
from ..absent import absents, join, offered, python_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...finding import Finding
    from ..case import Case

_MAPPING = re.compile(r"^MAPPING(?::[^=]*)?\s*=\s*\{(.*)\}", re.MULTILINE)
_PAIR = re.compile(r"'([^']+)':\s*'([^']+)'")
_FINDERS = ("__editable__", "_editable_impl_", "_editable_skbc_", "_", "__editables_finder")


def mappings(case: Case) -> Iterator[tuple[str, str, str]]:
    """Give finder file, module and place for each line of the mappings of editable finders."""
    for entry in case.path:
        if not entry.endswith(("site-packages", "dist-packages")) and "-packages" not in entry:
            continue
        for name in case.listing(entry):
            if not (name.startswith(("__editable__", "__editable___")) and name.endswith("_finder.py")):
                continue
            file = join(entry, name)
            found = _MAPPING.search(case.text(file) or "")
            for module, place in _PAIR.findall(found[1]) if found else ():
                yield file, module, place


def mapping_stale(case: Case) -> Iterator[Finding]:
    """Say that an editable finder maps a module to what is no longer there."""
    for absent in absents(case):
        for file, module, place in mappings(case):
            if not (absent.name == module or absent.name.startswith(f"{module}.")) or case.exists(place):
                continue
            if case.exists(f"{place}.py"):
                continue
            yield case.finding(
                "editable-finder-mapping-stale",
                f"{file} maps {module!r} to {place}, which does not exist: the sources of the "
                "editable install "
                "have moved",
                Evidence(f"MAPPING: {module!r} -> {place}", file),
                Evidence(f"missing: {place}"),
                *absent.asked(case),
                fix=f"install again from where the sources are: {python_of(case)} -m pip install -e "
                "DIRECTORY",
                about=absent.name,
                weight=90,
            )
            return


def finder_shadowed(case: Case) -> Iterator[Finding]:
    """Say that a plain directory is found as a namespace package before an editable finder is asked."""
    for failure in case.failures:
        if failure.kind not in ("not-found", "name", "attribute"):
            continue
        top = failure.module.partition(".")[0]
        for file, module, place in mappings(case):
            if module != top or not case.exists(place):
                continue
            for entry in case.path:
                directory = join(entry or case.cwd, top)
                stat = case.stat(directory) if entry and not entry.startswith("<") else None
                inside = case.listing(directory) if stat and stat["kind"] == "directory" else []
                if not stat or stat["kind"] != "directory" or directory == place:
                    continue
                if any(name.startswith("__init__.") for name in inside) or offered(case, entry, f"{top}."):
                    continue
                yield case.finding(
                    "editable-finder-shadowed-by-namespace-directory",
                    f"{directory} has no __init__.py and is imported as a namespace package, before "
                    "the editable "
                    f"finder that leads to {place} is asked",
                    Evidence(f"{directory} stands on the search path, in {entry}", directory),
                    Evidence(
                        f"the finder __editable__ of {posixpath.basename(file)} stands behind PathFinder",
                        file,
                    ),
                    Evidence(f"it maps {top!r} to {place}", file),
                    fix=f"rename {directory}, or install with pip install -e . --config-settings "
                    "editable_mode=compat",
                    about=failure.module,
                    weight=93,
                )
                return


RULES = (mapping_stale, finder_shadowed)
