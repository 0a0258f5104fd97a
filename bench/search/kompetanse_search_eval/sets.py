"""A set to measure with: collections of documents, and queries whose answers are known.

`<collection>.jsonl` has one document a line: `id`, `lang`, `title`, `headings`, `body`. `queries.jsonl` has one query a line:
`collection`, `set`, `query`, `relevant` ids, and ids to `exclude` from the ranking before it is counted.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kompetanse_search.document import Document

GROUPS = {
    "split": "compound",
    "head": "compound",
    "nn2nb": "language",
    "nb2nn": "language",
    "fold_a": "fold",
    "fold_aa": "fold",
}
"""First part of a set's name → group. A set that is not here is in the group of that name."""


class SetError(Exception):
    """The folder holds no set that can be read: one sentence with file, and line where there is one."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A query whose answers are known."""

    collection: str
    group: str
    text: str
    relevant: frozenset[str]
    excluded: frozenset[str]


@dataclass(frozen=True, slots=True)
class TestSet:
    """What is measured with; documents by the name of their collection."""

    __test__ = False

    collections: Mapping[str, tuple[Document, ...]]
    queries: tuple[Judged, ...]


def read(folder: Path) -> TestSet:
    """Return the set in `folder`. Raises `SetError` when a file is missing or a line is not what it should be."""
    queries = tuple(_judged(row, where) for where, row in _rows(folder / "queries.jsonl"))
    names = sorted({one.collection for one in queries})
    return TestSet({name: _documents(folder / f"{name}.jsonl") for name in names}, queries)


def _documents(path: Path) -> tuple[Document, ...]:
    return tuple(_document(row, where) for where, row in _rows(path))


def _rows(path: Path) -> Iterator[tuple[str, Any]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SetError(f"{path}: cannot be read: {error}") from error
    for number, line in enumerate(lines, start=1):
        if line:
            try:
                yield f"{path}:{number}", json.loads(line)
            except ValueError as error:
                raise SetError(f"{path}:{number}: is not JSON: {error}") from error


def _judged(row: Any, where: str) -> Judged:
    try:
        name = str(row["set"]).partition(".")[0]
        relevant, excluded = frozenset(row["relevant"]), frozenset(row.get("exclude", ()))
        judged = Judged(row["collection"], GROUPS.get(name, name), row["query"], relevant, excluded)
    except (KeyError, TypeError, AttributeError) as error:
        raise SetError(f"{where}: is no query: {error!r}") from error
    if not relevant:
        raise SetError(f"{where}: has no relevant id")
    return judged


def _document(row: Any, where: str) -> Document:
    try:
        headings = tuple(row.get("headings") or ())
        return Document(row["id"], row["lang"], row["title"] or "", headings, body=row["body"])
    except (KeyError, TypeError, AttributeError) as error:
        raise SetError(f"{where}: is no document: {error!r}") from error
