"""«Fra andre regioner»: what others offer, and what it is to us; foreign text is text."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kompetanse.content.offers import path_of, text_of
from kompetanse.indexing import index_files
from kompetanse.learning import offered
from kompetanse.model.offer import Offer
from kompetanse.model.version import content_hash
from kompetanse.pages.stage import stage
from kompetanse.pages.view import Site

SiteOf = Callable[[Path], Site]
Region = Callable[[Mapping[str, str | bytes]], Path]
Pages = dict[str, str]

HERE = """\
id: testvik
name: Testvik
url: https://testvik.example/
languages: [nb, nn, en]
sources:
- {name: sor, repository: "https://git.sorvik.example/l.git", region: sorvik}
"""
COURSE = "---\ntype: course\nid: {id}\ntitle: {title}\n---\nTekst.\n"
ORIGIN = """\
version: 1
source:
  name: sor
  region: sorvik
  repository: https://git.sorvik.example/l.git
  path: content/kurs/hms
  id: hms
  commit: {oid}
  tree: {oid}
  credit: {{title: HMS i Sørvik, authors: [Sørvik kommune], licence: CC-BY-4.0, url: "https://sorvik.example/hms/"}}
files:
  index.md: {{oid: {oid}}}
history:
  - {{time: 2026-03-04T09:12:00+01:00, did: fork, to: {oid}}}
"""

FIRE = Offer(
    "nord",
    "nordvik",
    "Nordvik",
    "brann",
    "Brannvern",
    "nn",
    summary="Lær å slokke.",
    licence="CC-BY-4.0",
    minutes=45,
    levels=(1, 2),
    authors=("Nordvik kommune",),
    url="https://nordvik.example/kurs/brann/",
    repository="https://git.nordvik.example/l.git",
    modified=date(2026, 11, 2),
)
HMS = Offer(
    "sor", "sorvik", "Sørvik", "hms", "HMS i Sørvik", "nb", repository="https://git.sorvik.example/l.git"
)
GONE = replace(HMS, withdrawn="error", withdrawn_on=date(2026, 11, 20))
BASED = replace(FIRE, id="vern", title="Vern", based_on=("testvik/eget",))


@pytest.fixture
def pages(region: Region, site_of: SiteOf) -> Callable[..., Pages]:
    """Stage a small region to which others offer something."""

    def make(*offers: Offer) -> Pages:
        files: dict[str, str | bytes] = {
            "region.yml": HERE,
            "content/kurs/eget/index.md": COURSE.format(id="eget", title="Eget kurs"),
            "content/kurs/hms/index.md": COURSE.format(id="hms", title="HMS hos oss"),
            "content/kurs/hms/origin.yml": ORIGIN.format(oid="a" * 40),
        }
        site = replace(site_of(region(files)), offers=offers)
        return {file.path: file.text for file in stage(site, frozenset(), {}).files}

    return make


def test_nobody_who_offers_nothing_has_a_page(pages: Callable[..., Pages]) -> None:
    found = pages()

    assert [path for path in found if "andre-regioner" in path] == []
    assert "Fra andre regioner" not in found["kurs/index.md"]


def test_an_offer_says_what_it_is_and_how_to_take_it_in(pages: Callable[..., Pages]) -> None:
    page = pages(FIRE, HMS)["andre-regioner/index.md"]

    assert '<a href="https://nordvik.example/kurs/brann/" rel="external" lang="nn">Brannvern</a>' in page
    assert "45 minutter · Under veiledning · nynorsk" in page
    assert '<a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC-BY-4.0</a>' in page
    assert "<code>kompetanse fork nord/brann</code>" in page
    assert "<code>kompetanse source add https://git.nordvik.example/l.git</code>" in page
    assert page.index("## Nordvik") < page.index("## Sørvik")


def test_what_we_have_is_said_and_cannot_be_taken_in_twice(pages: Callable[..., Pages]) -> None:
    page = pages(HMS)["andre-regioner/index.md"]

    assert (
        '<a class="kmp-tag" href="../kurs/hms/">Har vi<span class="kmp-hidden">: HMS hos oss</span></a>'
        in page
    )
    assert "kompetanse fork" not in page.replace("kompetanse source", "")


def test_the_page_is_in_each_language_and_led_to_from_the_courses(pages: Callable[..., Pages]) -> None:
    found = pages(FIRE)

    assert "# Frå andre regionar" in found["nn/andre-regioner/index.md"].replace('<h1 id="top">', "# ")
    assert "From other regions" in found["en/andre-regioner/index.md"]
    assert '<a href="../andre-regioner/">Fra andre regioner</a>' in found["kurs/index.md"]


def test_a_course_says_who_uses_it_and_the_offer_that_it_is_based_on_ours(
    pages: Callable[..., Pages],
) -> None:
    found = pages(BASED, FIRE)

    assert "<dt>Brukes også av</dt><dd>Nordvik</dd>" in found["kurs/eget/index.md"]
    assert 'Bygger på vårt kurs: <a href="../kurs/eget/">Eget kurs</a>' in found["andre-regioner/index.md"]
    assert "Brukes også av" not in found["kurs/hms/index.md"]


def test_what_is_withdrawn_says_so_and_a_fork_of_it_stands_on_the_authors_list(
    pages: Callable[..., Pages],
) -> None:
    found = pages(GONE)

    assert "Trukket tilbake 20. november 2026: feil i innholdet" in found["andre-regioner/index.md"]
    assert (
        '<a href="../kurs/hms/">HMS hos oss</a> <span class="kmp-small">Sørvik, '
        in found["redaksjon/index.md"]
    )


def test_our_own_courses_and_doubles_are_left_out(pages: Callable[..., Pages]) -> None:
    own = replace(FIRE, region="testvik", source="speil", title="Vårt eget speil")
    double = replace(HMS, source="portal", title="HMS en gang til")

    page = pages(own, double, HMS)["andre-regioner/index.md"]

    assert "speil" not in page
    assert "en gang til" not in page
    assert "HMS i Sørvik" in page


HOSTILE = '</title><script>alert(1)</script> [x](javascript:1) **ikke fet** {{ config }} --8<-- "id" «]]>»'


def test_foreign_text_is_text_on_every_page_in_the_data_and_in_the_search(
    region: Region, site_of: SiteOf
) -> None:
    bad = replace(
        FIRE,
        title=HOSTILE,
        summary=HOSTILE,
        region_name=HOSTILE,
        authors=(HOSTILE,),
        licence="Egen",
        based_on=("testvik/k",),
    )
    root = region({"region.yml": HERE, "content/k/index.md": COURSE.format(id="k", title="K")})
    site = replace(site_of(root), offers=(bad, replace(bad, id="to", withdrawn=HOSTILE)))

    files = (*stage(site, frozenset(), {}).files, *index_files(site, ()))

    told = [file for file in files if "alert(1)" in file.text]
    assert {file.path for file in told} >= {"andre-regioner/index.md", "k/index.md"}
    assert [
        file.path
        for file in told
        if file.path.endswith(".md") and "<script>alert" in _outside_json(file.text)
    ] == []


def _outside_json(text: str) -> str:
    """Leave out front matter, whose values are written as JSON strings and put in scripts with their signs escaped."""
    return text.split("\n---\n", 1)[-1]


def test_much_that_is_offered_stands_on_a_page_for_each_region(
    pages: Callable[..., Pages], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offered, "ON_ONE_PAGE", 1)

    found = pages(FIRE, HMS)

    assert (
        '<a href="nord/">Nordvik</a> <span class="kmp-small">1 kurs fra andre regioner</span>'
        in found["andre-regioner/index.md"]
    )
    assert "Brannvern" in found["andre-regioner/nord/index.md"]
    assert "Brannvern" not in found["andre-regioner/sor/index.md"]
    assert '<a href="../">Fra andre regioner</a>' in found["andre-regioner/nord/index.md"]


def test_a_fork_says_what_it_is_based_on(pages: Callable[..., Pages]) -> None:
    listed = json.loads(pages()["catalogue.json"])["dataFeedElement"]

    based = {one["identifier"]: one.get("isBasedOn") for one in listed}
    assert based["testvik/eget"] is None
    assert based["testvik/hms"] == [
        {
            "id": "https://sorvik.example/hms/",
            "identifier": "sorvik/hms",
            "type": ["LearningResource", "Course"],
            "name": "HMS i Sørvik",
            "creator": [{"type": "Organization", "name": "Sørvik kommune"}],
            "license": {"id": "https://creativecommons.org/licenses/by/4.0/"},
        }
    ]


def test_the_search_finds_an_offer_at_its_place_with_its_region(
    region: Region, run: Callable[..., object]
) -> None:
    root = region(
        {
            "region.yml": HERE,
            "content/k/index.md": COURSE.format(id="k", title="K"),
            str(path_of("nord")): text_of([FIRE, replace(GONE, source="nord")]),
        }
    )

    found = run(root, "search", "slokke", "--region", "nordvik", "--json").report  # type: ignore[attr-defined]
    gone = run(root, "search", "HMS", "--json").report  # type: ignore[attr-defined]

    assert [(one["title"], one["address"]) for one in found["results"]] == [
        ("Brannvern (Nordvik)", "andre-regioner/#kmp-nord-brann")
    ]
    assert gone["total"] == 0


def test_the_same_files_are_the_same_course_whoever_calls_it_what(site_of: SiteOf, region: Region) -> None:
    text = COURSE.format(id="k", title="K")
    root = region({"region.yml": HERE, "content/k/index.md": text})
    from kompetanse.content.reading import read_region_at
    from kompetanse.content.versions import versions
    from kompetanse.git.history import read_history
    from kompetanse.model.version import digest

    same = replace(FIRE, version=content_hash({"index.md": digest(text.encode())}))
    found = versions(read_region_at(root, "content", date(2026, 11, 26)).library, root, read_history(root))
    site = replace(site_of(root), offers=(same,), versions=found)

    assert site.offered.had["nord/brann"].id == "k"
