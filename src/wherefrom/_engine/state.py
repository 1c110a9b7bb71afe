"""The state of an import system: the five pieces that CPython keeps on ``sys``.

The attributes have the names that they have on ``sys``, so the module ``sys`` is itself a state.
This file only says what a state is; ``system.py`` joins it with a disk and a record.
"""

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from collections.abc import Iterable, MutableMapping
    from typing import Any


class State:
    """The five pieces of state of one import system.

    Whatever is not given is taken from `like`, the very objects, so a state can differ from the
    interpreter's in its path alone.
    """

    __slots__ = ("meta_path", "modules", "path", "path_hooks", "path_importer_cache")

    def __init__(
        self,
        like: "Any",  # sys, or another state: anything with the five attributes
        *,
        modules: "MutableMapping[str, Any] | None" = None,
        path: "Iterable[object] | None" = None,
        path_importer_cache: "dict[str, Any] | None" = None,
    ) -> None:
        self.modules: MutableMapping[str, Any] = like.modules if modules is None else modules
        self.meta_path: list[Any] | None = like.meta_path
        self.path: Iterable[Any] = like.path if path is None else path
        self.path_hooks: list[Any] | None = like.path_hooks
        self.path_importer_cache: dict[str, Any] = (
            like.path_importer_cache if path_importer_cache is None else path_importer_cache
        )
