"""The question for what is inside an extension or a shared library: its format, machine, libraries, symbols.

Reads the headers and the dynamic section of ELF files with ``struct``, as the System V ABI describes
them ("Object Files", "Dynamic Linking"); of PE and Mach-O it reads the machine only. Nothing is loaded.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import attrs

# e_machine, from the registry of the System V ABI; PE machines from Microsoft's "PE Format", Mach-O from
# <mach/machine.h>.
_ELF_MACHINES = {
    3: "x86", 40: "arm", 62: "x86_64", 183: "aarch64", 243: "riscv64", 21: "ppc64", 22: "s390x",
    258: "loongarch64",
}  # fmt: skip
_PE_MACHINES = {0x14C: "x86", 0x8664: "x86_64", 0xAA64: "aarch64"}
_MACHO_MACHINES = {7: "x86", 0x01000007: "x86_64", 12: "arm", 0x0100000C: "aarch64"}
_MOST_BYTES = 300_000_000
_MOST_SYMBOLS = 20_000
_DYNAMIC, _SYMBOLS, _VERSIONS_NEEDED = 6, 11, 0x6FFFFFFE
_NEEDED, _SONAME, _RPATH, _RUNPATH = 1, 14, 15, 29


def binary(path: str) -> dict[str, Any] | None:
    """Tell what a binary file is.

    Returns:
        ``format`` (ELF, PE, Mach-O, ``lfs`` for a pointer of Git LFS, ``html``, ``empty``, ``other``),
        ``bits``, ``machine``, ``size``; for ELF also ``needed`` (libraries), ``soname``, ``rpath``,
        ``runpath``, ``undefined`` and ``defined`` (symbols), ``versions`` (pairs of library and the
        version of its symbols that is needed), ``damaged`` if the tables cannot be read.
    """
    place = Path(path)
    if not place.is_file() or place.stat().st_size > _MOST_BYTES:
        return None
    data = place.read_bytes()
    told: dict[str, Any] = {"format": _format(data), "bits": None, "machine": None, "size": len(data)}
    try:
        if told["format"] == "ELF":
            told |= _Elf(data).tell()
        elif told["format"] == "PE":
            (at,) = struct.unpack_from("<I", data, 0x3C)
            (machine,) = struct.unpack_from("<H", data, at + 4)
            told["machine"] = _PE_MACHINES.get(machine, hex(machine))
        elif told["format"] == "Mach-O":
            (machine,) = struct.unpack_from("<I", data, 4)
            told["machine"] = _MACHO_MACHINES.get(machine, hex(machine))
    except (struct.error, IndexError, ValueError):
        told["damaged"] = True
    return told


def _format(data: bytes) -> str:
    if not data:
        return "empty"
    if data.startswith(b"version https://git-lfs"):
        return "lfs"
    if data.lstrip()[:9].lower() in (b"<!doctype", b"<html>") or data.lstrip()[:5].lower() == b"<html":
        return "html"
    if data[:4] in (b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe"):
        return "Mach-O"
    return {b"\x7fEL": "ELF", b"MZ": "PE"}.get(data[:3], {b"MZ": "PE"}.get(data[:2], "other"))


@attrs.frozen
class _Section:
    kind: int
    offset: int
    size: int
    link: int
    entry: int


class _Elf:
    """The parts of an ELF file that the dynamic loader reads."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.wide = data[4] == 2
        self.order = "<" if data[5] == 1 else ">"

    def tell(self) -> dict[str, Any]:
        (machine,) = self._read("H", 18)
        told: dict[str, Any] = {
            "bits": 64 if self.wide else 32,
            "machine": _ELF_MACHINES.get(machine, str(machine)),
        }
        sections = self._sections()
        for section in sections:
            if section.kind == _DYNAMIC:
                told |= self._dynamic(section, sections[section.link])
            elif section.kind == _SYMBOLS:
                told |= self._symbols(section, sections[section.link])
            elif section.kind == _VERSIONS_NEEDED:
                told["versions"] = self._versions(section, sections[section.link])
        return told

    def _read(self, shape: str, offset: int) -> tuple[int, ...]:
        return struct.unpack_from(self.order + shape, self.data, offset)

    def _text(self, strings: _Section, offset: int) -> str:
        start = strings.offset + offset
        return self.data[start : self.data.index(b"\0", start)].decode("utf-8", "backslashreplace")

    def _sections(self) -> list[_Section]:
        (start,) = self._read("Q", 0x28) if self.wide else self._read("I", 0x20)
        size, count, _ = self._read("HHH", 0x3A if self.wide else 0x2E)
        return [self._section(start + size * number) for number in range(count)]

    def _section(self, at: int) -> _Section:
        shape = "IIQQQQIIQQ" if self.wide else "IIIIIIIIII"
        _, kind, _, _, offset, size, link, _, _, entry = self._read(shape, at)
        return _Section(kind, offset, size, link, entry)

    def _dynamic(self, section: _Section, strings: _Section) -> dict[str, Any]:
        told: dict[str, Any] = {"needed": [], "soname": None, "rpath": None, "runpath": None}
        shape, width = ("qQ", 16) if self.wide else ("iI", 8)
        for at in range(section.offset, section.offset + section.size, width):
            tag, value = self._read(shape, at)
            if tag == 0:
                break
            if tag == _NEEDED:
                told["needed"].append(self._text(strings, value))
            elif tag in (_SONAME, _RPATH, _RUNPATH):
                told[{_SONAME: "soname", _RPATH: "rpath", _RUNPATH: "runpath"}[tag]] = self._text(
                    strings, value
                )
        return told

    def _symbols(self, section: _Section, strings: _Section) -> dict[str, Any]:
        told: dict[str, Any] = {"undefined": [], "defined": []}
        width = 24 if self.wide else 16
        for at in range(section.offset + width, section.offset + section.size, width)[:_MOST_SYMBOLS]:
            if self.wide:
                name, _, _, home = self._read("IBBH", at)
            else:
                name, _, _, _, _, home = self._read("IIIBBH", at)
            told["undefined" if home == 0 else "defined"].append(self._text(strings, name))
        return told

    def _versions(self, section: _Section, strings: _Section) -> list[list[str]]:
        found, at = [], section.offset
        while True:
            _, count, file, first, following = self._read("HHIII", at)
            inner = at + first
            for _ in range(count):
                _, _, _, name, further = self._read("IHHII", inner)
                found.append([self._text(strings, file), self._text(strings, name)])
                inner += further
            if not following:
                return found
            at += following
