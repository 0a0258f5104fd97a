"""`kompetanse rename`: every reference follows, and no other sign of any file changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Files = Callable[[Path], dict[str, bytes]]
Clean = Callable[[Path], str]

AWKWARD = (
    b"\xef\xbb\xbf---\r\n"
    b"# Ansvarlig: drift\r\n"
    b"type:   role\r\n"
    b"id: 'vakt'   # kort\r\n"
    b'title: "Vakt"\r\n'
    b"summary: >-\r\n"
    b"  Alle som g\xc3\xa5r\r\n"
    b"  vakt.\r\n"
    b"requires:\r\n"
    b'  - {level: 2, competence: "brannvern" , evidence: self}   # alle\r\n'
    b"---\r\n"
    b"\r\n"
    b'Se [brann](../kompetanser/brannvern.md "Tittel") og `brannvern`.  \r\n'
    b"\r\n"
    b"```\r\n"
    b"id: brannvern, [x](id:brannvern)\r\n"
    b"```\r\n"
    b"Ingen linjeslutt"
)


def _changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def test_keys_links_and_the_file_follow_and_the_old_address_leads_to_the_new(
    demo: Path, run: Run, files: Files, clean: Clean
) -> None:
    before = files(demo)

    done = run(demo, "rename", "brannvern", "brannsikkerhet")

    after = files(demo)
    assert done.exit_code == 0
    assert _changed(before, after) == {
        "content/kompetanser/brannvern.md",
        "content/kompetanser/brannsikkerhet.md",
        "content/kurs/brannkurs/index.md",
        "content/moduler/sloking.md",
        "content/roller/vaktmester.md",
    }
    own = after["content/kompetanser/brannsikkerhet.md"].decode()
    assert "id: brannsikkerhet\n" in own
    assert "redirect_from:\n- /kompetanser/brannvern/\n" in own
    role = after["content/roller/vaktmester.md"].decode()
    assert "- competence: brannsikkerhet   # alle skal kunne dette\n" in role
    assert "[brannvern](../kompetanser/brannsikkerhet.md)" in role
    assert b"{competence: brannsikkerhet, level: 2}" in after["content/kurs/brannkurs/index.md"]
    assert b"[brannvern](id:brannsikkerhet)" in after["content/moduler/sloking.md"]
    assert clean(demo) == ""


def test_a_course_moves_with_its_folder_and_every_page_in_it_redirects(
    demo: Path, run: Run, clean: Clean, files: Files
) -> None:
    done = run(demo, "rename", "brannkurs", "brann-grunnkurs")

    after = files(demo)
    assert done.exit_code == 0
    assert "content/kurs/brannkurs → content/kurs/brann-grunnkurs" in done.out
    assert not (demo / "content/kurs/brannkurs").exists()
    assert b"- /kurs/brannkurs/\n" in after["content/kurs/brann-grunnkurs/index.md"]
    assert b"- /kurs/brannkurs/01-alarm/\n" in after["content/kurs/brann-grunnkurs/01-alarm.md"]
    assert "content/kurs/brann-grunnkurs/bilder/plan.svg" in after
    assert b"course: brann-grunnkurs\n" in after["content/samlinger/ovelse.md"]
    assert b"- course: brann-grunnkurs\n" in after["content/lop/ny.md"]
    assert b"[kurset](id:brann-grunnkurs)" in after["content/index.md"]
    assert clean(demo) == ""


def test_the_shared_pages_of_a_moved_course_keep_working(demo: Path, run: Run) -> None:
    run(demo, "rename", "brannkurs", "brann-grunnkurs")

    assert run(demo, "build", "--strict").exit_code == 0
    assert (demo / "site/kurs/brann-grunnkurs/sloking/index.html").is_file()
    assert (demo / "site/kurs/brannkurs/index.html").is_file()
    assert (demo / "site/kurs/brannkurs/01-alarm/index.html").is_file()


def test_modules_and_reuse_follow(demo: Path, run: Run, files: Files, clean: Clean) -> None:
    about = '---\ntitle: Om\nsummary: Om.\n---\n\n--8<-- "sloking#med-teppe"\n\nSe [der](moduler/sloking.md#med-teppe).\n'
    (demo / "content/om.md").write_text(about, encoding="utf-8")

    run(demo, "rename", "sloking", "slokking")

    after = files(demo)
    assert b"- 01-alarm.md\n- slokking\n" in after["content/kurs/brannkurs/index.md"]
    assert after["content/om.md"].decode() == about.replace("sloking", "slokking")
    assert clean(demo) == ""


def test_an_own_module_that_is_listed_by_its_file_follows(
    demo: Path, run: Run, files: Files, clean: Clean
) -> None:
    (demo / "content/kurs/brannkurs/01-alarm.md").rename(demo / "content/kurs/brannkurs/alarm.md")
    course = demo / "content/kurs/brannkurs/index.md"
    course.write_text(course.read_text(encoding="utf-8").replace("01-alarm.md", "alarm.md"), encoding="utf-8")

    run(demo, "rename", "alarm", "sla-alarm", "--force")

    after = files(demo)["content/kurs/brannkurs/index.md"].decode()
    assert "modules:\n- sla-alarm.md\n- sloking\n" in after
    assert "[alarmen](sla-alarm.md)" in after
    assert clean(demo) == ""


def test_a_translation_that_follows_by_its_files_name_is_told_its_original(
    demo: Path, run: Run, files: Files, clean: Clean
) -> None:
    translated = "---\ntype: module\nid: sloking-nn\ntitle: Sløkking\nsummary: Slik.\n---\n\nTekst.\n"
    (demo / "content/moduler/sloking.nn.md").write_text(translated, encoding="utf-8")

    run(demo, "rename", "sloking", "slokking")

    assert b"translation_of: slokking\n" in files(demo)["content/moduler/sloking.nn.md"]
    assert clean(demo) == ""


def test_a_translated_course_in_the_same_folder_moves_along(
    demo: Path, run: Run, files: Files, clean: Clean
) -> None:
    translated = (
        "---\ntype: course\nid: brannkurs-nn\ntitle: Brannkurs på nynorsk\nsummary: Slik.\n"
        "teaches: [{competence: brannvern, level: 2}]\nobjectives: [Du kan slå alarm.]\nmodules: [sloking]\n---\n\nTekst.\n"
    )
    (demo / "content/kurs/brannkurs/index.nn.md").write_text(translated, encoding="utf-8")

    run(demo, "rename", "brannkurs", "brann-grunnkurs")

    after = files(demo)["content/kurs/brann-grunnkurs/index.nn.md"].decode()
    assert "- /nn/kurs/brannkurs/\n" in after
    assert "translation_of" not in after
    assert clean(demo) == ""


def test_every_other_byte_stays(demo: Path, run: Run, files: Files, commit: Callable[[Path], Path]) -> None:
    (demo / "content/roller/vakt.md").write_bytes(AWKWARD)
    commit(demo)

    run(demo, "rename", "brannvern", "brannsikkerhet")

    expected = AWKWARD.replace(b'competence: "brannvern" ,', b"competence: brannsikkerhet ,").replace(
        b"kompetanser/brannvern.md", b"kompetanser/brannsikkerhet.md"
    )
    assert files(demo)["content/roller/vakt.md"] == expected


def test_the_renamed_file_keeps_its_comments_and_row_ends(
    demo: Path, run: Run, files: Files, commit: Callable[[Path], Path]
) -> None:
    (demo / "content/roller/vakt.md").write_bytes(AWKWARD)
    commit(demo)

    run(demo, "rename", "vakt", "nattevakt")

    expected = AWKWARD.replace(b"id: 'vakt'   # kort", b"id: nattevakt   # kort").replace(
        b"evidence: self}   # alle\r\n", b"evidence: self}   # alle\r\nredirect_from:\r\n- /roller/vakt/\r\n"
    )
    assert files(demo)["content/roller/nattevakt.md"] == expected


def test_an_item_that_has_its_id_from_its_file_gets_one(
    demo: Path, run: Run, files: Files, clean: Clean
) -> None:
    (demo / "content/om.md").write_text("Om oss.\n", encoding="utf-8")
    (demo / "content/vi.md").write_text(
        "---\ntitle: Vi\nsummary: Vi.\n---\n\nSe [om](id:om).\n", encoding="utf-8"
    )

    run(demo, "rename", "om", "om-oss")

    after = files(demo)
    assert after["content/om-oss.md"].decode() == "---\nid: om-oss\nredirect_from:\n- /om/\n---\nOm oss.\n"
    assert b"Se [om](id:om-oss)." in after["content/vi.md"]


def test_the_address_can_be_kept(demo: Path, run: Run, files: Files, clean: Clean) -> None:
    run(demo, "rename", "brannvern", "brannsikkerhet", "--keep-address")

    own = files(demo)["content/kompetanser/brannvern.md"]
    assert b"id: brannsikkerhet\n" in own
    assert b"redirect_from" not in own
    assert clean(demo) == ""


def test_former_addresses_are_added_to(demo: Path, run: Run, files: Files) -> None:
    page = "---\ntitle: Om\nid: om\nredirect_from: [/a/, /b/]\n---\n\nTekst.\n"
    (demo / "content/om.md").write_text(page, encoding="utf-8")

    run(demo, "rename", "om", "om-oss")
    run(demo, "rename", "om-oss", "om-region")

    assert b"redirect_from: [/a/, /b/, /om/, /om-oss/]" in files(demo)["content/om-region.md"]


def test_a_rename_can_be_taken_back_by_another(demo: Path, run: Run, clean: Clean) -> None:
    run(demo, "rename", "brannvern", "brannsikkerhet")
    run(demo, "rename", "brannsikkerhet", "brannvern", "--force")

    assert clean(demo) == ""


def test_a_dry_run_says_what_would_be_done_and_does_nothing(demo: Path, run: Run, files: Files) -> None:
    before = files(demo)

    done = run(demo, "rename", "brannkurs", "brann-grunnkurs", "--dry-run")

    assert done.exit_code == 0
    assert "would change" in done.out
    assert "redirect from /kurs/brannkurs/01-alarm/" in done.out
    assert files(demo) == before


def test_files_with_uncommitted_changes_are_left_alone(demo: Path, run: Run, files: Files) -> None:
    role = demo / "content/roller/vaktmester.md"
    role.write_text(role.read_text(encoding="utf-8") + "\nMer.\n", encoding="utf-8")
    before = files(demo)

    done = run(demo, "rename", "brannvern", "brannsikkerhet")

    assert done.exit_code == 1
    assert "content/roller/vaktmester.md" in done.err
    assert files(demo) == before
    assert run(demo, "rename", "brannvern", "brannsikkerhet", "--force").exit_code == 0


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("branvern", "ny-id", 1, "Did you mean brannvern"),
        ("brannvern", "brannkurs", 1, "already that of content/kurs/brannkurs/index.md"),
        ("brannvern", "brannvern", 1, "already that of"),
        ("brannvern", "Brann vern", 2, "is no id"),
        ("brannvern", "../ute", 2, "is no id"),
    ],
)
def test_a_rename_that_cannot_be_done_changes_nothing(
    demo: Path, run: Run, files: Files, old: str, new: str, code: int, said: str
) -> None:
    before = files(demo)

    done = run(demo, "rename", old, new)

    assert done.exit_code == code
    assert said in done.err
    assert files(demo) == before


def test_a_file_in_the_way_is_kept(demo: Path, run: Run, files: Files) -> None:
    (demo / "content/kompetanser/brannsikkerhet.md").write_text(
        "---\nid: noe-annet\n---\n\nTekst.\n", encoding="utf-8"
    )
    before = files(demo)

    done = run(demo, "rename", "brannvern", "brannsikkerhet")

    assert done.exit_code == 1
    assert "is there already" in done.err
    assert files(demo) == before


@pytest.mark.parametrize(
    ("former", "after"),
    [
        ("redirect_from: [/x/]\n", "redirect_from: [/x/, /om/]\n"),
        ("redirect_from: [\n  /x/,\n  /y/\n  ]\n", "redirect_from: [\n  /x/,\n  /y/, /om/\n  ]\n"),
        ("redirect_from:\n  - /x/   # før 2020\n", "redirect_from:\n  - /x/   # før 2020\n  - /om/\n"),
        ("redirect_from: []\n", "redirect_from:\n- /om/\n"),
        ("redirect_from:\n", "redirect_from:\n- /om/\n"),
        ("redirect_from: [\n  /om-oss/\n  ]\n", "redirect_from:\n- /om/\n"),
        ("redirect_from: [/om-oss/]\n", "redirect_from:\n- /om/\n"),
        ("redirect_from: [/om-oss, /x/]\n", "redirect_from: [/x/, /om/]\n"),
        ("redirect_from: [/x/, /om-oss/]   # to\n", "redirect_from: [/x/, /om/]   # to\n"),
        ("redirect_from:\n- /x/\n- /om-oss/\n- /y/\n", "redirect_from:\n- /x/\n- /y/\n- /om/\n"),
    ],
)
def test_former_addresses_are_kept_in_the_authors_own_form(
    demo: Path, run: Run, files: Files, former: str, after: str
) -> None:
    (demo / "content/om.md").write_text(f"---\nid: om\n{former}title: Om\n---\n\nOm.\n", encoding="utf-8")

    done = run(demo, "rename", "om", "om-oss")

    assert done.exit_code == 0
    written = files(demo)["content/om-oss.md"].decode()
    assert after in written
    assert written.count("redirect_from") == 1


@pytest.mark.parametrize("new", ["true", "null", "no", "2026", "0301"])
def test_an_id_that_yaml_takes_for_something_else_is_quoted(
    demo: Path, run: Run, clean: Clean, new: str
) -> None:
    run(demo, "rename", "brannvern", new, "--keep-address")

    assert clean(demo) == ""


@pytest.mark.parametrize("old", ["d", "i", "id"])
def test_an_id_that_is_part_of_the_word_id_is_replaced_where_it_is_the_id(
    demo: Path, run: Run, clean: Clean, commit: Callable[[Path], Path], old: str
) -> None:
    module = f"---\ntype: module\nid: {old}\ntitle: En del\nduration: PT5M\n---\n\nSe listen på tavlen.\n"
    (demo / "content/moduler/del.md").write_text(module, encoding="utf-8")
    (demo / "content/om-delen.md").write_text(
        f"---\nid: om-delen\ntitle: Om\n---\n\nSe [delen](id:{old}).\n", encoding="utf-8"
    )
    commit(demo)

    run(demo, "rename", old, "ny-del")

    assert "[delen](id:ny-del)" in (demo / "content/om-delen.md").read_text(encoding="utf-8")
    assert "unknown" not in clean(demo)
