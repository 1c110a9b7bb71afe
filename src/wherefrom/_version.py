"""The version, in one place: the build reads it here and so does the front door."""

__version__ = "0.1.0"
