"""A course goes out in each format that we also read, and comes in again: what is shown is the same, but for what a table says.

Both sides are compared as editions, which is what packages show; the table is asserted both ways, so that it stays true.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from lxml import html as lxml_html
from tests.export import odd

from kompetanse.export.edition import Edition, Lesson
from kompetanse.export.formats import FORMATS
from kompetanse.importers.archives import opened
from kompetanse.importers.course_files import Wish, course_files
from kompetanse.importers.readers import reader_of

SHORT: Mapping[str, str | bytes] = {
    "content/kurs/brann/index.md": '---\ntype: course\nid: brann\ntitle: "Brannvern på jobb & hjemme"\nsummary: Hva du gjør når det brenner.\n'
    "objectives: [Varsle brannvesenet, Finne nødutgangen]\ncertificate: {pass: 75}\nlicence: CC-BY-SA-4.0\nmodules: [for-brannen, under]\n---\n\nKurset tar ti minutter. Begynn med [det første](for-brannen.md).\n",
    "content/kurs/brann/for-brannen.md": """\
---
type: module
id: for-brannen
title: Før brannen
summary: Gjør deg klar.
---

Finn **nødutgangen**, og *gå* dit. Les mer hos [DSB](https://www.dsb.no/) og i [instruksen](instruks.pdf).

![Grønt skilt med en løper](skilt.png)

## Skiltene

| Skilt | Betyr |
| --- | --- |
| Grønt | Ut |
| Rødt | Slokking |

!!! exercise "Gå runden"
    Gå gjennom bygget, og skriv ned hva du ser:

    1. Dører
    2. Skilt

??? instructor "Til deg som holder kurset"
    Ta med et slokkeapparat.

<quiz>
<!-- id: dor -->
Hva gjør du med en stengt nødutgang?

- [ ] Venter
    > Nei. Det kan være for sent.
- [x] Melder fra
    > Ja, *med en gang*.

Se branninstruksen.
</quiz>

Gå så videre til [neste del](under.md).
""",
    "content/kurs/brann/under.md": """\
---
type: module
id: under
title: Under brannen
---

- Redd
    - folk først
- Varsle
- Slokk

<quiz>
<!-- id: farlig -->
Hvilke er farlige?

- [x] Stearinlys
    > Ja. Slokk dem.
- [x] Kaffetrakter
- [ ] Lukket dør
    > Nei. Den stanser røyk.
</quiz>

<quiz>
<!-- id: nummer -->
Ring [[110|en ti]] når det brenner.
</quiz>
""",
    "content/kurs/brann/skilt.png": odd.PNG,
    "content/kurs/brann/instruks.pdf": b"%PDF-1.4\n%%EOF\n",
}
"""An ordinary course."""

QUESTIONS_ONLY = {
    "summary",
    "licence",
    "pass mark",
    "objectives",
    "summaries of modules",
    "text of the course",
    "text",
    "boxes",
    "pictures",
    "files",
    "links between modules",
    "places of questions",
}
NOT_HELD: Mapping[str, set[str]] = {
    "scorm12": set(),
    "cmi5": set(),
    "html": set(),
    "epub": {"files", "pass mark"},
    "mbz": set(),
    "cc11": {"boxes", "links between modules", "pass mark", "summaries of modules"},
    "moodle-xml": QUESTIONS_ONLY,
    "gift": QUESTIONS_ONLY,
}  # fmt: skip
"""What a format cannot hold."""

NO_QUESTIONS = {
    name: {"modules", "questions of each module", "languages of modules"} for name in ("moodle-xml", "gift")
}
"""What a file of questions does not hold of a course that has a module without any."""

RARE = {"text", "places of questions", "files", "languages of modules"}
"""What besides may differ in a course of rare things: the button of a form is not taken in, sound is a link, and a cartridge's
module of ten words does not tell its language."""


OTHER_BRACKETS = {name: {"title", "modules"} for name in ("mbz", "cc11", "moodle-xml", "gift")}
"""Names come back with other brackets from what is written for Moodle, which strips what stands in angle brackets."""


def taken_in(name: str, data: bytes, folder: Path) -> Edition:
    """Return the edition of the course that a package becomes in another region."""
    file = folder / FORMATS[name].file_name("pakke")
    file.write_bytes(data)
    root = odd.written(folder / "inn", {})
    with opened(file) as source:
        made = course_files(reader_of(source).read(source), Wish("nb"))
        base = root / "content/kurs" / made.id
        for path, text in made.texts.items():
            _put(base / path, text.replace("status: draft\n", "").encode())
        for one in made.media:
            _put(base / one.name, one.data if isinstance(one.data, bytes) else one.data.read_bytes())
    return odd.edition_of(root, made.id)


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _words(html: str) -> str:
    return " ".join("".join(map(str, lxml_html.fromstring(f"<div>{html}</div>").itertext())).split())


def _about(edition: Edition) -> str:
    """Return what a course says of itself, without the sentence that names the file it was imported from."""
    return re.sub(r" Importert fra filen pakke\.[a-z0-9.]+$", "", _words(edition.lessons[0].html))


def _boxes(lesson: Lesson) -> list[str]:
    return re.findall(r'<(?:div|details) class="(?:admonition )?([a-z]+)"', lesson.html)


def _places(lesson: Lesson) -> list[str]:
    """Return the last words before each question."""
    parts = re.split(r'<div data-task="[^"]*"></div>', lesson.html)
    return [_words(part)[-20:] for part in parts[:-1]]


def _digests(edition: Edition, *, pictures: bool) -> list[str]:
    return sorted(
        hashlib.sha256(one.file.read_bytes()).hexdigest()[:12]
        for one in edition.media
        if one.type.startswith("image/") is pictures
    )


def _alts(edition: Edition) -> list[str]:
    return re.findall(r'<img[^>]*\balt="([^"]*)"', "".join(lesson.html for lesson in edition.lessons))


ASPECTS: Mapping[str, Callable[[Edition], object]] = {
    "title": lambda one: one.course.title,
    "summary": lambda one: one.course.summary,
    "language": lambda one: one.course.language,
    "licence": lambda one: one.course.licence,
    "pass mark": lambda one: one.pass_mark,
    "objectives": lambda one: [one.course.objectives, *(lesson.objectives for lesson in one.lessons[1:])],
    "modules": lambda one: [lesson.title for lesson in one.lessons[1:]],
    "summaries of modules": lambda one: [lesson.summary for lesson in one.lessons[1:]],
    "languages of modules": lambda one: [lesson.language for lesson in one.lessons[1:]],
    "text of the course": _about,
    "text": lambda one: [_words(lesson.html) for lesson in one.lessons[1:]],
    "boxes": lambda one: [_boxes(lesson) for lesson in one.lessons[1:]],
    "pictures": lambda one: (_digests(one, pictures=True), _alts(one)),
    "files": lambda one: _digests(one, pictures=False),
    "links between modules": lambda one: [
        len(re.findall(r'href="lesson:', lesson.html)) for lesson in one.lessons[1:]
    ],
    "questions": lambda one: [(task.kind, task.text) for task in one.tasks],
    "questions of each module": lambda one: [
        [task.id for task in lesson.tasks] for lesson in one.lessons[1:]
    ],
    "places of questions": lambda one: [_places(lesson) for lesson in one.lessons[1:]],
    "right answers": lambda one: [
        (task.answers, [(choice.text, choice.right) for choice in task.choices]) for task in one.tasks
    ],
    "feedback": lambda one: [[_words(choice.feedback) for choice in task.choices] for task in one.tasks],
    "explanations": lambda one: [_words(task.explanation) for task in one.tasks],
}
"""What a course is."""


def lost(before: Edition, after: Edition) -> set[str]:
    """Return the aspects of which something is different."""
    return {name for name, of in ASPECTS.items() if of(before) != of(after)}


@pytest.mark.parametrize("name", list(NOT_HELD))
def test_a_course_that_goes_out_and_comes_in_is_the_same_but_for_what_the_table_says(
    name: str, tmp_path: Path
):
    before = odd.edition_of(odd.written(tmp_path / "ut", SHORT), "brann")

    after = taken_in(name, odd.package(name, before)[0], tmp_path)

    assert lost(before, after) == NOT_HELD[name]


@pytest.mark.parametrize("name", list(NOT_HELD))
def test_a_course_of_rare_things_comes_in_with_its_questions_and_titles(name: str, tmp_path: Path):
    before = odd.edition_of(odd.written(tmp_path / "ut", odd.ODD), "rart")

    after = taken_in(name, odd.package(name, before)[0], tmp_path)

    allowed = NOT_HELD[name] | NO_QUESTIONS.get(name, set()) | OTHER_BRACKETS.get(name, set())
    assert lost(before, after) - RARE <= allowed
