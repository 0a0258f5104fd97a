"""What a site was made from and what was made, so that the next build can tell that nothing has changed.

A record is never trusted: it says only what every file was, and a file is as it was when its size and times are, or
else when its contents are. Times prove nothing when they are near the moment of the record, where a file can be written
twice in a tick of the clock, or in the future, where the clock was set otherwise; the contents are read then.
"""

from __future__ import annotations

import json
import os
import sys
import sysconfig
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

FORM = 1
"""Of the record. Another one is never read."""

_SETTINGS = ("region.yml", "synonyms.yml", "mkdocs.yml")
_KEPT = ".kompetanse"
_OURS = ("kompetanse", "kompetanse_theme", "kompetanse_plugins", "kompetanse_search")
_ELSEWHERE = (b"INHERIT", b"!ENV", b"!relative")
"""What lets `mkdocs.yml` say something that stands in no file of the region."""

_TICK = 2_000_000_000
"""Nanoseconds: the coarsest clock of a file system, FAT's."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What a file was.

    Attributes:
        size: In bytes.
        modified, changed: Times of its contents and of its entry, in nanoseconds since 1970.
        link: Where it leads; empty when it is no link.
    """

    size: int
    modified: int
    changed: int
    link: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """Some files at one moment.

    Attributes:
        at: The moment, in nanoseconds since 1970.
        files: What each was, by path, and the hash of its contents.
    """

    at: int
    files: Mapping[str, tuple[Sight, str]]


@dataclass(frozen=True, slots=True)
class Said:
    """What a build said, to be said again.

    Attributes:
        problems: What is wrong, in words; empty when nothing is.
        faults: How many errors and warnings there are.
        items, numbers: How many items of each kind, and problems of each severity.
        exit: The exit code.
        packages: How many packages there are.
    """

    problems: str
    faults: int
    items: Mapping[str, int]
    numbers: Mapping[str, int]
    exit: int
    packages: int


@dataclass(frozen=True, slots=True)
class Record:
    """The record of one site.

    Attributes:
        file: Where it is kept.
        root: The region's root.
        content: Name of the content folder in it.
        target: The folder of the site.
        mark: All that the site depends on and that is no file of the region.
    """

    file: Path
    root: Path
    content: str
    target: Path
    mark: str

    @classmethod
    def of(cls, folder: Path, root: Path, content: str, target: Path, others: Iterable[str]) -> Record:
        """Return the record in the cache `folder`; `others` is what the site depends on beside its files and our code."""
        names = (str(root.resolve()), content, str(target.absolute()))
        name = sha256("\0".join(names).encode(errors="replace"))
        mark = "\n".join((str(FORM), tools(), *others))
        return cls(folder / "builds" / f"{name.hexdigest()[:20]}.json", root, content, target, mark)

    def sources(self) -> Seen | None:
        """Look at all that the site is made from, before it is read; None when that cannot be told."""
        with suppress(OSError):
            if not _is_elsewhere(self.root):
                return look(_sources(self.root, self.content))
        return None

    def holds(self) -> Said | None:
        """Return what the build said when nothing has changed since; None when something has, or nobody knows."""
        try:
            data = self._read()
            if data["mark"] != self.mark or _is_elsewhere(self.root):
                return None
            same = is_same(_seen(data["sources"]), _sources(self.root, self.content)) and is_same(
                _seen(data["site"]), below(self.target)
            )
            return Said(**data["said"]) if same else None
        except (OSError, ValueError, TypeError, LookupError):
            return None

    def _read(self) -> dict[str, Any]:
        digest, _, text = self.file.read_bytes().partition(b"\n")
        if sha256(text).hexdigest().encode() != digest:
            raise ValueError("damaged")
        found: dict[str, Any] = json.loads(text)
        return found

    def keep(self, sources: Seen, written: Mapping[str, str], said: Said) -> None:
        """Keep what was made from `sources`: the files of the site with the hash of each; what cannot be kept costs time only."""
        with suppress(OSError, LookupError):
            site = {path: (sight, written[path]) for path, sight in _sights(below(self.target))}
            found = {"mark": self.mark, "said": asdict(said), "sources": _plain(sources)}
            text = json.dumps(found | {"site": _plain(Seen(time.time_ns(), site))}).encode()
            self.file.parent.mkdir(parents=True, exist_ok=True)
            aside = self.file.with_suffix(f".{os.getpid()}")
            aside.write_bytes(sha256(text).hexdigest().encode() + b"\n" + text)
            aside.replace(self.file)

    def forget(self) -> None:
        """Keep nothing: another site is about to be written."""
        with suppress(OSError):
            self.file.unlink(missing_ok=True)


def look(files: Iterable[tuple[str, os.DirEntry[str] | Path]]) -> Seen:
    """Look at files and read them."""
    at = time.time_ns()
    return Seen(at, {name: (sight(file), _digest(file)) for name, file in files})


def is_same(seen: Seen, files: Iterable[tuple[str, os.DirEntry[str] | Path]]) -> bool:
    """Tell whether `files` are those that were seen, and each is as it was."""
    now, left = time.time_ns(), len(seen.files)
    for name, file in files:
        known = seen.files.get(name)
        if known is None or not _is_as_it_was(*known, file, min(seen.at, now) - _TICK):
            return False
        left -= 1
    return not left


def _is_as_it_was(before: Sight, digest: str, file: os.DirEntry[str] | Path, safe: int) -> bool:
    """Tell whether a file is as it was; times after `safe` prove nothing."""
    found = sight(file)
    if found == before and max(found.modified, found.changed) < safe:
        return True
    return (found.size, found.link) == (before.size, before.link) and _digest(file) == digest


def sight(file: os.DirEntry[str] | Path) -> Sight:
    """Return what a file is."""
    link = str(Path(file).readlink()) if file.is_symlink() else ""
    found = file.stat()
    if _leads_to_folder(file):
        return Sight(0, 0, 0, link)
    return Sight(found.st_size, found.st_mtime_ns, found.st_ctime_ns, link)


def _digest(file: os.DirEntry[str] | Path) -> str:
    return "" if _leads_to_folder(file) else sha256(_contents(file)).hexdigest()


def _leads_to_folder(file: os.DirEntry[str] | Path) -> bool:
    """Tell whether it is a link to a folder, which is read by nobody; only links are looked at twice."""
    return file.is_symlink() and os.path.isdir(file)  # noqa: PTH112 (an entry of a folder is no path)


def _contents(file: os.DirEntry[str] | Path) -> bytes:
    with open(file, "rb", buffering=0) as stream:  # noqa: PTH123 (as above)
        return stream.read()


def _sights(files: Iterable[tuple[str, os.DirEntry[str] | Path]]) -> Iterator[tuple[str, Sight]]:
    yield from ((name, sight(file)) for name, file in files)


def below(folder: Path, hidden: bool = True) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield every file below `folder` by its path in it; links to folders are files here, and none that is not there."""
    waiting = [("", os.fspath(folder))]
    while waiting:
        start, here = waiting.pop()
        with os.scandir(here) as entries:
            for entry in entries:
                if not hidden and entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((f"{start}{entry.name}/", entry.path))
                else:
                    yield f"{start}{entry.name}", entry


def _sources(root: Path, content: str) -> Iterator[tuple[str, os.DirEntry[str] | Path]]:
    yield from ((f"{content}/{path}", file) for path, file in below(root / content, hidden=False))
    if (root / _KEPT).is_dir():
        yield from ((f"{_KEPT}/{path}", file) for path, file in below(root / _KEPT))
    yield from ((name, root / name) for name in _SETTINGS if (root / name).exists())


def _is_elsewhere(root: Path) -> bool:
    """Tell whether the settings of the region's engine say something that stands in no file of the region."""
    file = root / "mkdocs.yml"
    said = file.read_bytes() if file.is_file() else b""
    return any(word in said for word in _ELSEWHERE)


@lru_cache
def tools() -> str:
    """Return a hash of all that makes a site: Python, every package that is installed, and our own code and templates."""
    folders = {sysconfig.get_path(name) for name in ("purelib", "platlib")}
    packages = (name for folder in folders for name in os.listdir(folder))  # noqa: PTH208 (names are all it takes)
    installed = sorted(name for name in packages if name.endswith((".dist-info", ".egg-info")))
    made = sha256("\n".join((sys.version, *installed)).encode())
    for package in _OURS:
        for folder in _places(package):
            for name, file in sorted(below(folder), key=lambda one: one[0]):
                if not name.endswith(".pyc"):
                    data = b"" if _leads_to_folder(file) else _contents(file)
                    made.update(f"\0{package}/{name}\0{len(data)}\0".encode(errors="replace"))
                    made.update(data)
    return made.hexdigest()


def _places(package: str) -> Iterator[Path]:
    spec = find_spec(package)
    yield from map(Path, (spec.submodule_search_locations or ()) if spec else ())


def _plain(seen: Seen) -> dict[str, object]:
    return {
        "at": seen.at,
        "files": {
            name: [one.size, one.modified, one.changed, one.link, digest]
            for name, (one, digest) in seen.files.items()
        },
    }


def _seen(data: object) -> Seen:
    if not isinstance(data, dict):
        raise TypeError("damaged")
    files = {name: (Sight(*row[:4]), str(row[4])) for name, row in data["files"].items()}
    return Seen(int(data["at"]), files)
