"""Find and read the files of a content folder; say what keeps one from being read."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kompetanse.errors import Problem, Severity

MAX_BYTES = 5_000_000
"""A text file larger than this is no text file: ten novels."""

_TEXT = frozenset({".md", ".markdown"})
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Tree:
    """What lies in a content folder.

    Attributes:
        documents: Markdown files, relative to the region's root, sorted.
        assets: All other files, likewise.
        problems: What could not be taken in.
    """

    documents: tuple[PurePosixPath, ...]
    assets: tuple[PurePosixPath, ...]
    problems: tuple[Problem, ...]


def scan(content: Path) -> Tree:
    """List what lies in `content`; hidden files and folders are left out, links that lead out are problems."""
    found = sorted(
        _walk(content, content.resolve(), PurePosixPath(content.name)), key=lambda one: str(_path(one))
    )
    problems = [one for one in found if isinstance(one, Problem)]
    paths = [one for one in found if isinstance(one, PurePosixPath)]
    documents = [path for path in paths if path.suffix.lower() in _TEXT]
    assets = [path for path in paths if path.suffix.lower() not in _TEXT]
    return Tree(tuple(documents), tuple(assets), tuple(problems))


def _path(one: Problem | PurePosixPath) -> PurePosixPath:
    return one.path if isinstance(one, Problem) else one


def _walk(folder: Path, top: Path, path: PurePosixPath) -> Iterator[PurePosixPath | Problem]:
    try:
        with os.scandir(folder) as found:
            entries = list(found)
    except OSError as error:
        yield _problem(path, "unreadable-file", reason=error.strerror or "")
        return
    for entry in entries:
        if not entry.name.startswith("."):
            yield from _found(entry, top, path / _shown(entry.name))


def _found(entry: os.DirEntry[str], top: Path, here: PurePosixPath) -> Iterator[PurePosixPath | Problem]:
    if here.name != entry.name:
        yield _problem(here, "name-not-utf-8")
    elif entry.is_symlink() and not _stays_inside(Path(entry.path), top):
        yield Problem(here, 0, "", "symlink-out-of-tree", Severity.ERROR)
    elif entry.is_dir():
        yield from _walk(Path(entry.path), top, here)
    elif entry.is_file():
        yield here


def _shown(name: str) -> str:
    """Return the name of a file as it can be written: bytes that are no UTF-8 come as surrogates."""
    return name if name.isascii() else os.fsencode(name).decode(errors="replace")


def _stays_inside(link: Path, top: Path) -> bool:
    """Tell whether `link` leads to a file inside `top`; a link to a folder may be a circle and never does."""
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):
        return False
    return target.is_relative_to(top) and not target.is_dir()


def read(root: Path, path: PurePosixPath, limit: int = MAX_BYTES) -> str | Problem:
    """Return the text of a file with `\\n` for every row end, or the one problem that kept us from it."""
    try:
        with open(f"{root}/{path}", "rb") as stream:  # noqa: PTH123 (a third of the time of Path.open)
            data = stream.read(limit + 1)
    except OSError as error:
        return _problem(path, "unreadable-file", reason=error.strerror or "")
    return decode(path, data, limit)


def decode(path: PurePosixPath, data: bytes, limit: int = MAX_BYTES) -> str | Problem:
    """Return the text that the contents of the file at `path` are, likewise."""
    if len(data) > limit:
        return _problem(path, "file-too-large", limit=str(limit // 1_000_000))
    if b"\0" in data:
        return _problem(path, "nul-byte", line=data.count(b"\n", 0, data.index(b"\0")) + 1)
    try:
        text = data.removeprefix(_BOM).decode()
    except UnicodeDecodeError as error:
        return _problem(path, "not-utf-8", line=data.count(b"\n", 0, error.start) + 1)
    if not text.strip():
        return _problem(path, "empty-file")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def name_problems(path: PurePosixPath) -> Iterator[Problem]:
    """Say what makes the name of a file a bad address."""
    text = str(path)
    if text.isascii() and " " not in text:
        return
    if " " in text:
        yield _problem(path, "space-in-name")
    if not unicodedata.is_normalized("NFC", text):
        yield _problem(path, "name-not-nfc")


def _problem(
    path: PurePosixPath, code: str, severity: Severity = Severity.ERROR, line: int = 0, **values: str
) -> Problem:
    return Problem(path, line, "", code, severity, values)
