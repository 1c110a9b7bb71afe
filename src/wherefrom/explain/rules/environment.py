"""The rules about the environment: installations, the search path's entries, other Pythons, versions.

Decides nothing: it gathers the rules of the family for the list of all.
"""

from __future__ import annotations

from .almost import RULES as _ALMOST
from .archives import RULES as _ARCHIVES
from .bodies import RULES as _BODIES
from .dependencies import RULES as _DEPENDENCIES
from .editable import RULES as _EDITABLE
from .elsewhere import RULES as _ELSEWHERE
from .entries import RULES as _ENTRIES
from .import_lines import RULES as _IMPORT_LINES
from .installation import RULES as _INSTALLATION
from .library import RULES as _LIBRARY
from .path_files import RULES as _PATH_FILES
from .starts import RULES as _STARTS
from .swallowed import RULES as _SWALLOWED
from .switched_off import RULES as _SWITCHED_OFF

RULES = (
    *_LIBRARY,
    *_ENTRIES,
    *_SWITCHED_OFF,
    *_ELSEWHERE,
    *_ARCHIVES,
    *_PATH_FILES,
    *_IMPORT_LINES,
    *_EDITABLE,
    *_ALMOST,
    *_STARTS,
    *_BODIES,
    *_INSTALLATION,
    *_DEPENDENCIES,
    *_SWALLOWED,
)
