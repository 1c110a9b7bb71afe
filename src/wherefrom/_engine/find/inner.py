"""Modules that live inside the interpreter: built-in and frozen ones.

Tells what ``BuiltinImporter.find_spec`` and ``FrozenImporter.find_spec`` do
(``importlib/_bootstrap.py``). Both ignore every path: a file of the same name is never looked at.
"""

from ..genuine import BuiltinImporter, FrozenImporter
from ..paths import SEPARATOR
from .answer import Answer

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from ..system import System


def find_builtin(system: "System", name: str) -> "Answer | None":
    """Find a module that is compiled into the interpreter."""
    if not system.interpreter.is_builtin(name):
        return None
    return Answer(name, "built-in", "BuiltinImporter", origin="built-in", loader=BuiltinImporter)


def find_frozen(system: "System", name: str) -> "Answer | None":
    """Find a module whose code is frozen into the interpreter."""
    info = system.interpreter.find_frozen(name)
    if info is None:
        return None
    _, is_package, original_name = info
    filename, package_directory = _where_frozen(
        system.interpreter.stdlib_dir, name, original_name, is_package
    )
    locations = None
    if is_package:
        locations = [package_directory] if package_directory else []
    answer = Answer(name, "frozen", "FrozenImporter", "frozen", loader=FrozenImporter, locations=locations)
    answer.state = filename, original_name
    return answer


def _where_frozen(
    stdlib_dir: "str | None", name: str, original_name: "str | None", is_package: bool
) -> "tuple[str | None, str | None]":
    """Say where the source of a frozen module lies, by convention: nothing is looked at.

    Mirrors ``FrozenImporter._resolve_filename``: a module may be frozen under an alias; an original
    name that begins with ``<`` marks a package's ``__init__``.

    Returns:
        The file, and the package's directory; None where there is no telling.
    """
    if not original_name or not stdlib_dir:
        return None, None
    if original_name != name:
        if original_name.startswith("<"):
            original_name = original_name[1:]
            if not is_package:
                original_name += ".__init__"
        else:
            is_package = False
    path = f"{stdlib_dir}{SEPARATOR}{original_name.replace('.', SEPARATOR)}"
    if is_package:
        return f"{path}{SEPARATOR}__init__.py", path
    return f"{path}.py", None
