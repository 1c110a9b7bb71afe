"""STEP 1: where would a module come from?

``chain.py`` asks the finders of ``sys.meta_path`` in turn; ``inner.py`` answers for modules inside
the interpreter; ``entries.py`` walks the entries of a search path, ``hooks.py`` says what finder
serves an entry, ``directory.py`` and ``archive.py`` look for candidates in one; ``namespace.py``
and ``legacy.py`` know how packages of many portions come by their path. No code of any module runs.
"""
