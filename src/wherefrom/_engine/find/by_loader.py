"""Specs made from loaders: what a loader's own methods say of its module.

Decides origin, location and whether it is a package, for loaders that come without a spec: those of
strangers' finders and of the protocol of before. Asks the loader and no disk. ``specs.py`` makes the
specs of what was found here.

Mirrors ``spec_from_loader`` (``importlib/_bootstrap.py``) and ``spec_from_file_location``
(``importlib/_bootstrap_external.py``).
"""

from ..genuine import ModuleSpec
from ..paths import absolute, split

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

UNSET: "Any" = object()
_UNKNOWN = "<unknown>"


def spec_from_loader(
    name: str, loader: "Any", *, origin: "Any" = None, is_package: "bool | None" = None, getcwd: "Any"
) -> "Any":
    """Make the spec of a module from its loader.

    Args:
        name: the absolute name.
        loader: the loader.
        origin: where the module comes from; asked of the loader if not given.
        is_package: whether it is a package; asked of the loader if not given.
        getcwd: tells the current directory.

    Raises:
        Exception: what the loader raises, but ImportError.
    """
    if origin is None:
        origin = getattr(loader, "_ORIGIN", None)
    if not origin and hasattr(loader, "get_filename"):
        locations = UNSET if is_package is None else [] if is_package else None
        return spec_from_file(name, None, loader=loader, locations=locations, getcwd=getcwd)
    if is_package is None:
        is_package = _is_package(name, loader) if hasattr(loader, "is_package") else False
    return ModuleSpec(name, loader, origin=origin, is_package=is_package)


def _is_package(name: str, loader: "Any") -> "bool | None":
    try:
        return loader.is_package(name)  # type: ignore[no-any-return]  # a stranger's answer
    except ImportError:
        return None


def spec_from_file(
    name: str,
    path: "Any" = None,
    *,
    loader: "Any" = None,
    locations: "Any" = UNSET,
    getcwd: "Callable[[], str]",
    loader_for: "Callable[[str, str], Any] | None" = None,
) -> "Any":
    """Make the spec of a module from its file.

    Args:
        name: the absolute name.
        path: the file; asked of the loader if not given.
        loader: the loader.
        locations: where its submodules are; an empty list for the file's own directory, None for what
            is no package; asked of the loader if not given.
        getcwd: tells the current directory.
        loader_for: chooses a loader by name and file where none is given.

    Returns:
        The spec; None if no loader was given and none fits.

    Raises:
        Exception: what the loader raises, but ImportError.
    """
    if path is None:
        path = _UNKNOWN
        if hasattr(loader, "get_filename"):
            try:
                path = loader.get_filename(name)
            except ImportError:
                pass
    else:
        path = path if isinstance(path, str) else path.__fspath__()
        try:
            path = absolute(path, getcwd)
        except OSError:
            pass
    spec = ModuleSpec(name, loader, origin=path)
    spec.has_location = True
    if loader is None:
        loader = spec.loader = None if loader_for is None else loader_for(name, path)
        if loader is None:
            return None
    if locations is UNSET:
        if hasattr(loader, "is_package") and _is_package(name, loader):
            spec.submodule_search_locations = []
    else:
        spec.submodule_search_locations = locations
    if spec.submodule_search_locations == [] and path:
        spec.submodule_search_locations.append(split(path)[0])
    return spec
