"""The causes that lie in a program: the order of its search, its packages, its start, its cycles.

Data only: code to cause, a table for each family; ``codes.py`` brings them together.
"""

from __future__ import annotations

SHADOWING: dict[str, str] = {
    "stdlib-shadowed-by-script-directory": (
        "A file or package in the script's directory (sys.path[0]) has the name of a standard library module"
    ),
    "stdlib-shadowed-by-working-directory": (
        "python -m / -c puts the working directory first; a file there has a standard library name"
    ),
    "stdlib-shadowed-by-path-entry": (
        "A PYTHONPATH / sys.path.insert entry before the stdlib holds a module of a stdlib name"
    ),
    "stdlib-shadowed-by-backport": (
        "An installed backport (enum34, dataclasses, typing, pathlib, asyncio, uuid …) precedes the "
        "standard library"
    ),
    "third-party-shadowed-by-local-file": (
        "A local file or package has the name of an installed distribution's module"
    ),
    "script-imports-itself": (
        "The script has the name of the module it imports, so it imports itself a second time"
    ),
    "local-package-shadowed-by-installed": (
        "The project's package loses against an installed one of the same name because its entry comes later"
    ),
    "installed-junk-top-level-package": (
        "A distribution installed a stray top-level package (tests, utils, src, config, examples)"
    ),
    "local-module-hidden-by-stdlib": (
        "A local package named like a stdlib module stands after the stdlib on the path (.pth, append)"
    ),
    "local-module-hidden-by-builtin": (
        "A local file named like a built-in module (time, sys, errno, math in some builds) is never looked at"
    ),
    "local-module-hidden-by-frozen": (
        "A local file named like a frozen stdlib module (3.11+: runpy, os, site, codecs, importlib.util …)"
    ),
    "local-module-hidden-by-startup-import": (
        "A local file named like a module imported at interpreter start (stat, abc, io, os, codecs, "
        "sometimes re/enum via .pth)"
    ),
    "older-copy-first-on-path": (
        "Two copies of a distribution on the path; the older one (user site, vendored, ~/.local) comes first"
    ),
    "edits-ignored-installed-copy": "A non-editable installed copy is imported instead of the edited sources",
    "namespace-directory-instead-of-missing-package": (
        "The wanted distribution is absent; an unrelated directory of that name is imported as a namespace "
        "package"
    ),
    "leftover-directory-becomes-namespace": (
        "A directory left by an uninstall (only __pycache__, data) is imported as namespace package and "
        "hides editable finders"
    ),
    "git-submodule-not-checked-out": "A git submodule's directory is empty and becomes a namespace package",
    "source-tree-shadows-built-package": (
        "The source checkout (cwd) comes first and lacks compiled or generated files that the installed "
        "copy has"
    ),
    "path-order-changed-at-run-time": (
        "An imported module inserts its directory at sys.path[0]; later imports find the wrong module"
    ),
    "name-already-imported-from-elsewhere": (
        "sys.modules already holds another module of that name (plugins, notebooks, tests, mocks)"
    ),
    "pythonpath-points-at-another-python": (
        "PYTHONPATH leads into another Python's site-packages (ROS, conda, Python 2)"
    ),
    "pythonpath-empty-component-adds-cwd": (
        "An empty PYTHONPATH component (trailing ':', '$PYTHONPATH' unset) adds the working directory"
    ),
    "interpreter-start-broken-by-shadowed-module": (
        "A module needed at interpreter start (encodings, codecs, re …) is replaced through PYTHONPATH"
    ),
    "wrong-pythonhome": "PYTHONHOME points to a directory without (or with another) standard library",
    "sitecustomize-shadowed": (
        "Only the first sitecustomize/usercustomize on the path runs (Debian's apport, coverage)"
    ),
    "sitecustomize-raises": "sitecustomize fails; its path additions are missing afterwards",
}
PACKAGES: dict[str, str] = {
    "name-rebound-after-import": "The imported name is overwritten by an assignment or another import",
    "function-level-import-makes-name-local": (
        "An import inside a function makes the name local in the whole function"
    ),
    "star-import-overwrites-name": "``import *`` replaces a built-in or an earlier name",
    "regular-package-hides-namespace-portion": (
        "A regular package ends the search; the namespace portions elsewhere are never seen"
    ),
    "namespace-directory-hidden-by-later-package": (
        "A directory without __init__.py is only a candidate: a regular package later on the path wins"
    ),
    "stray-init-in-namespace-portion": "One portion of a PEP 420 namespace contains an __init__.py",
    "mixed-namespace-styles": "pkgutil-, pkg_resources- and PEP 420-style portions are mixed",
    "nspkg-pth-fixes-namespace-path": (
        "An -nspkg.pth creates the namespace module at start-up with a fixed __path__"
    ),
    "subpackage-not-packaged": (
        "The distribution was built without a subpackage (missing __init__.py, packages list)"
    ),
    "misnamed-init-file": "__init__.py is misspelt (__int__.py, _init_.py, __init__.py.txt, init.py)",
    "module-is-not-a-package": "``import a.b`` where a is a plain module",
    "dotted-import-names-an-attribute": (
        "The last part of a dotted import (or settings string) is a class/function, not a module"
    ),
    "package-hides-module-of-same-name": "foo/ (with __init__) and foo.py side by side: the package wins",
    "module-hides-directory-without-init": "foo.py and foo/ without __init__.py: the file wins",
    "stale-extension-beside-source": "A compiled module beside the .py takes precedence; edits are ignored",
    "directory-named-like-module-file": "A directory is called foo.py / foo.so",
    "submodule-never-imported": "Attribute access to a submodule nobody imported (import xml; xml.dom)",
    "submodule-available-by-accident": (
        "The submodule attribute exists only if another module imported it before"
    ),
    "attribute-hides-submodule": (
        "The package binds a function/class of the submodule's name; from-import gives that"
    ),
    "submodule-overwrites-attribute": (
        "Importing the submodule later replaces the package's function of the same name"
    ),
    "module-used-instead-of-its-member": (
        "The module is used where its class/function of the same name is meant"
    ),
    "all-names-missing-attribute": "__all__ lists a name or submodule that does not exist",
    "all-contains-non-string": "__all__ contains objects instead of strings",
    "star-import-skips-name": "``import *`` does not bring the name (__all__, leading underscore)",
    "package-path-wrong": "__path__ was replaced, emptied or set to a string",
    "dotted-import-binds-top-name": "``import a.b`` binds only a",
    "dunder-import-returns-top": "__import__('a.b') returns a",
    "portion-added-after-parent-import": (
        "A pkgutil-style (or regular) package computed its __path__ before the entry joined sys.path"
    ),
    "namespace-package-has-no-file": "Code uses pkg.__file__ of a namespace package (None)",
    "parent-package-init-fails": "The submodule is fine; a parent's __init__.py raises",
    "module-not-found-in-package": "The parent exists; the submodule does not",
    "module-file-is-empty": "The file was found but is empty (unsaved, wrong branch)",
    "name-defined-conditionally": (
        "The name is defined only under a condition or after a failed optional import"
    ),
    "typo-in-imported-name": "A name in a from-import is misspelt",
    "typo-in-module-name": "The module name is misspelt",
    "type-checking-only-import": "Imported only under TYPE_CHECKING, used at run time",
}
STARTING: dict[str, str] = {
    "relative-import-in-script": (
        "A file inside a package is run as a script (python pkg/mod.py, directory, zip __main__)"
    ),
    "relative-import-in-top-level-module": (
        "A module with relative imports was imported as top-level because its package directory is on the "
        "path"
    ),
    "relative-import-beyond-top-level": (
        "More dots than parents, or started inside what should be the parent package"
    ),
    "module-imported-twice-as-main": "The file runs as __main__ and is imported again under its name",
    "module-imported-under-two-names": "One file is imported under two names (pkg.mod and mod)",
    "runpy-double-import-warning": "-m pkg.mod: pkg/__init__ already imported pkg.mod",
    "package-not-executable": "-m pkg without __main__.py",
    "module-name-given-with-suffix": (
        "A file name is given instead of a module name (-m pkg.mod.py, import x.py)"
    ),
    "directory-not-executable": "python DIR / ZIP without __main__.py",
    "run-from-wrong-directory": "-m is started inside the package or elsewhere",
    "project-root-not-on-path": "A script in a subdirectory imports a package at the project root",
    "implicit-relative-import": "Sibling imported without a dot inside a package (Python 2 style, protoc)",
    "relative-path-entry": "A relative path entry is used from another working directory",
    "cwd-changed-after-start": "os.chdir changes the meaning of '' / not yet used relative entries",
    "cwd-deleted": "The working directory no longer exists; the '' entry is skipped",
    "path-changed-too-late": "sys.path is extended after the import that needs it",
    "module-loaded-but-not-registered": (
        "spec_from_file_location/exec_module without sys.modules entry or with a name without parent "
        "(dataclass, pickle, relative imports fail)"
    ),
    "spec-from-unknown-suffix": "spec_from_file_location returns None for an unknown suffix",
    "import-module-relative-without-package": "import_module('.x') without package=",
    "import-module-given-a-path": "A file path is given where a dotted name is needed",
    "exec-without-package": "Relative import in exec/eval code whose globals lack __package__",
    "package-variable-wrong": "__package__ set by hand (PEP 366) while the parent cannot be imported",
    "console-script-does-not-add-cwd": (
        "Installed commands (pytest, alembic, celery, uvicorn) do not put the cwd on the path, python -m does"
    ),
    "stale-console-script": "A console script refers to a module that moved",
    "entry-point-plugin-broken": "An installed plugin's entry point names a missing module",
    "main-guard-missing-spawn": "spawn/forkserver re-imports the main module, which has no guard",
    "spawn-cannot-import-main": (
        "spawn from -c, notebook or REPL: the target function is not importable in the child"
    ),
    "unpickle-module-missing": "A pickle refers to a module that was renamed or is not importable here",
    "unpickle-main-attribute": "A pickle made by a script refers to __main__.X",
    "script-symlink-resolves-elsewhere": "sys.path[0] is the directory of the link's target",
    "module-name-not-an-identifier": "Hyphen, keyword or digit in the file name",
    "dot-in-file-name": "A dot in the module's file name",
    "unknown-future-feature": "from __future__ import X unknown to this Python",
    "test-discovery-start-not-importable": (
        "unittest discover -s/-t with a start directory that is no package"
    ),
    "test-module-imported-from-elsewhere": (
        "Test discovery finds a module of that name already imported from another place"
    ),
    "pytest-same-basename": "pytest prepend mode: two test files of one basename without __init__.py",
    "pytest-conftest-path-mismatch": "Two conftest.py claim one module name (tests.conftest)",
    "src-layout-not-installed": "src layout, project not installed and src/ not on the path",
    "pytest-root-init-changes-base": "__init__.py in the project root makes pytest insert the root's parent",
    "pytest-test-dir-shadows": "pytest puts the test directory first; a helper there shadows another module",
    "pytest-importlib-mode-no-sibling-imports": (
        "--import-mode=importlib does not put the test directory on sys.path"
    ),
    "bundle-misses-dynamic-import": "A bundled/frozen program lacks a module imported by a computed name",
    "ide-only-search-path": "IDE source roots make it work in the IDE only",
    "django-app-or-settings-name": "INSTALLED_APPS/DJANGO_SETTINGS_MODULE names a missing module",
    "django-apps-not-ready": "Models imported before django.setup()",
    "flask-app-import-failed": "flask/gunicorn/uvicorn could not import the app: inner error or cwd",
    "pytest-assert-rewrite-too-late": "PytestAssertRewriteWarning: module already imported",
    "encodings-module-missing-in-bundle": "Codec looked up at run time is missing in a bundle (idna, mbcs)",
}
CYCLES: dict[str, str] = {
    "circular-import-name": "from-import of a name that the half-initialised module has not defined yet",
    "circular-import-attribute": "Attribute of a half-initialised module used during a cycle",
    "circular-through-package-init": "pkg/__init__ imports a submodule that imports a name from pkg",
    "circular-through-main": "The script is imported a second time by a module it imports",
    "circular-import-order-dependent": "The cycle works or fails depending on which module comes first",
    "circular-import-submodule": "pkg.a is used through the package before pkg.a is bound on it",
    "import-deadlock-thread-join": "Import code waits for a thread that needs the same module's import lock",
    "circular-across-threads": (
        "Two threads import a cycle from both ends: half-initialised module or _DeadlockError"
    ),
    "import-recursion": "Module __getattr__ (or code) imports itself without end",
    "import-chain-too-deep": "A very long chain of nested imports exceeds the recursion limit",
    "import-order-side-effect": (
        "A module works only if another was imported before (registration, monkey-patching, import sorters)"
    ),
}
