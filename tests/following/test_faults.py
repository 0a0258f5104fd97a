"""What goes wrong between two regions: it is said, with the way out, and nothing of ours changes."""

from __future__ import annotations

import os
import shutil
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from kompetanse.cache import cache
from kompetanse.git.write import HERE, apply, ready
from kompetanse.sharing.course_plan import merge_file

FOLDER = "content/kurs/brannvern"
ALARM, INDEX, SLOKKING = (f"{FOLDER}/{name}" for name in ("01-alarm.md", "index.md", "02-slokking.md"))


def _forget() -> None:
    """Lose all that was kept of sources, as on another machine."""
    shutil.rmtree(cache() / "sources", ignore_errors=True)


def _state(scene: Any) -> tuple[str, str]:
    return scene.b.head, scene.b.git("status", "--porcelain")


def test_the_source_rewrote_its_history_and_the_base_copies_serve(forked: Any) -> None:
    forked.b.edit(ALARM, "ved porten", "ved rådhuset")
    _forget()
    forked.a.git("checkout", "--quiet", "--orphan", "anew")
    forked.a.edit(ALARM, "Gå rolig ut.", "Gå rolig ut straks.")
    forked.a.git("branch", "--quiet", "--move", "--force", "anew", "main")
    forked.a.git("reflog", "expire", "--expire=now", "--all")
    forked.a.git("gc", "--quiet", "--prune=now")

    forked.kompetanse("update", "brannvern")

    assert "Gå rolig ut straks." in forked.b.text(ALARM)
    assert "ved rådhuset" in forked.b.text(ALARM)


def test_another_repository_at_the_address_is_not_taken_for_the_source(forked: Any) -> None:
    forked.kompetanse("status")
    forked.a.git("checkout", "--quiet", "--orphan", "anew")
    forked.a.git("rm", "-rfq", ".")
    forked.a.commit({"README.md": "# Noe helt annet\n"})
    forked.a.git("branch", "--quiet", "--move", "--force", "anew", "main")
    before = _state(forked)

    status = forked.kompetanse("status")
    update = forked.kompetanse("update", "brannvern")

    assert "another history" in status.out
    assert "another history" in update.err
    assert _state(forked) == before


def test_another_course_under_the_same_id_is_not_taken_for_ours(forked: Any) -> None:
    forked.a.commit(
        {
            INDEX: "---\ntype: course\nid: brannvern\ntitle: Kaker\nlanguage: nb\nmodules: [01-alarm.md]\n---\n\nVi baker.\n\nMed egg.\n",
            ALARM: "---\ntype: module\nid: egg\ntitle: Egg\n---\n\nKnus egget.\n",
            SLOKKING: None,
            f"{FOLDER}/bilder/kart.png": None,
        }
    )
    before = _state(forked)

    done = forked.kompetanse("update", "brannvern", code=1)

    assert "shares no file and hardly a line" in done.err
    assert _state(forked) == before


def test_an_older_version_is_taken_only_when_it_is_asked_for(forked: Any) -> None:
    old = forked.a.head
    os.environ["GIT_COMMITTER_DATE"] = "2035-01-01T12:00:00Z"
    try:
        forked.a.edit(SLOKKING, "liten", "svært liten")
    finally:
        del os.environ["GIT_COMMITTER_DATE"]
    forked.kompetanse("update", "brannvern")
    forked.a.git("reset", "--quiet", "--hard", old)
    before = _state(forked)

    seen = forked.kompetanse("update", "brannvern")
    _forget()
    forked.a.git("branch", "kept", "HEAD@{1}")
    fresh = forked.kompetanse("update", "brannvern", code=1)

    assert "older version" in seen.err
    assert "older version" in fresh.err
    assert _state(forked) == before
    forked.kompetanse("update", "brannvern", "--to", old)
    assert "svært liten" not in forked.b.text(SLOKKING)


def test_changes_that_are_not_committed_stop_the_update_with_the_list(forked: Any) -> None:
    forked.a.edit(SLOKKING, "liten", "svært liten")
    forked.b.write({SLOKKING: "Halvferdig.\n", "content/index.md": "# Annet\n"})
    before = _state(forked)

    done = forked.kompetanse("update", "brannvern", code=1)

    assert SLOKKING in done.err
    assert "content/index.md" not in done.err
    assert "--branch" in done.err
    assert _state(forked) == before


def test_a_file_in_the_way_that_git_does_not_know_stops_the_update(forked: Any) -> None:
    forked.a.commit({f"{FOLDER}/bilder/ny.png": (forked.a.root / f"{FOLDER}/bilder/kart.png").read_bytes()})
    forked.b.write({f"{FOLDER}/bilder/ny.png": "mitt"})

    done = forked.kompetanse("update", "brannvern", code=1)

    assert "bilder/ny.png" in done.err
    assert forked.b.text(f"{FOLDER}/bilder/ny.png") == "mitt"


def test_without_a_branch_the_update_goes_to_one_of_its_own(forked: Any) -> None:
    forked.a.edit(SLOKKING, "liten", "svært liten")
    forked.b.git("checkout", "--quiet", "--detach")

    refused = forked.kompetanse("update", "brannvern", code=1)
    forked.kompetanse("update", "brannvern", "--branch", "fra-nordvik")

    assert "No branch is checked out" in refused.err
    assert "svært liten" in forked.b.git("show", f"fra-nordvik:{SLOKKING}")


def test_during_a_merge_nothing_is_written(forked: Any) -> None:
    forked.a.edit(SLOKKING, "liten", "svært liten")
    forked.b.git("checkout", "--quiet", "-b", "other")
    forked.b.edit(ALARM, "porten", "døra")
    forked.b.git("checkout", "--quiet", "main")
    forked.b.git("merge", "--quiet", "--no-ff", "--no-commit", "other")

    assert "in the middle of a merge" in forked.kompetanse("update", "brannvern", code=1).err


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("version: 1", "version: 9", "version 9"),
        ("commit: ", "commit: zz", "cannot be used"),
        ("files:", "files: [", "cannot be used"),
    ],
)
def test_a_damaged_record_is_said_and_never_guessed_at(forked: Any, old: str, new: str, said: str) -> None:
    forked.a.edit(SLOKKING, "liten", "svært liten")
    forked.b.edit(f"{FOLDER}/origin.yml", old, new)
    before = _state(forked)

    status = forked.kompetanse("status", code=1)
    update = forked.kompetanse("update", "--all", code=1)

    assert said in status.err
    assert said in update.err
    assert _state(forked) == before


def test_a_shallow_clone_of_our_region_works(forked: Any) -> None:
    forked.a.edit(SLOKKING, "liten", "svært liten")
    shallow = forked.b.root.with_name("shallow")
    forked.b.git("clone", "--quiet", "--template=", "--depth=1", f"file://{forked.b.root}", str(shallow))

    done = forked.run(shallow, "update", "brannvern")

    assert done.exit_code == 0, done.err
    assert "svært liten" in (shallow / SLOKKING).read_text(encoding="utf-8")


def test_a_picture_that_both_changed_is_a_question_and_ours_stands(forked: Any) -> None:
    picture = f"{FOLDER}/bilder/kart.png"
    plain = (forked.a.root / picture).read_bytes()
    forked.a.commit({picture: plain + b"\1"})
    forked.b.commit({picture: plain + b"\2"})

    done = forked.kompetanse("update", "brannvern")

    assert "it is no text" in done.out
    assert (forked.b.root / picture).read_bytes() == plain + b"\2"


def test_files_are_merged_by_what_they_are() -> None:
    data = merge_file(PurePosixPath("a.yml"), b"a: 1\nb: 1\n", b"a: 2\nb: 1\n", b"a: 1\nb: 2\n")
    text = merge_file(PurePosixPath("a.md"), b"\xff", b"a\n", b"b\n")
    image = merge_file(PurePosixPath("a.png"), b"a", b"b", b"c")

    assert data.data == b"a: 2\nb: 2\n"
    assert (text.data, text.why) == (None, "encoding")
    assert (image.data, image.why) == (None, "binary")


@pytest.mark.skipif(os.name != "posix", reason="a process is split in two")
def test_killed_at_any_step_an_update_is_before_or_after(
    forked: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kompetanse.commands.following import here
    from kompetanse.sharing.update import prepare

    forked.b.edit(ALARM, "ved porten", "ved rådhuset")
    forked.a.edit(ALARM, "Gå rolig ut.", "Gå rolig ut straks.")
    forked.a.edit(SLOKKING, "liten", "svært liten")
    monkeypatch.chdir(forked.b.root)
    at = here(None)
    source = at.sources.of("nordvik")
    update = prepare(at.own, at.own.course("brannvern"), source.at(source.newest()), at.now)
    start, before = forked.b.head, _files(forked.b.root)
    apply(forked.b.root, update.change, message="Update", moment=at.now)
    after = _files(forked.b.root)

    found = set()
    for number in range(0, 40, 3):
        forked.b.git("reset", "--quiet", "--hard", start)
        if not _killed(forked.b.root, update.change, at.now, number):
            break
        ready(forked.b.root, HERE)
        now = _files(forked.b.root)
        assert now in (before, after)
        assert forked.b.is_clean
        found.add("after" if now == after else "before")

    assert found == {"before", "after"}


def _files(root: Path) -> dict[str, bytes]:
    paths = [*root.glob("content/**/*"), *root.glob(".kompetanse/**/*")]
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(paths) if path.is_file()}


def _killed(root: Path, change: Any, moment: Any, number: int) -> bool:
    """Make the change in a process that ends itself at a step; tell whether it came so far."""
    child = os.fork()
    if child == 0:
        steps = iter(range(number))

        def tell(step: str) -> None:
            if next(steps, None) is None:
                os._exit(9)

        try:
            apply(root, change, message="Update", moment=moment, tell=tell)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 9
