"""Imports one thing and prints what a program can see of it; a child's text for ``live_packages.py``.

Usage: ``python -c TEXT STATEMENT [FOLDER]…``. The folders are put at the end of ``sys.path``. Only what an
interpreter without site has loaded, since what this imports is compared too.
"""

import sys

EVENTS: "list[object]" = []
_PLAIN = (str, bytes, int, type(None))
_VARIES = 1 << 30  # numbers from here on are addresses and points in time
_FUNCTION = type(lambda: None)


def show(value: "object") -> str:
    """Tell a value without its place in memory, and without running code of its class."""
    kind = type(value)  # what the object says of its class may be code of it
    if kind in _PLAIN and not (kind is int and value >= _VARIES):  # type: ignore[operator]  # an int
        return repr(value)
    if kind in (list, tuple):
        return "[" + ", ".join([show(item) for item in value]) + "]"  # type: ignore[attr-defined]  # see above
    if issubclass(kind, type):
        return f"class {value.__module__}.{value.__qualname__}"  # type: ignore[attr-defined]  # a class
    name = value.__qualname__ if kind is _FUNCTION else ""  # type: ignore[attr-defined]  # a function
    return f"a {kind.__module__}.{kind.__qualname__} {name}".rstrip()


def heard(event: str, args: "tuple[object, ...]") -> None:
    if event == "import":
        EVENTS.append(show(args))


def told(name: str, module: "object") -> None:
    print(show(name), show(module))
    try:
        namespace = object.__getattribute__(module, "__dict__")  # a lazy module's own way would load it
    except AttributeError:
        return
    for key, value in list(namespace.items()):
        print("  ", show(key), show(value))
    spec = namespace.get("__spec__")
    if type(spec).__name__ == "ModuleSpec":
        for field in ("name", "origin", "cached", "parent", "has_location", "loader", "loader_state"):
            print("   spec", field, show(getattr(spec, field, None)))
        print("   spec locations", show(list(spec.submodule_search_locations or ())))
        print("   loader", show(getattr(spec.loader, "name", None)), show(getattr(spec.loader, "path", None)))
        print("   places", show(list(namespace.get("__path__") or ())))


def main() -> None:
    statement, *folders = sys.argv[1:]
    sys.path.extend(folders)
    sys.addaudithook(heard)
    exec(statement, {"__name__": "__main__"})
    heard_then = EVENTS[:]
    print("modules", list(sys.modules))
    for name, module in list(sys.modules.items()):
        told(name, module)
    print("finders", show(sys.meta_path), show(sys.path_hooks), show(sys.path))
    for entry, finder in sys.path_importer_cache.items():
        print("entry", show(entry), show(finder), sorted(getattr(finder, "_path_cache", ())))
    for event in heard_then:
        print("event", event)


main()
