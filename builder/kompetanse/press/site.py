"""All files of a site: what stands in each, page by page."""

from __future__ import annotations

from collections.abc import Iterator

from kompetanse.pages.frame import Frame
from kompetanse.pages.stage import Stage
from kompetanse.press.converting import converted
from kompetanse.press.leaf import leaf
from kompetanse.press.skeleton import Press, Render, folders

_ASSETS = "assets/kompetanse/"


def texts(stage: Stage, render: Render, site_url: str | None) -> Iterator[tuple[str, str]]:
    """Yield path and text of every page and data file of the site, in the order of the stage."""
    press = Press(render, site_url, _linked(stage))
    for file in stage.files:
        page = leaf(file)
        yield (page.path, press.page(page, converted(page.text))) if page else (file.path, file.text)


def _linked(stage: Stage) -> frozenset[str]:
    addresses = [_ASSETS, *(one for frame in stage.frames.values() for one in _addresses(frame))]
    return frozenset(folder for address in addresses for folder in folders(address))


def _addresses(frame: Frame) -> Iterator[str]:
    yield from (frame.home, frame.search, frame.index)
    yield from (address for _, address in (*frame.menu, *frame.links))
