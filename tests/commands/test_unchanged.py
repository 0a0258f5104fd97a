"""A second build of the same files says so and ends; whatever may have changed, it builds."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kompetanse.unchanged import Record, below, is_same, look

Run = Callable[..., Any]
Files = Callable[[Path], dict[str, bytes]]
DAY = ("--date", "2026-11-24")
OVERDUE = "---\ntitle: Om\nsummary: Om oss.\nreviewed: 2020-01-01\nreview_every: P1Y\n---\n\nOm oss.\n"


@pytest.fixture
def built(demo: Path, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A region whose site has been built."""
    monkeypatch.setenv("KOMPETANSE_CACHE", str(tmp_path / "cache"))
    assert "Built in" in run(demo, "build", *DAY).out
    return demo


def _is_built(run: Run, root: Path, *more: str) -> bool:
    return "Built in" in run(root, "build", *DAY, *more).out


def test_the_same_files_are_not_built_again(built: Path, run: Run) -> None:
    again = run(built, "build", *DAY)

    assert "Unchanged since it was built" in again.out
    assert again.exit_code == 0


def _touch(root: Path) -> None:
    for file in (root / "content").rglob("*.md"):
        os.utime(file, ns=(4_000_000_000_000_000_000, 4_000_000_000_000_000_000))


def _check_out_again(root: Path) -> None:
    shutil.copytree(root / "content", root / "copy")
    shutil.rmtree(root / "content")
    (root / "copy").rename(root / "content")


@pytest.mark.parametrize("change", [_touch, _check_out_again], ids=["times in the future", "new files"])
def test_other_times_of_the_same_contents_are_no_change(
    built: Path, run: Run, change: Callable[[Path], None]
) -> None:
    change(built)

    assert not _is_built(run, built)


def _text(root: Path) -> None:
    file = root / "content/index.md"
    file.write_text(file.read_text(encoding="utf-8") + "\nMer.\n", encoding="utf-8")


def _text_of_the_same_size_and_time(root: Path) -> None:
    file = root / "content/index.md"
    before, text = file.stat(), file.read_text(encoding="utf-8")
    file.write_text(text[:-2] + "?\n", encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def _asset(root: Path) -> None:
    (root / "content/ny.txt").write_text("ny", encoding="utf-8")


def _gone(root: Path) -> None:
    next((root / "content/samlinger").rglob("*.md")).unlink()


def _region(root: Path) -> None:
    with (root / "region.yml").open("a", encoding="utf-8") as file:
        file.write("publisher: Andre\n")


def _synonyms(root: Path) -> None:
    (root / "synonyms.yml").write_text("- [a, b]\n", encoding="utf-8")


def _kept(root: Path) -> None:
    (root / ".kompetanse").mkdir(exist_ok=True)
    (root / ".kompetanse/a").write_text("a", encoding="utf-8")


def _page_of_the_site(root: Path) -> None:
    (root / "site/index.html").write_text("no", encoding="utf-8")


def _more_in_the_site(root: Path) -> None:
    (root / "site/new.html").write_text("new", encoding="utf-8")


def _less_in_the_site(root: Path) -> None:
    (root / "site/404.html").rename(root / "site/index.html")
    (root / "site/404.html").write_text("no", encoding="utf-8")


def _no_site(root: Path) -> None:
    shutil.rmtree(root / "site")


def _commit(root: Path) -> None:
    for words in (("init", "-q"), ("add", "."), ("commit", "-qm", "Begin")):
        git = ("git", "-c", "user.name=a", "-c", "user.email=a@b.example", *words)
        subprocess.run(git, cwd=root, check=True)


@pytest.mark.parametrize(
    "change",
    [
        _text,
        _text_of_the_same_size_and_time,
        _asset,
        _gone,
        _region,
        _synonyms,
        _kept,
        _page_of_the_site,
        _more_in_the_site,
        _less_in_the_site,
        _no_site,
        _commit,
    ],
)
def test_whatever_has_changed_is_built(built: Path, run: Run, change: Callable[[Path], None]) -> None:
    change(built)

    assert _is_built(run, built)
    assert not _is_built(run, built)


def test_a_build_of_a_few_changes_is_a_build_of_everything(built: Path, run: Run, files: Files) -> None:
    _text(built)
    file = next((built / "content/kurs").rglob("index.md"))
    file.write_text(file.read_text(encoding="utf-8").replace("title: ", "title: Ny ", 1), encoding="utf-8")

    assert _is_built(run, built)
    warm = files(built / "site")
    assert _is_built(run, built, "--no-cache")
    assert warm == files(built / "site")


def test_another_day_another_epoch_and_no_cache_are_built(
    built: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _is_built(run, built, "--no-cache")
    assert "Built in" in run(built, "build", "--date", "2026-11-25").out
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert _is_built(run, built)


def test_settings_that_name_others_are_never_taken_for_the_same(built: Path, run: Run) -> None:
    (built / "mkdocs.yml").write_text(
        "site_name: !ENV [NAVN, T]\ntheme: {name: kompetanse}\nplugins: [kompetanse]\n", encoding="utf-8"
    )

    assert _is_built(run, built)
    assert _is_built(run, built)


def test_what_was_wrong_is_told_again_and_strict_still_refuses(built: Path, run: Run) -> None:
    (built / "content/om.md").write_text(OVERDUE, encoding="utf-8")
    first = run(built, "build", *DAY)

    again, strict = run(built, "build", *DAY), run(built, "build", "--strict", *DAY)

    told = first.out.partition("Items")[0]
    assert "overdue" in told
    assert again.out.startswith(told)
    assert strict.exit_code == 1
    assert "Nothing was built" in strict.err


def _damage(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b"index.md", b"xndex.md", 1))


def _false(file: Path) -> None:
    """Write a record that is whole and says of a file that it is what it is not."""
    digest, _, text = file.read_bytes().partition(b"\n")
    data = json.loads(text)
    data["mark"] = "of another machine"
    file.write_bytes(digest + b"\n" + json.dumps(data).encode())


@pytest.mark.parametrize("harm", [_damage, _false, lambda file: file.write_bytes(b"")])
def test_a_record_that_is_not_whole_is_not_read(
    built: Path, run: Run, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    harm(next((tmp_path / "cache/builds").iterdir()))

    assert _is_built(run, built)


def test_a_file_that_was_written_near_the_moment_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_text("one", encoding="utf-8")
    seen = look(below(tmp_path))
    time = file.stat().st_mtime_ns
    file.write_text("two", encoding="utf-8")
    os.utime(file, ns=(time, time))

    assert not is_same(seen, below(tmp_path))


def test_a_record_that_cannot_be_kept_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "builds").write_text("in the way", encoding="utf-8")
    record = Record.of(tmp_path, tmp_path, "content", tmp_path / "site", ())

    record.forget()

    assert record.holds() is None
