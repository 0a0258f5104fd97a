"""The framework and the roles as Moodle's competency CSV: 14 columns that are read by their position.

Source: Moodle's importer (`admin/tool/lpimportcsv`), which drops a row without name, a row whose parent is missing and an unknown
reference without a word. A role is written as a competency with references, since learning plans have no such import.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from markupsafe import escape

from kompetanse.export.competences import PROFICIENT, Node, address, nodes, required, roles
from kompetanse.export.naming import plain
from kompetanse.messages import text
from kompetanse.model.item import LEVELS, Item, ItemId, Role
from kompetanse.pages.view import Site

_HEADER = (
    "Parent ID number",
    "ID number",
    "Short name",
    "Description",
    "Description format",
    "Scale values",
    "Scale configuration",
    "Rule type (optional)",
    "Rule outcome (optional)",
    "Rule config (optional)",
    "Cross-referenced competency ID numbers",
    "Exported ID (optional)",
    "Is framework",
    "Taxonomy",
)
_HTML = 1
_LONGEST = 100
"""Signs that an id and a short name may have."""

_MEETS_QUOTE = re.compile(r'\\(?="|$)')
"""A backslash before a quote: PHP, which reads the file, takes the quote for one of the text (`lib/csvlib.class.php`, `fgetcsv`)."""

_TAXONOMY = "domain,competency,indicator,indicator"


def package(site: Site, to: BinaryIO) -> Sequence[str]:
    """Write the framework of `site` to `to`, and return what the format could not hold."""
    made = io.StringIO()
    rows = csv.writer(made, lineterminator="\n")
    rows.writerow(_HEADER)
    rows.writerow(map(_cell, _framework(site)))
    rows.writerows(map(_cell, row) for row in _competencies(site))
    to.write(made.getvalue().encode())
    return list(_lost(site))


def _cell(value: object) -> str:
    """Return a value as PHP reads it; a backslash that meets a quote is kept apart from it."""
    return _MEETS_QUOTE.sub(r"\\ ", str(value))


def _framework(site: Site) -> Sequence[object]:
    region = site.catalogue.region
    said = region.publisher or region.name
    link = f'<p><a href="{escape(region.url)}">{escape(region.url)}</a></p>' if region.url else ""
    scale = _scale(region.language), _configuration()
    return [
        "",
        region.id,
        plain(region.name)[:_LONGEST],
        f"<p>{escape(said)}</p>{link}",
        _HTML,
        *scale,
        *("", "", "", "", ""),
        1,
        _TAXONOMY,
    ]


def _scale(language: str) -> str:
    """Return the words of the levels, from none; a comma in one would make two of it."""
    words = (text(language, f"level.{number}") for number in (0, *LEVELS))
    return ",".join(word.replace(",", "") for word in words)


def _configuration() -> str:
    """Return which words of the scale fulfil a competency. Moodle numbers them from 1, and gives the scale its own number."""
    rows: list[dict[str, object]] = [{"scaleid": "0"}]
    for level in LEVELS[PROFICIENT - 1 :]:
        rows.append({"id": level + 1, "scaledefault": int(level == PROFICIENT), "proficient": 1})
    return json.dumps(rows, separators=(",", ":"))


def _competencies(site: Site) -> Iterator[Sequence[object]]:
    """Yield a row for each competence and each role, numbered."""
    number = 0
    for node in nodes(site):
        number += 1
        yield _row(node.parent or "", node.id, node.item.title, _described(site, node), (), number)
    for id_, role in roles(site):
        number += 1
        title = text(site.catalogue.region.language, "framework.role", title=role.title)
        related = [one.requirement.competence for one in required(site, role)]
        yield _row("", id_, title, _summary(site, role), related, number)


def _row(
    parent: str, id_: ItemId, title: str, described: str, related: Sequence[ItemId], number: int
) -> Sequence[object]:
    references = ",".join(one.replace(",", "%2C") for one in related)
    return [
        parent,
        id_,
        plain(" ".join(title.split()))[:_LONGEST],
        described,
        _HTML,
        *("", "", "", 0, "null"),
        references,
        number,
        "",
        "",
    ]


def _described(site: Site, node: Node) -> str:
    language = node.item.language
    levels = "".join(
        f"<li>{escape(text(language, f'level.{number}'))}: {escape(said)}</li>"
        for number, said in zip(LEVELS, node.item.levels, strict=True)
    )
    return f"{_summary(site, node.item)}<ol>{levels}</ol>"


def _summary(site: Site, item: Item) -> str:
    said = f"<p>{escape(item.summary or item.title)}</p>"
    found = address(site, item)
    return f'{said}<p><a href="{escape(found)}">{escape(found)}</a></p>' if found else said


def _lost(site: Site) -> Iterator[str]:
    items: list[tuple[ItemId, Role | Item]] = [*((one.id, one.item) for one in nodes(site)), *roles(site)]
    for id_, item in items:
        if len(item.title) > _LONGEST:
            yield f"{id_}: the title is cut after {_LONGEST} signs"
        if len(id_) > _LONGEST:
            yield f"{id_}: Moodle takes ids of {_LONGEST} signs at most. Give it a shorter one (kompetanse rename)"
