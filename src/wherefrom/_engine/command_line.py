"""The command line of ``python`` as text: its options, the program, and the program's arguments.

Decides which of the arguments are the interpreter's own, and which form the program has. Starts
nothing and looks at no file. ``program.py`` makes the program ready.
"""

# Options that take the next argument, or the rest of theirs, for their value.
_WITH_VALUE = "WX"
_LONG_WITH_VALUE = "--check-hash-based-pycs"
# Options after which the interpreter runs no program.
_ANSWERS = "Vh?"
_FLAGS = "bBdEhiIOPqRsSuvVx?"


class CommandLineError(Exception):
    """Arguments that name no program, or that ``python`` would not take."""


class CommandLine:
    """What ``python`` would run.

    Attributes:
        flags: the interpreter's options, as they were given.
        kind: ``file`` (a script, a directory or an archive), ``module``, ``code`` or ``stdin``.
        target: the file, the module's name or the code; ``-`` for the standard input.
        arguments: the program's own arguments.
        skips_line: whether ``-x`` is among the options.
        answers: whether the interpreter only answers a question about itself.
    """

    def __init__(self) -> None:
        self.flags: list[str] = []
        self.kind = "stdin"
        self.target = "-"
        self.arguments: list[str] = []
        self.skips_line = False
        self.answers = False

    def spelled(self) -> list[str]:
        """Give the arguments that ``python`` is given for this, without the executable."""
        form = {"module": ["-m", self.target], "code": ["-c", self.target]}.get(self.kind, [self.target])
        skip = ["-x"] if self.skips_line else []
        return [*self.flags, *skip, *form, *self.arguments]


def parse(arguments: "list[str]") -> CommandLine:
    """Read the arguments of ``python``.

    Args:
        arguments: all of them, without the executable.

    Raises:
        CommandLineError: there is no program, or an option is unknown or lacks its value.
    """
    line = CommandLine()
    rest = list(arguments)
    while rest:
        given = rest.pop(0)
        if given == "--":
            given = rest.pop(0) if rest else ""
            if not given:
                break
            return _with_target(line, "file", given, rest)
        if given == "-":
            return _with_target(line, "stdin", given, rest)
        if not given.startswith("-"):
            return _with_target(line, "file", given, rest)
        if given.startswith("--"):
            _take_long(line, given, rest)
        elif _take_short(line, given[1:], rest):
            return line
        if line.answers:
            line.flags += rest
            return line
    raise CommandLineError("no program: give a script, -m MODULE, -c CODE, a directory, an archive, or -")


def _with_target(line: CommandLine, kind: str, target: str, rest: "list[str]") -> CommandLine:
    line.kind, line.target, line.arguments = kind, target, rest
    return line


def _take_long(line: CommandLine, given: str, rest: "list[str]") -> None:
    name, has_value, _ = given.partition("=")
    if name == _LONG_WITH_VALUE:
        line.flags.append(given)
        if not has_value:
            line.flags.append(_value(given, rest))
    elif given == "--version" or given.startswith("--help"):
        line.flags.append(given)
        line.answers = True
    else:
        raise CommandLineError(f"python has no option {given}")


def _take_short(line: CommandLine, letters: str, rest: "list[str]") -> bool:
    """Take an argument of short options; say whether it named the program."""
    taken = ""
    for at, letter in enumerate(letters):
        behind = letters[at + 1 :]
        if letter in "cm":
            if taken:
                line.flags.append(f"-{taken}")
            target = behind or _value(f"-{letter}", rest)
            _with_target(line, "code" if letter == "c" else "module", target, rest)
            return True
        if letter in _WITH_VALUE:
            line.flags.append(f"-{taken}{letter}{behind}")
            if not behind:
                line.flags.append(_value(f"-{letter}", rest))
            return False
        if letter not in _FLAGS:
            raise CommandLineError(f"python has no option -{letter}")
        if letter == "x":
            line.skips_line = True
            continue
        line.answers = line.answers or letter in _ANSWERS
        taken += letter
    if taken:
        line.flags.append(f"-{taken}")
    return False


def _value(option: str, rest: "list[str]") -> str:
    if not rest:
        raise CommandLineError(f"argument expected for the {option} option")
    return rest.pop(0)
