"""As many documents as are asked for, made of real ones: the same each time, and with words that nobody else has used.

Real collections grow new words for as long as they grow, and in Norwegian most of them are compounds; so do these.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kompetanse_search.document import Document

NEW = 0.04
"""Share of the longer words that become a part of a compound."""


def documents(real: Sequence[Document], count: int) -> tuple[Document, ...]:
    """Return the `real` documents, and others made of them, `count` in all."""
    paragraphs = [one for document in real for one in document.body.split("\n\n") if len(one) > 40]
    elements = sorted(
        {word for one in paragraphs for word in one.lower().split() if 4 < len(word) < 9 and word.isalpha()}
    )
    further = (_made(number, real, paragraphs, elements) for number in range(len(real), count))
    return (*real[:count], *further)


def _made(
    number: int, real: Sequence[Document], paragraphs: Sequence[str], elements: Sequence[str]
) -> Document:
    chance = random.Random(number)  # noqa: S311 - the same each time is what is wanted
    like, many = chance.choice(real), 1 + chance.choice(real).body.count("\n\n")
    body = "\n\n".join(chance.choice(paragraphs) for _ in range(min(many, 30)))
    return replace(
        like,
        address=f"{like.address.rpartition('/')[0]}/{number}/",
        title=" ".join(_renewed(like.title, elements, chance)),
        body=" ".join(_renewed(body, elements, chance)),
    )


def _renewed(text: str, elements: Sequence[str], chance: random.Random) -> Iterator[str]:
    for word in text.split():
        fresh = len(word) > 4 and word.isalpha() and chance.random() < NEW
        yield chance.choice(elements) + word if fresh else word
