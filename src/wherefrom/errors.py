"""The exceptions that wherefrom raises itself.

All share the base `WherefromError`; where callers expect a standard exception it is the second
parent. What the interpreter itself rejects (an empty name, a relative name without a package) is
raised with the interpreter's own type and is not one of these.
"""

from __future__ import annotations


class WherefromError(Exception):
    """Base of every exception that wherefrom raises on its own account."""
