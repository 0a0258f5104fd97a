"""What two versions differ in, as authors read it."""

from __future__ import annotations

from pathlib import PurePosixPath

from kompetanse.sharing.differences import Sort, difference, differences, marked

PAGE = """\
---
type: course
title: Personvern
teaches:
- {competence: personvern, level: 2}
---

Kurset varer en dag.

## Oppmøte

Ta med legitimasjon til
oppmøtet.

```bash
git status
```
"""
MODULE = PurePosixPath("index.md")


def _shown(before: str, after: str) -> list[str]:
    """Return each passage as its headings and its words, the old ones in [], the new ones in {}."""
    found = difference(MODULE, before.encode(), after.encode())
    return [
        " > ".join((*one.headings, "")) + "".join(_word(word.sort, word.text) for word in one.words)
        for one in found.passages
    ]


def _word(sort: Sort, text: str) -> str:
    return {Sort.SAME: text, Sort.REMOVED: f"[{text}]", Sort.ADDED: f"{{{text}}}"}[sort]


def test_a_changed_word_is_shown_in_its_paragraph_under_its_heading() -> None:
    after = PAGE.replace("legitimasjon", "gyldig legitimasjon").replace("en dag", "to dager")

    assert _shown(PAGE, after) == [
        "Kurset varer [en dag]{to dager}.",
        "Oppmøte > Ta med {gyldig }legitimasjon til\noppmøtet.",
    ]


def test_where_a_paragraph_is_wrapped_is_no_difference() -> None:
    found = difference(MODULE, PAGE.encode(), PAGE.replace("til\nopp", "til opp").encode())

    assert found.layout
    assert not found.passages


def test_row_ends_are_no_difference() -> None:
    found = difference(MODULE, PAGE.encode(), PAGE.replace("\n", "\r\n").encode())

    assert found.layout


def test_paragraphs_and_headings_come_and_go() -> None:
    after = PAGE.replace("## Oppmøte\n", "Det er gratis.\n\n## Frammøte\n")

    assert _shown(PAGE, after) == ["{Det er gratis.}", "## [Oppmøte]{Frammøte}"]


def test_code_is_one_passage() -> None:
    assert _shown(PAGE, PAGE.replace("git status", "git status\n\ngit add")) == [
        "Oppmøte > ```bash\ngit status{\n\ngit add}\n```"
    ]


def test_front_matter_is_told_by_key_in_words() -> None:
    after = PAGE.replace("Personvern", "Personvern A–Å").replace("level: 2", "level: 3")
    after = after.replace("type: course\n", "type: course\ntags: [lov, data]\ncertificate: {pass: 80}\n")

    found = difference(MODULE, PAGE.encode(), after.encode())

    assert {one.key: (one.before, one.after) for one in found.keys} == {
        "title": ("Personvern", "Personvern A–Å"),
        "teaches": ("competence personvern, level 2", "competence personvern, level 3"),
        "tags": (None, "lov, data"),
        "certificate": (None, "pass 80"),
    }


def test_files_come_go_and_cannot_always_be_shown() -> None:
    before = {PurePosixPath("a.md"): b"A\n", PurePosixPath("kart.png"): b"\x89PNG", MODULE: b"I\n"}
    after = {PurePosixPath("b.md"): b"B\n", PurePosixPath("kart.png"): b"\x89PNG2", MODULE: b"I\n"}

    assert [(str(one.path), one.sort, one.is_text) for one in differences(before, after)] == [
        ("a.md", Sort.REMOVED, True),
        ("b.md", Sort.ADDED, True),
        ("kart.png", Sort.CHANGED, False),
    ]


def test_front_matter_that_is_no_yaml_is_compared_as_it_stands() -> None:
    found = difference(MODULE, b"---\na: [\n---\nT\n", b"---\na: [[\n---\nT\n")

    assert [one.key for one in found.keys] == [""]


def test_the_words_of_both_versions_are_all_there() -> None:
    words = list(marked("en to tre", "en 2 tre fire"))

    assert "".join(one.text for one in words if one.sort is not Sort.ADDED) == "en to tre"
    assert "".join(one.text for one in words if one.sort is not Sort.REMOVED) == "en 2 tre fire"
