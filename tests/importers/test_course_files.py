"""A course as it was found becomes files that pass `check`, whatever it is called and however much it holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from tests.importers.office_files import png

from kompetanse.content.reading import read_region_at
from kompetanse.errors import Severity
from kompetanse.importers.course_files import CourseFiles, Wish, course_files
from kompetanse.importers.found_course import FoundCourse, FoundLesson, FoundMedia
from kompetanse.model.quiz import Option, Question, questions

Region = Callable[[Mapping[str, str | bytes]], Path]

NORWEGIAN = (
    "Dette er en tekst som er skrevet på norsk, og som det ikke er noe galt med, for den har de små ordene."
)


def course(*lessons: FoundLesson, **more: Any) -> FoundCourse:
    return FoundCourse(
        **{
            "title": "Brannvern",
            "source": "kurs.docx",
            "format": "Word",
            "lessons": lessons,
            "licence": "CC-BY-4.0",
        }
        | more
    )


def made(found: FoundCourse, **wish: Any) -> CourseFiles:
    return course_files(found, Wish(**{"language": "nb"} | wish))


def errors(region: Region, files: CourseFiles) -> list[str]:
    """Return the errors of `check` in a region with the course in it."""
    folder = PurePosixPath("content/kurs") / files.id
    written: dict[str, str | bytes] = {str(folder / path): text for path, text in files.texts.items()}
    written |= {str(folder / one.name): one.data for one in files.media if isinstance(one.data, bytes)}
    root = region(written)
    problems = read_region_at(root, "content", date(2026, 11, 24)).problems
    return [f"{one.path}:{one.line}: {one.code}" for one in problems if one.severity is Severity.ERROR]


def question(stem: str, id_: str = "") -> Question:
    return Question(id_, stem, (Option("Ja", True, "Riktig."), Option("Nei", False)), (), "Fordi.")


@pytest.mark.parametrize(
    "found",
    [
        course(),
        course(FoundLesson("", "")),
        course(FoundLesson('<&"> 🔥 : - # [x]', "Tekst."), title='<&"> 🔥'),
        course(FoundLesson("no", "no"), title="no", summary="no", objectives=("yes",)),
        course(FoundLesson("Likt", "En."), FoundLesson("Likt", "To."), FoundLesson("LIKT", "Tre.")),
        course(*(FoundLesson(f"Del {n}", "Tekst.") for n in range(120))),
        course(FoundLesson("a" * 500, "x"), title="æ" * 500, summary="Ord " * 200),
        course(FoundLesson("CON", "x"), title="index"),
        course(FoundLesson("a\x07\u202eb", "x"), title="Kurs\x00\x1b[2J", summary="a\u200bb", objectives=("\x07",)),
        course(FoundLesson("A", "[neste](lesson:1) [borte](lesson:7)"), FoundLesson("B", "![Rødt](bilder/x.png)"),
               media=(FoundMedia("bilder/x.png", png()),)),
        course(FoundLesson("A", "", (question("Hva?"), question("Hva?"), question("Hva?", "1")))),
        course(FoundLesson("A", "x"), pass_mark=80, objectives=tuple(f"Kan {n}" for n in range(9))),
        course(FoundLesson("A", "x", (question("Hva?"),)), pass_mark=80),
        course(FoundLesson("A", NORWEGIAN), language="xx-klingon!", authors=("", " Testvik  kommune ")),
    ],
    ids=["nothing", "empty", "signs", "yaml", "alike", "120", "long", "reserved", "unseen", "links", "questions", "mark", "passed", "odd"],
)  # fmt: skip
def test_a_course_passes_check(found: FoundCourse, region: Region):
    assert errors(region, made(found)) == []


def test_modules_keep_their_order_and_have_names_of_their_own():
    files = made(
        course(FoundLesson("Likt", "En."), FoundLesson("Likt", "To."), FoundLesson("Å høre", "Tre."))
    )

    assert dict(files.modules) == {
        "brannvern-likt": PurePosixPath("01-likt.md"),
        "brannvern-likt-2": PurePosixPath("02-likt.md"),
        "brannvern-a-hore": PurePosixPath("03-a-hore.md"),
    }


def test_an_id_that_the_region_has_is_not_taken():
    files = made(course(FoundLesson("Varsle", "x")), taken=frozenset({"brannvern-varsle"}))

    assert list(files.modules) == ["brannvern-varsle-2"]


def test_links_between_lessons_lead_to_modules():
    files = made(course(FoundLesson("A", "[b](lesson:1)"), FoundLesson("B", "x"), body="[start](lesson:0)"))

    assert "[b](id:brannvern-b)" in files.texts[PurePosixPath("01-a.md")]
    assert "[start](id:brannvern-a)" in files.texts[PurePosixPath("index.md")]


def test_questions_stand_after_the_text_each_with_an_id_of_its_own():
    standing = "<quiz>\n<!-- id: q -->\nFør?\n\n- [x] Ja\n- [ ] Nei\n</quiz>"
    files = made(
        course(FoundLesson("A", f"Tekst.\n\n{standing}", (question("Etter?", "q"), question("", "tom"))))
    )

    text = files.texts[PurePosixPath("01-a.md")]
    assert [(one.id, one.stem) for _, one in questions(text)] == [("q", "Før?"), ("q-2", "Etter?")]
    assert files.questions == 2
    assert [(one.where, one.why) for one in files.losses] == [
        ("kurs.docx: A, question 2", "it asks nothing. Write what is asked")
    ]


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("nb-NO", "nb"),
        ("no", "nb"),
        ("nob", "nb"),
        ("nn_NO", "nn"),
        ("en-US", "en"),
        ("se", "se"),
        (None, "nb"),
        ("?", "nb"),
    ],
)
def test_a_language_is_one_that_the_pages_know(said: str | None, language: str):
    index = made(course(FoundLesson("A", NORWEGIAN), language=said), language="en").texts[
        PurePosixPath("index.md")
    ]

    assert (f"language: {language}\n" in index) == (language != "en")


def test_only_those_who_are_credited_by_a_licence_or_by_hand_are_credited():
    named = {"authors": ("Åse",)}
    index = PurePosixPath("index.md")

    assert "- Åse\n" in made(course(**named)).texts[index]
    assert "Åse" not in made(course(**named, licence=None)).texts[index]
    assert "- KS\n" in made(course(**named, licence=None), authors=("KS",)).texts[index]
