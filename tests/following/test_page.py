"""The page «Kurs vi har tilpasset»: what is committed, in plain words; a build asks nobody."""

from __future__ import annotations

from typing import Any

FOLDER = "content/kurs/brannvern"


def _page(scene: Any) -> str:
    scene.kompetanse("stage", "stage")
    text: str = scene.b.text("stage/docs/tilpasset/index.md")
    return text


def test_a_region_without_adopted_courses_has_no_such_page(scene: Any) -> None:
    scene.kompetanse("stage", "stage")

    assert not (scene.b.root / "stage/docs/tilpasset").exists()


def test_it_says_where_a_course_comes_from_and_that_nothing_is_new(forked: Any) -> None:
    page = _page(forked)

    assert "Brannvern for alle" in page
    assert "Nordvik · CC-BY-4.0" in page
    assert "Uendret" in page
    assert "À jour" in page


def test_it_says_what_was_changed_here_what_is_new_there_and_what_waits(forked: Any) -> None:
    forked.b.edit(f"{FOLDER}/01-alarm.md", "ved porten", "ved rådhuset kl. 9")
    forked.a.edit(f"{FOLDER}/01-alarm.md", "ved porten", "ved porten kl. 10")
    forked.kompetanse("update", "brannvern")
    forked.a.edit(f"{FOLDER}/02-slokking.md", "liten", "svært liten")
    forked.kompetanse("source", "refresh")

    page = _page(forked)

    assert "1 fil endret" in page
    assert "1 fil venter på svar fra redaksjonen" in page
    assert "Har en nyere utgave" in page


def test_what_a_source_calls_itself_is_shown_as_text(forked: Any) -> None:
    title = '"Brann\\n\\n<script>alert(1)</script> [x](javascript:1)"'
    forked.b.edit(f"{FOLDER}/origin.yml", "title: Brannvern for alle", f"title: {title}")

    page = _page(forked)

    assert "<script>alert" not in page
    assert "[x](javascript" not in page
    assert "Brann &#60;script" in page
