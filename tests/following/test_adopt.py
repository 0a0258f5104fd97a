"""A copy that was made by hand becomes a fork, when its origin is found and confirmed."""

from __future__ import annotations

from typing import Any

FOLDER = "content/kurs/brannvern"
COPY = "content/kurs/brann"


def _copied(scene: Any) -> None:
    """B copies A's course by hand, changes it, and A goes on."""
    names = ("index.md", "01-alarm.md", "02-slokking.md", "bilder/kart.png")
    files = {f"{COPY}/{name}": (scene.a.root / FOLDER / name).read_bytes() for name in names}
    scene.b.commit(
        {**files, f"{COPY}/03-egen.md": "---\ntype: module\nid: egen\ntitle: Egen\n---\n\nVårt.\n"}
    )
    scene.b.edit(f"{COPY}/01-alarm.md", "ved porten", "ved rådhuset")
    scene.a.edit(f"{FOLDER}/02-slokking.md", "liten", "svært liten")
    scene.a.edit(f"{FOLDER}/01-alarm.md", "Gå rolig ut.", "Gå rolig ut straks.")


def test_the_versions_are_shown_and_nothing_is_written_before_a_yes(scene: Any) -> None:
    _copied(scene)
    before = scene.b.head

    done = scene.kompetanse("adopt", COPY, "nordvik/brannvern", code=1)

    assert "01-alarm.md" in done.out
    assert "50% of its lines, " in done.out
    assert "03-egen.md                     not in the source: yours" in done.out
    assert "run it again with --yes" in done.err
    assert scene.b.head == before


def test_an_adopted_copy_gets_what_is_new_and_keeps_its_words(scene: Any) -> None:
    _copied(scene)

    scene.kompetanse("adopt", COPY, "nordvik/brannvern", "--yes")
    states = scene.states()
    scene.kompetanse("update", "brannvern")

    assert states == ["changed-here", "behind"]
    alarm = scene.b.text(f"{COPY}/01-alarm.md")
    assert "Gå rolig ut straks." in alarm
    assert "ved rådhuset" in alarm
    assert "svært liten" in scene.b.text(f"{COPY}/02-slokking.md")
    assert scene.b.text(f"{COPY}/03-egen.md").endswith("Vårt.\n")


def test_a_course_of_our_own_has_no_certain_origin(scene: Any) -> None:
    scene.b.commit(
        {f"{COPY}/index.md": "---\ntype: course\nid: brannvern\ntitle: Vårt\n---\n\nAlt er skrevet her.\n"}
    )

    done = scene.kompetanse("adopt", COPY, "nordvik/brannvern", "--yes", code=1)

    assert "No certain origin" in done.err
    assert not (scene.b.root / f"{COPY}/origin.yml").exists()


def test_what_is_adopted_already_or_not_there_is_said(forked: Any) -> None:
    assert (
        "is adopted already: nordvik/brannvern"
        in forked.kompetanse("adopt", FOLDER, "nordvik/brannvern", code=1).err
    )
    assert "offers no course x" in forked.kompetanse("adopt", "content", "nordvik/x", code=1).err
    assert "SOURCE/ID" in forked.kompetanse("adopt", FOLDER, "nordvik", code=2).err
    assert "There is no folder" in forked.kompetanse("adopt", "content/nei", "nordvik/brannvern", code=2).err


def test_what_the_copy_left_behind_does_not_come_with_the_next_update(scene: Any) -> None:
    scene.b.commit(
        {
            f"{COPY}/index.md": scene.a.text(f"{FOLDER}/index.md"),
            f"{COPY}/alarm/01-alarm.md": scene.a.text(f"{FOLDER}/01-alarm.md"),
        }
    )
    scene.a.edit(f"{FOLDER}/01-alarm.md", "Gå rolig ut.", "Gå rolig ut straks.")

    scene.kompetanse("adopt", COPY, "nordvik/brannvern", "--yes")
    done = scene.kompetanse("update", "brannvern")

    assert "Gå rolig ut straks." in scene.b.text(f"{COPY}/alarm/01-alarm.md")
    assert "added" not in done.out
    assert not (scene.b.root / f"{COPY}/02-slokking.md").exists()


def test_what_the_course_has_elsewhere_at_the_source_comes_with_the_next_update(scene: Any) -> None:
    competence = "---\ntype: competence\nid: brannvett\ntitle: Brannvett\nlevels: {1: a, 2: b, 3: c, 4: d}\n---\n\nSlokke.\n"
    scene.a.commit({"content/kompetanser/brannvett.md": competence})
    scene.a.edit(
        f"{FOLDER}/index.md", "type: course\n", "type: course\nteaches: [{competence: brannvett, level: 2}]\n"
    )
    _copied(scene)

    done = scene.kompetanse("adopt", COPY, "nordvik/brannvern", "--yes")
    scene.kompetanse("update", "brannvern")

    assert "Next: kompetanse update brannvern" in done.out
    assert "Slokke." in scene.b.text(f"{COPY}/shared/kompetanser/brannvett.md")
