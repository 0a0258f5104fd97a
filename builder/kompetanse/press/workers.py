"""Convert many texts on all cores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kompetanse.interrupts import undisturbed
from kompetanse.press.converting import Converted, converted
from kompetanse.press.hands import cores as available

MANY = 400
"""So many texts are worth the start of a process for each core: it takes about as long as 60 texts."""

_TOGETHER = 20
"""Texts that a process is given at a time."""


def convert_all(texts: Sequence[str], cores: int | None = None) -> Iterator[Converted]:
    """Yield `texts` converted, in their order.

    Args:
        texts: Finished Markdown.
        cores: Processes to use; without it, as many as this process may run on.
    """
    cores = cores or available()
    if cores == 1 or len(texts) < MANY:
        yield from map(converted, texts)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(cores, get_context("spawn")) as pool:
        with undisturbed():
            made = pool.map(converted, texts, chunksize=_TOGETHER)
        yield from made
