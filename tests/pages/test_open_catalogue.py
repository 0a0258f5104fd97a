"""What a site offers others: every course as AMB asks for it, dates from git, and nothing of what is not published."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path, PurePosixPath
from typing import Any

import jsonschema
import pytest

from kompetanse.content import catalogue_keys
from kompetanse.model.version import Version
from kompetanse.pages import open_catalogue, sitemap
from kompetanse.pages.view import Site

ROOT = Path(__file__).parents[2]
ATOM = "{http://www.w3.org/2005/Atom}"

_spec = spec_from_file_location("amb", Path(__file__).with_name("amb.py"))
assert _spec
assert _spec.loader
amb = module_from_spec(_spec)
_spec.loader.exec_module(amb)

Region = Callable[[Mapping[str, str | bytes]], Path]
SiteOf = Callable[[Path], Site]

REGION = "id: testvik\nname: Testvik\nurl: https://testvik.example/\n"
COURSE = "---\ntype: course\nid: {id}\ntitle: {title}\nlicence: {licence}\n---\nTekst.\n"


def course(id_: str, title: str = "Kurs", licence: str = "CC-BY-4.0") -> str:
    return COURSE.format(id=id_, title=json.dumps(title), licence=licence)


def feed_of(site: Site) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(open_catalogue.catalogue(site))
    return found


@pytest.mark.parametrize("name", ["each-kind", "states", "days", "hostile", "reuse-and-questions"])
def test_every_course_of_every_case_is_what_amb_asks_for(
    case: Callable[[str], Path], pages_of: Callable[[Path], dict[str, str]], name: str
) -> None:
    pages = pages_of(case(name))
    rows = [row for text in pages.values() for row in text.split("\n") if row.startswith("amb: ")]
    listed = json.loads(pages["catalogue.json"])

    assert rows
    for record in (
        *(json.loads(json.loads(row.removeprefix("amb: "))) for row in rows),
        *listed["dataFeedElement"],
    ):
        assert list(amb.faults(record)) == []


@pytest.mark.skipif(not (ROOT / "region.yml").exists(), reason="the reference region is not here")
def test_every_course_of_the_reference_region_is_what_amb_asks_for(site_of: SiteOf) -> None:
    found = feed_of(site_of(ROOT))

    assert len(found["dataFeedElement"]) >= 5
    assert {one["id"]: faults for one in found["dataFeedElement"] if (faults := [*amb.faults(one)])} == {}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("license", "CC-BY-4.0"),
        ("license", {"id": "https://data.norge.no/nlod/no/2.0"}),
        ("inLanguage", ["nb-NO"]),
        ("dateModified", "2026-11-24T10:00"),
        ("isBasedOn", [{"id": "https://nordvik.example/kurs/brann/"}]),
        ("@context", "https://schema.org"),
        ("nome", "x"),
    ],
)
def test_what_amb_refuses_is_found(site_of: SiteOf, region: Region, key: str, value: object) -> None:
    record = feed_of(site_of(region({"region.yml": REGION, "content/k/index.md": course("k")})))[
        "dataFeedElement"
    ][0]

    assert list(amb.faults(record)) == []
    assert list(amb.faults(record | {key: value})) == [key]


def test_the_catalogue_keeps_to_its_schema(site_of: SiteOf, case: Callable[[str], Path]) -> None:
    checker = jsonschema.Draft202012Validator(catalogue_keys.json_schema())

    assert list(checker.iter_errors(feed_of(site_of(case("each-kind"))))) == []
    assert list(checker.iter_errors({"version": 1, "region": "t", "name": "T"})), "the courses are missing"


def test_a_licence_that_amb_does_not_know_stands_in_our_own_key(site_of: SiteOf, region: Region) -> None:
    found = feed_of(
        site_of(region({"region.yml": REGION, "content/k/index.md": course("k", licence="NLOD-2.0")}))
    )["dataFeedElement"][0]

    assert "license" not in found
    assert found["licence"] == "NLOD-2.0"


def test_drafts_retired_and_withdrawn_courses_are_not_offered(site_of: SiteOf, region: Region) -> None:
    files: dict[str, str | bytes] = {
        "region.yml": REGION
        + "withdrawn:\n- {id: borte, reason: personal-data, date: 2026-11-02}\n- {id: feil, reason: error, date: 2026-11-03}\n",
        "content/a/index.md": course("a"),
        "content/u/index.md": course("u").replace("type:", "status: draft\ntype:"),
        "content/p/index.md": course("p").replace("type:", "status: retired\ntype:"),
        "content/f/index.md": course("feil", "Feil kurs"),
    }

    found = feed_of(site_of(region(files)))

    assert [one["identifier"] for one in found["dataFeedElement"]] == ["testvik/a"]
    assert found["withdrawn"] == [
        {"id": "borte", "reason": "personal-data", "date": "2026-11-02"},
        {"id": "feil", "reason": "error", "date": "2026-11-03"},
    ]


def versioned(site: Site, *courses: tuple[str, datetime]) -> Site:
    made = {id_: Version(PurePosixPath(id_), "sha256:0", "c" * 40, moment) for id_, moment in courses}
    return replace(site, versions=made)  # type: ignore[arg-type]  # ids that are text


def test_the_feed_has_the_newest_change_first_and_withdrawals_among_them(
    site_of: SiteOf, region: Region
) -> None:
    taken_back = "withdrawn:\n- {id: borte, reason: error, date: 2026-11-02}\n"
    root = region(
        {
            "region.yml": REGION + taken_back,
            "content/a/index.md": course("a", "A"),
            "content/b/index.md": course("b", "B"),
        }
    )
    moments = [("a", datetime(2026, 11, 1, tzinfo=UTC)), ("b", datetime(2026, 11, 3, 12, tzinfo=UTC))]

    top = ElementTree.fromstring(open_catalogue.feed(versioned(site_of(root), *moments)))  # noqa: S314 (our own)

    entries = [
        (one.findtext(f"{ATOM}updated"), one.findtext(f"{ATOM}title")) for one in top.iter(f"{ATOM}entry")
    ]
    assert entries == [
        ("2026-11-03T12:00:00Z", "B"),
        ("2026-11-02T00:00:00Z", "Trukket tilbake: borte"),
        ("2026-11-01T00:00:00Z", "A"),
    ]
    assert top.findtext(f"{ATOM}updated") == "2026-11-03T12:00:00Z"


def test_signs_of_xml_and_scripts_in_titles_are_text(site_of: SiteOf, region: Region) -> None:
    title = "</title><script>alert(1)</script> & «]]>»"
    root = region({"region.yml": REGION, "content/a/index.md": course("a", title)})
    site = versioned(site_of(root), ("a", datetime(2026, 11, 1, tzinfo=UTC)))

    top = ElementTree.fromstring(open_catalogue.feed(site))  # noqa: S314 (our own)

    assert [one.findtext(f"{ATOM}title") for one in top.iter(f"{ATOM}entry")] == [title]
    assert feed_of(site)["dataFeedElement"][0]["name"] == title


def test_a_site_without_an_address_has_addresses_from_its_root(site_of: SiteOf, region: Region) -> None:
    found = feed_of(site_of(region({"region.yml": "id: t\nname: T\n", "content/k/index.md": course("k")})))

    assert found["dataFeedElement"][0]["id"] == "/k/"


def test_a_map_of_many_pages_is_an_index_of_maps() -> None:
    rows = [("b/", date(2026, 1, 2)), ("a/", date(2026, 1, 3)), ("c&d/", None)]

    files = dict(sitemap.files("https://t.example/", rows, most=2))

    assert list(files) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"]
    assert (
        "<sitemap><loc>https://t.example/sitemap-1.xml</loc><lastmod>2026-01-03</lastmod></sitemap>"
        in files["sitemap.xml"]
    )
    assert "<loc>https://t.example/c&amp;d/</loc></url>" in files["sitemap-2.xml"]


def test_the_map_names_what_a_search_may_find(
    case: Callable[[str], Path], pages_of: Callable[[Path], dict[str, str]]
) -> None:
    pages = pages_of(case("each-kind"))
    hidden = [path for path, text in pages.items() if path.endswith(".md") and 'robots: "noindex"' in text]

    assert hidden
    assert [path for path in hidden if f"/{path.removesuffix('index.md')}<" in pages["sitemap.xml"]] == []
    assert "<loc>https://testvik.example/kurs/brann/</loc>" in pages["sitemap.xml"]
