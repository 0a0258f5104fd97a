"""Which courses a repository offers, whoever laid it out."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest

from kompetanse.model.offer import Offer
from kompetanse.model.region import Source
from kompetanse.sharing.licence_text import licence_in
from kompetanse.sharing.offers import offer_again, offers_of

COURSE = """---
type: course
id: brann
title: Brannvern
summary: Slokk i tide.
teaches:
- {{competence: slokke, level: 2}}
audience: [vakt]
{more}---
"""
MODULE = "---\ntype: module\nid: {0}\ntitle: {0}\nduration: PT{1}M\n---\nTekst.\n"
REGION = "id: nordvik\nname: Nordvik\npublisher: Nordvik kommune\nurl: https://nordvik.example\nlanguages: [nn, nb]\nlicence: NLOD-2.0\n"


@pytest.fixture
def offered(foreign: Any, store: Any, now: Any) -> Any:
    """Commit files, and return what they offer by id."""

    def read(files: Mapping[str, str | bytes], languages: tuple[str, ...] = ("nb", "nn")) -> dict[str, Offer]:
        foreign.commit(files)
        opened = store(foreign.folder)
        snapshot = opened.snapshot(opened.refresh(now))
        source = Source(name="nabo", repository="https://git.example.no/brann-laering.git")
        return {one.id: one for one in offers_of(snapshot, source, languages)}

    return read


def test_a_region_of_ours_says_itself_what_it_offers(offered: Any, foreign: Any):
    found = offered(
        {
            "region.yml": REGION,
            "content/kurs/brann/index.md": COURSE.format(more=""),
            "content/kurs/brann/a.md": MODULE.format("a", 10),
            "content/kurs/brann/b.md": MODULE.format("b", 25),
            "content/slokke.md": "---\ntype: competence\nid: slokke\ntitle: Slokke små branner\nlevels: {1: a, 2: b, 3: c, 4: d}\n---\n",
            "content/vakt.md": "---\ntype: role\nid: vakt\ntitle: Vaktmester\n---\n",
        }
    )

    assert found["brann"] == Offer(
        source="nabo",
        region="nordvik",
        region_name="Nordvik",
        id="brann",
        title="Brannvern",
        language="nn",
        summary="Slokk i tide.",
        licence="NLOD-2.0",
        minutes=35,
        levels=(2,),
        teaches=("Slokke små branner",),
        audience=("Vaktmester",),
        authors=("Nordvik kommune",),
        url="https://nordvik.example/kurs/brann/",
        repository="https://git.example.no/brann-laering.git",
        path="content/kurs/brann",
        commit=foreign.git("rev-parse", "HEAD"),
        version=foreign.git("rev-parse", "HEAD:content/kurs/brann"),
    )


ORIGIN = """\
version: 1
source:
  name: ks
  region: ks
  repository: https://git.example.no/ks.git
  path: content/kurs/brann
  id: brannvern
  commit: c4a3939c381f674730789b66a2b4004559032003
  tree: c4a3939c381f674730789b66a2b4004559032003
  credit: {title: Brannvern, authors: [KS], licence: CC-BY-4.0}
files: {}
history:
- {time: 2026-03-04T09:12:00+01:00, did: fork, to: c4a3939c381f674730789b66a2b4004559032003}
"""


def test_what_a_course_was_adapted_from_is_told_along(offered: Any):
    files = {"region.yml": REGION, "content/kurs/brann/index.md": COURSE.format(more="")}

    assert offered({**files, "content/kurs/brann/origin.yml": ORIGIN})["brann"].based_on == ("ks/brannvern",)
    assert offered({**files, "content/kurs/brann/origin.yml": "{"})["brann"].based_on == ()


def test_drafts_retired_courses_and_translations_are_no_offers(offered: Any):
    files = {
        f"content/{name}/index.md": COURSE.format(more=f"status: {name}\n").replace(
            "id: brann", f"id: {name}"
        )
        for name in ("draft", "retired", "published")
    }
    translation = COURSE.format(more="").replace("id: brann", "id: published-en")

    found = offered({"region.yml": REGION, **files, "content/published/index.en.md": translation})

    assert list(found) == ["published"]


def test_what_the_region_has_withdrawn_is_said_and_is_no_course(offered: Any):
    gone = "withdrawn:\n- {id: brann, reason: error, date: 2026-11-20}\n- {id: borte, reason: personal-data, date: 2026-11-21}\n"

    found = offered({"region.yml": REGION + gone, "content/brann/index.md": COURSE.format(more="")})

    assert {
        id_: (one.title, one.withdrawn, str(one.withdrawn_on), one.path) for id_, one in found.items()
    } == {
        "borte": ("borte", "personal-data", "2026-11-21", None),
        "brann": ("Brannvern", "error", "2026-11-20", None),
    }


def test_a_damaged_file_of_a_region_costs_only_itself(offered: Any):
    found = offered(
        {
            "region.yml": REGION,
            "content/a/index.md": COURSE.format(more=""),
            "content/b/index.md": "---\ntype: course\nid: [\n---\n",
            "content/c.md": b"\xff\xfe\x00",
            "content/d/index.md": "---\ntype: course\nid: d\ntitle: !!python/object/apply:os.system [id]\n---\n",
        }
    )

    assert "brann" in found
    assert "b" not in found


def test_hostile_words_arrive_as_plain_text_in_one_row(offered: Any):
    found = offered(
        {
            "region.yml": REGION,
            "content/a/index.md": COURSE.format(more="").replace(
                "Brannvern", '"Brann\\e[2J\\u202evern\\n</script>"'
            ),
        }
    )

    assert found["brann"].title == "Brann[2Jvern </script>"


def test_a_lesson_of_the_carpentries_is_one_course(offered: Any):
    episode = "---\ntitle: Ein\nteaching: 10\nexercises: {}\n---\n# Ein\n"
    found = offered(
        {
            "config.yaml": "title: 'Version Control'\nlicense: 'CC-BY 4.0'\nlang: en\n",
            "episodes/01.md": episode.format(5),
            "episodes/02.md": episode.format(0),
            "learners/setup.md": "# Setup\n",
            "instructors/notes.md": "# Notes\n",
            "LICENSE.md": "Text under CC BY 4.0, code under the MIT License.\n",
        }
    )

    one = found["brann-laering"]
    assert (one.title, one.licence, one.language, one.minutes, one.path) == (
        "Version Control",
        "CC-BY-4.0",
        "en",
        25,
        ".",
    )


def test_folders_with_lessons_are_courses_and_all_else_is_none(offered: Any):
    page = "# Side\n"
    found = offered(
        {
            "README.md": "# Om oss\n",
            "LICENSE": "Creative Commons Attribution-ShareAlike 4.0 International Public License\n",
            "src/python/README.md": "---\ntitle: Python fra start\nlanguage: nb\n---\n",
            "src/python/a.md": page,
            "src/web/en.md": page,
            "src/web/to.md": page,
            "src/web/LICENSE.md": "CC0-1.0\n",
            "src/alene/side.md": page,
            "node_modules/x/a.md": page,
            "node_modules/x/b.md": page,
            ".github/a.md": page,
            ".github/b.md": page,
            "CONTRIBUTING.md": page,
            "CHANGELOG.md": page,
        }
    )  # fmt: skip

    assert {id_: (one.title, one.language, one.licence) for id_, one in found.items()} == {
        "python": ("Python fra start", "nb", "CC-BY-SA-4.0"),
        "web": ("Web", "und", "CC0-1.0"),
    }


def test_hugos_bundles_are_lessons_and_the_whole_site_is_no_course(offered: Any):
    files = {
        f"content/{course}/{lesson}/index.{language}.md": f"---\ntitle: {lesson} {language}\n---\n"
        for course in ("starte", "drive")
        for lesson in ("plan", "navn")
        for language in ("nb", "nn", "en")
    }
    first = {
        f"content/{course}/_index.{language}.md": f"---\ntitle: {course} {language}\n---\n"
        for course in ("starte", "drive")
        for language in ("nb", "nn", "en")
    }

    found = offered(
        {"content/_index.md": "---\ntitle: Start\n---\n", **files, **first}, languages=("nn", "nb")
    )

    assert {id_: (one.title, one.language) for id_, one in found.items()} == {
        "starte": ("starte nn", "nn"),
        "drive": ("drive nn", "nn"),
    }


def test_courses_with_one_name_get_the_names_of_the_folders_above(offered: Any):
    files = {f"{top}/git/{name}.md": "# x\n" for top in ("grunn", "videre") for name in ("a", "b")}

    assert list(offered(files)) == ["grunn-git", "videre-git"]


def test_a_repository_without_lessons_offers_nothing(offered: Any):
    assert offered({"README.md": "# x\n", "main.py": "1\n"}) == {}


@pytest.mark.parametrize(
    ("text", "licence"),
    [
        ("cc-by-4.0", "CC-BY-4.0"),
        ("SPDX-License-Identifier: GPL-3.0-only\nrest", "GPL-3.0-only"),
        ("# License\n\nhttps://creativecommons.org/licenses/by-nc-sa/4.0/", "CC-BY-NC-SA-4.0"),
        ("Attribution-NonCommercial-NoDerivatives 4.0 International", "CC-BY-NC-ND-4.0"),
        ("Attribution 4.0 International\n\n=====", "CC-BY-4.0"),
        ("Creative Commons\nAttribution-ShareAlike 3.0 International", "CC-BY-SA-3.0"),
        ("Norsk lisens for offentlige data (NLOD) 2.0", "NLOD-2.0"),
        ("MIT License\n\nCopyright", "MIT"),
        (
            "                                 Apache License\n                           Version 2.0",
            "Apache-2.0",
        ),
        ("Text is CC BY 4.0, code is MIT License", "CC-BY-4.0"),
        ("Some pages CC BY 4.0, others CC BY-SA 4.0", None),
        ("All rights reserved", None),
        ("", None),
    ],
)
def test_a_licence_is_told_from_what_its_text_says(text: str, licence: str | None):
    assert licence_in(text) == licence


def test_a_large_source_is_read_by_its_first_pages_alone(
    offered: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
):
    monkeypatch.setattr("kompetanse.sharing.offers_of_region.MOST_READ_WHOLE", 3)
    files = {f"content/kurs/brann/m{i}.md": MODULE.format(f"m{i}", 5) for i in range(4)}

    found = offered({"region.yml": REGION, "content/kurs/brann/index.md": COURSE.format(more=""), **files})

    assert (found["brann"].minutes, found["brann"].levels, found["brann"].teaches) == (
        None,
        (2,),
        ("slokke",),
    )
    with closing(sqlite3.connect(tmp_path / "store/blobs.sqlite")) as base:
        assert base.execute("SELECT count(*) FROM blob").fetchone() == (2,)


@pytest.mark.parametrize("is_region", [True, False])
def test_one_course_is_read_again_without_the_others(
    is_region: bool, foreign: Any, store: Any, now: Any, tmp_path: Any
):
    own = {"region.yml": REGION} if is_region else {}
    page = COURSE.format(more="")
    foreign.commit(
        own
        | {
            "content/kurs/brann/index.md": page,
            "content/kurs/brann/a.md": MODULE.format("a", 10),
            "content/kurs/brannvakt/index.md": page.replace("id: brann", "id: brannvakt"),
            "content/kurs/brannvakt/b.md": MODULE.format("b", 10),
        }
    )
    opened = store(foreign.folder)
    snapshot = opened.snapshot(opened.refresh(now))
    source = Source(name="nabo", repository="https://git.example.no/brann-laering.git")
    (kept,) = (one for one in offers_of(snapshot, source) if one.id == "brann")
    (tmp_path / "store/blobs.sqlite").unlink()

    assert offer_again(snapshot, source, kept) == kept
    with closing(sqlite3.connect(tmp_path / "store/blobs.sqlite")) as base:
        assert base.execute("SELECT count(*) FROM blob").fetchone() == (3 if is_region else 1,)
    assert offer_again(snapshot, source, replace(kept, commit="0" * 40)) is None
    assert offer_again(snapshot, source, replace(kept, path="content/kurs/brannvakt")) is None
