"""The rules: each looks at a case and says what it can show to be wrong.

A rule yields findings of its code and decides nothing about others; `weighing` in the parent decides
which stand first. ``RULES`` lists all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from .beside import RULES as _BESIDE
from .bundles import RULES as _BUNDLES
from .caches import RULES as _CACHES
from .commands import RULES as _COMMANDS
from .compiled import RULES as _COMPILED
from .copies import RULES as _COPIES
from .cycles import RULES as _CYCLES
from .depth import RULES as _DEPTH
from .environment import RULES as _ENVIRONMENT
from .extensions import RULES as _EXTENSIONS
from .frameworks import RULES as _FRAMEWORKS
from .held import RULES as _HELD
from .hidden import RULES as _HIDDEN
from .hooks import RULES as _HOOKS
from .initialising import RULES as _INITIALISING
from .later import RULES as _LATER
from .leftovers import RULES as _LEFTOVERS
from .links import RULES as _LINKS
from .lookalikes import RULES as _LOOKALIKES
from .missing import RULES as _MISSING
from .names import RULES as _NAMES
from .namespaces import RULES as _NAMESPACES
from .order import RULES as _ORDER
from .packages import RULES as _PACKAGES
from .pickles import RULES as _PICKLES
from .plugins import RULES as _PLUGINS
from .refusals import RULES as _REFUSALS
from .relative import RULES as _RELATIVE
from .shadowing import RULES as _SHADOWING
from .sources import RULES as _SOURCES
from .spelling import RULES as _SPELLING
from .stars import RULES as _STARS
from .start_up import RULES as _START_UP
from .submodules import RULES as _SUBMODULES
from .tags import RULES as _TAGS
from .test_runs import RULES as _TEST_RUNS
from .twice import RULES as _TWICE
from .waiting import RULES as _WAITING
from .whereabouts import RULES as _WHEREABOUTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ...finding import Finding
    from ..case import Case

Rule: TypeAlias = "Callable[[Case], Iterator[Finding]]"

RULES: tuple[Rule, ...] = (
    *_SHADOWING,
    *_HIDDEN,
    *_COPIES,
    *_LEFTOVERS,
    *_CYCLES,
    *_DEPTH,
    *_ORDER,
    *_WAITING,
    *_START_UP,
    *_RELATIVE,
    *_TWICE,
    *_COMMANDS,
    *_WHEREABOUTS,
    *_MISSING,
    *_ENVIRONMENT,
    *_NAMESPACES,
    *_BESIDE,
    *_PACKAGES,
    *_SPELLING,
    *_NAMES,
    *_SUBMODULES,
    *_HELD,
    *_HOOKS,
    *_LATER,
    *_REFUSALS,
    *_STARS,
    *_BUNDLES,
    *_CACHES,
    *_COMPILED,
    *_EXTENSIONS,
    *_FRAMEWORKS,
    *_INITIALISING,
    *_LINKS,
    *_LOOKALIKES,
    *_PICKLES,
    *_PLUGINS,
    *_SOURCES,
    *_TAGS,
    *_TEST_RUNS,
)
