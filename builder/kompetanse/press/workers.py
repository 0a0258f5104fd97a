"""Convert many texts on all cores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kompetanse.interrupts import end_with_parent, undisturbed
from kompetanse.press.converting import Converted, converted
from kompetanse.press.hands import cores as available

MANY = 2000
"""So many texts are worth the start of another process: it makes anew what they have in common, and hands over what it made."""

_TOGETHER = 20
"""Texts that a process takes at a time."""


def convert_all(texts: Sequence[str], cores: int | None = None) -> Iterator[Converted]:
    """Yield `texts` converted, in their order.

    Args:
        texts: Finished Markdown.
        cores: Processes to use; without it, as many as this process may run on.
    """
    helpers = (cores or available()) - 1 if len(texts) >= MANY else 0
    yield from _helped(texts, helpers) if helpers else map(converted, texts)


def _helped(texts: Sequence[str], helpers: int) -> Iterator[Converted]:
    """Convert from the first text on, while `helpers` other processes do from the last one on, until they meet."""
    # What starts processes takes a small site longer to load than to use.
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    heaps = [texts[start : start + _TOGETHER] for start in range(0, len(texts), _TOGETHER)]
    with ProcessPoolExecutor(helpers, get_context("spawn"), initializer=end_with_parent) as pool:
        try:
            with undisturbed():
                elsewhere = [pool.submit(_converted, heap) for heap in reversed(heaps)]
            for heap, there in zip(heaps, reversed(elsewhere), strict=True):
                yield from _converted(heap) if there.cancel() else there.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _converted(texts: Sequence[str]) -> list[Converted]:
    return [converted(text) for text in texts]
