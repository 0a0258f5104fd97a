"""The theme as it is for one state of what stands around every page, and the pages set in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kompetanse.pages.file import StagedFile
from kompetanse.pages.stage import Stage
from kompetanse.press.kept_parts import KeptParts
from kompetanse.press.leaf import leaf
from kompetanse.press.site import Convert, linked
from kompetanse.press.skeleton import Press
from kompetanse.preview.shelf import Content
from kompetanse.site import theme_of
from kompetanse.site.pressed import LOST, Theme


@dataclass(frozen=True, slots=True)
class Place:
    """Where a region lies, and how its site is made.

    Attributes:
        root: The region's root.
        content: Name of the content folder in it.
        config_file: Its mkdocs.yml, if it has one.
        kept: Parts of its site that were made before; None for none.
    """

    root: Path
    content: str
    config_file: Path | None
    kept: KeptParts | None = None

    def settings(self) -> bytes:
        """Return what stands in mkdocs.yml."""
        try:
            return self.config_file.read_bytes() if self.config_file else b""
        except OSError:
            return b""


@dataclass(frozen=True, slots=True)
class Setting:
    """A theme that is ready to set pages.

    Attributes:
        theme: The theme.
        press: Sets pages.
        convert: Converts their texts.
    """

    theme: Theme
    press: Press
    convert: Convert
    _around: tuple[object, ...]

    @classmethod
    def of(cls, place: Place, stage: Stage, convert: Convert) -> Setting:
        """Return the theme for what stands around the pages of `stage`.

        Raises:
            KompetanseError: When MkDocs cannot read its settings.
        """
        theme = theme_of(place.config_file, place.root, stage)
        return cls(theme, theme.press(stage), convert, _around(place, stage))

    def fits(self, place: Place, stage: Stage) -> bool:
        """Tell whether the same stands around the pages of `stage`."""
        return self._around == _around(place, stage)

    def rest(self, place: Place, stage: Stage) -> dict[str, Content]:
        """Return the site's files that are none of `stage`, by path: the theme's own, and the region's beside its texts."""
        made = {in_site(file.path) for file in stage.files}
        pages = {path for path in made if path.endswith(".html")}
        found: dict[str, Content] = {path: data for path, data in self.theme.files() if path not in made}
        found |= {path: place.root / source for path, source in stage.assets.items() if path not in pages}
        return found | {LOST: self.theme.lost().encode()}

    def whole(self, place: Place, stage: Stage) -> dict[str, Content]:
        """Return every file of the site, by path."""
        return self.set(stage.files) | self.rest(place, stage)

    def set(self, files: Iterable[StagedFile]) -> dict[str, Content]:
        """Return staged files as files of the site, by path."""
        every = list(files)
        leaves = [page for file in every if (page := leaf(file))]
        texts = self.convert([page.text for page in leaves]) if leaves else {}
        made: dict[str, Content] = {
            file.path: file.text.encode() for file in every if not file.path.endswith(".md")
        }
        return made | {page.path: self.press.page(page, texts[page.text]).encode() for page in leaves}


def in_site(path: str) -> str:
    """Return where the staged file at `path` lies in the site."""
    return path.removesuffix(".md") + ".html" if path.endswith(".md") else path


def _around(place: Place, stage: Stage) -> tuple[object, ...]:
    return (
        dict(stage.frames),
        stage.region,
        stage.name,
        stage.url,
        linked(stage),
        place.settings(),
    )
