"""`kompetanse init`: a region that builds at once, without a question where nobody can answer.

pytest gives no terminal, and fails a test that reads from one.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Files = Callable[[Path], dict[str, bytes]]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_new_region_has_no_problems_but_the_statements_it_lacks_and_is_a_site(
    tmp_path: Path, run: Run, language: str
) -> None:
    done = run(tmp_path, "init", "min-region", "--language", language)

    root = tmp_path / "min-region"
    assert done.exit_code == 0, done.err
    assert (root / "site/index.html").is_file()
    checked = run(root, "check", "--format", "json")
    assert checked.exit_code == 0
    assert '"error": 0' in checked.out
    assert set(_codes(checked.out)) <= {"statement-missing"}
    assert f'<html lang="{language}"' in (root / "site/index.html").read_text(encoding="utf-8")


def _codes(out: str) -> list[str]:
    return [row["code"] for row in json.loads(out)["problems"]]


def test_the_name_and_the_id_are_those_of_the_folder_or_those_that_are_given(
    tmp_path: Path, run: Run
) -> None:
    run(tmp_path, "init", "Vår bygd", "--no-build")
    run(tmp_path, "init", "b", "--name", 'Øy "og" fjell: ja', "--id", "oy-fjell", "--no-build")

    first = (tmp_path / "Vår bygd/region.yml").read_text(encoding="utf-8")
    second = (tmp_path / "b/region.yml").read_text(encoding="utf-8")
    assert "\nid: var-bygd\n" in first
    assert '\nname: "Vår bygd"\n' in first
    assert "\nid: oy-fjell\n" in second
    assert run(tmp_path / "b", "check").exit_code == 0


def test_the_new_region_is_a_repository_with_all_files_committed(tmp_path: Path, run: Run) -> None:
    run(tmp_path, "init", "r")

    state = subprocess.run(
        ["git", "status", "--porcelain"], cwd=tmp_path / "r", check=True, capture_output=True, text=True
    )
    assert state.stdout == ""
    assert (tmp_path / "r/.gitignore").is_file()


def test_a_region_inside_a_repository_starts_none_of_its_own(
    tmp_path: Path, run: Run, commit: Callable[[Path], Path]
) -> None:
    commit(tmp_path)

    run(tmp_path, "init", "r", "--no-build")

    assert not (tmp_path / "r/.git").exists()


def test_without_a_name_in_git_the_files_are_there_and_the_next_step_is_told(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{who}_NAME")
        monkeypatch.delenv(f"GIT_{who}_EMAIL")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "user.useConfigOnly")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "true")

    done = run(tmp_path, "init", "r")

    assert done.exit_code == 0
    assert "git config --global user.name" in done.out
    assert (tmp_path / "r/site/index.html").is_file()


@pytest.mark.parametrize("there", ["brev.txt", ".env", "undermappe/"])
def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path, run: Run, files: Files, there: str) -> None:
    (tmp_path / "r" / there).parent.mkdir(parents=True)
    (tmp_path / "r" / there).mkdir() if there.endswith("/") else (tmp_path / "r" / there).write_bytes(b"x")
    before = sorted(tmp_path.rglob("*"))

    done = run(tmp_path, "init", "r")

    assert done.exit_code == 1
    assert "is there already and is not empty" in done.err
    assert sorted(tmp_path.rglob("*")) == before


def test_a_repository_that_was_just_cloned_is_filled(tmp_path: Path, run: Run) -> None:
    (tmp_path / "r").mkdir()
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path / "r", check=True)

    assert run(tmp_path, "init", "r", "--no-build").exit_code == 0
    assert (tmp_path / "r/region.yml").is_file()


def test_nothing_of_the_starter_is_left_to_fill_in_by_us(tmp_path: Path, run: Run, files: Files) -> None:
    run(tmp_path, "init", "r", "--no-build")

    found = files(tmp_path / "r")
    assert {".github/workflows/site.yml", ".gitlab-ci.yml", ".forgejo/workflows/site.yml"} <= set(found)
    assert [name for name, text in found.items() if b"${name}" in text or b"$today" in text] == []
    assert [name for name in found if "dot-" in name] == []
