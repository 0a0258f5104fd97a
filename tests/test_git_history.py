"""When each file last changed: read in one pass, whatever the files are called and wherever they came from."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath

import pytest

from kompetanse.content.reading import read_library_at
from kompetanse.content.versions import versions
from kompetanse.git.history import read_history
from kompetanse.git.state import uncommitted

Commit = Callable[[Path], Path]


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch, commit: Commit) -> Callable[..., None]:
    """Write files and commit them on a day."""

    def make(root: Path, day: str, **texts: str) -> None:
        for name, text in texts.items():
            _write(root / name, text)
        with monkeypatch.context() as patch:
            patch.setenv("GIT_AUTHOR_DATE", f"{day}T12:00:00+02:00")
            patch.setenv("GIT_COMMITTER_DATE", "2026-11-24T12:00:00+01:00")
            commit(root)

    return make


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def _days(root: Path) -> dict[str, str]:
    return {str(path): str(change.day) for path, change in read_history(root).changes.items()}


def test_each_file_has_the_day_and_the_commit_of_its_last_change(
    tmp_path: Path, on: Callable[..., None]
) -> None:
    on(tmp_path, "2024-01-02", **{"a.md": "1", "b.md": "1"})
    on(tmp_path, "2025-03-04", **{"a.md": "2"})

    history = read_history(tmp_path)

    assert history.state == "full"
    assert _days(tmp_path) == {"a.md": "2025-03-04", "b.md": "2024-01-02"}
    head = history.changes[PurePosixPath("a.md")]
    assert head.commit == _git(tmp_path, "rev-parse", "HEAD")
    assert history.head == head


@pytest.mark.parametrize(
    "name",
    ["æ ø å.md", 'sitat"tegn.md', "tab\tulator.md", "ny\nlinje.md", "skrå\\strek.md", "日本.md", " a .md"],
)
def test_a_file_may_be_called_anything(tmp_path: Path, on: Callable[..., None], name: str) -> None:
    on(tmp_path, "2024-01-02", **{f"kurs og møter/{name}": "1"})

    assert _days(tmp_path) == {f"kurs og møter/{name}": "2024-01-02"}


def test_a_renamed_file_changed_when_it_was_renamed(tmp_path: Path, on: Callable[..., None]) -> None:
    on(tmp_path, "2024-01-02", **{"gammel.md": "tekst"})
    _git(tmp_path, "mv", "gammel.md", "ny.md")
    on(tmp_path, "2025-03-04")

    assert _days(tmp_path)["ny.md"] == "2025-03-04"


def test_what_came_with_a_merge_changed_when_it_was_merged(
    tmp_path: Path, on: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    on(tmp_path, "2024-01-02", **{"a.md": "1", "b.md": "1"})
    _git(tmp_path, "switch", "--quiet", "-c", "gren")
    on(tmp_path, "2024-05-06", **{"b.md": "2"})
    _git(tmp_path, "switch", "--quiet", "main")
    on(tmp_path, "2024-07-08", **{"a.md": "2"})
    monkeypatch.setenv("GIT_AUTHOR_DATE", "2024-09-10T12:00:00+02:00")
    _git(tmp_path, "merge", "--quiet", "--no-ff", "-m", "Merge", "gren")

    assert _days(tmp_path) == {"a.md": "2024-07-08", "b.md": "2024-09-10"}


def test_only_files_under_the_folder_are_told_relative_to_it(tmp_path: Path, on: Callable[..., None]) -> None:
    on(tmp_path, "2024-01-02", **{"region/content/a.md": "1", "annet/b.md": "1"})
    on(tmp_path, "2025-01-02", **{"annet/b.md": "2"})

    assert _days(tmp_path / "region") == {"content/a.md": "2024-01-02"}


def test_one_command_reads_the_log_however_many_files_there_are(
    tmp_path: Path, on: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    on(tmp_path / "r", "2024-01-02", **{f"{number}.md": "1" for number in range(50)})
    calls = _counted(tmp_path, monkeypatch)

    history = read_history(tmp_path / "r")

    assert len(history.changes) == 50
    assert sum("--name-only" in call for call in calls()) == 1
    assert len(calls()) <= 3


def _counted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Put a git on the path that writes down how it is called."""
    real, log = shutil.which("git"), folder / "calls.txt"
    script = folder / "bin/git"
    _write(script, f'#!/bin/sh\necho "$@" >> "{log}"\nexec "{real}" "$@"\n')
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{script.parent}{os.pathsep}{os.environ['PATH']}")
    return lambda: log.read_text(encoding="utf-8").splitlines()


def test_the_day_is_that_of_the_author_where_they_were(
    tmp_path: Path, commit: Commit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_AUTHOR_DATE", "2024-01-02T23:30:00-05:00")
    _write(tmp_path / "a.md", "1")
    commit(tmp_path)

    assert read_history(tmp_path).changes[PurePosixPath("a.md")].day == date(2024, 1, 2)


def test_the_moment_is_the_latest_commit_of_a_file_whatever_its_clock_said(
    tmp_path: Path, commit: Commit, monkeypatch: pytest.MonkeyPatch
) -> None:
    for text, clock in (("1", "12:00:00"), ("2", "12:00:09"), ("3", "11:00:00")):
        monkeypatch.setenv("GIT_COMMITTER_DATE", f"2026-11-24T{clock}+01:00")
        _write(tmp_path / "a.md", text)
        commit(tmp_path)

    change = read_history(tmp_path).changes[PurePosixPath("a.md")]

    assert change.moment == datetime(2026, 11, 24, 11, 0, 9, tzinfo=UTC)
    assert change.commit == _git(tmp_path, "rev-parse", "HEAD")


def test_a_folder_without_a_repository_has_no_history(tmp_path: Path) -> None:
    assert read_history(tmp_path).state == "none"


def test_a_repository_without_commits_is_empty(tmp_path: Path) -> None:
    _git(tmp_path, "init", "--quiet")

    assert read_history(tmp_path).state == "empty"


def test_a_shallow_clone_is_said_to_be_one(tmp_path: Path, on: Callable[..., None]) -> None:
    on(tmp_path / "r", "2024-01-02", **{"a.md": "1"})
    on(tmp_path / "r", "2025-01-02", **{"b.md": "1"})
    _git(tmp_path, "clone", "--quiet", "--depth", "1", (tmp_path / "r").as_uri(), "s")

    history = read_history(tmp_path / "s")

    assert history.state == "shallow"
    assert set(map(str, history.changes)) == {"a.md", "b.md"}


def test_settings_of_the_reader_do_not_show(tmp_path: Path, on: Callable[..., None]) -> None:
    on(tmp_path, "2024-01-02", **{"a.md": "1"})
    for name, value in {
        "log.showSignature": "true",
        "log.date": "relative",
        "log.follow": "true",
        "color.ui": "always",
        "format.pretty": "full",
        "diff.renames": "copies",
        "core.quotePath": "true",
    }.items():
        _git(tmp_path, "config", name, value)

    assert _days(tmp_path) == {"a.md": "2024-01-02"}


def test_reading_changes_nothing_in_the_repository(tmp_path: Path, on: Callable[..., None]) -> None:
    on(tmp_path, "2024-01-02", **{"a.md": "1"})
    os.utime(tmp_path / "a.md", (0, 0))  # git would write its index anew
    before = {path: path.read_bytes() for path in (tmp_path / ".git").rglob("*") if path.is_file()}

    read_history(tmp_path)

    after = {path: path.read_bytes() for path in (tmp_path / ".git").rglob("*") if path.is_file()}
    assert after == before


def test_changed_and_staged_and_deleted_files_are_uncommitted_and_new_ones_are_not(
    tmp_path: Path, on: Callable[..., None]
) -> None:
    on(tmp_path, "2024-01-02", **{"r/æ.md": "1", "r/b.md": "1", "r/c.md": "1", "r/d.md": "1", "ute.md": "1"})
    for name in ("r/æ.md", "r/b.md", "r/ny.md", "ute.md"):
        _write(tmp_path / name, "2")
    _git(tmp_path, "add", "r/b.md")
    (tmp_path / "r/c.md").unlink()

    assert set(map(str, uncommitted(tmp_path / "r"))) == {"æ.md", "b.md", "c.md"}


def test_a_region_in_a_folder_of_its_repository_says_where(tmp_path: Path, on: Callable[..., None]) -> None:
    on(
        tmp_path,
        "2024-01-02",
        **{"lærlinger/region nord/content/kurs/brann/index.md": "---\ntype: course\ntitle: Brann\n---\n"},
    )
    root = tmp_path / "lærlinger/region nord"

    history = read_history(root)

    assert (read_history(tmp_path).folder, history.folder) == (
        PurePosixPath(),
        PurePosixPath("lærlinger/region nord"),
    )
    (version,) = versions(read_library_at(root, "content"), root, history).values()
    assert version.path == PurePosixPath("lærlinger/region nord/content/kurs/brann")
    assert _git(tmp_path, "rev-parse", f"{version.commit}:{version.path}")
