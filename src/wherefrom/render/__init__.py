"""Traces and resolutions in forms for people and programs: each view returns text or plain data.

The views read; they import no engine, run no search of their own and never print. ``text.py`` tells
a resolution, ``tree.py`` draws a trace, ``json.py`` gives documents; ``sentences.py`` holds the words.
"""
