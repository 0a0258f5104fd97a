"""The text of a file that somebody exported, whatever encoding their spreadsheet writes."""

from __future__ import annotations

import re
from pathlib import Path

from kompetanse.errors import KompetanseError

MAX_BYTES = 50_000_000
"""A table larger than this is no framework; the largest public one is a fifth of it."""

_REMEDY = "Save it from the spreadsheet as «CSV UTF-8 (comma delimited)» and import that file"
_NO_TEXT = {
    b"PK\x03\x04": "an Excel or OpenDocument workbook",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF",
}
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_WINDOWS_SIGNS = frozenset("ŠšŽž“”‘’‚„–—…•€«»§°·½¼²³µ©®´\u00a0")
_QUOTE_INSIDE_A_WORD = re.compile(r"\w[‘“„‚]\w")


def read_text(path: Path) -> tuple[str, str]:
    """Return the text of `path` and the name of its encoding.

    UTF-8 and UTF-16 (by its mark) are certain; Windows-1252, which holds Latin-1, is taken when every sign in it is one
    that Norwegian or English text has, since all bytes would pass.

    Raises:
        KompetanseError: When it cannot be read, is empty, is no text, or has an encoding that we cannot be sure of.
    """
    data = _bytes(path)
    if not data.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"):
        raise KompetanseError(f"{path} is empty. Export the table again, with a first row of column names")
    for start, kind in _NO_TEXT.items():
        if data.startswith(start):
            raise KompetanseError(f"{path}, line 1: this is {kind}, not CSV. {_REMEDY}")
    encoding = next((name for mark, name in _MARKS.items() if data.startswith(mark)), None)
    if encoding is None and b"\0" in data:
        raise KompetanseError(
            f"{path}, line {_line(data, data.index(0))}: this is not text (it has a zero byte). {_REMEDY}"
        )
    return _decode(path, data, encoding or "utf-8")


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise KompetanseError(f"There is no file {path}. Check its name and folder") from error
    except IsADirectoryError as error:
        raise KompetanseError(f"{path} is a folder. Name the CSV file in it") from error
    except OSError as error:
        raise KompetanseError(
            f"{path} cannot be read: {error.strerror}. Check that you may open it"
        ) from error
    if len(data) > MAX_BYTES:
        raise KompetanseError(
            f"{path} is larger than {MAX_BYTES // 1_000_000} MB. Split it, and import each part"
        )
    return data


def decoded(data: bytes) -> str | None:
    """Return the text of bytes that are no table, told in the same way; None when nobody can be sure of their encoding."""
    encoding = next((name for mark, name in _MARKS.items() if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return _as_windows(data) if encoding == "utf-8" else None


def _decode(path: Path, data: bytes, encoding: str) -> tuple[str, str]:
    try:
        return data.decode(encoding), encoding.removesuffix("-sig")
    except UnicodeDecodeError as error:
        if encoding == "utf-8" and (text := _as_windows(data)) is not None:
            return text, "windows-1252"
        line = _line(data, error.start)
        raise KompetanseError(
            f"{path}, line {line}: we cannot tell which encoding this is. {_REMEDY}"
        ) from error


def _as_windows(data: bytes) -> str | None:
    try:
        text = data.decode("windows-1252")
    except UnicodeDecodeError:
        return None
    return text if all(map(_is_usual, set(text))) and not _QUOTE_INSIDE_A_WORD.search(text) else None


def _is_usual(sign: str) -> bool:
    """Tell whether `sign` is ASCII, a letter of Latin-1, or a sign of print: not what DOS or Mac bytes turn into."""
    is_letter = "À" <= sign <= "ÿ" and sign not in "×÷"
    return sign.isascii() or is_letter or sign in _WINDOWS_SIGNS


def _line(data: bytes, place: int) -> int:
    return data.count(b"\n", 0, place) + 1
