"""Which files may lie beside the text and be published with it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
MEDIA_TYPES: Mapping[str, str] = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/vnd.microsoft.icon",
    ".pdf": "application/pdf",
    ".docx": f"{_OFFICE}.wordprocessingml.document",
    ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    ".pptx": f"{_OFFICE}.presentationml.presentation",
    ".odt": f"{_OPEN}.text",
    ".ods": f"{_OPEN}.spreadsheet",
    ".odp": f"{_OPEN}.presentation",
    ".csv": "text/csv",
    ".txt": "text/plain",
    ".json": "application/json",
    ".vtt": "text/vtt",
    ".srt": "application/x-subrip",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".zip": "application/zip",
    ".ics": "text/calendar",
}
"""Media type of each kind of file that may be published, by the end of its name: the same on every machine."""

PUBLISHED = frozenset(MEDIA_TYPES)
"""Kinds of files that show or hold something; none of them runs on the site."""


def is_published(path: PurePosixPath) -> bool:
    """Tell whether a file of this kind may be on the site."""
    return path.suffix.lower() in PUBLISHED


def media_type(path: PurePosixPath) -> str:
    """Return the media type of a file, such as `image/png`."""
    return MEDIA_TYPES.get(path.suffix.lower(), "application/octet-stream")
