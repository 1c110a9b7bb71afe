"""The parts of ``importlib_plug.py``: finders, loaders, functions, locks, under CPython's names."""
