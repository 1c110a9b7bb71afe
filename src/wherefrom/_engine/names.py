"""Module names as text: parents, tails, relative to absolute, and what is no name at all.

Decides which arguments the interpreter rejects and with which error; looks at no disk and at no
module. Read ``steps.py`` next. Rules: language reference, "Package Relative Imports"; the errors
are those of ``importlib.util.resolve_name`` and of ``__import__``.
"""


def split(name: str) -> tuple[str, str]:
    """Part a name into its parent and its tail: ``"a.b.c"`` is ``("a.b", "c")``."""
    parent, _, tail = name.rpartition(".")
    return parent, tail


def absolute(name: object, package: object = None) -> str:
    """Make a name absolute, or reject it as the interpreter does.

    Args:
        name: a module name; leading dots make it relative to `package`.
        package: the package that a relative name is relative to.

    Returns:
        The absolute name.

    Raises:
        TypeError: the name is not a str, or the package of a relative name is not.
        ValueError: the name is empty.
        ImportError: a relative name has no package, or leads beyond the top level.
    """
    if not isinstance(name, str):
        raise TypeError(f"module name must be str, not {type(name).__name__}: {name!r}")
    if not name:
        raise ValueError("Empty module name")
    if not name.startswith("."):
        return name
    if not package:
        raise ImportError(
            f"no package specified for {name!r} (required for relative module names)", name=name
        )
    if not isinstance(package, str):
        raise TypeError(f"package must be str, not {type(package).__name__}: {package!r}")
    return _from_package(name, package)


def _from_package(name: str, package: str) -> str:
    rest = name.lstrip(".")
    level = len(name) - len(rest)
    # One dot is the package itself, every further dot one parent up.
    parts = package.rsplit(".", level - 1)
    if len(parts) < level:
        raise ImportError("attempted relative import beyond top-level package", name=name)
    return f"{parts[0]}.{rest}" if rest else parts[0]
