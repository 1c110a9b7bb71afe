"""Cached bytecode: every verdict, and what a failing disk leaves behind."""

from __future__ import annotations

import importlib.util
import io
import os
import py_compile
import sys
from pathlib import Path
from typing import Any

import pytest

import wherefrom
from tests.support import children
from wherefrom import events as e
from wherefrom._engine.disk import Disk

SOURCE = "x = 1\n"
OLD = 1_500_000_000


@pytest.fixture
def module(tmp_path: Path) -> Path:
    file = tmp_path / "mod.py"
    file.write_text(SOURCE, encoding="utf-8")
    os.utime(file, (OLD, OLD))
    return file


def world_of(file: Path) -> wherefrom.ImportSystem:
    world = wherefrom.ImportSystem(path=[str(file.parent)])
    world.sys.dont_write_bytecode = False
    return world


def cached(file: Path) -> Path:
    return Path(importlib.util.cache_from_source(str(file)))


def judged(file: Path, world: wherefrom.ImportSystem | None = None) -> e.BytecodeJudged:
    world = world or world_of(file)
    assert world.import_module("mod").x == 1
    return world.trace.select(e.BytecodeJudged)[0]


def compiled(file: Path, **options: Any) -> Path:
    return Path(py_compile.compile(str(file), **options) or "")


def test_absent_then_valid_and_the_same_bytes_as_the_interpreters(module: Path) -> None:
    assert judged(module).outcome == "absent"
    ours = cached(module).read_bytes()
    verdict = judged(module)
    # By an import: since 3.15 py_compile marks the outermost code in another way.
    cached(module).unlink()
    code = "import mod, sys; assert not sys.dont_write_bytecode"
    env = children.environment(module.parent)
    del env["PYTHONDONTWRITEBYTECODE"]
    children.run(sys.executable, "-c", code, env=env)

    assert (verdict.outcome, verdict.doubt) == ("valid", None)
    assert (verdict.source_mtime, verdict.cached_mtime) == (OLD, OLD)
    assert (verdict.source_size, verdict.cached_size) == (len(SOURCE), len(SOURCE))
    assert ours == cached(module).read_bytes()


def test_another_time_and_another_size(module: Path) -> None:
    compiled(module)
    os.utime(module, (OLD + 1, OLD + 1))
    verdict = judged(module)
    module.write_text(SOURCE + "\n", encoding="utf-8")
    os.utime(module, (OLD + 1, OLD + 1))
    second = judged(module)

    assert (verdict.outcome, verdict.source_mtime, verdict.cached_mtime) == ("other-mtime", OLD + 1, OLD)
    assert (second.outcome, second.source_size, second.cached_size) == ("other-size", 7, 6)


def test_a_verdict_is_doubtful_if_bytecode_is_as_old_as_its_source(module: Path) -> None:
    os.utime(compiled(module), (OLD, OLD))

    assert judged(module).doubt == "written-in-the-same-tick"


def test_a_hook_that_opens_code_as_something_else_than_a_file_changes_no_verdict(module: Path) -> None:
    opened: list[str] = []

    class Hooked(Disk):
        __slots__ = ()

        @staticmethod
        def open(path: str) -> io.BytesIO:
            opened.append(path)
            return io.BytesIO(Path(path).read_bytes())

    os.utime(compiled(module), (OLD, OLD))
    world = world_of(module)
    world._system.disk = Hooked()

    assert judged(module, world).doubt == "written-in-the-same-tick"
    assert opened == [str(cached(module))]


@pytest.mark.parametrize(
    ("mode", "changed", "outcome"),
    [
        ("CHECKED_HASH", False, "valid"),
        ("CHECKED_HASH", True, "other-hash"),
        ("UNCHECKED_HASH", False, "trusted"),
    ],
)
def test_bytecode_bound_by_a_hash(module: Path, mode: str, changed: bool, outcome: str) -> None:
    compiled(module, invalidation_mode=py_compile.PycInvalidationMode[mode])
    if changed:
        module.write_text(SOURCE + "# longer\n", encoding="utf-8")

    assert judged(module).outcome == outcome


@pytest.mark.parametrize(
    ("data", "outcome"),
    [
        (b"\0\0\r\n" + bytes(12), "other-magic"),
        (b"", "other-magic"),
        (importlib.util.MAGIC_NUMBER + b"\0", "cut-off"),
        (importlib.util.MAGIC_NUMBER + b"\x08" + bytes(11), "bad-flags"),
    ],
)
def test_bytecode_that_is_none_is_passed_over(module: Path, data: bytes, outcome: str) -> None:
    cached(module).parent.mkdir()
    cached(module).write_bytes(data)

    assert judged(module).outcome == outcome


@pytest.mark.parametrize("rest", [b"", b"\xff\xfe"])
def test_bytecode_with_a_right_header_and_a_broken_body_fails_as_for_the_interpreter(
    module: Path, rest: bytes
) -> None:
    compiled(module)
    whole = cached(module).read_bytes()
    cached(module).write_bytes(whole[:16] + rest)
    errors = []
    for work in (lambda: world_of(module).import_module("mod"), lambda: genuine(module)):
        with pytest.raises((EOFError, ValueError)) as caught:
            work()
        errors.append((caught.type, str(caught.value)))

    assert errors[0] == errors[1]


def genuine(file: Path) -> Any:
    loader = importlib.machinery.SourceFileLoader("mod", str(file))
    return loader.get_code("mod")


def test_a_directory_that_cannot_be_made_is_no_error(module: Path) -> None:
    (module.parent / "__pycache__").write_text("in the way", encoding="utf-8")
    world = world_of(module)
    judged(module, world)

    assert world.trace.select(e.BytecodeWritten)[0].outcome in ("no-directory", "failed")


def test_a_prefix_collects_the_bytecode_elsewhere(module: Path, tmp_path: Path) -> None:
    world = world_of(module)
    world.sys.pycache_prefix = str(tmp_path / "elsewhere")
    judged(module, world)
    (written,) = world.trace.select(e.BytecodeWritten)

    assert written.outcome == "written"
    assert str(written.path).startswith(str(tmp_path / "elsewhere") + str(tmp_path))
    assert not cached(module).exists()


def test_bytecode_without_source_and_beside_a_source(module: Path, tmp_path: Path) -> None:
    legacy = tmp_path / "other.pyc"
    py_compile.compile(str(module), cfile=str(legacy))
    world = world_of(module)

    assert world.import_module("other").x == 1
    assert world.trace.select(e.BytecodeJudged, name="other")[0].outcome == "trusted"
    assert world.resolve("mod").kind == "source"


# -- a disk that fails ----------------------------------------------------------------------------


class FailingDisk(Disk):
    """Fails at its n-th call."""

    __slots__ = ("calls", "failing")

    def __init__(self, failing: int) -> None:
        self.failing = failing
        self.calls = 0

    def _count(self) -> None:
        self.calls += 1
        if self.calls == self.failing:
            raise OSError(5, "Input/output error")

    def stat(self, path: Any) -> Any:  # type: ignore[override]  # a static method there
        self._count()
        return Disk.stat(path)

    def mkdir(self, path: Any) -> Any:  # type: ignore[override]  # a static method there
        self._count()
        return Disk.mkdir(path)

    def read(self, path: str) -> bytes:
        self._count()
        return super().read(path)

    def read_dated(self, path: str) -> tuple[bytes, float]:
        self._count()
        return super().read_dated(path)

    def write(self, path: str, data: bytes, mode: int) -> None:
        self._count()
        super().write(path, data, mode)


@pytest.mark.parametrize("has_bytecode", [False, True])
@pytest.mark.parametrize("failing", range(1, 14))
def test_a_disk_that_fails_once_leaves_a_whole_cache_and_a_consistent_world(
    module: Path, failing: int, has_bytecode: bool
) -> None:
    if has_bytecode:
        compiled(module)
    world = world_of(module)
    world._system.disk = FailingDisk(failing)
    try:
        loaded = world.import_module("mod").x == 1
    except (OSError, ModuleNotFoundError):  # a directory or a file that cannot be looked at is not there
        loaded = False

    assert loaded == ("mod" in world.modules)
    assert {} == world._system.locks.waiting
    if cached(module).exists():
        assert world_of(module).import_module("mod").x == 1
        assert judged(module).outcome == "valid"
    left = (
        {file.name for file in cached(module).parent.glob("*")} if cached(module).parent.exists() else set()
    )
    assert left <= {cached(module).name}


class FullDisk(Disk):
    """Takes half of what is written, and then refuses."""

    __slots__ = ()

    def write(self, path: str, data: bytes, mode: int) -> None:
        class Half(bytes):
            pass

        real = sys.modules["posix"].write
        try:
            sys.modules["posix"].write = lambda fd, rest: (_ for _ in ()).throw(OSError(28, "No space left"))  # type: ignore[attr-defined]
            super().write(path, data, mode)
        finally:
            sys.modules["posix"].write = real  # type: ignore[attr-defined]


def test_a_full_disk_leaves_no_bytecode_at_all(module: Path) -> None:
    world = world_of(module)
    world._system.disk = FullDisk()
    judged(module, world)

    assert "No space" in str(world.trace.select(e.BytecodeWritten)[0].error)
    assert list(cached(module).parent.glob("*")) == []
