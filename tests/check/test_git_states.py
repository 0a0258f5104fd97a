"""What the check says of the repository that the region lies in."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Check = Callable[..., Any]

PAGE = "---\nid: vakt\ntitle: Før vakten\n---\n\nSjekk listen på tavlen.\n"


def run(folder: Path, *command: str) -> None:
    subprocess.run(["git", *command], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def root(region: Callable[..., Path]) -> Path:
    return region({"content/vakt.md": PAGE})


def test_a_repository_with_commits_is_fine(root: Path, check: Check):
    said = check(root, "--strict")

    assert (said.exit_code, said.out) == (0, "")
    assert said.err == "1 file: no problems\n"


def test_a_folder_without_a_repository_is_a_warning(root: Path, check: Check):
    shutil.rmtree(root / ".git")

    said = check(root, "--format", "json")

    assert said.places == [(".", 0, "no-repository")]
    assert said.exit_code == 0
    assert check(root, "--strict").exit_code == 1


def test_a_repository_without_commits_is_a_warning(root: Path, check: Check):
    shutil.rmtree(root / ".git")
    run(root, "init", "--quiet")

    said = check(root, "--format", "json")

    assert said.places == [(".", 0, "no-commits")]
    assert said.exit_code == 0


def test_a_shallow_clone_is_a_warning(
    root: Path, check: Check, tmp_path: Path, commit: Callable[[Path], Path]
):
    (root / "content/vakt.md").write_text(PAGE + "\nRing vakten.\n", encoding="utf-8")
    commit(root)
    run(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{root}", "shallow")

    said = check(tmp_path / "shallow", "--format", "json")

    assert said.places == [(".", 0, "shallow-repository")]
    assert said.exit_code == 0


def test_a_region_deep_in_a_repository_is_fine(
    tmp_path: Path, root: Path, check: Check, commit: Callable[[Path], Path]
):
    shutil.copytree(root, tmp_path / "all/fylke/region", ignore=shutil.ignore_patterns(".git"))
    commit(tmp_path / "all")

    assert check(tmp_path / "all/fylke/region", "--strict").exit_code == 0


def test_files_that_are_not_committed_yet_are_checked(root: Path, check: Check):
    (root / "content/ny.md").write_text("Se [reglene](finnes-ikke.md).\n", encoding="utf-8")

    said = check(root, "--format", "json")

    assert said.places == [("content/ny.md", 1, "broken-link")]


def test_a_repository_of_another_user_is_a_warning_that_says_so(
    root: Path, check: Check, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")

    said = check(root, "--format", "json")

    assert said.places == [(".", 0, "repository-refused")]


def test_a_machine_without_git_is_a_warning(root: Path, check: Check, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", str(root / "nothing"))

    said = check(root, "--format", "json")

    assert said.places == [(".", 0, "git-missing")]
