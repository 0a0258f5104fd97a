"""B follows A: improvements come in, and no word of B's own is lost."""

from __future__ import annotations

import json
from typing import Any

import pytest

FOLDER = "content/kurs/brannvern"
ALARM, INDEX, SLOKKING = (f"{FOLDER}/{name}" for name in ("01-alarm.md", "index.md", "02-slokking.md"))


def _both_change_the_same(scene: Any) -> None:
    scene.b.edit(ALARM, "ved porten", "ved rådhuset kl. 9")
    scene.a.edit(ALARM, "ved porten", "ved porten kl. 10")


def test_improvements_come_in_and_our_words_stay(forked: Any) -> None:
    forked.b.edit(INDEX, "gode sko", "gode sko og hansker")
    forked.b.edit(ALARM, "Møt på samlingsplassen ved porten.", "Møt på plassen ved rådhuset.")
    forked.a.edit(INDEX, "Kurset varer en dag.", "Kurset varer to dager.")
    forked.a.edit(ALARM, "Gå rolig ut.", "Gå rolig ut med en gang.")
    forked.a.edit(SLOKKING, "når brannen er liten", "bare når brannen er liten")

    done = forked.kompetanse("update", "brannvern")

    assert "1 taken, 2 merged" in done.out
    assert "Kurset varer to dager." in forked.b.text(INDEX)
    assert "gode sko og hansker" in forked.b.text(INDEX)
    assert "Gå rolig ut med en gang." in forked.b.text(ALARM)
    assert "Møt på plassen ved rådhuset." in forked.b.text(ALARM)
    assert "bare når brannen er liten" in forked.b.text(SLOKKING)
    assert forked.b.is_clean
    assert forked.kompetanse("update", "brannvern").out == "brannvern: up to date\n"


def test_one_commit_holds_the_course_its_record_and_its_bases(forked: Any) -> None:
    before = forked.b.head
    forked.a.edit(SLOKKING, "liten", "svært liten")

    forked.kompetanse("update", "brannvern")

    assert forked.b.git("rev-list", "--count", f"{before}..HEAD") == "1"
    assert forked.b.git("diff", "--name-only", before).splitlines() == [
        ".kompetanse/base/brannvern/02-slokking.md",
        SLOKKING,
        f"{FOLDER}/origin.yml",
    ]
    assert forked.b.text(".kompetanse/base/brannvern/02-slokking.md") == forked.a.text(SLOKKING)
    assert f"../a@{forked.a.head} {FOLDER}" in forked.b.git("log", "-1", "--format=%B")


def test_what_both_changed_waits_with_our_text_and_the_rest_goes_on(forked: Any) -> None:
    _both_change_the_same(forked)
    forked.a.edit(SLOKKING, "liten", "svært liten")

    done = forked.kompetanse("update", "brannvern")

    assert "ask    01-alarm.md – Both changed a number" in done.out
    assert "ved rådhuset kl. 9" in forked.b.text(ALARM)
    assert "svært liten" in forked.b.text(SLOKKING)
    assert "<<<<" not in forked.b.text(ALARM)
    assert forked.states() == ["changed-here", "waiting"]
    assert "1 file waits for your answer" in forked.kompetanse("update", "brannvern").out


def test_an_answer_by_hand_ends_the_question(forked: Any) -> None:
    _both_change_the_same(forked)
    forked.kompetanse("update", "brannvern")

    forked.b.commit({ALARM: forked.a.text(ALARM)})
    forked.kompetanse("update", "brannvern")

    assert forked.states() == ["unchanged"]


def test_what_the_merge_settled_is_shown_for_review(forked: Any) -> None:
    forked.b.edit(ALARM, "Gå rolig ut.", "Gå rolig ut straks.")
    forked.a.edit(ALARM, "etter deg når du går", "etter deg når du går ut")

    done = forked.kompetanse("update", "brannvern")

    assert "merged automatically, look it over" in done.out
    assert "kompetanse undo brannvern" in done.out


def test_a_dry_run_says_all_and_writes_nothing(forked: Any) -> None:
    forked.a.edit(SLOKKING, "liten", "svært liten")
    before = forked.b.head

    done = forked.kompetanse("update", "--all", "--dry-run", "--json")

    [row] = json.loads(done.out)
    assert row["outcome"] == "planned"
    assert [one["step"] for one in row["files"] if one["path"] == "02-slokking.md"] == ["take"]
    assert forked.b.head == before
    assert forked.b.is_clean


def test_on_a_branch_no_file_is_touched(forked: Any) -> None:
    forked.a.edit(SLOKKING, "liten", "svært liten")
    before = forked.b.head
    forked.b.write({SLOKKING: "Halvferdig.\n"})

    done = forked.kompetanse("update", "brannvern", "--branch")

    assert "kompetanse/update/brannvern" in done.out
    assert forked.b.head == before
    assert forked.b.text(SLOKKING) == "Halvferdig.\n"
    assert "svært liten" in forked.b.git("show", f"kompetanse/update/brannvern:{SLOKKING}")


def test_staged_nothing_is_committed(forked: Any) -> None:
    forked.a.edit(SLOKKING, "liten", "svært liten")
    before = forked.b.head

    forked.kompetanse("update", "brannvern", "--staged")

    assert forked.b.head == before
    assert f"M  {SLOKKING}" in forked.b.git("status", "--porcelain")


def test_a_module_that_moves_is_followed(forked: Any) -> None:
    forked.b.edit(ALARM, "ved porten", "ved rådhuset")
    forked.a.commit(
        {
            ALARM: None,
            f"{FOLDER}/03-alarm.md": forked.a.text(ALARM).replace("Gå rolig", "Gå straks"),
            INDEX: forked.a.text(INDEX).replace(
                "- 01-alarm.md\n- 02-slokking.md", "- 02-slokking.md\n- 03-alarm.md"
            ),
        }
    )

    done = forked.kompetanse("update", "brannvern")

    assert "03-alarm.md (was 01-alarm.md)" in done.out
    assert "Gå straks" in forked.b.text(f"{FOLDER}/03-alarm.md")
    assert "ved rådhuset" in forked.b.text(f"{FOLDER}/03-alarm.md")
    assert not (forked.b.root / ALARM).exists()


def test_a_course_that_moves_at_the_source_is_followed_by_its_id(forked: Any) -> None:
    forked.a.git("mv", FOLDER, "content/kurs/sikkerhet")
    forked.a.commit()
    forked.a.edit("content/kurs/sikkerhet/02-slokking.md", "liten", "svært liten")

    states = forked.states()
    done = forked.kompetanse("update", "brannvern")

    assert states == ["behind", "moved"]
    assert "1 taken" in done.out
    assert "deleted" not in done.out
    assert forked.states() == ["unchanged"]


@pytest.mark.parametrize(("to", "state"), [("content/kurs/ny", "split"), (None, "deleted")])
def test_a_course_that_is_gone_at_the_source_stays_here(forked: Any, to: str | None, state: str) -> None:
    if to:
        forked.a.commit(
            {
                f"{to}/index.md": forked.a.text(INDEX).replace("id: brannvern", "id: nytt"),
                f"{to}/02-slokking.md": forked.a.text(SLOKKING),
            }
        )
    forked.a.git("rm", "-rq", FOLDER)
    forked.a.commit()
    before = forked.b.tree

    done = forked.kompetanse("update", "--all", code=1)

    assert "has the course brannvern no more" in done.err
    assert forked.states() == [state]
    assert forked.b.tree == before


def test_one_course_that_cannot_be_updated_does_not_keep_the_others_back(forked: Any) -> None:
    forked.a.edit(SLOKKING, "liten", "svært liten")
    damaged = forked.b.text(f"{FOLDER}/origin.yml").replace("commit: ", "commit: x")
    forked.b.commit(
        {
            "content/kurs/annet/index.md": "---\ntype: course\nid: annet\n---\n",
            "content/kurs/annet/origin.yml": damaged,
        }
    )

    done = forked.kompetanse("update", "--all", code=1)

    assert "annet: not updated. The record of origin cannot be used" in done.err
    assert "brannvern: updated" in done.out


def test_a_course_that_would_not_pass_check_before_its_questions_are_answered_waits_on_its_branch(
    forked: Any,
) -> None:
    forked.b.edit(INDEX, "title: Brannvern for alle", "title: Brannvern i Sørvik")
    forked.a.commit(
        {
            INDEX: forked.a.text(INDEX)
            .replace("- 01-alarm.md\n", "- 03-nytt.md\n")
            .replace("Brannvern for alle", "Brannvern for hver og en"),
            ALARM: None,
            f"{FOLDER}/03-nytt.md": "---\ntype: module\nid: nytt\ntitle: Nytt\nduration: PT5M\n---\n\nNytt.\n",
        }
    )
    before = forked.b.head

    done = forked.kompetanse("update", "brannvern")

    assert "would not pass check" in done.out
    assert "kompetanse/update/brannvern" in done.out
    assert forked.b.head == before
