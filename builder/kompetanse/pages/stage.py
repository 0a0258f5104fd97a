"""The whole site as finished Markdown, data files and a menu, ready for any engine."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from kompetanse.model.asset import is_published
from kompetanse.model.own_address import SCHEMAS
from kompetanse.pages import sitemap
from kompetanse.pages.file import StagedFile
from kompetanse.pages.frame import Frame, frames
from kompetanse.pages.renewal import Renewal
from kompetanse.pages.view import Site
from kompetanse.timing import timed


@dataclass(frozen=True, slots=True)
class Stage:
    """A site before any engine has seen it.

    Attributes:
        files: Pages and data, by path.
        assets: Files to copy as they are: path in the staged folder → file relative to the region's root.
        frames: What stands around the pages of each language of the site, the region's own first.
        region: Id of the region.
        name: Of the region.
        url: Where it will be published, if that is known.
    """

    files: tuple[StagedFile, ...]
    assets: Mapping[str, PurePosixPath]
    frames: Mapping[str, Frame]
    region: str
    name: str
    url: str | None

    @property
    def language(self) -> str:
        """Language of the site's own words."""
        return next(iter(self.frames))


Make = Callable[[Site], Iterable[StagedFile]]


def made_anew(site: Site) -> Iterable[StagedFile]:
    """Return the files of all parts of `site`."""
    renewal = Renewal()
    for part in renewal.take(site):
        renewal.adopt(part.name, renewal.make(part))  # so that nobody remembers what it read
    return renewal.files()


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
        make: Makes the files of all parts, as `made_anew` does.
    """
    return staged(site, make(site), assets, schemas)


def staged(
    site: Site,
    made: Iterable[StagedFile],
    assets: frozenset[PurePosixPath],
    schemas: Mapping[str, Any],
) -> Stage:
    """Return the site of `site` that the files `made` are; of two at one path the later one stands."""
    region = site.catalogue.region
    files = {file.path: file for file in (*_schemas(schemas), *made)}
    files |= {file.path: file for file in _map(region.url, files.values())}
    return Stage(
        files=tuple(files[path] for path in sorted(files)),
        assets=published_files(assets),
        frames=frames(site),
        region=region.id,
        name=region.name,
        url=region.url,
    )


def published_files(assets: Iterable[PurePosixPath]) -> Mapping[str, PurePosixPath]:
    """Return where each of `assets` that may be on the site lies there: its address → the file, from the region's root."""
    return {"/".join(path.parts[1:]): path for path in sorted(assets) if is_published(path)}


def _map(base: str | None, files: Iterable[StagedFile]) -> Iterator[StagedFile]:
    """Yield the map of the site; without an address of its own a site can be on none."""
    pages = [(file.path.removesuffix("index.md"), file.changed) for file in files if file.mapped]
    yield from (StagedFile(*found) for found in (sitemap.files(base, pages) if base else ()))


def _schemas(schemas: Mapping[str, Any]) -> Iterator[StagedFile]:
    for kind, schema in schemas.items():
        text = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        yield StagedFile(f"{SCHEMAS}{kind}.schema.json", text)
