"""A region on disk as its stage, without git, engine or clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kompetanse.content.link import link
from kompetanse.content.reading import read_region_at
from kompetanse.model.catalogue import Catalogue
from kompetanse.model.history import Change, History
from kompetanse.pages.stage import Stage, stage
from kompetanse.pages.view import Site

TODAY = date(2026, 11, 24)
MOMENT = datetime(2026, 11, 20, 12, tzinfo=UTC)
CHANGE = Change(date(2026, 11, 20), "0123456789abcdef0123456789abcdef01234567", MOMENT)


@pytest.fixture
def site_of() -> Callable[[Path], Site]:
    """Read a region as if every file was changed in one commit."""

    def read(root: Path) -> Site:
        library = read_region_at(root, "content", TODAY).library
        catalogue: Catalogue = link(library)
        history = History("full", CHANGE, {one.path: CHANGE for one in library.documents})
        return Site(catalogue, history, TODAY)

    return read


@pytest.fixture
def stage_of(site_of: Callable[[Path], Site]) -> Callable[[Path], Stage]:
    """Stage a region on a given day."""

    def make(root: Path) -> Stage:
        assets = read_region_at(root, "content", TODAY).library.assets
        return stage(site_of(root), assets, {})

    return make


@pytest.fixture
def pages_of(stage_of: Callable[[Path], Stage]) -> Callable[[Path], dict[str, str]]:
    """Return the staged pages of a region: address → Markdown."""

    def make(root: Path) -> dict[str, str]:
        return {file.path: file.text for file in stage_of(root).files}

    return make


@pytest.fixture
def case() -> Callable[[str], Path]:
    """Return the folder of a golden case."""
    return lambda name: Path(__file__).parent / "cases" / name
