"""B gives back what it changed; A takes it; B is up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Any

FOLDER = "content/kurs/brannvern"
ALARM, INDEX, SLOKKING = (f"{FOLDER}/{name}" for name in ("01-alarm.md", "index.md", "02-slokking.md"))
PATCH, LETTER = "contribution/brannvern.patch", "contribution/brannvern.txt"


def test_a_takes_what_b_gives_and_b_is_up_to_date(forked: Any) -> None:
    forked.b.edit(ALARM, "ved porten", "ved rådhuset")
    forked.b.edit(ALARM, "id: alarm\n", "id: alarm\nowner: Vi i Sørvik\nreviewed: 2026-11-01\n")
    forked.b.commit({f"{FOLDER}/index.local.md": "Bare hos oss.\n"})

    forked.kompetanse("contribute", "brannvern")

    forked.a.git("am", "--quiet", str(forked.b.root / PATCH))
    assert forked.a.text(ALARM) == _alarm(forked).replace("ved porten", "ved rådhuset")
    assert forked.a.git("diff", "--name-only", "HEAD~1") == ALARM
    assert forked.a.git("log", "-1", "--format=%an <%ae>") == "Test <test@example.no>"
    forked.kompetanse("update", "brannvern")
    assert forked.states() == ["unchanged"]


def _alarm(scene: Any) -> str:
    text: str = scene.a.git("show", f"HEAD~1:{ALARM}")
    return text + "\n"


def test_our_change_is_made_on_the_newest_text(forked: Any) -> None:
    forked.b.edit(ALARM, "ved porten", "ved rådhuset")
    forked.a.edit(ALARM, "Gå rolig ut.", "Gå rolig ut straks.")

    forked.kompetanse("contribute", "brannvern")

    forked.a.git("am", "--quiet", str(forked.b.root / PATCH))
    assert "Gå rolig ut straks." in forked.a.text(ALARM)
    assert "ved rådhuset" in forked.a.text(ALARM)


def test_the_text_says_what_and_how_in_the_language_of_the_course(forked: Any) -> None:
    forked.b.edit(ALARM, "ved porten", "ved rådhuset")

    forked.kompetanse("contribute", "brannvern", "-o", "til-nordvik")

    text = forked.b.text("til-nordvik/brannvern.txt")
    assert text.startswith("Brannvern for alle: endringer fra Sørvik\n")
    assert f"- {ALARM}: 1 avsnitt endret" in text
    assert "git am brannvern.patch" in text


def test_it_is_given_to_a_copy_of_the_source_s_repository(forked: Any, tmp_path: Path) -> None:
    copy = tmp_path / "copy.git"
    forked.a.git("clone", "--quiet", "--bare", "--template=", ".", str(copy))
    forked.b.edit(ALARM, "ved porten", "ved rådhuset")

    done = forked.kompetanse("contribute", "brannvern", "--push", str(copy))
    forked.kompetanse("contribute", "brannvern", "--push", str(copy))

    assert "kompetanse/sorvik/brannvern" in done.out
    forked.a.git("fetch", "--quiet", str(copy), "kompetanse/sorvik/brannvern")
    assert "ved rådhuset" in forked.a.git("show", f"FETCH_HEAD:{ALARM}")
    assert forked.a.git("rev-parse", "FETCH_HEAD~1") == forked.a.head


def test_only_the_files_that_are_named_are_given(forked: Any) -> None:
    forked.b.edit(ALARM, "ved porten", "ved rådhuset")
    forked.b.edit(SLOKKING, "liten", "ørliten")

    done = forked.kompetanse("contribute", "brannvern", "--only", "02-slokking.md")

    assert done.out.splitlines()[0] == f"changed  {SLOKKING}"
    assert ALARM not in forked.b.text(PATCH)


def test_a_picture_and_a_new_module_come_along(forked: Any) -> None:
    picture = (forked.b.root / f"{FOLDER}/bilder/kart.png").read_bytes()
    forked.b.commit(
        {
            f"{FOLDER}/bilder/kart.png": picture + b"\1",
            f"{FOLDER}/03-ny.md": "---\ntype: module\nid: ny\ntitle: Ny\nowner: Vi\n---\n\nNytt.\n",
        }
    )

    forked.kompetanse("contribute", "brannvern")

    forked.a.git("am", "--quiet", str(forked.b.root / PATCH))
    assert (forked.a.root / f"{FOLDER}/bilder/kart.png").read_bytes() == picture + b"\1"
    assert "owner" not in forked.a.text(f"{FOLDER}/03-ny.md")


def test_what_does_not_fit_the_newest_text_is_refused_with_the_way_out(forked: Any) -> None:
    forked.b.edit(ALARM, "ved porten", "ved rådhuset kl. 9")
    forked.a.edit(ALARM, "ved porten", "ved porten kl. 10")

    early = forked.kompetanse("contribute", "brannvern", code=1)
    forked.kompetanse("update", "brannvern")
    late = forked.kompetanse("contribute", "brannvern", code=1)

    assert "Update first" in early.err
    assert "kompetanse resolve brannvern" in late.err
    assert not (forked.b.root / "contribution").exists()


def test_there_may_be_nothing_to_give(forked: Any) -> None:
    assert "nothing to give back" in forked.kompetanse("contribute", "brannvern", code=1).err
    assert "no such file" in forked.kompetanse("contribute", "brannvern", "--only", "x.md", code=1).err


def test_a_file_may_be_named_from_the_root_and_one_is_told_to_look_the_patch_over(forked: Any) -> None:
    forked.b.edit(ALARM, "ved porten", "ved rådhuset")

    done = forked.kompetanse("contribute", "brannvern", "--only", ALARM)

    assert f"changed  {ALARM}" in done.out
    assert "Look the patch over" in done.err


def test_what_is_not_committed_is_not_given_and_that_is_told(forked: Any) -> None:
    forked.b.edit(ALARM, "ved porten", "ved rådhuset")
    (forked.b.root / SLOKKING).write_text(forked.b.text(SLOKKING) + "\nUferdig.\n", encoding="utf-8")

    done = forked.kompetanse("contribute", "brannvern")
    shown = forked.kompetanse("diff", "brannvern", "--ours")

    assert "Changes that are not committed are not given: 02-slokking.md" in done.err
    assert "Changes that are not committed are not shown: 02-slokking.md" in shown.err
    assert "Uferdig" not in forked.b.text(PATCH)
