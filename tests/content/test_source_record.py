"""A source comes into `region.yml`, and out of it, without another sign of the file being touched."""

from __future__ import annotations

import pytest

from kompetanse.content import yaml_text
from kompetanse.content.source_record import with_source, without_source
from kompetanse.errors import KompetanseError
from kompetanse.model.region import Source

NEW = Source(name="nabo", repository="git@git.example.no:laering.git", region="nordvik")
START = '# Vår region\nid: testvik   # stå\nname: "Testvik"\n'
ENDS = [
    "",
    "\n# sources:\n#   - name: x\n",
    "sources:\n",
    "sources: []\n",
    "sources: # ingen ennå\nurl: https://a.example\n",
]


@pytest.mark.parametrize("end", ENDS)
def test_the_first_source_makes_the_list(end: str):
    text = with_source(START + end, NEW)

    assert text.startswith(START)
    assert yaml_text.load(text)["sources"] == [
        {"name": "nabo", "repository": "git@git.example.no:laering.git", "region": "nordvik", "trust": "seen"}
    ]


LISTS = [
    "sources:\n- name: a\n  repository: https://a.example/r\n  trust: approved  # vedtatt\n",
    "sources:\n    - name: a\n      repository: https://a.example/r\n\n# om farger\ncolours:\n  accent: '#112233'\n",
    "sources:\n  - {name: a, repository: https://a.example/r}\nurl: https://b.example\n",
    "sources:\n  - name: a\n    repository: https://a.example/r",
]


@pytest.mark.parametrize("list_", LISTS)
def test_one_more_stands_last_and_every_other_row_stays(list_: str):
    text = with_source(START + list_, NEW)

    kept = (START + list_).split("\n")
    assert [row for row in text.split("\n") if row in kept] == kept
    assert [one["name"] for one in yaml_text.load(text)["sources"]] == ["a", "nabo"]
    assert without_source(text, "nabo").rstrip("\n") == (START + list_).rstrip("\n")


def test_the_last_source_takes_the_list_with_it():
    text = START + "sources:\n  - name: a\n    repository: https://a.example/r\n# om farger\ncolours: {}\n"

    assert without_source(text, "a") == START + "# om farger\ncolours: {}\n"


def test_a_source_that_is_not_there_is_no_change():
    assert without_source(START, "a") == START
    assert without_source(START + LISTS[0], "b") == START + LISTS[0]


def test_a_list_in_one_row_is_left_to_the_person():
    with pytest.raises(KompetanseError, match="on one row"):
        with_source(START + "sources: [{name: a, repository: https://a.example/r}]\n", NEW)


@pytest.mark.parametrize("value", ["no", "0301", "1e3", "a: b", "# x", "- y", '"', "æøå", "2026-01-01"])
def test_values_stay_text_whatever_they_look_like(value: str):
    text = with_source(START, Source(name="a", repository=value))

    assert yaml_text.load(text)["sources"][0]["repository"] == value


def test_row_ends_of_windows_stay_in_the_rows_of_others():
    text = "id: a\r\nname: A\r\n"

    assert with_source(text, NEW).startswith(text)
