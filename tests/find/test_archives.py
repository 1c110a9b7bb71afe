"""Archives: damaged at every byte, cut off everywhere, with stale bytecode, with bytes in front."""

from __future__ import annotations

import io
import itertools
import os
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

import wherefrom
from tests.support.trees import BYTECODES, Entry, Item, lay_out
from tests.support.worlds import disagreements, forget, world

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("a", "p", "p.b", "n", "ä")


def small_archive(compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", compression) as archive:
        for name in ("a.py", "p/__init__.py", "p/b.py", "n/", "n/c.py", "ä.py"):
            archive.writestr(zipfile.ZipInfo(name), b"" if name.endswith("/") else b"value = 1\n" * 3)
    return data.getvalue()


def differences(path: Path, data: bytes, names: tuple[str, ...] = NAMES) -> list[str]:
    path.write_bytes(data)
    with world([str(path)]):
        return disagreements(names)


def test_an_archive_cut_off_anywhere_is_answered_as_by_the_interpreter(tmp_path: Path) -> None:
    data = small_archive()
    found = {
        length: told
        for length in range(len(data))
        if (told := differences(tmp_path / "cut.zip", data[:length], ("a", "p.b")))
    }

    assert found == {}


@pytest.mark.parametrize("value", [0x00, 0xFF])
def test_an_archive_damaged_anywhere_is_answered_as_by_the_interpreter(tmp_path: Path, value: int) -> None:
    data = small_archive()
    found = {}
    for at in range(len(data)):
        damaged = bytearray(data)
        damaged[at] = value if damaged[at] != value else value ^ 0x55
        told = differences(tmp_path / "damaged.zip", bytes(damaged), ("a", "p.b"))
        # The one declared difference: up to 3.14 the interpreter compiles the source in an archive
        # to name its file, and fails if the text is damaged; nothing is compiled here.
        told = [text for text in told if "SyntaxError(" not in text]
        if told:
            found[at] = told

    assert found == {}


@pytest.mark.parametrize(
    "front", [b"#!/bin/sh\n", b"PK\x05\x06", b"\0" * 3000], ids=["script", "mark", "zeros"]
)
@pytest.mark.parametrize("comment", [b"", b"a comment", b"PK\x05\x06" + bytes(18), b"x" * 60_000], ids=len)
def test_bytes_before_and_after_an_archive_move_nothing(tmp_path: Path, front: bytes, comment: bytes) -> None:
    data = bytearray(small_archive())
    data[-2:] = len(comment).to_bytes(2, "little")

    assert differences(tmp_path / "front.zip", front + bytes(data) + comment) == []


@pytest.mark.parametrize(
    "compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_any_compression_is_answered_as_by_the_interpreter(tmp_path: Path, compression: int) -> None:
    assert differences(tmp_path / "packed.zip", small_archive(compression)) == []


@pytest.mark.parametrize("form", ["zip-stored", "zip-deflated"])
@pytest.mark.parametrize("state", BYTECODES)
@pytest.mark.parametrize("source", [True, False], ids=["with source", "alone"])
def test_bytecode_in_an_archive_is_judged_as_by_the_interpreter(
    tmp_path: Path, form: str, state: str, source: bool
) -> None:
    items = [Item(("a.pyc",), f"bytecode:{state}"), Item(("p", "__init__.pyc"), f"bytecode:{state}")]
    if source:
        items += [Item(("a.py",), "file"), Item(("p", "__init__.py"), "file")]
    with world(lay_out(str(tmp_path), [Entry(form, tuple(items))])):
        found = disagreements(["a", "p", "p.b"])

    assert found == []


def test_an_empty_archive_serves_nothing(tmp_path: Path) -> None:
    data = io.BytesIO()
    zipfile.ZipFile(data, "w").close()

    assert differences(tmp_path / "empty.zip", data.getvalue()) == []


def test_an_archive_may_lie_deeper_in_a_path_that_leads_into_it(tmp_path: Path) -> None:
    path = tmp_path / "lib.zip"
    path.write_bytes(small_archive())
    for inside in ("p", "p/", "p/b.py", "nowhere", "p/../p", "n", "a.py"):
        with world([os.path.join(str(path), inside)]):
            assert disagreements(["b", "c", "a"]) == [], inside


def test_an_archive_that_is_replaced_is_read_anew_when_the_interpreter_does(tmp_path: Path) -> None:
    path = tmp_path / "lib.zip"
    path.write_bytes(small_archive())
    with world([str(path)]):
        assert wherefrom.resolve("a").found
        path.write_bytes(small_archive().replace(b"a.py", b"b.py"))
        assert disagreements(["a", "b"]) == []
        assert wherefrom.resolve("b").found

        # Now the interpreter has an index of its own, which it never looks after.
        path.write_bytes(small_archive())
        assert disagreements(["a", "b"]) == []
        forget()
        assert disagreements(["a", "b"]) == []
        assert wherefrom.resolve("a").found


def test_names_of_every_form_are_found_as_they_are_stored(tmp_path: Path) -> None:
    stems = ["ä", "a\u0308", "日本", "é", "ß", "ſ", "K", "\u212a"]
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for stem in stems[::2]:
            archive.writestr(f"{stem}.py", b"")

    assert differences(tmp_path / "names.zip", data.getvalue(), tuple(stems)) == []


def test_names_in_the_historical_encoding_are_read_as_the_interpreter_reads_them(tmp_path: Path) -> None:
    # Without the flag for UTF-8 a name is in code page 437.
    data = small_archive().replace("ä.py".encode(), "Çü.py".encode("cp437"))
    cleared = bytearray(data)
    for mark, flags_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = cleared.find(mark)
        while at >= 0:
            cleared[at + flags_at + 1] &= ~0x08
            at = cleared.find(mark, at + 4)

    assert differences(tmp_path / "old.zip", bytes(cleared), ("a", "Çü", "ä")) == []
    assert wherefrom.resolve("Çü", path=[str(tmp_path / "old.zip")]).found


def test_pairs_of_damage_agree_too(tmp_path: Path) -> None:
    # The numbers of the end record against each other: sizes and offsets that do not fit.
    data = small_archive()
    end = len(data) - 22
    found = []
    for one, two in itertools.combinations(range(end + 8, end + 20, 2), 2):
        damaged = bytearray(data)
        damaged[one] = (damaged[one] + 1) % 256
        damaged[two] = (damaged[two] - 1) % 256
        found += differences(tmp_path / "pair.zip", bytes(damaged), ("a",))

    assert found == []


def test_the_interpreters_own_archive_index_is_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "lib.zip"
    path.write_bytes(small_archive())
    with world([str(path)]):
        found = wherefrom.resolve("a")
        _ = found.spec, found.shadowed
        indexes: dict[str, object] = vars(sys.modules["zipimport"])["_zip_directory_cache"]

        assert str(path) not in indexes
