"""A change of the region's repository: whole or not at all, wherever it is ended, and never over what nobody committed."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading
from pathlib import Path, PurePosixPath

import pytest
from tests.git.region import BRANCH, CHANGE, MESSAGE, MOMENT, git, make, refused, state

from kompetanse.errors import KompetanseError
from kompetanse.git.lock import held
from kompetanse.git.write import STAGED, Change, Landing, apply, ready


def test_files_and_commit_land_together_with_the_same_bytes(root: Path) -> None:
    git(root, "config", "core.autocrlf", "true")

    result = apply(root, CHANGE, message=MESSAGE, moment=MOMENT)

    assert git(root, "rev-parse", "main") == result.commit
    assert (root / "content/a.md").read_bytes() == b"new\r\n"
    shown = subprocess.run(
        ["git", "show", "HEAD:region/content/a.md"], cwd=root, check=True, capture_output=True
    )
    assert shown.stdout == b"new\r\n"
    assert git(root, "show", "--name-only", "--format=", "-z", "HEAD").split("\0")[:-1] == [
        "region/content/a.md",
        "region/content/gone.md",
        "region/content/old",
        "region/content/old/c.md",
        "region/content/\u00e6 \u00f8/b.md",
    ]
    assert [path.as_posix() for path in result.paths][:2] == ["content/a.md", "content/gone.md"]
    assert git(root, "log", "-1", "--format=%an %ad %cd|%B", "--date=iso") == (
        "Test 2026-11-24 10:00:00 +0100 2026-11-24 10:00:00 +0100|" + MESSAGE.strip()
    )


def test_the_same_change_by_the_same_person_at_the_same_time_is_the_same_commit(root: Path) -> None:
    first = apply(root, CHANGE, how=BRANCH, message=MESSAGE, moment=MOMENT)
    second = apply(root, CHANGE, how=Landing("branch", "b"), message=MESSAGE, moment=MOMENT)

    assert first.commit == second.commit


def test_what_is_as_it_should_be_makes_no_commit(root: Path) -> None:
    before = state(root)

    result = apply(
        root, Change({PurePosixPath("content/same.md"): b"same\n"}), message=MESSAGE, moment=MOMENT
    )

    assert (result.commit, result.paths, state(root)) == (None, (), before)


def test_work_on_other_files_is_left_alone(root: Path) -> None:
    (root / "content/mine.md").write_text("dirty", encoding="utf-8")
    (root.parent / "beside.md").write_text("staged", encoding="utf-8")
    git(root, "add", "../beside.md")

    make(root)

    assert git(root, "status", "--porcelain").splitlines() == ["M  beside.md", " M region/content/mine.md"]


def test_a_branch_of_its_own_leaves_the_files_alone(root: Path) -> None:
    before = state(root)
    (root / "content/a.md").write_text("dirty", encoding="utf-8")

    result = apply(root, CHANGE, how=BRANCH, message=MESSAGE, moment=MOMENT)

    assert git(root, "rev-parse", "kompetanse/fork/brannvern") == result.commit
    assert git(root, "rev-parse", f"{result.commit}^") == git(root, "rev-parse", "main")
    (root / "content/a.md").write_text("old\n", encoding="utf-8")
    assert state(root)[1:] == before[1:]
    assert "git branch -D kompetanse/fork/brannvern" in refused(root, BRANCH)
    make(root, Landing("branch", BRANCH.branch, replace=True))


def test_staged_files_wait_for_a_commit(root: Path) -> None:
    head = git(root, "rev-parse", "HEAD")

    result = apply(root, CHANGE, how=STAGED, message=MESSAGE, moment=MOMENT)

    assert (result.commit, git(root, "rev-parse", "HEAD")) == (None, head)
    assert git(root, "status", "--porcelain").splitlines() == [
        "M  region/content/a.md",
        "D  region/content/gone.md",
        "A  region/content/old",
        "D  region/content/old/c.md",
        'A  "region/content/\\303\\246 \\303\\270/b.md"',
    ]


@pytest.mark.parametrize("staged", [False, True])
def test_changes_that_nobody_committed_are_never_overwritten(root: Path, staged: bool) -> None:
    for name in ("a.md", "gone.md"):
        (root / "content" / name).write_text("my own", encoding="utf-8")
    if staged:
        git(root, "add", "--all")

    said = refused(root)

    assert said.splitlines()[:3] == [
        "These files have changes that are not committed:",
        "  region/content/a.md",
        "  region/content/gone.md",
    ]
    assert "--branch" in said


@pytest.mark.parametrize("ignored", [False, True])
@pytest.mark.parametrize(
    "name", ["content/\u00e6 \u00f8/b.md", "content/\u00e6 \u00f8", "content/old/mine.md"]
)
def test_files_that_git_does_not_know_are_never_overwritten(root: Path, name: str, ignored: bool) -> None:
    if ignored:
        (root.parent / ".git/info/exclude").write_text("*.md\n\u00e6*\n", encoding="utf-8")
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).write_text("my own", encoding="utf-8")

    said = refused(root)

    assert f"  region/{name}" in said


def test_nothing_is_written_through_a_link(root: Path, tmp_path: Path) -> None:
    (root / "content/\u00e6 \u00f8").symlink_to(tmp_path)
    (root / "content/linked.md").symlink_to(tmp_path / "elsewhere.md")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=links")

    assert "region/content/\u00e6 \u00f8" in refused(root)
    linked = Change({PurePosixPath("content/linked.md"): b"x"})
    assert "is a link here" in refused(root, change=linked)
    assert not (tmp_path / "b.md").exists()


def test_during_a_merge_it_waits(root: Path) -> None:
    git(root, "switch", "--quiet", "-c", "other")
    (root / "content/a.md").write_text("other", encoding="utf-8")
    git(root, "commit", "--quiet", "--all", "--message=other")
    git(root, "switch", "--quiet", "main")
    (root / "content/a.md").write_text("main", encoding="utf-8")
    git(root, "commit", "--quiet", "--all", "--message=main")
    subprocess.run(["git", "merge", "-q", "other"], cwd=root, capture_output=True, check=False)

    assert "git merge --abort" in refused(root)
    assert "git merge --abort" in refused(root, STAGED)
    make(root, BRANCH)


def test_without_a_branch_it_says_how_to_get_one(root: Path) -> None:
    git(root, "switch", "--quiet", "--detach")

    assert "--branch" in refused(root)
    make(root, BRANCH)


def test_without_a_name_it_says_how_to_give_one(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [one for one in os.environ if one.startswith("GIT_") and one.endswith(("_NAME", "_EMAIL"))]:
        monkeypatch.delenv(name)
    with pytest.raises(KompetanseError, match=r"git config user\.name"):
        make(root)

    git(root, "config", "user.name", "Kari")
    git(root, "config", "user.email", "kari@example.no")
    make(root)

    assert git(root, "log", "-1", "--format=%an <%ae>") == "Kari <kari@example.no>"


@pytest.mark.parametrize(
    ("options", "says"), [(("--bare",), "is bare"), ((), "no commit yet"), (None, "in no git repository")]
)
def test_where_nothing_can_be_committed_it_says_so(
    tmp_path: Path, options: tuple[str, ...] | None, says: str
) -> None:
    if options is not None:
        git(tmp_path, "init", "--quiet", *options)

    with pytest.raises(KompetanseError, match=says):
        make(tmp_path)
    with pytest.raises(KompetanseError, match=says):
        ready(tmp_path)


def test_a_full_disk_changes_nothing(root: Path) -> None:
    before = state(root)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(
        resource.RLIMIT_FSIZE, (100_000, hard)
    )  # no file may grow above it: what the disk says when it is full
    try:
        with pytest.raises(KompetanseError, match=r"the disk is full\. Nothing was changed"):
            make(root, change=Change({PurePosixPath("content/a.md"): b"x" * 200_000}))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert state(root) == before


def test_a_file_that_cannot_be_put_in_place_takes_the_whole_change_back(root: Path) -> None:
    long = Change(
        {**CHANGE.write, PurePosixPath(f"content/{'x' * 300}.md"): b"too long a name"}, CHANGE.delete
    )

    assert "Nothing was changed" in refused(root, change=long)


def test_a_plan_made_before_somebody_committed_is_not_carried_out(root: Path) -> None:
    since = ready(root)
    (root / "content/mine.md").write_text("more", encoding="utf-8")
    git(root, "commit", "--quiet", "--all", "--message=more")

    with pytest.raises(KompetanseError, match="run the command again"):
        make(root, since=since)


def test_of_two_at_once_the_second_is_told_who_the_first_is(root: Path) -> None:
    private = root.parent / ".git/kompetanse"
    inside, done = threading.Event(), threading.Event()

    def first() -> None:
        with held(private, "Update brannvern"):
            inside.set()
            done.wait()

    thread = threading.Thread(target=first)
    thread.start()
    inside.wait()
    try:
        with (
            pytest.raises(KompetanseError, match=rf"process {os.getpid()} \(Update brannvern\)"),
            held(private, "", 0),
        ):
            pass
    finally:
        done.set()
        thread.join()


def test_the_lock_of_a_process_that_died_is_free(root: Path) -> None:
    code = f"import os; from pathlib import Path; from kompetanse.git.lock import held\nwith held(Path({str(root)!r}) / 'l', 'x'): os._exit(9)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 9
    assert (root / "l/owner").exists()

    with held(root / "l", "y", 0):
        pass


def test_no_hook_of_the_repository_runs(root: Path) -> None:
    ran = root.parent / ".git/ran"
    for name in (
        "reference-transaction",
        "pre-commit",
        "commit-msg",
        "post-commit",
        "post-index-change",
        "post-rewrite",
    ):
        hook = root.parent / ".git/hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\ntouch '{ran}'\nexit 1\n", encoding="utf-8")
        hook.chmod(0o755)

    make(root)

    assert not ran.exists()


def test_a_linked_work_tree_has_its_own_journal_and_branch(root: Path, tmp_path: Path) -> None:
    git(root, "worktree", "add", "--quiet", "-b", "side", str(tmp_path / "side"))
    main = git(root, "rev-parse", "main")

    result = apply(tmp_path / "side/region", CHANGE, message=MESSAGE, moment=MOMENT)

    assert (result.branch, git(root, "rev-parse", "main")) == ("side", main)
    assert git(tmp_path / "side", "status", "--porcelain") == ""
