"""Tables as people export them, and `kompetanse import` as the tests call it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import Region
from tests.importers.tables import BRANNVERN


@pytest.fixture
def table(tmp_path: Path) -> Callable[[str | bytes], Path]:
    """Write a table beside the region."""

    def write(text: str | bytes) -> Path:
        path = tmp_path / "tabell.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


@pytest.fixture
def root(region: Region) -> Path:
    """A region with one competence."""
    return region({"content/kompetanser/brannvern.md": BRANNVERN})
