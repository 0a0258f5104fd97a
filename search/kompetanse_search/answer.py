"""What is answered to a query: the same at the command line and in the service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kompetanse_search.document import Document
from kompetanse_search.finished_text import Heading
from kompetanse_search.index import Index
from kompetanse_search.rank import GoOn, Sought, Where
from kompetanse_search.shown import Asked, Piece, marked
from kompetanse_search.similar import similar
from kompetanse_search.stem import english_term, stem
from kompetanse_search.text import tokens

FACETS = ("kind", "role", "competence", "level", "language", "region", "delivery", "minutes", "licence")
"""What results are narrowed by."""

_LEAST_PART = 4
"""Letters of a word of the query that is marked at the start or end of a longer word too."""


@dataclass(frozen=True, slots=True)
class Result:
    """A page as it is shown among results.

    Attributes:
        address, kind, language: As in `Shown`.
        score: Comparable within one answer only.
        title, extract: With the words that were asked for marked.
        headings: Those of its headings that were asked for, with what leads to them.
    """

    address: str
    kind: str
    language: str
    score: int
    title: tuple[Piece, ...]
    extract: tuple[Piece, ...]
    headings: tuple[Heading, ...]

    def json(self) -> dict[str, Any]:
        """Return it as programs read it."""
        return {
            "address": self.address,
            "title": "".join(piece.text for piece in self.title),
            "kind": self.kind,
            "language": self.language,
            "score": self.score,
            "extract": [{"text": piece.text, "marked": piece.marked} for piece in self.extract],
            "headings": [{"text": one.text, "anchor": one.anchor} for one in self.headings],
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered to a query.

    Attributes:
        query: What was asked, as far as it was read.
        total: All pages that were found.
        results: The best of them.
        facets: Facet → value → pages that were found.
        meant: The query as it was probably meant; empty when it has no word that nobody knows.
    """

    query: str
    total: int
    results: tuple[Result, ...]
    facets: Mapping[str, Mapping[str, int]]
    meant: str

    def json(self) -> dict[str, Any]:
        """Return it as programs read it."""
        return {
            "query": self.query,
            "total": self.total,
            "results": [one.json() for one in self.results],
            "facets": {facet: dict(values) for facet, values in self.facets.items()},
            "did_you_mean": self.meant,
        }


def answer(
    index: Index, text: str, *, limit: int = 10, where: Where | None = None, go_on: GoOn = lambda: None
) -> Answer:
    """Return what `index` answers to whatever was typed. `go_on` is asked again and again, and may raise something."""
    sought = index.sought(text, go_on=go_on)
    found = index.found(sought, limit=limit, where=where, go_on=go_on)
    query, asked = sought.query, _asked(sought)
    results = tuple(_result(index, hit.address, hit.score, asked) for hit in found.hits)
    meant = [index.lexicon.meant(word) if word in query.words else "" for word in query.all]
    better = " ".join(new or old for new, old in zip(meant, query.all, strict=True)) if any(meant) else ""
    return Answer(" ".join(text[:200].split()), found.total, results, found.facets, better)


def like(index: Index, document: Document, *, limit: int = 10, without: str | None = None) -> dict[str, Any]:
    """Return what pages say of `document` already, as programs read it: `share` in per cent, the highest first."""
    found = similar(index.kept, index.page(document), limit=limit, without={without or None})
    pages = [(one, index.shown(one.address)) for one in found]
    return {
        "title": document.title,
        "similar": [
            {"address": page.address, "title": page.title, "kind": page.kind, "share": one.share}
            for one, page in pages
        ],
    }


def _result(index: Index, address: str, score: int, asked: Asked) -> Result:
    page = index.shown(address)
    headings = tuple(one for one in page.headings if any(map(asked, tokens(one.text))))
    title = marked(page.title, asked)
    return Result(address, page.kind, page.language, score, title, page.extract(asked), headings)


def _asked(sought: Sought) -> Asked:
    """Return what tells of a word by what it was asked for.

    A stem begins like its word, so most words are told apart before they are stemmed, which takes long.
    """
    terms = frozenset(term for group in (*sought.groups, *sought.together) for term in group)
    starts = tuple({term.rpartition(":")[2][:3] for term in terms})
    parts = tuple(word for word in sought.query.words if len(word) >= _LEAST_PART)

    def asked(word: str) -> str:
        if word.startswith(starts):
            found = next((one for one in (stem(word), english_term(word)) if one in terms), "")
            if found:
                return found
        return next((part for part in parts if word.startswith(part) or word.endswith(part)), "")

    return asked
