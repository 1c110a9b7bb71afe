"""Step 3, bind: what an import statement writes, and where.

Decides nothing itself. Read ``imports.py`` first, which is ``__import__``; ``names.py`` does the
statements, ``parent.py`` the binding that nobody wrote.
"""
