"""The whole site as finished Markdown, data files and a menu, ready for any engine."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import PurePosixPath
from typing import Any

from kompetanse.model.asset import is_published
from kompetanse.model.own_address import SCHEMAS
from kompetanse.pages import sitemap
from kompetanse.pages.file import StagedFile
from kompetanse.pages.frame import Frame, frames
from kompetanse.pages.parts import Part
from kompetanse.pages.renewal import Renewal
from kompetanse.pages.view import Site
from kompetanse.timing import timed

_PAGE = "index.md"
_TOGETHER = 40
"""Parts of one lot: some hundred lots make a large site, and each has the work of a tenth of a second."""

Lot = Callable[[], Iterable[StagedFile]]
"""Makes some files of a site, without those of any other lot, whenever and as often as it is asked."""


@dataclass(frozen=True)
class Stage:
    """A site before any engine has seen it.

    Attributes:
        lots: What makes its pages and data; of two files at one path the later one stands.
        assets: Files to copy as they are: path in the staged folder → file relative to the region's root.
        frames: What stands around the pages of each language of the site, the region's own first.
        region: Id of the region.
        name: Of the region.
        url: Where it will be published, if that is known.
    """

    lots: Sequence[Lot]
    assets: Mapping[str, PurePosixPath]
    frames: Mapping[str, Frame]
    region: str
    name: str
    url: str | None

    @property
    def language(self) -> str:
        """Language of the site's own words."""
        return next(iter(self.frames))

    @cached_property
    @timed("stage")
    def files(self) -> tuple[StagedFile, ...]:
        """All pages and data, by path: for those who want the whole at once, which is large."""
        made = {file.path: file for lot in self.lots for file in lot()}
        made |= {file.path: file for file in self.map(filter(None, map(place, made.values())))}
        return tuple(made[path] for path in sorted(made))

    def map(self, pages: Iterable[sitemap.Row]) -> Iterator[StagedFile]:
        """Yield the map of the site, which names `pages`; without an address of its own a site can be on none."""
        yield from (StagedFile(*found) for found in (sitemap.files(self.url, pages) if self.url else ()))


def place(file: StagedFile) -> sitemap.Row | None:
    """Return what the map of the site says of `file`; None when it says nothing."""
    return (file.path.removesuffix(_PAGE), file.changed) if file.mapped else None


Make = Callable[[Site], Sequence[Lot]]


def made_anew(site: Site) -> Sequence[Lot]:
    """Return what makes the files of all parts of `site`."""
    renewal = Renewal()
    parts = renewal.take(site)
    return in_lots(parts, lambda some: (file for part in some for file in renewal.once(part).files))


def in_lots(parts: Sequence[Part], make: Callable[[Sequence[Part]], Iterable[StagedFile]]) -> tuple[Lot, ...]:
    """Return what makes `parts`, some of them together."""
    starts = range(0, len(parts), _TOGETHER)
    return tuple(partial(make, parts[start : start + _TOGETHER]) for start in starts)


@timed("stage")
def stage(
    site: Site,
    assets: frozenset[PurePosixPath],
    schemas: Mapping[str, Any],
    make: Make = made_anew,
) -> Stage:
    """Return the site of `site`.

    Args:
        site: What is shown.
        assets: Files of the content folder that are no documents, relative to the region's root.
        schemas: JSON Schemas by kind, published for editors.
        make: Returns what makes the files of all parts, as `made_anew` does.
    """
    region = site.catalogue.region
    return Stage(
        lots=(partial(_schemas, schemas), *make(site)),
        assets=published_files(assets),
        frames=frames(site),
        region=region.id,
        name=region.name,
        url=region.url,
    )


def published_files(assets: Iterable[PurePosixPath]) -> Mapping[str, PurePosixPath]:
    """Return where each of `assets` that may be on the site lies there: its address → the file, from the region's root."""
    return {"/".join(path.parts[1:]): path for path in sorted(assets) if is_published(path)}


def _schemas(schemas: Mapping[str, Any]) -> Iterator[StagedFile]:
    for kind, schema in schemas.items():
        text = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        yield StagedFile(f"{SCHEMAS}{kind}.schema.json", text)
