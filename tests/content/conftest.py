"""A library of a few files, without git and without the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from kompetanse.content.library import Library
from kompetanse.content.link import link
from kompetanse.content.reading import read_region_at
from kompetanse.model.catalogue import Catalogue

TODAY = date(2026, 11, 24)
REGION_YML = "id: testvik\nname: Testvik\nlanguages: [nb, nn, en]\n"

MakeLibrary = Callable[[Mapping[str, str]], Library]


@pytest.fixture
def library(tmp_path: Path) -> MakeLibrary:
    """Write files, whose paths start in the content folder, and read them."""

    def make(files: Mapping[str, str]) -> Library:
        (tmp_path / "region.yml").write_text(REGION_YML, encoding="utf-8")
        (tmp_path / "content").mkdir(exist_ok=True)
        for name, text in files.items():
            path = tmp_path / "content" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return read_region_at(tmp_path, "content", TODAY).library

    return make


@pytest.fixture
def catalogue(library: MakeLibrary) -> Callable[[Mapping[str, str]], Catalogue]:
    """Write files, read them and link them."""
    return lambda files: link(library(files))
