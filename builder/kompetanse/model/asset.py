"""Which files may lie beside the text and be published with it."""

from __future__ import annotations

from pathlib import PurePosixPath

_SHOWN = "svg png jpg jpeg gif webp avif ico pdf docx xlsx pptx odt ods odp csv txt json vtt srt mp4 webm mp3 ogg zip ics"
PUBLISHED = frozenset(f".{suffix}" for suffix in _SHOWN.split())
"""Kinds of files that show or hold something; none of them runs on the site."""


def is_published(path: PurePosixPath) -> bool:
    """Tell whether a file of this kind may be on the site."""
    return path.suffix.lower() in PUBLISHED
