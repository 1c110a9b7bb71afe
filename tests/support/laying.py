"""Lays out the files of a case of ``tests/cases/findings``: text, links, archives, bytecode, extensions.

Decides how a description in JSON becomes a file; placeholders in braces stand for what differs from
machine to machine.
"""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from importlib import _bootstrap_external, machinery, util
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

# Names that a case may use in braces, and what each stands for here.
PLACEHOLDERS = {
    "python": sys.executable,
    "ver": f"{sys.version_info[0]}.{sys.version_info[1]}",
    "nodot": f"{sys.version_info[0]}{sys.version_info[1]}",
    "ext": machinery.EXTENSION_SUFFIXES[0],
    "tag": str(sys.implementation.cache_tag),
    "stdlib": sysconfig.get_path("stdlib"),
    "include": sysconfig.get_path(
        "include", vars={"installed_base": sys.base_prefix, "base": sys.base_prefix}
    ),
    "base": sys._base_executable,  # type: ignore[attr-defined]  # the interpreter behind the environment
}


def fill(value: Any, root: Path) -> Any:
    """Put what they stand for in the place of placeholders, in whatever plain data."""
    if isinstance(value, str):
        for name, text in {**PLACEHOLDERS, "root": str(root)}.items():
            value = value.replace("{" + name + "}", text)
        return value
    if isinstance(value, dict):
        return {fill(key, root): fill(item, root) for key, item in value.items()}
    return [fill(item, root) for item in value] if isinstance(value, list) else value


def lay(root: Path, files: Mapping[str, Any]) -> None:
    """Lay files below a directory; None in the place of a description takes away what is there."""
    late: list[tuple[Path, dict[str, Any]]] = []
    for name, described in files.items():
        target = root / name
        _clear(target, keep=described == {"dir": True})
        if described is None:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        told: dict[str, Any] = {"text": described} if isinstance(described, str) else described
        _write(target, told)
        late.append((target, told))
    # Deepest first: the mode of a directory must not hinder what is done below it.
    for target, told in sorted(late, key=lambda one: -len(one[0].parts)):
        if "mtime" in told:
            os.utime(target, (told["mtime"], told["mtime"]))
        if "mode" in told:
            target.chmod(int(told["mode"], 8))


def _clear(target: Path, *, keep: bool) -> None:
    if target.is_symlink() or target.is_file() or target.is_fifo():
        target.unlink()
    elif target.is_dir() and not keep:
        target.chmod(0o755)
        shutil.rmtree(target)


def _write(target: Path, told: dict[str, Any]) -> None:
    if "text" in told:
        target.write_bytes(told["text"].encode(told.get("encoding", "utf-8")))
    elif "base64" in told:
        target.write_bytes(base64.b64decode(told["base64"]))
    elif "symlink" in told:
        target.symlink_to(told["symlink"])
    elif "dir" in told:
        target.mkdir(exist_ok=True)
    elif "fifo" in told:
        os.mkfifo(target)
    elif "zip" in told:
        _write_archive(target, told)
    elif "pyc" in told:
        target.write_bytes(_bytecode(told["pyc"], str(target)))
    elif "ext" in told:
        _compile(target, told)
    else:
        raise ValueError(f"no such description of a file: {told}")


def _write_archive(target: Path, told: dict[str, Any]) -> None:
    method = {"stored": 0, "deflated": 8, "bzip2": 12, "lzma": 14}[told.get("compression", "stored")]
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, text in told["zip"].items():
            archive.writestr(name, base64.b64decode(text["base64"]) if isinstance(text, dict) else text)


def _bytecode(told: dict[str, Any], file: str) -> bytes:
    """Compile: ``source``, ``mtime`` and ``size`` or ``checked`` (a hash), ``magic`` (hex), ``cut``."""
    source = told["source"].encode()
    code = compile(source, file, "exec", dont_inherit=True)
    writer: Any = _bootstrap_external  # its functions are not in the type stubs
    if "checked" in told:
        data = writer._code_to_hash_pyc(code, util.source_hash(source), told["checked"])
    else:
        times = told.get("mtime", 0), told.get("size", len(source))
        data = writer._code_to_timestamp_pyc(code, *times)
    head = bytes.fromhex(told.get("magic", "")) or bytes(data[:4])
    return bytes(head + data[4 : told.get("cut", len(data))])


def _compile(target: Path, told: dict[str, Any]) -> None:
    """Compile C: ``ext`` is its text, ``flags`` go to gcc, ``patch`` sets bytes, ``cut`` shortens."""
    source = target.with_name(target.name + ".c")
    source.write_text(told["ext"], encoding="utf-8")
    line = ["gcc", "-shared", "-fPIC", "-w", "-I", PLACEHOLDERS["include"], str(source), "-o", str(target)]
    subprocess.run([*line, *told.get("flags", [])], check=True, capture_output=True, cwd=target.parent)
    source.unlink()
    data = bytearray(target.read_bytes())
    for offset, byte in told.get("patch", {}).items():
        data[int(offset)] = byte
    target.write_bytes(data[: told.get("cut", len(data))])
