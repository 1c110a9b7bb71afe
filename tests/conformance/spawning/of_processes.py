"""The tests with shared objects of the kind "processes"."""

from __future__ import annotations

from . import install

install(globals(), only_type="processes")
