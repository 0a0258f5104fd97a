"""All pages of a site, one by one."""

from __future__ import annotations

from collections.abc import Iterator

from kompetanse.pages.frame import Frame
from kompetanse.pages.stage import Stage
from kompetanse.press.converting import converted
from kompetanse.press.leaf import Leaf, leaf
from kompetanse.press.skeleton import Press, Render, folders

_ASSETS = "assets/kompetanse/"


def leaves(stage: Stage) -> Iterator[Leaf]:
    """Yield the pages of `stage`, in its order."""
    yield from (page for file in stage.files if (page := leaf(file)))


def set_pages(stage: Stage, render: Render, site_url: str | None) -> Iterator[tuple[str, str]]:
    """Yield path and text of every page of the site, in the order of the stage."""
    press = Press(render, site_url, _linked(stage))
    for page in leaves(stage):
        yield page.path, press.page(page, converted(page.text))


def _linked(stage: Stage) -> frozenset[str]:
    addresses = [_ASSETS, *(one for frame in stage.frames.values() for one in _addresses(frame))]
    return frozenset(folder for address in addresses for folder in folders(address))


def _addresses(frame: Frame) -> Iterator[str]:
    yield from (frame.home, frame.search, frame.index)
    yield from (address for _, address in (*frame.menu, *frame.links))
