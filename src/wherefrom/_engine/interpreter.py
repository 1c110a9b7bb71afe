"""What the import steps need to know of the interpreter that they answer for.

Suffixes and their loaders, which modules are built in or frozen, where the frozen standard library
says that it lies. `HERE` is the running interpreter; another one can be described by the same
attributes. Decides nothing; ``find/`` reads it.
"""

import sys

from .genuine import (
    MAGIC_NUMBER,
    BuiltinImporter,
    FileFinder,
    FrozenImporter,
    PathFinder,
    external,
    imp,
    zipimport,
    zipimporter,
)

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

# What find_spec was before anybody touched it: a class whose method was replaced is a stranger.
GENUINE_METHODS: "dict[Any, Any]" = {
    cls: cls.__dict__["find_spec"]
    for cls in (BuiltinImporter, FrozenImporter, PathFinder, FileFinder, zipimporter)
}


# What looks into such a class, and not into those that it is derived from, and what it has to find.
_UNTOUCHED: "dict[Any, Any]" = {cls: (cls.__dict__.get, method) for cls, method in GENUINE_METHODS.items()}


def is_untouched(cls: "Any") -> bool:
    """Say whether a class of the interpreter still searches with its own method."""
    look, method = _UNTOUCHED[cls]
    same: bool = look("find_spec") is method
    return same


_look_in_builtin, _BUILTIN_METHOD = _UNTOUCHED[BuiltinImporter]
_look_in_frozen, _FROZEN_METHOD = _UNTOUCHED[FrozenImporter]
_look_in_path, _PATH_METHOD = _UNTOUCHED[PathFinder]
_look_in_parts = external.__dict__.get


def all_untouched() -> bool:
    """Say at once whether the three classes of the meta path are untouched, as nearly always."""
    return (
        _look_in_builtin("find_spec") is _BUILTIN_METHOD
        and _look_in_frozen("find_spec") is _FROZEN_METHOD
        and _look_in_path("find_spec") is _PATH_METHOD
        # Where somebody reloads the module of the path based finder, its parts are there a second time,
        # and the old ones do not work any more on every version.
        and _look_in_parts("PathFinder") is PathFinder
    )


class Habits:
    """What the versions of CPython do differently when they find a module.

    Attributes:
        magic: the first four bytes of bytecode files.
        cuts_leading_dot: a leading ``./`` goes when a relative path entry is made absolute (3.12).
        reads_zip64: zips beyond four gigabytes are read, and their entries counted (3.13).
        adds_zip_directories: directories that an archive only implies exist (3.14).
        excuses_zip_names: a name in an archive that is no UTF-8 is an ``ImportError`` (3.14).
        opens_zip_source: source in an archive is read to find it (until 3.14).
    """

    __slots__ = (
        "adds_zip_directories",
        "cuts_leading_dot",
        "excuses_zip_names",
        "magic",
        "opens_zip_source",
        "reads_zip64",
    )

    def __init__(self, version: "tuple[int, int]", magic: bytes) -> None:
        self.magic = magic
        self.cuts_leading_dot = version >= (3, 12)
        self.reads_zip64 = version >= (3, 13)
        self.adds_zip_directories = version >= (3, 14)
        self.excuses_zip_names = version >= (3, 14)
        self.opens_zip_source = version < (3, 15)


def _own_habits() -> Habits:
    """Ask the running interpreter: such things arrive in micro releases, too."""
    habits = Habits(sys.version_info[:2], MAGIC_NUMBER)
    texts = [text for text in zipimport._read_directory.__code__.co_consts if isinstance(text, str)]
    habits.reads_zip64 = hasattr(zipimport, "END_CENTRAL_DIR_SIZE_64")
    habits.adds_zip_directories = any("implicit directories" in text for text in texts)
    habits.excuses_zip_names = any("can't decode file name" in text for text in texts)
    habits.opens_zip_source = "compile_source" not in zipimport._get_module_code.__code__.co_varnames
    return habits


class Interpreter:
    """The facts about one interpreter that decide where its imports come from.

    Attributes:
        loaders: ``(suffix, loader class)`` pairs in the order in which a directory is searched.
        suffixes: their suffixes.
        inits: the file names that make a directory a package, in the same order.
        is_builtin: tells 1 or -1 for the name of a built-in module, else 0.
        find_frozen: tells ``(data, is_package, original name)`` of a frozen module, or None.
        stdlib_dir: the directory of the standard library, or None if it was not found.
        relaxes_case: says whether file names are compared without regard to case right now.
        habits: what its version does differently.
        cache_tag: the tag in the names of its bytecode files, where it is not the running one's.
    """

    __slots__ = (
        "cache_tag",
        "find_frozen",
        "habits",
        "inits",
        "is_builtin",
        "loaders",
        "relaxes_case",
        "stdlib_dir",
        "suffixes",
    )

    def __init__(
        self,
        *,
        loaders: "list[tuple[str, Any]]",
        is_builtin: "Callable[[str], int]",
        find_frozen: "Callable[[str], tuple[Any, bool, str | None] | None]",
        stdlib_dir: "str | None",
        relaxes_case: "Callable[[], bool]",
        habits: Habits,
        cache_tag: "str | None" = None,
    ) -> None:
        self.loaders = loaders
        self.suffixes = tuple([suffix for suffix, _ in loaders])
        self.inits = tuple(["__init__" + suffix for suffix in self.suffixes])
        self.is_builtin = is_builtin
        self.find_frozen = find_frozen
        self.stdlib_dir = stdlib_dir
        self.relaxes_case = relaxes_case
        self.habits = habits
        self.cache_tag = cache_tag


def _supported_loaders() -> "list[tuple[str, Any]]":
    return [
        (suffix, loader) for loader, suffixes in external._get_supported_file_loaders() for suffix in suffixes
    ]


HERE = Interpreter(
    loaders=_supported_loaders(),
    is_builtin=imp.is_builtin,
    find_frozen=imp.find_frozen,
    stdlib_dir=getattr(sys, "_stdlib_dir", None),
    # Mirrors _relax_case of importlib/_bootstrap_external.py: PYTHONCASEOK counts on Windows and
    # macOS only, and only as the environment stood when the interpreter started.
    relaxes_case=external._relax_case,
    habits=_own_habits(),
)
