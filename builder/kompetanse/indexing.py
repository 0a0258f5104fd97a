"""What the browser's search reads: its index as files of the stage, the same for the same texts."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib import resources
from pathlib import Path

from kompetanse import __version__
from kompetanse.model.own_address import FOLDER_SCRIPT, SEARCH_INDEX, SEARCH_SCRIPT
from kompetanse.pages.classic_script import classic
from kompetanse.pages.file import StagedFile
from kompetanse.pages.view import Site
from kompetanse.render import html
from kompetanse.timing import timed
from kompetanse_search.entry import entries, relations, seeds
from kompetanse_search.ledger import Ledger
from kompetanse_search.offered import offered_entries


@timed("search")
def index_files(
    site: Site, synonyms: Iterable[tuple[str, ...]], ledger: Path | None = None
) -> tuple[StagedFile, ...]:
    """Return the index of all that stands in the lists of `site`, one entry for each item and each offer of others.

    Args:
        site: What is shown.
        synonyms: Groups of words that mean the same in the region.
        ledger: Folder that knows what was made last time, so that only what changed is made again; None for none.
    """
    catalogue = site.catalogue
    files = Ledger(ledger, __version__).files(
        (*entries(catalogue, site.audience.roles), *offered_entries(site.offered.places)),
        html,
        seeds(catalogue),
        relations(catalogue, synonyms),
        catalogue.region.id,
    )
    index = (StagedFile(f"{SEARCH_INDEX}{name}", text) for name, text in files.items())
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
