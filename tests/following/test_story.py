"""The whole story between two regions, from the first fork to the last word: nothing of B's is lost, and A gets it back."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

FOLDER = "content/kurs/brannvern"
ALARM, INDEX, SLOKKING = (f"{FOLDER}/{name}" for name in ("01-alarm.md", "index.md", "02-slokking.md"))
DATA = Path(__file__).parents[3] / "shared/data"


def test_share_fork_adapt_follow_answer_and_give_back(scene: Any) -> None:
    scene.kompetanse("fork", "nordvik/brannvern")
    scene.b.edit(INDEX, "gode sko", "gode sko og hansker")
    scene.b.edit(ALARM, "Møt på samlingsplassen ved porten.", "Møt på samlingsplassen ved rådhuset kl. 9.")
    scene.a.edit(ALARM, "Møt på samlingsplassen ved porten.", "Møt på samlingsplassen ved porten kl. 10.")
    scene.a.edit(SLOKKING, "når brannen er liten", "bare når brannen er liten")

    updated = scene.kompetanse("update", "brannvern")
    assert "1 taken" in updated.out
    assert "1 waiting for an answer" in updated.out
    assert "gode sko og hansker" in scene.b.text(INDEX)
    assert "ved rådhuset kl. 9" in scene.b.text(ALARM)

    scene.kompetanse("resolve", "brannvern", "--answer", "1=theirs")
    assert "ved porten kl. 10." in scene.b.text(ALARM)
    assert scene.states() == ["changed-here"]

    scene.kompetanse("contribute", "brannvern")
    scene.a.git("am", "--quiet", str(scene.b.root / "contribution/brannvern.patch"))
    assert "gode sko og hansker" in scene.a.text(INDEX)
    scene.kompetanse("update", "brannvern")
    assert scene.states() == ["unchanged"]


def test_an_update_is_taken_back_to_the_last_sign(forked: Any) -> None:
    forked.b.edit(INDEX, "gode sko", "gode sko og hansker")
    forked.a.edit(INDEX, "en dag", "to dager")
    before = forked.b.tree

    forked.kompetanse("update", "brannvern")
    forked.kompetanse("undo", "brannvern")

    assert forked.b.tree == before
    assert forked.b.is_clean


@pytest.mark.skipif(not DATA.is_dir(), reason="the data that nobody here wrote is not beside the project")
def test_a_lesson_that_nobody_here_wrote_is_forked_adapted_and_followed(scene: Any) -> None:
    triples, changed = DATA / "merge-triples", {"05-history.md": "0001", "04-changes.md": "0002"}
    lesson = type(scene.a)(scene.a.root.with_name("lesson"))
    shutil.copytree(DATA / "git-novice", lesson.root, ignore=shutil.ignore_patterns("*.png"))
    lesson.git("init", "--quiet", "--template=", "--initial-branch=main")
    _versions(lesson, triples, changed, "base")
    lesson.commit()
    scene.kompetanse("source", "add", "../lesson", "--name", "carpentries")
    scene.b.commit(message="Follow a lesson")
    scene.kompetanse("fork", "carpentries/lesson")
    changes, history = (f"content/kurs/lesson/episodes/{name}" for name in ("04-changes.md", "05-history.md"))
    local = "Hos oss gjør vi dette i plenum."
    scene.b.edit(changes, "We'll use `nano` to edit", f"{local} We'll use `nano` to edit")

    _versions(lesson, triples, changed, "theirs")
    lesson.commit({"episodes/15-undo.md": "---\ntitle: Undoing\nteaching: 10\n---\n\nHow to undo.\n"})
    done = scene.kompetanse("update", "lesson")

    assert "1 taken, 1 merged, 1 added" in done.out
    assert local in scene.b.text(changes)
    assert "id: lesson-15-undo" in scene.b.text("content/kurs/lesson/episodes/15-undo.md")
    assert "- episodes/15-undo.md" in scene.b.text("content/kurs/lesson/index.md")
    arrived = lesson.text("episodes/05-history.md").partition("\n---\n")[2]
    assert scene.b.text(history).endswith(arrived)
    assert scene.states() == ["changed-here"]


def _versions(lesson: Any, triples: Path, changed: dict[str, str], which: str) -> None:
    for name, case in changed.items():
        shutil.copyfile(triples / case / f"{which}.md", lesson.root / "episodes" / name)
