"""Of a later state of a region only the parts of its site are made anew that read something else in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.linked_region import FILES

from kompetanse.model.item import Course, Item, ItemId
from kompetanse.model.version import Version
from kompetanse.pages.renewal import Renewal
from kompetanse.pages.view import Site

Region = Callable[[Mapping[str, str | bytes]], Path]


Edit = Callable[[Site], Site]
TOMORROW = date(2026, 11, 25)


@pytest.fixture
def site(site_of: Callable[[Path], Site], region: Region) -> Site:
    """The site of a small region."""
    return site_of(region(FILES))


def _made(site: Site) -> Renewal:
    renewal = Renewal()
    for part in renewal.take(site):
        renewal.make(part)
    return renewal


def _with(site: Site, id_: str, **values: object) -> Site:
    """Return `site` with other values of one item."""
    catalogue = site.catalogue
    items = [replace(one, **values) if one.id == id_ else one for one in catalogue.items.values()]  # type: ignore[arg-type]
    return replace(site, catalogue=type(catalogue)(catalogue.region, items))


def _region(site: Site, **values: object) -> Site:
    region = replace(site.catalogue.region, **values)  # type: ignore[arg-type]
    return replace(site, catalogue=type(site.catalogue)(region, site.catalogue.items.values()))


def _course(site: Site) -> Course:
    return site.catalogue.visible(Course)[0]


EDITS: dict[str, Edit] = {
    "nothing": replace,
    "a title": lambda site: _with(site, _course(site).id, title="Nytt navn"),
    "a text": lambda site: _with(site, _course(site).modules[0], body="Ny tekst.\n"),
    "a summary": lambda site: _with(site, _course(site).id, summary="Kort."),
    "a draft": lambda site: _with(site, _course(site).modules[0], status="draft"),
    "no modules": lambda site: _with(site, _course(site).id, modules=()),
    "the day": lambda site: replace(site, today=TOMORROW),
    "the history": lambda site: replace(site, history=replace(site.history, changes={})),
    "a version": lambda site: replace(site, versions={_course(site).id: Version(Path(), "0" * 40)}),  # type: ignore[arg-type]
    "the publisher": lambda site: _region(site, publisher="En annen"),
    "the languages": lambda site: _region(site, languages=("nb", "nn", "en")),
    "the address": lambda site: _region(site, url="https://ny.example/"),
    "an item less": lambda site: replace(
        site,
        catalogue=type(site.catalogue)(
            site.catalogue.region,
            [one for one in site.catalogue.items.values() if one.id != _course(site).id],
        ),
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_what_is_made_of_a_later_state_is_what_is_made_of_it_alone(site: Site, edit: str) -> None:
    later, renewal = EDITS[edit](site), _made(site)

    for part in renewal.take(later):
        renewal.make(part)

    assert list(renewal.files()) == list(_made(later).files())


def test_what_is_made_of_other_texts_is_what_is_made_of_the_site_that_they_make(site: Site) -> None:
    course = _course(site)
    texts = {course.id: "Et nytt kurs.\n", course.modules[0]: "Ny tekst.\n"}
    versions = {course.id: Version(Path(), "0" * 40)}  # type: ignore[arg-type]
    later, renewal = site, _made(site)
    for id_, body in texts.items():
        later = _with(later, id_, body=body)

    for part in renewal.take_texts(texts, versions):
        renewal.make(part)

    assert list(renewal.files()) == list(_made(replace(later, versions=versions)).files())
    assert renewal.take(replace(later, versions=versions)) == ()


def test_nothing_is_made_anew_when_nothing_has_changed(site: Site) -> None:
    assert _made(site).take(EDITS["nothing"](site)) == ()


def test_a_new_text_makes_no_list_anew(site: Site) -> None:
    names = {part.name for part in _made(site).take(EDITS["a text"](site))}

    assert ("item", _course(site).modules[0]) in names
    assert not [name for name in names if name[0].startswith(("list", "first", "calendars", "framework"))]


def test_a_title_makes_the_lists_of_its_kind_anew_and_not_those_of_others(site: Site) -> None:
    names = {part.name[0] for part in _made(site).take(EDITS["a title"](site))}

    assert "list course" in names
    assert "list competence" not in names


def test_the_address_of_the_catalogue_alone_concerns_few(site: Site) -> None:
    names = {part.name[0] for part in _made(site).take(_region(site, privacy_statement="https://a.example/"))}

    assert names == set()


def test_an_item_is_read_without_its_text(site: Site) -> None:
    renewal = _made(site)
    course = _course(site)

    reads = next(renewal.once(part).reads for part in renewal.parts if part.name == ("item", course.id))

    assert ("texts", course.id) in reads
    assert ("items", ItemId("finnes-ikke")) not in reads
    assert not [fact for fact in reads if fact == ("kinds", Item)]
