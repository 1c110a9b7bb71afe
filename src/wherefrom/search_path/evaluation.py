"""Reads start-up code and tells what it does to the path, without running a line of it.

Import lines, entry points and customize modules are mostly a few plain statements: import sys,
append a path, call a function of one's own. Those are followed here on their syntax tree. Anything
else (a loop over the disk, a call into the unknown, a compiled module) ends in `UnpredictableError`,
which says what it was that could not be told. `expressions.py` holds the values; `site_stage.py`
decides what a failure means for the rest of a file.
"""

from __future__ import annotations

import ast
import os

import attrs

from wherefrom.search_path import offers
from wherefrom.search_path.expressions import (
    Function,
    Module,
    RaisedError,
    Ref,
    UnpredictableError,
    Values,
    shown,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Protocol

    from wherefrom.search_path.disk import Disk
    from wherefrom.search_path.interpreter import Interpreter

    class Path(Protocol):
        """The list under construction, as start-up code may change it."""

        def paths(self) -> list[str]:
            """Return the paths so far."""

        def replace(self, paths: list[str]) -> None:
            """Make these the paths; the new ones among them come from the code that runs now."""


_DEEPEST = 8


class _ReturnError(Exception):
    """A return statement was reached."""


@attrs.define
class World:
    """What start-up code sees and changes: the path, the modules so far, the disk.

    Attributes:
        path: The list under construction.
        facts: The interpreter.
        disk: The disk as it sees it.
        env: The environment.
        add_site_directory: What `site.addsitedir` does.
        known: What else is known of the interpreter, such as `sys.prefix`.
        modules: The modules that start-up code has imported, by name.
        served: The top-level names that finders serve which start-up code has put in place.
        doubtful: Whether code has run whose effect could not be told: it may have put finders in place.
    """

    path: Path
    facts: Interpreter
    disk: Disk
    env: dict[str, str]
    add_site_directory: Callable[[str], None]
    known: dict[str, Any] = attrs.Factory(dict)
    modules: dict[str, Module] = attrs.Factory(dict)
    served: set[str] = attrs.Factory(set)
    doubtful: bool = False
    depth: int = 0


def follow(source: str, world: World, names: dict[str, Any]) -> None:
    """Follow some source text through, changing the world's path as it would.

    Raises:
        RaisedError: The code raises; what it did before that stays done.
        UnpredictableError: What it does cannot be told; what it did before that stays done.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError) as error:
        raise RaisedError("SyntaxError", str(error)) from None
    _Follower(world, names).block(tree.body)


def import_module(name: str, world: World) -> Module | Ref:
    """Follow the import of a module, its parents first.

    Raises:
        RaisedError: There is no such module, or its code raises.
        UnpredictableError: Its effect cannot be told.
    """
    parts = name.split(".")
    found: Module | Ref = Ref(parts[0])
    for count in range(1, len(parts) + 1):
        found = _import_one(".".join(parts[:count]), world)
    return found


def _import_one(name: str, world: World) -> Module | Ref:
    if name in world.modules:
        return world.modules[name]
    if name == "os.path":  # an alias in sys.modules, not a submodule
        return Ref(name)
    offer = offers.find(name, world.path.paths(), world.facts, world.disk)
    if offer is None:
        if name.partition(".")[0] in world.served:
            raise UnpredictableError(
                f"the module {name}, which a finder serves that start-up code put in place"
            )
        raise RaisedError("ModuleNotFoundError", f"No module named {name!r}")
    if offer.stdlib:
        return Ref(name)
    module = world.modules[name] = Module(name, offer.file, {"__name__": name, "__file__": offer.file})
    if offer.kind != "namespace":
        _follow_module(module, offer, world)
    return module


def _follow_module(module: Module, offer: offers.Offer, world: World) -> None:
    text = offers.source_text(offer, world.disk)
    if text is None:
        raise UnpredictableError(f"the module {module.name}, of which there is no readable source")
    if world.depth >= _DEEPEST:
        raise UnpredictableError(f"the module {module.name}, which is imported too deep down")
    world.depth += 1
    try:
        follow(text, world, module.names)
    except RaisedError:
        # A module that fails leaves sys.modules again, so the next import tries anew.
        world.modules.pop(module.name, None)
        raise
    finally:
        world.depth -= 1


@attrs.define
class _Follower:
    """Follows statements in one scope."""

    world: World
    names: dict[str, Any]
    values: Values = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.values = Values(self.world, self.names, self.call)

    def block(self, statements: list[ast.stmt]) -> None:
        """Follow statements in order."""
        for statement in statements:
            method = getattr(self, f"_{type(statement).__name__.lower()}", None)
            if method is None:
                raise UnpredictableError(shown(statement))
            method(statement)

    def _pass(self, _: ast.Pass) -> None:
        pass

    def _global(self, _: ast.Global) -> None:
        pass

    def _functiondef(self, node: ast.FunctionDef) -> None:
        if node.decorator_list:
            raise UnpredictableError(shown(node))
        self.names[node.name] = Function(node, self.names)

    def _asyncfunctiondef(self, node: ast.AsyncFunctionDef) -> None:
        self.names[node.name] = Ref(f"?.{node.name}")

    def _classdef(self, node: ast.ClassDef) -> None:
        """Take a class for harmless if making it runs nothing but definitions and constants."""
        plain = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Pass, ast.Assign, ast.AnnAssign, ast.Expr)
        quiet = not any(isinstance(inner, ast.Call) for part in node.body for inner in _run_at_once(part))
        if (
            node.decorator_list
            or node.keywords
            or not quiet
            or not all(isinstance(s, plain) for s in node.body)
        ):
            raise UnpredictableError(shown(node))
        self.names[node.name] = Ref(f"?.{node.name}")

    def _import(self, node: ast.Import) -> None:
        for alias in node.names:
            module = import_module(alias.name, self.world)
            head = alias.name.partition(".")[0]
            self.names[alias.asname or head] = module if alias.asname else self._head(head, module)

    def _head(self, head: str, module: Module | Ref) -> Module | Ref:
        return self.world.modules.get(head, Ref(head)) if isinstance(module, Module) else Ref(head)

    def _importfrom(self, node: ast.ImportFrom) -> None:
        if node.level or node.module is None or any(alias.name == "*" for alias in node.names):
            raise UnpredictableError(shown(node))
        module = import_module(node.module, self.world)
        for alias in node.names:
            self.names[alias.asname or alias.name] = self.values.attribute(module, alias.name)

    def _expr(self, node: ast.Expr) -> None:
        self.values.of(node.value)

    def _assign(self, node: ast.Assign) -> None:
        value = self.values.of(node.value)
        for target in node.targets:
            self._bind(target, value)

    def _annassign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self._bind(node.target, self.values.of(node.value))

    def _augassign(self, node: ast.AugAssign) -> None:
        old = self.values.of(node.target)
        new = self.values.of(node.value)
        if (
            not isinstance(node.op, ast.Add)
            or type(old) is not type(new)
            or not isinstance(old, (str, int, list))
        ):
            raise UnpredictableError(shown(node))
        self._bind(node.target, old + new)

    def _bind(self, target: ast.expr, value: Any) -> None:
        if isinstance(target, ast.Name):
            self.names[target.id] = value
        elif self._is_path(target) and isinstance(value, list):
            self._change(lambda paths: paths.__setitem__(slice(None), value))
        elif isinstance(target, ast.Subscript) and self._is_path(target.value):
            self._set_slice(target, value)
        else:
            raise UnpredictableError(shown(target))

    def _is_path(self, node: ast.expr) -> bool:
        return isinstance(node, (ast.Attribute, ast.Name)) and self.values.reference(node) == "sys.path"

    def _set_slice(self, target: ast.Subscript, value: Any) -> None:
        index = target.slice
        if isinstance(index, ast.Slice) and index.step is None and isinstance(value, list):
            ends = [None if end is None else self.values.of(end) for end in (index.lower, index.upper)]
            self._change(lambda paths: paths.__setitem__(slice(*ends), value))
            return
        place = None if isinstance(index, ast.Slice) else self.values.of(index)
        if not isinstance(place, int) or not isinstance(value, str):
            raise UnpredictableError(shown(target))
        self._change(lambda paths: paths.__setitem__(place, value))

    def _change(self, action: Callable[[list[Any]], None]) -> None:
        paths: list[Any] = self.world.path.paths()
        try:
            action(paths)
        except (IndexError, ValueError, TypeError) as error:
            raise RaisedError(type(error).__name__, str(error)) from None
        if not all(isinstance(path, str) for path in paths):
            raise UnpredictableError("an entry that is no text")
        self.world.path.replace(paths)

    def _if(self, node: ast.If) -> None:
        self.block(node.body if self.values.certain(node.test) else node.orelse)

    def _for(self, node: ast.For) -> None:
        items = self.values.of(node.iter)
        if not isinstance(items, (list, tuple)) or node.orelse:
            raise UnpredictableError(shown(node))
        for item in items:
            self._bind(node.target, item)
            self.block(node.body)

    def _try(self, node: ast.Try) -> None:
        try:
            self.block(node.body)
        except RaisedError as raised:
            handler = next((h for h in node.handlers if raised.is_caught_by(_caught(h.type))), None)
            if handler is None:
                self.block(node.finalbody)
                raise
            self.block(handler.body)
        else:
            self.block(node.orelse)
        self.block(node.finalbody)

    def _raise(self, node: ast.Raise) -> None:
        call = node.exc if isinstance(node.exc, ast.Call) else None
        name = call.func if call is not None else node.exc
        if not isinstance(name, ast.Name):
            raise UnpredictableError(shown(node))
        raise RaisedError(name.id, ", ".join(map(shown, call.args)) if call is not None else "")

    def _return(self, _: ast.Return) -> None:
        raise _ReturnError

    def call(self, target: Any, arguments: list[Any]) -> Any:
        """Follow a call whose function is known."""
        if isinstance(target, Function):
            return self._call_own(target, arguments)
        known = _CALLS.get(target.name) if isinstance(target, Ref) else None
        if known is None:
            return NotImplemented
        return known(self, arguments)

    def _call_own(self, function: Function, arguments: list[Any]) -> Any:
        spec = function.node.args
        if (
            len(arguments) != len(spec.args)
            or spec.posonlyargs
            or spec.kwonlyargs
            or spec.vararg
            or spec.kwarg
        ):
            raise UnpredictableError(f"a call of {function.node.name}")
        if self.world.depth >= _DEEPEST:
            raise UnpredictableError(f"a call of {function.node.name}, too deep down")
        # One scope is enough: what a start-up function binds is seldom read elsewhere.
        scope = {**function.names, **dict(zip((arg.arg for arg in spec.args), arguments, strict=True))}
        self.world.depth += 1
        try:
            _Follower(self.world, scope).block(function.node.body)
        except _ReturnError:
            pass
        finally:
            self.world.depth -= 1
        return None

    def append(self, arguments: list[Any]) -> None:
        """`sys.path.append`."""
        self._change(lambda paths: paths.append(*arguments))

    def insert(self, arguments: list[Any]) -> None:
        """`sys.path.insert`."""
        self._change(lambda paths: paths.insert(*arguments))

    def extend(self, arguments: list[Any]) -> None:
        """`sys.path.extend`."""
        self._change(lambda paths: paths.extend(*arguments))

    def remove(self, arguments: list[Any]) -> None:
        """`sys.path.remove`."""
        self._change(lambda paths: paths.remove(*arguments))

    def add_site_directory(self, arguments: list[Any]) -> None:
        """`site.addsitedir`."""
        if len(arguments) != 1 or not isinstance(arguments[0], str):
            raise UnpredictableError("a call of site.addsitedir")
        self.world.add_site_directory(arguments[0])

    def exit(self, arguments: list[Any]) -> None:
        """`sys.exit`."""
        raise RaisedError("SystemExit", f"sys.exit({', '.join(map(repr, arguments))})")

    def nothing(self, _: list[Any]) -> None:
        """A call that leaves the path alone."""

    def imported(self, arguments: list[Any]) -> Any:
        """`__import__` and `importlib.import_module`."""
        if not arguments or not isinstance(arguments[0], str):
            raise UnpredictableError("an import of a computed name")
        return import_module(arguments[0], self.world)


_CALLS: dict[str, Any] = {
    "sys.path.append": _Follower.append,
    "sys.path.insert": _Follower.insert,
    "sys.path.extend": _Follower.extend,
    "sys.path.remove": _Follower.remove,
    "site.addsitedir": _Follower.add_site_directory,
    "sys.exit": _Follower.exit,
    "print": _Follower.nothing,
    "sys.stderr.write": _Follower.nothing,
    "sys.stdout.write": _Follower.nothing,
    "warnings.filterwarnings": _Follower.nothing,
    "warnings.simplefilter": _Follower.nothing,
    "__import__": _Follower.imported,
    "importlib.import_module": _Follower.imported,
}


def _run_at_once(node: ast.AST) -> list[ast.AST]:
    """Walk what runs when a class body runs: not the insides of its functions."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return [inner for decorator in node.decorator_list for inner in ast.walk(decorator)]
    return list(ast.walk(node))


def _caught(node: ast.expr | None) -> list[str]:
    """Name the exceptions that a handler catches."""
    if node is None:
        return ["BaseException"]
    parts = node.elts if isinstance(node, ast.Tuple) else [node]
    return [part.id for part in parts if isinstance(part, ast.Name)]


def names_of_import_lines(site_directory: str, file: str) -> dict[str, Any]:
    """Return what an import line finds without importing: `site`'s globals and its caller's locals."""
    return {
        "sys": Ref("sys"),
        "os": Ref("os"),
        "addsitedir": Ref("site.addsitedir"),
        "sitedir": site_directory,
        "fullname": file,
        "name": os.path.basename(file),
    }
