"""The causes that lie around a program: its environment, its files, what hooks into the import system.

Data only: code to cause, a table for each family; ``codes.py`` brings them together.
"""

from __future__ import annotations

ENVIRONMENT: dict[str, str] = {
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
FILES: dict[str, str] = {
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
HOOKS: dict[str, str] = {
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
