"""Settings that all tests share: how many examples hypothesis tries.

``WHEREFROM_EXAMPLES`` names the profile: ``default`` for the run that everybody makes, ``deep`` for
the scripts that look for differences.
"""

from __future__ import annotations

import os
import signal

from hypothesis import HealthCheck, settings

# A shell that starts the tests in the background lets them ignore interrupts, and so would their children.
signal.signal(signal.SIGINT, signal.default_int_handler)

# No deadline: a slow machine is no failure. Trees on real disk are slow to draw and to lay out.
_TOLERANT = (HealthCheck.too_slow, HealthCheck.data_too_large)
settings.register_profile(
    "default", deadline=None, max_examples=60, suppress_health_check=_TOLERANT, derandomize=True
)
settings.register_profile(
    "deep", deadline=None, max_examples=3000, suppress_health_check=_TOLERANT, print_blob=True
)
settings.load_profile(os.environ.get("WHEREFROM_EXAMPLES", "default"))
