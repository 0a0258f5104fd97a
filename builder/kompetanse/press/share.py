"""Lots of a stage → files of its site, each put in its place as soon as it is made, so that no site stands in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kompetanse.pages.file import StagedFile
from kompetanse.pages.sitemap import Row
from kompetanse.pages.stage import Stage, place
from kompetanse.press.leaf import leaf
from kompetanse.press.site import Convert
from kompetanse.press.skeleton import Press
from kompetanse.timing import timed

Put = Callable[[str, bytes], None]
"""Puts a file of the site in its place."""


class Standing(NamedTuple):
    """Why a file stands at its path: of two, the one with the greater order does.

    Attributes:
        order: Whether it is a page, and the number of its lot.
        row: What the map of the site says of it, if anything.
    """

    order: tuple[bool, int]
    row: Row | None


@dataclass
class Share:
    """What is made of a site by one process.

    Attributes:
        stage: The site.
        press: Sets its pages.
        convert: Converts their texts.
        put: Puts a file in its place.
        standing: Why each file that was put stands at its path.
    """

    stage: Stage
    press: Press
    convert: Convert
    put: Put
    standing: dict[str, Standing] = field(default_factory=dict)

    def make(self, lots: Sequence[int]) -> None:
        """Make some lots, given by their numbers."""
        files = [(number, file) for number in lots for file in self._files(number)]
        for number, file in files:
            if not file.path.endswith(".md") and file.path not in self.stage.assets:
                self._put(file.path, Standing((False, number), place(file)), file.text)
        for path, standing, text in self._pages(files):
            self._put(path, standing, text)

    @timed("stage")
    def _files(self, number: int) -> tuple[StagedFile, ...]:
        return tuple(self.stage.lots[number]())

    def _pages(self, files: Sequence[tuple[int, StagedFile]]) -> Iterator[tuple[str, Standing, str]]:
        pages = [(number, file, page) for number, file in files if (page := leaf(file))]
        texts = self.convert([page.text for _, _, page in pages])
        for number, file, page in pages:
            with timed("set"):
                text = self.press.page(page, texts[page.text])
            yield page.path, Standing((True, number), place(file)), text

    def _put(self, path: str, standing: Standing, text: str) -> None:
        known = self.standing.get(path)
        if known is None or standing.order >= known.order:
            self.standing[path] = standing
            self.put(path, text.encode())
