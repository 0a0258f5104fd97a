"""Files split at their fences, with the lines of the file."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from kompetanse.content.frontmatter import Source, split
from kompetanse.errors import Problem

PATH = PurePosixPath("content/a.md")


def source(text: str) -> Source:
    found = split(PATH, text)
    assert isinstance(found, Source)
    return found


def problem(text: str) -> Problem:
    found = split(PATH, text)
    assert isinstance(found, Problem)
    return found


def test_a_file_without_fences_is_all_body():
    found = source("# Vakt\n\nTekst.\n")

    assert (found.meta, found.body, found.body_line) == ({}, "# Vakt\n\nTekst.\n", 1)


def test_a_file_is_split_at_its_fences():
    found = source("---\ntitle: Vakt\n---\n\nTekst.\n")

    assert (found.meta, found.body, found.body_line) == ({"title": "Vakt"}, "\nTekst.\n", 4)


def test_fences_may_have_spaces_after_them_and_need_no_text_after():
    found = source("---  \ntitle: Vakt\n---\t")

    assert (found.meta, found.body) == ({"title": "Vakt"}, "")


def test_empty_front_matter_is_no_fault():
    found = source("---\n---\n\nTekst.\n")

    assert (found.meta, found.body, found.body_line) == ({}, "\nTekst.\n", 3)


def test_hyphens_inside_a_value_do_not_close_the_block():
    found = source("---\nsummary: |\n  En\n  ---\n  To\n---\nTekst.\n")

    assert found.meta == {"summary": "En\n---\nTo\n"}


def test_a_line_in_the_text_is_no_front_matter():
    found = source("---\ntitle: Vakt\n---\n\nEn.\n\n---\n\nTo.\n")

    assert found.body == "\nEn.\n\n---\n\nTo.\n"


def test_a_heading_with_a_line_under_it_is_no_front_matter():
    assert source("Vakt\n---\n\nTekst.\n").body == "Vakt\n---\n\nTekst.\n"


FAULTS = {
    "unclosed": ("---\ntitle: Vakt\n\nTekst.\n", "unclosed-front-matter", 1),
    "unclosed and empty": ("---\n", "unclosed-front-matter", 1),
    "late": ("\n---\ntitle: Vakt\n---\n", "late-front-matter", 2),
    "doubled": ("---\nid: a\n---\n\n---\ntitle: Vakt\n---\n", "second-front-matter", 5),
    "opened twice": ("---\n---\ntitle: Vakt\n---\n", "second-front-matter", 2),
    "a list": ("---\n- a\n---\n", "front-matter-not-keys", 2),
    "text": ("---\nVakt\n---\n", "front-matter-not-keys", 2),
    "a fault inside": ("---\nid: a\ntitle: Vakt: nå\n---\n", "yaml-colon", 3),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_keeps_a_file_from_being_split_is_one_problem(name: str):
    text, code, line = FAULTS[name]

    found = problem(text)

    assert (found.path, found.code, found.line) == (PATH, code, line)


def test_a_problem_points_at_its_key_or_the_nearest_parent():
    found = source("---\ntitle: Vakt\nrequires:\n- competence: a\n---\n")

    assert found.line_of("requires[0].competence") == 4
    assert found.line_of("requires[0].level") == 4
    assert found.line_of("requires[9].level") == 3
    assert found.line_of("summary") == 1
    assert found.line_of("") == 1


def test_a_problem_of_the_body_points_at_the_line_of_the_file():
    found = source("---\ntitle: Vakt\n---\n\nTekst.\n")

    assert found.body_problem(1, "broken-link").line == 5
