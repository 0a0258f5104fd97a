"""What tells one package from all others: the same mark is the same package, byte for byte."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator
from functools import lru_cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from pathlib import Path

from kompetanse.export.edition import Edition

_ROOMS = ("evidence", "export", "messages", "model", "pages", "render")
"""Our own code that decides what a package holds."""

_CHUNK = 1024 * 1024


def mark(edition: Edition) -> str:
    """Return the mark of the packages of `edition`: a hash of all that they are made of, 64 hexadecimal digits."""
    taught = [edition.catalogue.items.get(one.competence) for one in edition.course.teaches]
    whole = (
        edition.course,
        edition.region,
        edition.lessons,
        [(one.name, one.type, _digest(one.file)) for one in edition.media],
        edition.stamp,
        edition.version,
        edition.credit,
        edition.address,
        taught,
    )
    return hashlib.sha256(_code() + repr(whole).encode()).hexdigest()


def _digest(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as source:
        while data := source.read(_CHUNK):
            digest.update(data)
    return digest.hexdigest()


@lru_cache
def _code() -> bytes:
    """Return a hash of everything but the edition that decides what a package holds."""
    digest = hashlib.sha256("\n".join(_engines()).encode())
    ours = resources.files("kompetanse")
    theme = resources.files("kompetanse_theme") / "assets/kompetanse"
    for folder in (*(ours / room for room in _ROOMS), theme):
        for file in _files(folder):
            digest.update(file.read_bytes())
    return digest.digest()


def _engines() -> Iterator[str]:
    yield ".".join(platform.python_version_tuple()[:2])
    for name in ("Markdown", "pymdown-extensions", "Pygments", "nh3", "typst"):
        try:
            yield f"{name} {metadata.version(name)}"
        except metadata.PackageNotFoundError:
            yield f"{name} none"


def _files(folder: Traversable) -> Iterator[Traversable]:
    for one in sorted(folder.iterdir(), key=lambda found: found.name):
        if one.is_dir():
            yield from _files(one)
        elif not one.name.endswith(".pyc"):
            yield one
