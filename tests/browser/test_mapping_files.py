"""A mapping as a file: given back as it was, refused in words, and what is in it never run."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator
from tests.browser.mapping import MAPPING, answer_all, begin, downloaded, upload, whole


def test_the_file_keeps_to_the_published_schema_and_gives_the_same_answers_back(visit, built, requirements):
    schema = json.loads((built / "skjema/assessment.schema.json").read_text(encoding="utf-8"))
    page = begin(visit).page
    page.click("summary:has-text('Notat')")
    page.fill("#kmp-note", "Spør <b>Kari</b>")
    answer_all(page, "3")

    file = downloaded(page, "text=Last ned alle svarene")

    Draft202012Validator(schema).validate(file)
    assert [one["level"] for one in file["answers"]] == [3] * len(requirements)
    other = visit(MAPPING).page
    upload(other, "kartlegging.json", json.dumps(file))
    other.wait_for_selector(".kmp-result table")
    assert other.locator(".kmp-result tbody").inner_text() == page.locator(".kmp-result tbody").inner_text()


def test_the_file_for_the_leader_has_a_name_and_nothing_private(visit, built):
    page = begin(visit).page
    page.click("summary:has-text('Notat')")
    page.fill("#kmp-note", "Bare for meg")
    answer_all(page)
    page.click("text=Lag fil til lederen")
    assert "Skriv navnet ditt" in page.locator("#kmp-name-fault").inner_text()

    page.fill("#kmp-name", "Person Én")
    file = downloaded(page, "text=Lag fil til lederen")

    assert file["name"] == "Person Én"
    assert "Bare for meg" not in json.dumps(file, ensure_ascii=False)
    assert not file.get("history")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("skadet.json", '{"type": "kompetanse-ass', "ikke gyldig JSON"),
        ("annet.json", '{"name": "package", "version": "1.0.0"}', "ikke en kartlegging"),
        ("liste.json", "[1, 2, 3]", "ikke en kartlegging"),
        ("ny.json", json.dumps(whole(version=2)), "nyere utgave"),
        ("feil.json", json.dumps(whole(roles="alle")), "kan ikke leses"),
        ("niva.json", json.dumps(whole(answers=[{**whole()["answers"][0], "level": 7}])), "kan ikke leses"),
        ("stor.json", b" " * 50_000_000, "større enn 1 MB"),
        ("bilde.json", bytes(range(256)), "ikke gyldig JSON"),
    ],
)
def test_a_file_that_is_no_mapping_is_refused_in_words(visit, tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    seen = visit(MAPPING)

    seen.page.set_input_files("#kmp-open", tmp_path / name)

    alert = seen.page.locator(".kmp-open [role=alert]")
    alert.locator("p").wait_for()
    assert said in alert.inner_text()
    assert name in alert.inner_text()
    assert seen.faults == []


def test_what_has_gone_since_the_file_was_made_is_told_and_kept(visit):
    old = {"competence": "finnes-ikke", "title": "Faks og telex", "level": 3, "day": "2020-01-01"}
    page = visit(MAPPING).page

    upload(page, "gammel.json", json.dumps(whole(answers=[*whole()["answers"], old])))

    page.wait_for_selector(".kmp-result table")
    assert "«Faks og telex» finnes ikke lenger" in page.locator(".kmp-alert").inner_text()
    file = downloaded(page, "text=Last ned alle svarene")
    assert "finnes-ikke" in [one["competence"] for one in file["answers"]]


def test_html_in_a_file_is_text(visit):
    evil = '<img src=x onerror="document.title=`run`">'
    answers = [{"competence": "borte", "title": evil, "level": 1, "day": "2026-01-01", "note": evil}]
    seen = visit(MAPPING)

    upload(seen.page, "ond.json", json.dumps(whole(name=evil, answers=answers)))

    seen.page.wait_for_selector(".kmp-result .kmp-alert")
    assert evil in seen.page.locator(".kmp-alert").inner_text()
    assert seen.page.locator(".kmp-mapping img").count() == 0
    assert seen.page.title() != "run"


def test_a_file_takes_the_place_of_answers_only_when_one_says_so(visit):
    page = begin(visit).page
    page.check('input[name=level][value="4"]')
    page.goto(page.url.split("#")[0] + "#roller")

    upload(page, "annen.json", json.dumps(whole()))
    page.click("text=Nei, behold svarene")

    page.goto(page.url.split("#")[0] + "#resultat")
    assert "Veileder andre" in page.locator(".kmp-result tbody").inner_text()
