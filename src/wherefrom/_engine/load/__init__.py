"""Step 2, load: make a module, register it, run it, and undo what went wrong.

Decides nothing itself. Read ``execute.py`` first, which tells the whole step; ``modules.py`` makes
modules, ``source.py`` comes by their code.
"""
