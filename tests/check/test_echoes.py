"""One fault is one problem: what follows from it is not told too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Region = Callable[[Mapping[str, str | bytes]], Path]
Places = Callable[[Path], list[tuple[str, int, str]]]

LEVELS = "levels: {1: Kjenner til, 2: Får hjelp, 3: Greier selv, 4: Veileder}\n"
COMPETENCE = f"---\ntype: competence\nid: brannvern\ntitle: Brannvern\n{LEVELS}---\n"
ROLE = "---\ntype: role\nid: vaktmester\ntitle: Vaktmester\nrequires:\n- competence: brannvern\n  level: 2\n---\n"
COURSE = """\
---
type: course
id: brannkurs
title: Brannvernkurs
audience: [vaktmester]
teaches:
- competence: brannvern
  level: 2
---

Vi øver på å slukke. Se [kompetansen](id:brannvern).
"""
HEALTHY = {"content/k.md": COMPETENCE, "content/r.md": ROLE, "content/brannkurs.md": COURSE}


def test_the_healthy_region_is_healthy(region: Region, problems: Places):
    assert problems(region(HEALTHY)) == []


ONE_FAULT = {
    "a key that is misspelt and so is missing": (
        "k.md",
        "title: Brannvern",
        "titel: Brannvern",
        4,
        "unknown-key",
    ),
    "a nested key that is misspelt": ("r.md", "competence:", "competance:", 6, "unknown-key"),
    "a level that is unknown": ("r.md", "level: 2", "level: to", 7, "unknown-level"),
    "a level of a course that is unknown": ("brannkurs.md", "level: 2", "level: 9", 8, "unknown-level"),
    "a role without title": ("r.md", "title: Vaktmester\n", "", 1, "missing-key"),
    "a course without title": ("brannkurs.md", "title: Brannvernkurs\n", "", 1, "missing-key"),
    "a course whose teaching is text": (
        "brannkurs.md",
        "teaches:\n- competence: brannvern\n  level: 2",
        "teaches: brannvern",
        6,
        "wrong-type",
    ),
    "a misspelt competence": (
        "r.md",
        "competence: brannvern",
        "competence: branvern",
        6,
        "unknown-reference",
    ),
    "a misspelt kind": ("k.md", "type: competence", "type: competance", 2, "unknown-type"),
    "a kind in Norwegian": ("k.md", "type: competence", "type: Kompetanse", 2, "unknown-type"),
    "a misspelt kind without title": ("r.md", "type: role\nid", "type: rolle\nid", 2, "unknown-type"),
    "a kind that is no text": ("k.md", "type: competence", "type: [competence]", 2, "wrong-type"),
    "a status that is no text": ("k.md", "id:", "status: [draft]\nid:", 3, "wrong-type"),
    "an id that is no id": ("brannkurs.md", "id: brannkurs", "id: Brannkurs", 3, "bad-id"),
    "a file that cannot be read": ("brannkurs.md", "title: Brann", 'title: "Brann', 4, "yaml-syntax"),
    "a role that cannot be read": ("r.md", "title:", "title: Vakt:", 4, "yaml-colon"),
}


@pytest.mark.parametrize("name", ONE_FAULT)
def test_one_fault_is_one_problem(region: Region, problems: Places, name: str):
    file, old, new, line, code = ONE_FAULT[name]
    path = f"content/{file}"
    text = HEALTHY[path]
    assert old in text

    found = problems(region({**HEALTHY, path: text.replace(old, new, 1)}))

    assert found == [(path, line, code)]


def test_a_kind_that_nobody_can_guess_is_one_problem(region: Region, problems: Places):
    session = "---\ntype: samling\nid: januar\ntitle: Januar\ncourse: brannkurs\n---\n"
    programme = "---\ntype: programme\nid: lop\ntitle: Løp\nsteps:\n- session: januar\n---\n"

    found = problems(region({**HEALTHY, "content/s.md": session, "content/p.md": programme}))

    assert found == [("content/s.md", 2, "unknown-type")]


def test_a_guessed_kind_still_tells_its_other_faults(region: Region, problems: Places):
    course = COURSE.replace("type: course", "type: corse").replace("level: 2", "level: 7")

    found = problems(region({**HEALTHY, "content/brannkurs.md": course}))

    assert found == [
        ("content/brannkurs.md", 2, "unknown-type"),
        ("content/brannkurs.md", 8, "unknown-level"),
    ]


def test_a_picture_with_an_unsafe_address_is_one_problem(region: Region, problems: Places):
    body = "![En tavle](javascript:alert%281%29)\n"

    assert problems(region({"content/a.md": body})) == [("content/a.md", 1, "unsafe-link")]


def test_two_files_for_one_address_without_ids_are_one_problem(region: Region, problems: Places):
    files = {"content/vakt.md": "Før vakten.\n", "content/vakt/index.md": "Etter vakten.\n"}

    assert problems(region(files)) == [("content/vakt/index.md", 0, "duplicate-address")]


def test_a_link_with_no_address_is_broken(region: Region, problems: Places):
    assert problems(region({"content/a.md": "Se [reglene]().\n"})) == [("content/a.md", 1, "broken-link")]


def test_a_link_to_a_heading_that_is_brought_in_is_whole(region: Region, problems: Places):
    module = "---\ntype: module\nid: varsling\ntitle: Varsling\n---\n\n## Hvem ringer\n\nRing 110.\n"
    page = '---\nid: vakt\ntitle: Vakt\n---\n\nSe [hvem som ringer](#hvem-ringer).\n\n--8<-- "varsling"\n'

    assert problems(region({"content/m.md": module, "content/vakt.md": page})) == []


def test_text_in_code_and_comments_is_no_content(region: Region, problems: Places):
    body = """\
Skriv `<!--` foran en kommentar, `[slik](finnes-ikke.md)` for en lenke og `<script>` aldri.

<!-- [gammel lenke](borte.md) -->

~~~markdown
<quiz>
- [ ] et spørsmål uten svar
</quiz>

![](uten-tekst.png)
~~~

En ` alene og en til.

Se [reglene](borte.md), og enda en ` her.
"""

    assert problems(region({"content/a.md": body})) == [("content/a.md", 15, "broken-link")]
