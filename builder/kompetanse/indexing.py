"""What the browser's search reads: its index as files of the stage, the same for the same texts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources

from kompetanse.model.own_address import FOLDER_SCRIPT, SEARCH_INDEX, SEARCH_SCRIPT
from kompetanse.pages.stage import StagedFile
from kompetanse.pages.view import Site
from kompetanse.render import html
from kompetanse_search import shards
from kompetanse_search.basis import Basis
from kompetanse_search.document import Document
from kompetanse_search.entry import entries, relations, seeds
from kompetanse_search.finished_text import Heading
from kompetanse_search.page import Pages
from kompetanse_search.script import classic
from kompetanse_search.whole import with_text


def index_files(site: Site, synonyms: Iterable[tuple[str, ...]]) -> tuple[StagedFile, ...]:
    """Return the index of all that stands in the lists of `site`, one entry for each item.

    Args:
        site: What is shown.
        synonyms: Groups of words that mean the same in the region.
    """
    catalogue = site.catalogue
    read = [one.read(html) for one in entries(catalogue, site.audience.roles)]
    documents = [document for document, _ in read]
    basis = Basis.of(documents, seeds(catalogue))
    make = Pages(basis)
    shown = {document.address: _shown(document, headings) for document, headings in read}
    files = shards.files(
        [make.page(document) for document in documents],
        basis,
        {address: one for address, (one, _) in shown.items()},
        relations(catalogue, synonyms),
        catalogue.region.id,
    )
    texts = {f"{text.name}.js": text.text for _, text in shown.values() if text}
    index = (StagedFile(f"{SEARCH_INDEX}{name}", text) for name, text in {**files, **texts}.items())
    return (*index, *(StagedFile(path, text) for path, text in _scripts().items()))


@lru_cache
def _scripts() -> dict[str, str]:
    """Return the theme's search as one script, and its header as another for a folder on disk; by path."""
    folder = resources.files("kompetanse_theme") / "assets/kompetanse"
    modules = {one.name: one.read_text("utf-8") for one in folder.iterdir() if one.name.endswith(".js")}
    return {
        SEARCH_SCRIPT: classic(
            modules, "search-all.js", "kompetanseSearch", ("mount", "mountPage", "sourceOf")
        ),
        FOLDER_SCRIPT: classic(modules, "header.js", "kompetanseHeader", ("mountSearch",)),
    }


def _shown(document: Document, headings: Iterable[Heading]) -> tuple[shards.Shown, shards.File | None]:
    """Return what is shown of a page, and the file from which the part that was asked for is shown."""
    shown = shards.Shown(
        document.title,
        next(iter(document.facets.get("kind", ())), "page"),
        document.language,
        _beginning(document.summary or document.body),
        tuple(shards.Heading(one.anchor, one.text) for one in headings if one.anchor),
    )
    return with_text(shown, "\n".join(filter(None, (document.summary, document.body))))


def _beginning(text: str) -> str:
    """Return how `text` begins, on one line and with whole words."""
    line = re.sub(r"\s+", " ", text[: 2 * shards.MOST_EXTRACT]).strip()
    if len(line) <= shards.MOST_EXTRACT:
        return line
    return line[: shards.MOST_EXTRACT - 2].rpartition(" ")[0] + " …"
