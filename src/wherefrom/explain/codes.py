"""The codes of findings as data: each with its family, how grave it is, and its cause in one line.

The single source: rules, the page of findings and the tests are held to it. It decides no finding.
"""

from __future__ import annotations

import attrs


@attrs.frozen
class Code:
    """A cause that a finding can name.

    Attributes:
        family: the section of the page of findings that it stands in.
        severity: how grave it is unless the rule says otherwise.
        cause: the cause in one line.
    """

    family: str
    severity: str
    cause: str


SHADOWING = "Search order and shadowing"
PACKAGES = "Packages, submodules, bound names"
STARTING = "How the program is started"
CYCLES = "Cycles, order and threads"
ENVIRONMENT = "Environment, installation, search path"
FILES = "Files, bytecode, extensions"
HOOKS = "Hooks, sys.modules, lazy imports"

_SHADOWING = {
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
_PACKAGES = {
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
_STARTING = {
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
_CYCLES = {
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
_ENVIRONMENT = {
    "distribution-not-installed": "Nothing on the path or in the metadata provides the module",
    "import-name-differs-from-distribution-name": (
        "The import name is not the distribution's name (yaml/PyYAML, cv2/opencv-python, bs4 …)"
    ),
    "wrong-distribution-same-import-name": (
        "Another distribution provides the same import name (jwt, serial, crypto, dotenv, sklearn "
        "placeholder)"
    ),
    "two-distributions-own-the-same-files": (
        "Two distributions own the same package directory; files are mixed or were removed with one of them"
    ),
    "installed-in-another-environment": (
        "The distribution is installed for another interpreter/venv/kernel (pip ≠ python, Jupyter, apt)"
    ),
    "venv-not-activated": "The project's venv has it; the base interpreter runs",
    "user-site-disabled": (
        "Installed with --user, but the user site is off (-s, PYTHONNOUSERSITE, venv, sudo)"
    ),
    "isolated-mode-ignores-pythonpath": "-E/-I ignore PYTHONPATH (and the script directory)",
    "safe-path-drops-script-directory": (
        "-P / PYTHONSAFEPATH / embeddable build: script directory or cwd not on the path"
    ),
    "site-disabled": "-S: site-packages and .pth are missing",
    "path-entry-does-not-exist": "A path entry is misspelt or missing; ignored silently",
    "path-entry-tilde-not-expanded": "'~' in a path entry is not expanded",
    "path-entry-wrong-separator": "PYTHONPATH uses ';' or ',' instead of ':' (or the reverse)",
    "path-entry-quoted-or-spaced": "Quotes, blanks or CR are part of the entry (.env, Dockerfile, CRLF)",
    "path-entry-is-package-itself": "The entry is the package directory, not its parent",
    "path-entry-too-high": "The entry is above the directory that holds the package (src, lib/python)",
    "non-string-path-entry": "Path, bytes, list or None in sys.path is skipped silently",
    "sys-path-replaced": "sys.path was assigned a string or a list without the standard library",
    "path-entry-is-file": "A path entry is a plain file",
    "null-byte-in-path-entry": "A path entry contains NUL; every later import raises ValueError",
    "zip-without-package-at-root": "The package is below a folder inside the archive (GitHub zip, sdist)",
    "corrupt-archive": "The archive cannot be read (truncated, HTML page); the entry is ignored",
    "archive-not-zip": "tar.gz/7z on the path",
    "extension-inside-zip": "An extension module inside a zip/wheel/pyz cannot be loaded",
    "archive-compression-unsupported": "zip method other than stored/deflate: a bare zlib.error comes out",
    "archive-namespace-without-directory-entry": (
        "≤3.13: namespace package in a zip without directory entries"
    ),
    "archive-changed-after-scan": "The archive was replaced while in use",
    "editable-source-moved": "An editable/develop install points to a directory that moved",
    "editable-finder-mapping-stale": "The MAPPING of an editable finder names a missing directory",
    "editable-finder-shadowed-by-namespace-directory": (
        "The editable finder stands behind PathFinder; a plain directory of that name wins as namespace "
        "package"
    ),
    "pth-in-non-site-directory": ".pth files in PYTHONPATH directories are not read",
    "pth-import-line-raises": "An import line of a .pth fails; the rest of the file is skipped",
    "pth-wrong-encoding": "A .pth is not UTF-8 (UTF-16 from PowerShell, '._x.pth' on macOS)",
    "pth-hidden-file-skipped": "Hidden .pth (dot file, macOS UF_HIDDEN) is skipped since early 2024 releases",
    "pth-line-malformed": "Quotes, comments, blanks or a wrong suffix make the .pth line ineffective",
    "pth-relative-entry": "A relative .pth line is relative to the site directory",
    "installed-files-missing": (
        "Metadata says installed; files listed in RECORD are gone (interrupted upgrade, antivirus, cleanup)"
    ),
    "distribution-metadata-missing": (
        "Code is there, .dist-info is not (copied, bundled); importlib.metadata fails at import"
    ),
    "venv-made-by-another-python-minor": (
        "The venv's lib/pythonX.Y does not match the interpreter that runs it"
    ),
    "target-directory-not-on-path": "pip --target directory is not searched",
    "nested-missing-dependency": (
        "The imported package is found; something it imports is missing (also from C code)"
    ),
    "import-error-swallowed-by-fallback": "try/except ImportError hides that the module exists and fails",
    "optional-extra-missing": "The missing module belongs to an extra",
    "exception-inside-imported-module": "The module is found; its code raises",
    "exit-during-import": "The module calls sys.exit/os._exit at import",
    "import-blocks": "The module blocks at import (loop, input, network)",
    "warning-turned-into-error": (
        "-W error / PYTHONWARNINGS / pytest filterwarnings turns a warning of the module into a failure"
    ),
    "optimised-away-at-import": "-O/-OO removed asserts or docstrings the module relies on",
    "stdlib-module-removed": (
        "A standard library module removed in this version (imp, distutils, asyncore, cgi, telnetlib …)"
    ),
    "stdlib-name-removed": "A name removed from a stdlib module",
    "stdlib-newer-than-interpreter": "Module or name added to the stdlib in a later version",
    "python2-module-name": "Python 2 module name",
    "optional-stdlib-module-absent": (
        "The interpreter was built without an optional stdlib module (_tkinter, _sqlite3, _ctypes, _lzma, "
        "_gdbm)"
    ),
    "platform-only-module": "The module exists only on another platform",
    "setuptools-not-installed": (
        "pkg_resources/distutils need setuptools, which venvs lack since 3.12 (pkg_resources gone in 82)"
    ),
    "case-mismatch": "File or directory name differs in case (works on macOS/Windows)",
    "dependency-version-conflict": (
        "Requires-Dist of the importing distribution is not met by the installed version"
    ),
    "installed-version-too-new": (
        "The installed version dropped the name that the importing distribution still uses"
    ),
    "binary-incompatible-dependency": (
        "An extension was built against another major version of a dependency (numpy 1/2)"
    ),
    "only-stubs-installed": "Only type stubs are installed",
    "wrong-file-extension": "The file is .py.txt, .PY, .ipynb, .pyw …",
    "uncompiled-extension-source": "Only .pyx/.c/.rs source is there",
    "windows-app-execution-alias": "``python`` is the Microsoft Store alias",
    "jupyter-kernel-other-interpreter": "The notebook's kernel is another interpreter (kernel.json)",
    "docker-copy-or-mount-hides-package": (
        "Image/bind mount lacks or hides files (.dockerignore, volume over the install)"
    ),
    "lambda-package-layout": "AWS Lambda: handler's package nested or built on another platform",
    "pipx-or-tool-environment": "Installed with pipx/uv tool: not importable from here",
    "conda-env-not-active": "conda base versus environment",
    "sudo-or-service-environment": "sudo/cron/systemd run with another HOME, PATH, PYTHONPATH",
    "duplicate-dist-info": "Two .dist-info of one distribution: wrong version reported",
    "pip-vendored-broken": "No module named pip._internal / pip._vendor: half-upgraded pip",
    "venv-interpreter-gone": "The venv's python link is dangling / bad interpreter in scripts",
    "lib64-platlib-split": "Fedora/SUSE lib64 against lib in prefixes and PYTHONPATH",
    "dist-packages-versus-site-packages": "Debian's dist-packages is not searched by other interpreters",
    "pth-import-lines-changed-in-3.15": (
        "PEP 829: .pth import lines deferred/deprecated; frame locals gone (nspkg.pth)"
    ),
}
_FILES = {
    "extension-wrong-python-tag": (
        "The extension's suffix names another Python (version, free-threaded, debug)"
    ),
    "extension-wrong-platform-tag": (
        "The extension's suffix names another platform (.pyd, aarch64, musl, darwin)"
    ),
    "extension-wrong-architecture": "Suffix fits, the file inside is for another architecture",
    "extension-file-damaged": "Empty, truncated or Git LFS pointer instead of the library",
    "extension-missing-shared-library": (
        "A shared library needed by the extension (or by a library of it) is missing"
    ),
    "extension-undefined-symbol": "Symbol not found: other version of a library or of Python's C API",
    "shared-library-too-old": "version ``GLIBC_2.xx/GLIBCXX' not found",
    "shared-library-found-elsewhere-first": "LD_LIBRARY_PATH/conda brings another copy of a library",
    "extension-no-init-function": "No PyInit_<name>: renamed file or plain C library",
    "extension-init-fails": "The init function fails without an exception or crashes",
    "extension-not-for-subinterpreters": (
        "Single-phase/PyO3 extension in a subinterpreter (mod_wsgi, embedding)"
    ),
    "extension-loaded-twice": "The extension refuses to be initialised again after removal from sys.modules",
    "extension-on-noexec-mount": "noexec file system, SELinux, hardened kernel: cannot map the library",
    "stale-legacy-pyc": "A .pyc beside (not in __pycache__) is imported without source",
    "unchecked-pyc-stale": "An unchecked hash pyc is never compared with the source",
    "pyc-same-mtime-and-size": "Source changed with equal whole-second mtime and size",
    "pyc-bad-magic": "Sourceless pyc of another Python",
    "pyc-corrupt": "Truncated bytecode in __pycache__",
    "only-pycache-left": "Only __pycache__ remains",
    "syntax-error-in-module": "The module does not compile (also merge markers)",
    "syntax-newer-than-interpreter": "Syntax of a later Python",
    "python2-syntax": "Python 2 syntax",
    "source-encoding-error": "Bytes do not fit the declared/default encoding, or the cookie is unknown",
    "null-bytes-in-source": "NUL bytes (UTF-16 source, AppleDouble, disk damage)",
    "broken-symlink": "Module, package or entry is a dangling link",
    "symlink-loop": "Link loop",
    "unreadable-file": "No permission to read the module",
    "unreadable-directory": "Path entry or package directory cannot be listed/entered; silently empty",
    "too-many-open-files": "EMFILE while listing a directory",
    "path-too-long": "Name > 255 bytes or path > PATH_MAX",
    "unicode-normalisation-mismatch": "File name is not NFKC (NFD from macOS, compatibility characters)",
    "homoglyph-in-name": "A look-alike letter in a name",
    "invisible-character-in-name": "Blank or zero-width character in a name",
    "stale-directory-listing": "Module created after the finder listed the directory (same mtime)",
    "stale-negative-importer-cache": "The path entry did not exist at first use: no finder is cached",
    "stale-namespace-path": "A namespace portion created after the first import is not merged",
    "special-file-as-module": "FIFO/socket/device in place of a module",
    "dll-load-failed": "Windows: DLL load failed (missing VC runtime, wrong bitness, os.add_dll_directory)",
    "macos-wrong-architecture": "macOS: incompatible architecture (x86_64/arm64), code signature, quarantine",
    "static-tls-exhausted": "cannot allocate memory in static TLS block",
    "selinux-or-antivirus-removed-file": "Security software blocks or removes an extension",
    "windows-path-too-long": "Windows MAX_PATH",
    "free-threaded-gil-enabled-by-import": "Importing an extension re-enables the GIL (RuntimeWarning)",
    "network-or-cloud-placeholder-file": "Dropbox/iCloud/NFS placeholder or stale NFS listing",
}
_HOOKS = {
    "blocked-by-none-in-sys-modules": "sys.modules[name] is None",
    "module-replaced-itself": "The module put another object into sys.modules",
    "module-removed-itself": "The module deleted its sys.modules entry during import",
    "object-in-sys-modules": "Test doubles / stubs in sys.modules lack the name or __path__",
    "module-without-spec": "find_spec on a module with __spec__ None",
    "meta-path-finder-answers-name": "A meta path finder returns another module for the name",
    "meta-path-finder-raises": "A finder raises for every import",
    "legacy-finder-find-module-only": (
        "Finder with find_module only is ignored since 3.12 (old six, vendored six.moves)"
    ),
    "loader-incomplete": "The loader lacks exec_module/load_module",
    "meta-path-cleared": "sys.meta_path is empty",
    "path-hooks-cleared": "sys.path_hooks is empty",
    "import-hook-order": "An instrumenting hook stands behind (or beside) the finder that answers",
    "path-hook-added-too-late": "The entry's (missing) finder was cached before the hook was installed",
    "builtins-import-replaced": "builtins.__import__ refuses or changes the import",
    "builtins-import-missing": "exec'd code without __import__ in __builtins__",
    "audit-hook-blocks-import": "An audit hook raises on import",
    "lazy-import-fails-late": "LazyLoader / module __getattr__ / PEP 810: the failure appears at first use",
    "module-getattr-wrong-exception": "Module __getattr__ raises something other than AttributeError",
    "module-getattr-answers-everything": "Module __getattr__ answers for __path__ etc.",
    "reload-of-removed-module": "reload of a module no longer in sys.modules",
    "stale-reference-after-reload": "Names imported with from keep pointing at the old objects after reload",
    "import-at-shutdown": "Import in __del__/atexit/thread while the interpreter ends",
    "lazy-import-filtered-in-3.15": "PEP 810 lazy imports: error or shadowing differs from eager import",
    "module-imported-on-two-interpreters": "Embedding: module re-initialised after Py_Finalize",
    "pickle-fuzz-nul-in-module-name": "NUL in a module name bypasses sys.modules (fixed 2026)",
}

# Codes that are not an error unless the rule says so.
_MILDER: dict[str, str] = {}


def _codes() -> dict[str, Code]:
    families = {
        SHADOWING: _SHADOWING,
        PACKAGES: _PACKAGES,
        STARTING: _STARTING,
        CYCLES: _CYCLES,
        ENVIRONMENT: _ENVIRONMENT,
        FILES: _FILES,
        HOOKS: _HOOKS,
    }
    return {
        code: Code(family, _MILDER.get(code, "error"), cause)
        for family, causes in families.items()
        for code, cause in causes.items()
    }


CODES: dict[str, Code] = _codes()
