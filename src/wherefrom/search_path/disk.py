"""The search path's eyes: what lies on the disk, asked as the interpreter in question would ask.

Paths are text in *that* interpreter's file system encoding, which need not be ours: under
`LC_ALL=C` with `PYTHONUTF8=0` it decodes names as ASCII. It only looks; it never writes or runs.
"""

from __future__ import annotations

import os
import sys

import attrs


@attrs.frozen
class Disk:
    """A view of the disk from a working directory, in some file system encoding.

    Attributes:
        cwd: The working directory for relative paths, or None if it is gone.
        encoding: The file system encoding of the interpreter that is modelled.
        cuts_at_null: Whether its `normpath` cuts a path at a null character (3.11.0 to 3.11.4 may).
    """

    cwd: str | None
    encoding: str = "utf-8"
    cuts_at_null: bool = False

    def absolute(self, *parts: str) -> str:
        """Join and normalise like `site.makepath`: absolute, no `..`, links left alone."""
        path = os.path.join(*parts)
        if not path.startswith("/"):
            if self.cwd is None:
                return path
            path = os.path.join(self.cwd, path)
        if self.cuts_at_null:
            path = path.partition("\0")[0]
        return os.path.normpath(path)

    def theirs(self, text: str) -> str:
        """Decode a text that we were given (an argument, a variable) as the interpreter decodes it."""
        if self._same_encoding():
            return text
        try:
            return os.fsencode(text).decode(self.encoding, "surrogateescape")
        except UnicodeError:
            return text

    def exists(self, path: str) -> bool:
        """Whether there is anything, links followed."""
        native = self._native(path)
        return native is not None and os.path.exists(native)

    def is_dir(self, path: str) -> bool:
        """Whether there is a directory, links followed."""
        native = self._native(path)
        return native is not None and os.path.isdir(native)

    def is_file(self, path: str) -> bool:
        """Whether there is a regular file, links followed."""
        native = self._native(path)
        return native is not None and os.path.isfile(native)

    def names(self, path: str) -> list[str]:
        """List a directory, sorted by code point as `site` sorts.

        Raises:
            OSError: It cannot be listed.
        """
        native = self._native(path)
        if native is None:
            raise FileNotFoundError(path)
        return sorted(self._text(name) for name in os.listdir(native))

    def read(self, path: str) -> bytes:
        """Read a file.

        Raises:
            OSError: It cannot be read.
        """
        native = self._native(path)
        if native is None:
            raise FileNotFoundError(path)
        if not os.path.isfile(native) and not os.path.isdir(native):
            # A named pipe called x.pth would block us for ever.
            raise OSError(f"not a regular file: {path}")
        with open(native, "rb") as file:
            return file.read()

    def real(self, path: str) -> str | None:
        """Resolve all links of an existing path, or return None as C's `realpath` fails."""
        native = self._native(path)
        if native is None:
            return None
        try:
            return self._text(os.path.realpath(native, strict=True))
        except (OSError, ValueError):
            return None

    def link(self, path: str) -> str | None:
        """Return the text of a symbolic link, or None if it is none."""
        native = self._native(path)
        if native is None:
            return None
        try:
            return self._text(os.readlink(os.fsencode(native)))
        except (OSError, ValueError):
            return None

    def _native(self, path: str) -> str | bytes | None:
        """Say the path in our own encoding, or as bytes where the encodings differ."""
        if not path.startswith("/"):
            if self.cwd is None:
                return None
            path = os.path.join(self.cwd, path)
        if self._same_encoding():
            return path
        try:
            return path.encode(self.encoding, "surrogateescape")
        except UnicodeEncodeError:
            return None

    def _text(self, name: str | bytes) -> str:
        return name if isinstance(name, str) else name.decode(self.encoding, "surrogateescape")

    def _same_encoding(self) -> bool:
        return self.encoding.lower().replace("_", "-") == sys.getfilesystemencoding().lower()
