"""Finding, told step by step while it happens: our own search in the place of the interpreter's.

Decides when the search may be ours: only while every finder and hook that takes part is the
interpreter's own, with nobody's method in it. Otherwise, and whenever ours does not come to an end,
the interpreter's own function searches. ``live.py`` calls it; ``find/seeking.py`` searches.
"""

import sys

from .find.answer import label
from .find.seeking import ask, find_spec
from .genuine import BuiltinImporter, FileFinder, FrozenImporter, NamespacePath, PathFinder, zipimporter
from .hooks import are_genuine
from .interpreter import GENUINE_METHODS, all_untouched
from .record import SharedRecord
from .system import System

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

    from .live_record import LiveRecord

_FINDERS = [BuiltinImporter, FrozenImporter, PathFinder]
_OWN_FINDERS = (FileFinder, zipimporter, type(None))
_FIND = GENUINE_METHODS[FileFinder], GENUINE_METHODS[zipimporter]
# What else of the path based finder somebody may have put something else for.
_PARTS = ("_path_hooks", "_path_importer_cache", "_get_spec")
_GENUINE_PARTS = [PathFinder.__dict__[name] for name in _PARTS]


class NotOursError(Exception):
    """The search is not ours to tell."""


class Retelling:
    """Searches for the running program, and tells every step."""

    def __init__(self, record: "LiveRecord") -> None:
        whole = self._record = SharedRecord(record)
        self._system = System(sys, whole)
        self._system.keeps_finders = True

    def find_spec(self, name: str, path: "Any", target: "Any") -> "Any":
        """Find a spec as the interpreter's own function does.

        Raises:
            NotOursError: the interpreter's own function has to search; nothing has been recorded.
        """
        return self._told(self._among_all, name, path, target)

    def find_by_own(self, name: str, path: "Any", target: "Any") -> "Any":
        """Find a spec as the interpreter's three finders do together.

        Raises:
            NotOursError: they have to search themselves; nothing has been recorded.
        """
        return self._told(self._among_own, name, path, target)

    def _told(self, search: "Any", name: str, path: "Any", target: "Any") -> "Any":
        record = self._record
        begin = len(record.rows)
        try:
            if not self._is_ours(path):
                raise NotOursError
            return search(name, path, target)
        except Exception as error:
            # Whatever it is, the interpreter's own search comes to it too, and its frames are the
            # ones to be seen in the traceback.
            if len(record.rows) > begin:
                del record.rows[begin:]
            raise NotOursError from error

    def _among_all(self, name: str, path: "Any", target: "Any") -> "Any":
        if sys.meta_path != _FINDERS:
            raise NotOursError
        return find_spec(self._system, name, path, target)

    def _among_own(self, name: str, path: "Any", target: "Any") -> "Any":
        for at, finder in enumerate(_FINDERS):
            answered = ask(self._system, finder, name, path, target)
            if answered is not None:
                if at < 2:
                    rest = tuple([label(one) for one in _FINDERS[at + 1 :]])
                    self._record.finders_unasked(name, rest)
                return answered[0]
        return None

    def _is_ours(self, path: "Any") -> bool:
        """Say whether all who would take part are the interpreter's own, unchanged."""
        if not all_untouched():
            return False
        if not are_genuine(sys.path_hooks):
            return False
        if (FileFinder.__dict__["find_spec"], zipimporter.__dict__.get("find_spec")) != _FIND:
            return False
        if [PathFinder.__dict__.get(name) for name in _PARTS] != _GENUINE_PARTS:
            return False
        if path is None:
            path = sys.path
        if path.__class__ is not list and path.__class__ is not NamespacePath:
            return False
        known = sys.path_importer_cache
        return all(entry.__class__ is str and type(known.get(entry)) in _OWN_FINDERS for entry in path)
