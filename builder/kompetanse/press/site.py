"""What the pages of a site are made with: the conversion of their texts, and the addresses around them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from kompetanse.pages.frame import Frame
from kompetanse.pages.stage import Stage
from kompetanse.press.converting import Converted
from kompetanse.press.kept import Kept
from kompetanse.press.skeleton import folders
from kompetanse.press.workers import convert_all
from kompetanse.timing import timed

Convert = Callable[[Sequence[str]], Mapping[str, Converted]]
"""Converts texts: text → what stands on the page."""

_ASSETS = "assets/kompetanse/"


def conversions(kept: Kept | None, cores: int | None = None) -> Convert:
    """Return a conversion that looks among the `kept` first, and keeps what it makes.

    Args:
        kept: What earlier builds have made; None for none.
        cores: Processes to use; without it, as many as there is use for.
    """

    @timed("convert")
    def convert(texts: Sequence[str]) -> Mapping[str, Converted]:
        found = kept.read(texts) if kept else {}
        missing = [text for text in dict.fromkeys(texts) if text not in found]
        made = dict(zip(missing, convert_all(missing, cores), strict=True))
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
