"""The site as it was last set: its files, and what they were set from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import PurePosixPath

from kompetanse.pages.file import StagedFile
from kompetanse.pages.stage import Stage
from kompetanse.press.site import Convert
from kompetanse.preview.setting import Place, Setting, in_site
from kompetanse.preview.shelf import Content


class Printed:
    """Sets files of the stage, and remembers which: what is set already is not set again.

    Args:
        place: Where the region lies.
        convert: Converts the texts of pages.
    """

    def __init__(self, place: Place, convert: Convert) -> None:
        self._place, self._convert = place, convert
        self._setting: Setting | None = None
        self._shown: dict[str, StagedFile] = {}
        self._content: dict[str, Content] = {}
        self.doubled: frozenset[str] = frozenset()

    @property
    def mount(self) -> str:
        """Path of the site at its host."""
        return self._setting.theme.mount if self._setting else "/"

    def source(self, path: str) -> PurePosixPath | None:
        """Return the author's file that the page at `path` is made from."""
        file = self._shown.get(path.removesuffix(".html") + ".md")
        return file.source if file else None

    def dress(self, bare: Stage) -> dict[str, Content] | None:
        """Take the theme for what stands around the pages of `bare`; None when it is as before.

        Returns the files that are there before any page is; all pages are to be set anew.
        """
        if self._setting is not None and self._setting.fits(self._place, bare):
            return None
        self._setting = Setting.of(self._place, bare, self._convert)
        self._shown = {}
        return self._changed(self._setting.rest(self._place, bare))

    def set(self, files: Iterable[StagedFile]) -> dict[str, Content]:
        """Set those of `files` that are not set as they are; return them as files of the site."""
        assert self._setting  # noqa: S101 (what stands around them is known first)
        new = {file.path: file for file in files if self._shown.get(file.path) != file}
        made = self._setting.set(new.values())
        self._shown.update(new)
        self._content.update(made)
        return made

    def without(self, there: Iterable[str]) -> list[str]:
        """Take away the pages of documents whose staged paths are not among `there`; return where they lay."""
        known = set(there)
        gone = [path for path, file in self._shown.items() if file.source and path not in known]
        for path in gone:
            del self._shown[path]
            self._content.pop(in_site(path), None)
        return [in_site(path) for path in gone]

    def complete(
        self, stage: Stage, every: Iterable[StagedFile]
    ) -> tuple[dict[str, Content], frozenset[str]]:
        """Set what of the whole `stage` is not set, and forget what is not in it; return that, and all paths of the site.

        Args:
            stage: The whole.
            every: The files of all parts: of two at one path the later one stands, which only the whole tells.
        """
        assert self._setting  # noqa: S101 (as above)
        numbers = Counter(file.path for file in every)
        self.doubled = frozenset(path for path, number in numbers.items() if number > 1)
        made = self.set(stage.files)
        rest = self._setting.rest(self._place, stage)
        made |= self._changed(rest)
        staged = {file.path for file in stage.files}
        self._shown = {path: file for path, file in self._shown.items() if path in staged}
        there = frozenset(rest) | {in_site(path) for path in staged}
        self._content = {path: data for path, data in self._content.items() if path in there}
        return made, there

    def _changed(self, files: dict[str, Content]) -> dict[str, Content]:
        """Take in `files` of the site; return those that are others than before."""
        made = {path: data for path, data in files.items() if self._content.get(path) != data}
        self._content.update(made)
        return made
