"""Archives are the same bytes for the same files."""

from __future__ import annotations

import io
import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from kompetanse.export.archive import Entry, write_targz, write_zip


def test_a_zip_is_the_same_whenever_and_wherever_it_is_written(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"x" * 100_000)
    entries = (Entry("imsmanifest.xml", b"<a/>"), Entry("filer/a.bin", file))
    first, second = io.BytesIO(), io.BytesIO()
    write_zip(entries, first)
    os.utime(file, (1, 1))
    write_zip(entries, second)

    assert first.getvalue() == second.getvalue()
    assert zipfile.ZipFile(first).namelist() == ["imsmanifest.xml", "filer/a.bin"]
    assert zipfile.ZipFile(first).testzip() is None


def test_a_gzipped_tar_names_neither_time_nor_system() -> None:
    to = io.BytesIO()
    write_targz((Entry("moodle_backup.xml", b"<moodle_backup/>"),), to)

    assert to.getvalue()[4:10] == b"\0\0\0\0\x02\xff"
    to.seek(0)
    with tarfile.open(fileobj=to) as archive:
        assert archive.extractfile("moodle_backup.xml").read() == b"<moodle_backup/>"  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["../a", "/a", "a b", "å.png", "a\\b", ""])
def test_no_name_goes_in_that_some_system_cannot_unpack(name: str) -> None:
    with pytest.raises(ValueError, match="no name for a package"):
        write_zip((Entry(name, b""),), io.BytesIO())


def test_two_names_never_differ_in_capitals_only() -> None:
    with pytest.raises(ValueError, match="taken"):
        write_zip((Entry("A.txt", b""), Entry("a.txt", b"")), io.BytesIO())
