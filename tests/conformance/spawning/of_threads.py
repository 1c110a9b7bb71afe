"""The tests with shared objects of the kind "threads"."""

from __future__ import annotations

from . import install

install(globals(), only_type="threads")
