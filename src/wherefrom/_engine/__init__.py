"""The inner house: Python's import system, re-told in readable Python, every step recorded.

Code in this package runs inside traced programs. It may import only what every interpreter has
already loaded before user code (see ``tests/architecture``), so that tracing a program never loads
a module that the program would have loaded itself. Read ``steps.py`` first: it is the story of one
import; ``find/`` tells its first part.
"""
