"""Generated programs: trees of modules that import each other in every way, and statements.

A program is drawn from a number, the same one for the same number. Names are few, so that things
meet: circles, submodules beside attributes of their name, packages that replace or remove themselves.

There are no threads in it: what they meet depends on their timing, and a thread that is waited for while
a module is made may wait for that module. ``tests/load`` has cases of their own for them.
"""

from __future__ import annotations

from random import Random
from typing import NamedTuple

TOPS = ("a", "b", "c")
SUBS = ("x", "y", "z")
ATTRIBUTES = ("one", "two", "x", "y", "_three")


class Program(NamedTuple):
    """A tree, statements to be executed, and names that the namespace begins with."""

    tree: dict[str, str]
    statements: list[str]
    namespace: dict[str, object]


def program(seed: int) -> Program:
    """Draw a program from a number."""
    random = Random(seed)
    tree = {"log.py": "entries = []\n"}
    for top in TOPS:
        _draw_module(random, tree, top, depth=1)
    if random.random() < 0.15:
        _draw_late_entry(random, tree)
    inside = random.choice(["", "", "", "a", "a.x"])
    statements = [_statement(random, inside, plain=True) for _ in range(random.randint(1, 4))]
    namespace: dict[str, object] = {"__name__": "__main__"}
    if inside:
        namespace.update(__name__=f"{inside}.here", __package__=inside)
    if random.random() < 0.2:
        namespace["a"] = "was here"
    return Program(tree, statements, namespace)


def _draw_module(random: Random, tree: dict[str, str], name: str, depth: int) -> None:
    path = name.replace(".", "/")
    kind = random.choice(["module", "package", "package", "package", "namespace", "both", "none"])
    if kind in ("module", "both"):
        tree[f"{path}.py"] = _body(random, name, is_package=False)
    if kind in ("package", "both"):
        tree[f"{path}/__init__.py"] = _body(random, name, is_package=True)
    if kind == "namespace":
        tree[f"{path}/"] = ""
    if kind in ("package", "namespace", "both") and depth < 3:
        for sub in SUBS[: random.randint(1, 3)]:
            _draw_module(random, tree, f"{name}.{sub}", depth + 1)


def _draw_late_entry(random: Random, tree: dict[str, str]) -> None:
    """Have a second entry come onto the path with the first module that logs: more portions, more losers."""
    late: dict[str, str] = {}
    _draw_module(random, late, random.choice(TOPS), depth=2)
    tree.update({f"late/{path}": text for path, text in late.items()})
    at = random.choice(["0", "1"])
    tree["log.py"] += f"import sys\nsys.path.insert({at}, __file__[: -len('log.py')] + 'late')\n"


def _body(random: Random, name: str, *, is_package: bool) -> str:
    package = name if is_package else name.rpartition(".")[0]
    lines = ["import log, sys", "log.entries.append(__name__)"]
    for _ in range(random.randint(0, 5)):
        lines += _line(random, name, package, is_package=is_package)
    return "\n".join([*lines, ""])


def _line(random: Random, name: str, package: str, *, is_package: bool) -> list[str]:
    draw = random.random()
    if draw < 0.50:
        statement = _statement(random, package)
        return [statement] if random.random() < 0.5 else _guarded(statement)
    if draw < 0.70:
        attribute = random.choice(ATTRIBUTES)
        return [f"{attribute} = {random.randint(1, 9)}"]
    if draw < 0.76:
        return [f"__all__ = {_all(random)}"]
    return random.choice(_ODD)(random, name, is_package)


def _all(random: Random) -> str:
    names = [random.choice((*ATTRIBUTES, *SUBS)) for _ in range(random.randint(0, 3))]
    right = repr(random.choice([names, tuple(names)]))
    wrong = ["3", "None", "'xy'", repr([*names, 3]), repr(dict.fromkeys(names, 1)), f"iter({names!r})"]
    return right if random.random() < 0.75 else random.choice([*wrong, repr([*names, "", "_", "x.y"])])


def _guarded(statement: str) -> list[str]:
    return [
        "try:",
        f"    {statement}",
        "except Exception as error:",
        "    log.entries.append((__name__, type(error).__name__, str(error),",
        "        getattr(error, 'name', None), getattr(error, 'path', None)))",
    ]


def _dotted(random: Random) -> str:
    depth = random.choice([1, 1, 2, 2, 3])
    return ".".join([random.choice(TOPS), *[random.choice(SUBS) for _ in range(depth - 1)]])


def _statement(random: Random, package: str, *, plain: bool = False) -> str:
    form = random.random()
    if form < 0.2:
        return f"import {_dotted(random)}"
    if form < 0.35:
        return f"import {_dotted(random)} as name{random.randint(1, 3)}"
    if form < 0.4:
        return f"import {_dotted(random)}, {_dotted(random)} as other"
    source = _dotted(random)
    if package and random.random() < 0.6:
        dots = "." * random.choice([1, 1, 1, 2, 2, 3])
        source = dots + random.choice(["", "", *SUBS])
    if form < 0.5:
        return f"from {source} import *"
    items = [random.choice((*ATTRIBUTES, *SUBS)) for _ in range(random.randint(1, 3))]
    written = [item if random.random() < 0.7 else f"{item} as {item}_" for item in items]
    if plain and form > 0.97:
        return "from __future__ import annotations"
    listed = ", ".join(written)
    return f"from {source} import ({listed})" if random.random() < 0.2 else f"from {source} import {listed}"


def _getattr(random: Random, name: str, is_package: bool) -> list[str]:
    known = random.choice((*ATTRIBUTES, *SUBS))
    return [
        "def __getattr__(item):",
        "    log.entries.append((__name__, item))",
        f"    if item == {known!r}: return 'made'",
        random.choice(["    raise AttributeError(item)", "    raise KeyError(item)"])
        if random.random() < 0.8
        else "    return item",
    ]


def _replace(random: Random, name: str, is_package: bool) -> list[str]:
    return [
        "class Stand:",
        f"    one = 'stand'; {random.choice(['__name__ = ' + repr(name), '__path__ = []', 'two = 2'])}",
        "sys.modules[__name__] = Stand()",
    ]


def _new_module(random: Random, name: str, is_package: bool) -> list[str]:
    return ["sys.modules[__name__] = type(sys)(__name__)", "sys.modules[__name__].one = 'other'"]


def _remove(random: Random, name: str, is_package: bool) -> list[str]:
    # Not for ever: what is imported anew each time would end in a recursion.
    return ["if log.entries.count(__name__) < 3: del sys.modules[__name__]"]


def _block(random: Random, name: str, is_package: bool) -> list[str]:
    return [f"sys.modules[{_dotted(random)!r}] = None"]


def _drop(random: Random, name: str, is_package: bool) -> list[str]:
    return [f"if len(log.entries) < 40: sys.modules.pop({_dotted(random)!r}, None)"]


def _raise(random: Random, name: str, is_package: bool) -> list[str]:
    error = random.choice(
        ["ValueError('no')", "ImportError('no', name='n', path='p')", "KeyboardInterrupt()"]
    )
    return [f"if log.entries.count(__name__) < {random.randint(2, 3)}: raise {error}"]


def _path(random: Random, name: str, is_package: bool) -> list[str]:
    if not is_package:
        return ["__path__ = []"]
    return [random.choice(["__path__ = []", "del __path__", "__path__ = list(__path__)", "__path__ = None"])]


def _package(random: Random, name: str, is_package: bool) -> list[str]:
    return [f"__package__ = {random.choice(['None', repr(''), repr('a'), repr('b.x'), '3'])}"]


def _spec(random: Random, name: str, is_package: bool) -> list[str]:
    return [
        random.choice(["__spec__ = None", "__name__ = 'renamed'", "del __package__", "__file__ = 'other'"])
    ]


def _import_module(random: Random, name: str, is_package: bool) -> list[str]:
    return _guarded(f"import importlib; importlib.import_module({_dotted(random)!r})")


def _reload(random: Random, name: str, is_package: bool) -> list[str]:
    return _guarded(
        f"import importlib; log.entries.count('reload') > 2 or (log.entries.append('reload'), "
        f"importlib.reload(sys.modules[{_dotted(random)!r}]))"
    )


def _delete(random: Random, name: str, is_package: bool) -> list[str]:
    return [f"globals().pop({random.choice((*ATTRIBUTES, *SUBS))!r}, None)"]


def _orphan(random: Random, name: str, is_package: bool) -> list[str]:
    parent = name.rpartition(".")[0] or name
    removal = random.choice([f"sys.modules.pop({parent!r}, None)", f"sys.modules[{parent!r}] = None"])
    return [f"if log.entries.count(__name__) < 3: {removal}"]


def _own_type(random: Random, name: str, is_package: bool) -> list[str]:
    # Not __spec__: how often it is asked for, and whether errors of it count, is each version's own.
    attribute = random.choice((*ATTRIBUTES, *SUBS, "__path__", "__all__"))
    error = random.choice(["AttributeError", "ValueError", "ImportError"])
    return [
        "class Own(type(sys)):",
        f"    def __getattribute__(self, item, known={attribute!r}):",
        f"        if item == known and len(log.entries) % 2: raise {error}(item)",
        "        return super().__getattribute__(item)",
        "sys.modules[__name__].__class__ = Own",
    ]


def _keeps_out(random: Random, name: str, is_package: bool) -> list[str]:
    attribute = random.choice((*ATTRIBUTES, *SUBS))
    return [
        "class Closed(type(sys)):",
        "    def __setattr__(self, item, value):",
        f"        if item == {attribute!r}: raise {random.choice(['AttributeError', 'TypeError'])}(item)",
        "        super().__setattr__(item, value)",
        "sys.modules[__name__].__class__ = Closed",
    ]


def _imports_when_asked(random: Random, name: str, is_package: bool) -> list[str]:
    # Not for names of the import system's: looking for its own __path__ would go round for ever.
    return [
        "def __getattr__(item):",
        "    if item.startswith('_'): raise AttributeError(item)",
        "    import importlib; return importlib.import_module('.' + item, __name__)",
    ]


def _call(random: Random, name: str, is_package: bool) -> list[str]:
    items = random.choice(["()", "('x', 'one')", "['*']", "'x'", "[3]", "None"])
    level = random.choice([0, 0, 0, 1, 1, 2, 3, -1])
    asked = random.choice([_dotted(random), *SUBS, "", "x."])
    spaces = random.choice(
        ["globals()", "globals()", "None", "{}", "{'__package__': 'a', '__name__': 'a.x'}"]
    )
    return _guarded(f"one = __import__({asked!r}, {spaces}, None, {items}, {level})")


def _later(random: Random, name: str, is_package: bool) -> list[str]:
    """Import in a function that is called: from here, or from a module that is there already."""
    package = name if is_package else name.rpartition(".")[0]
    statement = _statement(random, package).replace("*", "one")
    return ["def two():", f"    {statement}", *_guarded("two()")]


_ODD = (
    _getattr,
    _replace,
    _new_module,
    _remove,
    _block,
    _drop,
    _raise,
    _path,
    _package,
    _spec,
    _import_module,
    _reload,
    _delete,
    _orphan,
    _own_type,
    _keeps_out,
    _imports_when_asked,
    _call,
    _later,
)
