"""A course as one HTML file for where there is no network: style, script and pictures stand in it, and it asks for nothing."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from markupsafe import Markup

from kompetanse.export.edition import Edition, Media
from kompetanse.export.reader.page import Page, script, style

_LARGE = 50_000_000
_PIECE = 3 * 65_536
"""Bytes that are written at a time: a multiple of three, so that the pieces of base64 fit together."""

_MARK = "\0"
"""Stands around the name of a file until it is written; no text has it."""

_FILE = re.compile(f"{_MARK}([^{_MARK}]*){_MARK}")
_POLICY = "default-src 'none'; img-src data:; media-src data:; style-src 'unsafe-inline'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'"


def package(edition: Edition, to: BinaryIO) -> Sequence[str]:
    """Write the file to `to`, and return what it could not hold. No file of the course is held whole in memory."""
    start = to.tell()
    page = Page(edition, saves=True)
    media = {one.name: one for one in edition.media}
    for piece in page.written(lambda name: f"{_MARK}{name}{_MARK}", _head(edition)):
        for part in _parts(piece, media):
            to.write(part)
    large = to.tell() - start > _LARGE
    return [*page.lost, *(("The file is over 50 MB: browsers take long to open it",) if large else ())]


def _head(edition: Edition) -> Markup:
    """Return a policy that lets nothing but our own script run, the style sheet and the script."""
    code = script("record-none.js")
    hashed = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    policy = _POLICY.format(hashed)
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return Markup(f"{meta}\n<style>{style(edition)}</style>\n<script>{code}</script>")  # noqa: S704 (all of it is ours)


def _parts(piece: str, media: dict[str, Media]) -> Iterator[bytes]:
    """Yield a piece of the page with each file in the place of its name."""
    for place, part in enumerate(_FILE.split(piece)):
        if place % 2:
            yield from _data(media[part])
        else:
            yield part.encode()


def _data(media: Media) -> Iterator[bytes]:
    """Yield a file as an address that holds it (RFC 2397)."""
    yield f"data:{media.type};base64,".encode()
    with media.file.open("rb") as source:
        while read := source.read(_PIECE):
            yield base64.b64encode(read)
