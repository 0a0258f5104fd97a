"""Which contents a browser shows as a picture; told by their first bytes, never by what a source says."""

from __future__ import annotations

_SIGNATURES = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}


def kind_of(data: bytes | None) -> str | None:
    """Return the media type of a picture; None for anything else. SVG is left out: it is a document that can hold scripts."""
    if data is None:
        return None
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for start, kind in _SIGNATURES.items() if data.startswith(start)), None)
