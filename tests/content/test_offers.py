"""The files in which other regions' offers are kept: the same offers, the same bytes; what does not hold is said."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from kompetanse.content.offers import MOST_OFFERS, path_of, read_file, read_offers, text_of
from kompetanse.model.offer import Offer

PATH = path_of("nordvik")
FIRE = Offer(
    source="nordvik",
    region="nordvik",
    region_name="Nordvik",
    id="brannvern",
    title="Brannvern for «alle» – også på øya",
    language="nb",
    licence="CC-BY-4.0",
    minutes=45,
    levels=(1, 3),
    teaches=("Brannvern",),
    authors=("Nordvik kommune",),
    url="https://nordvik.example/kurs/brannvern/",
    repository="https://git.nordvik.example/laering.git",
    path="content/kurs/brannvern",
    commit="a" * 40,
    version="sha256:" + "b" * 64,
    modified=date(2026, 11, 2),
    based_on=("sorvik/brann",),
)
GONE = Offer(
    "nordvik", "nordvik", "Nordvik", "arkiv", "Arkiv", "nn", withdrawn="error", withdrawn_on=date(2026, 1, 2)
)


def rows(*offers: dict[str, Any]) -> str:
    listed = [
        {"id": f"kurs-{i}", "title": "T", "language": "nb", "region_name": "R"} | one
        for i, one in enumerate(offers)
    ]
    return '{\n"version": 1,\n"offers": [\n' + ",\n".join(json.dumps(one) for one in listed) + "\n]\n}\n"


def said(text: str) -> list[tuple[int, str, str]]:
    _, problems = read_file(PATH, text)
    return [(one.line, one.key, one.code) for one in problems]


def test_what_is_written_is_what_is_read():
    assert read_file(PATH, text_of([FIRE, GONE])) == ((GONE, FIRE), ())


def test_the_same_offers_in_any_order_give_the_same_file_with_a_row_for_each():
    text = text_of([FIRE, GONE])

    assert text == text_of([GONE, FIRE])
    assert [row[:18] for row in text.split("\n") if row.startswith('{"')] == [
        '{"id": "arkiv", "t',
        '{"id": "brannvern"',
    ]
    assert text.count('Nordvik"') == 1, "what they have in common stands once"


def test_no_offers_are_a_file_too():
    assert read_file(PATH, text_of([])) == ((), ())


def test_a_region_without_kept_offers_has_none(tmp_path: Path):
    assert read_offers(tmp_path) == ((), ())


def test_files_are_read_in_the_order_of_their_sources_and_hidden_ones_are_not(tmp_path: Path):
    for name in ("b", "a", ".c"):
        path = tmp_path / path_of(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text_of([FIRE]), encoding="utf-8")

    assert [one.name for one in read_offers(tmp_path)[0]] == ["a/brannvern", "b/brannvern"]


def test_a_link_to_another_file_is_not_followed(tmp_path: Path):
    (tmp_path / "elsewhere.json").write_text(text_of([FIRE]), encoding="utf-8")
    path = tmp_path / PATH
    path.parent.mkdir(parents=True)
    path.symlink_to(tmp_path / "elsewhere.json")

    offers, problems = read_offers(tmp_path)

    assert (offers, [one.code for one in problems]) == ((), ["symlink-out-of-tree"])


@pytest.mark.parametrize(
    ("row", "key", "code"),
    [
        ({"title": ""}, "title", "wrong-type"),
        ({"title": 5}, "title", "wrong-type"),
        ({"title": "a" * 301}, "title", "text-too-long"),
        ({"title": "pdf.\u202efdp"}, "title", "unseen-sign"),
        ({"summary": "a\nb"}, "summary", "unseen-sign"),
        ({"id": "../x"}, "id", "bad-id"),
        ({"language": "norsk bokmål"}, "language", "bad-language"),
        ({"licence": "<b>"}, "licence", "bad-offer-value"),
        ({"minutes": -1}, "minutes", "negative-number"),
        ({"minutes": True}, "minutes", "wrong-type"),
        ({"levels": [5]}, "levels[0]", "unknown-level"),
        ({"teaches": ["a"] * 101}, "teaches", "too-many"),
        ({"url": "javascript:alert(1)"}, "url", "bad-url"),
        ({"url": "/kurs/"}, "url", "bad-url"),
        ({"commit": "HEAD"}, "commit", "bad-offer-value"),
        ({"modified": "i går"}, "modified", "bad-date"),
        ({"script": "x"}, "script", "foreign-key"),
    ],
)
def test_each_fault_is_said_where_it_stands(row: dict[str, Any], key: str, code: str):
    assert said(rows({}, row)) == [(5, f"offers[1].{key}", code)]


def test_a_row_that_lacks_what_it_needs_is_left_out_and_the_rest_is_used():
    offers, problems = read_file(PATH, rows({}, {"title": None}, {"title": "Tredje"}, {}))

    assert [one.id for one in offers] == ["kurs-0", "kurs-2", "kurs-3"]
    assert [one.line for one in problems] == [5]


def test_a_value_that_is_not_needed_is_left_out_alone():
    offers, _ = read_file(PATH, rows({"minutes": "lenge", "levels": [1]}))

    assert (offers[0].minutes, offers[0].levels) == (None, (1,))


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("<!doctype html>\n<title>404</title>", 1, "offers-not-json"),
        ('{\n"version": 1,\n<<<<<<< ours\n"offers": []}', 3, "offers-not-json"),
        ('{"version": 1, "version": 1, "offers": []}', 1, "offers-not-json"),
        ("[" * 100_000, 1, "offers-not-json"),
        ("[]", 1, "offers-not-json"),
        ('{"version": 2, "items": {}}', 1, "offers-newer"),
        ('{\n"version": 1\n}', 1, "missing-key"),
        ('{\n"version": 1,\n"offers": {}\n}', 3, "wrong-type"),
        ('{\n"version": 1,\n"offers": [\n7\n]\n}', 3, "wrong-type"),
        (rows({}, {"id": "kurs-0"}), 5, "offer-twice"),
    ],
    ids=range(10),
)
def test_a_file_that_is_none_of_ours_is_said_so(text: str, line: int, code: str):
    assert [(found, what) for found, _, what in said(text)] == [(line, code)]


def test_more_offers_than_anybody_has_are_left_out():
    text = rows(*({} for _ in range(MOST_OFFERS + 2)))

    offers, problems = read_file(PATH, text)

    assert len(offers) == MOST_OFFERS
    assert [one.code for one in problems] == ["too-many"]


def test_a_file_is_named_after_its_source():
    assert path_of("nordvik") == PurePosixPath(".kompetanse/offers/nordvik.json")
