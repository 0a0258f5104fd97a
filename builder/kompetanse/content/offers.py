"""Read and write `.kompetanse/offers/<source>.json`: what other regions offer, kept with the region's content.

The file has `version`, what all its offers have in common, and `offers`, one in a row, so that git shows which course is new:

{
"version": 1,
"region": "nordvik",
"region_name": "Nordvik",
"offers": [
{"id": "brannvern", "title": "Brannvern for alle", "language": "nb", "licence": "CC-BY-4.0", "minutes": 45}
]
}

Keys are those of `Offer`; what a row lacks it takes from the file. Commands write it; what stands in it came from others.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from kompetanse.content import files
from kompetanse.content.frontmatter import Source
from kompetanse.content.keys import declared
from kompetanse.content.offer_keys import OfferKeys, OffersKeys
from kompetanse.content.validate import read
from kompetanse.errors import Problem, Severity
from kompetanse.model.offer import FOLDER, Offer

VERSION = 1
"""Of the format; a later one is not read."""

MOST_BYTES, MOST_OFFERS = 25_000_000, 20_000
"""Of one file."""

_COMMON = ("region", "region_name", "repository", "commit")


def path_of(source: str) -> PurePosixPath:
    """Return where the offers of `source` are kept, relative to the region's root."""
    return FOLDER / f"{source}.json"


def text_of(offers: Iterable[Offer]) -> str:
    """Return the file that keeps `offers`, which are all of one source; the same offers give the same text.

    They are sorted by id; of two with the same id the first one stands.
    """
    found = {one.id: one for one in reversed(tuple(offers))}
    rows = [_row(found[id_]) for id_ in sorted(found)]
    shared = {key: rows[0][key] for key in _COMMON if rows and all(key in row for row in rows)}
    common = {key: value for key, value in shared.items() if all(row[key] == value for row in rows)}
    head = [f"{_json(key)}: {_json(value)}," for key, value in ({"version": VERSION} | common).items()]
    body = [_json({key: value for key, value in row.items() if key not in common}) for row in rows]
    return "\n".join(("{", *head, '"offers": [', ",\n".join(body), "]", "}", ""))


def _row(offer: Offer) -> dict[str, Any]:
    values = {one.name: getattr(offer, one.name) for one in fields(offer) if one.name != "source"}
    return {key: _plain(value) for key, value in values.items() if value not in (None, "", ())}


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, date) else value


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def read_offers(root: Path) -> tuple[tuple[Offer, ...], tuple[Problem, ...]]:
    """Return what other regions offer the one at `root`, by source and id, and every problem of the files that say so.

    A file that cannot be read, or a row that does not hold, is left out; the rest is used.
    """
    offers: list[Offer] = []
    problems: list[Problem] = []
    for path in _files(root):
        own, wrong = read_file(path, _text(root, path))
        offers += own
        problems += wrong
    return tuple(offers), tuple(problems)


def read_offers_of(root: Path, source: str) -> tuple[tuple[Offer, ...], tuple[Problem, ...]]:
    """Return what one source offers the region at `root`, as `read_offers` does for all; nothing when nothing is kept."""
    path = path_of(source)
    return read_file(path, _text(root, path)) if path in _files(root) else ((), ())


def _files(root: Path) -> list[PurePosixPath]:
    folder = root / FOLDER
    found = folder.glob("*.json") if folder.is_dir() and not folder.is_symlink() else ()
    return sorted(FOLDER / one.name for one in found if not one.name.startswith("."))


def _text(root: Path, path: PurePosixPath) -> str | Problem:
    if (root / path).is_symlink():
        return Problem(path, 0, "", "symlink-out-of-tree", Severity.ERROR)
    return files.read(root, path, MOST_BYTES)


def read_file(path: PurePosixPath, text: str | Problem) -> tuple[tuple[Offer, ...], tuple[Problem, ...]]:
    """Return the offers in the `text` of the file at `path`, and its problems; a file is named after its source."""
    if isinstance(text, Problem):
        return (), (text,)
    try:
        meta = json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        return (), (_problem(path, "offers-not-json", error.lineno, reason=error.msg),)
    except (
        RecursionError,
        ValueError,
    ) as error:  # nested too deep, a number of 5000 digits, or a key given twice
        return (), (_problem(path, "offers-not-json", 1, reason=str(error)),)
    if not isinstance(meta, dict):
        return (), (_problem(path, "offers-not-json", 1, reason="no object"),)
    if isinstance(meta.get("version"), int) and meta["version"] > VERSION:
        return (), (_problem(path, "offers-newer", 1),)
    return _offers(_Kept(path, meta, text, ""))


class _Kept(Source):
    """A file as we write it; of another form only its first line is pointed at."""

    @cached_property
    def lines(self) -> dict[str, int]:
        """Line (from 1) of each key and each offer."""
        found: dict[str, int] = {}
        offers = 0
        for line, row in enumerate(self.raw.split("\n")[1:], 2):
            if row.startswith("{"):
                found[f"offers[{offers}]"] = line
                offers += 1
            elif row.startswith('"'):
                found[row[1:].partition('"')[0]] = line
        return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _problem(path: PurePosixPath, code: str, line: int, /, **values: str) -> Problem:
    return Problem(path, line, "", code, Severity.ERROR, values)


def _offers(source: Source) -> tuple[tuple[Offer, ...], tuple[Problem, ...]]:
    head, problems = read(OffersKeys, source)
    found: dict[str, Offer] = {}
    wrong = list(problems)
    for index, row in enumerate(head.offers if head else ()):
        key = f"offers[{index}]"
        if index == MOST_OFFERS:
            wrong.append(source.problem(key, "too-many", limit=str(MOST_OFFERS)))
            break
        offer, own = _offer(source, key, row)
        wrong += own
        if offer and offer.id in found:
            wrong.append(source.problem(f"{key}.id", "offer-twice", id=offer.id))
        elif offer:
            found[offer.id] = offer
    return tuple(found.values()), tuple(wrong)


def _offer(source: Source, key: str, row: Any) -> tuple[Offer | None, Iterable[Problem]]:
    if not isinstance(row, dict):
        return None, (source.problem(key, "wrong-type", expected="mapping"),)
    common = {name: source.meta[name] for name in _COMMON if name in source.meta}
    keys, problems = read(OfferKeys, Source(source.path, common | row, "", ""))
    placed = [source.problem(f"{key}.{one.key}", one.code, one.severity, **one.values) for one in problems]
    return (_made(source.path.stem, keys) if keys else None), placed


def _made(source: str, keys: OfferKeys) -> Offer:
    values: dict[str, Any] = {name: getattr(keys, name) for name in declared(OfferKeys)}
    return Offer(source=source, **values)
