"""The tests without shared objects of any kind."""

from __future__ import annotations

from . import install

install(globals(), exclude_types=True)
