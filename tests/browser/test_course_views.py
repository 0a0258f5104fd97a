"""A course on one page: whole, for its instructor, and its exercises only; each made for paper."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from kompetanse.model.own_address import SEARCH_INDEX

FORMS = ("whole course", "instructor", "exercises")
IDS = "[...document.querySelectorAll('[id]')].map(one => one.id)"
TARGETS = (
    "[...document.querySelectorAll('article a[href^=\"#\"]')].map(one => one.hash.slice(1)).filter(Boolean)"
)


@pytest.mark.parametrize("form", FORMS)
def test_no_name_stands_twice_and_every_link_on_the_page_has_its_place(visit, samples, form):
    page = visit(samples[form]).page

    ids, targets = page.evaluate(IDS), page.evaluate(TARGETS)

    assert sorted({one for one in ids if ids.count(one) > 1}) == []
    assert sorted(set(targets) - set(ids)) == []


@pytest.mark.parametrize("form", FORMS)
def test_pictures_are_found_from_the_new_address(visit, samples, form):
    page = visit(samples[form]).page
    page.wait_for_load_state("networkidle")

    broken = page.evaluate("[...document.images].filter(one => !one.naturalWidth).map(one => one.src)")

    assert broken == []


@pytest.mark.parametrize("form", FORMS)
def test_paper_has_no_way_around_and_no_button(visit, samples, form):
    page = visit(samples[form]).page

    page.emulate_media(media="print")

    seen = page.locator(
        "nav:visible, button:visible, .kmp-button:visible, input:visible, [role=search]:visible"
    )
    assert seen.count() == 0
    assert page.locator("details:not([open]):visible").count() == 0


def test_every_module_begins_on_a_sheet_of_its_own(visit, samples):
    page = visit(samples["whole course"]).page

    page.emulate_media(media="print")

    breaks = page.locator(".kmp-part").evaluate_all(
        "all => all.map(one => getComputedStyle(one).breakBefore)"
    )
    assert len(breaks) > 1
    assert set(breaks) == {"page"}


def test_headings_go_down_one_step_at_a_time(visit, samples):
    for form in FORMS:
        page = visit(samples[form]).page
        levels = page.locator("article :is(h1, h2, h3, h4, h5, h6)").evaluate_all(
            "all => all.map(one => Number(one.tagName[1]))"
        )

        assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_participants_see_notes_and_answers_folded_and_the_instructor_sees_them_open(visit, samples):
    whole, instructor = visit(samples["whole course"]).page, visit(samples["instructor"]).page

    assert (
        whole.locator("details.instructor").count()
        == instructor.locator(".admonition.instructor").count()
        > 0
    )
    assert (
        whole.locator("details.kmp-quiz__answer").count()
        == instructor.locator("div.kmp-quiz__answer:visible").count()
    )


def test_exercises_come_without_answers_until_the_end(visit, samples):
    page = visit(samples["exercises"]).page

    text = page.locator("article").inner_text()

    before, after = re.split(r"\nFasit\n", text)
    assert "Riktig:" not in before
    assert "Riktig:" in after
    assert page.locator(".admonition.exercise").count() > 0


def test_no_search_and_no_sitemap_finds_them(built, samples):
    index = "".join(file.read_text(encoding="utf-8") for file in (built / SEARCH_INDEX).iterdir())
    sitemap = (built / "sitemap.xml").read_text(encoding="utf-8")

    for form in FORMS:
        assert 'name="robots" content="noindex"' in (built / samples[form] / "index.html").read_text(
            encoding="utf-8"
        )
        assert f'"{samples[form]}' not in index
        assert f"{samples[form]}<" not in sitemap
    assert f"{samples['course']}<" in sitemap


def test_the_course_leads_to_each_of_them(visit, samples):
    page = visit(samples["course"]).page

    names = page.locator("#kmp-bruk + ul a").all_inner_texts()

    assert names == ["Hele kurset på én side", "For kursholderen", "Bare øvelser og oppgaver"]
