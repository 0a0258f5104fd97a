"""How much of a file from elsewhere is too much."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What is too much of an archive; bytes are counted while they unfold, whatever the archive says of itself.

    Attributes:
        entries: How many files it may hold.
        one: Bytes of one file.
        in_memory: Bytes of one file that is read whole.
        everything: Bytes of all that is unfolded.
        ratio: How many times its packed size a file may have, once it is larger than `free`.
        free: Bytes to which any file may unfold: a page of blanks packs well.
    """

    entries: int = 20_000
    one: int = 500 * 2**20
    in_memory: int = 100 * 2**20
    everything: int = 2 * 2**30
    ratio: int = 200
    free: int = 10 * 2**20


LIMITS = Limits()
"""Far above every course we know: 500 pages with 300 MB of pictures are a sixth of it."""
