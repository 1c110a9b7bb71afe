"""The bundle of the engine's code: used where it fits, and the program does the same where it does not."""

from __future__ import annotations

import marshal
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support import children, interpreters
from tests.support.versions import each_version, python_of
from wherefrom import child
from wherefrom._engine.aside import Aside, Bundle
from wherefrom._engine.command_line import parse
from wherefrom._engine.genuine import MAGIC_NUMBER
from wherefrom._engine.stream_file import StreamFile
from wherefrom.bundle import _HEAD_SIZE, _bundled, bundle_of

if TYPE_CHECKING:
    from collections.abc import Callable

ENGINE = children.SOURCES / "wherefrom" / "_engine"
# What every program that imports needs, what a path hook of somebody else makes needed, another process.
USUAL = "import csv, json.tool\ntry:\n    import nope\nexcept ImportError as error:\n    print(error)\n"
UNUSUAL = "import sys\nsys.path_hooks.append(len)\n" + USUAL
STARTING = "import subprocess, sys\nsubprocess.run([sys.executable, '-c', 'import wave'], check=True)\n"
MARK = "out of the bundle\n"


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an engine that programs are traced by, and of which there is no bytecode yet."""
    copy = tmp_path / "engine"
    shutil.copytree(ENGINE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(child, "_ENGINE", copy)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return copy


def command(rows: Path, *line: str, follow: bool = False) -> list[str]:
    """Spell a traced program, which looks at the bundle."""
    rows.parent.mkdir(exist_ok=True)
    wishes = {"follow": follow, "cached": False, "break_on": ()}
    return child.traced_arguments(parse([*line]), str(rows), wishes)[1]


def ran(executable: str, arguments: list[str], where: Path) -> tuple[int, str, str]:
    done = subprocess.run(
        [executable, *arguments],
        cwd=where,
        env=children.environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def kinds(rows: Path) -> list[str]:
    return [str(row[0]) for row in StreamFile(str(rows)).rows()]


def plain(text: str, where: Path, executable: str = sys.executable) -> tuple[int, str, str]:
    return ran(executable, ["-c", text], where)


def traced(
    engine: Path, text: str, *, follow: bool = False, executable: str = sys.executable
) -> tuple[int, str, str]:
    """Run a program, and see that it was recorded to its end."""
    rows = engine.parent / f"rows-{len(list(engine.parent.glob('rows-*')))}" / "rows"
    done = ran(executable, command(rows, "-c", text, follow=follow), engine.parent)

    assert ["tracing.installed", "program.ended"] == [kinds(rows)[0], kinds(rows)[-1]]
    assert follow == bool(list(rows.parent.glob("rows.*")))
    return done


def rewritten(engine: Path, change: Callable[[dict[str, bytes]], dict[str, bytes]]) -> Path:
    """Change what is in the bundle, in a way that no check can find."""
    path, _, places = bundle_of(engine)
    data = Path(path).read_bytes()
    groups = {first: data[begin:end] for first, (begin, end) in places.items()}
    Path(path).write_bytes(_bundled(data[4:12], change(groups)))
    return Path(path)


def mark(groups: dict[str, bytes]) -> dict[str, bytes]:
    """Have the bundle's code tell that it is run."""
    codes = marshal.loads(groups["program"])
    text = (
        f"import sys; sys.stderr.write({MARK!r})\nSETTLING_SECONDS = 0\n" + (ENGINE / "disk.py").read_text()
    )
    codes["disk"] = compile(text, str(ENGINE / "disk.py"), "exec", dont_inherit=True)
    return groups | {"program": marshal.dumps(codes)}


def with_mark(done: tuple[int, str, str]) -> tuple[int, str, str]:
    return done[0], done[1], MARK + done[2]


# -- that it is used ------------------------------------------------------------------------------


def test_a_bundle_is_made_once_and_its_code_is_run(engine: Path) -> None:
    done = plain(USUAL, engine.parent)

    assert done == traced(engine, USUAL)
    path = rewritten(engine, mark)
    marked = path.read_bytes()
    assert with_mark(done) == traced(engine, USUAL)
    assert marked == path.read_bytes()


@pytest.mark.parametrize("text", ["pass", USUAL, UNUSUAL, STARTING])
def test_with_a_bundle_no_file_is_needed_but_the_first_two(
    engine: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    # Times and sizes are kept, and nothing of what is in the files.
    follow = text is STARTING
    done = plain(text, engine.parent)
    bundle_of(engine)
    for file in engine.rglob("*.py"):
        if file.name not in ("boot.py", "aside.py"):
            status = file.stat()
            file.write_bytes(b"?" * status.st_size)
            os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))

    assert done == traced(engine, text, follow=follow)
    assert [] == [file.name for file in engine.rglob("*.pyc") if not file.name.startswith(("boot", "aside"))]


def test_the_processes_that_a_program_starts_use_it_too(engine: Path) -> None:
    bundle_of(engine)
    rewritten(engine, mark)

    assert (0, "", 2 * MARK) == traced(engine, STARTING, follow=True)


def test_bytecode_that_must_not_be_written_may_be_used(engine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = plain(USUAL, engine.parent)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    assert done == traced(engine, USUAL)
    assert [] == list(engine.rglob("boot.*.pyc"))
    assert ("", b"", {}) == bundle_of(engine)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    rewritten(engine, mark)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert with_mark(done) == traced(engine, USUAL)


# -- that it is not used where it does not fit ----------------------------------------------------


def later(file: Path) -> None:
    status = file.stat()
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns + 1))


def longer(file: Path) -> None:
    status = file.stat()
    file.write_bytes(file.read_bytes() + b"\n")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


def beside(file: Path) -> None:
    file.with_name("new.py").touch()


@pytest.mark.parametrize("change", [later, longer, beside])
@pytest.mark.parametrize("name", ["program.py", "live.py", "find/places.py"])
def test_a_bundle_of_other_files_is_made_anew(
    engine: Path, name: str, change: Callable[[Path], None]
) -> None:
    path = rewritten(engine, mark)
    marked = path.read_bytes()
    change(engine / name)

    assert plain(USUAL, engine.parent) == traced(engine, USUAL)
    assert marked[_HEAD_SIZE:] != path.read_bytes()[_HEAD_SIZE:]


def test_a_bundle_of_an_engine_that_has_moved_is_made_anew(engine: Path) -> None:
    rewritten(engine, mark)
    moved = engine.rename(engine.with_name("moved"))
    path, _, places = bundle_of(moved)

    assert str(moved) in path
    codes = marshal.loads(Path(path).read_bytes()[slice(*places["program"])])
    assert str(moved / "disk.py") == codes["disk"].co_filename


def flipped(per_mille: int) -> Callable[[bytes], bytes]:
    def flip(data: bytes) -> bytes:
        at = len(data) * per_mille // 1000
        return data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :]

    return flip


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "nothing left": lambda data: b"",
    "the head only": lambda data: data[:_HEAD_SIZE],
    "half of it": lambda data: data[: len(data) // 2],
    "all but a byte": lambda data: data[:-1],
    "a byte too much": lambda data: data + b"\0",
    "usual bytecode": lambda data: data[:4] + bytes(12) + marshal.dumps(compile("1 / 0", "boot.py", "exec")),
    **{f"the byte at {at} of 1000": flipped(at) for at in (0, 1, 100, 333, 500, 900, 999)},
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_bundle_is_made_anew(engine: Path, damage: Callable[[bytes], bytes]) -> None:
    path = rewritten(engine, mark)
    path.write_bytes(damage(path.read_bytes()))

    assert plain(USUAL, engine.parent) == traced(engine, USUAL)
    rewritten(engine, mark)
    assert with_mark(plain(USUAL, engine.parent)) == traced(engine, USUAL)


@pytest.mark.parametrize(
    ("damage", "is_read"),
    [("nothing left", False), ("the head only", False), ("half of it", True), ("all but a byte", True)],
)
def test_a_bundle_that_is_damaged_after_the_look_at_it_is_used_as_far_as_it_is_whole(
    engine: Path, damage: str, is_read: bool
) -> None:
    path, rows = rewritten(engine, mark), engine.parent / "rows" / "rows"
    arguments = command(rows, "-c", USUAL)
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    done = plain(USUAL, engine.parent)

    assert (with_mark(done) if is_read else done) == ran(sys.executable, arguments, engine.parent)
    assert "program.ended" in kinds(rows)


def test_a_bundle_that_has_been_replaced_after_the_look_at_it_is_done_without(engine: Path) -> None:
    rows = engine.parent / "rows" / "rows"
    arguments = command(rows, "-c", USUAL)
    rewritten(engine, mark)

    assert plain(USUAL, engine.parent) == ran(sys.executable, arguments, engine.parent)
    assert "program.ended" in kinds(rows)


def test_a_group_that_is_none_is_done_without(tmp_path: Path) -> None:
    file = tmp_path / "bundle"
    file.write_bytes(MAGIC_NUMBER + b"?" + marshal.dumps(3))
    places = {"names": (4, 5), "paths": (5, 10), "lines": (10, 99)}
    with_groups = Aside(str(ENGINE), Bundle(str(file), MAGIC_NUMBER, places))

    assert [*places] == [with_groups.bring(name).__name__.rpartition(".")[2] for name in places]


def test_a_bundle_that_cannot_be_written_is_done_without(engine: Path) -> None:
    (engine / "__pycache__").write_bytes(b"")

    assert ("", b"", {}) == bundle_of(engine)
    assert plain(USUAL, engine.parent) == traced(engine, USUAL)


def test_a_bundle_lies_where_bytecode_is_to_lie(engine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(engine.parent / "elsewhere"))
    rewritten(engine, mark)

    assert with_mark(plain(USUAL, engine.parent)) == traced(engine, USUAL)
    assert not list(engine.rglob("boot.*.pyc"))


@each_version
def test_another_version_does_without(engine: Path, version: tuple[int, int]) -> None:
    executable = python_of(version)
    rewritten(engine, mark)
    done = plain(USUAL, engine.parent, executable)

    expected = with_mark(done) if version == sys.version_info[:2] else done
    assert expected == traced(engine, USUAL, executable=executable)


@pytest.mark.parametrize(
    "tail", ["", "\udc80", "#" * 60_000], ids=["text", "bytes that are no text", "a long text"]
)
def test_the_wishes_reach_every_version_as_they_are(engine: Path, tail: str) -> None:
    text = "import sys; print(ascii([sys.argv, sys.orig_argv[1:]]))  # é \U0001f40d" + tail
    line = ["-c", text, "\udc80", "\u00e9\"'", "", "\U0001f40d"]
    for at, executable in enumerate(interpreters.available().values()):
        rows = engine.parent / f"rows-{at}" / "rows"
        arguments = command(rows, *line)

        assert ran(executable, line, engine.parent) == ran(executable, arguments, engine.parent)
        assert "program.ended" in kinds(rows)
