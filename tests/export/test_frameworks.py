"""The framework for others: Moodle's competency CSV, and CASE 1.1."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kompetanse.export import case, competency_csv
from kompetanse.pages.view import Site
from kompetanse.staging import site_with_files

Write = Callable[[Mapping[str, str | bytes]], Path]

REFERENCE = Path(__file__).parents[2]
TODAY = date(2026, 11, 24)
LEVELS = "levels: {1: Kjenner det, 2: Gjør det, 3: Kan det <selv>, 4: Lærer det bort}\n"


def competence(id_: str, title: str, more: str = "", language: str = "nb") -> Mapping[str, str]:
    return {f"content/kompetanser/{id_}.md": _competence_text(id_, title, more, language)}


def _competence_text(id_: str, title: str, more: str = "", language: str = "nb") -> str:
    head = (
        f"type: competence\nid: {id_}\ntitle: {title}\nlanguage: {language}\nowner: Fag\nlicence: CC-BY-4.0\n"
    )
    return f"---\n{head}{LEVELS}{more}---\n"


ROLE = """\
---
type: role
id: vaktmester
title: Vaktmester, bygg
summary: Holder bygg i drift.
owner: Fag
licence: CC-BY-4.0
requires:
- {competence: brann, level: 3, kind: statutory, evidence: confirmed, basis: Brannloven § 6}
- {competence: renhold, level: 2}
---
"""


@pytest.fixture
def site(region: Write) -> Site:
    """A region with a tree, a circle, a translation, a competence that others know too, and a role."""
    files = {
        **competence("brann", "Brann & <røyk>", "broader: hms\naligned_to: [https://example.org/skill/1]\n"),
        **competence("fire", "Fire", "translation_of: brann\n", "en"),
        **competence("hms", "HMS " + "x" * 100),
        **competence("renhold", "Renhold", "broader: smitte\n"),
        **competence("smitte", "Smittevern", "broader: renhold\n"),
        "content/roller/vaktmester.md": ROLE,
    }
    return site_with_files(region(files), "content", TODAY)[0]


def _csv(site: Site) -> tuple[list[list[str]], Sequence[str]]:
    to = io.BytesIO()
    lost = competency_csv.package(site, to)
    return list(csv.reader(io.StringIO(to.getvalue().decode()))), lost


def _faults(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield what Moodle would drop without a word."""
    body = rows[1:]
    known = {row[1]: row for row in body if not row[12]}
    if [row[12] for row in body].count("1") != 1 or len(known) != len(body) - 1:
        yield "one row for the framework, and an id for each other"
    for row in known.values():
        if len(row) != 14 or not row[1] or not row[2] or len(row[2]) > 100:
            yield f"{row[1]}: no whole row"
        seen, up = set(), row
        while up[0]:
            if up[0] not in known or up[1] in seen:
                yield f"{row[1]} is never reached"
                break
            seen.add(up[1])
            up = known[up[0]]
        for other in filter(None, row[10].split(",")):
            if other.replace("%2C", ",") not in known:
                yield f"{row[1]} refers to {other}"


def test_a_backslash_takes_no_quote_with_it(region: Write) -> None:
    """PHP, which reads the file for Moodle, takes a quote after a backslash for one of the text, and the row runs into the next
    (`lib/csvlib.class.php`, `load_csv_content`: `fgetcsv` with its own sign of escape)."""
    titles = ["'Mappen C:\\, og \\\"mer\\\"'", "'Slutt, \\'"]
    files = {f"content/{n}.md": _competence_text(f"k{n}", title) for n, title in enumerate(titles)}
    to = io.BytesIO()

    competency_csv.package(site_with_files(region(files), "content", TODAY)[0], to)

    assert '\\"' not in to.getvalue().decode()


def test_moodle_reads_every_row(site: Site) -> None:
    rows, lost = _csv(site)

    assert list(_faults(rows)) == []
    assert [(row[1], row[0]) for row in rows[2:]] == [
        ("hms", ""),
        ("brann", "hms"),
        ("renhold", ""),
        ("smitte", ""),
        ("vaktmester", ""),
    ]
    assert list(lost) == ["hms: the title is cut after 100 signs"]


def test_the_scale_and_what_fulfils_are_moodles(site: Site) -> None:
    framework = _csv(site)[0][1]

    assert framework[5].split(",") == [
        "Ikke vurdert",
        "Kjenner til",
        "Under veiledning",
        "Selvstendig",
        "Veileder andre",
    ]
    assert json.loads(framework[6]) == [
        {"scaleid": "0"},
        {"id": 4, "scaledefault": 1, "proficient": 1},
        {"id": 5, "scaledefault": 0, "proficient": 1},
    ]
    assert framework[12:] == ["1", "domain,competency,indicator,indicator"]


def test_a_role_refers_to_what_it_asks_for(site: Site) -> None:
    role = _csv(site)[0][-1]

    assert (role[1], role[2], role[10]) == ("vaktmester", "Rolle: Vaktmester, bygg", "brann,renhold")


def test_text_is_escaped(site: Site) -> None:
    brann = _csv(site)[0][3]

    assert brann[2] == "Brann & ‹røyk›"  # Moodle strips what stands in angle brackets
    assert "Selvstendig: Kan det &lt;selv&gt;" in brann[3]


UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
URI = re.compile(r"(https?|urn):\S+")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
LINK = {"title", "identifier", "uri"}
KINDS = {"isChildOf", "isPeerOf", "isPartOf", "exactMatchOf", "precedes", "isRelatedTo", "replacedBy"}
KINDS |= {"exemplar", "hasSkillLevel", "isTranslationOf"}
REQUIRED = {
    "CFDocument": {"creator", "title"},
    "CFItems": {"fullStatement"},
    "CFAssociations": {"associationType", "originNodeURI", "destinationNodeURI"},
    "CFItemTypes": {"title", "description", "hierarchyCode"},
    "CFLicenses": {"title", "licenseText"},
}
OPTIONAL = {
    "CFDocument": {"frameworkType", "caseVersion", "officialSourceURL", "publisher", "description", "subject"}
    | {"subjectURI", "language", "version", "adoptionStatus", "statusStartDate", "statusEndDate", "licenseURI"}
    | {"notes", "extensions"},
    "CFItems": {"alternativeLabel", "CFItemType", "humanCodingScheme", "listEnumeration", "notes", "subject"}
    | {"abbreviatedStatement", "conceptKeywords", "conceptKeywordsURI", "subjectURI", "language"}
    | {"educationLevel", "CFItemTypeURI", "licenseURI", "statusStartDate", "statusEndDate", "extensions"},
    "CFAssociations": {"sequenceNumber", "CFAssociationGroupingURI", "notes", "extensions"},
    "CFItemTypes": {"typeCode", "extensions"},
    "CFLicenses": {"description", "extensions"},
}  # fmt: skip
"""Fields of each class in the information model of CASE 1.1, besides identifier, uri and time of the last change."""


def _case(site: Site) -> dict[str, Any]:
    to = io.BytesIO()
    assert not case.package(site, to)
    found: dict[str, Any] = json.loads(to.getvalue())
    return found


def _against_the_model(package: Mapping[str, Any]) -> Iterator[str]:
    parts = {**package, **package["CFDefinitions"], "CFDocument": [package["CFDocument"]]}
    own = [one["identifier"] for name in REQUIRED for one in parts[name]]
    if len(set(own)) != len(own):
        yield "two have one identifier"
    for name in REQUIRED:
        for one in parts[name]:
            yield from _faults_of_one(name, one)
    for one in package["CFAssociations"]:
        yield from _faults_of_association(one, own)


def _faults_of_one(name: str, one: Mapping[str, Any]) -> Iterator[str]:
    required = REQUIRED[name] | {"identifier", "uri", "lastChangeDateTime"}
    if not required <= one.keys() <= required | OPTIONAL[name]:
        yield f"{name} has {sorted(one)}"
    form = {"identifier": UUID, "uri": URI, "lastChangeDateTime": MOMENT}
    yield from (f"{name}: {one[key]}" for key, shape in form.items() if not shape.fullmatch(one[key]))
    links = [value for key, value in one.items() if key.endswith("URI")]
    yield from (f"{name}: {link}" for link in links if not LINK <= link.keys() <= LINK | {"targetType"})


def _faults_of_association(one: Mapping[str, Any], own: Sequence[str]) -> Iterator[str]:
    if one["associationType"] not in KINDS:
        yield one["associationType"]
    for end in (one["originNodeURI"], one["destinationNodeURI"]):
        if end["identifier"] not in own and "targetType" not in end:
            yield f"{end['title']} is not there"


def test_a_case_package_keeps_to_the_information_model(site: Site) -> None:
    assert list(_against_the_model(_case(site))) == []


def test_so_does_that_of_the_reference_region() -> None:
    site = site_with_files(REFERENCE, "content", TODAY)[0]

    assert list(_against_the_model(_case(site))) == []


def test_a_competence_has_its_place_its_levels_and_its_translation(site: Site) -> None:
    package = _case(site)
    titles = {one["identifier"]: one["humanCodingScheme"] for one in package["CFItems"]}
    titles[package["CFDocument"]["identifier"]] = "all"
    ends = {
        (
            titles[one["originNodeURI"]["identifier"]],
            one["associationType"],
            titles.get(one["destinationNodeURI"]["identifier"], "elsewhere"),
        ): one.get("notes")
        for one in package["CFAssociations"]
    }

    assert {
        ("hms", "isChildOf", "all"),
        ("brann", "isChildOf", "hms"),
        ("brann/3", "isChildOf", "brann"),
    } <= ends.keys()
    assert ("fire", "isTranslationOf", "brann") in ends
    assert ("brann", "exactMatchOf", "elsewhere") in ends
    assert ends["vaktmester", "isRelatedTo", "brann/3"] == "Lovpålagt · Bekreftet · Brannloven § 6"


def test_identifiers_are_the_same_in_every_export(site: Site) -> None:
    assert _case(site) == _case(site)
