"""What a page says of its licence, and what it says where nobody has settled it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from tests.pages.conftest import CHANGE, TODAY

from kompetanse.content.link import link
from kompetanse.content.reading import read_region_at
from kompetanse.model.history import History
from kompetanse.pages.stage import stage
from kompetanse.pages.view import Site

Region = Callable[[Mapping[str, str | bytes]], Path]


@pytest.fixture
def preview(region: Region) -> Mapping[str, str]:
    """Return the pages of a region with a published course and a draft whose licence is not settled, as `serve` shows them."""
    head = "---\ntype: course\nid: {id}\ntitle: Kurs\n{rows}---\n\nTekst.\n"
    root = region(
        {
            "content/avklart.md": head.format(id="avklart", rows=""),
            "content/uavklart.md": head.format(id="uavklart", rows="status: draft\nlicence: NOASSERTION\n"),
        }
    )
    library = read_region_at(root, "content", TODAY).library
    history = History("full", CHANGE, {one.path: CHANGE for one in library.documents})
    staged = stage(Site(link(library, drafts=True), history, TODAY), library.assets, {})
    return {file.path: file.text for file in staged.files}


def test_a_licence_that_nobody_has_settled_is_never_the_regions(preview: Mapping[str, str]) -> None:
    page = preview["uavklart/index.md"]

    assert page.count("Ikke avklart") == 2
    assert "creativecommons" not in page
    assert preview["avklart/index.md"].count('<a rel="license"') == 2


def test_the_page_of_licences_counts_none_that_is_not_settled(preview: Mapping[str, str]) -> None:
    assert "NOASSERTION" not in preview["lisens/index.md"]


def test_the_open_catalogue_names_no_licence_that_is_not_settled(preview: Mapping[str, str]) -> None:
    assert all("NOASSERTION" not in text for path, text in preview.items() if path.endswith(".json"))
