"""Archives of others: read entry by entry, and refused, with the entry's name, when nobody should unpack them."""

from __future__ import annotations

import gzip
import io
import os
import stat
import struct
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kompetanse.errors import KompetanseError
from kompetanse.importers.archives import opened
from kompetanse.importers.limits import Limits
from kompetanse.importers.readers import reader_of
from kompetanse.importers.xml_text import parsed

SMALL = Limits(entries=10, one=5_000_000, in_memory=100_000, everything=8_000_000, ratio=20, free=200_000)


def zipped(path: Path, **entries: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return path


def named(path: Path, name: str, *, mode: int = stat.S_IFREG | 0o644, flags: int = 0) -> Path:
    """Write a zip with one entry whose name and kind are exactly these."""
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("x")
        info.filename, info.external_attr, info.create_system = name, mode << 16, 3
        archive.writestr(info, b"data")
    if flags:
        data = bytearray(path.read_bytes())
        for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            struct.pack_into("<H", data, data.index(sign) + place, flags)
        path.write_bytes(data)
    return path


def kind(of: bytes) -> Callable[[tarfile.TarInfo], None]:
    """Return what makes an entry something else than a file."""

    def change(info: tarfile.TarInfo) -> None:
        info.type, info.size = of, 0

    return change


def tarred(
    path: Path, change: Callable[[tarfile.TarInfo], None] = lambda info: None, data: bytes = b"data"
) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        info = tarfile.TarInfo("mappe/fil.txt")
        info.size = len(data)
        change(info)
        archive.addfile(info, io.BytesIO(data))
    return path


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("/etc/passwd", "its name is absolute"),
        ("../ut.txt", "its name leads out of the folder"),
        ("a/../../ut.txt", "its name leads out of the folder"),
        ("C:/ut.txt", "its name is absolute"),
        ("a\\b.txt", "its name has a backslash"),
        ("a\x1b[2Jb.txt", "signs that no name has"),
    ],
)
def test_a_name_that_leaves_the_folder_is_refused(tmp_path: Path, name: str, told: str):
    with pytest.raises(KompetanseError, match=told) as error, opened(named(tmp_path / "a.zip", name)):
        pass
    assert "a.zip: " in str(error.value)
    assert "\x1b" not in str(error.value)


@pytest.mark.parametrize(
    ("mode", "flags", "told"),
    [
        (stat.S_IFLNK | 0o777, 0, "x.txt: it is a link to another file"),
        (stat.S_IFCHR | 0o644, 0, "x.txt: it is no file but a device"),
        (stat.S_IFREG | 0o644, 1, "x.txt: it is locked with a password"),
    ],
)
def test_links_devices_and_locked_entries_are_refused(tmp_path: Path, mode: int, flags: int, told: str):
    with (
        pytest.raises(KompetanseError, match=told),
        opened(named(tmp_path / "a.zip", "x.txt", mode=mode, flags=flags)),
    ):
        pass


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda info: setattr(info, "name", "../ut.txt"), "leads out of the folder"),
        (lambda info: setattr(info, "name", "/ut.txt"), "is absolute"),
        (
            kind(tarfile.SYMTYPE),
            "a link to another file",
        ),
        (
            kind(tarfile.LNKTYPE),
            "a link to another file",
        ),
        (
            kind(tarfile.CHRTYPE),
            "no file but a device",
        ),
    ],
)
def test_a_tar_is_refused_for_the_same(tmp_path: Path, change: Callable[[tarfile.TarInfo], None], told: str):
    with pytest.raises(KompetanseError, match=told), opened(tarred(tmp_path / "a.mbz", change)):
        pass


def test_zip_tar_folder_and_file_are_read_alike(tmp_path: Path):
    folder = tmp_path / "mappe"
    (folder / "b").mkdir(parents=True)
    (folder / "b/c.txt").write_bytes(b"data")
    (folder / ".skjult").write_bytes(b"x")
    zipped(tmp_path / "a.zip", **{"b/c.txt": b"data", "__MACOSX/b": b"x"})
    tarred(tmp_path / "a.tgz", lambda info: setattr(info, "name", "b/c.txt"))
    for file in (folder, tmp_path / "a.zip", tmp_path / "a.tgz"):
        with opened(file) as source:
            assert source.names == ("b/c.txt",)
            assert source.read("b/c.txt") == b"data"
            assert source.keep("b/c.txt").read_bytes() == b"data"
            assert source.find("B/C.txt") == "b/c.txt"
    with opened(folder / "b/c.txt") as source:
        assert (source.names, source.read("c.txt")) == (("c.txt",), b"data")


@pytest.mark.parametrize("encoding", ["utf-8", "cp437", "cp865", "cp850", "latin-1"])
def test_norwegian_letters_are_read_in_any_encoding(tmp_path: Path, encoding: str):
    name = "bilde på æra.txt" if encoding == "cp437" else "bilde på øya.txt"
    raw = name.encode(encoding)
    path = named(tmp_path / "a.zip", "n" * len(raw))
    path.write_bytes(path.read_bytes().replace(b"n" * len(raw), raw))

    with opened(path) as source:
        assert source.names == (name,)


def test_a_name_marked_as_utf_8_is_read_as_that_and_composed(tmp_path: Path):
    with opened(zipped(tmp_path / "a.zip", **{"pa\u030a.txt": b"x"})) as source:
        assert source.names == ("på.txt",)


def test_names_that_differ_only_in_capitals_are_two_files(tmp_path: Path):
    with opened(zipped(tmp_path / "a.zip", **{"A.txt": b"1", "a.txt": b"2"})) as source:
        assert (source.read("A.txt"), source.read("a.txt")) == (b"1", b"2")
        assert source.keep("A.txt").read_bytes() == b"1"
        assert source.find("A.TXT") is None


def test_a_bomb_is_stopped_while_it_unfolds(tmp_path: Path):
    bomb = zipped(tmp_path / "a.zip", x=b"\0" * 4_000_000)
    with opened(bomb, SMALL) as source, pytest.raises(KompetanseError, match="more than 20 times its size"):
        source.keep("x")
    with opened(bomb, SMALL) as source, pytest.raises(KompetanseError, match="larger than"):
        source.read("x")
    (tmp_path / "b.mbz").write_bytes(gzip.compress(b"\0" * 4_000_000))
    with pytest.raises(KompetanseError, match="unfolds to more than"), opened(tmp_path / "b.mbz", SMALL):
        pass


def test_a_stated_size_is_not_believed(tmp_path: Path):
    path = zipped(tmp_path / "a.zip", x=b"\0" * 4_000_000)
    data = bytearray(path.read_bytes())
    struct.pack_into("<L", data, data.index(b"PK\x01\x02") + 24, 10)
    path.write_bytes(data)

    with opened(path, SMALL) as source, pytest.raises(KompetanseError, match="x: it is damaged"):
        source.read("x")


def test_the_sum_of_many_files_is_limited_too(tmp_path: Path):
    noise = os.urandom(3_000_000)
    path = zipped(tmp_path / "a.zip", a=noise, b=noise, c=noise)

    with opened(path, SMALL) as source, pytest.raises(KompetanseError, match="c: up to here more than"):
        source.check_all()


def test_too_many_entries_are_refused(tmp_path: Path):
    path = zipped(tmp_path / "a.zip", **{f"f{n}": b"" for n in range(11)})

    with pytest.raises(KompetanseError, match="holds more than 10 files"), opened(path, SMALL):
        pass


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04",
        b"PK\x05\x06" + b"\xff" * 18,
        b"\x1f\x8b\x08\0\0\0\0\0\0\3abc",
        gzip.compress(b"no tar" * 200, mtime=0),
    ],
    ids=["only a start", "only an end", "gzip cut off", "no tar"],
)
def test_a_damaged_archive_is_refused(tmp_path: Path, data: bytes):
    (tmp_path / "a.zip").write_bytes(data)

    with pytest.raises(KompetanseError, match=r"damaged|holds more"), opened(tmp_path / "a.zip"):
        pass


def test_a_damaged_entry_is_named(tmp_path: Path):
    path = zipped(tmp_path / "a.zip", tekst=b"abc" * 1000)
    data = bytearray(path.read_bytes())
    data[data.index(b"tekst") + 6] ^= 0xFF
    path.write_bytes(data)

    with opened(path) as source, pytest.raises(KompetanseError, match=r"a\.zip: tekst: it is damaged"):
        source.read("tekst")


def test_a_name_that_stands_twice_is_refused(tmp_path: Path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x", b"1")
        archive.writestr("y", b"2")
    path.write_bytes(path.read_bytes().replace(b"y", b"x"))

    with pytest.raises(KompetanseError, match="x: the archive has it twice"), opened(path):
        pass


def test_a_link_in_a_folder_is_refused(tmp_path: Path):
    (tmp_path / "mappe").mkdir()
    (tmp_path / "mappe/ut").symlink_to("/etc")

    with pytest.raises(KompetanseError, match="ut: it is a link"), opened(tmp_path / "mappe"):
        pass


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("gammel.doc", b"\xd0\xcf\x11\xe0\xa1\xb1", "an Office file of before 2007, or one with a password"),
        ("a.pdf", b"%PDF-1.7", "this is a PDF"),
        ("tom.docx", b"", "it is empty"),
        ("a.bin", b"\x01\x02\x03", "none of the formats that we read. We read Word, PowerPoint"),
        (
            "kurs.md",
            b"# Kurs\n\nHei.\n",
            "this is Markdown, which needs no import. Copy it into the content folder",
        ),
    ],
)
def test_a_file_that_nobody_reads_is_named_for_what_it_is(tmp_path: Path, name: str, data: bytes, told: str):
    (tmp_path / name).write_bytes(data)

    with opened(tmp_path / name) as source, pytest.raises(KompetanseError, match=told):
        reader_of(source)


def test_an_archive_in_an_archive_is_not_opened(tmp_path: Path):
    inner = zipped(tmp_path / "inner.zip", **{"imsmanifest.xml": b"<manifest/>"}).read_bytes()

    with (
        opened(zipped(tmp_path / "a.zip", **{"kurs.zip": inner})) as source,
        pytest.raises(KompetanseError, match=r"a file to import itself, kurs\.zip\. Unpack it once"),
    ):
        reader_of(source)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "declares entities"),
        (
            '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode("utf-16"),
            "declares entities",
        ),
        (b'<!DOCTYPE x [<!ENTITY % a SYSTEM "file:///etc/passwd">%a;]><x/>', "declares entities"),
        (b"<a>" * 2000 + b"</a>" * 2000, "no whole XML|nests more than"),
        (b"<a>", "fil.xml, line 1: it is no whole XML"),
        (b"", "it is no whole XML"),
    ],
)
def test_xml_that_unfolds_or_is_broken_is_refused(data: bytes, told: str):
    with pytest.raises(KompetanseError, match=told):
        parsed(data, "fil.xml")


def test_xml_in_its_own_encoding_is_read():
    assert (
        parsed('<?xml version="1.0" encoding="iso-8859-1"?><a>blåbær</a>'.encode("latin-1"), "f").text
        == "blåbær"
    )
    assert parsed(b'<!DOCTYPE a SYSTEM "http://ut.example/x.dtd"><a>x</a>', "f").text == "x"
