"""Programs of every form, for twin runs: what they print is what they can know of how they were started."""

# ruff: noqa: E501  # programs as data, a line each

from __future__ import annotations

import zipfile
from pathlib import Path

PORTRAIT = """\
import sys
main = dict(vars(sys.modules["__main__"]))
def show(value):
    return (type(value).__name__, value.name, value.path) if hasattr(value, "path") else repr(value)
del main["sys"]
print(list(main), [show(value) for name, value in main.items() if name not in ("show", "__builtins__")])
print(type(main["__builtins__"]), list(sys.modules), sys.argv, sys.orig_argv, sys.path)
print(list(sys.path_importer_cache), sys.meta_path, sys.flags, sys.warnoptions, sys._xoptions, sys.path_hooks[0])
"""

FILES = {
    "portrait.py": PORTRAIT,
    "place/__main__.py": PORTRAIT,
    "place/inner.py": PORTRAIT,
    "pkg/__init__.py": "",
    "pkg/__main__.py": PORTRAIT,
    "pkg/mod.py": PORTRAIT,
    "syntax.py": "def f(: pass\n",
    "exits.py": 'import atexit\natexit.register(lambda: print("bye", "__file__" in globals()))\nraise SystemExit(3)\n',
    "ends.py": 'import atexit\natexit.register(lambda: print("bye", "__file__" in globals()))\n',
    "os_exit.py": "import json, os\nprint(1, flush=True)\nos._exit(7)\n",
    "shadowing/random.py": "x = 1\n",
    "shadowing/shadowed.py": "import random\nrandom.randint\n",
    "killed.py": "import json, os\nos.kill(os.getpid(), 9)\n",
    "terminated.py": "import os, signal\nsignal.signal(15, lambda *a: print('got', a[0]))\nos.kill(os.getpid(), 15)\n",
    "interrupted.py": "raise KeyboardInterrupt\n",
    "warns.py": 'import warnings\nwarnings.warn("old", DeprecationWarning, stacklevel=2)\n',
    "raises.py": "def g():\n    raise KeyError(1)\ng()\n",
    "fails.py": "try:\n    import nope\nexcept ImportError:\n    pass\nimport raises\n",
    "mixed.py": (
        "import warns, traceback\ntry:\n    import nope\nexcept ImportError:\n    traceback.print_exc()\n"
        "traceback.print_stack(limit=1)\nimport raises\n"
    ),
    "imports_syntax.py": "import syntax\n",
    "finder.py": (
        "import sys\nclass F:\n    @staticmethod\n    def find_spec(name, path, target=None):\n"
        "        if name == 'zzz':\n            raise ZeroDivisionError\nsys.meta_path.insert(0, F)\nimport zzz\n"
    ),
    "forks.py": (
        "import os, sys\npid = os.fork()\nif not pid:\n    import json\n    print('child', flush=True)\n    os._exit(4)\n"
        "print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))\nimport csv\n"
    ),
    "spawns.py": (
        "import multiprocessing as m, json\ndef f(x):\n    return json.dumps(x)\nif __name__ == '__main__':\n"
        "    for how in m.get_all_start_methods():\n        with m.get_context(how).Pool(1) as pool:\n"
        "            print(how, pool.map(f, [1, 2]))\n"
    ),
    "threads.py": (
        "import threading, time\ndef late():\n    time.sleep(0.1)\n    import csv\n    print(csv.__name__)\n"
        "threading.Thread(target=late).start()\nprint('main ends')\n"
    ),
    "no_modules.py": "import sys\nsys.modules = {}\ntry:\n    import csv\nfinally:\n    print('done')\n",
    "no_import.py": "import builtins, csv\ndel builtins.__import__\nimport json\n",
    "alone/__init__.py": "",
    "alone/mod.py": "",
    "own_import.py": (
        "import builtins\nwas = builtins.__import__\nasked = []\ndef mine(name, *rest):\n    asked.append(name)\n"
        "    return was(name, *rest)\nbuiltins.__import__ = mine\nimport json.tool\nprint(asked)\n"
    ),
    "own_import_of_source.py": (
        "import builtins, importlib.util, os, sys\nsys.dont_write_bytecode = False\nimport alone.mod\n"
        "os.remove(importlib.util.cache_from_source(alone.mod.__file__))\ndel sys.modules['alone'], sys.modules['alone.mod']\n"
        "sys.dont_write_bytecode = True\nwas = builtins.__import__\nasked = []\n"
        "def mine(name, *rest):\n    asked.append(name)\n    return was(name, *rest)\n"
        "builtins.__import__ = mine\nimport alone.mod\nprint(asked)\n"
    ),
    "reloads.py": "import importlib, csv\nimportlib.reload(importlib)\nimportlib.reload(csv)\nimport json\nprint(json.dumps(1))\n",
    "late_helper.py": (
        "import os\nthere = True\nclass Last:\n    def __del__(self, write=os.write):\n"
        "        write(1, b'in time\\n' if there else b'late\\n')\n"
    ),
    "late.py": "import late_helper\nlast = late_helper.Last()\n",
    "closes.py": "import os\nos.closerange(3, 1024)\nimport csv\nprint(open('portrait.py').fileno())\n",
    "odd_path.py": (
        "import sys\nclass Odd(str):\n    def __eq__(self, other):\n        print('asked')\n        return False\n"
        "    __hash__ = str.__hash__\nwas = sys.path\nfor path in [[*was, Odd('/x')], [*was, Odd('/y')], (*was,), None]:\n"
        "    sys.path = path\n    try:\n        import nope\n    except Exception as error:\n        print(repr(error))\n"
        "del sys.path\ntry:\n    import nope\nexcept Exception as error:\n    print(repr(error))\n"
        "sys.path = was\nsys.path.append(Odd('/z'))\nimport csv\nsys.path[-1] = Odd('/z')\nimport colorsys\n"
        "print(type(sys.path), sys.path is was, sys.path)\n"
    ),
    "edits_finders.py": (
        "import sys\nasked = []\nclass Late:\n    @staticmethod\n    def find_spec(name, path, target=None):\n"
        "        asked.append(('late', name))\nclass Editing:\n    @staticmethod\n"
        "    def find_spec(name, path, target=None):\n        asked.append(('editing', name))\n"
        "        if Editing in sys.meta_path:\n            sys.meta_path.remove(Editing)\n"
        "            sys.meta_path.insert(1, Late)\n            sys.meta_path[:] = sys.meta_path + [Late]\n"
        "        if name == 'nope':\n            sys.meta_path.clear()\n"
        "sys.meta_path.insert(0, Editing)\nimport csv\nsys.meta_path.insert(0, Editing)\n"
        "import json\nsys.meta_path.insert(0, Editing)\ntry:\n    import nope\nfinally:\n"
        "    print(asked, len(sys.meta_path))\n"
    ),
    "modules_copied.py": (
        "import sys\nsys.modules = dict(sys.modules)\nimport csv\nimport json.tool\n"
        "print('csv' in sys.modules, list(sys.modules))\nfor other in (None, 1, [], {'csv': 3}):\n"
        "    sys.modules = other\n    for name in ('csv', 'wave', 'json.tool', 'nope'):\n"
        "        try:\n            print(__import__(name))\n        except BaseException as error:\n"
        "            print(repr(error))\n"
    ),
    "modules_gone.py": "import sys\ndel sys.modules\ntry:\n    import csv\nfinally:\n    import json\n    print(json)\n",
    "state_spoilt.py": (
        "import sys\nfor piece in ('meta_path', 'path_hooks', 'path_importer_cache', 'path'):\n    was = getattr(sys, piece)\n"
        "    for other in (None, [], 1, [None, 3, b'x', '']):\n        setattr(sys, piece, other)\n"
        "        for name in ('csv', 'sndhdr', 'xml.nope', 'nope'):\n            try:\n                print(__import__(name))\n"
        "            except BaseException as error:\n                print(piece, repr(error))\n"
        "            for loaded in ('csv', 'xml'):\n                sys.modules.pop(loaded, None)\n"
        "    delattr(sys, piece)\n    try:\n        import csv\n    except BaseException as error:\n"
        "        print(piece, repr(error))\n    setattr(sys, piece, was)\n"
    ),
    "import_replaced.py": (
        "import builtins\nwas = builtins.__import__\nbuiltins.__import__ = lambda *a, **k: 3\nimport json\nprint(json)\n"
        "builtins.__import__ = was\nimport json\nprint(json)\nbuiltins.__import__ = None\ntry:\n    import csv\n"
        "except TypeError as error:\n    print(error)\nwas('csv')\n"
    ),
    "reloads_all.py": (
        "import importlib, importlib.util, sys\nimportlib.reload(importlib.util)\nimportlib.reload(importlib)\n"
        "import csv\nimportlib.reload(csv)\nimportlib.reload(sys)\ntry:\n    importlib.reload(importlib._bootstrap_external)\n"
        "finally:\n    import json.tool\n    print(json.tool)\n"
    ),
    "takes_over.py": (
        "import os\nfor number in (60, 250, 1000, 3, 4):\n    os.dup2(1, number)\nimport csv\nprint(csv.__name__)\n"
        "for number in (60, 250, 1000):\n    os.close(number)\nimport json\nprint(json.__name__)\n"
    ),
    "full.py": (
        "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))\n"
        "import json, csv, wave\nprint(json.dumps(1))\n"
    ),
    "no_memory.py": (
        "import resource\nheld = []\nlimit = 400 << 20\nresource.setrlimit(resource.RLIMIT_AS, (limit, limit))\n"
        "for size in (1 << 24, 1 << 20, 1 << 16, 1 << 12, 1 << 9):\n    try:\n        while True:\n"
        "            held.append(bytearray(size))\n    except MemoryError:\n        pass\ntry:\n    import asyncio\n"
        "except MemoryError:\n    del held\n    print('no memory')\nimport json\nprint(json.dumps(1))\n"
    ),
    "deep.py": (
        "def f():\n    f()\ntry:\n    f()\nexcept RecursionError:\n    import csv\n"
        "def g():\n    try:\n        import nope\n    except ModuleNotFoundError:\n        g()\ntry:\n    g()\n"
        "except RecursionError as error:\n    print(type(error))\nimport json\nprint(json, csv)\n"
    ),
    "audits.py": (
        "import sys\nheard = []\nours = ('function.__new__', 'marshal.dumps', 'object.__getattr__', 'sys._getframe')\n"
        # Only bytecode is cut: addresses, which are of no fixed length, would move the cut of others.
        "def hear(event, args):\n    if event not in ours:\n"
        "        heard.append((event, repr(args[:1])[:60 if event == 'marshal.loads' else None]))\n"
        "sys.addaudithook(hear)\n"
        "import csv, wave, pkg.mod\ntry:\n    import nope\nexcept ImportError:\n    pass\n"
        "sys.path.append('/x')\nimport colorsys\nprint(*heard, sep='\\n')\n"
    ),
    "reads.py": "import sys\nprint(sys.stdin.read(), sys.stdout.isatty())\n",
}


def lay_out(folder: Path) -> None:
    for name, text in FILES.items():
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    with zipfile.ZipFile(folder / "archive.zip", "w") as archive:
        archive.writestr("__main__.py", PORTRAIT)


# Newer versions keep the lines of a text, by the names of its code.
_LINES = "import linecache; print(getattr(linecache, '_interactive_cache', linecache.cache))"

CASES: dict[str, list[str]] = {
    "a script": ["portrait.py", "a", "-b"],
    "a script elsewhere": ["place/inner.py"],
    "a script by its whole path": ["{here}/portrait.py"],
    "a package": ["-m", "pkg", "a"],
    "a module": ["-m", "pkg.mod"],
    "a module that is not there": ["-m", "nope"],
    "a text": ["-c", PORTRAIT, "a", "-b"],
    "a text that raises": ["-c", "def f():\n    1/0\nf()"],
    "a text that is indented": ["-c", "   print(1)"],
    "a text on one line that raises": ["-c", "import no_such_module"],
    "a text that is no Python": ["-c", "a b"],
    "a text whose lines are kept": ["-c", _LINES],
    "a text with more code, whose lines are kept": ["-c", f"{_LINES}; f = lambda: 0"],
    "a text with comprehensions": ["-c", f"{_LINES}; x = [f for f in '']; y = (each for each in x)"],
    "a text with an annotation": ["-c", f"x: 'int' = 1; {_LINES}"],
    "a text that shows itself": ["-c", "import inspect, sys\nprint(inspect.getsource(sys._getframe()))"],
    "a directory": ["place", "a"],
    "an archive": ["archive.zip", "a"],
    "the standard input": ["-", "a"],
    "a safe path": ["-P", "portrait.py"],
    "isolated": ["-I", "portrait.py"],
    "without site": ["-I", "-S", "portrait.py"],
    "with options": ["-Bu", "-Wdefault", "-X", "dev", "-OO", "portrait.py"],
    "the first line skipped": ["-x", "portrait.py"],
    "a file that is not there": ["nope.py"],
    **{
        name: ["-Wdefault", f"{name}.py"]
        for name in [
            "syntax",
            "exits",
            "ends",
            "os_exit",
            "shadowed",
            "killed",
            "terminated",
            "interrupted",
            "mixed",
            "imports_syntax",
            "finder",
            "forks",
            "spawns",
            "threads",
            "no_modules",
            "no_import",
            "own_import",
            "own_import_of_source",
            "reloads",
            "closes",
            "edits_finders",
            "modules_copied",
            "modules_gone",
            "state_spoilt",
            "import_replaced",
            "reloads_all",
            "takes_over",
            "full",
            "no_memory",
            "deep",
            "reads",
            "late",
            "odd_path",
            "audits",
        ]  # a list of words reads better as words
    },
}
