"""The vocabulary of loading and binding as classes: one frozen class for each kind of event.

This file decides what these events look like to a reader, as ``events.py`` does for those of finding;
readers find all of them there. It never decides what happened. The kinds, their fields and their
words come from one table, ``_engine/kinds.py``.
"""

from __future__ import annotations

import attrs

from .event import Event


@attrs.frozen
class ImportBegan(Event):
    """The import of a module that was not there, or not finished, began.

    Attributes:
        name: the absolute name.
        importer: the module that asked for it; empty where that is not known.
        file: the file of the statement, None where it is not known.
        line: its line, None where it is not known.
    """

    kind = "import.began"
    name: str
    importer: str
    file: str | None
    line: int | None


@attrs.frozen
class ImportEnded(Event):
    """The import of a module ended.

    Attributes:
        name: the absolute name.
        outcome: how it was come by, or that it was not.
        error: the error in one line, None if there was none.
    """

    kind = "import.ended"
    name: str
    outcome: str
    error: str | None


@attrs.frozen
class ImportServed(Event):
    """A module was asked for that was there, and was taken as it was.

    Attributes:
        name: the absolute name.
        importer: the module that asked for it; empty where that is not known.
    """

    kind = "import.served"
    name: str
    importer: str


@attrs.frozen
class ImportEscaped(Event):
    """Something was imported outside of the world that it should have been imported in.

    Attributes:
        name: the module.
        outcome: whether it stayed outside.
    """

    kind = "import.escaped"
    name: str
    outcome: str


@attrs.frozen
class LockWaited(Event):
    """A thread had to wait for a module that another thread was making.

    Attributes:
        name: the module.
        outcome: how the wait ended.
    """

    kind = "lock.waited"
    name: str
    outcome: str


@attrs.frozen
class ModuleShared(Event):
    """A module was taken from the interpreter, with which the world shares it.

    Attributes:
        name: the absolute name.
        outcome: whether the interpreter had it already.
    """

    kind = "module.shared"
    name: str
    outcome: str


@attrs.frozen
class LoadBegan(Event):
    """The loading of a found module began.

    Attributes:
        name: the absolute name.
        loader: its loader.
    """

    kind = "load.began"
    name: str
    loader: str


@attrs.frozen
class LoadEnded(Event):
    """The loading of a module ended.

    Attributes:
        name: the absolute name.
        outcome: whether it was loaded.
        error: the error in one line, None if there was none.
    """

    kind = "load.ended"
    name: str
    outcome: str
    error: str | None


@attrs.frozen
class ModuleCreated(Event):
    """A module was made, and has its attributes; nothing of it has run.

    Attributes:
        name: the absolute name.
        outcome: who made it.
    """

    kind = "module.created"
    name: str
    outcome: str


@attrs.frozen
class ModuleRegistered(Event):
    """A module was put into `sys.modules`, where a circle of imports will find it.

    Attributes:
        name: the absolute name.
        outcome: whether there was another in its place.
    """

    kind = "module.registered"
    name: str
    outcome: str


@attrs.frozen
class ModuleRemoved(Event):
    """A module was taken out of `sys.modules` again.

    Attributes:
        name: the absolute name.
        outcome: why.
    """

    kind = "module.removed"
    name: str
    outcome: str


@attrs.frozen
class ModuleReplaced(Event):
    """A module's code has put something else into its place in `sys.modules`.

    Attributes:
        name: the absolute name.
        type: the type of what is there now.
    """

    kind = "module.replaced"
    name: str
    type: str


@attrs.frozen
class BytecodeJudged(Event):
    """A file of cached bytecode was looked at, and may be used or not.

    Attributes:
        name: the module.
        path: the file; None if there can be none.
        outcome: the verdict.
        source_mtime: the source's modification time in whole seconds.
        cached_mtime: the same as it stands in the bytecode.
        source_size: the source's size.
        cached_size: the same as it stands in the bytecode.
        source_hash: the source's hash, in hexadecimal.
        cached_hash: the same as it stands in the bytecode.
        magic: the magic number that it begins with, in hexadecimal, where that is of use.
        doubt: why the verdict may be wrong, None if it is certain.
    """

    kind = "bytecode.judged"
    name: str
    path: str | None
    outcome: str
    source_mtime: int | None
    cached_mtime: int | None
    source_size: int | None
    cached_size: int | None
    source_hash: str | None
    cached_hash: str | None
    magic: str | None
    doubt: str | None


@attrs.frozen
class SourceCompiled(Event):
    """The source of a module was compiled.

    Attributes:
        name: the module.
        path: the source file.
        outcome: whether it could be.
        error: the error in one line, None if there was none.
    """

    kind = "source.compiled"
    name: str
    path: str
    outcome: str
    error: str | None


@attrs.frozen
class BytecodeWritten(Event):
    """Compiled code was to be written where the next import finds it.

    Attributes:
        name: the module.
        path: the file.
        outcome: whether it was.
        error: the error in one line, None if there was none.
    """

    kind = "bytecode.written"
    name: str
    path: str | None
    outcome: str
    error: str | None


@attrs.frozen
class RunBegan(Event):
    """The code of a module began to run.

    Attributes:
        name: the module.
    """

    kind = "run.began"
    name: str


@attrs.frozen
class RunEnded(Event):
    """The code of a module ended.

    Attributes:
        name: the module.
        outcome: whether it ran through.
        error: the error in one line, None if there was none.
    """

    kind = "run.ended"
    name: str
    outcome: str
    error: str | None


@attrs.frozen
class StateChanged(Event):
    """The code of a module changed the import system while it ran.

    Attributes:
        name: the module.
        piece: what it changed.
        outcome: how.
    """

    kind = "state.changed"
    name: str
    piece: str
    outcome: str


@attrs.frozen
class AttributeBound(Event):
    """A loaded submodule became an attribute of its package: the binding that nobody wrote.

    Attributes:
        name: the submodule's absolute name.
        parent: the package.
        outcome: whether something was there before.
        was: what it was, None if there was nothing.
    """

    kind = "attribute.bound"
    name: str
    parent: str
    outcome: str
    was: str | None


@attrs.frozen
class BindBegan(Event):
    """An import statement began to be executed.

    Attributes:
        name: what it imports from, as it is written.
        statement: its text.
    """

    kind = "bind.began"
    name: str
    statement: str


@attrs.frozen
class BindEnded(Event):
    """An import statement ended.

    Attributes:
        name: what it imports from, as it is written.
        outcome: whether its names are bound.
        error: the error in one line, None if there was none.
    """

    kind = "bind.ended"
    name: str
    outcome: str
    error: str | None


@attrs.frozen
class ItemResolved(Event):
    """An item of a from-import was looked for.

    Attributes:
        name: the module that it was to come from.
        item: the item.
        outcome: where it was.
    """

    kind = "item.resolved"
    name: str
    item: str
    outcome: str


@attrs.frozen
class NameBound(Event):
    """A name was written into the namespace of an import statement.

    Attributes:
        name: the name.
        value: its value, in a few words.
        outcome: whether it was there before.
        was: what it was, None if there was nothing else.
    """

    kind = "name.bound"
    name: str
    value: str
    outcome: str
    was: str | None
