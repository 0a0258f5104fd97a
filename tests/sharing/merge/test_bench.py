"""The bench of the merge reads any folder of cases and compares with git on the same."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
CASES = Path(__file__).parent / "cases"


def _bench(folder: Path, *options: str) -> str:
    command = [sys.executable, str(ROOT / "bench/sharing/triples.py"), str(folder), *options]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_the_bench_counts_what_is_left_to_a_person(tmp_path: Path) -> None:
    for name in ("different-sentences", "both-changed-a-date", "different-paragraphs"):
        (tmp_path / name).symlink_to(CASES / name)
    (tmp_path / "markers").mkdir()
    for side, text in (("base", "a\n"), ("ours", "<<<<<<< HEAD\n"), ("theirs", "b\n")):
        (tmp_path / "markers" / f"{side}.md").write_text(text, encoding="utf-8")

    said = _bench(tmp_path)

    assert "files                                              4\n" in said
    assert "(3 → 2)" in said
    assert "body: facts                                      1\n" in said
    assert "whole file: markers                              1\n" in said
    assert "markers written                                    0\n" in said


def test_no_edit_of_a_region_is_lost_in_the_simulation(tmp_path: Path) -> None:
    (tmp_path / "case").symlink_to(CASES / "different-sentences")

    said = _bench(tmp_path, "--adapted", "--heavy")

    assert "local edits lost                                   0\n" in said
