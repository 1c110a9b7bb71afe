"""The habits of an interpreter's `site` module, which changed several times within minor versions.

They are read off the interpreter's own `site` (its functions' names and constants, see
`interpreter.py`), because `site` is frozen into the binary and distributions patch it there: neither
the version number nor the file beside it tells for certain. Only where it cannot be read does the
version decide. `site_stage.py` runs on these rules.
"""

from __future__ import annotations

import os

import attrs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from wherefrom.search_path.interpreter import Interpreter


@attrs.frozen
class SiteRules:
    """How one interpreter's `site` behaves where versions differ.

    Attributes:
        version: Major and minor, for the names of directories.
        batched: Collects all paths first, then runs start-up code; reads `.start` files (3.15, PEP 829).
        skips_hidden: Skips `.pth` files whose name begins with a dot.
        utf8: Reads `.pth` files as UTF-8 first, then in the locale's encoding; splits lines as `str` does.
        venv_sets_prefix: Sets `sys.prefix` itself in a virtual environment (up to 3.13).
        debian: Debian's directories instead of `site-packages`.
        suffix: `"t"` in the directory names of a free-threaded build (3.13 and later).
        user_site_under_pth: A `._pth` file that imports `site` still gets the user site directory.
        patched: What else a vendor changed, in words; not modelled.
    """

    version: tuple[int, int]
    batched: bool
    skips_hidden: bool
    utf8: bool
    venv_sets_prefix: bool
    debian: bool
    suffix: str
    user_site_under_pth: bool
    patched: str | None = None

    @property
    def directory(self) -> str:
        """The name of the version's directory below `lib`, with its thread suffix."""
        return f"{self.plain_directory}{self.suffix}"

    @property
    def plain_directory(self) -> str:
        """The name of the version's directory below `lib`, without a suffix."""
        return "python{}.{}".format(*self.version)


def rules(facts: Interpreter) -> SiteRules:
    """Tell the habits of an interpreter's `site` from the facts about it."""
    told = _told_by_site(facts) if facts.site_origin else _told_by_version(facts)
    major, minor = facts.version_info[:2]
    return SiteRules(
        version=(major, minor),
        suffix="t" if facts.free_threaded and (major, minor) >= (3, 13) else "",
        user_site_under_pth=(major, minor) < (3, 15),
        debian=facts.debian,
        patched=_vendor(facts),
        **told,
    )


def _told_by_site(facts: Interpreter) -> dict[str, bool]:
    adding = _names(facts, "addsitedir", "_addsitedir")
    reading = _constants(facts, "addpackage", "_read_pthstart_file")
    return {
        "batched": "StartupState" in facts.site,
        "skips_hidden": "startswith" in adding,
        "utf8": "utf-8-sig" in reading,
        "venv_sets_prefix": "insert" in _names(facts, "venv"),
    }


def _told_by_version(facts: Interpreter) -> dict[str, bool]:
    """Fall back on the change log: hidden files since 3.11.8 and 3.12.2, UTF-8 since 3.12.4."""
    version = facts.version_info[:3]
    return {
        "batched": version >= (3, 15, 0),
        "skips_hidden": version >= (3, 12, 2) or (3, 11, 8) <= version < (3, 12, 0),
        "utf8": version >= (3, 12, 4),
        "venv_sets_prefix": version < (3, 14, 0),
    }


def _names(facts: Interpreter, *functions: str) -> set[str]:
    return {name for function in functions for name in facts.site.get(function, ([], []))[1]}


def _constants(facts: Interpreter, *functions: str) -> set[str]:
    return {text for function in functions for text in facts.site.get(function, ([], []))[0]}


def _vendor(facts: Interpreter) -> str | None:
    """Notice a patch that is not modelled: Fedora puts /usr/local into the prefixes."""
    if "/usr/local" in _constants(facts, "", "getsitepackages", "addsitepackages", "main"):
        return "its site module mentions /usr/local"
    return None


def site_directories(
    known: SiteRules, prefixes: list[str], *, platlibdir: str, in_venv: bool
) -> list[tuple[str, str]]:
    """List the site directories of some prefixes in order, existing or not.

    Args:
        known: The interpreter's habits.
        prefixes: The prefixes; empty ones and repetitions do not count.
        platlibdir: Its `sys.platlibdir`.
        in_venv: Whether it sees itself in a virtual environment (`sys.prefix != sys.base_prefix`).

    Returns:
        Pairs of prefix and directory.
    """
    found = []
    for prefix in dict.fromkeys(filter(None, prefixes)):
        below = _debian_places(known, platlibdir, in_venv) if known.debian else _places(known, platlibdir)
        found += [(prefix, os.path.join(prefix, place)) for place in below]
    return found


def _places(known: SiteRules, platlibdir: str) -> list[str]:
    return [f"{lib}/{known.directory}/site-packages" for lib in dict.fromkeys((platlibdir, "lib"))]


def _debian_places(known: SiteRules, platlibdir: str, in_venv: bool) -> list[str]:
    first = [f"lib/{known.plain_directory}/site-packages"] if in_venv else []
    return [
        *first,
        f"local/lib/{known.plain_directory}/dist-packages",
        "lib/python3/dist-packages",
        *(f"{lib}/{known.directory}/dist-packages" for lib in dict.fromkeys((platlibdir, "lib"))),
    ]


def user_directory(known: SiteRules, base: str) -> str:
    """Return the user site directory below a user base."""
    return f"{base}/lib/{known.directory}/site-packages"
