"""Links of an adopted text to what stays with its source: ours where we have it, else the source's page, else plain words."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from tests.forking.conftest import NABOVIK, competence, git

from kompetanse.content.origin import understand
from kompetanse.content.reading import read_region_at
from kompetanse.content.reuse import finish
from kompetanse.model.origin import Credit, Event, Origin
from kompetanse.sharing.origin import read
from kompetanse.sharing.origin import text as text_of

Make = Callable[..., Path]
Run = Callable[..., Any]
FOLDER = PurePosixPath("content/kurs/brev")
SITE = "https://nabovik.example"

LINKS = """\
---
type: module
id: les
title: Les brevet
licence: CC-BY-4.0
---

Om [arkivaren](id:arkivar "Rollen"), [frister](id:frister#svar-på-brev) og [e-post][post].

Se [rutinen](../../rutiner/01-frist.md), [e-post igjen](../epost/), [samlingen](id:samling) og [utkastet](id:utkast).

## Mer om [arkivaren](id:arkivar)

[post]: id:epost
"""

STAYING: dict[str, str | bytes | None] = {
    "content/kurs/brev/01-les.md": LINKS,
    "content/rutiner/01-frist.md": "---\nid: frister\ntitle: Frister\n---\n\n## Svar på brev\n\nTre uker.\n",
    "content/sider/utkast.md": "---\nid: utkast\ntitle: Utkast\nstatus: draft\n---\n\nKommer.\n",
}
ALL = {
    "arkivar": f"{SITE}/roller/arkivar/",
    "epost": f"{SITE}/kurs/epost/",
    "frister": f"{SITE}/rutiner/01-frist/",
    "samling": f"{SITE}/kurs/brev/samling/",
}
CREDIT = Credit("Brev", ("Nabovik",), "CC-BY-4.0")
FORKED = Event(datetime(2026, 11, 24, tzinfo=UTC), "fork", "0" * 40)


def without_site() -> str:
    return str(NABOVIK["region.yml"]).replace(f"url: {SITE}/\n", "")


def text(root: Path, path: str = "content/kurs/brev/01-les.md") -> str:
    """Return the finished text of a file."""
    library = read_region_at(root, "content", date(2026, 11, 24)).library
    return finish(library, library.by_path[PurePosixPath(path)])


def warnings(root: Path) -> list[str]:
    """Return what the check warns of in the course, as `code: what`."""
    problems = read_region_at(root, "content", date(2026, 11, 24)).problems
    return sorted(
        f"{one.code}: {one.values.get('target') or one.values.get('anchor')}"
        for one in problems
        if one.path.is_relative_to(FOLDER)
        and one.code.startswith(("adopted-link", "adopted-anchor", "broken-"))
    )


def test_a_link_to_what_stays_leads_to_the_sources_page(
    nabovik: Make, ours: Path, run: Run, errors: Run
) -> None:
    nabovik(STAYING)

    done = run(ours, "fork", "nabovik/brev")

    assert done.exit_code == 0, done.err
    assert errors(ours) == []
    found = text(ours)
    assert f'[arkivaren]({ALL["arkivar"]} "Rollen")' in found
    assert f"[frister]({ALL['frister']}#svar-p%C3%A5-brev)" in found
    assert f"[post]: {ALL['epost']}" in found
    assert (
        f"[rutinen]({ALL['frister']}), [e-post igjen]({ALL['epost']}), [samlingen]({ALL['samling']})" in found
    )
    assert f"## Mer om [arkivaren]({ALL['arkivar']}) {{#mer-om-arkivaren}}" in found
    assert (ours / FOLDER / "01-les.md").read_text(encoding="utf-8").endswith(LINKS.partition("---\n\n")[2])


def test_the_record_keeps_where_each_leads_in_the_same_bytes(nabovik: Make, ours: Path, run: Run) -> None:
    nabovik(STAYING)

    run(ours, "fork", "nabovik/brev")

    origin = read(ours, FOLDER)
    assert origin.links == ALL
    assert origin.paths == {
        PurePosixPath("content/kurs/epost"): "epost",
        PurePosixPath("content/rutiner/01-frist.md"): "frister",
    }
    rows = (ours / FOLDER / "origin.yml").read_text(encoding="utf-8")
    assert "links:\n" + "".join(f"  {id_}: {address}\n" for id_, address in ALL.items()) in rows


def test_the_plan_names_the_links_that_lead_to_the_source(nabovik: Make, ours: Path, run: Run) -> None:
    nabovik(STAYING)

    said = run(ours, "fork", "nabovik/brev", "--dry-run").out
    report = run(ours, "fork", "nabovik/brev", "--dry-run", "--json").report

    assert f"Links that lead to the source: arkivar ({ALL['arkivar']}), epost" in said
    assert "their words stand without a link: utkast\n" in said
    assert report["links"] == {**ALL, "utkast": None}


def test_an_item_of_ours_goes_before_the_sources_page(nabovik: Make, ours: Path, run: Run) -> None:
    nabovik(STAYING)
    run(ours, "fork", "nabovik/brev")

    (ours / "content/frister.md").write_text("---\nid: frister\ntitle: Frister\n---\n\nTo uker.\n")

    assert "[frister](id:frister#svar-på-brev)" in text(ours)
    assert "[rutinen](id:frister)" in text(ours)
    assert warnings(ours) == ["adopted-anchor: svar-på-brev", "adopted-link: id:utkast"]


def test_a_course_that_we_have_under_another_id_is_found(nabovik: Make, ours: Path, run: Run) -> None:
    nabovik(
        {
            **STAYING,
            "content/kurs/epost/index.md": "---\ntype: course\nid: epost\ntitle: E-post\n---\n\nSe [brev](../brev/index.md).\n",
        }
    )
    run(ours, "fork", "nabovik/epost", "--as", "epost-hos-oss")

    run(ours, "fork", "nabovik/brev")

    assert "[e-post igjen](id:epost-hos-oss)" in text(ours)
    assert "[post]: id:epost-hos-oss" in text(ours)
    assert "[brev](id:brev)" in text(ours, "content/kurs/epost-hos-oss/index.md")


def test_without_a_site_the_words_stand_and_the_check_names_what_is_not_here(
    nabovik: Make, ours: Path, run: Run, errors: Run
) -> None:
    nabovik({**STAYING, "region.yml": without_site()})

    done = run(ours, "fork", "nabovik/brev")

    assert "their words stand without a link: arkivar, epost, frister, samling, utkast" in done.out
    assert errors(ours) == []
    assert warnings(ours) == [
        "adopted-link: ../../rutiner/01-frist.md",
        "adopted-link: ../epost/",
        "adopted-link: id:arkivar",
        "adopted-link: id:arkivar",
        "adopted-link: id:epost",
        "adopted-link: id:frister#svar-på-brev",
        "adopted-link: id:samling",
        "adopted-link: id:utkast",
    ]
    found = text(ours)
    assert "Om arkivaren, frister og e-post." in found
    assert "Se rutinen, e-post igjen, samlingen og utkastet." in found
    assert "## Mer om arkivaren {#mer-om-arkivaren}" in found


def test_the_site_that_we_recorded_goes_before_what_the_source_says(
    nabovik: Make, ours: Path, run: Run
) -> None:
    nabovik({**STAYING, "region.yml": without_site()})
    with (ours / "region.yml").open("a", encoding="utf-8") as stream:
        stream.write("  site: https://kurs.example/nabovik\n")
    git(ours, "commit", "--quiet", "--all", "--message", "Site")

    run(ours, "fork", "nabovik/brev")

    assert read(ours, FOLDER).links["frister"] == "https://kurs.example/nabovik/rutiner/01-frist/"


def test_an_address_of_another_form_is_not_recorded(nabovik: Make, ours: Path, run: Run, errors: Run) -> None:
    nabovik({**STAYING, "region.yml": str(NABOVIK["region.yml"]).replace(SITE, f"{SITE})[x](evil")})

    done = run(ours, "fork", "nabovik/brev")

    assert done.exit_code == 0, done.err
    assert read(ours, FOLDER).links == {}
    assert errors(ours) == []
    assert "evil" not in text(ours)


@pytest.mark.parametrize(
    "address",
    [
        "http://a.example/",
        "javascript:alert(1)//",
        "https://a.example/)[x](y",
        "https://a.example/x]: y",
        "https://a.example@b.example/",
        "https://a.example/\u202e",
        "https://a.example/\n",
        "https://a.example/<b>",
        "//a.example/",
        "/kurs/",
        "https://a.example/" + "a" * 2000,
        "",
    ],
)
def test_a_record_with_such_an_address_is_damaged(address: str) -> None:
    rows = text_of(Origin("a", None, "b", FOLDER, "brev", "0" * 40, "0" * 40, CREDIT, history=(FORKED,)))
    whole = rows.decode().replace("history:", f"links:\n  epost: {json.dumps(address)}\nhistory:")

    found, problems = understand(FOLDER / "origin.yml", whole)

    assert understand(FOLDER / "origin.yml", rows.decode())[1] == ()
    assert found is None
    assert [one.code for one in problems] == ["damaged-origin"]


def test_no_picture_is_fetched_from_the_source(nabovik: Make, ours: Path, run: Run) -> None:
    nabovik(
        {
            **STAYING,
            "content/kurs/brev/01-les.md": "---\ntype: module\nid: les\ntitle: Les\nlicence: CC-BY-4.0\n---\n\n![a][p] ![b](id:epost) [c](id:epost) ![p]\n\n[p]: ../epost/index.md\n",
        }
    )

    run(ours, "fork", "nabovik/brev")

    found = text(ours)
    assert f"[b]({ALL['epost']}) [c]({ALL['epost']})" in found
    assert "![b]" not in found
    assert "[p]: ../epost/index.md" in found


def test_an_update_follows_pages_that_move_and_forgets_those_that_are_gone(
    nabovik: Make, ours: Path, run: Run
) -> None:
    nabovik(STAYING)
    run(ours, "fork", "nabovik/brev")
    nabovik(
        {
            "content/roller/arkivar.md": None,
            "content/roller/arkiv/arkivar.md": NABOVIK["content/roller/arkivar.md"],
            "content/rutiner/01-frist.md": None,
            "content/kurs/brev/01-les.md": LINKS.replace("[utkastet](id:utkast)", "[nytt](id:nytt)"),
            "content/nytt.md": competence("nytt", "Nytt"),
        }
    )

    done = run(ours, "update", "brev")
    again = run(ours, "update", "brev")

    assert done.exit_code == 0, done.err
    links = read(ours, FOLDER).links
    assert links == {
        "arkivar": f"{SITE}/roller/arkiv/arkivar/",
        "epost": ALL["epost"],
        "nytt": f"{SITE}/nytt/",
        "samling": ALL["samling"],
    }
    assert "brev: up to date" in again.out


def test_an_update_without_news_brings_what_an_older_record_lacks(
    nabovik: Make, ours: Path, run: Run
) -> None:
    nabovik(STAYING)
    run(ours, "fork", "nabovik/brev")
    record = ours / FOLDER / "origin.yml"
    before = record.read_text(encoding="utf-8")
    head, _, rest = before.partition("links:\n")
    record.write_text(head + "history:" + rest.partition("history:")[2], encoding="utf-8")
    git(ours, "commit", "--quiet", "--all", "--message", "Older")

    run(ours, "update", "brev")

    assert read(ours, FOLDER).links == ALL


def test_a_copy_made_by_hand_gets_them_when_it_is_adopted(nabovik: Make, ours: Path, run: Run) -> None:
    there = nabovik(STAYING)
    for name in ("index.md", "01-les.md"):
        copy = ours / "content/kurs/brev" / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes((there / FOLDER / name).read_bytes())
    git(ours, "add", "--all")
    git(ours, "commit", "--quiet", "--message", "Copied")

    done = run(ours, "adopt", str(FOLDER), "nabovik/brev", "--yes")

    assert done.exit_code == 0, done.err
    assert read(ours, FOLDER).links == ALL


def test_links_of_a_course_that_the_source_adopted_itself_lead_to_where_it_had_it_from(
    nabovik: Make, ours: Path, run: Run
) -> None:
    there = nabovik(STAYING)
    run(ours, "fork", "nabovik/brev")
    third = ours.parent / "tredje"
    for name, data in {
        "region.yml": f"id: tredje\nname: Tredje\nlanguages: [nb]\nlicence: CC-BY-4.0\nsources:\n- name: oss\n  repository: {ours}\n".encode(),
        "content/index.md": b"# Forside\n\nHei.\n",
    }.items():
        (third / name).parent.mkdir(parents=True, exist_ok=True)
        (third / name).write_bytes(data)
    git(third, "init", "--quiet", "--initial-branch=main")
    git(third, "add", "--all")
    git(third, "commit", "--quiet", "--message", "Start")

    done = run(third, "fork", "oss/brev")

    assert done.exit_code == 0, done.err
    assert there.exists()
    assert read(third, FOLDER).links["frister"] == ALL["frister"]
