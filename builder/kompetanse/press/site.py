"""All pages of a site, one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from kompetanse.pages.frame import Frame
from kompetanse.pages.stage import Stage
from kompetanse.press.converting import Converted
from kompetanse.press.kept import Kept
from kompetanse.press.leaf import Leaf, leaf
from kompetanse.press.skeleton import Press, folders
from kompetanse.press.workers import convert_all
from kompetanse.timing import timed

Convert = Callable[[Sequence[str]], Mapping[str, Converted]]
"""Converts all texts of a site: text → what stands on the page."""

Track = Callable[[Iterable[Converted], int], Iterable[Converted]]
"""Shows how far the conversion of so many texts has come."""

_ASSETS = "assets/kompetanse/"
_AT_ONCE = 2000
"""Pages that are in hand at a time, so that a large site does not stand in memory twice."""


def leaves(stage: Stage) -> Iterator[Leaf]:
    """Yield the pages of `stage`, in its order."""
    yield from (page for file in stage.files if (page := leaf(file)))


def set_pages(stage: Stage, press: Press, convert: Convert) -> Iterator[tuple[str, str]]:
    """Yield path and text of every page of the site, in the order of the stage."""
    waiting = leaves(stage)
    while pages := list(islice(waiting, _AT_ONCE)):
        texts = convert([page.text for page in pages])
        for page in pages:
            with timed("set"):
                text = press.page(page, texts[page.text])
            yield page.path, text


def conversions(
    kept: Kept | None, track: Track = lambda made, count: made, cores: int | None = None
) -> Convert:
    """Return a conversion that looks among the `kept` first, and keeps what it makes.

    Args:
        kept: What earlier builds have made; None for none.
        track: Shows progress.
        cores: Processes to use; without it, as many as there is use for.
    """

    @timed("convert")
    def convert(texts: Sequence[str]) -> Mapping[str, Converted]:
        found = kept.read(texts) if kept else {}
        missing = [text for text in dict.fromkeys(texts) if text not in found]
        made = dict(zip(missing, track(convert_all(missing, cores), len(missing)), strict=True))
        if kept and made:
            kept.write(made)
        return found | made

    return convert


def linked(stage: Stage) -> frozenset[str]:
    """Return the addresses that the theme links to from every page of `stage`, each with the folders it lies in."""
    addresses = [_ASSETS, *(one for frame in stage.frames.values() for one in _addresses(frame))]
    return frozenset(folder for address in addresses for folder in folders(address))


def _addresses(frame: Frame) -> Iterator[str]:
    yield from (frame.home, frame.search, frame.index)
    yield from (address for _, address in (*frame.menu, *frame.links))
