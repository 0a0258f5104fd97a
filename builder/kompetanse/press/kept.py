"""Converted texts kept between builds, found by what they were made from.

A text's key is a hash of the finished Markdown and of everything that turns it into HTML: an entry can fall out of use
and never out of date, and one from another machine is as good as one's own. What lies in a cache is not trusted: an
entry whose own hash does not fit is made anew, and it holds data only, nothing that runs.
"""

from __future__ import annotations

import json
import platform
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from importlib import metadata, resources
from pathlib import Path

from kompetanse.press.converting import Converted, Heading
from kompetanse.press.opening import PATIENCE, opened

NAME = "pages.sqlite"
_ENGINE = ("Markdown", "pymdown-extensions", "Pygments", "nh3")
_ROOMS = ("render", "press")
"""Our own code that decides how a text is converted or kept."""

_TABLE = "CREATE TABLE IF NOT EXISTS converted (key BLOB PRIMARY KEY, value BLOB, hash BLOB) WITHOUT ROWID"


class Kept:
    """The converted texts of earlier builds; one that cannot be opened keeps nothing and says why."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / NAME
        self.fault: str | None = None
        self._patience = PATIENCE

    def read(self, texts: Iterable[str]) -> dict[str, Converted]:
        """Return those of `texts` that are kept, whole and unharmed."""
        if not self.file.exists():
            return {}
        try:
            with opened(self.file, self._patience) as base:
                found = ((text, _row(base, key(text))) for text in texts)
                return {text: value for text, row in found if row and (value := _understood(*row))}
        except sqlite3.Error as error:
            self._forget(error)
            return {}

    def write(self, made: Mapping[str, Converted]) -> None:
        """Keep `made`; a cache that cannot be written costs time and nothing else."""
        rows = [(key(text), *_written(value)) for text, value in made.items()]
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with opened(self.file, self._patience) as base, base:
                base.execute(_TABLE)
                base.executemany("INSERT OR REPLACE INTO converted VALUES (?, ?, ?)", rows)
        except (sqlite3.Error, OSError) as error:
            self.fault, self._patience = str(error), 0.0

    def _forget(self, error: sqlite3.Error) -> None:
        """Take away a damaged file; one that is only busy stays."""
        self.fault = str(error)
        if not isinstance(error, sqlite3.OperationalError):
            with suppress(OSError):
                self.file.unlink()


def _row(base: sqlite3.Connection, wanted: bytes) -> tuple[object, object] | None:
    found: tuple[object, object] | None = base.execute(
        "SELECT value, hash FROM converted WHERE key = ?", (wanted,)
    ).fetchone()
    return found


def key(text: str) -> bytes:
    """Return the key of finished Markdown `text` under the engine that runs here."""
    return sha256(engine() + text.encode()).digest()


@lru_cache
def engine() -> bytes:
    """Return a hash of everything but the text that decides what it is converted to."""
    versions = [f"{name} {metadata.version(name)}" for name in _ENGINE]
    python = ".".join(platform.python_version_tuple()[:2])
    return sha256(b"\0".join(("\n".join([python, *versions]).encode(), *_own_code()))).digest()


def _own_code() -> Iterator[bytes]:
    for room in _ROOMS:
        files = (one for one in (resources.files("kompetanse") / room).iterdir() if one.name.endswith(".py"))
        yield from (file.read_bytes() for file in sorted(files, key=lambda one: one.name))


def _written(value: Converted) -> tuple[bytes, bytes]:
    """Write the headings on the first row and the HTML as it is below it, so that nobody reads it sign by sign."""
    toc = json.dumps(
        [[one.anchor, one.title] for one in value.toc], ensure_ascii=False, separators=(",", ":")
    )
    text = f"{toc}\n{value.html}".encode()
    return text, sha256(text).digest()


def _understood(text: object, digest: object) -> Converted | None:
    if not isinstance(text, bytes) or sha256(text).digest() != digest:
        return None
    toc, _, html = text.decode().partition("\n")
    return Converted(html, tuple(Heading(*one) for one in json.loads(toc)))
