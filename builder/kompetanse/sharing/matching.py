"""Which file is which after files were moved: by the module's id first, then by path, then by equal content."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePosixPath

Files = Mapping[PurePosixPath, str]
"""Blob ids by path."""

Read = Callable[[Iterable[str]], Mapping[str, bytes]]
"""Blob ids → contents, all in one request; what cannot be found is left out."""

_HEAD = 4096
_ID_ROW = re.compile(rb"^id:[ \t]*[\"']?([a-z0-9][a-z0-9-]*)", re.MULTILINE)
_TEXT = frozenset({".md", ".markdown"})


def same_files(before: Files, after: Files, read: Read) -> dict[PurePosixPath, PurePosixPath]:
    """Return where each file of `before` lies in `after`; files that are there no more are left out.

    Git's own search for renames is not used: it compares contents, which costs one download a file.

    Args:
        before: The files as they were.
        after: The files as they are.
        read: Asked once, for the Markdown files that differ or have moved.
    """
    found = {path: path for path, oid in before.items() if after.get(path) == oid}
    for pairs in (_by_id, _by_path, _by_content):
        left = {path: oid for path, oid in before.items() if path not in found}
        reached = set(found.values())
        free = {path: oid for path, oid in after.items() if path not in reached}
        if not left or not free:
            break
        found |= pairs(left, free, read)
    return found


def module_id(data: bytes) -> str | None:
    """Return the `id` that the front matter of a Markdown file gives itself."""
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    if not head.startswith(b"---"):
        return None
    keys, _, _ = head.replace(b"\r\n", b"\n").partition(b"\n---")
    given = _ID_ROW.search(keys)
    return given[1].decode() if given else None


def _by_id(before: Files, after: Files, read: Read) -> dict[PurePosixPath, PurePosixPath]:
    texts = {oid for side in (before, after) for path, oid in side.items() if path.suffix.lower() in _TEXT}
    ids = {oid: module_id(data) for oid, data in read(sorted(texts)).items()}
    here, there = (_only(side, lambda path, oid: ids.get(oid)) for side in (before, after))
    return {path: there[id_] for id_, path in here.items() if id_ in there}


def _by_path(before: Files, after: Files, read: Read) -> dict[PurePosixPath, PurePosixPath]:
    return {path: path for path in before if path in after}


def _by_content(before: Files, after: Files, read: Read) -> dict[PurePosixPath, PurePosixPath]:
    here, there = (_only(side, lambda path, oid: oid) for side in (before, after))
    return {path: there[oid] for oid, path in here.items() if oid in there}


def _only(files: Files, mark: Callable[[PurePosixPath, str], str | None]) -> dict[str, PurePosixPath]:
    """Return the files by their mark, those left out that have none or share it."""
    marks = {path: given for path, oid in files.items() if (given := mark(path, oid))}
    often = Counter(marks.values())
    return {given: path for path, given in marks.items() if often[given] == 1}
