"""Take a certificate out of whatever it came in: its own file, a picture, or a PDF. All of them are foreign, and hostile."""

from __future__ import annotations

import io
import json
import logging
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kompetanse.evidence import baking

LARGEST = 5_000_000
"""No file of more bytes is read; ours have some tens of thousands."""

_LARGEST_CERTIFICATE = 1_000_000
_DEEPEST = 40
_MOST_ATTACHMENTS = 20


class Unreadable(Exception):  # noqa: N818 (the file is at fault, and is told)
    """Why no certificate can be read: the key of a reason in `messages`, under `verify.unreadable`."""


def read(path: Path) -> dict[str, Any]:
    """Return the certificate in the file `path`.

    Raises:
        Unreadable: When there is none that can be read.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise Unreadable("no_file") from error
    return certificate_in(data)


def certificate_in(data: bytes) -> dict[str, Any]:
    """Return the certificate in what a file holds, whatever it is called.

    Raises:
        Unreadable: When there is none that can be read.
    """
    if len(data) > LARGEST:
        raise Unreadable("too_large")
    try:
        text = _text(data)
    except ValueError as error:
        raise Unreadable("damaged") from error
    if text is None:
        raise Unreadable("holds_none")
    return _parsed(text)


def _text(data: bytes) -> str | None:
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if data.startswith(b"\x89PNG"):
        return baking.from_png(data)
    if data.startswith(b"%PDF"):
        return _attached(data)
    if start == b"<":
        return baking.from_svg(data)
    return data.decode("utf-8-sig") if start == b"{" else None


_PDF_FAULTS = (
    ArithmeticError,
    AttributeError,
    AssertionError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What a reader of PDFs falls over, when one was made to."""


def _attached(data: bytes) -> str | None:
    """Return the certificate that is attached to a PDF."""
    from pypdf.errors import PyPdfError

    try:
        return next(_attachments(data), None)
    except (PyPdfError, *_PDF_FAULTS) as error:
        raise ValueError("no PDF") from error


def _attachments(data: bytes) -> Iterator[str]:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong with a file is told once, by us
    reader = PdfReader(io.BytesIO(data), strict=False)
    for number, attachment in enumerate(reader.attachment_list):
        if number == _MOST_ATTACHMENTS:
            return
        content = attachment.content
        if content.startswith(b"{") and len(content) <= _LARGEST_CERTIFICATE:
            yield content.decode("utf-8")


def _parsed(text: str) -> dict[str, Any]:
    if len(text) > _LARGEST_CERTIFICATE:
        raise Unreadable("too_large")
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise Unreadable("damaged") from error
    if _is_deep(found, _DEEPEST):
        raise Unreadable("damaged")
    if not isinstance(found, dict) or not _is_badge(found):
        raise Unreadable("holds_none")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a key that stands twice: one reader would take the first, another the last."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _refuse(word: str) -> None:
    raise ValueError(word)


def _is_deep(value: Any, left: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    inside = value.values() if isinstance(value, dict) else value
    return left == 0 or any(_is_deep(one, left - 1) for one in inside)


def _is_badge(found: dict[str, Any]) -> bool:
    kinds = found.get("type")
    named = kinds if isinstance(kinds, list) else [kinds]
    return bool(
        {"OpenBadgeCredential", "AchievementCredential"} & {one for one in named if isinstance(one, str)}
    )
