"""Where links lead in the pages of a package of another learning system, which has words of its own for folders."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from kompetanse.importers.media import Shelf
from kompetanse.importers.places import PagePlaces
from kompetanse.importers.unpacked import Unpacked

_FILE_BASES = ("$IMS-CC-FILEBASE$", "$IMS_CC_FILEBASE$", "$1EdTech-CC-FILEBASE$")
_PAGES = ("$WIKI_REFERENCE$/pages/", "$WIKI_REFERENCE$/wiki/")
_FOLDERS = ("web_resources/", "", "resources/", "content/")
"""Where a package may keep what it calls by its file base: Canvas, the standard itself, others."""


class PackagePlaces(PagePlaces):
    """Places of a page or a test in a package.

    Args:
        source: The package.
        page: The entry that the text stands in; links are relative to it.
        shelf: Where files go that it shows or links to.
        lessons: Entry of each page → the number of the lesson that it is in.
    """

    def __init__(self, source: Unpacked, page: str, shelf: Shelf, lessons: Mapping[str, int]) -> None:
        super().__init__(source, page, shelf, lessons)
        self._package = source
        self._folder = posixpath.dirname(page)

    def link(self, url: str) -> str | None:
        """Return where a link leads."""
        return super().link(self._relative(url))

    def picture(self, url: str) -> str | None:
        """Return the name of a picture."""
        return super().picture(self._relative(url))

    def _relative(self, url: str) -> str:
        """Return `url` as it would be written beside the page."""
        written = unquote(url) if url[:3].lower() == "%24" else url
        for whole in _meant(written):
            found = self._package.find(whole)
            if found:
                return posixpath.relpath(found, self._folder or ".")
        return url


def _meant(url: str) -> Iterator[str]:
    path = url.partition("?")[0].partition("#")[0]
    for base in _FILE_BASES:
        if path.startswith(base):
            rest = path.removeprefix(base).lstrip("/")
            yield from (f"{folder}{name}" for folder in _FOLDERS for name in (unquote(rest), rest))
    for base in _PAGES:
        if path.startswith(base):
            yield f"wiki_content/{unquote(path.removeprefix(base))}.html"
