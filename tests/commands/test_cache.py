"""`kompetanse cache`: what is kept is told and taken away, and nothing else is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kompetanse.commands.cache import _NAMES
from kompetanse.keeping import KINDS
from kompetanse.sharing.federation import Memory
from kompetanse.sharing.web import Mark

Run = Callable[..., Any]
Files = Callable[[Path], dict[str, bytes]]
DAY = ("--date", "2026-11-24")


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A cache of this test's own."""
    with monkeypatch.context() as patch:
        patch.setenv("KOMPETANSE_CACHE", str(tmp_path / "cache"))
        yield tmp_path / "cache"


def test_what_a_build_keeps_is_told_by_kind(demo: Path, run: Run, cache: Path) -> None:
    run(demo, "build", *DAY)

    told = run(demo, "cache", "info", "--json").report
    shown = run(demo, "cache", "info").out

    assert told["folder"] == str(cache)
    assert list(told["kinds"]) == [kind.name for kind in KINDS] == list(_NAMES)
    assert told["kinds"]["pages"]["entries"] > 10
    assert told["kinds"]["search"]["entries"] == 1
    assert told["kinds"]["sources"] == {"entries": 0, "bytes": 0}
    assert all(kind.what in shown for kind in KINDS)


def test_whatever_a_build_keeps_is_of_some_kind(demo: Path, run: Run, cache: Path, files: Files) -> None:
    run(demo, "build", "--packages", *DAY)

    told = run(demo, "cache", "info", "--json").report

    assert sum(kind["bytes"] for kind in told["kinds"].values()) == sum(map(len, files(cache).values()))


def test_an_empty_cache_is_told_and_cleared(tmp_path: Path, run: Run, cache: Path) -> None:
    assert run(tmp_path, "cache", "info").exit_code == 0
    assert run(tmp_path, "cache", "clear").exit_code == 0
    assert not cache.exists()


def test_clearing_takes_what_was_asked_for_and_the_next_build_is_the_same(
    demo: Path, run: Run, cache: Path, files: Files
) -> None:
    run(demo, "build", *DAY)
    site = files(demo / "site")

    run(demo, "cache", "clear", "--kind", "pages")
    one = sorted(path.name for path in cache.iterdir())
    run(demo, "cache", "clear")
    none = files(cache)
    run(demo, "build", *DAY)

    assert one == ["builds", "parts.sqlite", "search"]
    assert none == {}
    assert files(demo / "site") == site


def test_what_is_not_ours_stays(tmp_path: Path, run: Run, cache: Path, files: Files) -> None:
    """A folder of one's own may be named by mistake, and may have folders with the same names."""
    outside = tmp_path / "outside"
    ours = "0123456789abcdef0123456789abcdef"
    for name in ("brev.txt", "sources/kode.py", "search/notat/a.md", f"{ours}/x"):
        path = cache / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("mitt", encoding="utf-8")
    outside.mkdir()
    (outside / f"{ours}.json").write_text("mitt", encoding="utf-8")
    (cache / "federation").symlink_to(outside)
    (cache / "sources" / ours).symlink_to(outside)
    before = files(cache)

    run(tmp_path, "cache", "clear")

    after = files(cache)
    assert after == {name: text for name, text in before.items() if not name.startswith(f"sources/{ours}")}
    assert files(outside) == {f"{ours}.json": b"mitt"}


def test_read_only_files_of_git_go_too(tmp_path: Path, run: Run, cache: Path) -> None:
    folder = cache / "sources" / ("ab" * 16) / "git/objects"
    folder.mkdir(parents=True)
    (folder / "pack").write_bytes(b"x")
    (folder / "pack").chmod(0o400)
    folder.chmod(0o500)

    assert run(tmp_path, "cache", "clear", "--kind", "sources").exit_code == 0

    assert list((cache / "sources").iterdir()) == []


def test_queries_that_were_noted_down_stay(demo: Path, run: Run, cache: Path) -> None:
    run(demo, "search", "finnesikke", "--remember")
    before = run(demo, "search", "--zero-hits").out

    run(demo, "cache", "clear")

    assert "finnesikke" in before
    assert run(demo, "search", "--zero-hits").out == before
    assert [path.name for path in cache.rglob("*") if path.is_file()] == ["zero-hits.txt"]


def test_another_kind_is_refused(tmp_path: Path, run: Run, cache: Path) -> None:
    assert run(tmp_path, "cache", "clear", "--kind", "all").exit_code == 2


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0" + b"no" * 4000])
def test_whatever_lies_in_the_cache_the_site_is_the_same(
    demo: Path, run: Run, cache: Path, files: Files, damage: bytes
) -> None:
    run(demo, "build", *DAY)
    site = files(demo / "site")
    for path in [one for one in cache.rglob("*") if one.is_file()]:
        path.write_bytes(damage)

    done = run(demo, "build", *DAY)
    again = run(demo, "build", *DAY)

    assert (done.exit_code, again.exit_code) == (0, 0)
    assert files(demo / "site") == site
    assert json.loads(run(demo, "cache", "info", "--json").out)["kinds"]["pages"]["entries"] > 10


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"\xff",
        b"[]",
        b"[" * 100_000,
        b'{"etag": "a\\r\\nX: y", "modified": "", "wrote": ""}',
        b'{"etag": 1}',
    ],
)
def test_what_others_answered_is_forgotten_when_it_is_not_what_was_written(
    cache: Path, damage: bytes
) -> None:
    Memory("https://region.example/catalogue.json").remember(Mark("e", "m"), "w")
    (file,) = cache.rglob("*.json")
    kept = Memory("https://region.example/catalogue.json")

    file.write_bytes(damage)

    assert (kept.mark, kept.wrote) == (Mark("e", "m"), "w")
    assert Memory("https://region.example/catalogue.json").mark == Mark()
