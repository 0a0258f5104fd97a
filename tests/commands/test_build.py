"""`kompetanse build`: all or nothing, the same bytes for the same commit, on every machine."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from kompetanse.commands.place import today

Run = Callable[..., Any]
Files = Callable[[Path], dict[str, bytes]]

BROKEN = "---\ntitle: Om\n---\n\nSe [reglene](finnes-ikke.md).\n"
OVERDUE = "---\ntitle: Om\nsummary: Om oss.\nreviewed: 2020-01-01\nreview_every: P1Y\n---\n\nOm oss.\n"


@pytest.fixture
def old_site(demo: Path) -> Path:
    """A region with a site that an earlier build left."""
    (demo / "site").mkdir()
    (demo / "site/404.html").write_text("old", encoding="utf-8")
    return demo


def test_a_region_without_problems_becomes_a_site(demo: Path, run: Run) -> None:
    done = run(demo, "build", "--strict", "--date", "2026-11-24")

    assert done.exit_code == 0
    assert re.search("1 role, 1 competence, 1 course, 2 modules?, 1 session, 1 programme, 1 page", done.out)
    for page in (
        "",
        "roller/vaktmester/",
        "kurs/brannkurs/01-alarm/",
        "kurs/brannkurs/sloking/",
        "samlinger/",
    ):
        assert (demo / "site" / page / "index.html").is_file()
    assert (demo / "site/kurs/brannkurs/bilder/plan.svg").is_file()
    assert (demo / "site/skjema/course.schema.json").is_file()


def test_errors_are_told_and_the_rest_is_built(demo: Path, run: Run) -> None:
    (demo / "content/om.md").write_text(BROKEN, encoding="utf-8")

    done = run(demo, "build")

    assert done.exit_code == 1
    assert "broken-link" in done.out
    assert (demo / "site/om/index.html").is_file()


@pytest.mark.parametrize("text", [BROKEN, OVERDUE], ids=["error", "warning"])
def test_strict_builds_nothing_where_there_is_a_problem(
    old_site: Path, run: Run, files: Files, text: str
) -> None:
    (old_site / "content/om.md").write_text(text, encoding="utf-8")

    done = run(old_site, "build", "--strict")

    assert done.exit_code == 1
    assert "Nothing was built" in done.err
    assert files(old_site / "site") == {"404.html": b"old"}
    assert not list(old_site.glob(".site*"))


@pytest.mark.parametrize(
    "settings",
    [
        "site_name: T\ntheme: {name: finnes-ikke}\nplugins: [kompetanse]\n",
        "site_name: T\nplugins: [kompetanse, finnes-ikke]\n",
        "site_name: T\nplugins: [kompetanse]\nhooks: [finnes-ikke.py]\n",
        "site_name: T\nplugins: [search]\n",
        "site_name: [T\n",
    ],
    ids=["theme", "plugin", "hook", "ours is missing", "no YAML"],
)
def test_a_build_that_fails_leaves_the_old_site(
    old_site: Path, run: Run, files: Files, settings: str
) -> None:
    (old_site / "mkdocs.yml").write_text(settings, encoding="utf-8")

    done = run(old_site, "build")

    assert done.exit_code == 1
    assert "mkdocs.yml" in done.err
    assert "Traceback" not in done.err
    assert files(old_site / "site") == {"404.html": b"old"}
    assert not list(old_site.glob(".site*"))


def test_a_build_that_is_interrupted_leaves_the_old_site(old_site: Path, run: Run, files: Files) -> None:
    (old_site / "stop.py").write_text("def on_post_build(**_): raise KeyboardInterrupt\n", encoding="utf-8")
    settings = "site_name: T\ntheme: kompetanse\nplugins: [kompetanse]\nhooks: [stop.py]\n"
    (old_site / "mkdocs.yml").write_text(settings, encoding="utf-8")

    done = run(old_site, "build")

    assert done.exit_code == 130
    assert files(old_site / "site") == {"404.html": b"old"}
    assert not list(old_site.glob(".site*"))


@pytest.mark.parametrize("output", [".", "content", "content/site", ".."])
def test_a_folder_with_content_is_never_replaced(demo: Path, run: Run, files: Files, output: str) -> None:
    before = files(demo)

    done = run(demo, "build", "-o", output)

    assert done.exit_code == 1
    assert "Choose a folder beside it" in done.err
    assert files(demo) == before


def test_a_folder_with_anything_else_is_never_replaced(demo: Path, run: Run, files: Files) -> None:
    (demo / "site").mkdir()
    (demo / "site/brev.txt").write_text("Kjære alle", encoding="utf-8")

    done = run(demo, "build")

    assert done.exit_code == 1
    assert "was not made by this command" in done.err
    assert files(demo / "site") == {"brev.txt": b"Kj\xc3\xa6re alle"}


def test_a_file_in_the_way_is_kept(demo: Path, run: Run) -> None:
    (demo / "site").write_text("a file", encoding="utf-8")

    done = run(demo, "build")

    assert done.exit_code == 1
    assert (demo / "site").read_text(encoding="utf-8") == "a file"


def test_the_same_commit_gives_the_same_bytes_in_any_folder(
    demo: Path, run: Run, files: Files, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "et annet sted/æøå"
    shutil.copytree(demo, elsewhere)

    run(demo, "build")
    first = files(demo / "site")
    run(demo, "build")
    run(elsewhere, "build", "-o", str(tmp_path / "ut"))

    assert files(demo / "site") == first
    assert files(tmp_path / "ut") == first


def test_the_day_of_the_build_is_nowhere_in_the_site(
    region: Callable[[Mapping[str, str]], Path], run: Run, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("GIT_AUTHOR_DATE", "2020-02-03T04:05:06")
        root = region(
            {"region.yml": "id: t\nname: T\nurl: https://t.example/\n", "content/om.md": "Om oss.\n"}
        )

    run(root, "build")

    found = files(root / "site")
    assert b"<lastmod>2020-02-03</lastmod>" in found["sitemap.xml"]
    assert [name for name, text in found.items() if str(today()).encode() in text] == []


def test_no_page_tells_where_it_was_built(demo: Path, run: Run, files: Files) -> None:
    run(demo, "build")

    telling = [name for name, text in files(demo / "site").items() if str(demo.parent).encode() in text]

    assert telling == []


def test_lists_are_made_for_the_day_of_the_commit_or_the_day_that_is_asked_for(
    demo: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def day() -> str:
        run(demo, "stage", str(demo.parent / "staged"), "--content", str(demo))
        return (demo.parent / "staged/docs/redaksjon/index.md").read_text(encoding="utf-8")

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1893456000")
    given = day()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "nonsense")
    ignored = day()

    assert "1. januar 2030" in given
    assert "2030" not in ignored
    run(demo, "stage", str(demo.parent / "staged"), "--date", "2031-02-03")
    asked = (demo.parent / "staged/docs/redaksjon/index.md").read_text(encoding="utf-8")
    assert "3. februar 2031" in asked


def test_a_day_beyond_the_calendar_is_told(demo: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "9" * 30)

    found = run(demo, "build")

    assert found.exit_code == 1
    assert "SOURCE_DATE_EPOCH" in found.err


@pytest.mark.parametrize("state", ["none", "empty", "shallow"])
def test_a_region_builds_whatever_its_repository_is(
    demo: Path, run: Run, commit: Callable[[Path], Path], state: str
) -> None:
    root = _in_state(demo, state, commit)

    done = run(root, "build", "--date", "2026-11-24")

    assert done.exit_code == 0
    assert {"none": "no-repository", "empty": "no-commits", "shallow": "shallow-repository"}[
        state
    ] in done.out
    page = (root / "site/roller/vaktmester/index.html").read_text(encoding="utf-8")
    assert ("Sist endret" in page) == (state == "shallow")


def _in_state(root: Path, state: str, commit: Callable[[Path], Path]) -> Path:
    def git(*arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True)

    if state == "shallow":
        commit(root)
        git("clone", "--quiet", "--depth", "1", root.as_uri(), str(root.parent / "shallow"))
        return root.parent / "shallow"
    shutil.rmtree(root / ".git")
    if state == "empty":
        git("init", "--quiet")
    return root


def test_a_region_that_is_built_without_settings_of_its_own_has_our_theme(demo: Path, run: Run) -> None:
    run(demo, "build")

    assert "kompetanse.css" in (demo / "site/index.html").read_text(encoding="utf-8")


def test_a_new_build_takes_away_pages_that_are_gone(demo: Path, run: Run) -> None:
    run(demo, "build")
    (demo / "content/samlinger/ovelse.md").unlink()

    run(demo, "build")

    assert not (demo / "site/samlinger/ovelse").exists()
    assert sorted(path.name for path in demo.iterdir()) == [".git", "content", "region.yml", "site"]


def test_a_site_that_an_ended_run_left_aside_comes_back(demo: Path, run: Run, files: Files) -> None:
    (demo / ".site.old").mkdir()
    (demo / ".site.old/404.html").write_text("old", encoding="utf-8")
    (demo / "mkdocs.yml").write_text("site_name: T\nplugins: [search]\n", encoding="utf-8")

    assert run(demo, "build").exit_code == 1

    assert files(demo / "site") == {"404.html": b"old"}
    assert not (demo / ".site.old").exists()
