"""Tables as people export them, and regions into which a course was imported."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Region
from tests.importers.newer import Commit, Merged, page
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


@pytest.fixture
def empty(region: Region) -> Path:
    return region({"content/index.md": "# Testvik\n"})


@pytest.fixture
def course(empty: Path, tmp_path: Path, run: Any, commit: Commit) -> Path:
    """Return the folder of a course that was imported and committed."""
    run(empty, "import", str(page(tmp_path / "gammel")))
    commit(empty)
    return empty / "content/kurs/brannvern"


@pytest.fixture
def merged(course: Path, tmp_path: Path, run: Any, commit: Commit) -> Merged:
    return Merged(course, tmp_path / "ny/gammel", run, commit)
