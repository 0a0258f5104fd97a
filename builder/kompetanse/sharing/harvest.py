"""From the bytes of another region's `catalogue.json` to offers: each course read by itself, what does not hold dropped."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import PurePosixPath
from typing import Any, TypeVar
from urllib.parse import urljoin

from pydantic import BaseModel, ValidationError

from kompetanse.content.catalogue_keys import CatalogueHead, Concept, CourseRecord, WithdrawnRecord
from kompetanse.content.frontmatter import Source
from kompetanse.content.keys import declared
from kompetanse.content.offer_keys import MOST_ENTRIES, MOST_LINE, MOST_PARAGRAPH, UNSEEN, OfferKeys
from kompetanse.content.offers import MOST_OFFERS
from kompetanse.content.validate import read
from kompetanse.model.licence import LICENCES
from kompetanse.model.offer import Offer

VERSION = 1
"""Of the form of a catalogue; a later one is not read."""

Model = TypeVar("Model", bound=BaseModel)

_SPDX = {licence.url.rstrip("/"): licence.id for licence in LICENCES.values()} | {
    "https://opensource.org/licenses/MIT": "MIT",
    "https://www.apache.org/licenses/LICENSE-2.0": "Apache-2.0",
    "https://www.opensource.org/licenses/BSD-3-Clause": "BSD-3-Clause",
}
_SPACE = re.compile(r"\s+")


class NoCatalogueError(ValueError):
    """What was answered is no catalogue; the text says why."""


@dataclass(frozen=True, slots=True)
class Harvest:
    """What a region's catalogue offers.

    Attributes:
        region: World-wide id of the region.
        name: What it calls itself.
        offers: Its courses and what it has withdrawn, by id.
        notices: What was dropped, and why, in English.
    """

    region: str
    name: str
    offers: tuple[Offer, ...]
    notices: tuple[str, ...]


def harvest(data: bytes, source: str, address: str, today: date, known: Iterable[Offer] = ()) -> Harvest:
    """Return what the catalogue `data` offers.

    Args:
        data: What was answered, decoded from any compression.
        source: How we call the region.
        address: Where it was fetched, which relative addresses start from.
        today: Nothing has changed later than tomorrow.
        known: What was kept before, for the titles of what is withdrawn.

    Raises:
        NoCatalogueError: When it is none.
    """
    head = _head(data)
    notices: list[str] = []
    titles = {one.id: one for one in known}
    place = _Place(source, address, head, today, titles, notices)
    found: dict[str, Offer] = {}
    for number, row in enumerate(head.courses[:MOST_OFFERS]):
        offer = place.offer(f"course {number + 1}", row)
        if offer and offer.id in found:
            notices.append(f"course {number + 1}: {offer.id} stands twice; the first is used")
        elif offer:
            found[offer.id] = offer
    if len(head.courses) > MOST_OFFERS:
        notices.append(f"only the first {MOST_OFFERS} of {len(head.courses)} courses are used")
    for number, row in enumerate(head.withdrawn[:MOST_OFFERS]):
        gone = place.withdrawn(f"withdrawn {number + 1}", row, found)
        found |= {gone.id: gone} if gone else {}
    offers = tuple(found[id_] for id_ in sorted(found))
    return Harvest(head.region, tidy(head.name), offers, tuple(notices))


def _head(data: bytes) -> CatalogueHead:
    try:
        whole = json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise NoCatalogueError("it is not UTF-8") from error
    except (ValueError, RecursionError) as error:
        kind = "HTML" if data.lstrip()[:1] == b"<" else "no JSON"
        raise NoCatalogueError(f"it is {kind}, and a catalogue is JSON") from error
    if not isinstance(whole, dict):
        raise NoCatalogueError("it is JSON, but no catalogue")
    version = whole.get("version")
    if type(version) is int and version > VERSION:
        raise NoCatalogueError(f"its form is version {version}; upgrade kompetanse to read it")
    head, why = _understood(CatalogueHead, whole)
    if head is None:
        raise NoCatalogueError(f"it is JSON, but no catalogue: {why}")
    return head


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is no JSON")


def _understood(model: type[Model], value: Any) -> tuple[Model | None, str]:
    """Return `value` as `model`, or why it is none."""
    try:
        return model.model_validate(value), ""
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in fault["loc"] if not str(part).startswith("function-"))
        return None, f"{where or 'it'} does not hold ({fault['type']})"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where records come from, and what is told of them."""

    source: str
    address: str
    head: CatalogueHead
    today: date
    known: Mapping[str, Offer]
    notices: list[str]

    def offer(self, name: str, row: Any) -> Offer | None:
        """Return a course as an offer; None, and a notice, when it is none."""
        record, why = _understood(CourseRecord, _tidied(row))
        region, _, id_ = record.identifier.partition("/") if record else ("", "", "")
        if record is None or region != self.head.region:
            self.notices.append(f"{name}: dropped, since {why or f'it is of another region, {region}'}")
            return None
        values = {
            key: value for key, value in self._values(id_, record).items() if value not in (None, "", [])
        }
        keys, problems = read(OfferKeys, Source(PurePosixPath("catalogue.json"), values, "", ""))
        self.notices.extend(f"{name}: {one.key} does not hold ({one.code})" for one in problems)
        return (
            Offer(source=self.source, **{one: getattr(keys, one) for one in declared(OfferKeys)})
            if keys
            else None
        )

    def _values(self, id_: str, record: CourseRecord) -> dict[str, Any]:
        return {
            "region": self.head.region,
            "region_name": tidy(self.head.name),
            "id": id_,
            "title": record.name,
            "language": record.language or next(iter(record.in_language or ()), "nb"),
            "summary": record.description,
            "licence": record.licence or (record.license and _SPDX.get(record.license.id.rstrip("/"))),
            "minutes": record.minutes,
            "levels": sorted(set(record.levels)),
            "teaches": [_title(one) for one in record.teaches][:MOST_ENTRIES],
            "audience": [_title(one) for one in record.audience][:MOST_ENTRIES],
            "authors": [one.name for one in record.creator if one.name][:MOST_ENTRIES],
            "url": self._url(record.address),
            "repository": record.repository or self.head.repository,
            "path": record.path,
            "commit": record.commit,
            "version": record.content_hash,
            "modified": self._past(record.modified),
            "based_on": [one.identifier or one.id for one in record.based_on if one.identifier or one.id],
        }

    def _url(self, written: str) -> str | None:
        """Return the address of a page in the web; none for what leads elsewhere."""
        try:
            found = urljoin(self.address, written)
        except ValueError:
            return None
        return found if found.startswith(("https://", "http://")) else None

    def _past(self, day: date | None) -> str | None:
        """Return a day as text, unless it has not come yet."""
        if day is None or day > self.today + timedelta(days=1):
            return None
        return str(day)

    def withdrawn(self, name: str, row: Any, found: Mapping[str, Offer]) -> Offer | None:
        """Return what is withdrawn as an offer, with the title it had."""
        record, why = _understood(WithdrawnRecord, row)
        if record is None:
            self.notices.append(f"{name}: dropped, since {why}")
            return None
        before = found.get(record.id) or self.known.get(record.id)
        bare = Offer(self.source, self.head.region, tidy(self.head.name), record.id, record.id, "und")
        return replace(
            before or bare,
            source=self.source,
            region=self.head.region,
            region_name=tidy(self.head.name),
            withdrawn=record.reason,
            withdrawn_on=record.date,
        )


def _title(concept: Concept) -> str:
    """Return the title of a competence or role, else the last part of its address."""
    return next(iter(concept.labels.values()), concept.id.rstrip("/").rpartition("/")[2])


def _tidied(row: Any) -> Any:
    """Return a record with the texts that people read in one line each, without signs that nobody sees, and not endless."""
    if not isinstance(row, dict):
        return row
    lines = {
        key: tidy(row[key], most) for key, most in _READ_BY_PEOPLE.items() if isinstance(row.get(key), str)
    }
    lists = {key: [*_tidied_all(row[key])] for key in _NAMED if isinstance(row.get(key), list)}
    day = row.get("dateModified")  # AMB lets a time follow
    return row | lines | lists | ({"dateModified": day[:10]} if isinstance(day, str) else {})


_READ_BY_PEOPLE = {"name": MOST_LINE, "description": MOST_PARAGRAPH}
_NAMED = ("creator", "teaches", "audience", "isBasedOn")


def _tidied_all(values: Iterable[Any]) -> Iterator[Any]:
    for value in values:
        if not isinstance(value, dict):
            yield value
            continue
        labels = value.get("prefLabel")
        texts = (
            {"prefLabel": {key: tidy(str(one)) for key, one in labels.items()}}
            if isinstance(labels, dict)
            else {}
        )
        name = {"name": tidy(value["name"])} if isinstance(value.get("name"), str) else {}
        yield value | texts | name


def tidy(text: str, most: int = MOST_LINE) -> str:
    """Return `text` in one line of at most `most` signs, all of which can be seen."""
    if len(text) <= most and text.isprintable() and "  " not in text:
        return text.strip()
    line = UNSEEN.sub("", _SPACE.sub(" ", text)).strip()
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
