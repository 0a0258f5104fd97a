"""How much of a source is too much."""

from __future__ import annotations

from dataclasses import dataclass

from kompetanse.git import foreign


@dataclass(frozen=True, slots=True)
class Limits:
    """What is too much of a source.

    Attributes:
        paths: Files of one commit.
        transfer: Bytes of one fetch.
        blob: Bytes of one file.
        read: Bytes of all files that are asked for at once.
        seconds: Of one request.
    """

    paths: int = foreign.MOST_PATHS
    transfer: int = 200 * 2**20
    blob: int = 20 * 2**20
    read: int = 500 * 2**20
    seconds: float = 300


LIMITS = Limits()
