"""The interpreter's own import machinery, as far as we read it: public classes and private parts.

This is the only file that imports ``_frozen_importlib``, ``_frozen_importlib_external``, ``_imp`` and
``zipimport``, and so the list of everything of CPython's that wherefrom leans on. All of it exists
in CPython 3.11 to 3.15. The private names are untyped anywhere, hence ``Any``.
"""

import _frozen_importlib as _bootstrap
import _frozen_importlib_external as _external
import _imp
import zipimport as _zipimport

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from typing import Any

# Public classes, by the names of importlib.machinery and zipimport.
BuiltinImporter: "Any" = _bootstrap.BuiltinImporter
FrozenImporter: "Any" = _bootstrap.FrozenImporter
ModuleSpec: "Any" = _bootstrap.ModuleSpec
PathFinder: "Any" = _external.PathFinder
FileFinder: "Any" = _external.FileFinder
SourceFileLoader: "Any" = _external.SourceFileLoader
SourcelessFileLoader: "Any" = _external.SourcelessFileLoader
ExtensionFileLoader: "Any" = _external.ExtensionFileLoader
NamespaceLoader: "Any" = _external.NamespaceLoader
zipimporter: "Any" = _zipimport.zipimporter

# The interpreter's own loader classes of files: what they load.
KINDS_OF_LOADERS: "dict[Any, str]" = {
    SourceFileLoader: "source",
    SourcelessFileLoader: "bytecode",
    ExtensionFileLoader: "extension",
}

# Public functions and constants.
spec_from_loader: "Any" = _bootstrap.spec_from_loader
spec_from_file_location: "Any" = _external.spec_from_file_location
MAGIC_NUMBER: bytes = _external.MAGIC_NUMBER
acquire_lock: "Any" = _imp.acquire_lock
release_lock: "Any" = _imp.release_lock

cache_from_source: "Any" = _external.cache_from_source

# Private parts. FileFinder's fields _loaders, _path_mtime, _path_cache and _relaxed_path_cache,
# the path object's fields _name, _path, _last_parent_path and _last_epoch, and zipimporter's
# _files (until 3.12) are read as well.
imp: "Any" = _imp
external: "Any" = _external
zipimport: "Any" = _zipimport
NamespacePath: "Any" = _external._NamespacePath  # type: ignore[attr-defined]  # private, see above
bootstrap: "Any" = _bootstrap
# Raised by a module lock that would wait for itself; it reaches the program, so it is the genuine one.
DeadlockError: "Any" = _bootstrap._DeadlockError  # type: ignore[attr-defined]  # private, see above
new_builtin: "Any" = _imp.create_builtin
run_builtin: "Any" = _imp.exec_builtin
new_dynamic: "Any" = getattr(_imp, "create_dynamic", None)  # absent where nothing can be loaded dynamically
run_dynamic: "Any" = getattr(_imp, "exec_dynamic", None)
frozen_code: "Any" = _imp.get_frozen_object
source_hash: "Any" = _imp.source_hash
name_file_of_code: "Any" = _imp._fix_co_filename  # type: ignore[attr-defined]  # private, see above
