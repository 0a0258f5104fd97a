"""Files of a source that were read once, by their id in git; each is checked against its id and put in place by rename."""

from __future__ import annotations

import os
import threading
import zlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kompetanse.model.blob import blob_id
from kompetanse.sharing.address import RefusedError


@dataclass(frozen=True, slots=True)
class Blobs:
    """A folder of contents, `ab/cdef…`, named by id and packed by zlib."""

    folder: Path

    def read(self, oids: Iterable[str]) -> dict[str, bytes]:
        """Return those that are here and whole; a damaged one is taken away, so that it comes anew."""
        found: dict[str, bytes] = {}
        for oid in oids:
            with suppress(OSError):
                data = _unpacked(self._path(oid).read_bytes())
                if blob_id(data) == oid:
                    found[oid] = data
                else:
                    self._path(oid).unlink()
        return found

    def keep(self, oid: str, data: bytes) -> bytes:
        """Keep contents that must have the id `oid`, and return them.

        Raises:
            RefusedError: When they have another id.
        """
        if blob_id(data) != oid:
            raise RefusedError(f"The source gave other contents for {oid} than its id says")
        path = self._path(oid)
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f".new-{os.getpid()}-{threading.get_ident()}-{oid}")
        try:
            aside.write_bytes(zlib.compress(data, 1))
            aside.replace(path)
        except BaseException:
            with suppress(OSError):
                aside.unlink()
            raise
        return data

    def _path(self, oid: str) -> Path:
        return self.folder / oid[:2] / oid[2:]


def _unpacked(data: bytes) -> bytes:
    """Return the contents; nothing when they are damaged, which has no file's id."""
    try:
        return zlib.decompress(data)
    except zlib.error:
        return b"damaged"
