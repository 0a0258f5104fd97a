"""HTML of a package as Markdown of a course, with what is lost on the way gathered in one place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

from kompetanse.importers import html_text
from kompetanse.importers.found_course import Loss
from kompetanse.importers.media import Shelf
from kompetanse.importers.places import NOWHERE, Places, picture_in

Find = Callable[[str], tuple[str, bytes | Path] | None]
"""Name and data of the file that a text of Moodle calls by a path, or None when it is not in the package."""

_OWN = "@@PLUGINFILE@@/"


class Saying:
    """What the texts of one question or activity say.

    Args:
        where: Its place, for the report.
        losses: Where to note what does not come along.
        places: Where its links and pictures lead.
    """

    def __init__(self, where: str, losses: list[Loss], places: Places = NOWHERE) -> None:
        self._where = where
        self._losses = losses
        self._places = places

    def block(self, html: str) -> str:
        """Return the Markdown of a text, of any number of paragraphs."""
        if not html.strip():
            return ""
        found = html_text.markdown(html, self._places, self._where)
        self._losses += found.losses
        return f"**{found.title}**\n\n{found.body}".strip() if found.title else found.body.strip()

    def row(self, html: str) -> str:
        """Return the Markdown of a text on one row."""
        if not html.strip():
            return ""
        found = html_text.inline(html, self._places, self._where)
        self._losses += found.losses
        return found.body.strip()


class OwnFiles:
    """Places of a text of Moodle, which calls its files by `@@PLUGINFILE@@/path`.

    Args:
        find: Finds a file by that path.
        shelf: Where files go that the text shows or hands out.
        where: Its place, for the report.
        other: Where other links lead that are none on the web.
    """

    def __init__(
        self, find: Find, shelf: Shelf, where: str, other: Callable[[str], str | None] = lambda _: None
    ) -> None:
        self._find = find
        self._shelf = shelf
        self._where = where
        self._other = other

    def link(self, url: str) -> str | None:
        """Return where a link leads."""
        return self._file(url) if url.startswith(_OWN) else self._other(url)

    def picture(self, url: str) -> str | None:
        """Return the name of a picture that the package holds."""
        if url[:5].lower() == "data:":
            return picture_in(url, self._shelf, self._where)
        return self._file(url) if url.startswith(_OWN) else self._other(url)

    def _file(self, url: str) -> str | None:
        path = url.removeprefix(_OWN).partition("?")[0].partition("#")[0]
        found = self._find(unquote(path)) or self._find(path)
        return self._shelf.put(found[0], found[1], self._where) if found else None
