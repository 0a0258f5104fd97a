"""Queries that found nothing, noted down on the machine of whoever asked for it and nowhere else."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from kompetanse.errors import KompetanseError

LONGEST = 200
"""Letters of a query that are noted down."""


@dataclass(frozen=True, slots=True)
class ZeroHits:
    """A file with a query in each row."""

    path: Path

    def note(self, query: str) -> None:
        """Add a query.

        Raises:
            KompetanseError: When the file cannot be written.
        """
        row = " ".join(query.split())[:LONGEST]
        try:
            with self.path.open("a", encoding="utf-8", errors="replace") as stream:
                stream.write(f"{row}\n")
        except OSError as error:
            raise KompetanseError(
                f"Could not write {self.path}: {error.strerror}. Leave out --remember, or make room there"
            ) from error

    def counted(self) -> list[tuple[str, int]]:
        """Return each query and how often it was noted down, the most frequent first; none without the file."""
        try:
            rows = self.path.read_text(encoding="utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return []
        counts = Counter(row.casefold() for row in rows if row)
        return sorted(counts.items(), key=lambda one: (-one[1], one[0]))
