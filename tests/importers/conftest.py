"""Tables as people export them, and `kompetanse import` as the tests call it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def table(tmp_path: Path) -> Callable[[str | bytes], Path]:
    """Write a table beside the region."""

    def write(text: str | bytes) -> Path:
        path = tmp_path / "tabell.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write
