"""`status` and `diff`: how a course stands, and what differs, in words."""

from __future__ import annotations

import json
from typing import Any

FOLDER = "content/kurs/brannvern"
ALARM, INDEX, SLOKKING = (f"{FOLDER}/{name}" for name in ("01-alarm.md", "index.md", "02-slokking.md"))


def test_a_course_that_nobody_touched_is_up_to_date(forked: Any) -> None:
    done = forked.kompetanse("status")

    assert done.out.splitlines()[1] == "  up to date"
    assert "1 adopted course, 0 with something to do" in done.err


def test_news_at_the_source_ask_for_an_update(forked: Any) -> None:
    forked.b.edit(INDEX, "gode sko", "gode sko og hansker")
    forked.a.edit(SLOKKING, "liten", "svært liten")

    done = forked.kompetanse("status", "--history", code=3)

    assert "changed here: 1 file (index.md)" in done.out
    assert "behind by 1 file (02-slokking.md) → kompetanse update brannvern" in done.out
    assert f"· Edit {SLOKKING}" in done.out


def test_keys_that_are_about_us_are_no_change(forked: Any) -> None:
    forked.b.edit(ALARM, "id: alarm\n", "id: alarm\nowner: Oss\nreviewed: 2026-11-01\n")

    assert forked.states() == ["unchanged"]


def test_another_licence_is_told_and_stops_the_update_until_it_is_accepted(forked: Any) -> None:
    forked.a.edit("region.yml", "CC-BY-4.0", "CC-BY-SA-4.0")
    forked.a.edit(SLOKKING, "liten", "svært liten")
    before = forked.b.tree

    states = forked.states()
    stopped = forked.kompetanse("update", "brannvern", code=1)

    assert states == ["behind", "licence-changed"]
    assert "CC-BY-4.0 before, CC-BY-SA-4.0 from now on" in stopped.err
    assert forked.b.tree == before
    forked.kompetanse("update", "brannvern", "--accept-licence", "CC-BY-SA-4.0")
    assert "svært liten" in forked.b.text(SLOKKING)
    assert all("licence: CC-BY-SA-4.0\n" in forked.b.text(path) for path in (ALARM, INDEX, SLOKKING))
    assert forked.states() == ["unchanged"]


def test_a_licence_that_lets_nobody_adapt_is_refused_also_when_it_is_accepted(forked: Any) -> None:
    forked.a.edit("region.yml", "CC-BY-4.0", "CC-BY-ND-4.0")
    forked.a.edit(SLOKKING, "liten", "svært liten")
    before = forked.b.tree

    done = forked.kompetanse("update", "brannvern", "--accept-licence", "CC-BY-ND-4.0", code=1)

    assert "does not let you" in done.err
    assert forked.b.tree == before


def test_what_the_source_takes_back_is_said_with_its_reason(forked: Any) -> None:
    forked.a.edit(
        "region.yml", "licence:", "withdrawn: [{id: brannvern, reason: error, date: 2026-11-01}]\nlicence:"
    )
    forked.a.git("rm", "-rq", FOLDER)
    forked.a.commit()
    before = forked.b.tree

    states = forked.states()
    done = forked.kompetanse("update", "brannvern", code=1)

    assert states == ["withdrawn"]
    assert "has withdrawn brannvern: error" in done.err
    assert forked.b.tree == before


def test_a_source_that_is_gone_is_said_and_the_rest_goes_on(forked: Any) -> None:
    forked.a.edit(SLOKKING, "liten", "svært liten")
    forked.kompetanse("status", code=3)
    forked.a.root.rename(forked.a.root.with_name("elsewhere"))

    status = forked.kompetanse("status", code=3)
    update = forked.kompetanse("update", "brannvern")

    assert "the source does not answer (last seen " in status.out
    assert "The source does not answer" in update.err
    assert "svært liten" not in status.out
    assert "svært liten" in forked.b.text(SLOKKING)


def test_offline_nobody_is_asked(forked: Any) -> None:
    forked.kompetanse("status")
    forked.a.edit(SLOKKING, "liten", "svært liten")

    assert "up to date" in forked.kompetanse("status", "--offline").out
    assert "up to date" in forked.kompetanse("update", "--all", "--offline").out


def test_without_adopted_courses_there_is_nothing_to_tell(scene: Any) -> None:
    assert scene.kompetanse("status").err == "No course is adopted here\n"
    assert json.loads(scene.kompetanse("status", "--json").out) == []
    assert "is no course that was adopted" in scene.kompetanse("update", "brannvern", code=1).err


def test_what_both_changed_is_shown_by_heading_with_the_words_marked(forked: Any) -> None:
    forked.b.edit(INDEX, "gode sko", "gode sko og hansker")
    forked.a.edit(INDEX, "en dag", "to dager")

    done = forked.kompetanse("diff", "brannvern")

    ours, _, theirs = done.out.partition("nordvik has changed")
    assert "  Oppmøte\n    Ta med arbeidstøy og gode sko {+og hansker +}til" in ours
    assert "Kurset varer [-en dag-]{+to dager+}." in theirs


def test_differences_as_data(forked: Any) -> None:
    forked.a.edit(INDEX, "title: Brannvern for alle", "title: Brannvern")

    found = json.loads(forked.kompetanse("diff", "brannvern", "--theirs", "--json").out)

    [file] = found["theirs"]
    assert file["path"] == "index.md"
    assert file["keys"] == [{"key": "title", "before": "Brannvern for alle", "after": "Brannvern"}]


def test_a_course_that_is_deleted_is_not_taken_for_split_since_its_competences_stay(scene: Any) -> None:
    competence = "---\ntype: competence\nid: brannvett\ntitle: Brannvett\nlevels: {1: a, 2: b, 3: c, 4: d}\n---\n\nTekst.\n"
    scene.a.commit({"content/kompetanser/brannvett.md": competence})
    scene.a.edit(INDEX, "type: course\n", "type: course\nteaches: [{competence: brannvett, level: 2}]\n")
    scene.kompetanse("source", "refresh")
    scene.b.commit()
    scene.kompetanse("fork", "nordvik/brannvern")
    scene.a.git("rm", "-rq", FOLDER)
    scene.a.commit()

    assert "deleted at the source; what you have stays" in scene.kompetanse("status", code=3).out
