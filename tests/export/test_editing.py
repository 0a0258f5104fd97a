"""An edition: what every package of a course is written from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path, PurePosixPath

import pytest

from kompetanse.export.editing import edition
from kompetanse.export.edition import Edition
from kompetanse.export.placing import media_in, placed, with_tasks
from kompetanse.model.asset import media_type
from kompetanse.model.item import Course, ItemId
from kompetanse.staging import site_with_files

REGION = Path(__file__).parents[2]
TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def medicine() -> Edition:
    site, file_of = site_with_files(REGION, "content", TODAY)
    course = site.catalogue.items[ItemId("legemiddelhandtering-grunnkurs")]
    assert isinstance(course, Course)
    return edition(site, course, file_of)


def test_it_begins_with_what_the_course_is_about(medicine: Edition) -> None:
    first, second, *_ = medicine.lessons

    assert (first.id, first.title) == ("om-kurset", "Om kurset")
    assert (second.id, second.title) == ("m1-legemiddel-ansvar", "Ansvar og delegering")


def test_links_lead_to_lessons_and_files_of_the_package(medicine: Edition) -> None:
    text = medicine.lessons[2].html

    assert '<a href="lesson:m3-legemiddel-regning">modulen om regning</a>' in text
    assert 'src="media:de-fem-rette.svg"' in text
    assert {one.name for one in medicine.media} >= {"de-fem-rette.svg", "fra-kurs-til-oppgave.svg"}
    assert all(one.file.is_file() for one in medicine.media)


def test_questions_stand_apart_and_their_place_is_kept(medicine: Edition) -> None:
    lesson = medicine.lessons[1]
    task = lesson.tasks[0]

    assert (task.id, task.kind, task.title) == ("legemiddel-ansvar-1", "single", "Oppgave 1")
    assert [choice.right for choice in task.choices] == [False, False, True, False]
    assert task.choices[2].feedback.startswith("Ja. Vurderingen gjelder deg")
    assert lesson.html.count("<div data-task=") == len(lesson.tasks) == 4
    assert with_tasks(lesson.html, lambda id_: f"[{id_}]").count("[legemiddel-ansvar-1]") == 1


def test_what_a_file_is_does_not_depend_on_the_machine() -> None:
    assert media_type(PurePosixPath("Skjema.DOCX")).endswith("wordprocessingml.document")
    assert media_type(PurePosixPath("a.ogg")) == "audio/ogg"


def test_every_id_is_unique(medicine: Edition) -> None:
    ids = [task.id for task in medicine.tasks]

    assert len(set(ids)) == len(ids) > 10


def test_blocks_are_headed_in_the_language_of_their_lesson(
    region: Callable[[Mapping[str, str]], Path],
) -> None:
    root = region(
        {
            "region.yml": "id: r.example\nname: R\nlanguages: [nn, en]\n",
            "content/kurs/a/index.md": "---\ntype: course\nid: a\ntitle: A\nmodules: [01.md]\n---\n\nA.\n",
            "content/kurs/a/01.md": "---\ntype: module\nid: a-1\ntitle: One\nlanguage: en\n---\n\n!!! keypoints\n    - One.\n",
        }
    )
    site, file_of = site_with_files(root, "content", TODAY)
    course = site.catalogue.items[ItemId("a")]
    assert isinstance(course, Course)

    assert ">Key points</p>" in edition(site, course, file_of).lessons[1].html


def test_a_format_says_where_things_lie() -> None:
    written = '<a href="lesson:m1-a#b">A</a><img src="media:x.png"><a href="https://example.org/">E</a>'

    assert placed(written, lambda id_: f"{id_}.html", lambda name: f"filer/{name}") == (
        '<a href="m1-a.html#b">A</a><img src="filer/x.png"><a href="https://example.org/">E</a>'
    )


def test_what_looks_like_an_address_of_ours_and_is_none_stays_on_the_web(
    region: Callable[[Mapping[str, str]], Path], editions: Callable[[Path, str], Edition]
) -> None:
    text = "[a](https://lesson.invalid/nope) ![b](https://media.invalid/nope.png)"
    head = "type: course\nid: x\ntitle: X\nowner: Fag\nlicence: CC-BY-4.0\nreviewed: 2026-11-01\n"
    root = region({"content/kurs/x/index.md": f"---\n{head}---\n{text}\n"})

    html = editions(root, "x").lessons[0].html

    assert 'href="https://lesson.invalid/nope"' in html
    assert 'src="https://media.invalid/nope.png"' in html


def test_a_file_that_a_text_only_tells_of_is_no_file_of_the_course() -> None:
    told = '<p><code>&lt;img src="media:told.png"&gt;</code> and src="media:x.png"</p>'

    assert media_in(f'{told}<img alt="A" src="media:a.png"><a href="media:b.pdf#2">B</a>') == [
        "a.png",
        "b.pdf",
    ]
