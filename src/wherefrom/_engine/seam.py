"""The seam: where the interpreter's import functions are replaced.

Decides how a function of ours looks like the one whose place it takes. ``leaving.py`` decides how they are
put back, which traced programs end without. It records nothing: ``live.py`` makes the functions.

C code looks ``_find_and_load`` up on the module ``_frozen_importlib`` at every import that
``sys.modules`` does not answer, and the functions there find each other the same way. So a function
that is set there is called, and one that is set back is not, with no wrapper left behind.
"""

from .genuine import bootstrap, name_file_of_code

TYPE_CHECKING = False  # typing is not in every sys.modules; checkers know this name
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    # Given the function that stands there, makes the one that takes its place.
    Maker = Callable[["Seam", Any], Any]

Function: "Any" = type(lambda: None)
_FILE: str = bootstrap._find_and_load.__code__.co_filename
_with_traceback = BaseException.with_traceback
MARK = "_wherefrom_seam"
# What a class has by itself, or from us.
_OF_EACH_CLASS = ("__dict__", "__weakref__", "__new__", MARK)


def disguised(function: "Any", genuine: "Any") -> "Any":
    """Give a function the looks of the genuine one: its names, its file, and its module's globals.

    The interpreter takes frames out of tracebacks by the file name of their code, ``warnings`` passes
    over them by it, and programs that look for their importer by the name in a frame's globals. The
    function may therefore use no globals of ours, only its closure.
    """
    is_class = type(genuine) is type
    model = genuine.__init__.__code__ if is_class else genuine.__code__
    code = function.__code__.replace(
        co_filename=model.co_filename,
        co_name=model.co_name,
        co_qualname=model.co_qualname,
        co_firstlineno=model.co_firstlineno,
    )
    if is_class:  # a class that is made like it, and makes what the function gives
        maker = Function(code, genuine.__init__.__globals__, "__new__", None, function.__closure__)
        namespace = {name: value for name, value in vars(genuine).items() if name not in _OF_EACH_CLASS}
        return type(genuine.__name__, genuine.__bases__, {**namespace, "__new__": maker})
    twin = Function(code, genuine.__globals__, genuine.__name__, genuine.__defaults__, function.__closure__)
    twin.__kwdefaults__ = genuine.__kwdefaults__
    twin.__doc__ = genuine.__doc__
    twin.__module__ = genuine.__module__
    twin.__qualname__ = genuine.__qualname__
    return twin


def relabelled(function: "Any") -> None:
    """Give a helper's code the file name by which the interpreter knows its own import frames.

    A signal handler may raise while a helper runs; its frame then stands in the program's traceback.
    """
    # In place, as the interpreter does with code from bytecode; to replace the code is many times as dear.
    name_file_of_code(function.__code__, _FILE)


def all_relabelled(namespace: "dict[str, Any]") -> None:
    """Relabel all functions of a file of ours, and those of its classes."""
    for value in list(namespace.values()):
        if getattr(value, "__module__", None) != namespace["__name__"]:
            continue
        for function in vars(value).values() if type(value) is type else (value,):
            if type(function) is Function:
                relabelled(function)


def roomy(function: "Any") -> None:
    """Let a function's frame have much room for the frames on top of it.

    The interpreter maps memory for frames in small pieces, and unmaps each with the last frame in it. Our
    frames on top of the program's have it do so again and again; above a frame that asks for much, one large
    piece is mapped once. What is not used of it costs nothing.
    """
    function.__code__ = function.__code__.replace(co_stacksize=1 << 16)


def uncovered(error: BaseException) -> None:
    """Take the calling function's frame out of the traceback of an exception that it handles.

    A bare ``raise`` adds no entry, so afterwards the traceback is what it would be without it.
    """
    traceback = error.__traceback__
    if traceback is not None and traceback.tb_next is not None:
        _with_traceback(error, traceback.tb_next)


class Seam:
    """Functions of ours in the place of the interpreter's.

    Attributes:
        alive: whether the functions record; when it is over they only pass on, wherever they still are.
        genuine: the functions that stood there before, by name.
        ours: those that took their places.
    """

    __slots__ = ("alive", "genuine", "ours")

    def __init__(self) -> None:
        self.alive = False
        self.genuine: dict[str, Any] = {}
        self.ours: dict[str, Any] = {}

    def put_in(self, makers: "dict[str, Maker]") -> None:
        """Replace functions of ``_frozen_importlib``, all or none.

        Args:
            makers: for each name, what makes the function from the one that stands there.

        Raises:
            AttributeError: this interpreter has no such function.
        """
        standing = {name: getattr(bootstrap, name) for name in makers}
        made = {}
        for name, make in makers.items():
            made[name] = disguised(make(self, standing[name]), standing[name])
            setattr(made[name], MARK, self)
        self.genuine, self.ours = standing, made
        self.stand()

    def stand(self) -> None:
        """Let the functions that were made stand in their places."""
        self.alive = True
        for name, function in self.ours.items():
            setattr(bootstrap, name, function)
