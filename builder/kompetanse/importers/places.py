"""Where the links of a page lead that lies in an archive: to a file of the course, to another lesson, or nowhere."""

from __future__ import annotations

import base64
import binascii
import posixpath
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from kompetanse.importers.entry_names import normal
from kompetanse.importers.media import Shelf
from kompetanse.importers.unpacked import Unpacked

_DATA = re.compile(r"data:image/([a-z]+)[^,]*?(;base64)?,", re.IGNORECASE)
_ANY_DATA = re.compile(r"data:[a-z]+/([a-z0-9]{1,10})[^,]{0,100};base64,", re.IGNORECASE)
_ENDINGS = {"mpeg": "mp3", "quicktime": "mov", "plain": "txt"}
_KINDS = {"jpeg": "jpg", "svg": "svg"}


class Places(Protocol):
    """Where links and pictures of a piece of HTML lead in the course that is made of it."""

    def link(self, url: str) -> str | None:
        """Return where a link leads: a `FoundMedia.name`, `lesson:N`, or None when it leads nowhere here.

        Asked for what is no `http`, `https`, `mailto` or `tel` address, also for `#anchor` that this piece does not have.
        """

    def picture(self, url: str) -> str | None:
        """Return the `FoundMedia.name` of a picture, sound or film; None when it cannot be had.

        Asked for everything but addresses on the web, also for `data:`.
        """


class Nowhere:
    """Places of HTML that has no files beside it."""

    def link(self, url: str) -> str | None:
        """No link leads anywhere."""
        return None

    def picture(self, url: str) -> str | None:
        """There are no pictures."""
        return None


NOWHERE: Places = Nowhere()


class PagePlaces:
    """Places of a page in an archive.

    Args:
        source: The archive.
        page: Name of the page's entry; links are relative to it.
        shelf: Where files go that the page shows or links to.
        lessons: Entry of each page that is a lesson → its number from 0.
    """

    def __init__(self, source: Unpacked, page: str, shelf: Shelf, lessons: Mapping[str, int]) -> None:
        self._source = source
        self._page = page
        self._shelf = shelf
        self._lessons = lessons

    def link(self, url: str) -> str | None:
        """Return `lesson:N`, or the name of the file that is linked to and comes along."""
        name = self._entry(url)
        if name is None:
            return None
        if name in self._lessons:
            return f"lesson:{self._lessons[name]}"
        return self._put(name)

    def picture(self, url: str) -> str | None:
        """Return the name of a picture in the archive, or in the address itself."""
        if url[:5].lower() == "data:":
            return picture_in(url, self._shelf, self._where(self._page), self._source.store)
        name = self._entry(url)
        return None if name is None else self._put(name)

    def _entry(self, url: str) -> str | None:
        """Return the entry that `url` means, tried as an address and as a bare name; None for one outside."""
        path = path_in(url)
        for written in (unquote(path), path):
            whole = posixpath.normpath(
                posixpath.join(posixpath.dirname(self._page), written.replace("\\", "/"))
            )
            found = self._source.find(normal(whole)) if written and not whole.startswith("..") else None
            if found:
                return found
        return None

    def _put(self, name: str) -> str | None:
        return self._shelf.put(name, self._source.keep(name), self._where(name))

    def _where(self, name: str) -> str:
        return f"{self._source.file.name}: {name}"


class InPart:
    """Places of a part of a page that was parted: an anchor of another part is a lesson."""

    def __init__(self, whole: Places, lessons: Mapping[str, int]) -> None:
        self._whole = whole
        self._lessons = lessons

    def link(self, url: str) -> str | None:
        """Return the lesson that an anchor stands in, else where the link leads from the whole page."""
        number = self._lessons.get(url[1:]) if url.startswith("#") else None
        return self._whole.link(url) if number is None else f"lesson:{number}"

    def picture(self, url: str) -> str | None:
        """Return the name of a picture, as on the whole page."""
        return self._whole.picture(url)


def path_in(url: str) -> str:
    """Return the path of an address that names no server; empty for others, and for what is no address."""
    try:
        parts = urlsplit(url)
    except ValueError:  # such as `//[`
        return ""
    return "" if parts.netloc else parts.path


def data_in(url: str) -> tuple[str, bytes] | None:
    """Return the ending and the bytes of a file that stands in a `data:` address (RFC 2397); None for other addresses."""
    match = _ANY_DATA.match(url)
    if not match:
        return None
    try:
        return _ENDINGS.get(match[1].lower(), match[1].lower()), base64.b64decode(
            unquote_to_bytes(url[match.end() :])
        )
    except binascii.Error:
        return None


def picture_in(url: str, shelf: Shelf, where: str, keep: Callable[[bytes], Path] | None = None) -> str | None:
    """Return the name of the picture that a `data:` address holds; None when it holds none.

    Args:
        url: The address.
        shelf: Where the picture goes.
        where: Its place, for the report.
        keep: Writes it to a file, so that it need not stay in memory.
    """
    match = _DATA.match(url)
    if not match:
        return None
    rest = url[match.end() :]
    try:
        data = (
            base64.b64decode(unquote_to_bytes(rest), validate=False) if match[2] else unquote_to_bytes(rest)
        )
    except binascii.Error:
        return None
    kind = match[1].lower()
    return shelf.put(f"bilde.{_KINDS.get(kind, kind)}", keep(data) if keep else data, where)
