"""What goes wrong while a site is built costs time and nothing else: real processes, real folders, real limits."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kompetanse.preview.watch import Watch, watching

Run = Callable[..., Any]
Files = Callable[[Path], dict[str, bytes]]
BUILD = (sys.executable, "-m", "kompetanse", "build", "--date", "2026-11-24")
DAY = ("--date", "2026-11-24")
ABOUT = "---\ntitle: Om\nsummary: Om oss.\n---\n\n{}\n"


def _long(root: Path) -> None:
    """Give a region enough pages that a build of it can be met on the way."""
    for number in range(60):
        (root / f"content/side-{number}.md").write_text(ABOUT.format(f"Side {number}."), encoding="utf-8")


def test_a_build_that_is_killed_leaves_the_old_site_and_the_next_one_is_right(
    demo: Path, run: Run, files: Files
) -> None:
    run(demo, "build", *DAY)
    old = files(demo / "site")
    _long(demo)

    with subprocess.Popen(BUILD, cwd=demo, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None and not (demo / ".site.new/assets").exists():
            time.sleep(0.001)
        process.kill()

    assert process.returncode == -signal.SIGKILL
    assert (demo / ".site.new").exists()
    assert files(demo / "site") == old
    assert run(demo, "build", *DAY).exit_code == 0
    assert (demo / "site/side-7/index.html").is_file()
    assert not list(demo.glob(".site*"))


def test_a_disk_that_is_full_is_told_and_the_old_site_stands(demo: Path, run: Run, files: Files) -> None:
    """A limit on the size of files stands for the disk: what is written above it fails, in the cache too."""
    run(demo, "build", *DAY)
    old = files(demo / "site")
    (demo / "content/om.md").write_text(ABOUT.format("Ord " * 20_000), encoding="utf-8")

    done = subprocess.run(
        BUILD,
        cwd=demo,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000)),
    )

    assert done.returncode == 1
    assert "Make room" in done.stderr
    assert "Traceback" not in done.stderr
    assert files(demo / "site") == old
    assert not list(demo.glob(".site*"))


def test_a_folder_that_cannot_be_made_is_told(demo: Path, run: Run) -> None:
    (demo / "fil").write_text("i veien", encoding="utf-8")

    done = run(demo, "build", "-o", "fil/site")

    assert done.exit_code == 1
    assert "fil/site" in done.err
    assert "choose another folder" in done.err


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only to the system's own user")
def test_a_folder_that_is_read_only_is_told(demo: Path, run: Run) -> None:
    (demo / "ut").mkdir(mode=0o500)

    done = run(demo, "build", "-o", "ut/site")

    assert done.exit_code == 1
    assert "choose another folder" in done.err


@pytest.mark.parametrize("when", [0.0, 4_102_444_800.0], ids=["1970", "2100"])
def test_the_clock_of_the_files_decides_nothing(demo: Path, run: Run, files: Files, when: float) -> None:
    """A text of the same length with the same time is another text, whatever the time is."""
    page = demo / "content/om.md"
    page.write_text(ABOUT.format("Før flyttingen."), encoding="utf-8")
    os.utime(page, (when, when))
    run(demo, "build", *DAY)
    page.write_text(ABOUT.format("Nå er vi her ja"), encoding="utf-8")
    os.utime(page, (when, when))

    run(demo, "build", *DAY)

    shown = files(demo / "site")
    assert b"er vi her ja" in shown["om/index.html"]
    run(demo, "build", "--no-cache", "-o", str(demo.parent / "kald"), *DAY)
    assert files(demo.parent / "kald") == shown


def test_a_file_that_changes_while_it_is_read_is_shown_as_it_was_or_as_it_is(demo: Path, run: Run) -> None:
    page, stop = demo / "content/om.md", threading.Event()
    texts = ["Første " * 3000 + "slutt-a", "Andre " * 3000 + "slutt-b"]
    page.write_text(ABOUT.format(texts[0]), encoding="utf-8")

    def write() -> None:
        while not stop.is_set():
            for text in texts:
                aside = page.with_name(".om.md.tmp")
                aside.write_text(ABOUT.format(text), encoding="utf-8")
                aside.replace(page)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        done = run(demo, "build", *DAY)
    finally:
        stop.set()
        writer.join()

    assert done.exit_code == 0
    shown = (demo / "site/om/index.html").read_text(encoding="utf-8")
    assert [text in shown for text in texts].count(True) == 1


def test_a_file_that_is_gone_when_it_is_to_be_read_is_no_bug(demo: Path, run: Run) -> None:
    page, stop = demo / "content/om.md", threading.Event()

    def flicker() -> None:
        while not stop.is_set():
            page.write_text(ABOUT.format("Her."), encoding="utf-8")
            page.unlink()

    writer = threading.Thread(target=flicker)
    writer.start()
    try:
        codes = {run(demo, "build", *DAY).exit_code for _ in range(3)}
    finally:
        stop.set()
        writer.join()

    assert codes <= {0, 1}


@pytest.mark.parametrize(("old", "new"), [("roller", "stillinger"), ("kurs/brannkurs", "kurs/Brannkurs")])
def test_a_folder_that_is_renamed_moves_its_pages(
    demo: Path, run: Run, files: Files, old: str, new: str
) -> None:
    run(demo, "build", *DAY)
    (demo / "content" / old).rename(demo / "content" / new)

    run(demo, "build", *DAY)

    shown = files(demo / "site")
    run(demo, "build", "--no-cache", "-o", str(demo.parent / "kald"), *DAY)
    assert shown == files(demo.parent / "kald")


def test_two_thousand_files_that_change_at_once_come_together(tmp_path: Path) -> None:
    """As when another branch is checked out."""
    (tmp_path / "content").mkdir()
    names = {f"content/side-{number}.md" for number in range(2000)}

    with watching(tmp_path.resolve(), "content") as watch:
        for name in names:
            (tmp_path / name).write_text("x", encoding="utf-8")
        batches = _batches(watch, names)

    assert {str(path) for batch in batches for path in batch} >= names
    assert len(batches) <= 3


def _batches(watch: Watch, names: set[str]) -> list[frozenset[Any]]:
    found: list[frozenset[Any]] = []
    end = time.monotonic() + 60
    while not names <= {str(path) for batch in found for path in batch} and time.monotonic() < end:
        batch = watch.batch(0.5)
        found += [batch] if batch else []
    return found
