"""Whether a picture or an archive is what its name says, and would not burst whoever opens it; read from its header alone."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

MOST_PIXELS = 100_000_000
"""A picture of 10 000 × 10 000; a decoder needs 400 MB for it."""

MOST_UNPACKED = 500 * 2**20
"""Bytes that an archive may unfold to; besides, a hundred times its own size."""

BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, struct.error, RuntimeError)
"""What the standard library raises on archives that are damaged; the last for one that is encrypted, or compressed in a way that it does not know."""

_MOST_MEMBERS = 10_000
_SIGNATURES: dict[str, tuple[bytes, ...]] = {
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".gif": (b"GIF87a", b"GIF89a"),
    ".webp": (b"RIFF",),
    ".pdf": (b"%PDF-",),
}
_PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".webp"}
_ARCHIVES = {".zip", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".epub", ".h5p", ".imscc", ".mbz"}
_ENTITY = re.compile(rb"<!\s*(?:ENTITY|DOCTYPE[^>]*\[)", re.IGNORECASE)


def why_refused(suffix: str, data: bytes) -> str | None:
    """Return why a file of this kind is not taken, or None when it may be; `suffix` is in small letters, with its dot."""
    if suffix in _SIGNATURES and not data.startswith(_SIGNATURES[suffix]):
        return f"no {suffix.removeprefix('.').upper()} file, whatever its name says"
    if suffix in _PICTURES:
        return _picture(data)
    if suffix in _ARCHIVES and data.startswith(b"PK"):
        return _archive(data)
    if suffix in {".svg", ".xml"} and _ENTITY.search(data):
        return "declares entities, by which a small file unfolds without end"
    return None


def _picture(data: bytes) -> str | None:
    import imagesize  # brings in urllib, which costs every command a tenth of a second

    width, height = imagesize.get(io.BytesIO(data))  # (-1, -1) where it finds none; it raises nothing
    if width < 1 or height < 1:
        return "a picture whose header cannot be read"
    if width * height > MOST_PIXELS:
        return f"a picture of {width} × {height} pixels; at most {MOST_PIXELS} are taken"
    return None


def _archive(data: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except BROKEN:
        return "an archive whose list of contents cannot be read"
    size = sum(member.file_size for member in members)
    if len(members) > _MOST_MEMBERS or size > min(MOST_UNPACKED, 100 * max(len(data), 10_000)):
        return f"an archive that unfolds to {len(members)} files of {size} bytes"
    return None
