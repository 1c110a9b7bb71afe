"""The path hooks that the interpreter begins with: which they are, and what they say.

Decides nothing about entries: ``find/places.py`` tells what the hooks make of them.

Mirrors ``zipimporter.__init__`` (``zipimport.py``) and ``FileFinder.path_hook``
(``importlib/_bootstrap_external.py``).
"""

from .genuine import FileFinder, zipimporter
from .seam import relabelled

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

    Tried = tuple[tuple[str, str, str | None], ...]

# The one of archives and the one of directories, in the order in which they always stand.
ZIP_HOOK, FILE_HOOK = "zipimporter", "FileFinder"
NO_ARCHIVE, NO_DIRECTORY = "not a Zip file", "only directories are supported"
# What they say of a directory, and of a path where nothing lies.
DIRECTORY_TRIED: "Tried" = (ZIP_HOOK, "declined", NO_ARCHIVE), (FILE_HOOK, "took", None)
NOTHING_TRIED: "Tried" = (ZIP_HOOK, "declined", NO_ARCHIVE), (FILE_HOOK, "declined", NO_DIRECTORY)

FILE_HOOK_CODE: "Any" = FileFinder.path_hook().__code__


def is_file_hook(hook: "Any") -> bool:
    """Say whether a hook is one of directories, with whatever loaders."""
    return getattr(hook, "__code__", None) is FILE_HOOK_CODE


def are_genuine(hooks: "Any") -> bool:
    """Say whether hooks are the interpreter's own two."""
    return len(hooks) == 2 and hooks[0] is zipimporter and is_file_hook(hooks[1])


relabelled(is_file_hook)
relabelled(are_genuine)
