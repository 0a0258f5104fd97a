"""What the browser's search reads: its index as files of the stage, the same for the same texts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources

from kompetanse.model.own_address import SEARCH_INDEX, SEARCH_SCRIPT
from kompetanse.pages.stage import StagedFile
from kompetanse.pages.view import Site
from kompetanse.render import html
from kompetanse_search import shards
from kompetanse_search.basis import Basis
from kompetanse_search.document import Document
from kompetanse_search.entry import entries, relations, seeds
from kompetanse_search.finished_text import Heading
from kompetanse_search.offered import offered_entries
from kompetanse_search.page import Pages
from kompetanse_search.script import classic


def index_files(site: Site, synonyms: Iterable[tuple[str, ...]]) -> tuple[StagedFile, ...]:
    """Return the index of all that stands in the lists of `site`, one entry for each item and each offer of others.

    Args:
        site: What is shown.
        synonyms: Groups of words that mean the same in the region.
    """
    catalogue = site.catalogue
    found = (*entries(catalogue, site.audience.roles), *offered_entries(site.offered.places))
    read = [one.read(html) for one in found]
    documents = [document for document, _ in read]
    basis = Basis.of(documents, seeds(catalogue))
    make = Pages(basis)
    files = shards.files(
        [make.page(document) for document in documents],
        basis,
        {document.address: _shown(document, headings) for document, headings in read},
        relations(catalogue, synonyms),
        catalogue.region.id,
    )
    index = (StagedFile(f"{SEARCH_INDEX}{name}", text) for name, text in files.items())
    return (*index, StagedFile(SEARCH_SCRIPT, _script()))


@lru_cache
def _script() -> str:
    """Return the search of the theme as one script, which also runs from a folder on disk."""
    folder = resources.files("kompetanse_theme") / "assets/kompetanse"
    modules = {one.name: one.read_text("utf-8") for one in folder.iterdir() if one.name.endswith(".js")}
    return classic(modules, "search-folder.js", "kompetanseSearch", ("started",))


def _shown(document: Document, headings: Iterable[Heading]) -> shards.Shown:
    return shards.Shown(
        document.title,
        next(iter(document.facets.get("kind", ())), "page"),
        document.language,
        _beginning(document.summary or document.body),
        tuple(shards.Heading(one.anchor, one.text) for one in headings if one.anchor),
    )


def _beginning(text: str) -> str:
    """Return how `text` begins, on one line and with whole words."""
    line = re.sub(r"\s+", " ", text[: 2 * shards.MOST_EXTRACT]).strip()
    if len(line) <= shards.MOST_EXTRACT:
        return line
    return line[: shards.MOST_EXTRACT - 2].rpartition(" ")[0] + " …"
