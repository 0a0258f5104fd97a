"""What is said before a source is followed no longer that courses were taken from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any


def test_a_source_of_courses_is_removed_only_when_that_is_meant(
    ours: Path, nabovik: Callable[..., Path], run: Any, commit: Any
):
    nabovik()
    assert run(ours, "fork", "nabovik/brev", "--as", "brevet").exit_code == 0

    asked = run(ours, "source", "remove", "nabovik")

    assert asked.exit_code == 1
    assert "1 of your courses came from nabovik:\n  brevet (content/kurs/brevet)" in asked.err
    assert "They stay, with their credits. You will get no more updates of them" in asked.err
    assert "kompetanse source remove nabovik --yes" in asked.err
    assert "nabovik" in (ours / "region.yml").read_text(encoding="utf-8")

    done = run(ours, "source", "remove", "nabovik", "--yes")

    assert done.exit_code == 0
    assert "Follow it again: kompetanse source add" in done.out
    assert "nabovik" not in (ours / "region.yml").read_text(encoding="utf-8")
    assert (ours / "content/kurs/brevet/origin.yml").is_file()
    commit(ours)
    assert "no source 'nabovik'" in run(ours, "update", "brevet").err
