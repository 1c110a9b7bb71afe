"""Modules of the standard library that came, went, were renamed, or are not everywhere.

The source of each row is the page of the manual that is named in it: "What's New" of a version, a PEP,
or the module's own page of the library reference.
"""

from __future__ import annotations

import attrs

Version = tuple[int, int]


@attrs.frozen
class Removed:
    """A module that the standard library had.

    Attributes:
        version: the first version without it.
        instead: what to use now.
        distribution: what can be installed to have it again; empty for nothing.
        source: where that is said.
    """

    version: Version
    instead: str
    distribution: str
    source: str


@attrs.frozen
class Added:
    """A module or name that the standard library did not have from the beginning.

    Attributes:
        version: the first version with it.
        distribution: what provides it for older versions; empty for nothing.
        module: the import name that it has there.
        source: where that is said.
    """

    version: Version
    distribution: str
    module: str
    source: str


@attrs.frozen
class Optional:
    """A module that an interpreter may have been built without.

    Attributes:
        library: what must be there when Python is built.
        packages: what the distributors of Python call it.
        source: where that is said.
    """

    library: str
    packages: str
    source: str


def _removed(version: Version, source: str, rows: str) -> dict[str, Removed]:
    found = {}
    for row in rows.strip().splitlines():
        name, instead, distribution = (part.strip() for part in row.split("|"))
        found[name] = Removed(version, instead, distribution, source)
    return found


REMOVED: dict[str, Removed] = {
    **_removed(
        (3, 15),
        "What's New In Python 3.15, Removed",
        """
        sre_compile  | re               |
        sre_constants| re               |
        sre_parse    | re               |
        """,
    ),
    **_removed(
        (3, 13),
        "PEP 594; What's New In Python 3.13, Removed",
        """
        aifc      | a library for audio files, such as soundfile            | standard-aifc
        audioop   | a library for audio, such as numpy or pydub             | audioop-lts
        cgi       | urllib.parse, email.message or a web framework          | legacy-cgi
        cgitb     | logging or traceback                                    | legacy-cgi
        chunk     | struct                                                  | standard-chunk
        crypt     | hashlib, or bcrypt, argon2-cffi, passlib                | legacycrypt
        imghdr    | filetype, puremagic or python-magic                     | standard-imghdr
        lib2to3   | parso or libcst                                         |
        mailcap   | mimetypes                                               | standard-mailcap
        msilib    | the tools of Windows Installer                          |
        nis       | ldap3 or another directory service                      |
        nntplib   | a library for NNTP                                      | standard-nntplib
        ossaudiodev | pygame or another audio library                       |
        pipes     | subprocess                                              | standard-pipes
        sndhdr    | filetype, puremagic or python-magic                     | standard-sndhdr
        spwd      | python-pam                                              |
        sunau     | a library for audio files, such as soundfile            | standard-sunau
        telnetlib | telnetlib3 or another library for Telnet                | standard-telnetlib
        uu        | base64 or binascii                                      | standard-uu
        xdrlib    | struct, or another library for XDR                      | standard-xdrlib
        """,
    ),
    **_removed(
        (3, 12),
        "What's New In Python 3.12, Removed",
        """
        asynchat  | asyncio                                                 | pyasynchat
        asyncore  | asyncio                                                 | pyasyncore
        distutils | setuptools, sysconfig, shutil or packaging (PEP 632)    | setuptools
        imp       | importlib                                               | zombie-imp
        smtpd     | aiosmtpd                                                | aiosmtpd
        """,
    ),
    **_removed(
        (3, 11),
        "What's New In Python 3.11, Removed",
        """
        binhex    | binascii or base64                                      |
        """,
    ),
    **_removed(
        (3, 10),
        "What's New In Python 3.10, Removed",
        """
        formatter | nothing: it was not used                                |
        parser    | ast                                                     |
        symbol    | ast or token                                            |
        """,
    ),
    **_removed(
        (3, 9),
        "What's New In Python 3.9, Removed",
        """
        _dummy_threading | _thread                                          |
        dummy_threading  | threading                                        |
        """,
    ),
    **_removed((3, 8), "What's New In Python 3.8, Removed", "macpath | posixpath or pathlib |"),
    **_removed((3, 7), "What's New In Python 3.7, Removed", "fpectl | nothing: it was not built |"),
}


def _added(version: Version, rows: str) -> dict[str, Added]:
    found = {}
    for row in rows.strip().splitlines():
        name, distribution, module = (part.strip() for part in row.split("|"))
        found[name] = Added(version, distribution, module, f"What's New In Python {version[0]}.{version[1]}")
    return found


ADDED: dict[str, Added] = {
    **_added(
        (3, 15),
        """
        profiling           |                     |
        profiling.sampling  |                     |
        profiling.tracing   |                     |
        math.integer        |                     |
        """,
    ),
    **_added(
        (3, 14),
        """
        annotationlib           | typing-extensions   | typing_extensions
        compression             | backports.zstd      | backports.zstd
        compression.zstd        | backports.zstd      | backports.zstd
        compression.bz2         |                     | bz2
        compression.gzip        |                     | gzip
        compression.lzma        |                     | lzma
        compression.zlib        |                     | zlib
        concurrent.interpreters |                     |
        concurrent.futures.interpreter |              |
        string.templatelib      |                     |
        pathlib.types           | pathlib-abc         | pathlib_abc
        asyncio.graph           |                     |
        """,
    ),
    **_added((3, 13), "dbm.sqlite3 | | "),
    **_added(
        (3, 11),
        """
        tomllib                 | tomli               | tomli
        wsgiref.types           | typing-extensions   | typing_extensions
        asyncio.taskgroups      | taskgroup           | taskgroup
        asyncio.timeouts        | async-timeout       | async_timeout
        importlib.resources.abc | importlib-resources | importlib_resources.abc
        """,
    ),
    **_added(
        (3, 9),
        """
        graphlib                | graphlib-backport   | graphlib
        zoneinfo                | backports.zoneinfo  | backports.zoneinfo
        """,
    ),
    **_added((3, 8), "importlib.metadata | importlib-metadata | importlib_metadata"),
    **_added(
        (3, 7),
        """
        contextvars             | contextvars         | contextvars
        dataclasses             | dataclasses         | dataclasses
        importlib.resources     | importlib-resources | importlib_resources
        """,
    ),
}

# module -> the platforms that have it. Source: "Availability" on each module's page of the library
# reference, and the module's place in CPython's Modules/ and PC/.
PLATFORM: dict[str, str] = {
    "_msi": "Windows",
    "_overlapped": "Windows",
    "_scproxy": "macOS",
    "_winapi": "Windows",
    "_wmi": "Windows",
    "_winreg": "Windows",
    "asyncio.windows_events": "Windows",
    "asyncio.windows_utils": "Windows",
    "msilib": "Windows",
    "msvcrt": "Windows",
    "nt": "Windows",
    "ntsecuritycon": "Windows",
    "winreg": "Windows",
    "winsound": "Windows",
    "multiprocessing.popen_spawn_win32": "Windows",
    "_posixsubprocess": "Unix",
    "_posixshmem": "Unix",
    "crypt": "Unix",
    "curses": "Unix",
    "_curses": "Unix",
    "fcntl": "Unix",
    "grp": "Unix",
    "nis": "Unix",
    "ossaudiodev": "Linux and FreeBSD",
    "posix": "Unix",
    "pty": "Unix",
    "pwd": "Unix",
    "readline": "Unix",
    "resource": "Unix",
    "spwd": "Unix",
    "syslog": "Unix",
    "termios": "Unix",
    "tty": "Unix",
    "multiprocessing.popen_fork": "Unix",
    "_ios_support": "iOS",
    "_android_support": "Android",
    "_apple_support": "macOS and iOS",
    # not of the standard library: the bindings of a platform (pywin32, pyobjc, Jython)
    "win32api": "Windows",
    "win32com": "Windows",
    "win32con": "Windows",
    "win32file": "Windows",
    "win32gui": "Windows",
    "win32event": "Windows",
    "win32service": "Windows",
    "win32serviceutil": "Windows",
    "win32process": "Windows",
    "win32pipe": "Windows",
    "win32security": "Windows",
    "pythoncom": "Windows",
    "pywintypes": "Windows",
    "objc": "macOS",
    "AppKit": "macOS",
    "Foundation": "macOS",
    "Quartz": "macOS",
    "Cocoa": "macOS",
    "java": "Jython",
    "clr": ".NET (pythonnet)",
}
# The word that sys.platform begins with on a platform.
PLATFORM_WORDS: dict[str, tuple[str, ...]] = {
    "Windows": ("win32",),
    "macOS": ("darwin",),
    "macOS and iOS": ("darwin", "ios"),
    "iOS": ("ios",),
    "Android": ("android",),
    "Unix": ("linux", "darwin", "freebsd", "openbsd", "netbsd", "sunos", "aix", "cygwin", "android", "ios"),
    "Linux and FreeBSD": ("linux", "freebsd"),
    "Jython": ("java",),
    ".NET (pythonnet)": ("cli",),
}

_BUILD = "the page of the developer's guide on build dependencies; Modules/Setup of CPython"

# What an interpreter can be built without: the module that is then missing -> what it needs.
OPTIONAL: dict[str, Optional] = {
    name: Optional(library, packages, _BUILD)
    for name, library, packages in (
        ("_tkinter", "Tcl/Tk (tk-dev)", "python3-tk, python3-tkinter, python-tk"),
        ("_sqlite3", "SQLite (libsqlite3-dev)", "libsqlite3-0, python3-sqlite3"),
        ("_ctypes", "libffi (libffi-dev)", "libffi"),
        ("_ctypes_test", "libffi (libffi-dev)", "libffi"),
        ("_lzma", "liblzma (liblzma-dev, xz-devel)", "xz"),
        ("_bz2", "bzip2 (libbz2-dev)", "bzip2"),
        ("zlib", "zlib (zlib1g-dev)", "zlib"),
        ("_zstd", "Zstandard (libzstd-dev)", "zstd"),
        ("_gdbm", "GDBM (libgdbm-dev)", "python3-gdbm"),
        ("_dbm", "ndbm or GDBM's compatible library (libgdbm-compat-dev)", "python3-gdbm"),
        ("_ssl", "OpenSSL (libssl-dev)", "openssl"),
        ("_hashlib", "OpenSSL (libssl-dev)", "openssl"),
        ("_curses", "ncurses (libncurses-dev)", "ncurses"),
        ("_curses_panel", "ncurses (libncurses-dev)", "ncurses"),
        ("readline", "GNU Readline or libedit (libreadline-dev)", "readline"),
        ("_uuid", "libuuid (uuid-dev)", "libuuid"),
        ("nis", "libnsl and libtirpc (libnsl-dev)", "python3-nis"),
        ("_crypt", "libcrypt (libcrypt-dev)", "libxcrypt"),
        ("pyexpat", "Expat (bundled with CPython)", "python3-expat"),
        ("_decimal", "libmpdec (libmpdec-dev)", "mpdecimal"),
        ("_multiprocessing", "semaphores of the system", "python3-multiprocessing"),
        ("_posixshmem", "shared memory of the system", "python3-multiprocessing"),
        ("ossaudiodev", "the headers of OSS", ""),
        ("tkinter", "Tcl/Tk (tk-dev)", "python3-tk, python3-tkinter, python-tk"),
        ("idlelib", "Tcl/Tk (tk-dev)", "idle3, python3-idle"),
        ("turtle", "Tcl/Tk (tk-dev)", "python3-tk"),
        ("ensurepip", "the option --with-ensurepip", "python3-venv, python3-full"),
        ("venv", "the whole standard library", "python3-venv, python3-full"),
        ("distutils", "the whole standard library", "python3-distutils"),
        ("lib2to3", "the whole standard library", "python3-lib2to3"),
        ("sqlite3", "SQLite (libsqlite3-dev)", "python3-sqlite3"),
        ("dbm", "the whole standard library", "python3-gdbm"),
        ("curses", "ncurses (libncurses-dev)", "python3-curses"),
        ("test", "the whole standard library", "libpython3-testsuite, python3-test"),
    )
}
