"""What cannot be looked up on a machine, curated: each line with its source.

Decides nothing; ``rules/`` reads it. The sources are the manual of Python ("What's New" of a version,
a PEP, a page of the library reference) and the documentation of the projects named.
"""
