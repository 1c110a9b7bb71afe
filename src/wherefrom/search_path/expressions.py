"""The values that start-up code works with: constants, paths, and references to what is known.

It computes the few expressions that such code is made of (`os.path.join`, `sys.path`, `in`, `+`),
from the disk and environment that the interpreter would see. Anything else is `UnpredictableError`.
Read `evaluation.py` for the statements.
"""

from __future__ import annotations

import ast
import builtins
import os

import attrs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from wherefrom.search_path.evaluation import World


class UnpredictableError(Exception):
    """What some code does cannot be told without running it; the message says which part."""


class RaisedError(Exception):
    """The code raises an exception.

    Attributes:
        name: The name of the exception's class.
    """

    def __init__(self, name: str, text: str) -> None:
        super().__init__(f"{name}: {text}" if text else name)
        self.name = name

    @property
    def ends_start(self) -> bool:
        """Whether it is no `Exception`, so that nothing in `site` stops it."""
        return not self.is_caught_by(["Exception"])

    def is_caught_by(self, names: list[str]) -> bool:
        """Whether a handler for exceptions of these names catches it."""
        own = getattr(builtins, self.name, Exception)
        caught = tuple(
            found for found in (getattr(builtins, name, None) for name in names) if isinstance(found, type)
        )
        return isinstance(own, type) and issubclass(own, caught)


@attrs.frozen
class Ref:
    """A reference to something of the standard library, by its dotted name."""

    name: str


@attrs.define
class Module:
    """A module of the user's that was followed: its names."""

    name: str
    file: str | None
    names: dict[str, Any] = attrs.field(repr=False)


@attrs.frozen
class Function:
    """A function of the user's: its definition and the scope it was made in."""

    node: ast.FunctionDef
    names: dict[str, Any] = attrs.field(repr=False)


@attrs.define
class Values:
    """Computes expressions in one scope."""

    world: World
    names: dict[str, Any]
    call: Callable[[Any, list[Any]], Any]

    def of(self, node: ast.expr) -> Any:
        """Return the value of an expression.

        Raises:
            UnpredictableError: It cannot be told.
            RaisedError: Computing it raises.
        """
        method = getattr(self, f"_{type(node).__name__.lower()}", None)
        if method is None:
            raise UnpredictableError(shown(node))
        return method(node)

    def reference(self, node: ast.expr) -> str | None:
        """Return the dotted name that an expression refers to, without reading `sys.path`."""
        if isinstance(node, ast.Name):
            found = self.names.get(node.id)
            return found.name if isinstance(found, Ref) else None
        if isinstance(node, ast.Attribute):
            inner = self.reference(node.value)
            return None if inner is None else f"{inner}.{node.attr}"
        return None

    def attribute(self, owner: Any, name: str) -> Any:
        """Return an attribute of a module."""
        if isinstance(owner, Ref):
            return self._known(Ref(f"{owner.name}.{name}"))
        if isinstance(owner, Module) and name in owner.names:
            return owner.names[name]
        raise UnpredictableError(f"the attribute {name}")

    def _known(self, ref: Ref) -> Any:
        if ref.name in ("os.path", "posixpath"):
            return Ref("os.path")
        facts = self.world.facts
        values = {
            **self.world.known,
            "sys.version_info": facts.version_info,
            "sys.platform": facts.platform,
            "sys.flags.no_site": 0,
            "os.name": "posix",
            "os.sep": "/",
            "os.pathsep": ":",
            "os.curdir": ".",
            "os.pardir": "..",
        }
        return values.get(ref.name, ref)

    def _constant(self, node: ast.Constant) -> Any:
        return node.value

    def _name(self, node: ast.Name) -> Any:
        if node.id in self.names:
            return self.names[node.id]
        if hasattr(builtins, node.id):
            return Ref(node.id)
        raise UnpredictableError(f"the name {node.id}")

    def _list(self, node: ast.List) -> list[Any]:
        return [self.of(item) for item in node.elts]

    def _tuple(self, node: ast.Tuple) -> tuple[Any, ...]:
        return tuple(self.of(item) for item in node.elts)

    def _dict(self, node: ast.Dict) -> dict[Any, Any]:
        if not all(isinstance(key, ast.Constant) for key in node.keys):
            raise UnpredictableError(shown(node))
        return {
            self.of(key): self.of(value) for key, value in zip(node.keys, node.values, strict=True) if key
        }

    def _attribute(self, node: ast.Attribute) -> Any:
        found = self.attribute(self.of(node.value), node.attr)
        if isinstance(found, Ref) and found.name == "sys.path":
            return self.world.path.paths()
        return found

    def _joinedstr(self, node: ast.JoinedStr) -> str:
        return "".join(str(self.of(part)) for part in node.values)

    def _formattedvalue(self, node: ast.FormattedValue) -> str:
        value = self.of(node.value)
        if node.conversion != -1 or node.format_spec is not None or not isinstance(value, (str, int)):
            raise UnpredictableError(shown(node))
        return str(value)

    def _binop(self, node: ast.BinOp) -> Any:
        left, right = self.of(node.left), self.of(node.right)
        if (
            isinstance(node.op, ast.Add)
            and type(left) is type(right)
            and isinstance(left, (str, int, list, tuple))
        ):
            return left + right
        raise UnpredictableError(shown(node))

    def _unaryop(self, node: ast.UnaryOp) -> Any:
        value = self.of(node.operand)
        if isinstance(node.op, ast.Not):
            return not self._certain(value, node)
        if isinstance(node.op, ast.USub) and isinstance(value, int):
            return -value
        raise UnpredictableError(shown(node))

    def _boolop(self, node: ast.BoolOp) -> Any:
        """Stop at the first part that settles it, as the language does."""
        value: Any = None
        for part in node.values:
            value = self._certain(self.of(part), node)
            if bool(value) is isinstance(node.op, ast.Or):
                break
        return value

    def _ifexp(self, node: ast.IfExp) -> Any:
        return self.of(node.body if self._certain(self.of(node.test), node) else node.orelse)

    def _compare(self, node: ast.Compare) -> bool:
        left = self._certain(self.of(node.left), node)
        if len(node.ops) != 1:
            raise UnpredictableError(shown(node))
        right = self._certain(self.of(node.comparators[0]), node)
        compare = _COMPARE.get(type(node.ops[0]))
        if compare is None:
            raise UnpredictableError(shown(node))
        try:
            return bool(compare(left, right))
        except TypeError as error:
            raise RaisedError("TypeError", str(error)) from None

    def _subscript(self, node: ast.Subscript) -> Any:
        owner = self.of(node.value)
        if isinstance(owner, Ref) and owner.name == "os.environ":
            return self._variable(str(self.of(node.slice)))
        if not isinstance(owner, (list, tuple, dict)):
            raise UnpredictableError(shown(node))
        if isinstance(node.slice, ast.Slice):
            return self._slice(owner, node.slice)
        try:
            return owner[self.of(node.slice)]
        except (IndexError, KeyError) as error:
            raise RaisedError(type(error).__name__, str(error)) from None

    def _slice(self, owner: Any, node: ast.Slice) -> Any:
        if node.step is not None or isinstance(owner, dict):
            raise UnpredictableError(shown(node))
        return owner[slice(*(None if end is None else self.of(end) for end in (node.lower, node.upper)))]

    def _variable(self, name: str) -> str:
        if name not in self.world.env:
            raise RaisedError("KeyError", repr(name))
        return self.world.env[name]

    def _call(self, node: ast.Call) -> Any:
        target = self._target(node.func)
        if node.keywords or any(isinstance(argument, ast.Starred) for argument in node.args):
            raise UnpredictableError(f"a call of {shown(node.func)}")
        arguments = [self.of(argument) for argument in node.args]
        done = self.call(target, arguments)
        if done is not NotImplemented:
            return done
        pure = self._pure(target)
        if pure is None or any(isinstance(argument, (Ref, Module, Function)) for argument in arguments):
            raise UnpredictableError(f"a call of {shown(node.func)}")
        try:
            return pure(*arguments)
        except (TypeError, ValueError) as error:
            raise RaisedError(type(error).__name__, str(error)) from None

    def _target(self, node: ast.expr) -> Any:
        """Return what is called; `sys.path.append` is a name, not an attribute of a list."""
        dotted = self.reference(node)
        if dotted is not None:
            return self._known(Ref(dotted))
        if isinstance(node, ast.Attribute):
            owner = self._unread(node.value)
            if isinstance(owner, str) and node.attr in _TEXT_METHODS:
                return getattr(owner, node.attr)
            return self.attribute(owner, node.attr)
        return self.of(node)

    def _unread(self, node: ast.expr) -> Any:
        """Return a value, `sys.path` as the reference that it is."""
        if isinstance(node, ast.Attribute):
            return self.attribute(self._unread(node.value), node.attr)
        return self.of(node)

    def _pure(self, target: Any) -> Callable[..., Any] | None:
        """Return the computation behind a function that only computes, or None."""
        if callable(target) and not isinstance(target, (Ref, Module, Function)):
            return target  # type: ignore[no-any-return]
        disk = self.world.disk
        table: dict[str, Callable[..., Any]] = {
            "os.path.join": os.path.join,
            "os.path.dirname": os.path.dirname,
            "os.path.basename": os.path.basename,
            "os.path.normpath": os.path.normpath,
            "os.path.abspath": disk.absolute,
            "os.path.exists": disk.exists,
            "os.path.isdir": disk.is_dir,
            "os.path.isfile": disk.is_file,
            "os.path.realpath": lambda path: disk.real(path) or disk.absolute(path),
            "os.environ.get": lambda name, default=None: self.world.env.get(name, default),
            "os.getenv": lambda name, default=None: self.world.env.get(name, default),
            "len": len,
            "str": str,
            "list": list,
            "bool": bool,
        }
        return table.get(target.name) if isinstance(target, Ref) else None

    def certain(self, node: ast.expr) -> Any:
        """Return the value of an expression that has to be more than a reference."""
        return self._certain(self.of(node), node)

    def _certain(self, value: Any, node: ast.expr) -> Any:
        if isinstance(value, (Ref, Module, Function)):
            raise UnpredictableError(shown(node))
        return value


_TEXT_METHODS = frozenset({"startswith", "endswith", "strip", "lower", "replace", "format"})

_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: lambda left, right: left == right,
    ast.NotEq: lambda left, right: left != right,
    ast.In: lambda left, right: left in right,
    ast.NotIn: lambda left, right: left not in right,
    ast.Lt: lambda left, right: left < right,
    ast.LtE: lambda left, right: left <= right,
    ast.Gt: lambda left, right: left > right,
    ast.GtE: lambda left, right: left >= right,
    ast.Is: lambda left, right: left is right,
    ast.IsNot: lambda left, right: left is not right,
}


def shown(node: ast.AST) -> str:
    """Return the first line of some code, cut short, to name it by."""
    first = ast.unparse(node).splitlines()[0]
    return first if len(first) <= 60 else f"{first[:57]}…"
